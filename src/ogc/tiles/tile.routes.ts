import { hash } from 'node:crypto';
import { operation } from '../../http/operation.ts';
import { noContent, type Reply } from '../../http/reply.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { LayerQuestion } from './encoding.sql.ts';
import type { CachedLayer } from './tile.cache.ts';
import { getTile } from './tile.grid.ts';
import {
  datasetTileParams,
  datasetTileQuery,
  MVT,
  sharedTileQuery,
  type TileQuery,
  tileParams,
  tileQueryOf,
} from './tile.parameters.ts';
import type { TileStore } from './tile.store.ts';
import { chooseTiled, getTiled, tiledOf } from './tiled.collections.ts';

const ANSWERS = {
  200: { description: 'A Mapbox Vector Tile.', mediaType: MVT },
  204: { description: 'The tile is empty.' },
};

export const tileOperations = (collections: readonly Collection[], tiles: TileStore) => [
  operation({
    id: '.collection.vector.getTile',
    method: 'get',
    path: '/collections/{collectionId}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}',
    tag: 'Tiles',
    summary: 'Read a vector tile of a layer.',
    description: 'Also accepts the filters of the items of the layer.',
    params: tileParams(collections),
    query: sharedTileQuery,
    queryFor: ({ collectionId }) => tileQueryOf(getTiled(collections, collectionId)),
    responses: ANSWERS,
    problems: [400, 404, 422],
    async handle({ params: { collectionId, tileMatrix, tileRow, tileCol }, query, caller }) {
      const tile = getTile(tileMatrix, tileRow, tileCol);
      const { shown, ...selection } = query as unknown as TileQuery;
      const collection = getTiled(collections, collectionId);
      const layers = await tiles.read(caller, tile, [{ collection, selection, fields: shown.fields }]);
      return tileReply(layers);
    },
  }),

  operation({
    id: '.dataset.vector.getTile',
    method: 'get',
    path: '/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}',
    tag: 'Tiles',
    summary: 'Read a vector tile with all layers.',
    description:
      'Each layer of the service is a layer of the tile. Below zoom 11 incidents are counts per cell.',
    params: datasetTileParams,
    query: datasetTileQuery(tiledOf(collections)),
    responses: ANSWERS,
    problems: [400, 404, 422],
    async handle({
      params: { tileMatrix, tileRow, tileCol },
      query: { collections: ids, datetime },
      caller,
    }) {
      const tile = getTile(tileMatrix, tileRow, tileCol);
      const questions = chooseTiled(collections, ids).map((collection) =>
        questionOf(collection, { datetime }),
      );
      return tileReply(await tiles.read(caller, tile, questions));
    },
  }),
];

const questionOf = (collection: Collection, filters: Record<string, unknown>): LayerQuestion => ({
  collection,
  selection: { filters, equal: [], projectedBox: undefined, ids: undefined, filter: undefined, sort: [] },
  fields: collection.fields,
});

function tileReply(layers: readonly CachedLayer[]): Reply {
  const body = layers.length === 1 ? layers[0]!.bytes : Buffer.concat(layers.map(({ bytes }) => bytes));
  if (body.length === 0) return noContent();
  return { headers: { ETag: layers.length === 1 ? layers[0]!.etag : tagOfAll(layers) }, body };
}

const tagOfAll = (layers: readonly CachedLayer[]): string =>
  `W/"${hash('sha1', layers.map(({ etag }) => etag).join(), 'base64url')}"`;
