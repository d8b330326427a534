import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import {
  anyOf,
  CountryCode,
  checkLabel,
  ReleasableTo,
  Released,
  Revision,
  Tlp,
  UtcTime,
} from '../vocabulary.schema.ts';
import type { NEEDS } from './request.schema.ts';

/** The needs of requests without teams and interpreters, who are people: they are asked for, and are in no register. */
export const OFFER_KINDS = [
  'technical',
  'logistic',
  'vehicles',
  'aircraft',
  'drones',
  'sensors',
  'communications',
  'medical',
  'fuel',
  'water_food',
  'shelter',
  'mine_clearance',
] as const satisfies readonly (typeof NEEDS)[number][];

export const OfferId = z
  .uuid()
  .meta({ description: 'Identifier of an offer.', example: '0199e0c4-6d00-7c1e-9f5e-000000000009' });
const Kind = z.enum(OFFER_KINDS).meta({ id: 'OfferKind', description: 'What can be lent.' });
const Quantity = z.int().min(0).max(1_000_000).meta({ description: 'How many.' });

const content = {
  kind: Kind,
  quantity: Quantity,
  text: freeText(300).optional().meta({ description: 'Short; nothing about a person.' }),
  placeText: freeText(200).optional().meta({ description: 'The place in words.' }),
  availableFrom: DateOrInstant.optional().meta({ description: 'From when; default: now.' }),
  availableUntil: DateOrInstant.optional().meta({ description: 'Until when; left out: without an end.' }),
  tlp: Tlp.default('AMBER+STRICT'),
  releasableTo: ReleasableTo.default([]),
};

export const NewOffer = z
  .strictObject({
    type: z.literal('Feature'),
    geometry: PointGeometry,
    properties: z.strictObject(content).superRefine((offer, ctx) => {
      checkLabel(offer, ctx);
      checkPeriod(offer, ctx);
    }),
  })
  .meta({
    id: 'NewOffer',
    description: 'What your agency can lend to others.',
    example: {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [8.42, 35.2] },
      properties: { kind: 'drones', quantity: 2, text: 'With thermal cameras', tlp: 'GREEN' },
    },
  });
export type NewOffer = z.output<typeof NewOffer>;

export const OfferChange = z
  .strictObject({
    geometry: PointGeometry.optional(),
    properties: z
      .strictObject({
        kind: Kind.optional(),
        quantity: Quantity.optional(),
        text: freeText(300).nullish().meta({ description: 'Short; nothing about a person.' }),
        placeText: freeText(200).nullish().meta({ description: 'The place in words.' }),
        availableFrom: DateOrInstant.optional().meta({ description: 'From when.' }),
        availableUntil: DateOrInstant.nullish().meta({
          description: 'Until when; null: without an end. The present time ends the offer.',
        }),
        tlp: Tlp.optional(),
        releasableTo: ReleasableTo.optional(),
      })
      .optional()
      .meta({ description: 'What changes.' }),
  })
  .meta({
    id: 'OfferChange',
    description: 'What changes of an offer.',
    example: { properties: { quantity: 1 } },
  });
export type OfferChange = z.output<typeof OfferChange>;

/** As the database keeps it. */
export interface OfferContent {
  geometry: PointGeometry;
  kind: string;
  quantity: number;
  text: string | null;
  placeText: string | null;
  availableFrom: string;
  availableUntil: string | null;
  tlp: z.output<typeof Tlp>;
  releasableTo: z.output<typeof ReleasableTo>;
}

interface OfferPeriod {
  availableFrom?: string | undefined;
  availableUntil?: string | null | undefined;
}

/** Twin: offer_period_is_in_order in migrations/0118_offers.sql, compared by test/coordination/offers.test.ts. */
export const isBackwards = ({ availableFrom, availableUntil }: OfferPeriod): boolean =>
  availableUntil != null &&
  Date.parse(availableUntil) <= Date.parse(availableFrom ?? new Date().toISOString());

function checkPeriod(offer: OfferPeriod, ctx: z.RefinementCtx): void {
  if (!isBackwards(offer)) return;
  const message = issue('not-after-from', { from: offer.availableFrom ?? 'now' });
  ctx.addIssue({ code: 'custom', path: ['availableUntil'], message, params: { semantic: true } });
}

export const Offer = featureOf(
  'Offer',
  PointGeometry,
  z.strictObject({
    agency: z.string().meta({ description: 'The agency that lends it.' }),
    owner: CountryCode.meta({ description: 'The country of the agency.' }),
    kind: Kind,
    quantity: Quantity,
    text: z.string().nullable().meta({ description: 'A remark.' }),
    placeText: z.string().nullable().meta({ description: 'The place in words.' }),
    availableFrom: UtcTime.meta({ description: 'From when.' }),
    availableUntil: UtcTime.nullable().meta({ description: 'Until when; null: without an end.' }),
    tlp: Tlp,
    releasableTo: Released,
    revision: Revision,
    updatedAt: UtcTime.meta({ description: 'When it last changed.' }),
  }),
);
export const OfferCollection = collectionOf('OfferCollection', Offer);

export const OfferQuery = z.strictObject({
  kind: anyOf(OFFER_KINDS, 'Any of these kinds.'),
  owner: CountryCode.optional().meta({ description: 'Country of the agency that lends.' }),
  agency: z.string().max(80).optional().meta({ description: 'The agency that lends.' }),
  availableAt: DateOrInstant.optional().meta({
    description: 'Only offers available at this time. Default: those that have not ended, also future ones.',
    example: '2099-11-01T12:00:00Z',
  }),
  bbox: Bbox.optional(),
  ...paging,
});
export type OfferQuery = z.output<typeof OfferQuery>;
