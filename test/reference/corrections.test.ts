import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { aCorrection, aSide, preview, propose } from '../support/corrections.ts';
import { follow, opsOf } from '../support/feed.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
beforeAll(async () => {
  service = await startService();
  api = service.api;
});
afterAll(() => service.stop());

const sideOf = async (query = ''): Promise<string> => {
  const { body } = await api.get(`/v1/crossings/ras-ajdir${query}`).expect(200);
  return body.properties.sides.find(({ country }: { country: string }) => country === 'TUN').names.en;
};
const aSplit = () =>
  aCorrection([
    { collection: 'segments', id: 'LBY-TUN-01', properties: { toKm: 25 } },
    {
      collection: 'segments',
      id: 'LBY-TUN-10',
      properties: { fromKm: 25, toKm: 53.401, names: { en: 'South of Ras Ajdir' } },
    },
  ]);

describe('a correction of the own side of a crossing', () => {
  test('is applied at once, and shown to everybody', async () => {
    const { body } = await propose(api, 'TUN', aCorrection([aSide('Ras Jedir post')])).expect(201);
    expect(body).toMatchObject({ state: 'applied', participants: ['TUN'], country: 'TUN' });
    expect(body.changes).toMatchObject([
      {
        collection: 'sides',
        id: 'ras-ajdir/TUN',
        change: 'change',
        properties: { names: { from: { en: 'Ras Ajdir' }, to: { en: 'Ras Jedir post' } } },
      },
    ]);
    expect(await sideOf()).toBe('Ras Jedir post');
    const { body: read } = await api.get(`/v1/corrections/${body.id}`).expect(200);
    expect(read).toEqual(body);
    const { body: list } = await api.get('/v1/corrections?row=sides/ras-ajdir/TUN').expect(200);
    expect(list.corrections).toMatchObject([{ id: body.id, state: 'applied' }]);
  });

  test('keeps the version before it, which is answered at its time', async () => {
    const before = new Date().toISOString();
    const was = await sideOf();
    await propose(api, 'TUN', aCorrection([aSide('Another post')])).expect(201);
    expect(await sideOf()).toBe('Another post');
    expect(await sideOf(`?at=${before}`)).toBe(was);
    expect(await sideOf('?at=2026-01-01T00:00:00Z')).toBe('Ras Ajdir');
  });

  test('takes effect when it says, and not before the version that it replaces', async () => {
    const { body } = await api.get('/v1/corrections?row=sides/bouchebka/TUN').expect(200);
    expect(body.corrections).toEqual([]);
    const validFrom = '2026-03-01T00:00:00Z';
    const at = async (instant: string) =>
      (await api.get(`/v1/crossings/bouchebka?at=${instant}`)).body.properties.sides[1].names.en;
    await propose(api, 'TUN', aCorrection([aSide('Post of March', 'bouchebka/TUN')], { validFrom })).expect(
      201,
    );
    expect(await at('2026-02-28T00:00:00Z')).toBe('Bouchebka');
    expect(await at(validFrom)).toBe('Post of March');
    const early = aCorrection([aSide('Post of February', 'bouchebka/TUN')], { validFrom: '2026-02-01' });
    const { body: refused } = await propose(api, 'TUN', early).expect(422);
    expect(refused.detail).toContain('bouchebka/TUN has a version from 2026-03-01T00:00:00Z');
  });

  test('is told in the change feed, with the crossing', async () => {
    const feed = await follow(service, ANYBODY, '&include=feature');
    const { body } = await propose(api, 'TUN', aCorrection([aSide('Told post')])).expect(201);
    const news = await feed.news();
    expect(opsOf(news, 'ras-ajdir')).toEqual(['upsert']);
    expect(news.find(({ id }) => id === body.id)).toMatchObject({
      collection: 'corrections',
      op: 'upsert',
      feature: { properties: { state: 'applied', source: 'Joint survey, November 2026' } },
    });
  });

  test('is in the audit log of its country', async () => {
    const { body } = await propose(api, 'TUN', aCorrection([aSide('Logged post')])).expect(201);
    const rows = await asTableOwner(
      service.db,
      sql`SELECT e.action, e.agency, e.shares, e.detail FROM base.audit_entry AS e WHERE e.target = ${body.id} ORDER BY e.id`,
    );
    const agency = callerOf('TUN', 'admin').agency;
    expect(rows).toEqual([
      { action: 'create', agency, shares: [0, 0, 1], detail: null },
      { action: 'change', agency, shares: [0, 0, 1], detail: 'applied' },
    ]);
  });
});

describe('whoever', () => {
  test('is no admin proposes nothing', async () => {
    for (const role of ['reader', 'reporter', 'operator', 'coordinator', 'auditor'] as const)
      await api
        .post('/v1/corrections')
        .set(as(keyOf('TUN', role)))
        .send(aCorrection([aSide('x')]))
        .expect(403);
    await api
      .post('/v1/corrections')
      .send(aCorrection([aSide('x')]))
      .expect(401);
  });

  test('has no part in the rows proposes nothing about them', async () => {
    for (const file of [aSplit(), aCorrection([aSide('x')])]) {
      const { body } = await propose(api, 'DZA', file).expect(403);
      expect(body.detail).toMatch(/(LBY, )?TUN/);
    }
  });

  test('must agree sees a proposed correction, and nobody else does', async () => {
    const { body } = await propose(api, 'LBY', aSplit()).expect(201);
    expect(body).toMatchObject({ state: 'proposed', participants: ['LBY', 'TUN'], changes: [] });
    for (const country of ['LBY', 'TUN'] as const)
      await api
        .get(`/v1/corrections/${body.id}`)
        .set(as(keyOf(country, 'reader')))
        .expect(200);
    for (const headers of [{}, as(keyOf('DZA', 'admin'))])
      await api.get(`/v1/corrections/${body.id}`).set(headers).expect(404);
    await api
      .get(`/v1/corrections/${body.id}/preview`)
      .set(as(keyOf('DZA', 'admin')))
      .expect(404);
    const { body: seen } = await api
      .get(`/v1/corrections/${body.id}/preview`)
      .set(as(keyOf('TUN', 'coordinator')))
      .expect(200);
    expect(seen.changes.map(({ id }: { id: string }) => id)).toContain('LBY-TUN-10');
    expect((await api.get('/v1/segments/LBY-TUN-10')).status).toBe(404);
  });
});

describe('a preview', () => {
  test('names what follows, and writes nothing', async () => {
    const rows = () =>
      asTableOwner(
        service.db,
        sql`SELECT (SELECT count(*) FROM base.segment) AS segments, (SELECT count(*) FROM base.reference_version) AS versions,
          (SELECT count(*) FROM base.change) AS changes, (SELECT count(*) FROM base.correction) AS corrections`,
      );
    const before = await rows();
    const { body } = await preview(api, 'TUN', aSplit()).expect(200);
    expect(body.changes.slice(0, 2)).toMatchObject([
      { id: 'LBY-TUN-01', change: 'change', properties: { toKm: { from: 53.401, to: 25 } } },
      { id: 'LBY-TUN-02', change: 'change', properties: { sequence: { from: 2, to: 3 } } },
    ]);
    expect(body.changes.find(({ id }: { id: string }) => id === 'LBY-TUN-10')).toMatchObject({
      change: 'add',
    });
    expect(await rows()).toEqual(before);
  });
});
