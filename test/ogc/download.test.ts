import { once } from 'node:events';
import { createServer, get as request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { typeOf } from '../../src/ogc/collection/collection.sql.ts';
import { entriesSoon } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { withQuery } from '../support/database.query.ts';
import { readFlatGeobuf } from '../support/flatgeobuf.ts';
import { COLLECTIONS, CRS } from '../support/ogc.ts';
import { importIncidents, listening } from '../support/served.ts';
import { as, keyOf, serviceOver, startService, type TestService } from '../support/service.ts';

let service: TestService;
let server: Server;
const reader = as(keyOf('TUN', 'reader'));
const reporter = as(keyOf('TUN', 'reporter'));
const MANY = 4500; // more than fit into two pieces of a stream

interface Feature {
  id: string;
  geometry: { type: string; coordinates: unknown } | null;
  properties: Record<string, string | number | boolean | null>;
}

beforeAll(async () => {
  service = await startService({ withDemo: true });
  const odd = [
    'says "so", twice',
    'back\\slash',
    '  spaces  ',
    'new\nline',
    'وادي',
    '(brackets)',
    '=1+1',
    '',
  ];
  for (const placeText of odd.filter(Boolean))
    await service.api
      .post('/v1/incidents')
      .set(reporter)
      .send(anIncident({ placeText, tlp: 'CLEAR' }))
      .expect(201);
  const features = Array.from({ length: MANY }, (_, n) =>
    anIncident({
      at: [8 + (n % 100) / 100, 33 + (n % 70) / 100],
      externalId: `many-${n}`,
      source: 'many',
      tlp: 'GREEN',
    }),
  );
  await importIncidents(service, features);
  server = await listening(service);
});
afterAll(async () => {
  server.close();
  await service.stop();
});

const url = (path: string) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/collections/${path}`;
const download = async (path: string, headers = reader) => {
  const answer = await fetch(url(path), { headers });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer;
};
const page = async (path: string): Promise<Feature[]> => (await (await download(path)).json()).features;
const textOf = async (path: string) => (await download(path)).text();
const csvOf = async (path: string): Promise<Record<string, string>[]> =>
  parse(await textOf(path), { columns: true, cast: false });

const SMALL = COLLECTIONS.filter(({ isSmall }) => isSmall);
describe.each(COLLECTIONS.map((collection) => [collection.id, collection] as const))(
  'the download of %s',
  (id, collection) => {
    const filter = id === 'incidents' ? '&source=demo%20scenario' : '';
    const wanted = () => page(`${id}/items?limit=10000${filter}`);

    test('as GeoJSON text sequence has one feature per line, each after a record separator', async () => {
      const answer = await download(`${id}/items?f=geojsonseq${filter}`);
      expect(answer.headers.get('content-type')).toBe('application/geo+json-seq');
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="demo-${id}.geojsonl"`);
      const records = (await answer.text()).split('\x1e');
      expect(records.shift()).toBe('');
      expect(records.every((record) => record.endsWith('}\n'))).toBe(true);
      const features = await wanted();
      expect(records.map((record) => JSON.parse(record))).toEqual(
        features.map((feature) => ({ ...feature, world: 'demo' })),
      );
    });

    test('as CSV has the values of each feature in its columns', async () => {
      const rows = await csvOf(`${id}/items?f=csv${filter}`);
      const features = await wanted();
      expect(rows.map((row) => row.id)).toEqual(features.map((feature) => feature.id));
      for (const [i, { geometry, properties }] of features.entries()) {
        for (const [name, value] of Object.entries(properties)) {
          const text = rows[i]![name]!;
          const written = value === null ? '' : String(value);
          expect([name, typeof value === 'number' ? String(Number(text)) : text]).toEqual([name, written]);
        }
        if (collection.geometry?.type === 'Point')
          expect([rows[i]!.longitude, rows[i]!.latitude].map(Number)).toEqual(geometry!.coordinates);
        else if (geometry) expect(rows[i]!.WKT).toMatch(/^(LINESTRING|MULTIPOLYGON)\(/);
      }
    });

    test('as FlatGeobuf without index has each feature with its geometry, and its properties in their types', async () => {
      const answer = await download(`${id}/items?f=fgb-stream${filter}`);
      expect(answer.headers.get('content-type')).toBe('application/flatgeobuf');
      const file = readFlatGeobuf(Buffer.from(await answer.arrayBuffer()));
      expect(file).toMatchObject({
        name: id,
        title: `${collection.title} (exercise Demo)`,
        srid: 4326,
        featureCount: 0,
        indexNodeSize: 0,
      });
      const types = {
        text: 'string',
        list: 'string',
        integer: 'int',
        number: 'double',
        boolean: 'bool',
        instant: 'datetime',
      };
      expect(file.columns).toEqual([
        { name: 'id', type: 'string' },
        ...collection.fields.map((field) => ({ name: field.name, type: types[typeOf(field)] })),
      ]);
      const expected = (await wanted()).map((feature) => ({
        geometry: feature.geometry && {
          type: feature.geometry.type,
          coordinates: feature.geometry.coordinates,
        },
        properties: present({ id: feature.id, ...feature.properties }),
      }));
      expect(file.features).toEqual(expected);
    });

    test('is only a header without matches', async () => {
      const nothing = `ids=none`;
      expect(await textOf(`${id}/items?f=geojsonseq&${nothing}`)).toBe('');
      expect(await textOf(`${id}/items?f=csv&${nothing}`)).toMatch(/^id,.*\r\n$/);
      const bytes = Buffer.from(await (await download(`${id}/items?f=fgb-stream&${nothing}`)).arrayBuffer());
      expect(readFlatGeobuf(bytes).features).toEqual([]);
    });
  },
);

const present = (properties: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));

describe('formulas in CSV', () => {
  const FORMULAS = ['=1+1', '+1', '-1', '@ SUM(A1)', "'=quoted", "''-twice"];
  const HARMLESS = ["'tis", 'a=1', 'وادي'];
  const source = '-formulas';
  const placesOf = async (more = '') =>
    (await csvOf(`incidents/items?f=csv&source=${source}&sortby=externalId${more}`)).map(
      ({ placeText }) => placeText,
    );

  beforeAll(() =>
    importIncidents(
      service,
      [...FORMULAS, ...HARMLESS].map((placeText, n) =>
        anIncident({ at: [-8.5, 35.2], placeText, source, externalId: `${n}`, tlp: 'CLEAR' }),
      ),
    ),
  );

  test('get an apostrophe, also those that look guarded, and other texts get none', async () => {
    expect(await placesOf()).toEqual([...FORMULAS.map((text) => `'${text}`), ...HARMLESS]);
    const [{ source: from, longitude, tlp }] = (await csvOf(
      `incidents/items?f=csv&source=${source}&limit=1`,
    )) as [Record<string, string>];
    expect([from, longitude, tlp]).toEqual([`'${source}`, '-8.5', 'CLEAR']);
  });

  test('stay as they are with dialect=raw', async () => {
    expect(await placesOf('&dialect=raw')).toEqual([...FORMULAS, ...HARMLESS]);
  });

  test('dialect=excel adds the byte order mark, also to an empty file', async () => {
    for (const query of ['ids=none', `source=${source}`]) {
      const bytes = Buffer.from(
        await (await download(`incidents/items?f=csv&dialect=excel&${query}`)).arrayBuffer(),
      );
      expect(bytes.subarray(0, 5).toString('latin1')).toBe('\xef\xbb\xbfid');
    }
    expect(await placesOf('&dialect=excel')).toEqual(expect.arrayContaining(["'=1+1", 'وادي']));
    expect((await fetch(url('incidents/items?f=csv&dialect=lotus'))).status).toBe(400);
  });
});

describe('a download', () => {
  test('gives the whole layer, in pieces, each feature once', async () => {
    const ids = (await csvOf('incidents/items?f=csv&source=many&properties=externalId')).map(
      (row) => row.externalId,
    );
    expect(ids).toHaveLength(MANY);
    expect(new Set(ids).size).toBe(MANY);
  });

  test('skips and repeats nothing while others write between its chunks', async () => {
    const added: string[] = [];
    const write = async () => {
      for (let n = 0; n < 12; n++) {
        const change = { occurredAt: '2026-01-01', source: 'between', externalId: `${n}`, tlp: 'GREEN' };
        const { body } = await service.api.post('/v1/incidents').set(reporter).send(anIncident(change));
        added.push(body.id);
      }
    };
    const read = async () => (await csvOf('incidents/items?f=csv&properties=kind')).map(({ id }) => id!);
    const [, ...downloads] = await Promise.all([write(), read(), read(), read()]);
    const after = await read();
    for (const ids of downloads) {
      expect(new Set(ids).size).toBe(ids.length);
      const isStable = (id: string) => !added.includes(id);
      expect(ids.filter(isStable)).toEqual(after.filter(isStable));
    }
    expect(after).toEqual(expect.arrayContaining(added));
  });

  test('ends at the limit, if given', async () => {
    expect(await csvOf('incidents/items?f=csv&limit=2500')).toHaveLength(2500);
  });

  test('keeps filters, order, properties and reference system', async () => {
    const query = 'state=open&sortby=-borderKm&properties=borderKm,border';
    const rows = await csvOf(`crossings/items?f=csv&${query}&crs=${CRS.utm}`);
    const features = await page(`crossings/items?${query}&crs=${CRS.utm}`);
    expect(Object.keys(rows[0]!)).toEqual(['id', 'easting', 'northing', 'border', 'borderKm', 'world']);
    expect(rows.map((row) => [Number(row.easting), Number(row.northing)])).toEqual(
      features.map(({ geometry }) => geometry!.coordinates),
    );
  });

  test('has longitude first even if the CRS has latitude first', async () => {
    const [row] = await csvOf(`crossings/items?f=csv&ids=ras-ajdir&crs=${CRS.wgs84}`);
    expect([row!.longitude, row!.latitude]).toEqual(['11.559339', '33.148003']);
  });

  test('can be chosen by Accept, and the pages lead to it', async () => {
    const answer = await download('segments/items', { ...reader, Accept: 'text/csv' } as never);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('vary')).toMatch(/Accept/);
    const { links } = await (await download('segments/items?limit=1&border=LBY-TUN')).json();
    const alternates = links.filter(({ rel }: { rel: string }) => rel === 'alternate');
    expect(alternates.map(({ type }: { type: string }) => type)).toEqual([
      'application/geo+json-seq',
      'text/csv',
      'application/flatgeobuf',
      'application/geopackage+sqlite3',
      'application/vnd.apache.parquet',
      'text/html',
    ]);
    const { href } = alternates[1];
    expect((await fetch(href)).headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await (await fetch(href)).text()).trim().split('\r\n')).toHaveLength(1 + 9);
  });

  test('of a missing parent is refused before it begins', async () => {
    const answer = await fetch(url('incidents/items?f=csv&within=nowhere'), { headers: reader });
    expect(answer.status).toBe(400);
    expect((await answer.json()).detail).toMatch(/no zone with id nowhere/);
  });

  test('records the number of non-CLEAR rows in the audit log at its end', async () => {
    const headers = { ...as(keyOf('DZA', 'reader')), 'X-Request-Id': 'download-of-many' };
    await (await download('incidents/items?f=geojsonseq&source=many', headers as never)).text();
    const entries = await entriesSoon(service, 'download-of-many', 2);
    expect(entries.map(({ action, outcome, collection }) => [action, outcome, collection])).toEqual([
      ['read', 'begun', 'incidents'],
      ['read-end', 'complete', 'incidents'],
    ]);
    expect(entries[1]).toMatchObject({ row_count: MANY, shares: [0, 0, MANY] });
  });

  test('ends with the reader: no more pieces are read', async () => {
    let asked = 0;
    let mayGoOn = Promise.resolve();
    const counting = withQuery(service.db, async (caller, statement) => {
      asked++;
      if (asked > 4) await mayGoOn;
      return service.db.query(caller, statement);
    });
    const own = createServer(serviceOver(counting)).listen(0, '127.0.0.1');
    await once(own, 'listening');
    const { port } = own.address() as AddressInfo;
    const path = `http://127.0.0.1:${port}/v1/collections/incidents/items?f=geojsonseq`;
    const readAll = async () => (await fetch(path, { headers: reader })).text();
    await readAll();
    const all = asked;

    asked = 0;
    // the first pieces come at once, the others when the reader has left
    mayGoOn = new Promise<void>((resolve) => {
      own.once('request', (_, answer) => answer.once('close', resolve));
    });
    const ask = request(path, { headers: { ...reader, 'X-Request-Id': 'left-early' } });
    ask.on('error', () => {});
    const [answer] = await once(ask, 'response');
    await once(answer, 'data');
    ask.destroy();
    expect((await entriesSoon(service, 'left-early', 2))[1]).toMatchObject({ outcome: 'aborted' });
    const untilLeft = asked;
    expect(untilLeft).toBeLessThan(all);
    await readAll();
    expect(asked - untilLeft).toBeLessThanOrEqual(all);
    own.close();
  });
});

describe('the parts of a layer', () => {
  const partsOf = async (query: string) => {
    const { links } = await (await download(`incidents/items/partitions?${query}`)).json();
    return links
      .filter(({ rel }: { rel: string }) => rel === 'items')
      .map(({ href }: { href: string }) => href) as string[];
  };
  const idsIn = async (href: string) => {
    const answer = await fetch(href, { headers: reader });
    return (parse(await answer.text(), { columns: true }) as { id: string }[]).map(({ id }) => id);
  };

  test.each([1, 2, 7])('in %d are disjoint, of about the same size, and complete', async (count) => {
    const parts = await Promise.all((await partsOf(`count=${count}&f=csv&properties=kind`)).map(idsIn));
    expect(parts).toHaveLength(count);
    const all = parts.flat();
    expect(all).toEqual((await csvOf('incidents/items?f=csv&properties=kind')).map(({ id }) => id));
    for (const part of parts) expect(Math.abs(part.length - all.length / count)).toBeLessThanOrEqual(count);
  });

  test('contain rows written meanwhile, newer or older than all', async () => {
    const hrefs = await partsOf('count=4&f=csv&source=many&properties=kind');
    const added = [];
    for (const occurredAt of ['2000-01-01', '2026-02-01', '2026-11-20']) {
      const change = { occurredAt, source: 'many', externalId: `later-${occurredAt}`, tlp: 'GREEN' };
      const { body } = await service.api
        .post('/v1/incidents')
        .set(reporter)
        .send(anIncident(change))
        .expect(201);
      added.push(body.id);
    }
    const all = (await Promise.all(hrefs.map(idsIn))).flat();
    expect(all).toHaveLength(MANY + 3);
    expect(new Set(all).size).toBe(MANY + 3);
    expect(all).toEqual(expect.arrayContaining(added));
  });

  test('can be paged one by one as GeoJSON', async () => {
    const [first, second] = await partsOf('count=2&source=demo%20scenario&limit=10');
    const seen: string[] = [];
    for (const start of [first!, second!])
      for (let next: string | undefined = start; next; ) {
        const body = await (await fetch(next, { headers: reader })).json();
        seen.push(...body.features.map(({ id }: Feature) => id));
        expect(body.numberMatched).toBeUndefined();
        next = body.links.find(({ rel }: { rel: string }) => rel === 'next')?.href;
      }
    expect(seen).toEqual(
      (await page('incidents/items?limit=1000&source=demo%20scenario')).map(({ id }) => id),
    );
  });

  test('of another order are refused', async () => {
    const [first] = await partsOf('count=2');
    for (const query of ['sortby=kind', 'sortby=-countsBest']) {
      const answer = await fetch(`${first}&${query}`, { headers: reader });
      expect(answer.status).toBe(400);
    }
    expect((await fetch(url('incidents/items/partitions?sortby=kind'))).status).toBe(400);
  });

  test('are not offered for layers of one page', async () => {
    for (const { id } of SMALL) expect((await fetch(url(`${id}/items/partitions`))).status).toBe(404);
  });
});
