import { z } from 'zod';
import { DatetimeInterval } from '../../geometry/datetime.parse.ts';
import { collectionParams } from '../collection/collection.find.ts';
import type { Collection } from '../collection/collection.sql.ts';
import { filterParameters } from '../collection/items.filter.ts';
import { AnyProperties, selection } from '../collection/items.parameters.ts';
import { tileQuery } from '../collection/items.query.ts';
import { GRID } from './tile.grid.ts';

export const MVT = 'application/vnd.mapbox-vector-tile';
export const TILE_FORMATS = ['mvt'] as const;

const position = {
  tileMatrix: z.int().meta({ id: 'tileMatrix', description: `The zoom, 0 to ${GRID.maxZoom}.`, example: 8 }),
  tileRow: z.int().meta({ id: 'tileRow', description: 'The row, from the north.', example: 101 }),
  tileCol: z.int().meta({ id: 'tileCol', description: 'The column, from the west.', example: 134 }),
};

export const datasetTileParams = z.strictObject(position);
export const tileParams = (collections: readonly Collection[]) =>
  z.strictObject({ ...collectionParams(collections).shape, ...position });

const f = z.enum(TILE_FORMATS).optional().meta({ description: 'The format.' });
const { datetime } = selection;

/** The documented parameters; each layer also accepts all parameters of its items. */
export const sharedTileQuery = z.strictObject({
  ...filterParameters,
  datetime,
  properties: AnyProperties,
  f,
});

export const datasetTileQuery = (tiled: readonly Collection[]) =>
  z.strictObject({
    collections: z
      .array(z.string().max(100))
      .min(1)
      .optional()
      .meta({
        id: 'collections',
        description: 'Only these layers, comma-separated.',
        items: { type: 'string', enum: tiled.map(({ id }) => id) },
      }),
    datetime: DatetimeInterval.optional().meta({ id: 'datetime' }),
    f,
  });

const queries = new WeakMap<Collection, ReturnType<typeof tileQuery>>();

/** The query parameters of a layer's tiles: those of its items that select features and properties. */
export function tileQueryOf(collection: Collection) {
  const query = queries.get(collection) ?? tileQuery(collection, TILE_FORMATS);
  queries.set(collection, query);
  return query;
}
export type TileQuery = z.output<ReturnType<typeof tileQuery>>;
