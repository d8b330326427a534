import { z } from 'zod';
import { chooseFormat, type Format } from '../http/negotiation.ts';
import { operation } from '../http/operation.ts';
import { collectionParams, getCollection } from './collection/collection.find.ts';
import type { Collection } from './collection/collection.sql.ts';
import { DOCUMENT_QUERY } from './collection/document.query.ts';
import { AS_HTML, MEDIA, urlOf } from './collection/links.ts';
import { schemaPage } from './pages/schema.page.ts';
import { featureSchema, logicalSchema, queryablesOf, sortablesOf } from './schema.document.ts';

const SchemaDocument = z
  .looseObject({
    $schema: z.string().meta({ description: 'The dialect of JSON Schema.' }),
    $id: z.string().meta({ description: 'Address of this document.' }),
    title: z.string().meta({ description: 'Name of the layer.' }),
  })
  .meta({ id: 'JsonSchema', description: 'A JSON Schema (2020-12).' });

// GDAL 3.10 accepts queryables only as application/json
const FORMATS: readonly Format[] = [
  { name: 'schema', mediaType: MEDIA.schema },
  { name: 'json', mediaType: MEDIA.json },
];

const DOCUMENTS = [
  {
    id: 'getQueryables',
    path: '/queryables',
    title: 'Queryables',
    summary: 'Read the queryables of a layer.',
    description: 'Properties that `filter` and the parameters of the items may name.',
    write: queryablesOf,
  },
  {
    id: 'getSortables',
    path: '/sortables',
    title: 'Sortables',
    summary: 'Read the sortables of a layer.',
    description: 'Properties that `sortby` may name.',
    write: sortablesOf,
  },
  {
    id: 'getSchema',
    path: '/schema',
    title: 'Properties',
    summary: 'Read the schema of a layer, with roles.',
    description:
      'Titles, types and roles (identifier, geometry, times) of the properties; `readOnly` ones are computed.',
    write: logicalSchema,
  },
  {
    id: 'getFeatureSchema',
    path: '/schema/feature',
    title: 'Properties in GeoJSON',
    summary: 'Read the JSON Schema of a GeoJSON feature of a layer.',
    description: 'Validates one feature as the items answer it.',
    write: featureSchema,
  },
] as const;

/** OGC API – Features Part 5: schemas, queryables and sortables. */
export const schemaOperations = (collections: readonly Collection[]) =>
  DOCUMENTS.map(({ id, path, title, summary, description, write }) =>
    operation({
      id,
      method: 'get',
      path: `/collections/{collectionId}${path}`,
      tag: 'Layers',
      summary,
      description,
      params: collectionParams(collections),
      query: DOCUMENT_QUERY,
      responses: {
        200: {
          description: 'A JSON Schema.',
          mediaType: MEDIA.schema,
          schema: SchemaDocument,
          also: { [MEDIA.json]: SchemaDocument, ...AS_HTML },
        },
      },
      problems: [400, 404],
      async handle({ params: { collectionId }, request }) {
        const collection = getCollection(collections, collectionId);
        const { mediaType } = chooseFormat(FORMATS, undefined, request);
        return {
          mediaType,
          body: write(collection, urlOf(request, `/collections/${collectionId}${path}`)),
          html: schemaPage(collection, title),
        };
      },
    }),
  );
