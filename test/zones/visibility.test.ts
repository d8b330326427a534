import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { everyone } from '../support/audience.oracle.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { agreeChange, agreeZone, approve, decide, proposeZone } from '../support/builders.zones.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
const AT: [number, number] = [8.42, 35.2];
let incident: string;
beforeAll(async () => {
  service = await startService();
  api = service.api;
  const reported = await api
    .post('/v1/incidents')
    .set(as(keyOf('DZA', 'reporter')))
    .send(anIncident({ at: AT, tlp: 'CLEAR' }))
    .expect(201);
  incident = reported.body.id;
});
afterAll(() => service.stop());

const CALLERS = {
  nobody: {},
  DZA: as(keyOf('DZA', 'reader')),
  'DZA, another agency': as(keyOf('DZA', 'reporter', { second: true })),
  LBY: as(keyOf('LBY', 'coordinator')),
  TUN: as(keyOf('TUN', 'coordinator')),
};
type Name = keyof typeof CALLERS;
const NAMES = Object.keys(CALLERS) as Name[];
type Shown = Partial<Record<Name, [revision: number, state: string]>>;
const operator = as(keyOf('DZA', 'operator'));
const yes = (revision: number) => ({ decision: 'approve', revision });
const idsIn = (body: { features: { id: string }[] }): string[] => body.features.map(({ id }) => id);

/** The expected zone of each caller on every path that shows zones; unnamed callers see nothing. */
async function expectShown(id: string, shown: Shown): Promise<void> {
  const seen = await Promise.all(NAMES.map(async (name) => [name, await toldTo(name, id)]));
  const expected = NAMES.map((name) => [name, expectedFor(shown[name])]);
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected));
}

const PATHS = ['', '/revisions', '/revisions/shown', '/consents', '/incidents', '?revision=latest'];

async function toldTo(name: Name, id: string) {
  const get = (path: string) => api.get(`/v1${path}`).set(CALLERS[name]);
  const { body } = await get(`/zones/${id}`);
  const { revision = 1, state } = body.properties ?? {};
  const paths = PATHS.map((path) => `/zones/${id}${path.replace('shown', revision)}`);
  const [listed, { body: one }, { body: located }, within, ...answers] = await Promise.all([
    get('/zones?limit=1000&state=draft,proposed,active,suspended,expired,withdrawn'),
    get(`/incidents/${incident}`),
    get(`/locate?lon=${AT[0]}&lat=${AT[1]}`),
    get(`/incidents?within=${id}`),
    ...paths.map(get),
  ]);
  return {
    shown: state && [revision, state],
    statuses: [...answers, within].map(({ status }) => status),
    isListed: idsIn(listed.body).includes(id),
    isIn: [one.properties.zones.includes(id), located.zones.some((zone: { id: string }) => zone.id === id)],
  };
}

const expectedFor = (shown: [number, string] | undefined) => ({
  shown,
  statuses: [...PATHS.map(() => (shown ? 200 : 404)), shown ? 200 : 400],
  isListed: shown !== undefined,
  isIn: [shown?.[1] === 'active', shown?.[1] === 'active'],
});

/** The revisions and decisions that each caller can read, and where it can read the zone's pairs with incidents. */
async function historyOf(id: string, name: Name) {
  const get = async (path: string) => (await api.get(`/v1/zones/${id}${path}`).set(CALLERS[name])).body;
  const { features = [] } = await get('/revisions');
  const { consents = [] } = await get('/consents');
  return {
    revisions: features.map((one: { properties: { revision: number } }) => one.properties.revision),
    consents: consents.map((one: { revision: number; country: string }) => `${one.revision} ${one.country}`),
  };
}

const square = { geometry: aSquare(AT) };
const DZA = (revision: number, state: string): Shown => ({
  DZA: [revision, state],
  'DZA, another agency': [revision, state],
});
const countries = (revision: number, state: string): Shown => ({
  ...DZA(revision, state),
  LBY: [revision, state],
  TUN: [revision, state],
});

describe('a zone is visible', () => {
  const labels: [label: string, change: object, seenWhenAgreed: (r: number, s: string) => Shown][] = [
    ['CLEAR', { tlp: 'CLEAR' }, (r, s) => ({ nobody: [r, s], ...countries(r, s) })],
    ['GREEN', { tlp: 'GREEN' }, countries],
    ['AMBER', { tlp: 'AMBER' }, (r, s) => ({ ...DZA(r, s), TUN: [r, s] })],
    ['AMBER to Libya', { tlp: 'AMBER', releasableTo: ['LBY'] }, countries],
    ['AMBER+STRICT', { tlp: 'AMBER+STRICT' }, (r, s) => ({ ...DZA(r, s), TUN: [r, s] })],
  ];
  test.each(labels)(
    'with the label %s: its own country the draft, participants the proposal, others once it is agreed',
    async (_label, change, seenWhenAgreed) => {
      const body = aZone({ ...square, ...change });
      const { id } = (await api.post('/v1/zones').set(operator).send(body).expect(201)).body;
      await expectShown(id, DZA(1, 'draft'));
      const { body: proposed } = await api.post(`/v1/zones/${id}/proposal`).set(operator).expect(200);
      await expectShown(id, { ...DZA(1, 'proposed'), TUN: [1, 'proposed'] });
      await decide(api, id, 'TUN', yes(1)).expect(201);
      await expectShown(id, { ...DZA(1, 'proposed'), TUN: [1, 'proposed'] });
      await decide(api, id, 'DZA', yes(1)).expect(201);
      await expectShown(id, seenWhenAgreed(1, 'active'));
      // what waits is for its participants
      await api
        .patch(`/v1/zones/${id}`)
        .set(operator)
        .send({ properties: { purpose: 'At night' } })
        .expect(200);
      await expectShown(id, seenWhenAgreed(1, 'active'));
      expect((await historyOf(id, 'LBY')).revisions).toEqual(seenWhenAgreed(1, 'active').LBY ? [1] : []);
      expect((await historyOf(id, 'TUN')).revisions).toEqual([1, 2]);
      await decide(api, id, 'TUN', { decision: 'withdraw', revision: 1 }).expect(201);
      await expectShown(id, seenWhenAgreed(1, 'suspended'));
      expect(proposed.properties.revision).toBe(1);
    },
  );

  test('with the label RED to its own agency only', async () => {
    const zone = await proposeZone(api, 'DZA', { ...square, tlp: 'RED', participants: ['DZA'] });
    await expectShown(zone.id, { DZA: [1, 'proposed'] });
    await approve(api, zone);
    await expectShown(zone.id, { DZA: [1, 'active'] });
  });

  test('with its decisions to the participants of that revision', async () => {
    const { id } = await agreeZone(api, 'DZA', { ...square, tlp: 'CLEAR' });
    const decided = ['1 DZA', '1 TUN'];
    for (const name of ['DZA', 'DZA, another agency', 'TUN'] as const)
      expect((await historyOf(id, name)).consents).toEqual(decided);
    for (const name of ['nobody', 'LBY'] as const)
      expect(await historyOf(id, name)).toEqual({ revisions: [1], consents: [] });
  });
});

describe('a country that a revision adds', () => {
  test('sees its proposal, and nothing of the past; the others see the revision in force', async () => {
    const { id } = await agreeZone(api, 'DZA', square);
    await expectShown(id, { ...DZA(1, 'active'), TUN: [1, 'active'] });
    const change = { properties: { participants: [...COUNTRY_CODES] } };
    const { body: second } = await api.patch(`/v1/zones/${id}`).set(operator).send(change).expect(200);
    await expectShown(id, { ...DZA(1, 'active'), TUN: [1, 'active'], LBY: [2, 'proposed'] });
    const { body: asked } = await api.get(`/v1/zones/${id}/incidents`).set(CALLERS.LBY).expect(200);
    expect(asked).toMatchObject({ revision: 2, agreed: false });
    await decide(api, id, 'LBY', yes(2)).expect(201);
    expect(await historyOf(id, 'LBY')).toEqual({ revisions: [2], consents: ['2 LBY'] });
    expect(await historyOf(id, 'TUN')).toEqual({ revisions: [1, 2], consents: ['1 DZA', '1 TUN', '2 LBY'] });
    for (const country of ['DZA', 'TUN'] as const) await decide(api, id, country, yes(2)).expect(201);
    await expectShown(id, { ...DZA(2, 'active'), TUN: [2, 'active'], LBY: [2, 'active'] });
    expect((await historyOf(id, 'LBY')).revisions).toEqual([2]);
    expect(second.properties.revision).toBe(2);
  });
});

describe('a country that a revision leaves out', () => {
  test('sees the revision in force until that is replaced, not its replacement, and nothing afterwards', async () => {
    const { id } = await agreeZone(api, 'DZA', { ...square, participants: [...COUNTRY_CODES] });
    const change = { properties: { participants: ['DZA', 'TUN'] } };
    await api.patch(`/v1/zones/${id}`).set(operator).send(change).expect(200);
    await expectShown(id, { ...DZA(1, 'active'), TUN: [1, 'active'], LBY: [1, 'active'] });
    expect((await historyOf(id, 'LBY')).revisions).toEqual([1]);
    const { body } = await decide(api, id, 'LBY', yes(2)).expect(409);
    expect(body.detail).toMatch(/The newest that you see is 1/);
    for (const country of ['DZA', 'TUN'] as const) await decide(api, id, country, yes(2)).expect(201);
    await expectShown(id, { ...DZA(2, 'active'), TUN: [2, 'active'] });
    const past = await api.get(`/v1/zones/${id}/revisions/1`).set(CALLERS.LBY);
    expect(past.status).toBe(404);
  });
});

describe('a change of the label', () => {
  test('is seen at once, in every revision', async () => {
    const { id } = await agreeZone(api, 'DZA', square);
    await agreeChange(api, 'DZA', id, { properties: { purpose: 'At night' } });
    const label = (tlp: string) =>
      api
        .post('/v1/release')
        .set(as(keyOf('DZA', 'coordinator')))
        .send({ collection: 'zones', id, tlp })
        .expect(200);
    await label('GREEN');
    await expectShown(id, countries(2, 'active'));
    expect((await historyOf(id, 'LBY')).revisions).toEqual([1, 2]);
    await label('AMBER');
    await expectShown(id, { ...DZA(2, 'active'), TUN: [2, 'active'] });
    expect((await historyOf(id, 'LBY')).revisions).toEqual([]);
  });
});

test('pairs of zones and incidents show only visible rows, for every query of the view', async () => {
  const drafted = await api.post('/v1/zones').set(operator).send(aZone(square)).expect(201);
  const proposed = await proposeZone(api, 'DZA', { ...square, tlp: 'CLEAR' });
  const agreed = await agreeZone(api, 'DZA', { ...square, participants: ['DZA', 'LBY'] });
  await api
    .patch(`/v1/zones/${agreed.id}`)
    .set(operator)
    .send({ properties: { participants: [...COUNTRY_CODES] } })
    .expect(200);
  const ids = [drafted.body.id, proposed.id, agreed.id];
  const pairs = async (country: CountryCode) => {
    const rows = await service.db.query<{ zone: string; revision: number }>(
      everyone.find((caller) => caller.country === country)!,
      sql`SELECT zone, revision FROM incident_zone WHERE incident = ${incident} AND zone = ANY (${ids}::text[]) ORDER BY zone`,
    );
    return rows.map(({ zone, revision }) => [ids.indexOf(zone), revision]).sort();
  };
  expect(await pairs('DZA')).toEqual([
    [1, 1],
    [2, 1],
  ]);
  expect(await pairs('LBY')).toEqual([[2, 1]]);
  expect(await pairs('TUN')).toEqual([
    [1, 1],
    [2, 2],
  ]);
});
