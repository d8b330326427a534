import { z } from 'zod';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { BorderCode, CountryCode, Names, UtcTime } from '../vocabulary.schema.ts';
import { MandateFunction, MandateRank, SCOPE_TYPES } from './agency.vocabulary.ts';

/** One mandate that applies at a place, explained. */
export const Responsible = z
  .strictObject({
    agency: z
      .strictObject({
        id: z.string().meta({ description: 'Identifier of the agency.' }),
        names: Names,
        acronym: z.string().nullable().meta({ description: 'Short name.' }),
      })
      .meta({ description: 'Who answers.' }),
    country: CountryCode.meta({ description: 'The country of the agency.' }),
    function: MandateFunction,
    rank: MandateRank,
    scope: z
      .strictObject({
        type: z.enum(SCOPE_TYPES).meta({ description: 'Type of the place.' }),
        id: z.string().meta({ description: 'Identifier of the place.' }),
      })
      .meta({ description: 'What the mandate is given for.' }),
    preferred: z.boolean().meta({
      description: 'The first to ask of its country for this function: highest rank, then narrowest scope.',
    }),
    reason: z.string().meta({
      description: 'Why it applies.',
      example: 'Primary mandate for the LBY side of crossing ras-ajdir',
    }),
    mandate: z.string().meta({ description: 'Identifier of the mandate.', example: 'm-001' }),
    validFrom: UtcTime.nullable().meta({ description: 'Null: since ever, or not known.' }),
    validTo: UtcTime.nullable().meta({ description: 'The instant at which it ends; null: open.' }),
    verified: z.boolean().meta({ description: 'Whether a source was checked.' }),
    source: z.string().meta({ description: 'Where this is known from.' }),
  })
  .meta({ id: 'Responsible', description: 'An agency with a mandate at a place and an instant, and why.' });

const PLACES = ['zone', 'segment', 'crossing'] as const;

const id = z.string().min(1).max(80).optional();
export const ResponsibleQuery = z
  .strictObject({
    zone: id.meta({ description: 'Identifier of a zone. Give one of zone, segment and crossing.' }),
    segment: id.meta({ description: 'Identifier of a segment. Give one of zone, segment and crossing.' }),
    crossing: id.meta({ description: 'Identifier of a crossing. Give one of zone, segment and crossing.' }),
    function: MandateFunction.optional().meta({ description: 'Only mandates with this function.' }),
    at: DateOrInstant.optional().meta({ description: 'The instant that is asked about; now if left out.' }),
  })
  .superRefine((query, ctx) => {
    const given = PLACES.filter((place) => query[place] !== undefined);
    if (given.length === 1) return;
    const but = given.length === 0 ? 'none is given' : `given are ${given.join(' and ')}`;
    const message = `exactly one of zone, segment and crossing is needed, ${but}`;
    ctx.addIssue({ code: 'custom', path: [given.at(-1) ?? 'zone'], message });
  });
export type ResponsibleQuery = z.output<typeof ResponsibleQuery>;

export const ResponsibleAnswer = z
  .strictObject({
    place: z
      .strictObject({
        zone: z.string().optional().meta({ description: 'The zone in the question.' }),
        agreed: z.boolean().optional().meta({ description: 'Of a zone: false where it is only proposed.' }),
        segment: z.string().optional().meta({ description: 'The segment in the question.' }),
        crossing: z.string().optional().meta({ description: 'The crossing in the question.' }),
        countries: z.array(CountryCode).meta({ description: 'Countries of the place.' }),
        borders: z.array(BorderCode).meta({ description: 'Borders of the place.' }),
        segments: z.array(z.string()).meta({ description: 'Segments of the place.' }),
        crossings: z.array(z.string()).meta({ description: 'Crossings of the place.' }),
        zones: z.array(z.string()).meta({ description: 'Zones of the place.' }),
      })
      .meta({ description: 'What was asked about, and the scopes whose mandates reach it.' }),
    at: UtcTime.meta({ description: 'The instant that the answer is for.' }),
    responsible: z
      .array(Responsible)
      .meta({ description: 'Primary first, then from the narrowest scope to the widest.' }),
  })
  .meta({ id: 'ResponsibleAnswer', description: 'Who answers for a place.' });
