import { type Collection, type Field, typeOf } from './collection/collection.sql.ts';
import { type JsonSchema, plainSchema } from './collection/plain.schema.ts';

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

const typeNames = {
  text: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  instant: 'string',
  list: 'string',
} as const;

/** Missing values are null although the type does not say so: clients support only a single type. */
function propertyOf({ computed, time }: Collection, field: Field): JsonSchema {
  const { name, schema, title } = field;
  const type = typeOf(field);
  const {
    description,
    enum: words,
    minimum,
    maximum,
  } = plainSchema(schema) as JsonSchema & { enum?: unknown[] };
  const role = roleOf(name, time);
  return {
    title,
    ...(description !== undefined && { description }),
    type: typeNames[type],
    ...(type === 'instant' && { format: 'date-time' }),
    ...(words && type === 'text' && { enum: words.filter((word) => word !== null) }),
    ...(typeof minimum === 'number' && { minimum }),
    ...(typeof maximum === 'number' && { maximum }),
    ...(computed.includes(name) && { readOnly: true }),
    ...(role && { 'x-ogc-role': role }),
  };
}

function roleOf(name: string, time: Collection['time']): string | undefined {
  if (name === time?.start) return time.end ? 'primary-interval-start' : 'primary-instant';
  return name === time?.end ? 'primary-interval-end' : undefined;
}
