import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Caller } from '../../src/core/caller.ts';
import { NOTHING_SEEN } from '../../src/db/concern.ts';
import { view } from '../../src/db/labelled.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { ANYBODY, callerOf, type NamedCaller, VIEWERS } from '../support/callers.ts';
import { type Change, follow } from '../support/feed.ts';
import { openClient } from '../support/http.client.ts';
import { randomNumbers } from '../support/random.ts';
import { releaseSteps } from '../support/release.ts';
import { keyFor, RESCUE_AGENCY } from '../support/rescue.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { openStream, type TestStream } from '../support/stream.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
/** With a mandate for rescue at the borders of Libya, which sees no RED incident. */
let rescuer: NamedCaller;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
  const headers = await keyFor(service, 'LBY', RESCUE_AGENCY.LBY, ['reporter']);
  rescuer = { name: 'LBY rescue', headers, country: 'LBY', agency: RESCUE_AGENCY.LBY, roles: ['reporter'] };
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'reporter');
const DZA = callerOf('DZA', 'operator');
const LBY = callerOf('LBY', 'operator');
const COLLECTIONS = 'acknowledgements,assistance,requests,responses';
const AT_LIBYA: [number, number] = [11.2, 33.1];
const AT_ALGERIA: [number, number] = [8.42, 35.2];

const create = (more: object = {}) =>
  steps.create('/incidents', anIncident({ at: AT_ALGERIA, tlp: 'GREEN', ...more }));
const post = async (path: string, body: object, { headers }: Pick<NamedCaller, 'headers'> = TUN) =>
  (await service.api.post(`/v1${path}`).set(headers).send(body).expect(201)).body;
const ask = (incident: string, to: string[], by = TUN) =>
  post(
    `/incidents/${incident}/requests`,
    { kind: 'information', to, dueAt: '2099-01-01T00:00:00Z', text: 'Which road?' },
    by,
  );
const respond = (incident: string, by = TUN) =>
  post(`/incidents/${incident}/responses`, { kind: 'joint_patrol' }, by);
const acknowledge = (incident: string, by = TUN) => post(`/incidents/${incident}/acknowledgements`, {}, by);
const noticeOf = async (incident: string): Promise<string> => {
  const statement = sql`SELECT n.id FROM base.distress_notice AS n WHERE n.incident = ${incident}`;
  return (await asTableOwner<{ id: string }>(service.db, statement))[0]!.id;
};
const setKind = (incident: string, kind: string) =>
  asTableOwner(service.db, sql`UPDATE base.incident SET kind = ${kind} WHERE id = ${incident}`);
const followAll = (callers: NamedCaller[]) =>
  Promise.all(
    callers.map((caller) => follow(service, caller, `&include=feature&collections=${COLLECTIONS}`)),
  );
const short = (changes: Change[]) => changes.map(({ collection, op }) => `${collection} ${op}`).sort();
type Feed = Awaited<ReturnType<typeof follow>>;
const newsOf = (feeds: Feed[]) => Promise.all(feeds.map(async (feed) => short(await feed.news())));

describe('on the change feed', () => {
  test('a request and its answers come to both ends and to nobody else', async () => {
    const incident = await create({ tlp: 'CLEAR' });
    const feeds = await followAll([TUN, DZA, LBY, ANYBODY]);
    const { id, ...request } = await ask(incident, ['DZA']);
    const expected = { collection: 'requests', id, op: 'upsert' };
    for (const feed of feeds.slice(0, 2)) {
      const [change, ...more] = await feed.news();
      expect(more).toEqual([]);
      expect(change).toMatchObject(expected);
      expect(change!.feature).toEqual({ type: 'Feature', id, geometry: null, properties: request });
    }
    const answer = { state: 'accepted', answer: 'The northern one.' };
    await service.api.patch(`/v1/requests/${id}`).set(DZA.headers).send(answer).expect(200);
    for (const feed of feeds.slice(0, 2))
      expect(await feed.news()).toMatchObject([{ ...expected, feature: { properties: answer } }]);
    await service.api.patch(`/v1/requests/${id}`).set(TUN.headers).send({ state: 'withdrawn' }).expect(200);
    expect(await newsOf(feeds)).toEqual([['requests upsert'], ['requests upsert'], [], []]);
  });

  test('acknowledgements and responses come to agencies that see the incident', async () => {
    const incident = await create({ tlp: 'CLEAR' });
    const feeds = await followAll([TUN, DZA, LBY, ANYBODY]);
    await acknowledge(incident, DZA);
    const { id } = await respond(incident, DZA);
    const path = `/v1/incidents/${incident}/responses/${id}`;
    await service.api.patch(path).set(DZA.headers).send({ state: 'done' }).expect(200);
    const all = await Promise.all(feeds.map((feed) => feed.news()));
    expect(all[3]).toEqual([]);
    for (const news of all.slice(0, 3)) {
      expect(short(news)).toEqual(['acknowledgements upsert', 'responses upsert', 'responses upsert']);
      expect(news[0]).toMatchObject({
        id: `${incident}/${DZA.agency}`,
        feature: { geometry: null, properties: { incident, agency: DZA.agency, country: 'DZA' } },
      });
      expect(news[2]).toMatchObject({ id, feature: { properties: { incident, state: 'done' } } });
    }
  });

  test('a label that narrows takes them away, and a release brings them back, but to no new viewer of a foreign response', async () => {
    const incident = await create({ tlp: 'AMBER', releasableTo: ['DZA'] });
    const all = ['acknowledgements', 'requests', 'responses'];
    await acknowledge(incident, DZA);
    await ask(incident, ['DZA']);
    await respond(incident, DZA);
    const feeds = await followAll([TUN, DZA, LBY]);
    await steps.release(incident, { tlp: 'AMBER+STRICT' });
    const removed = all.map((one) => `${one} remove`);
    const back = all.map((one) => `${one} upsert`);
    expect(await newsOf(feeds)).toEqual([back, removed, []]);
    await steps.release(incident, { tlp: 'GREEN' });
    // Libya is no end of the request, and the response of Algeria was made before it saw the incident
    expect(await newsOf(feeds)).toEqual([back, back, ['acknowledgements upsert']]);
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${incident}`);
    expect(await newsOf(feeds)).toEqual([removed, removed, ['acknowledgements remove']]);
  });

  test('assistance comes to the rescue bodies of both sides, and to those who see the incident', async () => {
    const incident = await create({ kind: 'distress', at: AT_LIBYA, tlp: 'RED' });
    const colleague = VIEWERS.find(({ country, agency }) => country === 'TUN' && agency !== TUN.agency)!;
    const feeds = await followAll([TUN, rescuer, LBY, DZA, colleague, ANYBODY]);
    const notice = await noticeOf(incident);
    await post(`/distress/${notice}/assistance`, { state: 'under_way' }, rescuer);
    const [own, body, ...others] = await Promise.all(feeds.map((feed) => feed.news()));
    expect(others).toEqual([[], [], [], []]);
    const said = { notice, agency: RESCUE_AGENCY.LBY, state: 'under_way', outcome: null };
    expect(own).toMatchObject([{ op: 'upsert', feature: { properties: { ...said, incident } } }]);
    expect(body).toMatchObject([{ op: 'upsert', feature: { properties: { ...said, incident: null } } }]);
    const change = (kind: string) => setKind(incident, kind);
    await change('other');
    const nobody = [[], [], [], []];
    expect(await newsOf(feeds)).toEqual([['assistance remove'], ['assistance remove'], ...nobody]);
    await change('distress');
    expect(await newsOf(feeds)).toEqual([['assistance upsert'], ['assistance upsert'], ...nobody]);
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${incident}`);
    expect(await newsOf(feeds)).toEqual([['assistance remove'], ['assistance remove'], ...nobody]);
  });
});

test('on the stream, coordination comes to those who may see it', async () => {
  const client = await openClient(service.app);
  const query = `collections=${COLLECTIONS}`;
  const streams = await Promise.all(
    [DZA, LBY].map(({ headers }) => openStream({ port: client.port, query: `?${query}`, headers })),
  );
  const incident = await create();
  const { id } = await ask(incident, ['DZA']);
  await acknowledge(incident);
  const isIn = (collection: string) => (one: TestStream) =>
    one.changes().some((change) => change.collection === collection);
  for (const stream of streams) await stream.until(isIn('acknowledgements'));
  expect(streams.map((one) => one.changes().map((change) => change.id))).toEqual([
    [id, `${incident}/${TUN.agency}`],
    [`${incident}/${TUN.agency}`],
  ]);
  for (const stream of streams) stream.close();
  await client.close();
});

// the embedded database has the same triggers and views
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const MANY = samples(200, 60);

onServer(`after ${MANY} random acts`, () => {
  /** What the views show, as the noun's own endpoints answer. */
  async function seenBy(caller: Caller): Promise<string[]> {
    const rows = await service.db.query<{ key: string }>(
      caller,
      sql`SELECT 'acknowledgements ' || a.incident || '/' || a.agency AS key, ${NOTHING_SEEN} FROM ${view.acknowledgement} AS a
        UNION ALL SELECT 'responses ' || r.id, 0 FROM ${view.response} AS r
        UNION ALL SELECT 'requests ' || q.id, 0 FROM ${view.request} AS q
        UNION ALL SELECT 'assistance ' || s.id, 0 FROM ${view.assistance} AS s WHERE ${caller.agency}::text IS NOT NULL`,
    );
    return rows.map(({ key }) => key).sort();
  }

  test('each follower has a copy of exactly what it may see', async () => {
    const random = randomNumbers(1913);
    const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const callers = [...VIEWERS, rescuer];
    const feeds = await followAll(callers);
    const copies = await Promise.all(callers.map(async (caller) => new Set(await seenBy(caller))));
    const labels = [
      { tlp: 'CLEAR' },
      { tlp: 'GREEN' },
      { tlp: 'AMBER', releasableTo: ['DZA'] },
      { tlp: 'AMBER', releasableTo: ['LBY'] },
      { tlp: 'AMBER+STRICT' },
      { tlp: 'RED' },
    ];
    const ids: string[] = [];
    for (const kind of ['distress', 'fire', 'distress'])
      ids.push(await create({ kind, at: kind === 'fire' ? AT_ALGERIA : AT_LIBYA, ...one(labels) }));
    const zone = await agreeZone(service.api, 'TUN', { participants: ['TUN'], tlp: 'GREEN' });
    const send = (path: string, body: object, { headers } = one([TUN, DZA, LBY])) =>
      service.api.post(`/v1${path}`).set(headers).send(body);
    const wanted = { kind: 'information', dueAt: '2099-01-01T00:00:00Z', text: 'Which road?' };
    // some of them are refused, and then nothing changes
    const acts = [
      () => send(`/incidents/${one(ids)}/acknowledgements`, {}),
      () => send(`/incidents/${one(ids)}/responses`, { kind: 'patrol' }),
      () => send(`/incidents/${one(ids)}/requests`, { ...wanted, to: [one(['DZA', 'LBY', 'TUN'])] }),
      () => send(`/zones/${zone.id}/requests`, { ...wanted, to: [one(['DZA', 'LBY', 'TUN'])] }),
      () =>
        send(
          '/release',
          { collection: 'zones', id: zone.id, ...one(labels) },
          callerOf('TUN', 'coordinator'),
        ),
      () => send('/release', { collection: 'zones', id: zone.id, ...one(labels) }, TUN),
      async () =>
        send(`/distress/${await noticeOf(one(ids.slice(2)))}/assistance`, { state: 'under_way' }, rescuer),
      () => steps.release(one(ids), one(labels) as never),
      () => steps.release(one(ids), one(labels) as never, as(keyOf('TUN', 'reporter'))),
      () => setKind(ids[0]!, one(['distress', 'other'])),
      () =>
        send(
          `/incidents/${ids[2]}/reports`,
          { geometry: { type: 'Point', coordinates: one([AT_LIBYA, AT_ALGERIA]) } },
          TUN,
        ),
    ];
    for (let n = 0; n < MANY; n++) await one(acts)();
    countRuns(MANY);
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${ids[1]}`);
    for (const [n, caller] of callers.entries()) {
      const copy = copies[n]!;
      for (const { collection, id, op, feature } of await feeds[n]!.news()) {
        if (op === 'upsert') copy.add(`${collection} ${id}`);
        else copy.delete(`${collection} ${id}`);
        if (feature) expect(feature.id).toBe(id);
      }
      expect([caller.name, [...copy].sort()]).toEqual([caller.name, await seenBy(caller)]);
    }
    expect(copies[0]!.size).toBe(0);
    expect(copies.filter(({ size }) => size > 0).length).toBeGreaterThan(4);
  });
});
