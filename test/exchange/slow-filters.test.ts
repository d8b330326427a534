import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { alertEvaluation } from '../../src/exchange/alerts/alert.evaluation.store.ts';
import { type SlowFilterLimits, slowEvaluation } from '../../src/exchange/alerts/slow.evaluation.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { positionOf } from '../support/builders.reference.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { triggersOf as saidOf, subscriptionSteps } from '../support/subscriptions.ts';

let service: TestService;
let steps: ReturnType<typeof subscriptionSteps>;
const { lon, lat } = positionOf('bouchebka');
const at = [lon, lat];
const AREA = {
  op: 's_intersects',
  args: [{ property: 'geometry' }, { bbox: [lon - 1, lat - 1, lon + 1, lat + 1] }],
};
const failed: unknown[] = [];
const warn = (err: unknown) => void failed.push(err);

beforeAll(async () => {
  service = await startService();
  steps = subscriptionSteps(service);
});
beforeEach(() => asTableOwner(service.db, sql`DELETE FROM base.subscription`));
afterAll(async () => {
  await service.stop();
  expect(failed).toEqual([]);
});

// every statement takes longer; the clock of the embedded database has milliseconds only
const noTime = () => (service.isEmbedded ? -1 : 0);
const impatient = () => alertEvaluation(service.db, warn, noTime());
const evaluate = async ({ pass }: { pass(): Promise<number | undefined> }): Promise<void> => {
  while ((await pass()) !== 0);
};
const apart = (limits?: SlowFilterLimits) => slowEvaluation(service.db, warn, limits);
const PATIENT: SlowFilterLimits = { filterMs: 60_000, behindMs: 600_000 };

const triggersOf = async (country: 'DZA' | 'LBY' | 'TUN', id: string): Promise<string[]> =>
  (await steps.alerts(country, id)).flatMap((alert) => saidOf(alert, id));
const find = async (id: string) =>
  (
    await service.api
      .get(`/v1/subscriptions/${id}`)
      .set(as(keyOf('DZA', 'operator')))
      .expect(200)
  ).body;

const FILTERED = { filter: AREA, triggers: ['created', 'updated', 'closed', 'enter', 'leave'] };

describe('an agency whose filters take more than its share of a pass', () => {
  test('is evaluated apart: others are alerted first, and it misses nothing', async () => {
    const slow = await steps.subscribe('DZA', FILTERED);
    const other = await steps.subscribe('LBY', {
      crossing: 'bouchebka',
      withinMetres: 5000,
      triggers: ['created'],
    });
    const own = await steps.subscribe('DZA', {
      crossing: 'bouchebka',
      withinMetres: 5000,
      triggers: ['created'],
    });
    const evaluation = impatient();
    const first = await steps.report({ at });
    await evaluate(evaluation);
    expect(await triggersOf('DZA', slow)).toEqual(['created', 'enter']);

    await steps.report({ at });
    await evaluate(evaluation);
    await steps.move(first, [lon + 3, lat]);
    await evaluate(evaluation);
    // those of places are not slow
    for (const [country, id] of [
      ['LBY', other],
      ['DZA', own],
    ] as const)
      expect(await triggersOf(country, id)).toEqual(['created', 'created']);
    expect(await triggersOf('DZA', slow)).toEqual(['created', 'enter']);
    await evaluate(apart(PATIENT));
    expect(await triggersOf('DZA', slow)).toEqual(['created', 'enter', 'created', 'enter', 'leave']);
    // the second report was alerted before, and its alert says more now; it is through with the writes, and takes part again
    await steps.report({ at });
    await evaluate(alertEvaluation(service.db, warn));
    expect((await triggersOf('DZA', slow)).slice(5)).toEqual(['created', 'enter']);
  });

  test('alone is held back, also where several countries see the same', async () => {
    const slow = await steps.subscribe('DZA', FILTERED);
    const quick = await steps.subscribe('LBY', FILTERED);
    const evaluation = impatient();
    await steps.report({ at });
    await evaluate(evaluation);
    await asTableOwner(
      service.db,
      sql`
      INSERT INTO base.alert_queue (incident, audience_before, closes, agency)
      SELECT m.incident, 15, false, s.agency FROM base.subscription_match AS m
      JOIN base.subscription AS s ON s.id = m.subscription WHERE s.id = ${slow}`,
    );
    await steps.report({ at });
    await evaluate(alertEvaluation(service.db, warn));
    expect(await triggersOf('LBY', quick)).toEqual(['created', 'enter', 'created', 'enter']);
    expect(await triggersOf('DZA', slow)).toEqual(['created', 'enter']);
    await evaluate(apart(PATIENT));
    expect(await triggersOf('DZA', slow)).toEqual(['created', 'enter', 'updated', 'created', 'enter']);
  });
});

test('an agency with much to compile is evaluated apart first', async () => {
  const long = (n: number) => `description <> '${n} ${'x'.repeat(3000)}'`;
  const ids = [
    await steps.subscribe('DZA', { filter: long(1), triggers: ['created'] }),
    await steps.subscribe('DZA', { filter: long(2), triggers: ['created'] }),
  ];
  const quick = await steps.subscribe('LBY', FILTERED);
  await steps.report({ at, description: 'A car.' });
  await evaluate(alertEvaluation(service.db, warn));
  expect(await triggersOf('LBY', quick)).toEqual(['created', 'enter']);
  for (const id of ids) expect(await triggersOf('DZA', id)).toEqual([]);
  await evaluate(apart(PATIENT));
  for (const id of ids) expect(await triggersOf('DZA', id)).toEqual(['created']);
  await steps.report({ at, description: 'A car.' });
  await evaluate(alertEvaluation(service.db, warn));
  for (const id of ids) expect(await triggersOf('DZA', id)).toEqual(['created', 'created']);
});

/** Two reports: the first one shows that the agency is slow, the second one is evaluated apart. */
async function fallBehind(): Promise<void> {
  const evaluation = impatient();
  for (let n = 0; n < 2; n++) {
    await steps.report({ at });
    await evaluate(evaluation);
  }
}

describe('a subscription whose filter costs too much', () => {
  test('is suspended, and its agency is told, with the way to resume', async () => {
    const id = await steps.subscribe('DZA', FILTERED);
    await fallBehind();
    await evaluate(apart({ ...PATIENT, filterMs: noTime() }));
    expect(await triggersOf('DZA', id)).toEqual(['created', 'enter', 'suspended']);
    expect(await find(id)).toMatchObject({
      enabled: false,
      revision: 2,
      suspended: {
        at: expect.stringMatching(/Z$/),
        reason: 'filter-too-costly',
        milliseconds: expect.any(Number),
        incidents: 1,
      },
    });
    await steps.report({ at });
    await evaluate(alertEvaluation(service.db, warn));
    expect(await triggersOf('DZA', id)).toEqual(['created', 'enter', 'suspended']);

    await steps.change('DZA', id, { enabled: true }).expect(200);
    expect(await find(id)).toMatchObject({ enabled: true, suspended: null });
    await steps.report({ at });
    await evaluate(alertEvaluation(service.db, warn));
    expect((await triggersOf('DZA', id)).slice(3)).toEqual(['created', 'enter']);
  });

  test('leaves the others of its agency as they are', async () => {
    const [costly, place] = [
      await steps.subscribe('DZA', FILTERED),
      await steps.subscribe('DZA', { crossing: 'bouchebka', withinMetres: 5000, triggers: ['created'] }),
    ];
    await fallBehind();
    await evaluate(apart({ ...PATIENT, filterMs: noTime() }));
    expect((await find(costly)).suspended).not.toBeNull();
    expect(await find(place)).toMatchObject({ enabled: true, suspended: null });
    expect(await triggersOf('DZA', place)).toEqual(['created', 'created']);
  });

  test('is the dearest one where an agency falls too far behind, and only after its alerts', async () => {
    const cheap = await steps.subscribe('DZA', { filter: "kind = 'fire'", triggers: ['created'] });
    const costly = await steps.subscribe('DZA', {
      filter: Array.from({ length: 90 }, (_, n) => `CASEI(description) LIKE CASEI('%q${n}%')`)
        .concat("kind <> 'fire'")
        .join(' OR '),
      triggers: ['created'],
    });
    await steps.report({ at, description: 'Vehicles on the track. '.repeat(20) });
    await evaluate(impatient());
    const evaluation = impatient();
    await steps.report({ at, description: 'Vehicles on the track. '.repeat(20) });
    await evaluate(evaluation);
    await steps.report({ at, description: 'Vehicles on the track. '.repeat(20) });
    await evaluate(evaluation);
    await evaluate(apart({ ...PATIENT, behindMs: -1 }));
    const states = [await find(cheap), await find(costly)];
    expect(states.filter(({ enabled }) => !enabled).map(({ id }) => id)).toEqual([costly]);
    expect(await triggersOf('DZA', costly)).toEqual(['created', 'created', 'created', 'suspended']);
  });

  test('is not suspended if it was changed meanwhile', async () => {
    const id = await steps.subscribe('DZA', FILTERED);
    const incident = await steps.report({ at });
    const suspend = (revision: number) =>
      service.db.maintain<{ done: boolean }>(
        'tripoint_alerter',
        sql`SELECT base.suspend_subscription(${id}::uuid, ${revision}::int, 300, ${[incident]}::uuid[]) AS done`,
      );
    await steps.change('DZA', id, { name: 'Another name' }).expect(200);
    expect(await suspend(1)).toEqual([{ done: false }]);
    expect(await suspend(2)).toEqual([{ done: true }]);
  });
});

test('a filter that runs too long is ended, and its agency evaluated apart', async () => {
  if (service.isEmbedded) return; // nothing ends a statement there
  const costly = await steps.subscribe('DZA', {
    filter: Array.from({ length: 90 }, (_, n) => `CASEI(description) LIKE CASEI('%q${n}%')`).join(' OR '),
    triggers: ['created'],
  });
  const quick = await steps.subscribe('LBY', FILTERED);
  for (let n = 0; n < 10; n++)
    await steps.report({ at, description: 'Vehicles on the track, seen from the tower. '.repeat(10) });
  await evaluate(alertEvaluation(service.db, warn, 1));
  const queued = await asTableOwner<{ agency: string }>(
    service.db,
    sql`SELECT DISTINCT q.agency FROM base.alert_queue AS q`,
  );
  expect(queued.map(({ agency }) => agency)).toContain((await find(costly)).agency);
  await evaluate(apart(PATIENT));
  expect(await triggersOf('LBY', quick)).toHaveLength(20);
});
