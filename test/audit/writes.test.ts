import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { sql } from '../../src/db/sql.ts';
import { ask, asTableOwner, type Entry } from '../support/audit.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { agreeZone, approve } from '../support/builders.zones.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const TUN = { country: 'TUN', agency: agencyOf(keyOf('TUN', 'reporter')), roles: [] } as const;
const reporter = () => as(keyOf('TUN', 'reporter'));
const put = (id: string, incident: object, headers = reporter()) =>
  ask(service, { path: `/incidents/${id}`, method: 'put', headers, body: incident });

const about = (target: string) =>
  asTableOwner<Entry>(
    service.db,
    sql`SELECT e.action, e.agency, e.country, e.operation, e.row_count, e.shares, e.detail FROM base.audit_entry AS e
        WHERE e.target = ${target} AND e.action NOT LIKE 'read%' ORDER BY e.id`,
  );

test('an entry says who wrote what, through which operation, and for what purpose', async () => {
  const id = uuidv7();
  const { entries } = await ask(service, {
    path: `/incidents/${id}`,
    method: 'put',
    headers: { ...reporter(), 'X-Purpose': 'Joint exercise' },
    body: anIncident({ description: 'Three trucks without lights' }),
  });
  expect(entries).toEqual([
    {
      action: 'create',
      agency: 'tun-garde-nationale',
      country: 'TUN',
      key_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      subject: null,
      roles: ['reporter'],
      operation: 'putIncident',
      method: 'put',
      collection: 'incidents',
      target: id,
      row_count: 1,
      shares: [0, 0, 1],
      purpose: 'Joint exercise',
      outcome: 'done',
      detail: null,
      filter_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
  expect(JSON.stringify(entries)).not.toContain('trucks');
});

describe('a request that writes nothing', () => {
  test('because its content exists leaves the entry of a read', async () => {
    const id = uuidv7();
    await put(id, anIncident());
    const { status, entries } = await put(id, anIncident());
    expect(status).toBe(200);
    expect(entries.map(({ action }) => action)).toEqual(['read', 'read-end']);
  });

  test('because it is refused leaves an entry of its reads', async () => {
    const id = uuidv7();
    await put(id, anIncident({ tlp: 'AMBER', releasableTo: ['DZA'] }));
    const { status, entries } = await ask(service, {
      path: `/incidents/${id}/reports`,
      method: 'post',
      headers: as(keyOf('DZA', 'reporter')),
      body: { severity: 'extreme' },
    });
    expect(status).toBe(403);
    expect(entries).toMatchObject([
      { action: 'refused', outcome: '403', country: 'DZA', target: id, row_count: 1 },
    ]);
  });

  test('because the row is hidden leaves no entry', async () => {
    const id = uuidv7();
    await put(id, anIncident());
    const { status, entries } = await ask(service, {
      path: `/incidents/${id}/reports`,
      method: 'post',
      headers: as(keyOf('LBY', 'reporter')),
      body: { text: 'What is there?' },
    });
    expect({ status, entries }).toEqual({ status: 404, entries: [] });
  });

  test('because its transaction is rolled back leaves no entry', async () => {
    const id = uuidv7();
    await put(id, anIncident());
    const failing = service.db.transaction(TUN, async (tx) => {
      await tx.query(sql`UPDATE incident SET severity = 'extreme' WHERE id = ${id}`);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await about(id)).toMatchObject([{ action: 'create' }]);
  });
});

test('a label change is recorded with the old and the new label', async () => {
  const id = uuidv7();
  await put(id, anIncident({ tlp: 'AMBER+STRICT' }));
  await service.db.query(
    { ...TUN, roles: ['coordinator'] },
    sql`UPDATE incident SET tlp = 'AMBER', releasable_to = '{DZA,LBY}' WHERE id = ${id}`,
  );
  expect(await about(id)).toMatchObject([
    { action: 'create', detail: null },
    { action: 'change', detail: 'AMBER+STRICT → AMBER DZA LBY' },
  ]);
});

test('an import leaves one entry per set, with the number of rows', async () => {
  const features = Array.from({ length: 30 }, (_, n) => anIncident({ at: [9 + n / 100, 34] }));
  const { entries } = await ask(service, {
    path: '/incidents/import',
    method: 'post',
    headers: { ...reporter(), 'Content-Type': 'application/geo+json' },
    body: JSON.stringify({ type: 'FeatureCollection', features }),
  });
  expect(entries).toMatchObject([
    { action: 'create', operation: 'importIncidents', row_count: 30, target: null },
  ]);
});

describe('a joint zone', () => {
  const make = (query: string) =>
    ask(service, {
      path: `/zones${query}`,
      method: 'post',
      headers: as(keyOf('TUN', 'operator')),
      body: aZone({ participants: ['DZA', 'TUN'], tlp: 'CLEAR' }),
    });
  const told = (entries: Entry[]) => entries.map(({ action, collection }) => [action, collection]).sort();

  test('is data of its own country as a draft, and of each participant from its proposal on', async () => {
    const draft = await make('');
    const proposal = await make('?propose=true');
    for (const { entries } of [draft, proposal])
      expect(told(entries)).toEqual([
        ['create', 'revisions'],
        ['create', 'zones'],
      ]);
    for (const { shares } of draft.entries) expect(shares).toEqual([0, 0, 1]);
    for (const { shares } of proposal.entries) expect(shares).toEqual([1, 0, 1]);
  });

  test('is non-CLEAR before it is agreed, with any label: reading it leaves entries', async () => {
    const { body } = await make('?propose=true');
    const read = (path: string) => ask(service, { path, headers: as(keyOf('DZA', 'reader')) });
    const path = `/zones/${body.id}`;
    expect((await read(path)).entries).toMatchObject([{ action: 'read', shares: [1, 0, 1] }, {}]);
    await approve(service.api, body);
    expect((await read(path)).entries).toEqual([]);
    // what the countries decided stays between them
    expect((await read(`${path}/consents`)).entries).toMatchObject([
      { action: 'read', row_count: 2, shares: [2, 0, 2] },
      {},
    ]);
  });
});

test('a write whose answer shows a zone leaves the entry of a read too', async () => {
  const at: [number, number] = [11.4, 32.4];
  await agreeZone(service.api, 'LBY', {
    participants: ['LBY', 'TUN'],
    tlp: 'AMBER+STRICT',
    geometry: aSquare(at),
  });
  const { body, entries } = await put(uuidv7(), anIncident({ at }));
  expect(body.properties.zones).toHaveLength(1);
  expect(entries).toMatchObject([
    { action: 'create', collection: 'incidents', shares: [0, 0, 1] },
    { action: 'read', row_count: 1, shares: [0, 1, 1] },
    { action: 'read-end' },
  ]);
});

test('of a key neither the key nor its hash is in the log', async () => {
  const { body, entries } = await ask(service, {
    path: '/keys',
    method: 'post',
    headers: as(keyOf('TUN', 'admin')),
    body: { agency: 'tun-douane', roles: ['reader'], name: 'QGIS of the duty desk' },
  });
  expect(entries).toMatchObject([{ action: 'create', collection: 'keys', target: body.id }]);
  const log = await asTableOwner(service.db, sql`SELECT e::text AS entry FROM base.audit_entry AS e`);
  const hash = createHash('sha256').update(body.key).digest('hex');
  for (const word of [body.key, hash, 'duty desk']) expect(JSON.stringify(log)).not.toContain(word);
});

test('a write that bypasses the service leaves an entry without an actor', async () => {
  const id = uuidv7();
  await put(id, anIncident());
  await asTableOwner(service.db, sql`UPDATE base.incident SET severity = 'minor' WHERE id = ${id}`);
  await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${id}`);
  expect(await about(id)).toMatchObject([
    { action: 'create', agency: 'tun-garde-nationale' },
    { action: 'change', agency: null, country: null, operation: null },
    { action: 'remove', agency: null, shares: [0, 0, 1] },
  ]);
});

test('no entry has the request of an earlier user of the connection', async () => {
  const requests = Array.from({ length: 6 }, (_, n) => {
    const country = (['DZA', 'LBY', 'TUN'] as const)[n % 3]!;
    return put(uuidv7(), anIncident({ at: [9.6, 31 + n / 100] }), as(keyOf(country, 'reporter'))).then(
      ({ entries }) => ({ country, entries }),
    );
  });
  for (const { country, entries } of await Promise.all(requests))
    expect(entries).toMatchObject([{ action: 'create', country }]);
});
