import { z } from 'zod';
import { ALL_CRS, CRS84 } from '../../geometry/crs.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';

const LONGEST_CURSOR = 4000; // characters
const MOST_IDS = 1000;
const MOST_DECIMALS = 12;
const COARSEST_METRES = 100_000;

export const Until = z.string().min(1).max(LONGEST_CURSOR).optional().meta({
  id: 'until',
  description: 'Where a part ends: taken from the links of partitions.',
});

export const Newest = z
  .enum(['latest'])
  .optional()
  .meta({ description: 'The newest revision that you see, which may still wait for consent.' });

export const PartCount = z
  .int()
  .min(1)
  .max(64)
  .default(8)
  .meta({ description: 'How many parts at most.', example: 8 });

const uris = ALL_CRS.map(({ uri }) => uri) as [string, ...string[]];
const crs = z.enum(uris);

/** Answered features: which members, how exact, in which reference system. */
export const presentation = {
  crs: crs.optional().meta({
    id: 'crs',
    description:
      'The reference system of the answered coordinates, in its own order of axes. Default: CRS84.',
    example: CRS84.uri,
  }),
  properties: z.array(z.string().max(100)).optional().meta({
    id: 'properties',
    description: 'Only these properties, with commas between them.',
  }),
  skipGeometry: z
    .boolean()
    .optional()
    .meta({ id: 'skipGeometry', description: 'Leave the geometry out (null).' }),
  precision: z.int().min(0).max(MOST_DECIMALS).optional().meta({
    id: 'precision',
    description: 'Decimals of coordinates. Default: 6 in degrees, 3 in metres.',
  }),
  simplify: z.number().min(0).max(COARSEST_METRES).optional().meta({
    id: 'simplify',
    description:
      'Leave vertices out that are at most so many metres off the line. Ends of lines stay, so that neighbours still meet.',
  }),
};

export const selection = {
  bbox: z
    .string()
    .optional()
    .meta({
      id: 'bbox',
      description:
        'west,south,east,north, or six numbers with heights, which are ignored; in CRS84 (degrees, longitude first) or in the order of axes of `bbox-crs`. West greater than east crosses the antimeridian.',
      // told to clients as the list that it is; read as a text, so that a fault is named as it stands
      type: 'array',
      items: { type: 'number' },
      minItems: 4,
      maxItems: 6,
    }),
  'bbox-crs': crs
    .optional()
    .meta({ id: 'bbox-crs', description: 'The reference system of `bbox`. Default: CRS84.' }),
  datetime: DatetimeInterval.optional().meta({ id: 'datetime' }),
  ids: z
    .array(z.string().max(200))
    .max(MOST_IDS)
    .optional()
    .meta({
      id: 'ids',
      description: `Only features with these ids, at most ${MOST_IDS}, with commas between them.`,
    }),
  sortby: z.array(z.string().max(100)).max(10).optional().meta({
    id: 'sortby',
    description:
      'Properties in the order of their weight, with commas between them; - in front of one means descending. What has no value comes last. Default: the order of the layer.',
  }),
  resultType: z.enum(['results', 'hits']).optional().meta({
    id: 'resultType',
    description: '`hits`: how many match (numberMatched), and no features.',
  }),
};
