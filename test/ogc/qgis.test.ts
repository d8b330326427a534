import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { addAlerts } from '../support/alerts.ts';
import { asTableOwner } from '../support/audit.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { addIndicators } from '../support/indicators.ts';
import { COLLECTIONS, LAYERS } from '../support/ogc.ts';
import { hasQgis, qgis } from '../support/qgis.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

if (!hasQgis)
  process.stdout.write('QGIS is not run: install python3-qgis and qgis-providers for /usr/bin/python3.\n');
const withQgis = hasQgis ? describe : describe.skip;

const LONG_MS = 300_000;
const OPERATOR = keyOf('TUN', 'operator');

let service: TestService;
let server: Server;
/** Method, path and query of every request since the test began, decoded. */
let asked: string[] = [];

beforeAll(async () => {
  service = await startService({ withDemo: true });
  const app = service.appWith({ checkResponses: false });
  server = createServer((req, res) => {
    asked.push(`${req.method} ${decodeURIComponent(req.url!).replaceAll('+', ' ')}`);
    app(req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await service.stop();
});

const root = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
const list = async (path: string, key?: string) =>
  (
    await service.api
      .get(`/v1/collections/${path}`)
      .set(key ? as(key) : {})
      .expect(200)
  ).body;
const idsOf = async (path: string, key?: string) =>
  (await list(path, key)).features.map(({ id }: { id: string }) => id).sort();

interface Described {
  count: number;
  ids: string[];
  geometry: string;
  fields: string[];
  editable: boolean;
  able: string[];
}

withQgis('QGIS', () => {
  test(
    'reads each layer completely, with its fields and geometry',
    async () => {
      const found = await qgis<Record<string, Described>>(root(), undefined, 'describe', LAYERS);
      await addAlerts(service, agencyOf(OPERATOR));
      await addIndicators(service);
      const own = ['alerts', 'indicators', 'impact'];
      Object.assign(found, await qgis<Record<string, Described>>(root(), OPERATOR, 'describe', own));
      const types = { Point: 'Point', LineString: 'Line', MultiPolygon: 'Polygon' };
      for (const { id, fields, geometry } of COLLECTIONS) {
        // QGIS takes the fields of a layer without features from nothing, and others are shown none of these
        const ids = await idsOf(`${id}/items?limit=10000`, own.includes(id) ? OPERATOR : undefined);
        expect(found[id]).toEqual({
          count: ids.length,
          ids,
          geometry: geometry ? types[geometry.type] : 'Null',
          fields: ['id', ...fields.map(({ name }) => name)],
          editable: false,
          able: [],
        });
      }
    },
    LONG_MS,
  );

  test.each<[expression: string, pushed: string, filter: string]>([
    [`"kind" = 'fire'`, `(kind = 'fire')`, `kind = 'fire'`],
    [
      `"countsBest" > 5 AND "severity" <> 'minor'`,
      `((countsBest > 5) AND (severity <> 'minor'))`,
      `countsBest > 5 AND severity <> 'minor'`,
    ],
    [`"kind" IN ('fire', 'distress')`, `kind IN ('fire','distress')`, `kind IN ('fire', 'distress')`],
    [`"countsBest" BETWEEN 3 AND 8`, 'countsBest BETWEEN 3 AND 8', 'countsBest BETWEEN 3 AND 8'],
    [`"kind" LIKE 'smug%'`, `(kind LIKE 'smug%')`, `kind LIKE 'smug%'`],
    [`"kind" ILIKE 'SMUG%'`, `(CASEI(kind) LIKE CASEI('SMUG%'))`, `kind LIKE 'smug%'`],
    [`"occurredUntil" IS NOT NULL`, '(occurredUntil IS NOT NULL)', 'occurredUntil IS NOT NULL'],
    [
      `"occurredAt" >= '2026-10-01T00:00:00'`,
      `(occurredAt >= TIMESTAMP('2026-10-01T00:00:00.000Z'))`,
      `occurredAt >= TIMESTAMP('2026-10-01T00:00:00Z')`,
    ],
    [
      `intersects_bbox($geometry, geom_from_wkt('POLYGON((8 33, 9.5 33, 9.5 36, 8 36, 8 33))'))`,
      'S_INTERSECTS(geometry,BBOX(8,33,9.5,36))',
      'S_INTERSECTS(geometry, BBOX(8, 33, 9.5, 36))',
    ],
  ])(
    'sends the expression %s',
    async (expression, pushed, filter) => {
      const ids = await qgis<string[]>(root(), undefined, 'read', 'incidents', expression);
      expect(ids).toEqual(await idsOf(`incidents/items?limit=10000&filter=${encodeURIComponent(filter)}`));
      expect(ids.length).toBeGreaterThan(0);
      const path = '/v1/collections/incidents/items?';
      const sent = asked.filter((one) => one.includes(path) && one.includes('filter-lang=cql2-text'));
      expect(sent.map((one) => new URLSearchParams(one.split('?')[1]!).get('filter'))).toContain(pushed);
    },
    LONG_MS,
  );

  test(
    'sends the box of the map',
    async () => {
      const ids = await qgis<string[]>(root(), undefined, 'read', 'incidents', '', [8, 33, 9.5, 36]);
      const inside = await idsOf('incidents/items?limit=10000&bbox=8,33,9.5,36');
      expect(ids).toEqual(inside);
      expect(asked.join('\n')).toMatch(/incidents\/items\?.*bbox=8,33,9\.5,36/);
    },
    LONG_MS,
  );

  test(
    'opens layers for editing by the rights of the key',
    async () => {
      const reader = await qgis<Record<string, Described>>(root(), keyOf('TUN', 'reader'), 'describe', [
        'zones',
        'incidents',
      ]);
      for (const layer of Object.values(reader)) expect(layer).toMatchObject({ editable: false, able: [] });
      const operator = await qgis<Record<string, Described>>(root(), OPERATOR, 'describe', LAYERS);
      const able = ['add', 'change', 'move', 'delete'];
      for (const [id, layer] of Object.entries(operator))
        expect([id, layer.able]).toEqual([id, ['zones', 'incidents'].includes(id) ? able : []]);
      // with the key, both are shown more
      expect(operator.incidents!.count).toBe(
        (await list('incidents/items?resultType=hits', OPERATOR)).numberMatched,
      );
      expect(asked.filter((one) => one.startsWith('OPTIONS')).length).toBeGreaterThanOrEqual(4);
    },
    LONG_MS,
  );
});

withQgis('in QGIS, an operator', () => {
  const edit = (layer: string, change: object) => qgis<string>(root(), OPERATOR, 'edit', layer, change);
  const zone = async (id: string, query = '') =>
    (await service.api.get(`/v1/zones/${id}${query}`).set(as(OPERATOR)).expect(200)).body;
  const writes = () => asked.filter((one) => /^(POST|PUT|PATCH|DELETE)/.test(one));

  test(
    'draws a zone, changes and moves it, and removes it',
    async () => {
      const id = await edit('zones', {
        add: {
          nameEn: 'Drawn in QGIS',
          kind: 'exercise',
          purpose: 'Joint watch',
          participants: 'TUN,DZA',
          validFrom: '2027-01-01T06:00:00',
        },
        wkt: 'MULTIPOLYGON(((9 33, 9.2 33, 9.2 33.2, 9 33.2, 9 33)))',
      });
      const drawn = await zone(id);
      expect(drawn.properties).toMatchObject({
        names: { en: 'Drawn in QGIS' },
        participants: ['TUN', 'DZA'],
        state: 'draft',
        agency: agencyOf(OPERATOR),
        validFrom: '2027-01-01T06:00:00Z',
      });
      expect(drawn.geometry.coordinates[0][0]).toHaveLength(5);

      await edit('zones', { id, change: { nameFr: 'Dessinée dans QGIS', validTo: '2028-01-01T00:00:00' } });
      expect((await zone(id)).properties).toMatchObject({
        names: { en: 'Drawn in QGIS', fr: 'Dessinée dans QGIS' },
        validTo: '2028-01-01T00:00:00Z',
        revision: 1,
      });

      await edit('zones', { id, move: [0.25, 0.5] });
      const lons = (await zone(id)).geometry.coordinates[0][0].map(([lon]: [number]) => lon);
      expect(Math.min(...lons)).toBeCloseTo(9.25, 6);

      await edit('zones', { id, delete: true });
      await service.api.get(`/v1/zones/${id}`).set(as(OPERATOR)).expect(404);
      const path = `/v1/collections/zones/items`;
      expect(writes()).toEqual([
        `POST ${path}`,
        `PATCH ${path}/${id}`,
        `PATCH ${path}/${id}`,
        `DELETE ${path}/${id}`,
      ]);
    },
    LONG_MS,
  );

  test(
    'proposes the next revision of an agreed zone by an edit',
    async () => {
      const { id } = await agreeZone(service.api, 'TUN');
      await edit('zones', { id, change: { purpose: 'Changed in QGIS' } });
      expect((await zone(id)).properties).toMatchObject({ purpose: 'Joint watch', revision: 1 });
      expect((await zone(id, '?revision=latest')).properties).toMatchObject({
        purpose: 'Changed in QGIS',
        revision: 2,
        state: 'proposed',
      });
    },
    LONG_MS,
  );

  test(
    'reports an incident and its changes',
    async () => {
      const id = await edit('incidents', {
        add: {
          kind: 'fire',
          severity: 'moderate',
          certainty: 'observed',
          nature: 'exercise',
          occurredAt: '2026-02-01T06:30:00Z',
          horizontalAccuracyMetres: 100,
          countsBest: 3,
        },
        wkt: 'POINT(8.42 35.2)',
      });
      await edit('incidents', { id, change: { state: 'ongoing', countsBest: 5 } });
      await edit('incidents', { id, move: [0.01, 0] });
      const path = `/v1/incidents/${id}`;
      const { body } = await service.api.get(path).set(as(OPERATOR)).expect(200);
      expect(body.properties).toMatchObject({
        occurredAt: '2026-02-01T06:30:00Z',
        state: 'ongoing',
        counts: { best: 5 },
        border: 'DZA-TUN',
        revision: 3,
      });
      expect(body.geometry.coordinates[0]).toBeCloseTo(8.43, 6);
      await edit('incidents', { id, delete: true });
      const { reports } = (await service.api.get(`${path}/reports`).set(as(OPERATOR)).expect(200)).body;
      expect(reports.map(({ state }: { state: string | null }) => state)).toEqual([
        'ongoing',
        null,
        'cancelled',
      ]);
    },
    LONG_MS,
  );
});

withQgis('QGIS, with more features than a page holds,', () => {
  // the embedded database takes a minute to place 50,000, a server ten seconds
  const MANY = process.env.TEST_DATABASE_URL ? 50_000 : 5_000;

  beforeAll(async () => {
    const agency = agencyOf(OPERATOR);
    const chunk = 5_000;
    for (let from = 0; from < MANY; from += chunk)
      await asTableOwner(
        service.db,
        sql`INSERT INTO base.incident (id, kind, severity, certainty, nature, state, occurred_at, point,
              horizontal_accuracy_m, owner, agency, tlp, content_hash, source)
            SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'other', 'minor', 'observed', 'exercise',
              'closed', timestamptz '2026-01-01' + n * interval '1 minute',
              ST_SetSRID(ST_MakePoint(8 + (n % 400) / 200.0, 33 + (n / 400) / 50.0), 4326), 100, 'TUN', ${agency},
              'CLEAR', sha256(n::text::bytea), 'many'
            FROM generate_series(${from + 1}::int, ${from + chunk}::int) AS n`,
      );
  }, LONG_MS);

  test(
    'shows how many there are before it reads them',
    async () => {
      const { numberMatched } = await list('incidents/items?resultType=hits');
      expect(numberMatched).toBeGreaterThan(MANY);
      expect(await qgis<number>(root(), undefined, 'count', 'incidents')).toBe(numberMatched);
    },
    LONG_MS,
  );

  test(
    `follows the pages to the last of ${MANY}`,
    async () => {
      const ids = await qgis<string[]>(root(), undefined, 'read', 'incidents');
      const { numberMatched } = await list('incidents/items?resultType=hits');
      expect(numberMatched).toBeGreaterThan(MANY);
      expect(ids).toHaveLength(numberMatched);
      expect(new Set(ids).size).toBe(numberMatched);
      expect(asked.filter((one) => /incidents\/items\?.*cursor=/.test(one)).length).toBeGreaterThanOrEqual(
        MANY / 1000,
      );
    },
    LONG_MS,
  );
});
