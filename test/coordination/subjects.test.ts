import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { purgeAll, purgeStore } from '../../src/features/retention/purge.store.ts';
import { ask, asTableOwner } from '../support/audit.ts';
import { aZone } from '../support/builders.ts';
import { agreeChange, agreeZone, proposeZone } from '../support/builders.zones.ts';
import { callerOf, type NamedCaller } from '../support/callers.ts';
import { follow } from '../support/feed.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'reporter');
const DZA = callerOf('DZA', 'operator');
const LBY = callerOf('LBY', 'operator');
const second = agencyOf(keyOf('TUN', 'reporter', { second: true }));
const PLACE = { type: 'Point', coordinates: [8.42, 35.2] };
const wanted = {
  kind: 'support',
  needs: ['vehicles'],
  dueAt: '2099-01-01T12:00:00Z',
  text: 'Two off-road cars.',
};
const send = (path: string, to: string[], more: object = {}, { headers }: NamedCaller = TUN) =>
  service.api
    .post(`/v1${path}`)
    .set(headers)
    .send({ ...wanted, to, ...more });
const made = async (...sent: Parameters<typeof send>) => (await send(...sent).expect(201)).body;
const status = async (id: string, { headers }: NamedCaller) =>
  (await service.api.get(`/v1/requests/${id}`).set(headers)).status;
const listed = async (query: string, { headers }: NamedCaller = TUN): Promise<string[]> => {
  const { body } = await service.api.get(`/v1/requests?limit=1000&${query}`).set(headers).expect(200);
  return body.requests.map(({ id }: { id: string }) => id);
};
const operator = as(keyOf('TUN', 'operator'));
const drawn = async () => (await service.api.post('/v1/zones').set(operator).send(aZone()).expect(201)).body;
const followAll = (...callers: NamedCaller[]) =>
  Promise.all(callers.map((caller) => follow(service, caller, '&include=feature&collections=requests')));
type Feed = Awaited<ReturnType<typeof follow>>;
const opsIn = (feeds: Feed[]) =>
  Promise.all(feeds.map(async (feed) => (await feed.news()).map(({ op }) => op)));

describe('a request', () => {
  test.each([
    ['segment', '/segments/DZA-TUN-07/requests', { segment: 'DZA-TUN-07' }],
    ['crossing', '/crossings/bouchebka/requests', { crossing: 'bouchebka' }],
    ['place', '/requests', { place: PLACE }],
  ])('about a %s comes to both ends and to nobody else', async (noun, path, said) => {
    const feeds = await followAll(TUN, DZA, LBY);
    const sent = await send(path, ['DZA'], noun === 'place' ? { place: PLACE } : {}).expect(201);
    const { id, ...request } = sent.body;
    expect(sent.headers.location).toBe(`/v1/requests/${id}`);
    expect(request).toMatchObject({
      ...{ incident: null, zone: null, segment: null, crossing: null, place: null },
      ...said,
      agency: TUN.agency,
      state: 'open',
    });
    const read = await service.api.get(sent.headers.location!).set(DZA.headers).expect(200);
    expect(read.body).toEqual(sent.body);
    const [own, asked, third] = await Promise.all(feeds.map((feed) => feed.news()));
    expect(third).toEqual([]);
    for (const news of [own, asked])
      expect(news).toMatchObject([{ id, op: 'upsert', feature: { properties: request } }]);
    expect(await status(id, LBY)).toBe(404);
    await service.api.patch(`/v1/requests/${id}`).set(LBY.headers).send({ state: 'accepted' }).expect(404);
    await service.api.patch(`/v1/requests/${id}`).set(DZA.headers).send({ state: 'accepted' }).expect(200);
    expect(await opsIn(feeds)).toEqual([['upsert'], ['upsert'], []]);
  });

  test('is found by what it is about', async () => {
    const zone = await agreeZone(service.api, 'TUN');
    const ofSegment = await made('/segments/LBY-TUN-01/requests', ['LBY']);
    const ofCrossing = await made('/crossings/ras-ajdir/requests', ['LBY']);
    const ofZone = await made(`/zones/${zone.id}/requests`, ['DZA']);
    expect(await listed('segment=LBY-TUN-01')).toEqual([ofSegment.id]);
    expect(await listed('crossing=ras-ajdir')).toEqual([ofCrossing.id]);
    expect(await listed(`zone=${zone.id}`)).toEqual([ofZone.id]);
    expect(await listed(`zone=${zone.id}`, LBY)).toEqual([]);
  });

  test.each([
    ['an unknown segment', '/segments/DZA-TUN-99/requests', {}, 404],
    ['an unknown crossing', '/crossings/nowhere/requests', {}, 404],
    ['an unknown zone', '/zones/nowhere/requests', {}, 404],
    ['nothing', '/requests', {}, 400],
    [
      'a line',
      '/requests',
      {
        place: {
          type: 'LineString',
          coordinates: [
            [8, 34],
            [9, 35],
          ],
        },
      },
      400,
    ],
    ['a place with a phone number', '/requests', { place: PLACE, text: 'Call +216 20 123 456' }, 422],
  ])('about %s is refused', async (_, path, more, expected) => {
    await send(path, ['DZA'], more).expect(expected);
  });

  test('of another role is refused', async () => {
    await send('/requests', ['DZA'], { place: PLACE }, callerOf('TUN', 'coordinator')).expect(403);
  });
});

describe('a request about a zone', () => {
  test('goes only to those who see the zone', async () => {
    const zone = await agreeZone(service.api, 'TUN', { tlp: 'AMBER+STRICT' });
    const { body } = await send(`/zones/${zone.id}/requests`, ['DZA', 'LBY']).expect(422);
    expect(body.type).toBe('/problems/addressee-out-of-reach');
    expect(body.detail).toBe(
      'LBY cannot see this zone, which is AMBER+STRICT. A coordinator of TUN may release it to more; then ask.',
    );
    await send(`/zones/${zone.id}/requests`, ['TUN'], {}, LBY).expect(404);
    await made(`/zones/${zone.id}/requests`, ['TUN'], {}, DZA);
  });

  test('that is a draft stays in its country', async () => {
    const draft = await drawn();
    await send(`/zones/${draft.id}/requests`, ['DZA']).expect(422);
    await made(`/zones/${draft.id}/requests`, [second]);
  });

  test('is taken from who loses the zone, and comes back with it', async () => {
    const zone = await agreeZone(service.api, 'TUN', {
      participants: ['TUN'],
      tlp: 'AMBER',
      releasableTo: ['LBY'],
    });
    const { id } = await made(`/zones/${zone.id}/requests`, ['LBY']);
    const feeds = await followAll(TUN, LBY, DZA);
    const relabel = (label: object) =>
      service.api
        .post('/v1/release')
        .set(as(keyOf('TUN', 'coordinator')))
        .send({ collection: 'zones', id: zone.id, ...label })
        .expect(200);
    await relabel({ tlp: 'AMBER+STRICT' });
    expect(await status(id, LBY)).toBe(404);
    expect(await listed('', LBY)).not.toContain(id);
    expect(await opsIn(feeds)).toEqual([['upsert'], ['remove'], []]);
    await relabel({ tlp: 'GREEN' });
    expect(await status(id, LBY)).toBe(200);
    expect(await opsIn(feeds)).toEqual([['upsert'], ['upsert'], []]);
    expect(await status(id, DZA)).toBe(404);
  });

  test('leaves a participant that a revision leaves out', async () => {
    const zone = await agreeZone(service.api, 'TUN', { tlp: 'AMBER+STRICT' });
    const { id } = await made(`/zones/${zone.id}/requests`, ['DZA']);
    const feeds = await followAll(TUN, DZA);
    await agreeChange(service.api, 'TUN', zone.id, { properties: { participants: ['TUN'] } });
    expect(await status(id, DZA)).toBe(404);
    expect(await opsIn(feeds)).toEqual([['upsert'], ['remove']]);
  });

  test('goes with a draft that is removed', async () => {
    const draft = await drawn();
    const { id } = await made(`/zones/${draft.id}/requests`, [second]);
    const [feed] = await followAll(TUN);
    await service.api.delete(`/v1/zones/${draft.id}`).set(operator).expect(204);
    expect(await status(id, TUN)).toBe(404);
    expect(await feed!.news()).toMatchObject([{ id, op: 'remove' }]);
  });

  test('is an entry for the auditors of both ends', async () => {
    const { id } = await proposeZone(service.api, 'TUN');
    const { entries } = await ask(service, {
      path: `/zones/${id}/requests`,
      method: 'post',
      headers: TUN.headers,
      body: { ...wanted, to: ['DZA'] },
    });
    expect(entries.filter(({ action }) => action === 'create')).toMatchObject([
      { collection: 'requests', shares: [1, 0, 1] },
    ]);
  });
});

test('requests without an incident are purged like incidents of the kind other', async () => {
  const old = await made('/crossings/bouchebka/requests', ['DZA']);
  const open = await made('/crossings/bouchebka/requests', ['DZA']);
  const age = (id: string, due: string) =>
    asTableOwner(
      service.db,
      sql`UPDATE base.incident_request SET updated_at = now() - interval '31 days', due_at = ${due} WHERE id = ${id}`,
    );
  await age(old.id, '2020-01-01');
  await age(open.id, '2099-01-01');
  const feeds = await followAll(TUN, DZA, LBY);
  const purge = (rule: object) =>
    purgeAll(purgeStore(service.db), [{ nature: 'actual', kind: 'other', days: 30, ...rule }]);
  expect(await purge({ kind: 'fire' })).toBe(0);
  expect(await purge({ days: 32 })).toBe(0);
  expect(await purge({})).toBe(1);
  expect([await status(old.id, TUN), await status(open.id, TUN)]).toEqual([404, 200]);
  expect(await opsIn(feeds)).toEqual([['remove'], ['remove'], []]);
});
