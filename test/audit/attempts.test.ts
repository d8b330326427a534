import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type supertest from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { type Attempt, type AttemptCount, attemptLog } from '../../src/audit/attempt.log.ts';
import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { auditStore } from '../../src/audit/audit.store.ts';
import type { CountryCode } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident, aZone } from '../support/builders.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: ReturnType<typeof supertest>;
let attempts: ReturnType<typeof attemptLog>;
const stranger = keyOf('DZA', 'reader');
const reporter = as(keyOf('TUN', 'reporter'));

beforeAll(async () => {
  service = await startService();
  attempts = attemptLog({ write: auditStore(service.db).writeAttempts });
  api = service.apiWith({ audit: { reads: service.reads, attempts } });
});
afterAll(() => service.stop());

const owner = <Row>(statement: ReturnType<typeof sql>) => asTableOwner<Row>(service.db, statement);

async function hidden(tlp = 'AMBER+STRICT'): Promise<string> {
  const { body } = await api.post('/v1/incidents').set(reporter).send(anIncident({ tlp })).expect(201);
  return body.id;
}

/** Ends the current hour for the counts, and seals what follows from that. */
async function endHour(): Promise<void> {
  await attempts.flush();
  await owner(sql`UPDATE base.refused_attempt SET hour = hour - interval '2 hours'`);
  // the first pass moves them to the log, the second one seals them
  await auditStore(service.db).seal();
  await auditStore(service.db).seal();
}

interface Entry {
  id: string;
  action: string;
  [name: string]: unknown;
}
const last: Partial<Record<CountryCode, string>> = {};

/** The attempts that an auditor sees and has not seen before. */
async function attemptsSeenBy(country: CountryCode): Promise<Entry[]> {
  const after = last[country] ? `&after=${last[country]}` : '';
  const { body } = await api
    .get(`/v1/audit?limit=1000${after}`)
    .set(as(keyOf(country, 'auditor')))
    .expect(200);
  last[country] = body.entries.at(-1)?.id ?? last[country];
  return body.entries.filter(({ action }: Entry) => action === 'attempts');
}

describe('refused attempts at a row', () => {
  test('are with the auditors of its owner, by key, hour and collection, and with nobody else', async () => {
    const [one, other] = [await hidden(), await hidden()];
    for (const id of [one, one, other]) await api.get(`/v1/incidents/${id}`).set(as(stranger)).expect(404);
    await api.get(`/v1/collections/incidents/items/${one}`).set(as(stranger)).expect(404);
    await endHour();
    expect(await attemptsSeenBy('TUN')).toEqual([
      {
        id: expect.any(String),
        at: expect.any(String),
        action: 'attempts',
        agency: agencyOf(stranger),
        country: 'DZA',
        key: expect.stringMatching(/^[0-9a-f-]{36}$/),
        subject: null,
        roles: null,
        operation: null,
        collection: 'incidents',
        target: null,
        rows: 4,
        countries: ['TUN'],
        outcome: '404',
        detail: expect.stringMatching(/^hour \d{4}-\d\d-\d\dT\d\d:00:00Z, 2 objects$/),
        purpose: null,
        requestId: null,
        filterHash: null,
      },
    ]);
    expect(await attemptsSeenBy('DZA')).toEqual([]);
    expect(await attemptsSeenBy('LBY')).toEqual([]);
    expect(await auditChain(service.db).verify()).not.toHaveProperty('broken');
  });

  test('that does not exist leave nothing', async () => {
    await api.get(`/v1/incidents/${uuidv7()}`).set(as(stranger)).expect(404);
    await api.get('/v1/zones/no-such-zone').set(as(stranger)).expect(404);
    await endHour();
    for (const country of ['DZA', 'LBY', 'TUN'] as const) expect(await attemptsSeenBy(country)).toEqual([]);
  });

  test('without a valid key, or without the role, are counted too', async () => {
    const id = await hidden();
    await api.get(`/v1/incidents/${id}`).set(as('tp_guess')).expect(401);
    await api.get(`/v1/incidents/${id}`).set(as('tp_another')).expect(401);
    await api.post(`/v1/incidents/${id}/reports`).send({}).expect(401);
    await api.put(`/v1/incidents/${id}/legal-hold`).set(as(stranger)).send({}).expect(403);
    await api.get(`/v1/incidents/${id}`).expect(404);
    await endHour();
    const seen = await attemptsSeenBy('TUN');
    const told = seen.map(({ agency, key, outcome, rows }) => [agency, typeof key, outcome, rows]);
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        [null, 'object', '401', 3],
        [null, 'object', '404', 1],
        [agencyOf(stranger), 'string', '403', 1],
      ]),
    );
  });

  test('named in a body, and rows of all kinds, are counted', async () => {
    const id = await hidden();
    const release = { collection: 'incidents', id, tlp: 'RED' };
    await api.post('/v1/release').set(as(stranger)).send(release).expect(404);
    const { body: report } = await api
      .post(`/v1/incidents/${id}/reports`)
      .set(reporter)
      .send({ text: 'Two vehicles seen.' })
      .expect(201);
    await api
      .post('/v1/release')
      .set(as(stranger))
      .send({ collection: 'reports', id: report.id, tlp: 'RED' })
      .expect(404);
    const { body: zone } = await api
      .post('/v1/zones')
      .set(as(keyOf('TUN', 'operator')))
      .send(aZone())
      .expect(201);
    await api.get(`/v1/zones/${zone.id}/incidents`).set(as(stranger)).expect(404);
    const [key] = await owner<{ id: string }>(sql`SELECT id FROM base.api_key WHERE country = 'TUN' LIMIT 1`);
    await api
      .get(`/v1/keys/${key!.id}`)
      .set(as(keyOf('DZA', 'admin')))
      .expect(404);
    await endHour();
    const seen = await attemptsSeenBy('TUN');
    expect(seen.map(({ collection }) => collection).sort()).toEqual([
      'incidents',
      'keys',
      'reports',
      'zones',
    ]);
  });

  test('send nothing to the database before they are written together', async () => {
    const id = await hidden();
    await api.get(`/v1/incidents/${id}`).set(as(stranger)).expect(404);
    const counted = () => owner<{ attempts: number }>(sql`SELECT attempts FROM base.refused_attempt`);
    expect(await counted()).toEqual([]);
    await attempts.flush();
    expect(await counted()).toEqual([{ attempts: 1 }]);
    await endHour();
    await attemptsSeenBy('TUN');
  });

  test('of an hour are one entry, whichever process counted them', async () => {
    const id = await hidden();
    const second = attemptLog({ write: auditStore(service.db).writeAttempts });
    const other = service.apiWith({ audit: { reads: service.reads, attempts: second } });
    for (const one of [api, other]) await one.get(`/v1/incidents/${id}`).set(as(stranger)).expect(404);
    await second.flush();
    await endHour();
    expect(await attemptsSeenBy('TUN')).toMatchObject([{ rows: 2 }]);
  });

  test('that were not kept one by one are told to all three, as a number', async () => {
    const { writeAttempts } = auditStore(service.db);
    const few = attemptLog({ write: writeAttempts, mostOfOne: 1 });
    const flooded = service.apiWith({ audit: { reads: service.reads, attempts: few } });
    for (let n = 0; n < 4; n++) await flooded.get(`/v1/incidents/${uuidv7()}`).set(as(stranger)).expect(404);
    await few.flush();
    await endHour();
    for (const country of ['DZA', 'LBY', 'TUN'] as const)
      expect(await attemptsSeenBy(country)).toMatchObject([
        { rows: 3, detail: expect.stringMatching(/not kept one by one$/), agency: agencyOf(stranger) },
      ]);
  });
});

describe('the counts in memory', () => {
  const attempt = (keyId: string, target: string): Attempt => ({
    caller: { keyId, agency: 'a', country: 'DZA', roles: [] },
    status: 404,
    collection: 'incidents',
    target,
  });

  test('are bounded under a flood, which leaves room for others', async () => {
    const written: AttemptCount[] = [];
    const log = attemptLog({ write: async (counts) => void written.push(...counts) });
    for (let n = 0; n < 100_000; n++) log.note(attempt('flood', uuidv7()));
    log.note(attempt('other', 'x'));
    log.note(attempt('other', 'x'));
    await log.flush();
    const of = (key: string) => written.filter((count) => count.key === key);
    expect(of('flood')).toHaveLength(1001);
    expect(of('flood').filter(({ target }) => target === undefined)).toMatchObject([{ attempts: 99_000 }]);
    expect(of('other')).toMatchObject([{ target: 'x', attempts: 2, isNew: true }]);
  });

  test('are bounded in all', async () => {
    const written: AttemptCount[] = [];
    const log = attemptLog({ write: async (counts) => void written.push(...counts), mostInAll: 100 });
    for (let n = 0; n < 1000; n++) log.note(attempt(`key ${n % 10}`, `row ${n}`));
    await log.flush();
    expect(written.filter(({ target }) => target !== undefined)).toHaveLength(100);
    expect(written.reduce((sum, { attempts: some }) => sum + some, 0)).toBe(1000);
  });

  test('wait for a database that is away', async () => {
    const written: AttemptCount[] = [];
    let isAway = true;
    const log = attemptLog({
      async write(counts) {
        if (isAway) throw new Error('away');
        written.push(...counts);
      },
    });
    log.note(attempt('a', 'x'));
    await log.flush();
    log.note(attempt('a', 'x'));
    isAway = false;
    await log.flush();
    expect(written).toMatchObject([{ target: 'x', attempts: 2, isNew: true }]);
  });
});
