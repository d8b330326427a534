import { z } from 'zod';
import { COUNTRY_CODES } from '../../core/caller.ts';
import { issue } from '../../core/catalogue.ts';
import type { Noun } from '../../core/messages/message.params.ts';
import { Links } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { SegmentId } from '../borders/border.schema.ts';
import { anyOf, BorderCode, CountryCode, Revision, Slug, Source, UtcTime } from '../vocabulary.schema.ts';
import {
  MANDATE_FUNCTIONS,
  MANDATE_RANKS,
  MandateFunction,
  MandateRank,
  SCOPE_TYPES,
} from './agency.vocabulary.ts';

export const MandateId = z
  .string()
  .regex(/^m-[0-9a-f-]{3,36}$/, issue('mandate-id-form'))
  .meta({ description: 'Identifier of a mandate.', example: 'm-001' });

const ZoneId = z.string().min(1).max(80).meta({ description: 'Identifier of a zone.' });
const CrossingId = Slug.meta({ description: 'Identifier of a crossing.' });

const scopeWith = <C extends z.ZodType>(country: C) =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('country-border'), country }),
    z.strictObject({ type: z.literal('border'), border: BorderCode, country }),
    z.strictObject({ type: z.literal('segment'), segment: SegmentId, country }),
    z.strictObject({ type: z.literal('crossing-side'), crossing: CrossingId, country }),
    z.strictObject({ type: z.literal('zone'), zone: ZoneId, country }),
  ]);

const scopeDescription =
  "What the mandate is given for: the country's side of all its land borders, of one border, a segment or a crossing, or a zone.";
export const MandateScope = scopeWith(CountryCode).meta({
  id: 'MandateScope',
  description: scopeDescription,
});
export const NewMandateScope = scopeWith(CountryCode.optional()).meta({
  id: 'NewMandateScope',
  description: `${scopeDescription} Its \`country\` is that of the agency and may be left out.`,
  example: { type: 'crossing-side', crossing: 'ras-ajdir', country: 'TUN' },
});
export type NewMandateScope = z.output<typeof NewMandateScope>;

const PLACES = {
  'country-border': { name: 'country', noun: 'country' },
  border: { name: 'border', noun: 'border' },
  segment: { name: 'segment', noun: 'segment' },
  'crossing-side': { name: 'crossing', noun: 'crossing' },
  zone: { name: 'zone', noun: 'zone' },
} as const;

/** The member that names the place, and the id in it. */
export function targetOf(scope: NewMandateScope): { name: string; noun: Noun; id: string | undefined } {
  const { name, noun } = PLACES[scope.type];
  return { name, noun, id: (scope as Record<string, string | undefined>)[name] };
}

const terms = {
  function: MandateFunction,
  rank: MandateRank,
  validFrom: DateOrInstant.nullish().meta({
    description: 'Start; without it: always.',
    example: '2026-01-01',
  }),
  validTo: DateOrInstant.nullish().meta({
    description: 'End (exclusive); open if missing.',
    example: '2027-01-01',
  }),
  source: freeText(500).min(1).meta({ description: 'Source of this information.' }),
  note: freeText(500).min(1).nullish().meta({ description: 'Short; nothing about a person.' }),
  verified: z.boolean().meta({ description: 'Whether the source was checked.' }),
};

type MandatePeriod = Pick<MandateChange, 'validFrom' | 'validTo'>;

/**
 * The fault of a period, or undefined.
 * Twin: mandate_period_is_in_order in migrations/0003_agencies.sql, compared by test/database/twins.test.ts.
 */
export const backwardsPeriod = ({
  validFrom,
  validTo,
}: MandatePeriod): { from: string; to: string } | undefined =>
  validFrom && validTo && Date.parse(validTo) <= Date.parse(validFrom)
    ? { from: validFrom, to: validTo }
    : undefined;

export const NewMandate = z
  .strictObject({
    agency: Slug.meta({ description: 'The agency, of your country.', example: 'tun-protection-civile' }),
    scope: NewMandateScope,
    ...terms,
    rank: MandateRank.default('primary'),
    verified: terms.verified.default(false),
  })
  .superRefine((mandate, ctx) => {
    const backwards = backwardsPeriod(mandate);
    if (!backwards) return;
    const message = issue('period-backwards', backwards);
    ctx.addIssue({ code: 'custom', path: ['validTo'], message, params: { semantic: true } });
  })
  .meta({
    id: 'NewMandate',
    description: 'Who is responsible for what, where and when. The service creates the identifier.',
    example: {
      agency: 'tun-protection-civile',
      function: 'civil_protection',
      scope: { type: 'crossing-side', crossing: 'ras-ajdir', country: 'TUN' },
      rank: 'primary',
      validFrom: '2026-01-01',
      source: 'exercise plan of 2026',
    },
  });
export type NewMandate = z.output<typeof NewMandate>;

export const MandateChange = z
  .strictObject(terms)
  .partial()
  .meta({
    id: 'MandateChange',
    description: 'The changes (JSON Merge Patch); null removes `validFrom`, `validTo` and `note`.',
    example: { rank: 'supporting', validTo: '2027-01-01' },
  });
export type MandateChange = z.output<typeof MandateChange>;

export const Mandate = z
  .strictObject({
    id: z.string().meta({ description: 'Identifier of the mandate.', example: 'm-001' }),
    agency: z.string().meta({ description: 'Identifier of the agency.' }),
    country: CountryCode.meta({ description: 'The country of the agency.' }),
    function: MandateFunction,
    scope: MandateScope,
    rank: MandateRank,
    validFrom: UtcTime.nullable().meta({ description: 'When it begins; null: no known beginning.' }),
    validFromPrecision: z
      .enum(['day', 'month', 'year'])
      .nullable()
      .meta({ description: 'Precision of the source.' }),
    validTo: UtcTime.nullable().meta({ description: 'Exclusive: the period is half-open.' }),
    source: Source,
    verified: terms.verified,
    note: z.string().nullable().meta({ description: 'A remark.' }),
    revision: Revision,
    updatedAt: UtcTime,
  })
  .meta({ id: 'Mandate', description: 'Who is responsible for what, where and when.' });

export const MandateList = z
  .strictObject({ mandates: z.array(Mandate).meta({ description: 'The mandates.' }), links: Links })
  .meta({ id: 'MandateList', description: 'Mandates by identifier; a `next` link if more follow.' });

export const MandateQuery = z.strictObject({
  agency: Slug.optional().meta({ description: 'Only of this agency.', example: 'tun-protection-civile' }),
  function: anyOf(MANDATE_FUNCTIONS, 'Any of these functions.'),
  rank: anyOf(MANDATE_RANKS, 'Any of these ranks.'),
  country: anyOf(COUNTRY_CODES, 'Any of these countries.'),
  scopeType: anyOf(SCOPE_TYPES, 'Any of these types of scope.'),
  scopeId: z.string().min(1).max(80).optional().meta({
    description: 'The country, border, segment, crossing or zone of the scope.',
    example: 'ras-ajdir',
  }),
  at: DateOrInstant.optional().meta({ description: 'Only mandates valid at this instant.' }),
  ...paging,
});
export type MandateQuery = z.output<typeof MandateQuery>;
