import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { AreaGeometryShape } from '../../geometry/area.shape.ts';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { Instant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import {
  anyOf,
  BorderCode,
  CountryCode,
  Json,
  Names,
  phrasesIn,
  Released,
  Revision,
  Tlp,
  UtcTime,
} from '../vocabulary.schema.ts';
import { ZONE_STATES } from './zone.lifecycle.ts';
import { ZONE_KINDS, ZoneKind } from './zone.schema.ts';

export const ZoneId = z
  .string()
  .min(1)
  .max(80)
  .meta({ description: 'Identifier of a zone.', example: 'exercise-jefara' });

export const ZoneState = z.enum(ZONE_STATES).meta({
  id: 'ZoneState',
  description:
    '`draft`: for its own country; `proposed`: until every participant has approved it and its `validFrom` has come; `active`: in force; `suspended`: a participant has withdrawn; `expired`: its validity is over, or a newer revision has taken effect; `withdrawn`: ended by its own country, or replaced before it took effect.',
});
export const Awaiting = z
  .array(CountryCode)
  .meta({ description: 'Participants that have not approved the proposed revision.' });

const Area = z.number().meta({ description: 'Geodesic area.' });

export const Zone = featureOf(
  'Zone',
  AreaGeometryShape,
  z.strictObject({
    names: Names,
    kind: ZoneKind,
    purpose: z.string().nullable().meta({ description: 'What the zone is for, in words.' }),
    participants: z.array(CountryCode).max(3).meta({ description: 'The countries that monitor the zone.' }),
    country: CountryCode.meta({ description: 'The owner country.' }),
    agency: z.string().nullable().meta({ description: 'The agency that created it.' }),
    author: z.string().nullable().meta({ description: 'The agency that wrote this revision.' }),
    state: ZoneState,
    agreed: z.boolean().meta({
      description: 'Every participant has approved this revision, and no participant has withdrawn.',
    }),
    awaiting: Awaiting,
    revision: Revision,
    proposedAt: UtcTime.nullable().meta({ description: 'When this revision was proposed.' }),
    effectiveFrom: UtcTime.nullable().meta({
      description: 'Start of its effect: at the last approval or at `validFrom`, whichever is later.',
    }),
    effectiveTo: UtcTime.nullable().meta({ description: 'End of its effect, if known.' }),
    validFrom: UtcTime.meta({ description: 'When its validity begins.' }),
    validTo: UtcTime.nullable().meta({ description: 'End (exclusive); null: open.' }),
    legalAct: Json.nullable().meta({ description: 'The legal basis of the zone.' }),
    derivedFrom: Json.nullable().meta({ description: 'The rule of the derived area.' }),
    tlp: Tlp,
    releasableTo: Released,
    areaKm2: Area,
    horizontalAccuracyMetres: z.number().nullable().meta({ description: 'How far its outline may be off.' }),
    notes: Json.nullable().meta({ description: 'Further notes of the source.' }),
    source: z.string().nullable().meta({ description: 'Where the data comes from.' }),
    createdAt: UtcTime.meta({ description: 'When the zone was made.' }),
    updatedAt: UtcTime.meta({ description: 'When it last changed.' }),
  }),
);
export const ZoneCollection = collectionOf('ZoneCollection', Zone);

export const ZonePreview = z
  .strictObject({
    type: z.literal('Feature'),
    geometry: AreaGeometryShape,
    properties: z.strictObject({
      areaKm2: Area,
      countries: z
        .array(
          z.strictObject({
            country: CountryCode,
            areaKm2: Area,
            share: z.number().meta({ description: 'Part of the whole area, 0 to 1.' }),
          }),
        )
        .meta({ description: 'Area per country.' }),
      borders: z
        .array(
          z.strictObject({
            border: BorderCode,
            lengthKm: z.number().meta({ description: 'Length of the border inside the zone.' }),
            stretches: z
              .array(
                z.strictObject({
                  fromKm: z.number().meta({ description: 'Chainage of the northern end.' }),
                  toKm: z.number().meta({ description: 'Chainage of the southern end.' }),
                }),
              )
              .meta({ description: 'Parts of the border inside the zone, north to south.' }),
          }),
        )
        .meta({ description: 'Covered stretches of the borders.' }),
      segments: z.array(z.string()).meta({ description: 'Segments that it touches.' }),
      crossings: z
        .array(
          z.strictObject({
            id: z.string().meta({ description: 'Identifier of the crossing.' }),
            names: Names,
          }),
        )
        .meta({ description: 'Crossings inside.' }),
      overlaps: z
        .array(
          z.strictObject({
            zone: ZoneId,
            names: Names,
            kind: ZoneKind,
            areaKm2: Area.meta({ description: 'Geodesic area of the overlap.' }),
          }),
        )
        .meta({ description: 'Overlapping zones that have not ended, as far as you see them.' }),
      incidentsLast90Days: z.int().meta({ description: 'Incidents inside, as far as you see them.' }),
    }),
  })
  .meta({ id: 'ZonePreview', description: 'Preview of a zone; nothing is stored.' });

export const OneZoneQuery = z
  .strictObject({
    at: Instant.optional().meta({
      description: 'The zone as agreed at this instant.',
      example: '2026-11-01T00:00:00Z',
    }),
    revision: z.enum(['latest']).optional().meta({
      description: 'The newest revision that you see; it may not be agreed yet.',
    }),
  })
  .superRefine(({ at, revision }, ctx) => {
    if (at && revision)
      ctx.addIssue({ code: 'custom', path: ['revision'], message: issue('at-or-revision') });
  });

export const zoneFilters = {
  bbox: Bbox.optional(),
  q: phrasesIn('names', 'names-q'),
  kind: anyOf(ZONE_KINDS, 'Any of these kinds.'),
  state: anyOf(ZONE_STATES, 'Any of these states; default: all except withdrawn.'),
  country: CountryCode.optional().meta({ description: 'Only zones in which this country takes part.' }),
  datetime: DatetimeInterval.optional(),
};
export const ZoneQuery = z.strictObject({ ...zoneFilters, ...paging });
export type ZoneQuery = z.output<typeof ZoneQuery>;
