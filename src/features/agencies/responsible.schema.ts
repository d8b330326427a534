import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { BorderCode, CountryCode, Names, UtcTime } from '../vocabulary.schema.ts';
import { MandateFunction, MandateRank, SCOPE_TYPES } from './agency.vocabulary.ts';

/** A mandate that applies at a place, with its reason. */
export const Responsible = z
  .strictObject({
    agency: z
      .strictObject({
        id: z.string().meta({ description: 'Identifier of the agency.' }),
        names: Names,
        acronym: z.string().nullable().meta({ description: 'Short name.' }),
      })
      .meta({ description: 'The responsible agency.' }),
    country: CountryCode.meta({ description: 'The country of the agency.' }),
    function: MandateFunction,
    rank: MandateRank,
    scope: z
      .strictObject({
        type: z.enum(SCOPE_TYPES).meta({ description: 'Type of the place.' }),
        id: z.string().meta({ description: 'Identifier of the place.' }),
      })
      .meta({ description: 'Scope of the mandate.' }),
    preferred: z.boolean().meta({
      description: 'First contact of its country for this function: highest rank, then narrowest scope.',
    }),
    reason: z.string().meta({
      description: 'Why it applies.',
      example: 'Primary mandate for the LBY side of crossing ras-ajdir',
    }),
    mandate: z.string().meta({ description: 'Identifier of the mandate.', example: 'm-001' }),
    validFrom: UtcTime.nullable().meta({ description: 'Null: always, or unknown.' }),
    validTo: UtcTime.nullable().meta({ description: 'End (exclusive); null: open.' }),
    verified: z.boolean().meta({ description: 'Whether a source was checked.' }),
    source: z.string().meta({ description: 'Source of this information.' }),
  })
  .meta({
    id: 'Responsible',
    description: 'An agency with a mandate at a place and an instant, with the reason.',
  });

const PLACES = ['zone', 'segment', 'crossing'] as const;

const id = z.string().min(1).max(80).optional();
export const ResponsibleQuery = z
  .strictObject({
    zone: id.meta({ description: 'Identifier of a zone. Give one of zone, segment and crossing.' }),
    segment: id.meta({ description: 'Identifier of a segment. Give one of zone, segment and crossing.' }),
    crossing: id.meta({ description: 'Identifier of a crossing. Give one of zone, segment and crossing.' }),
    function: MandateFunction.optional().meta({ description: 'Only mandates with this function.' }),
    at: DateOrInstant.optional().meta({ description: 'The instant; default: now.' }),
  })
  .superRefine((query, ctx) => {
    const given = PLACES.filter((place) => query[place] !== undefined);
    if (given.length === 1) return;
    const message = issue('one-place-needed', { given });
    ctx.addIssue({ code: 'custom', path: [given.at(-1) ?? 'zone'], message });
  });
export type ResponsibleQuery = z.output<typeof ResponsibleQuery>;

export const ResponsibleAnswer = z
  .strictObject({
    place: z
      .strictObject({
        zone: z.string().optional().meta({ description: 'The zone in the question.' }),
        agreed: z.boolean().optional().meta({ description: 'Of a zone: false if it is only proposed.' }),
        segment: z.string().optional().meta({ description: 'The segment in the question.' }),
        crossing: z.string().optional().meta({ description: 'The crossing in the question.' }),
        countries: z.array(CountryCode).meta({ description: 'Countries of the place.' }),
        borders: z.array(BorderCode).meta({ description: 'Borders of the place.' }),
        segments: z.array(z.string()).meta({ description: 'Segments of the place.' }),
        crossings: z.array(z.string()).meta({ description: 'Crossings of the place.' }),
        zones: z.array(z.string()).meta({ description: 'Zones of the place.' }),
      })
      .meta({ description: 'The place, and the scopes whose mandates cover it.' }),
    at: UtcTime.meta({ description: 'The instant of the answer.' }),
    responsible: z
      .array(Responsible)
      .meta({ description: 'Primary first, then by scope from narrow to wide.' }),
  })
  .meta({ id: 'ResponsibleAnswer', description: 'Agencies responsible for a place.' });
