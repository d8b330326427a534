import { z } from 'zod';
import { Links } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { CountryCode, Json, Names, UtcTime } from '../vocabulary.schema.ts';
import { CorrectionFeature } from './correction.input.ts';

export const CorrectionId = z.uuid().meta({ description: 'Identifier of a correction.' });

const CORRECTION_STATES = ['proposed', 'applied', 'refused', 'withdrawn', 'expired'] as const;
const State = z.enum(CORRECTION_STATES).meta({
  id: 'CorrectionState',
  description:
    '`proposed`: it waits for approvals; `applied`: in force since `appliedAt`; `refused`, `withdrawn`, `expired`: its proposal ended.',
});

const heading = {
  id: CorrectionId,
  state: State,
  agency: z.string().meta({ description: 'Agency that proposed it.' }),
  country: CountryCode,
  participants: z
    .array(CountryCode)
    .meta({ description: 'Countries that must agree: both of a line, one of a side.' }),
  proposal: z
    .uuid()
    .nullable()
    .meta({ description: 'The joint proposal that coordinators decide about; null: the own side alone.' }),
  source: z.string().meta({ description: 'Source of its rows.' }),
  reason: z.string().nullable().meta({ description: 'Why, in words.' }),
  validFrom: UtcTime.nullable().meta({ description: 'Start of its versions; null: when it is applied.' }),
  touches: z.array(z.string()).meta({ description: 'Rows that it changes, as `collection/id`.' }),
  createdAt: UtcTime.meta({ description: 'When it was proposed.' }),
  appliedAt: UtcTime.nullable().meta({ description: 'When it was applied; null: it is not.' }),
};

const Change = z
  .strictObject({
    collection: z
      .enum(['borders', 'segments', 'crossings', 'sides'])
      .meta({ description: 'What the row is.' }),
    id: z.string().meta({ description: 'Identifier of the row.' }),
    change: z.enum(['add', 'change', 'remove']).meta({ description: 'What happens to it.' }),
    movedMetres: z
      .number()
      .optional()
      .meta({ description: 'How far a crossing moves, or the farthest new vertex of a border.' }),
    distanceToBorderMetres: z
      .number()
      .optional()
      .meta({ description: 'From the new place of a crossing to its border.' }),
    properties: z
      .record(z.string(), z.strictObject({ from: Json, to: Json }).meta({ description: 'Before and after.' }))
      .meta({ description: 'Changed properties, also those that follow, such as chainages.' }),
  })
  .meta({ id: 'ReferenceChange', description: 'A row of the reference data that changes.' });
const changes = z.array(Change).meta({ description: 'Rows that change, also those that follow others.' });

const Place = z
  .strictObject({
    country: z.string().nullable().meta({ description: 'Country, or `undetermined`.' }),
    border: z.string().nullable().meta({ description: 'Nearest border.' }),
    segment: z.string().nullable().meta({ description: 'Nearest segment.' }),
    borderKm: z.number().nullable().meta({ description: 'Chainage.' }),
    distanceToBorderMetres: z.number().nullable().meta({ description: 'Geodesic distance.' }),
  })
  .meta({ id: 'PlaceOnBorder', description: 'The place of an incident on the borders.' });

const count = (description: string) => z.int().meta({ description });

const PlacedIncidents = z
  .strictObject({
    placedAgain: count('Incidents with another place on the borders.'),
    otherCountry: count('In another country.'),
    otherSegment: count('At another segment.'),
    otherChainage: count('At another chainage.'),
    examples: z
      .array(z.strictObject({ id: z.uuid().meta({ description: 'The incident.' }), from: Place, to: Place }))
      .meta({ description: 'The newest 20.' }),
  })
  .meta({ id: 'PlacedIncidents', description: 'Incidents that you see and that are placed again.' });

export const CorrectionPreview = z
  .strictObject({
    correction: CorrectionId.nullable().meta({ description: 'The proposed correction; null: a file.' }),
    changes,
    incidents: PlacedIncidents,
    zones: z
      .array(
        z.strictObject({
          id: z.string().meta({ description: 'The zone.' }),
          names: Names,
          derivedFrom: Json,
        }),
      )
      .meta({
        description:
          'Zones that you see and whose rule names a changed row. They keep the area that was agreed; propose a revision to derive it again.',
      }),
    mandates: z
      .array(
        z.strictObject({
          id: z.string().meta({ description: 'The mandate.' }),
          agency: z.string().meta({ description: 'Its agency.' }),
          scopeId: z.string().meta({ description: 'The changed row that it is for.' }),
        }),
      )
      .meta({ description: 'Mandates that you see for a segment or crossing that changes.' }),
  })
  .meta({ id: 'CorrectionPreview', description: 'What a correction would change.' });

export const Correction = z
  .strictObject({
    ...heading,
    changes: changes.meta({ description: 'What it changed; empty until it is applied.' }),
    features: z.array(CorrectionFeature).meta({ description: 'The features of the file.' }),
  })
  .meta({ id: 'Correction', description: 'A correction of the reference data.' });

export const CorrectionList = z
  .strictObject({
    corrections: z
      .array(
        z
          .strictObject(heading)
          .meta({ id: 'CorrectionInList', description: 'A correction without its features.' }),
      )
      .meta({ description: 'Newest first.' }),
    links: Links,
  })
  .meta({ id: 'CorrectionList', description: 'One page of corrections.' });

export const CorrectionQuery = z.strictObject({
  state: State.optional(),
  row: z.string().max(120).optional().meta({
    description: 'Only corrections of this row, as `collection/id`.',
    example: 'crossings/ras-ajdir',
  }),
  ...paging,
});
export type CorrectionQuery = z.output<typeof CorrectionQuery>;
