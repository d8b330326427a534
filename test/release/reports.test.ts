import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { ask } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { coordinatorOf, releaseSteps } from '../support/release.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const READERS = ['public', 'DZA', 'LBY', 'TUN'] as const;
const AMBER = (...releasableTo: string[]) => ({ tlp: 'AMBER', releasableTo });
const DZA = as(keyOf('DZA', 'reporter'));

const report = (incident: string, more: object = {}, headers = as(keyOf('TUN', 'reporter'))) =>
  steps.create(`/incidents/${incident}/reports`, { text: 'Seen.', ...more }, headers);
const read = async (incident: string, id: string, headers = as(keyOf('TUN', 'reader'))) =>
  (await service.api.get(`/v1/incidents/${incident}/reports/${id}`).set(headers)).body;

/** Who finds a report under its id, which must be those who find it in the list. */
async function readersOf(incident: string, id: string): Promise<string[]> {
  const found: string[] = [];
  for (const reader of READERS) {
    const headers = reader === 'public' ? {} : as(keyOf(reader, 'reader'));
    const { body } = await service.api.get(`/v1/incidents/${incident}/reports`).set(headers);
    const isListed = (body.reports ?? []).some((one: { id: string }) => one.id === id);
    const { status } = await service.api.get(`/v1/incidents/${incident}/reports/${id}`).set(headers);
    expect({ reader, status }).toEqual({ reader, status: isListed ? 200 : 404 });
    if (isListed) found.push(reader);
  }
  return found;
}

describe('a report is visible to those who may see both the incident and the report', () => {
  const cases: [incident: Record<string, unknown>, report: object, seenBy: string[]][] = [
    [{ tlp: 'CLEAR' }, {}, ['public', 'DZA', 'LBY', 'TUN']],
    [{ tlp: 'CLEAR' }, { tlp: 'GREEN' }, ['DZA', 'LBY', 'TUN']],
    [{ tlp: 'GREEN' }, AMBER('LBY'), ['LBY', 'TUN']],
    [{ tlp: 'GREEN' }, { tlp: 'AMBER+STRICT' }, ['TUN']],
    [{ tlp: 'GREEN' }, { tlp: 'RED' }, ['TUN']],
    [AMBER('LBY'), {}, ['LBY', 'TUN']],
    [AMBER('LBY'), { tlp: 'CLEAR' }, ['LBY', 'TUN']],
    [AMBER('LBY'), AMBER('DZA'), ['TUN']],
    [{ tlp: 'AMBER+STRICT' }, { tlp: 'CLEAR' }, ['TUN']],
    [{ tlp: 'RED' }, { tlp: 'CLEAR' }, ['TUN']],
  ];
  test.each(cases)('incident %j, report %j', async (incident, label, seenBy) => {
    const id = await steps.create('/incidents', anIncident(incident));
    expect(await readersOf(id, await report(id, label))).toEqual(seenBy);
  });

  test('RED is for the reporting agency, not for others of its country', async () => {
    const incident = await steps.create('/incidents', anIncident({ tlp: 'GREEN' }));
    const second = as(keyOf('TUN', 'reporter', { second: true }));
    const id = await report(incident, { tlp: 'RED' }, second);
    expect(await readersOf(incident, id)).toEqual([]);
    expect((await read(incident, id, second)).tlp).toBe('RED');
  });
});

test('every answer about reports has the label, its owner, and whether it follows the incident', async () => {
  const incident = await steps.create('/incidents', anIncident(AMBER('LBY')));
  const following = { owner: 'TUN', ...AMBER('LBY'), followsIncident: true };
  const own = { owner: 'TUN', tlp: 'AMBER+STRICT', releasableTo: [], followsIncident: false };
  const sent = await service.api
    .post(`/v1/incidents/${incident}/reports`)
    .set(as(keyOf('TUN', 'reporter')))
    .send({ text: 'Seen.' })
    .expect(201);
  expect(sent.body).toMatchObject(following);
  const second = await report(incident, { tlp: 'AMBER+STRICT' });
  expect(await read(incident, sent.body.id)).toMatchObject(following);
  expect(await read(incident, second)).toMatchObject(own);
  const { body } = await service.api.get(`/v1/incidents/${incident}/reports`).set(as(keyOf('TUN', 'reader')));
  expect(body.reports).toMatchObject([following, own]);
});

describe('when its incident is widened', () => {
  test('a report follows, unless it has its own label', async () => {
    const incident = await steps.create('/incidents', anIncident());
    const [following, own] = [await report(incident), await report(incident, { tlp: 'AMBER+STRICT' })];
    await steps.release(incident, { tlp: 'GREEN' });
    expect(await readersOf(incident, following)).toEqual(['DZA', 'LBY', 'TUN']);
    expect(await readersOf(incident, own)).toEqual(['TUN']);
    await steps.release(incident, AMBER('DZA'));
    expect(await readersOf(incident, following)).toEqual(['DZA', 'TUN']);
    expect(await readersOf(incident, own)).toEqual(['TUN']);
  });

  test('a report can be kept behind first, by its current label', async () => {
    const incident = await steps.create('/incidents', anIncident());
    const id = await report(incident);
    const kept = { collection: 'reports', tlp: 'AMBER+STRICT' } as const;
    expect(await steps.release(id, kept)).toMatchObject({
      body: { hasChanged: true },
      entries: [{ action: 'change', collection: 'reports', detail: 'as its incident → AMBER+STRICT' }],
    });
    expect((await steps.release(id, kept)).body).toMatchObject({ hasChanged: false });
    await steps.release(incident, { tlp: 'CLEAR' });
    expect(await readersOf(incident, id)).toEqual(['TUN']);
    expect(await read(incident, id)).toMatchObject({ tlp: 'AMBER+STRICT', followsIncident: false });
  });
});

describe('the label of a report', () => {
  const release = (id: string, tlp: string, headers: Record<string, string>) =>
    steps.release(id, { collection: 'reports', tlp }, headers as never);

  test('is widened by a coordinator of its own country and narrowed by its agency', async () => {
    const incident = await steps.create('/incidents', anIncident({ tlp: 'GREEN' }));
    const id = await report(incident, { tlp: 'AMBER+STRICT' });
    expect((await release(id, 'GREEN', as(keyOf('TUN', 'operator')))).status).toBe(403);
    expect(await release(id, 'GREEN', coordinatorOf('TUN'))).toMatchObject({
      status: 200,
      entries: [
        {
          action: 'change',
          collection: 'reports',
          target: `${incident}/${id}`,
          detail: 'AMBER+STRICT → GREEN',
        },
      ],
    });
    expect(await readersOf(incident, id)).toEqual(['DZA', 'LBY', 'TUN']);
    expect((await release(id, 'RED', as(keyOf('TUN', 'reader')))).status).toBe(200);
    expect(await readersOf(incident, id)).toEqual(['TUN']);
  });

  test('is its only mutable property', async () => {
    const caller = { country: 'TUN', agency: 'tun-garde-nationale', roles: ['coordinator'] } as const;
    await expect(service.db.query(caller, sql`UPDATE report SET text = 'Other.'`)).rejects.toThrow(
      /permission denied/,
    );
  });

  test.each([
    ['countries without AMBER', { tlp: 'GREEN', releasableTo: ['LBY'] }, 422],
    ['countries without a label', { releasableTo: ['LBY'] }, 422],
    ['an unknown label', { tlp: 'WHITE' }, 400],
  ])('is refused with %s', async (_, label, status) => {
    const incident = await steps.create('/incidents', anIncident());
    await service.api
      .post(`/v1/incidents/${incident}/reports`)
      .set(as(keyOf('TUN', 'reporter')))
      .send({ text: 'Seen.', ...label })
      .expect(status);
  });

  test('alone is not a report', async () => {
    const incident = await steps.create('/incidents', anIncident());
    const { body } = await service.api
      .post(`/v1/incidents/${incident}/reports`)
      .set(as(keyOf('TUN', 'reporter')))
      .send({ tlp: 'RED' })
      .expect(400);
    expect(body.detail).toMatch(/must say something/);
  });
});

describe('a report about an incident of another country', () => {
  test('belongs to the country of its agency, with the audience of that moment', async () => {
    const incident = await steps.create('/incidents', anIncident(AMBER('DZA')));
    const id = await report(incident, {}, DZA);
    expect(await read(incident, id)).toMatchObject({
      owner: 'DZA',
      agency: 'dza-gardes-frontieres',
      ...AMBER('TUN'),
      followsIncident: false,
    });
    await steps.release(incident, { tlp: 'GREEN' });
    expect(await readersOf(incident, id)).toEqual(['DZA', 'TUN']);
    expect((await steps.release(id, { collection: 'reports', tlp: 'GREEN' })).status).toBe(403);
    const widened = await steps.release(id, { collection: 'reports', tlp: 'GREEN' }, coordinatorOf('DZA'));
    expect(widened.status).toBe(200);
    expect(await readersOf(incident, id)).toEqual(['DZA', 'LBY', 'TUN']);
  });

  test('is hidden from its own country with the incident', async () => {
    const incident = await steps.create('/incidents', anIncident(AMBER('DZA')));
    const id = await report(incident, {}, DZA);
    await steps.release(incident, { tlp: 'AMBER+STRICT' });
    expect(await readersOf(incident, id)).toEqual(['TUN']);
  });

  test('is visible to the owner country of the incident with any label', async () => {
    const incident = await steps.create('/incidents', anIncident({ tlp: 'GREEN' }));
    const id = await report(incident, { tlp: 'AMBER+STRICT' }, DZA);
    expect(await readersOf(incident, id)).toEqual(['DZA', 'TUN']);
  });

  test('that is RED leaves no trace for others, neither in the incident nor in the log', async () => {
    const incident = await steps.create('/incidents', anIncident({ tlp: 'GREEN' }));
    const before = await service.api.get(`/v1/incidents/${incident}`).set(as(keyOf('TUN', 'reader')));
    const { status, body, entries } = await ask(service, {
      path: `/incidents/${incident}/reports`,
      method: 'post',
      headers: DZA,
      body: { text: 'For us.', tlp: 'RED' },
    });
    expect(status).toBe(201);
    expect(entries).toMatchObject([{ action: 'create', collection: 'reports', shares: [1, 0, 0] }]);
    expect(await readersOf(incident, body.id)).toEqual(['DZA']);
    const after = await service.api.get(`/v1/incidents/${incident}`).set(as(keyOf('TUN', 'reader')));
    expect(after.body).toEqual(before.body);
    const list = await ask(service, { path: `/incidents/${incident}/reports`, headers: DZA });
    expect(list.entries).toMatchObject([{ row_count: 1, shares: [1, 0, 0] }, {}]);
  });
});

test('reading a non-CLEAR report about a CLEAR incident leaves an entry', async () => {
  const incident = await steps.create('/incidents', anIncident({ tlp: 'CLEAR' }));
  await report(incident, {});
  const path = `/incidents/${incident}/reports`;
  const headers = as(keyOf('LBY', 'reader'));
  expect((await ask(service, { path, headers })).entries).toEqual([]);
  await report(incident, { tlp: 'GREEN' });
  expect((await ask(service, { path, headers })).entries).toMatchObject([
    { action: 'read', row_count: 1, shares: [0, 0, 1] },
    { action: 'read-end' },
  ]);
});
