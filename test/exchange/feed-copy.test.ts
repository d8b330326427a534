import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anIncident, aZone } from '../support/builders.ts';
import { approve, type ZoneFeature } from '../support/builders.zones.ts';
import { ANYBODY, callerOf, type NamedCaller } from '../support/callers.ts';
import { follow } from '../support/feed.ts';
import { randomNumbers } from '../support/random.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
beforeAll(async () => {
  service = await startService();
  api = service.api;
});
afterAll(() => service.stop());

const LAYERS = ['incidents', 'zones'];
const STEPS = samples(120, 40);
type Copy = Map<string, unknown>;

/** The layers as a caller reads them, by collection and id. */
async function readLayers({ headers }: NamedCaller): Promise<Copy> {
  const copy: Copy = new Map();
  for (const layer of LAYERS) {
    const { body } = await api.get(`/v1/collections/${layer}/items?limit=10000`).set(headers).expect(200);
    for (const feature of body.features) copy.set(`${layer}/${feature.id}`, feature);
  }
  return copy;
}

/** What random writers do next; some of it is refused, and then nothing changes. */
function writers(random: () => number) {
  const incidents: string[] = [];
  const zones: ZoneFeature[] = [];
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const label = () =>
    one([
      { tlp: 'CLEAR' },
      { tlp: 'GREEN' },
      { tlp: 'AMBER', releasableTo: ['DZA'] },
      { tlp: 'AMBER+STRICT' },
      { tlp: 'RED' },
    ]);
  const tunisia = (role: 'reporter' | 'operator' | 'coordinator') => as(keyOf('TUN', role));
  return [
    async () => {
      const { body } = await api.post('/v1/incidents').set(tunisia('reporter')).send(anIncident(label()));
      incidents.push(body.id);
    },
    () =>
      api
        .post('/v1/release')
        .set(tunisia('coordinator'))
        .send({ collection: 'incidents', id: one(incidents), ...label() }),
    () =>
      api
        .post('/v1/release')
        .set(tunisia('reporter'))
        .send({ collection: 'incidents', id: one(incidents), ...label() }),
    () =>
      api
        .post(`/v1/incidents/${one(incidents)}/reports`)
        .set(tunisia('reporter'))
        .send({ severity: one(['minor', 'severe']) }),
    async () => {
      const { body } = await api.post('/v1/zones').set(tunisia('operator')).send(aZone(label()));
      zones.push(body);
    },
    () => api.post(`/v1/zones/${one(zones).id}/proposal`).set(tunisia('operator')),
    () => approve(api, one(zones)).catch(() => {}),
    () =>
      api
        .patch(`/v1/zones/${one(zones).id}`)
        .set(tunisia('operator'))
        .send({ properties: { purpose: 'Watch' } }),
    () => api.delete(`/v1/zones/${one(zones).id}`).set(tunisia('operator')),
    () =>
      api
        .post('/v1/release')
        .set(tunisia('coordinator'))
        .send({ collection: 'zones', id: one(zones).id, ...label() }),
  ];
}

test('a follower of the feed ends up with exactly its visible features', async () => {
  const random = randomNumbers(42);
  const callers = [ANYBODY, callerOf('DZA', 'reader'), callerOf('LBY', 'reader'), callerOf('TUN', 'reader')];
  const followers = await Promise.all(
    callers.map(async (caller) => {
      const feed = await follow(service, caller, '&include=feature&collections=incidents,zones');
      return { caller, feed, copy: await readLayers(caller) };
    }),
  );
  const acts = writers(random);
  await acts[0]!();
  await acts[4]!();
  for (let step = 0; step < STEPS; step++) {
    countRuns();
    await acts[Math.floor(random() * acts.length)]!();
    // each reads now and then, and so sees some of it late
    for (const { feed, copy } of followers) if (random() < 0.2) apply(copy, await feed.news());
  }
  for (const { caller, feed, copy } of followers) {
    apply(copy, await feed.news());
    const shown = await readLayers(caller);
    expect([caller.name, [...copy.keys()].sort()]).toEqual([caller.name, [...shown.keys()].sort()]);
    for (const [key, feature] of copy) expect(withoutLinks(feature)).toEqual(withoutLinks(shown.get(key)));
  }
  expect(followers[3]!.copy.size).toBeGreaterThan(followers[2]!.copy.size);
}, 120_000);

function apply(copy: Copy, changes: Awaited<ReturnType<Awaited<ReturnType<typeof follow>>['news']>>): void {
  for (const { collection, id, op, feature } of changes)
    if (op === 'upsert' && feature) copy.set(`${collection}/${id}`, feature);
    else copy.delete(`${collection}/${id}`);
}

const withoutLinks = (feature: unknown) => ({ ...(feature as object), links: undefined });
