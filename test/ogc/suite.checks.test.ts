import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { CRS, LAYERS, linkOf, OPEN_LAYERS, pathOf } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// What OGC's suite for Features asks of every layer that strangers find in the list, whatever their number: the suite runs
// with Java and Maven alone (npm run conformance).
let service: TestService;
let collections: Listed[];
beforeAll(async () => {
  service = await startService({ withDemo: true });
  collections = (await get('/v1/collections')).collections;
});
afterAll(() => service.stop());

interface Listed {
  id: string;
  crs: string[];
  storageCrs?: string;
  extent?: { spatial?: { bbox: [[number, number, number, number]] } };
  links: never[];
}

const get = async (path: string) => (await service.api.get(path).expect(200)).body;
const idsOf = ({ features }: { features: { id: string }[] }) => features.map(({ id }) => id);
const itemsOf = ({ links }: Listed) => pathOf(linkOf(links, 'items').href);
const within = (path: string, query: object) => service.api.get(path).query(query).expect(200);

test('alerts are listed to agencies, which alone can have any', async () => {
  expect(collections.map(({ id }) => id)).toEqual(OPEN_LAYERS);
  const { body } = await service.api
    .get('/v1/collections')
    .set(as(keyOf('LBY', 'reader')))
    .expect(200);
  expect(body.collections.map(({ id }: Listed) => id)).toEqual(LAYERS);
});

describe('ogcapi-features-2/crs', () => {
  test('crs is a list with the default system, in the list and in each layer', async () => {
    for (const listed of collections) {
      const alone = await get(`/v1/collections/${listed.id}`);
      for (const { crs, storageCrs } of [listed, alone]) {
        expect(crs[0]).toBe(CRS.crs84);
        if (storageCrs) expect(crs).toContain(storageCrs);
      }
    }
  });

  test('each listed system is answered, by the features and by one feature', async () => {
    for (const listed of collections) {
      const [id] = idsOf(await get(`${itemsOf(listed)}?limit=1`));
      for (const crs of listed.crs)
        for (const path of [itemsOf(listed), `${itemsOf(listed)}/${id}`]) {
          const { headers } = await within(path, { crs });
          expect(headers['content-crs']).toBe(`<${crs}>`);
        }
    }
  });

  // the suite transforms two corners of the extent, and asks for pages of ten
  test('a box around the extent in each listed system has no feature that the box in degrees has not', async () => {
    const checked: string[] = [];
    for (const listed of collections.filter(({ extent }) => extent?.spatial)) {
      const [box] = listed.extent!.spatial!.bbox;
      const inDegrees = idsOf((await within(itemsOf(listed), { bbox: box.join(), limit: 10 })).body);
      for (const crs of listed.crs) {
        const bbox = (await cornersIn(crs, box)).join();
        const found = idsOf((await within(itemsOf(listed), { bbox, 'bbox-crs': crs, limit: 10 })).body);
        expect(found.filter((id) => !inDegrees.includes(id))).toEqual([]);
        expect(found.length).toBeGreaterThan(0);
        checked.push(`${listed.id} ${crs.split('/').at(-1)}`);
      }
    }
    expect(checked.filter((one) => one.endsWith('32632'))).toHaveLength(2);
  });

  test('UTM is not listed for incidents, because one in a corner makes room for another on the first page', async () => {
    const incidents = collections.find(({ id }) => id === 'incidents')!;
    expect(incidents.crs).toEqual([CRS.crs84, CRS.wgs84, CRS.mercator]);
    const [box] = incidents.extent!.spatial!.bbox;
    const [, south, east] = box;
    await service.api
      .post('/v1/incidents')
      .set(as(keyOf('DZA', 'reporter')))
      .send(
        anIncident({ at: [east - 0.01, south + 0.01], occurredAt: new Date().toISOString(), tlp: 'CLEAR' }),
      )
      .expect(201);
    // a page that is not the whole layer, as soon as there are more than a hundred
    const limit = 10;
    const inDegrees = idsOf((await within(itemsOf(incidents), { bbox: box.join(), limit })).body);
    const utm = { bbox: (await cornersIn(CRS.utm, box)).join(), 'bbox-crs': CRS.utm, limit };
    const inUtm = idsOf((await within(itemsOf(incidents), utm)).body);
    expect(inUtm.filter((id) => !inDegrees.includes(id))).toHaveLength(1);
  });
});

async function cornersIn(crs: string, [west, south, east, north]: [number, number, number, number]) {
  const srid = Number(crs.split('/').at(-1)) || 4326;
  const rows = await asTableOwner<{ x: number; y: number }>(
    service.db,
    sql`SELECT ST_X(g) AS x, ST_Y(g) AS y FROM (VALUES
          (1, ST_Transform(ST_SetSRID(ST_MakePoint(${west}::float, ${south}::float), 4326), ${srid}::int)),
          (2, ST_Transform(ST_SetSRID(ST_MakePoint(${east}::float, ${north}::float), 4326), ${srid}::int))) AS c (n, g)
        ORDER BY n`,
  );
  return rows.flatMap(({ x, y }) => (crs === CRS.wgs84 ? [y, x] : [x, y]));
}
