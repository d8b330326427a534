import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { NOTHING_SEEN } from '../../src/db/concern.ts';
import { view } from '../../src/db/labelled.ts';
import { sql } from '../../src/db/sql.ts';
import { doubleStore } from '../../src/features/incidents/double.store.ts';
import { maySee } from '../support/audience.oracle.ts';
import { asTableOwner } from '../support/audit.ts';
import { readPages } from '../support/builders.pages.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, callerOf, type NamedCaller, VIEWERS } from '../support/callers.ts';
import { follow } from '../support/feed.ts';
import { randomNumbers } from '../support/random.ts';
import { coordinatorOf, releaseSteps } from '../support/release.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const TUN = callerOf('TUN', 'reporter');
const DZA = callerOf('DZA', 'reporter');
const LBY = callerOf('LBY', 'reporter');
const REPORTERS: Record<CountryCode, NamedCaller> = { TUN, DZA, LBY };
const headersOf = (country: CountryCode) => as(keyOf(country, 'reporter'));
const HOUR_MS = 3_600_000;
const NOON_MS = Date.parse('2026-11-01T12:00:00Z');
const METRES_PER_DEGREE = 111_000;

/** A part of the desert for each test, so that no test meets the incidents of another one. */
let meridian = 0;
const elsewhere = (): number => (meridian += 0.2);

interface Sketch {
  lon: number;
  /** North of the place. */
  metres?: number;
  hours?: number;
  lasts?: number;
  more?: object;
}
const incidentAt = ({ lon, metres = 0, hours = 0, lasts, more }: Sketch) => {
  const occurredMs = NOON_MS + hours * HOUR_MS;
  return anIncident({
    at: [lon, 30 + metres / METRES_PER_DEGREE],
    occurredAt: new Date(occurredMs).toISOString(),
    ...(lasts !== undefined && { occurredUntil: new Date(occurredMs + lasts * HOUR_MS).toISOString() }),
    kind: 'smuggling_fuel',
    horizontalAccuracyMetres: 500,
    tlp: 'GREEN',
    ...more,
  });
};
const create = (country: CountryCode, sketch: Sketch) =>
  steps.create('/incidents', incidentAt(sketch), headersOf(country));
const link = async () => {
  while (await doubleStore(service.db).link());
};
/** Two reports of one event: the earlier of Tunisia, the later of Algeria. */
async function aPair(tunisian: object = {}, algerian: object = {}) {
  const lon = elsewhere();
  const earlier = await create('TUN', { lon, more: tunisian });
  const later = await create('DZA', { lon, metres: 300, hours: 2, more: algerian });
  await link();
  return { lon, earlier, later };
}
const sameAs = async (id: string, { headers }: NamedCaller = TUN) =>
  (await service.api.get(`/v1/incidents/${id}/same-as`).set(headers).expect(200)).body.sameAs;
const decide = (
  { earlier, later }: { earlier: string; later: string },
  decision: string,
  { headers }: NamedCaller = TUN,
) => service.api.put(`/v1/incidents/${earlier}/same-as/${later}`).set(headers).send({ decision });

describe('two incidents are linked', () => {
  test('if two owners report the same kind at the same time and place', async () => {
    const { earlier, later } = await aPair();
    const linked = {
      earlier,
      later,
      state: 'possible',
      decisions: [],
      madeAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    };
    expect(await sameAs(earlier)).toEqual([{ incident: later, ...linked }]);
    expect(await sameAs(later)).toEqual([{ incident: earlier, ...linked }]);
  });

  test.each<[why: string, isLinked: boolean, other: Omit<Sketch, 'lon'>, by?: CountryCode]>([
    ['six hours later', true, { hours: 6 }],
    ['six hours earlier', true, { hours: -6 }],
    ['more than six hours later', false, { hours: 6.1 }],
    ['before it, and still under way', true, { hours: -20, lasts: 15 }],
    ['before it, and over in time', false, { hours: -20, lasts: 13 }],
    ['where the circles touch', true, { metres: 990 }],
    ['where the circles do not touch', false, { metres: 1010 }],
    ['farther away, but less exact', true, { metres: 3000, more: { horizontalAccuracyMetres: 2600 } }],
    ['of another kind', false, { more: { kind: 'smuggling_goods' } }],
    ['of another nature', false, { more: { nature: 'test' } }],
    ['of the same owner', false, {}, 'TUN'],
    ['of the third country', true, {}, 'LBY'],
  ])('or not, by the rule: %s', async (_, isLinked, other, by = 'DZA') => {
    const lon = elsewhere();
    const one = await create('TUN', { lon });
    const second = await create(by, { lon, ...other });
    await link();
    expect((await sameAs(one)).map(({ incident }: { incident: string }) => incident)).toEqual(
      isLinked ? [second] : [],
    );
  });

  test('after the write, whose answer and whose work are the same with a hidden one', async () => {
    const lon = elsewhere();
    await create('DZA', { lon, more: { tlp: 'AMBER+STRICT' } });
    await link();
    const work = async (at: number) => {
      const { body, headers } = await service.api
        .post('/v1/incidents')
        .set(TUN.headers)
        .send(incidentAt({ lon: at }))
        .expect(201);
      const pairs = await asTableOwner(
        service.db,
        sql`SELECT 1 FROM base.incident_double AS d WHERE ${body.id} IN (d.earlier::text, d.later::text)`,
      );
      const queued = await asTableOwner(service.db, sql`SELECT 1 FROM base.double_queue`);
      await link();
      return [Object.keys(body.properties), Object.keys(headers).sort(), pairs.length, queued.length];
    };
    const beside = await work(lon);
    expect(beside).toEqual(await work(elsewhere()));
    expect(beside.slice(2)).toEqual([0, 1]);
  });

  test('no longer, when one of them moves away or is cancelled, unless an owner has decided', async () => {
    const cancel = (id: string) => steps.create(`/incidents/${id}/reports`, { state: 'cancelled' });
    const undecided = await aPair();
    await cancel(undecided.earlier);
    await link();
    expect(await sameAs(undecided.later, DZA)).toEqual([]);
    const moved = await aPair();
    const geometry = { type: 'Point', coordinates: [moved.lon, 31] };
    await steps.create(`/incidents/${moved.earlier}/reports`, { geometry });
    await link();
    expect(await sameAs(moved.later, DZA)).toEqual([]);
    const decided = await aPair();
    await decide(decided, 'confirm').expect(200);
    await cancel(decided.earlier);
    await link();
    expect(await sameAs(decided.later, DZA)).toMatchObject([{ state: 'confirmed' }]);
  });

  test('at most with 20 of those that the same readers see, and hidden ones push out none', async () => {
    const lon = elsewhere();
    const one = await create('TUN', { lon });
    for (let n = 0; n < 22; n++) await create('DZA', { lon, more: { tlp: 'AMBER+STRICT' } });
    const seen = await create('DZA', { lon, metres: 400 });
    await link();
    // each of them finds the one, too
    expect((await sameAs(one)).map(({ incident }: { incident: string }) => incident)).toEqual([seen]);
  });
});

const LABELS = [
  { tlp: 'CLEAR' },
  { tlp: 'GREEN' },
  { tlp: 'AMBER', releasableTo: ['DZA', 'TUN'] },
  { tlp: 'AMBER', releasableTo: ['LBY'] },
  { tlp: 'AMBER+STRICT' },
  { tlp: 'RED' },
];

describe('a link is seen', () => {
  test('by agencies that see both incidents, whatever their labels, and by nobody else', async () => {
    const labelled = (owner: CountryCode, { tlp, releasableTo = [] }: (typeof LABELS)[number]) => ({
      owner,
      agency: REPORTERS[owner].agency!,
      tlp,
      releasableTo,
    });
    for (const one of LABELS)
      for (const other of LABELS) {
        const { earlier, later } = await aPair(one, other);
        for (const caller of VIEWERS) {
          const seesOne = maySee(caller, labelled('TUN', one));
          const seesBoth = seesOne && maySee(caller, labelled('DZA', other));
          const path = `/v1/incidents/${earlier}/same-as`;
          const { status, body } = await service.api.get(path).set(caller.headers);
          const told = { caller: caller.name, one, other, status, found: body.sameAs?.length };
          const found = seesBoth ? 1 : 0;
          const expected = caller.country
            ? { status: seesOne ? 200 : 404, found: seesOne ? found : undefined }
            : { status: 401, found: undefined };
          expect(told).toEqual({ caller: caller.name, one, other, ...expected });
          if (!caller.country || caller.roles.includes('reader')) continue;
          const decided = await decide({ earlier, later }, 'confirm', caller);
          const isOwner = caller.country !== 'LBY';
          expect([caller.name, decided.status]).toEqual([
            caller.name,
            seesBoth ? (isOwner ? 200 : 403) : 404,
          ]);
        }
      }
  });

  test('in the audit log by owners that see both', async () => {
    const { earlier, later } = await aPair({ tlp: 'AMBER', releasableTo: ['DZA'] }, { tlp: 'AMBER+STRICT' });
    await decide({ earlier: later, later: earlier }, 'confirm', DZA).expect(200);
    const entries = await asTableOwner<{ action: string; shares: string[] }>(
      service.db,
      sql`SELECT e.action, e.shares FROM base.audit_entry AS e WHERE e.collection = 'same-as' AND e.target = ${`${earlier}/${later}`}
          ORDER BY e.id`,
    );
    // Algeria alone: Tunisia does not see the other incident
    expect(entries.map(({ action, shares }) => [action, shares.map(Number)])).toEqual([
      ['create', [1, 0, 0]],
      ['change', [1, 0, 0]],
    ]);
  });
});

describe('a link is confirmed or refused', () => {
  test('by either owner; one refusal is enough, and the last decision of each counts', async () => {
    const pair = await aPair();
    const state = async (caller: NamedCaller) => (await sameAs(pair.earlier, caller))[0].state;
    expect((await decide(pair, 'confirm').expect(200)).body).toMatchObject({
      incident: pair.later,
      state: 'confirmed',
      decisions: [{ country: 'TUN', agency: TUN.agency, decision: 'confirm' }],
    });
    await decide(pair, 'refuse', DZA).expect(200);
    for (const caller of [TUN, DZA, LBY]) expect(await state(caller)).toBe('refused');
    await decide(pair, 'confirm', DZA).expect(200);
    await decide(pair, 'confirm', DZA).expect(200);
    const [{ state: last, decisions, updatedAt }] = await sameAs(pair.later, LBY);
    expect([last, decisions.map((one: { decision: string }) => one.decision)]).toEqual([
      'confirmed',
      ['confirm', 'refuse', 'confirm'],
    ]);
    expect(updatedAt).toBe(decisions[2].at);
  });

  test('by nobody else, and two incidents without a link are answered like a hidden one', async () => {
    const pair = await aPair();
    const refused = await decide(pair, 'confirm', LBY).expect(403);
    expect(refused.body.detail).toContain('TUN and DZA');
    await decide(pair, 'confirm', callerOf('TUN', 'reader')).expect(403);
    await decide(pair, 'confirm', ANYBODY).expect(401);
    await decide(pair, 'perhaps').expect(400);
    const hidden = await aPair({}, { tlp: 'AMBER+STRICT' });
    const missing = await aPair();
    const answers = await Promise.all(
      [hidden, { earlier: hidden.earlier, later: missing.later }, { ...hidden, later: hidden.earlier }].map(
        (one) => decide(one, 'confirm').expect(404),
      ),
    );
    const details = answers.map(({ body }) => body.detail.replace(/[0-9a-f-]{36}/, 'it'));
    expect(new Set(details).size).toBe(1);
  });

  test('for those who saw it then: whoever releases an incident later does not release the decision', async () => {
    const pair = await aPair({ tlp: 'AMBER', releasableTo: ['DZA'] });
    await decide(pair, 'confirm', DZA).expect(200);
    await steps.release(pair.earlier, { tlp: 'GREEN' });
    expect(await sameAs(pair.earlier, LBY)).toMatchObject([{ state: 'possible', decisions: [] }]);
    expect(await sameAs(pair.earlier)).toMatchObject([
      { state: 'confirmed', decisions: [{ country: 'DZA' }] },
    ]);
  });
});

describe('lists fold linked incidents', () => {
  const listed = async (lon: number, query: string, { headers }: NamedCaller = TUN) => {
    const bbox = [lon - 0.05, 29, lon + 0.05, 31].join();
    const { body } = await service.api.get(`/v1/incidents?bbox=${bbox}&${query}`).set(headers).expect(200);
    return body.features.map(({ id }: { id: string }) => id);
  };

  test('into the one that was reported first: those confirmed, or all that nobody refused', async () => {
    const { lon, ...pair } = await aPair();
    const { earlier, later } = pair;
    expect(await listed(lon, '')).toEqual([later, earlier]);
    expect(await listed(lon, 'fold=confirmed')).toEqual([later, earlier]);
    expect(await listed(lon, 'fold=possible')).toEqual([earlier]);
    await decide(pair, 'confirm').expect(200);
    expect(await listed(lon, 'fold=confirmed')).toEqual([earlier]);
    await decide(pair, 'refuse', DZA).expect(200);
    for (const fold of ['confirmed', 'possible'])
      expect(await listed(lon, `fold=${fold}`)).toEqual([later, earlier]);
    await service.api.get('/v1/incidents?fold=all').set(TUN.headers).expect(400);
    await service.api.get('/v1/incidents?fold=confirmed').expect(401);
  });

  test('only for who sees both, and only where both are asked for', async () => {
    const { lon, earlier, later } = await aPair({ tlp: 'AMBER', releasableTo: ['DZA'] });
    expect(await listed(lon, 'fold=possible')).toEqual([earlier]);
    expect(await listed(lon, 'fold=possible', LBY)).toEqual([later]);
    expect(await listed(lon, 'fold=possible&owner=DZA')).toEqual([later]);
    expect(await listed(lon, 'fold=possible&as=DZA', { ...TUN, headers: coordinatorOf('TUN') })).toEqual([
      earlier,
    ]);
  });

  test('of a zone and near a segment, page by page', async () => {
    const place = { at: [8.42, 35.2] as [number, number] };
    const pairs = [];
    for (let n = 0; n < 3; n++) {
      const at = new Date(NOON_MS + n * 24 * HOUR_MS).toISOString();
      const sketch = anIncident({ ...place, kind: 'smuggling_goods', tlp: 'GREEN', occurredAt: at });
      const earlier = await steps.create('/incidents', sketch);
      const later = await steps.create('/incidents', sketch, headersOf('DZA'));
      pairs.unshift({ earlier, later });
    }
    await link();
    const zone = await steps.makeZone('TUN', { tlp: 'GREEN' });
    const firsts = pairs.map(({ earlier }) => earlier);
    for (const path of [
      `/v1/zones/${zone}/incidents?`,
      '/v1/segments/DZA-TUN-07/incidents?withinMetres=100000&',
    ])
      for (const when of ['', '&datetime=2026-10-01T00:00:00Z/..']) {
        const query = `${path}kind=smuggling_goods&limit=2${when}`;
        const ids = async (more: string) =>
          (await readPages(service.api, `${query}${more}`, TUN.headers)).flatMap(({ features }) =>
            features.map(({ id }: { id: string }) => id),
          );
        expect([path, (await ids('')).length]).toEqual([path, 6]);
        expect([path, await ids('&fold=possible')]).toEqual([path, firsts]);
        await service.api.get(`${query}&fold=possible`).expect(401);
      }
  });
});

describe('on the change feed', () => {
  test('a link comes to agencies that see both, follows the labels, and goes with an incident', async () => {
    const query = '&include=feature&collections=same-as';
    const feeds = await Promise.all([TUN, DZA, LBY, ANYBODY].map((caller) => follow(service, caller, query)));
    const news = () =>
      Promise.all(feeds.map(async (feed) => (await feed.news()).map(({ id, op }) => `${op} ${id}`)));
    const pair = await aPair({ tlp: 'AMBER', releasableTo: ['DZA'] });
    const id = `${pair.earlier}/${pair.later}`;
    expect(await news()).toEqual([[`upsert ${id}`], [`upsert ${id}`], [], []]);
    await decide(pair, 'confirm').expect(200);
    const [change] = await feeds[1]!.news();
    expect(change!.feature).toMatchObject({ id, geometry: null, properties: { state: 'confirmed' } });
    await news();
    await steps.release(pair.earlier, { tlp: 'CLEAR' });
    await link();
    expect(await news()).toEqual([[`upsert ${id}`], [`upsert ${id}`], [`upsert ${id}`], []]);
    await steps.release(pair.earlier, { tlp: 'AMBER+STRICT' });
    await link();
    expect(await news()).toEqual([[`upsert ${id}`], [`remove ${id}`], [`remove ${id}`], []]);
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${pair.later}`);
    expect(await news()).toEqual([[`remove ${id}`], [], [], []]);
  });

  const MANY = samples(200, 60);
  test(`each follower has a copy of exactly what it may see after ${MANY} random acts`, async () => {
    const random = randomNumbers(52);
    const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const lon = elsewhere();
    const owners = ['TUN', 'DZA', 'LBY', 'TUN', 'DZA'] as const;
    const ids: string[] = [];
    for (const owner of owners) ids.push(await create(owner, { lon, more: one(LABELS) }));
    const query = '&collections=same-as';
    const feeds = await Promise.all(VIEWERS.map((caller) => follow(service, caller, query)));
    const copies = VIEWERS.map(() => new Set<string>());
    await asTableOwner(service.db, sql`DELETE FROM base.incident_double`);
    for (const feed of feeds) await feed.news();
    const label = async (n: number) => {
      const headers = coordinatorOf(owners[n]!);
      await service.api
        .post('/v1/release')
        .set(headers)
        .send({ collection: 'incidents', id: ids[n], ...one(LABELS) });
    };
    const places = [0, 800, 1600, 20_000];
    const move = (n: number) =>
      service.api
        .post(`/v1/incidents/${ids[n]}/reports`)
        .set(REPORTERS[owners[n]!].headers)
        .send({ geometry: { type: 'Point', coordinates: [lon, 30 + one(places) / METRES_PER_DEGREE] } });
    const all = ids.map((_, n) => n);
    const acts = [
      () => label(one(all)),
      () => move(one(all)),
      () => decide({ earlier: one(ids), later: one(ids) }, one(['confirm', 'refuse']), one([TUN, DZA, LBY])),
      link,
    ];
    for (let n = 0; n < MANY; n++) await one(acts)();
    countRuns(MANY);
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${ids[0]}`);
    await link();
    for (const [n, caller] of VIEWERS.entries()) {
      for (const { id, op } of await feeds[n]!.news())
        if (op === 'upsert') copies[n]!.add(id);
        else copies[n]!.delete(id);
      const rows = await service.db.query<{ key: string }>(
        caller,
        sql`SELECT d.earlier || '/' || d.later AS key, ${NOTHING_SEEN} FROM ${view.incidentDouble} AS d
            WHERE d.earlier = ANY (${ids}) OR d.later = ANY (${ids})`,
      );
      expect([caller.name, [...copies[n]!].sort()]).toEqual([caller.name, rows.map(({ key }) => key).sort()]);
    }
  });
});
