import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { AreaGeometry, MultiPolygonGeometry, PolygonGeometry } from '../../src/geometry/area.schema.ts';
import { AreaGeometryShape } from '../../src/geometry/area.shape.ts';
import { Bbox } from '../../src/geometry/bbox.parse.ts';
import { DatetimeInterval } from '../../src/geometry/datetime.parse.ts';
import { DateOrInstant, Instant } from '../../src/geometry/instant.schema.ts';
import { PointGeometry } from '../../src/geometry/point.schema.ts';
import { Latitude, Longitude, Position } from '../../src/geometry/position.schema.ts';
import { WktArea } from '../../src/geometry/wkt.parse.ts';

const both = {
  AreaGeometry,
  AreaGeometryShape,
  PolygonGeometry,
  MultiPolygonGeometry,
  PointGeometry,
  Position,
  Longitude,
  Latitude,
  Instant,
  DateOrInstant,
};
const parameters = { Bbox, DatetimeInterval, WktArea };
const translate = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { target: 'openapi-3.0', io });

describe('in an OpenAPI 3.0 document', () => {
  test.each(Object.entries(both))('%s can stand in requests and in answers', (_, schema) => {
    expect(() => translate(schema, 'input')).not.toThrow();
    expect(() => translate(schema, 'output')).not.toThrow();
  });

  test.each([
    ['Bbox', 'array'],
    ['DatetimeInterval', 'string'],
    ['WktArea', 'string'],
  ] as const)('%s is of type %s', (name, type) => {
    expect(translate(parameters[name], 'input')).toMatchObject({ type, description: expect.any(String) });
  });

  test.each(Object.entries({ ...both, ...parameters }))('the example of %s is taken', (name, schema) => {
    const example = schema.meta()?.example;
    expect(example !== undefined || name === 'AreaGeometryShape').toBe(true);
    if (example !== undefined) expect(schema.safeParse(example).error).toBeUndefined();
  });
});
