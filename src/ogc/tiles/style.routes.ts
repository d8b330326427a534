import { z } from 'zod';
import { operation } from '../../http/operation.ts';
import { collectionParams } from '../collection/collection.find.ts';
import type { Collection } from '../collection/collection.sql.ts';
import { JSON_ONLY } from '../collection/json.format.ts';
import { MEDIA } from '../collection/links.ts';
import type { Publication } from '../collection/publication.ts';
import { NAME_LANGUAGES } from './backdrop.style.ts';
import { styleOf } from './style.document.ts';
import { getTiled } from './tiled.collections.ts';
import { datasetTileset, tilesetOf } from './tileset.routes.ts';

const Style = z
  .looseObject({
    version: z.literal(8).meta({ description: 'Version of the style specification.' }),
    name: z.string().meta({ description: 'Name of the style.' }),
  })
  .meta({ id: 'Style', description: 'A MapLibre style, version 8.' });
const STYLE = { 200: { description: 'The style.', mediaType: MEDIA.style, schema: Style } };

const query = z.strictObject({
  ...JSON_ONLY.shape,
  language: z.enum(NAME_LANGUAGES).optional().meta({
    description: 'Language of all names; without it names are English and, at larger scales, Arabic.',
    example: 'fr',
  }),
});

export const styleOperations = (collections: readonly Collection[], publication: Publication) => [
  operation({
    id: 'getStyle',
    method: 'get',
    path: '/collections/{collectionId}/style',
    tag: 'Tiles',
    summary: 'Read a MapLibre style for the tiles of a layer.',
    description: 'A complete style document: its source is the TileJSON of the layer.',
    params: collectionParams(collections),
    query,
    responses: STYLE,
    problems: [400, 404],
    handle: async ({ params: { collectionId }, query: { language }, request }) => ({
      body: styleOf(request, tilesetOf(getTiled(collections, collectionId)), publication, language),
    }),
  }),

  operation({
    id: 'getDatasetStyle',
    method: 'get',
    path: '/style',
    tag: 'Tiles',
    summary: 'Read a MapLibre style for all layers.',
    description: 'A complete style document: its source is the TileJSON of all layers.',
    query,
    responses: STYLE,
    problems: [400],
    handle: async ({ query: { language }, request }) => ({
      body: styleOf(request, datasetTileset(collections, publication), publication, language),
    }),
  }),
];
