import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { render } from '../../src/db/sql.ts';
import { anIncident, aZone } from '../support/builders.ts';
import { agreeZone, approve, proposeZone } from '../support/builders.zones.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { withQuery } from '../support/database.query.ts';
import { eventually } from '../support/eventually.ts';
import { type Change, follow, opsOf, settled, startOfFeed } from '../support/feed.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
beforeAll(async () => {
  service = await startService();
  api = service.api;
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'reporter');
const DZA = callerOf('DZA', 'reader');
const LBY = callerOf('LBY', 'reader');

const report = async (properties: Parameters<typeof anIncident>[0] = {}): Promise<string> =>
  (await api.post('/v1/incidents').set(TUN.headers).send(anIncident(properties)).expect(201)).body.id;
const release = (
  id: string,
  tlp: string,
  releasableTo: string[] = [],
  role: 'coordinator' | 'reporter' = 'coordinator',
) =>
  api
    .post('/v1/release')
    .set(as(keyOf('TUN', role)))
    .send({ collection: 'incidents', id, tlp, releasableTo });

describe('the feed', () => {
  test('has no changes without a cursor, and later changes after one', async () => {
    const reader = await follow(service, TUN);
    expect(await reader.news()).toEqual([]);
    const id = await report();
    expect(await reader.news()).toEqual([
      { collection: 'incidents', id, op: 'upsert', at: expect.any(String) },
    ]);
    expect(await reader.news()).toEqual([]);
  });

  test('shows each caller only visible changes', async () => {
    const [own, other, anybody] = [
      await follow(service, TUN),
      await follow(service, DZA),
      await follow(service, ANYBODY),
    ];
    const ids = {
      strict: await report(),
      green: await report({ tlp: 'GREEN' }),
      clear: await report({ tlp: 'CLEAR' }),
      amber: await report({ tlp: 'AMBER', releasableTo: ['LBY'] }),
      red: await report({ tlp: 'RED' }),
    };
    expect((await own.news()).map(({ id }) => id)).toEqual(Object.values(ids));
    expect((await other.news()).map(({ id }) => id)).toEqual([ids.green, ids.clear]);
    expect((await anybody.news()).map(({ id }) => id)).toEqual([ids.clear]);
    const colleague = await follow(service, callerOf('TUN', 'reader'));
    await report({ tlp: 'RED' });
    expect(agencyOf(keyOf('TUN', 'reporter'))).toBe(agencyOf(keyOf('TUN', 'reader')));
    expect(await colleague.news()).toHaveLength(1);
  });

  test('a release is an upsert for its audience, a withdrawal a removal', async () => {
    const id = await report();
    const [own, other] = [await follow(service, TUN), await follow(service, LBY)];
    await release(id, 'AMBER', ['LBY']).expect(200);
    expect(opsOf(await other.news(), id)).toEqual(['upsert']);
    await release(id, 'AMBER+STRICT', [], 'reporter').expect(200);
    expect(opsOf(await other.news(), id)).toEqual(['remove']);
    expect(opsOf(await own.news(), id)).toEqual(['upsert', 'upsert']);
    await api.post(`/v1/incidents/${id}/reports`).set(TUN.headers).send({ severity: 'severe' }).expect(201);
    expect(await other.news()).toEqual([]);
  });

  test('a zone appears to its participants when it is proposed, and a deleted draft is removed', async () => {
    const [own, participant, outsider] = [
      await follow(service, TUN),
      await follow(service, DZA),
      await follow(service, LBY),
    ];
    const operator = as(keyOf('TUN', 'operator'));
    const { body } = await api.post('/v1/zones').set(operator).send(aZone()).expect(201);
    expect(opsOf(await own.news(), body.id)).toEqual(['upsert']);
    expect(await participant.news()).toEqual([]);
    await api.post(`/v1/zones/${body.id}/proposal`).set(operator).expect(200);
    expect(opsOf(await participant.news(), body.id)).toEqual(['upsert']);
    const draft = await api.post('/v1/zones').set(operator).send(aZone()).expect(201);
    await api.delete(`/v1/zones/${draft.body.id}`).set(operator).expect(204);
    expect(opsOf(await own.news(), draft.body.id)).toEqual(['upsert', 'remove']);
    expect(await outsider.news()).toEqual([]);
  });

  test('an agreed zone appears to the audience of its label', async () => {
    const outsider = await follow(service, LBY);
    const zone = await proposeZone(api, 'TUN', { tlp: 'GREEN' });
    expect(await outsider.news()).toEqual([]);
    await approve(api, zone);
    expect(opsOf(await outsider.news(), zone.id)).toEqual(['upsert']);
    const agreed = await agreeZone(api, 'TUN', { tlp: 'AMBER+STRICT' });
    expect(opsOf(await outsider.news(), agreed.id)).toEqual([]);
  });

  test('a state of a crossing changes the crossing', async () => {
    const anybody = await follow(service, ANYBODY);
    const state = { state: 'closed', from: '2026-11-01T00:00:00Z', source: 'test' };
    await api
      .post('/v1/crossings/bouchebka/status')
      .set(as(keyOf('TUN', 'operator')))
      .send(state)
      .expect(201);
    expect(await anybody.news()).toMatchObject([{ collection: 'crossings', id: 'bouchebka', op: 'upsert' }]);
  });

  test('can be limited to some layers, and comes in pages', async () => {
    const zones = await follow(service, TUN, '&collections=zones');
    const small = await follow(service, TUN, '&limit=2');
    const ids = [await report(), await report(), await report(), await report(), await report()];
    expect(await zones.news()).toEqual([]);
    expect((await small.news()).map(({ id }) => id)).toEqual(ids);
  });

  test('can include features of every layer', async () => {
    const start = await startOfFeed(service);
    const { body } = await api.get(`/v1/changes?after=${start}&include=feature&limit=1000`).expect(200);
    const changes = body.changes as Change[];
    expect([...new Set(changes.map(({ collection }) => collection))].sort()).toEqual([
      ...['agencies', 'borders', 'crossings', 'impact', 'incidents', 'segments', 'zones'],
    ]);
    for (const { id, op, feature } of changes)
      if (op === 'upsert' && feature !== null) expect([id, feature?.id]).toEqual([id, id]);
  });

  test('waits for the next change', async () => {
    const reader = await follow(service, TUN);
    const waiting = reader.news('&wait=30');
    const id = await report();
    expect(opsOf(await waiting, id)).toEqual(['upsert']);
    const answered: string[] = [];
    const ask = (wait: string) =>
      reader.news(`&wait=${wait}`).then((changes) => {
        answered.push(wait);
        return changes;
      });
    expect(await Promise.all([ask('2'), ask('0')])).toEqual([[], []]);
    expect(answered).toEqual(['0', '2']);
  });
});

test('the metrics show how long older transactions have held changes back', async () => {
  if (service.isEmbedded) return; // it has one connection
  const client = new pg.Client(service.connection);
  await client.connect();
  await client.query('BEGIN; SELECT pg_current_xact_id()');
  const reader = await service.api.get('/v1/changes').set(TUN.headers);
  const id = await report();
  const ask = `/v1/changes?after=${reader.body.cursor}`;
  expect((await api.get(ask).set(TUN.headers).expect(200)).body.changes).toEqual([]);
  const { text } = await api.get('/metrics').expect(200);
  expect(Number(/^feed_held_seconds (\S+)$/m.exec(text)![1])).toBeGreaterThan(0);
  await client.query('COMMIT');
  await client.end();
  await settled(service);
  expect(opsOf((await api.get(ask).set(TUN.headers).expect(200)).body.changes, id)).toEqual(['upsert']);
});

test('waiting requests are answered at shutdown', async () => {
  const ending = new AbortController();
  let isWaiting = false;
  const db = withQuery(service.db, (caller, statement) => {
    isWaiting ||= /"isHeld"/.test(render(statement).text); // asked for those that wait
    return service.db.query(caller, statement);
  });
  const ended = service.apiWith({ db, ending: ending.signal });
  const { body } = await ended.get('/v1/changes').expect(200);
  const waiting = ended.get(`/v1/changes?after=${body.cursor}&wait=50`).expect(200).then();
  await eventually(() => isWaiting);
  ending.abort();
  expect((await waiting).body.changes).toEqual([]);
});

describe('a cursor', () => {
  test('that is malformed is refused, with the remedy', async () => {
    const { body } = await api.get('/v1/changes?after=AAAA').expect(400);
    expect(body.detail).toContain('Ask for changes without `after`');
  });

  test('of another caller shows the same as the own one', async () => {
    const [own, other] = [await follow(service, TUN), await follow(service, ANYBODY)];
    await report();
    const clear = await report({ tlp: 'CLEAR' });
    await own.news();
    await other.news();
    const { body } = await api.get(`/v1/changes?after=${own.cursor()}`).expect(200);
    expect(body.changes).toEqual([]);
    const before = await follow(service, TUN);
    const next = await report({ tlp: 'CLEAR' });
    await report();
    await settled(service);
    const page = await api.get(`/v1/changes?after=${before.cursor()}`).expect(200);
    expect(page.body.changes.map(({ id }: { id: string }) => id)).toEqual([next]);
    expect(next).not.toBe(clear);
  });

  test('reveals nothing about the number of hidden writes', async () => {
    const reader = await follow(service, ANYBODY);
    const length = reader.cursor().length;
    await report();
    await reader.news();
    expect(reader.cursor()).toHaveLength(length);
    expect(Buffer.from(reader.cursor(), 'base64url').toString('latin1')).not.toMatch(/\d{4}/);
  });
});
