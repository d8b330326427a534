import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COLLECTIONS } from '../support/ogc.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ withDemo: true });
});
afterAll(() => service.stop());

interface Property {
  title?: string;
  type?: string;
  format?: string;
  enum?: string[];
  $ref?: string;
  readOnly?: boolean;
  'x-ogc-role'?: string;
  'x-ogc-propertySeq'?: number;
}
interface Schema {
  properties: Record<string, Property>;
}

const get = async (path: string): Promise<Schema> => {
  const { text, headers, body } = await service.api.get(`/v1/collections/${path}`).expect(200);
  expect(headers['content-type']).toMatch(/^application\/schema\+json/);
  return text ? JSON.parse(text) : body;
};
const each = COLLECTIONS.map((collection) => [collection.id, collection] as const);

describe.each(each)('ogcapi-features-5/schemas: the schema of %s', (id, collection) => {
  test('has every property with title, type and order, and the geometry with its type', async () => {
    const { properties } = await get(`${id}/schema`);
    const names = [
      'id',
      ...(collection.geometry ? ['geometry'] : []),
      ...collection.fields.map(({ name }) => name),
    ];
    const inOrder = Object.entries(properties).sort(
      ([, one], [, other]) => one['x-ogc-propertySeq']! - other['x-ogc-propertySeq']!,
    );
    expect(inOrder.map(([name]) => name)).toEqual(names);
    for (const [name, property] of inOrder) {
      expect(property.title).toMatch(/^[A-Z]/);
      if (name !== 'geometry') expect(property.type).toMatch(/^(string|integer|number|boolean)$/);
    }
    if (!collection.geometry) return;
    expect(properties.geometry).toMatchObject({
      'x-ogc-role': 'primary-geometry',
      format: `geometry-${collection.geometry.type.toLowerCase()}`,
    });
    expect(properties.geometry!.type).toBeUndefined();
  });

  test('ogcapi-features-5/core-roles-features: marks the id and time properties', async () => {
    const { properties } = await get(`${id}/schema`);
    const roles = Object.entries(properties).flatMap(([name, { 'x-ogc-role': role }]) =>
      role && role !== 'primary-geometry' ? [[role, name]] : [],
    );
    const times: Record<string, string[][]> = {
      incidents: [['primary-instant', 'occurredAt']],
      alerts: [['primary-instant', 'at']],
      zones: [
        ['primary-interval-start', 'validFrom'],
        ['primary-interval-end', 'validTo'],
      ],
    };
    expect(roles).toEqual([['id', 'id'], ...(times[id] ?? [])]);
  });

  test('marks computed properties', async () => {
    const { properties } = await get(`${id}/schema`);
    const readOnly = Object.keys(properties).filter((name) => properties[name]!.readOnly);
    expect(readOnly.sort()).toEqual(['id', ...collection.computed].sort());
  });

  test('allows the answers', async () => {
    const { properties } = await get(`${id}/schema`);
    const { body } = await service.api.get(`/v1/collections/${id}/items?limit=1000`).expect(200);
    for (const feature of body.features)
      for (const [name, value] of Object.entries(feature.properties)) {
        const { type, format, enum: words } = properties[name]!;
        if (value === null) continue;
        expect([name, typeof value]).toEqual([name, type === 'integer' ? 'number' : type]);
        if (type === 'integer') expect(Number.isInteger(value)).toBe(true);
        if (words) expect(words).toContain(value);
        if (format === 'date-time') expect(value).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      }
  });
});

describe.each(each)('ogcapi-features-5/queryables: those of %s', (id, collection) => {
  test('are all properties; the geometry is a reference without a type', async () => {
    const { properties } = await get(`${id}/queryables`);
    const names = collection.fields.map(({ name }) => name);
    expect(Object.keys(properties)).toEqual(['id', ...(collection.geometry ? ['geometry'] : []), ...names]);
    if (!collection.geometry) return;
    expect(properties.geometry!.$ref).toBe(`https://geojson.org/schema/${collection.geometry.type}.json`);
    expect(properties.geometry!.type).toBeUndefined();
  });

  test('are also listed for older clients', async () => {
    const document = (await get(`${id}/queryables`)) as Schema & { queryables: { id: string }[] };
    expect(document.queryables.map((one) => one.id)).toEqual(collection.fields.map(({ name }) => name));
  });
});

describe.each(each)('ogcapi-features-5/sortables: those of %s', (id) => {
  test('can each be sorted, in both directions', async () => {
    for (const name of Object.keys((await get(`${id}/sortables`)).properties))
      for (const sign of ['', '-', '%2B']) {
        await service.api.get(`/v1/collections/${id}/items?sortby=${sign}${name}&limit=1`).expect(200);
      }
  });
});

test('the schema of a GeoJSON feature has the type of each property', async () => {
  const { properties } = await get('incidents/schema/feature');
  const nested = properties.properties as unknown as Schema;
  expect(nested.properties).toMatchObject({
    kind: { type: 'string' },
    occurredAt: { type: 'string', format: 'date-time' },
    countsBest: { type: 'integer' },
    borderKm: { type: 'number' },
  });
});
