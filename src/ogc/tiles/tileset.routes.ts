import type { Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import { chooseFormat, type Format } from '../../http/negotiation.ts';
import { operation } from '../../http/operation.ts';
import { collectionParams } from '../collection/collection.find.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ExtentStore } from '../collection/extent.store.ts';
import { JSON_ONLY } from '../collection/json.format.ts';
import { MEDIA, REL, selfLink, urlOf } from '../collection/links.ts';
import type { Publication } from '../collection/publication.ts';
import {
  TileMatrixSetDocument,
  TileMatrixSets,
  WEB_MERCATOR_QUAD,
  webMercatorQuad,
} from './tile.matrix.set.ts';
import { getTiled, tiledOf } from './tiled.collections.ts';
import { TileJson, tileJsonOf } from './tilejson.ts';
import {
  type Bbox,
  describeTileset,
  listedTileset,
  pathOfTiles,
  type Tileset,
  TilesetDocument,
  TilesetList,
} from './tileset.document.ts';

const FORMATS: readonly Format[] = [
  { name: 'json', mediaType: MEDIA.json },
  { name: 'tilejson', mediaType: MEDIA.tilejson },
];
const query = z.strictObject({
  f: z
    .enum(['json', 'tilejson'])
    .optional()
    .meta({ description: 'The format; overrides the header Accept.' }),
});
const LIST = { 200: { description: 'The tilesets.', schema: TilesetList } };
const TILESET = {
  200: {
    description: 'Tileset metadata.',
    schema: TilesetDocument,
    also: { [MEDIA.tilejson]: TileJson },
  },
};

export const tilesetOf = (collection: Collection): Tileset => ({
  path: `/collections/${collection.id}`,
  title: collection.title,
  description: collection.description,
  collections: [collection],
});

export const datasetTileset = (
  collections: readonly Collection[],
  { title, description }: Publication,
): Tileset => ({
  path: '',
  title,
  description,
  collections: tiledOf(collections),
});

/** OGC API – Tiles: tileset metadata. */
export function tilesetOperations(
  collections: readonly Collection[],
  extents: ExtentStore,
  publication: Publication,
) {
  const params = collectionParams(collections);
  const all = datasetTileset(collections, publication);
  async function boxOf(tileset: Tileset, caller: Caller): Promise<Bbox | null> {
    const found = await extents.find(caller);
    return boxAround(tileset.collections.map(({ id }) => found[id]!.bbox));
  }
  async function list(tileset: Tileset, caller: Caller, request: Request) {
    const entry = listedTileset(request, tileset, await boxOf(tileset, caller));
    return { body: { tilesets: [entry], links: [selfLink(request, MEDIA.json)] } };
  }
  async function describe(tileset: Tileset, f: string | undefined, caller: Caller, request: Request) {
    const bbox = await boxOf(tileset, caller);
    const { name, mediaType } = chooseFormat(FORMATS, f, request);
    if (name === 'tilejson') return { mediaType, body: tileJsonOf(request, tileset, publication, bbox) };
    return { mediaType, body: describeTileset(request, tileset, bbox) };
  }
  return [
    operation({
      id: '.collection.vector.getTileSetsList',
      method: 'get',
      path: '/collections/{collectionId}/tiles',
      tag: 'Tiles',
      summary: 'List the tilesets of a layer.',
      description: 'There is one, in WebMercatorQuad.',
      params,
      query: JSON_ONLY,
      responses: LIST,
      problems: [400, 404],
      handle: ({ params: { collectionId }, caller, request }) =>
        list(tilesetOf(getTiled(collections, collectionId)), caller, request),
    }),

    operation({
      id: '.collection.vector.getTileSet',
      method: 'get',
      path: '/collections/{collectionId}/tiles/WebMercatorQuad',
      tag: 'Tiles',
      summary: 'Read the tileset of a layer.',
      description: 'Layers of the tiles with their zooms and properties, and the address of the tiles.',
      params,
      query,
      responses: TILESET,
      problems: [400, 404],
      handle: ({ params: { collectionId }, query: { f }, caller, request }) =>
        describe(tilesetOf(getTiled(collections, collectionId)), f, caller, request),
    }),

    operation({
      id: '.dataset.vector.getTileSetsList',
      method: 'get',
      path: '/tiles',
      tag: 'Tiles',
      summary: 'List the tilesets with all layers.',
      description: 'There is one, in WebMercatorQuad.',
      query: JSON_ONLY,
      responses: LIST,
      problems: [400],
      handle: ({ caller, request }) => list(all, caller, request),
    }),

    operation({
      id: '.dataset.vector.getTileSet',
      method: 'get',
      path: pathOfTiles(all),
      tag: 'Tiles',
      summary: 'Read the tileset with all layers.',
      description: 'Layers of the tiles with their zooms and properties, and the address of the tiles.',
      query,
      responses: TILESET,
      problems: [400],
      handle: ({ query: { f }, caller, request }) => describe(all, f, caller, request),
    }),

    operation({
      id: 'getTileMatrixSetsList',
      method: 'get',
      path: '/tileMatrixSets',
      tag: 'Tiles',
      summary: 'List the tile matrix sets.',
      description: 'There is one: WebMercatorQuad.',
      query: JSON_ONLY,
      responses: { 200: { description: 'All tile matrix sets.', schema: TileMatrixSets } },
      problems: [400],
      async handle({ request }) {
        const href = urlOf(request, `/tileMatrixSets/${WEB_MERCATOR_QUAD.id}`);
        const links = [{ href, rel: REL.tilingScheme, type: MEDIA.json, title: WEB_MERCATOR_QUAD.title }];
        return { body: { tileMatrixSets: [{ ...WEB_MERCATOR_QUAD, links }] } };
      },
    }),

    operation({
      id: 'getTileMatrixSet',
      method: 'get',
      path: '/tileMatrixSets/WebMercatorQuad',
      tag: 'Tiles',
      summary: 'Read the tile matrix set WebMercatorQuad.',
      description: 'Scale, origin and size of the matrix of each zoom.',
      query: JSON_ONLY,
      responses: { 200: { description: 'All zoom levels.', schema: TileMatrixSetDocument } },
      problems: [400],
      handle: async () => ({ body: webMercatorQuad() }),
    }),
  ];
}

/** The bounding box of several boxes; null if the caller sees no feature. */
const boxAround = (boxes: readonly (Bbox | null)[]): Bbox | null =>
  boxes.reduce((around, box) => {
    if (!around || !box) return around ?? box;
    return [
      Math.min(around[0], box[0]),
      Math.min(around[1], box[1]),
      Math.max(around[2], box[2]),
      Math.max(around[3], box[3]),
    ];
  }, null);
