import { type Collection, typeOf } from './collection/collection.sql.ts';
import { propertyOf, typeNames } from './collection/field.schema.ts';
import type { JsonSchema } from './collection/plain.schema.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const FORMATS = {
  Point: 'geometry-point',
  LineString: 'geometry-linestring',
  MultiPolygon: 'geometry-multipolygon',
};
const ID = { title: 'Identifier', type: 'string' };

/** OGC API – Features Part 5: the logical schema of a layer, independent of the encoding. */
export function logicalSchema(collection: Collection, url: string): JsonSchema {
  const { geometry, fields } = collection;
  const place = geometry && {
    geometry: {
      title: 'Geometry',
      format: FORMATS[geometry.type],
      'x-ogc-role': 'primary-geometry',
      'x-ogc-propertySeq': 2,
    },
  };
  const properties = fields.map((field, i) => [
    field.name,
    { ...propertyOf(collection, field), 'x-ogc-propertySeq': i + 3 },
  ]);
  return {
    ...headOf(collection, url),
    properties: {
      id: { ...ID, readOnly: true, 'x-ogc-role': 'id', 'x-ogc-propertySeq': 1 },
      ...place,
      ...Object.fromEntries(properties),
    },
    additionalProperties: false,
  };
}

/** JSON Schema of a feature as GeoJSON: clients such as GDAL read the types of its properties. */
export const featureSchema = (collection: Collection, url: string): JsonSchema => ({
  ...headOf(collection, url),
  required: ['type', 'id', 'geometry', 'properties'],
  properties: {
    type: { type: 'string', enum: ['Feature'] },
    id: ID,
    geometry: collection.geometry ? geometryReference(collection.geometry.type) : { type: 'null' },
    properties: {
      type: 'object',
      properties: Object.fromEntries(
        collection.fields.map((field) => [field.name, propertyOf(collection, field)]),
      ),
    },
  },
});

/** The queryables, plus the list that older clients read. */
export const queryablesOf = (collection: Collection, url: string): JsonSchema => ({
  ...headOf(collection, url),
  properties: {
    id: ID,
    ...(collection.geometry && { geometry: geometryReference(collection.geometry.type) }),
    ...Object.fromEntries(collection.fields.map((field) => [field.name, propertyOf(collection, field)])),
  },
  additionalProperties: false,
  queryables: collection.fields.map((field) => ({ id: field.name, type: typeNames[typeOf(field)] })),
});

export const sortablesOf = (collection: Collection, url: string): JsonSchema => ({
  ...headOf(collection, url),
  ...(collection.sortedByIndex && {
    description: `${collection.description} Many of them are sorted only by ${collection.sortedByIndex.join(' or ')}.`,
  }),
  properties: Object.fromEntries(
    collection.fields.map((field) => [field.name, propertyOf(collection, field)]),
  ),
  additionalProperties: false,
});

const headOf = ({ title, description }: Collection, url: string): JsonSchema => ({
  $schema: DIALECT,
  $id: url,
  type: 'object',
  title,
  description,
});

// a geometry has no `type`, otherwise QGIS treats it as an attribute
const geometryReference = (type: string): JsonSchema => ({
  title: 'Geometry',
  $ref: `https://geojson.org/schema/${type}.json`,
});
