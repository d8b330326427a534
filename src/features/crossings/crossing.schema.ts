import { z } from 'zod';
import { Bbox } from '../../geometry/bbox.parse.ts';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { paging } from '../../http/paging.ts';
import {
  AccuracyMetres,
  AdminUnit,
  anyOf,
  BorderCode,
  CountryCode,
  Licence,
  Names,
  phrasesIn,
  Slug,
  Source,
  UtcTime,
  versionProperties,
} from '../vocabulary.schema.ts';
import { BASES, CROSSING_KINDS, CROSSING_STATES } from './crossing.vocabulary.ts';
import { CrossingState, SideStatement, TrafficClass } from './status.schema.ts';

export const MOST_PLANNED = 20;

export const CrossingId = Slug.meta({ description: 'Identifier of a crossing.', example: 'ras-ajdir' });

const side = z.strictObject({
  country: CountryCode,
  names: Names.nullable().meta({ description: 'Null if no name is known.' }),
  adminUnit: AdminUnit.nullable(),
  state: CrossingState,
});
const stated = {
  statements: z.array(SideStatement).meta({ description: 'Statements in effect, newest first.' }),
  planned: z.array(SideStatement).meta({
    description: `Statements that begin after the instant, earliest first; ${MOST_PLANNED} at most.`,
  }),
};
const Side = side
  .extend({
    statements: stated.statements.optional(),
    planned: stated.planned.optional(),
  })
  .meta({
    id: 'CrossingSide',
    description: 'One side and its state; with `include=statements` also the statements behind it.',
  });

export const SideWithStatements = side.extend(stated).meta({
  id: 'CrossingSideWithStatements',
  description: 'One side, its state and the statements behind it.',
});

const Cell = z
  .strictObject({
    entering: CountryCode.meta({ description: 'The country that the traffic enters.' }),
    traffic: TrafficClass,
    state: CrossingState.meta({ description: 'The stricter state of the two sides.' }),
    sides: z
      .array(
        z
          .strictObject({
            country: CountryCode,
            state: CrossingState,
            basis: z.enum(BASES).meta({
              description:
                '`statement`: a stated state; `hours`: opening hours; `nothing`: nobody spoke of this traffic.',
            }),
            statement: z.guid().nullable().meta({ description: 'The statement behind it.' }),
          })
          .meta({ id: 'CrossingCellSide', description: 'The state at one side, and what it rests on.' }),
      )
      .meta({ description: 'Both sides.' }),
  })
  .meta({ id: 'CrossingCell', description: 'The state of one class of traffic in one direction.' });

export const table = z
  .array(Cell)
  .meta({ description: 'Side × direction × traffic: each state, and why it is so.' });

const Status = z
  .strictObject({ state: CrossingState, at: UtcTime })
  .meta({ id: 'CrossingStatus', description: 'The stricter state of the two sides at an instant.' });

export const crossingProperties = z.strictObject({
  names: Names,
  aliases: z.array(z.string()).meta({ description: 'Other names in use.' }),
  kind: z.enum(CROSSING_KINDS).meta({ description: 'What crosses here.' }),
  border: BorderCode,
  segment: z.string().meta({ description: 'Identifier of the segment that it lies on.' }),
  borderKm: z.number().meta({ description: 'Chainage of the crossing.' }),
  horizontalAccuracyMetres: AccuracyMetres,
  positionMethod: z.string().nullable().meta({ description: 'How the position was found.' }),
  unverifiedItems: z.array(z.string()).meta({ description: 'Unchecked parts.' }),
  source: Source,
  licence: Licence,
  ...versionProperties,
  status: Status,
});

export const alternatives = z
  .array(z.string())
  .meta({ description: 'Crossings reported as alternatives to this one.' });

export const sides = z
  .array(SideWithStatements)
  .meta({ description: 'Both sides, each with its statements.' });

export const Crossing = featureOf(
  'Crossing',
  PointGeometry,
  crossingProperties.extend({ sides, table, alternatives }),
);
export const CrossingCollection = collectionOf(
  'CrossingCollection',
  featureOf(
    'CrossingInList',
    PointGeometry,
    crossingProperties.extend({
      sides: z.array(Side).meta({
        description: 'Both sides. Their statements are in the crossing, and here with `include=statements`.',
      }),
      table: table.optional(),
      alternatives,
    }),
  ),
);

export const at = DateOrInstant.optional().meta({
  description: 'The instant for states and periods. Default: now.',
  example: '2026-01-31T12:00:00Z',
});

export const crossingFilters = {
  bbox: Bbox.optional(),
  q: phrasesIn('names', 'names-q'),
  border: BorderCode.optional(),
  country: CountryCode.optional().meta({
    description: 'Only crossings with a side of this country.',
    example: 'TUN',
  }),
  segment: z
    .string()
    .max(20)
    .optional()
    .meta({ description: 'Only crossings on this segment.', example: 'DZA-TUN-07' }),
  kind: anyOf(CROSSING_KINDS, 'Any of these kinds.'),
  state: anyOf(CROSSING_STATES, 'Any of these states of the stricter side.'),
  at,
};
export const CrossingQuery = z.strictObject({
  ...crossingFilters,
  include: z.enum(['statements']).optional().meta({
    description: 'Include the statements of both sides, what is planned and the table, as in one crossing.',
    example: 'statements',
  }),
  ...paging,
});
export type CrossingQuery = z.output<typeof CrossingQuery>;
