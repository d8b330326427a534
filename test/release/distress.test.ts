import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readLog } from '../../src/audit/read.log.ts';
import type { CountryCode } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { ask, asTableOwner } from '../support/audit.ts';
import { readPages } from '../support/builders.pages.ts';
import { anIncident, aSquare } from '../support/builders.ts';
import { releaseSteps } from '../support/release.ts';
import { keyFor } from '../support/rescue.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

type Headers = Record<string, string>;
type LonLat = [lon: number, lat: number];

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
const rescue = {} as Record<CountryCode, Headers>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
  for (const country of ['DZA', 'LBY', 'TUN'] as const) rescue[country] = await keyFor(service, country);
});
afterAll(() => service.stop());

const reporter = as(keyOf('TUN', 'reporter'));
const distress = (more: Record<string, unknown> = {}) =>
  steps.create(
    '/incidents',
    anIncident({ kind: 'distress', at: [11.2, 33.1], counts: { best: 12, low: 10, high: 15 }, ...more }),
  );

interface Notice {
  id: string;
  geometry: { coordinates: LonLat };
  properties: {
    occurredAt: string;
    horizontalAccuracyMetres: number;
    inNeed: object | null;
    incident: string | null;
  };
}
async function notices(headers: Headers, query = ''): Promise<Notice[]> {
  const { body } = await service.api.get(`/v1/distress?limit=1000&${query}`).set(headers).expect(200);
  return body.features;
}

let last = 0;
/** A place that no other test uses, in steps of 2 km along the parallel of a border. */
const somewhere = ([lon, lat]: LonLat = [11.2, 33.1]): LonLat => {
  last += 1;
  return [Math.round((lon - last * 0.02) * 1e6) / 1e6, lat];
};
/** The notices that a rescue body finds at a place. */
const noticesAt = ([lon, lat]: LonLat, headers: Headers) =>
  notices(headers, `bbox=${lon - 0.001},${lat - 0.001},${lon + 0.001},${lat + 0.001}`);
const countsAt = async (at: LonLat) =>
  Object.fromEntries(
    await Promise.all(
      (['DZA', 'LBY', 'TUN'] as const).map(async (code) => [
        code,
        (await noticesAt(at, rescue[code])).length,
      ]),
    ),
  );

describe.each([{ tlp: 'RED' }, { tlp: 'AMBER+STRICT' }, { tlp: 'CLEAR' }])(
  'a distress incident that is %j',
  (label) => {
    test('is visible to the rescue bodies of both countries at that border only', async () => {
      const at = somewhere();
      await distress({ at, ...label });
      // a third country finds it where it sees the incident
      expect(await countsAt(at)).toEqual({ DZA: label.tlp === 'CLEAR' ? 1 : 0, LBY: 1, TUN: 1 });
    });

    test('shows them time, place, accuracy, number in need and deadline, and nothing else', async () => {
      const at = somewhere();
      const id = await distress({ at, ...label, description: 'Boat people', severity: 'extreme' });
      const [notice, ...others] = await noticesAt(at, rescue.LBY);
      expect(others).toEqual([]);
      expect(notice).toEqual({
        type: 'Feature',
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        geometry: { type: 'Point', coordinates: at },
        properties: {
          occurredAt: '2026-02-01T06:30:00Z',
          horizontalAccuracyMetres: 100,
          inNeed: { best: 12, low: 10, high: 15 },
          incident: label.tlp === 'CLEAR' ? id : null,
          assistanceDueAt: expect.stringMatching(/Z$/),
          overdue: false,
          assistance: [],
        },
      });
      expect(notice!.id).not.toBe(id);
      const { body } = await service.api.get(`/v1/distress/${notice!.id}`).set(rescue.LBY).expect(200);
      expect(body).toEqual(notice);
    });

    test('does not exist for those who may not see it, in any request', async () => {
      const at = somewhere();
      const zone = await steps.makeZone('TUN', {
        geometry: aSquare(at, 0.001),
        participants: ['LBY', 'TUN'],
      });
      const id = await distress({ at, ...label });
      const may = label.tlp === 'CLEAR' ? 1 : 0;
      await service.api
        .get(`/v1/incidents/${id}`)
        .set(rescue.LBY)
        .expect(may ? 200 : 404);
      await service.api
        .get(`/v1/incidents/${id}/reports`)
        .set(rescue.LBY)
        .expect(may ? 200 : 404);
      const box = `bbox=${at[0] - 0.001},${at[1] - 0.001},${at[0] + 0.001},${at[1] + 0.001}`;
      for (const path of [
        `/incidents?${box}`,
        `/incidents?${box}&kind=distress&datetime=2026-02-01T06:30:00Z&owner=TUN`,
        `/incidents?within=${zone}`,
        `/zones/${zone}/incidents?match=possible`,
      ]) {
        const { body } = await service.api.get(`/v1${path}`).set(rescue.LBY).expect(200);
        expect({ path, matched: body.numberMatched }).toEqual({ path, matched: may });
      }
      const [notice] = await noticesAt(at, rescue.LBY);
      await service.api.get(`/v1/incidents/${notice!.id}`).set(rescue.TUN).expect(404);
    });
  },
);

describe('a notice is hidden from others', () => {
  test('an agency without a rescue mandate finds those of visible incidents', async () => {
    const at = somewhere();
    const id = await distress({ at, tlp: 'AMBER+STRICT' });
    const [notice] = await noticesAt(at, rescue.LBY);
    for (const headers of [reporter, as(keyOf('TUN', 'coordinator'))]) {
      const seen = { ...notice!.properties, incident: id };
      expect(await noticesAt(at, headers)).toMatchObject([{ id: notice!.id, properties: seen }]);
      await service.api.get(`/v1/distress/${notice!.id}`).set(headers).expect(200);
    }
    for (const headers of [as(keyOf('LBY', 'admin')), as(keyOf('DZA', 'operator'))]) {
      expect(await noticesAt(at, headers)).toEqual([]);
      await service.api.get(`/v1/distress/${notice!.id}`).set(headers).expect(404);
    }
  });

  test('a caller without a key gets 401', async () => {
    await service.api.get('/v1/distress').expect(401);
    await service.api.get('/v1/distress/6f9619ff-8b86-4d01-b42d-00cf4fc964ff').expect(401);
  });

  test('the rescue body of a third country does not find it by its id', async () => {
    const at = somewhere();
    await distress({ at, tlp: 'AMBER', releasableTo: ['LBY'] });
    const [notice] = await noticesAt(at, rescue.TUN);
    await service.api.get(`/v1/distress/${notice!.id}`).set(rescue.DZA).expect(404);
  });

  test('other kinds have no notice', async () => {
    const at = somewhere();
    await steps.create('/incidents', anIncident({ kind: 'fire', at, tlp: 'CLEAR' }));
    expect(await noticesAt(at, rescue.TUN)).toEqual([]);
  });
});

describe('the border of a place', () => {
  test('is the nearest, even far inland', async () => {
    const at: LonLat = [5.52, 22.79]; // Tamanrasset
    await distress({ at, tlp: 'RED' });
    expect(await countsAt(at)).toEqual({ DZA: 1, LBY: 1, TUN: 0 });
  });

  test('includes those of all candidates if the country is undetermined near a tripoint', async () => {
    const { body } = await service.api.get('/v1/borders/DZA-TUN').expect(200);
    const at = body.geometry.coordinates.at(-1).map((degrees: number) => Math.round(degrees * 1e6) / 1e6);
    await distress({ at, horizontalAccuracyMetres: 5000 });
    expect(await countsAt(at)).toEqual({ DZA: 1, LBY: 1, TUN: 1 });
  });
});

describe('a notice follows its incident', () => {
  const report = (id: string, body: object) =>
    service.api.post(`/v1/incidents/${id}/reports`).set(reporter).send(body).expect(201);

  test('to another place, another border and other rescue bodies, without remains', async () => {
    const [from, to] = [somewhere(), somewhere([8.4, 34.9])];
    const id = await distress({ at: from, tlp: 'RED' });
    const [before] = await noticesAt(from, rescue.TUN);
    await report(id, { geometry: { type: 'Point', coordinates: to }, horizontalAccuracyMetres: 30 });
    expect(await countsAt(from)).toEqual({ DZA: 0, LBY: 0, TUN: 0 });
    expect(await countsAt(to)).toEqual({ DZA: 1, LBY: 0, TUN: 1 });
    const [after] = await noticesAt(to, rescue.DZA);
    expect(after).toMatchObject({ id: before!.id, properties: { horizontalAccuracyMetres: 30 } });
    await service.api.get(`/v1/distress/${before!.id}`).set(rescue.LBY).expect(404);
  });

  test('in its numbers', async () => {
    const at = somewhere();
    const id = await distress({ at, counts: undefined });
    expect((await noticesAt(at, rescue.LBY))[0]!.properties.inNeed).toBeNull();
    await report(id, { counts: { best: 3 } });
    expect((await noticesAt(at, rescue.LBY))[0]!.properties.inNeed).toEqual({ best: 3 });
  });

  test('and stays when it is closed, but not when it is cancelled', async () => {
    const at = somewhere();
    const id = await distress({ at });
    const [notice] = await noticesAt(at, reporter);
    await service.api
      .post(`/v1/distress/${notice!.id}/assistance`)
      .set(reporter)
      .send({ state: 'given', outcome: 'rescued' })
      .expect(201);
    await report(id, { state: 'closed' });
    expect(await countsAt(at)).toEqual({ DZA: 0, LBY: 1, TUN: 1 });
    await report(id, { state: 'ongoing' });
    await report(id, { state: 'cancelled' });
    expect(await countsAt(at)).toEqual({ DZA: 0, LBY: 0, TUN: 0 });
  });

  test('through an import', async () => {
    const at = somewhere();
    const send = async (more: object) => {
      const line = anIncident({ at, source: 'distress', externalId: '1', ...more });
      const sent = service.api.post('/v1/incidents/import').set(reporter).type('application/geo+json-seq');
      const { body } = await sent.send(JSON.stringify(line)).expect(200);
      expect(body.rejected.total).toBe(0);
      return noticesAt(at, rescue.LBY);
    };
    expect(await send({ kind: 'other' })).toEqual([]);
    const [first] = await send({ kind: 'distress' });
    const [later] = await send({ kind: 'distress', occurredAt: '2026-03-01T00:00:00Z' });
    expect(later).toMatchObject({ id: first!.id, properties: { occurredAt: '2026-03-01T00:00:00Z' } });
    expect(await send({ kind: 'fire' })).toEqual([]);
    expect((await send({ kind: 'distress' }))[0]!.id).not.toBe(first!.id);
  });

  test('and is purged with it', async () => {
    const at = somewhere();
    const id = await distress({ at });
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${id}`);
    expect(await countsAt(at)).toEqual({ DZA: 0, LBY: 0, TUN: 0 });
  });

  test('and not its label', async () => {
    const at = somewhere();
    const id = await distress({ at, tlp: 'RED' });
    const [before] = await noticesAt(at, rescue.LBY);
    await steps.release(id, { tlp: 'CLEAR' });
    const properties = { ...before!.properties, incident: id };
    expect(await noticesAt(at, rescue.LBY)).toEqual([{ ...before, properties }]);
  });
});

describe('a list of notices', () => {
  const box = 'bbox=10.3,31.6,10.6,31.8';
  beforeAll(async () => {
    const natures = ['actual', 'test', 'test'];
    for (let n = 0; n < 6; n++)
      await distress({
        at: [10.4 + n / 100, 31.7],
        nature: natures[n % 3],
        tlp: 'RED',
        occurredAt: `2026-04-0${1 + Math.floor(n / 2)}T00:00:00Z`,
      });
  });

  test('comes newest first, page by page, each notice once', async () => {
    const pages = await readPages(service.api, `/v1/distress?${box}&limit=1`, rescue.TUN);
    const found: Notice[] = pages.flatMap(({ features }) => features);
    expect(found).toEqual(await notices(rescue.TUN, box));
    expect(found).toHaveLength(6);
    const times = found.map(({ properties }) => properties.occurredAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('reveals nothing about the incidents in its cursors and ETags', async () => {
    const ids = await asTableOwner<{ id: string; reported: string }>(
      service.db,
      sql`SELECT i.id, i.reported_at::text AS reported FROM base.incident AS i WHERE i.kind = 'distress'`,
    );
    const { body, headers } = await service.api
      .get(`/v1/distress?${box}&limit=2`)
      .set(rescue.LBY)
      .expect(200);
    const next = new URL(body.links.find(({ rel }: { rel: string }) => rel === 'next').href);
    const cursor = Buffer.from(next.searchParams.get('cursor')!, 'base64url').toString();
    const told = JSON.stringify([body, headers.etag, cursor]);
    const second = body.features[1];
    expect(JSON.parse(cursor).slice(1)).toEqual(['2026-04-03T00:00:00+00:00', second.id]);
    for (const { id, reported } of ids) {
      expect(told).not.toContain(id);
      expect(told).not.toContain(reported.slice(11, 23));
    }
    await service.api
      .get(`/v1/distress?${box}&limit=2`)
      .set({ ...rescue.LBY, 'If-None-Match': headers.etag! })
      .expect(304);
  });

  test.each([
    ['nature=actual', 2],
    ['nature=actual,exercise', 2],
    ['datetime=2026-04-02', 2],
    ['datetime=2026-04-02/..', 4],
    ['border=LBY-TUN', 6],
    ['border=DZA-LBY', 0],
    ['bbox=10.395,31.6,10.415,31.8', 2],
  ])('can be filtered by %s', async (query, count) => {
    expect(await notices(rescue.LBY, query.startsWith('bbox') ? query : `${box}&${query}`)).toHaveLength(
      count,
    );
  });

  test.each(['owner=TUN', 'severity=extreme', 'kind=distress', 'border=TUN', 'nature=real'])(
    'cannot be filtered by %s',
    (query) => service.api.get(`/v1/distress?${query}`).set(rescue.TUN).expect(400),
  );
});

describe('mandates decide who rescues at a border', () => {
  const admin = as(keyOf('TUN', 'admin'));
  const at: LonLat = somewhere();
  const elsewhere: LonLat = somewhere([8.4, 34.9]);
  beforeAll(async () => {
    await distress({ at, tlp: 'RED' });
    await distress({ at: elsewhere, tlp: 'RED' });
  });

  let agencies = 0;
  async function agencyWith(mandate: object): Promise<Headers> {
    agencies += 1;
    const id = `tun-exercise-rescue-${agencies}`;
    const properties = { names: { en: 'Rescue' }, country: 'TUN', type: 'civil_protection', source: 'test' };
    const agency = { type: 'Feature', geometry: null, properties };
    await service.api.put(`/v1/agencies/${id}`).set(admin).send(agency).expect(201);
    const { body, status } = await service.api
      .post('/v1/mandates')
      .set(admin)
      .send({ agency: id, function: 'search_rescue', rank: 'primary', source: 'test', ...mandate });
    expect({ status, body }).toMatchObject({ status: 201 });
    return keyFor(service, 'TUN', id);
  }
  const zone = (more: object) => steps.makeZone('TUN', { participants: ['TUN'], ...more });
  const strip = { border: 'LBY-TUN', fromKm: 300, toKm: 320, widthMetres: 3000, side: 'TUN' };

  const both = { here: 1, there: 1 };
  const here = { here: 1, there: 0 };
  const none = { here: 0, there: 0 };
  const cases: [mandate: string, make: () => Promise<object> | object, seen: object][] = [
    ['for the whole land border', () => ({ scope: { type: 'country-border' } }), both],
    ['for the border', () => ({ scope: { type: 'border', border: 'LBY-TUN' } }), here],
    ['for a segment of it', () => ({ scope: { type: 'segment', segment: 'LBY-TUN-09' } }), here],
    ['for a crossing of it', () => ({ scope: { type: 'crossing-side', crossing: 'ras-ajdir' } }), here],
    [
      'for a zone along it',
      async () => ({ scope: { type: 'zone', zone: await zone({ derivedFrom: strip }) } }),
      here,
    ],
    [
      'for a zone to which it is the nearest',
      async () => ({ scope: { type: 'zone', zone: await zone({ geometry: aSquare([10.9, 32.9], 0.05) }) } }),
      here,
    ],
    [
      'for civil protection',
      () => ({ function: 'civil_protection', scope: { type: 'border', border: 'LBY-TUN' } }),
      here,
    ],
    ['in support', () => ({ rank: 'supporting', scope: { type: 'border', border: 'LBY-TUN' } }), here],
    ['for customs', () => ({ function: 'customs_control', scope: { type: 'country-border' } }), none],
    ['that has ended', () => ({ validTo: '2026-01-01', scope: { type: 'country-border' } }), none],
    ['to come', () => ({ validFrom: '2100-01-01', scope: { type: 'country-border' } }), none],
  ];
  test.each(cases)('a mandate %s', async (_, make, seen) => {
    const headers = await agencyWith(await make());
    const [one, other] = [await noticesAt(at, headers), await noticesAt(elsewhere, headers)];
    expect({ here: one.length, there: other.length }).toEqual(seen);
  });
});

describe('reading notices', () => {
  test('leaves entries for the auditors of both countries at the border', async () => {
    const at = somewhere();
    await distress({ at, tlp: 'RED' });
    const [notice] = await noticesAt(at, rescue.LBY);
    const { entries } = await ask(service, { path: `/distress/${notice!.id}`, headers: rescue.LBY });
    expect(entries).toMatchObject([
      { action: 'read', collection: 'distress', target: notice!.id, row_count: 1, shares: [0, 1, 1] },
      { action: 'read-end' },
    ]);
    const hidden = await ask(service, { path: `/distress/${notice!.id}`, headers: rescue.DZA });
    expect(hidden).toMatchObject({ status: 404, entries: [] });
  });

  test('needs a purpose only if distress itself requires one', async () => {
    await distress({ tlp: 'RED' });
    const askWith = async (collection: 'incidents' | 'distress') => {
      const reads = readLog({ write: async () => {}, purposeNeededFor: [collection] });
      return (await service.apiWith({ audit: { reads } }).get('/v1/distress').set(rescue.TUN)).status;
    };
    expect([await askWith('incidents'), await askWith('distress')]).toEqual([200, 400]);
  });
});

test('the demo scenario has a notice for each of its distress incidents', async () => {
  const demo = await startService({ withDemo: true });
  try {
    const found = new Set<string>();
    for (const country of ['DZA', 'LBY', 'TUN'] as const) {
      const headers = await keyFor(demo, country);
      const { body } = await demo.api.get('/v1/distress').set(headers).expect(200);
      expect(body.numberReturned).toBeGreaterThan(3);
      for (const { id } of body.features) found.add(id);
    }
    const [row] = await asTableOwner<{ count: number }>(
      demo.db,
      sql`SELECT count(*)::int AS count FROM base.incident AS i WHERE i.kind = 'distress'`,
    );
    expect(found.size).toBe(row!.count);
  } finally {
    await demo.stop();
  }
});
