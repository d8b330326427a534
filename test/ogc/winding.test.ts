import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aZone } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { findWrongRing } from '../support/winding.ts';

// The tests' service breaks off every answer with a ring that is wound wrongly (test/support/winding.ts).

const operator = as(keyOf('TUN', 'operator'));
const RULES = [
  {
    derivedFrom: { border: 'DZA-TUN', fromKm: 320, toKm: 340, widthMetres: 10_000 },
    participants: ['DZA', 'TUN'],
  },
  {
    derivedFrom: { border: 'LBY-TUN', fromKm: 0, toKm: 450, widthMetres: 900 },
    participants: ['LBY', 'TUN'],
  },
  { derivedFrom: { segment: 'DZA-TUN-05', widthMetres: 3000 }, participants: ['DZA', 'TUN'] },
  { derivedFrom: { crossing: 'ras-ajdir', radiusMetres: 5000 }, participants: ['LBY', 'TUN'] },
];

let service: TestService;
let ids: string[];
let start: string;
beforeAll(async () => {
  service = await startService();
  ids = [];
  start = (await service.api.get('/v1/changes').set(operator).expect(200)).body.cursor;
  for (const rule of RULES) ids.push((await agreeZone(service.api, 'TUN', rule)).id);
});
afterAll(() => service.stop());

describe('areas have outer rings counterclockwise and holes clockwise (RFC 7946 §3.1.6)', () => {
  const square = [
    [8, 33],
    [9, 33],
    [9, 34],
    [8, 34],
    [8, 33],
  ];
  const hole = [
    [8.2, 33.2],
    [8.2, 33.8],
    [8.8, 33.8],
    [8.8, 33.2],
    [8.2, 33.2],
  ];
  const area = (rings: number[][][]) => JSON.stringify({ type: 'Polygon', coordinates: rings });

  test('the check of all answers finds a wrong ring, also in pieces, in text and with latitude first', () => {
    expect(findWrongRing(area([square, hole])).ring).toBeUndefined();
    expect(findWrongRing(area([square.toReversed()])).ring).toEqual(square.toReversed());
    expect(findWrongRing(area([square, hole.toReversed()])).ring).toEqual(hole.toReversed());
    expect(findWrongRing(JSON.stringify(area([square.toReversed()]))).ring).toEqual(square.toReversed());
    const flipped = square.map(([lon, lat]) => [lat!, lon!]);
    expect(findWrongRing(area([flipped]), true).ring).toBeUndefined();
    expect(findWrongRing(area([flipped])).ring).toEqual(flipped);
    const text = area([square.toReversed()]);
    const { ring, rest } = findWrongRing(text.slice(0, 60));
    expect(ring).toBeUndefined();
    expect(findWrongRing(rest + text.slice(60)).ring).toEqual(square.toReversed());
  });

  test.each(RULES)('the preview of %j', async (rule) => {
    const { body } = await service.api.post('/v1/zones/preview').set(operator).send(aZone(rule)).expect(200);
    expect(findWrongRing(JSON.stringify(body))).toEqual({ rest: expect.any(String) });
    expect(body.geometry.type).toBe('MultiPolygon');
  });

  const CRS = 'http://www.opengis.net/def/crs/EPSG/0';
  test.each([
    ['the list of the noun', '/zones'],
    ['the layer', '/collections/zones/items'],
    ['the layer with latitude first', `/collections/zones/items?crs=${CRS}/4326`],
    ['the layer in metres', `/collections/zones/items?crs=${CRS}/32632`],
    ['simplified', '/collections/zones/items?simplify=800'],
    ['a download', '/collections/zones/items?f=geojsonseq'],
  ])('%s', async (_, path) => {
    const { text, body } = await service.api.get(`/v1${path}`).set(operator).buffer(true).expect(200);
    const answer = text ?? String(body);
    expect(answer.match(/"MultiPolygon"/g)!.length).toBeGreaterThanOrEqual(RULES.length);
  });

  test('the change feed', async () => {
    const path = `/v1/changes?after=${start}&include=feature&collections=zones&limit=1000`;
    const { body } = await service.api.get(path).set(operator).expect(200);
    expect(ids.every((id) => body.changes.some((change: { id: string }) => change.id === id))).toBe(true);
  });

  test('one zone and its revisions', async () => {
    for (const id of ids)
      for (const path of [`/zones/${id}`, `/zones/${id}/revisions`, `/collections/zones/items/${id}`])
        await service.api.get(`/v1${path}`).set(operator).expect(200);
  });
});
