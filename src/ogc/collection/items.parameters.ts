import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { ALL_CRS, CRS84, crsUri } from '../../geometry/crs.ts';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';

const LONGEST_CURSOR = 4000; // characters
const BASE64URL = '^[A-Za-z0-9_-]+$';
const MOST_IDS = 1000;
const MOST_DECIMALS = 12;
const COARSEST_METRES = 100_000;

export const Until = z.string().min(1).max(LONGEST_CURSOR).optional().meta({
  id: 'until',
  description: 'End of a part: taken from the links of partitions.',
  pattern: BASE64URL,
});

const MOST_SKIPPED = 10_000;

const skipped = (id: string, description: string) =>
  z
    .int()
    .min(0)
    .max(MOST_SKIPPED, issue('offset-too-deep', { most: MOST_SKIPPED }))
    .optional()
    .meta({ id, description, maximum: MOST_SKIPPED, example: 0 });

/** For clients that number features; the `next` link reaches every feature, and misses none while others write. */
export const skipping = {
  offset: skipped('offset', `Skip so many features, at most ${MOST_SKIPPED}; further on follow \`next\`.`),
  startIndex: skipped('startIndex', 'Another name of `offset`.'),
};

export const Version = z
  .string()
  .regex(/^[\w-]{43}$/)
  .optional()
  .meta({
    id: 'version',
    description: 'Version of a file (FlatGeobuf, GeoPackage, GeoParquet): taken from its redirect.',
  });

export const Newest = z
  .enum(['latest'])
  .optional()
  .meta({ description: 'The newest revision that you see; it may not be agreed yet.' });

export const Dialect = z.enum(['excel', 'raw']).optional().meta({
  id: 'dialect',
  description:
    'Of CSV. Texts that begin with =, +, -, @, tab or carriage return get an apostrophe, so that spreadsheets do not run them as formulas. `excel` adds the byte order mark that Excel needs for Arabic; `raw` adds nothing.',
});

export const PartCount = z
  .int()
  .min(1)
  .max(64)
  .default(8)
  .meta({ description: 'Maximum number of parts.', example: 8 });

const uris = ALL_CRS.map(({ uri }) => uri) as [string, ...string[]];
/** The parameter of a reference system: its URI or another name of it. */
export const CrsName = z.preprocess((name) => (typeof name === 'string' ? crsUri(name) : name), z.enum(uris));

interface NamedFields {
  id: string;
  fields: readonly { name: string }[];
}

// documented alone: the reader's message for another name lists all of them
const oneOf = ({ fields }: NamedFields, signs = ['']) => ({
  type: 'string',
  enum: fields.flatMap(({ name }) => signs.map((sign) => sign + name)),
});

const PropertyNames = z.array(z.string().max(100)).optional();
const OF_PROPERTIES = 'Only these properties, comma-separated.';

/** For a tile of any layer. */
export const AnyProperties = PropertyNames.meta({
  id: 'properties',
  description: OF_PROPERTIES,
  minItems: 1,
  items: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9]*$' },
});

export const propertiesOf = (layer: NamedFields) =>
  PropertyNames.meta({
    id: `properties-${layer.id}`,
    description: OF_PROPERTIES,
    minItems: 1,
    items: oneOf(layer),
  });

export const sortbyOf = (layer: NamedFields) =>
  z
    .array(z.string().max(100))
    .max(10)
    .optional()
    .meta({
      id: `sortby-${layer.id}`,
      description:
        'Comma-separated sort properties, the most significant first; a leading - means descending. Missing values come last. Default: the order of the layer.',
      minItems: 1,
      items: oneOf(layer, ['', '-']),
    });

/** Presentation of features: members, precision, CRS. */
export const presentation = {
  crs: CrsName.optional().meta({
    id: 'crs',
    description:
      'CRS of the answer, in its own axis order; `EPSG:4326` is short for its URI. Default: CRS84.',
    example: CRS84.uri,
  }),
  skipGeometry: z.boolean().optional().meta({ id: 'skipGeometry', description: 'Omit the geometry (null).' }),
  precision: z.int().min(0).max(MOST_DECIMALS).optional().meta({
    id: 'precision',
    description: 'Decimals of coordinates. Default: 6 in degrees, 3 in metres.',
  }),
  simplify: z.number().min(0).max(COARSEST_METRES).optional().meta({
    id: 'simplify',
    description:
      'Drop vertices at most this many metres off the line. Line ends stay, so neighbours still meet.',
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
      // documented as a list; parsed from text, so that an error quotes the input
      type: 'array',
      items: { type: 'number' },
      minItems: 4,
      maxItems: 6,
    }),
  'bbox-crs': CrsName.optional().meta({ id: 'bbox-crs', description: 'CRS of `bbox`. Default: CRS84.' }),
  datetime: DatetimeInterval.optional().meta({ id: 'datetime' }),
  ids: z
    .array(z.string().max(200))
    .max(MOST_IDS)
    .optional()
    .meta({
      id: 'ids',
      description: `Only features with these ids, comma-separated, at most ${MOST_IDS}.`,
    }),
  resultType: z.enum(['results', 'hits']).optional().meta({
    id: 'resultType',
    description: '`hits`: only the count (numberMatched), no features.',
  }),
};
