import type { Request } from 'express';
import { z } from 'zod';
import { Links } from '../geometry/feature.schema.ts';
import { operation } from '../http/operation.ts';
import { CollectionDocument, describeCollection } from './collection/collection.document.ts';
import { collectionParams, getCollection } from './collection/collection.find.ts';
import type { Collection } from './collection/collection.sql.ts';
import { DOCUMENT_QUERY } from './collection/document.query.ts';
import type { ExtentStore, Extents } from './collection/extent.store.ts';
import { AS_HTML, MEDIA, selfLinks } from './collection/links.ts';
import { downloadLinks } from './items.formats.ts';
import { collectionPage, collectionsPage } from './pages/collections.page.ts';

const Collections = z
  .strictObject({
    collections: z.array(CollectionDocument).meta({ description: 'The layers.' }),
    links: Links,
  })
  .meta({ id: 'Collections', description: 'All layers.' });

export const collectionOperations = (collections: readonly Collection[], extents: ExtentStore) => [
  operation({
    id: 'listCollections',
    method: 'get',
    path: '/collections',
    tag: 'Layers',
    summary: 'List the layers.',
    description:
      'Each with its extent, its reference systems and its links. Layers in which only agencies have features are listed to agencies alone.',
    query: DOCUMENT_QUERY,
    responses: { 200: { description: 'All layers.', schema: Collections, also: AS_HTML } },
    problems: [400],
    async handle({ caller, request }) {
      const found = await extents.find(caller);
      const documents = collections
        .filter(({ isForAgencies }) => !isForAgencies || caller.agency !== undefined)
        .map((collection) => describe(request, collection, found));
      return {
        body: { collections: documents, links: selfLinks(request, MEDIA.json) },
        html: collectionsPage,
      };
    },
  }),

  operation({
    id: 'getCollection',
    method: 'get',
    path: '/collections/{collectionId}',
    tag: 'Layers',
    summary: 'Read the description of a layer.',
    description: 'Its extent, its reference systems, and links to its items, schemas and tiles.',
    params: collectionParams(collections),
    query: DOCUMENT_QUERY,
    responses: { 200: { description: 'The layer.', schema: CollectionDocument, also: AS_HTML } },
    problems: [400, 404],
    async handle({ params: { collectionId }, caller, request }) {
      const collection = getCollection(collections, collectionId);
      const found = await extents.find(caller);
      return {
        body: describe(request, collection, found),
        html: collectionPage,
      };
    },
  }),
];

const describe = (request: Request, collection: Collection, extents: Extents) =>
  describeCollection(request, collection, extents[collection.id]!, downloadLinks(request, collection));
