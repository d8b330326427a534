import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditStore } from '../../src/audit/audit.store.ts';
import { sql } from '../../src/db/sql.ts';
import { addAlert } from '../support/alerts.ts';
import { asTableOwner } from '../support/audit.ts';
import { readPages } from '../support/builders.pages.ts';
import { anIncident } from '../support/builders.ts';
import { callerOf } from '../support/callers.ts';
import { assess } from '../support/impact.ts';
import { releaseSteps } from '../support/release.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { AGENCY, COMING, LEAVING, OTHER, shiftSteps } from '../support/shifts.ts';

let service: TestService;
let steps: ReturnType<typeof shiftSteps>;
let release: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = shiftSteps(service);
  release = releaseSteps(service);
});
afterAll(() => service.stop());

const ALGERIA = as(keyOf('DZA', 'reporter'));
const AUDITOR = callerOf('TUN', 'auditor').headers;
const me = async (headers: Record<string, string>) =>
  (await service.api.get('/v1/me').set(headers).expect(200)).body.key as string;
const seal = async () => {
  while (await auditStore(service.db).seal());
};
const create = (more: Record<string, unknown> = {}, headers = LEAVING) =>
  release.create('/incidents', anIncident(more), headers);

interface Entry {
  id: string;
  kind: 'note' | 'act';
  at: string;
  by: string;
  text: string | null;
  operation: string | null;
  target: string | null;
}
const entriesOf = async (id: string, headers: Record<string, string> = LEAVING): Promise<Entry[]> => {
  await seal();
  return (await steps.get(`/${id}/entries`, headers).expect(200)).body.entries;
};

describe('a shift', () => {
  test('is opened at a post of a crossing, handed over and closed', async () => {
    const place = { kind: 'post', name: 'Exercise entry', crossing: 'ras-ajdir' };
    const sent = await steps.send('', { place }).expect(201);
    const { body } = sent;
    expect(sent.headers.location).toBe(`/v1/shifts/${body.id}`);
    const key = await me(LEAVING);
    const opened = {
      id: expect.any(String),
      agency: AGENCY,
      place,
      state: 'open',
      previous: null,
      openedAt: expect.stringMatching(/Z$/),
      openedBy: key,
      offeredAt: null,
      offeredBy: null,
      closedAt: null,
      closedBy: null,
    };
    expect(body).toEqual(opened);
    expect((await steps.get('?crossing=ras-ajdir&state=open').expect(200)).body.shifts).toEqual([body]);
    const offered = await steps.offer(body.id, { remark: 'The barrier is out of order.' });
    const confirmed = await steps.confirm(body.id).expect(200);
    expect(confirmed.body).toEqual({
      ...offered,
      state: 'closed',
      remark: 'The barrier is out of order.',
      offeredBy: key,
      closedAt: expect.stringMatching(/Z$/),
      closedBy: await me(COMING),
      isComplete: true,
      items: [],
    });
    expect((await steps.get(`/${body.id}/handover`).expect(200)).body).toEqual(confirmed.body);
    expect((await steps.get(`/${body.id}`).expect(200)).body).toMatchObject({
      state: 'closed',
      closedAt: confirmed.body.closedAt,
    });
  });

  test.each([
    ['an unknown crossing', { kind: 'post', name: 'Exercise', crossing: 'nowhere' }, 422],
    ['the name of a person', { kind: 'post', name: 'Ahmed Ben Salah' }, 422],
    ['an empty name', { kind: 'post', name: ' ' }, 400],
    ['another kind of place', { kind: 'ship', name: 'Exercise' }, 400],
    ['an unknown property', { kind: 'post', name: 'Exercise', officer: 'x' }, 400],
  ])('with %s is refused', async (_, place, status) => {
    await steps.send('', { place }).expect(status);
  });

  test.each([
    ['a phone number', '+216 20 123 456', 422],
    ['nothing', '  ', 400],
    ['more than a note holds', 'x'.repeat(1001), 400],
  ])('takes no note with %s', async (_, text, status) => {
    const { id } = await steps.open();
    await steps.send(`/${id}/entries`, { text }).expect(status);
    await steps.send(`/${id}/handover`, { remark: text }).expect(status);
  });

  test('is in the list of its agency, and of the auditors of its country', async () => {
    const { id } = await steps.open(OTHER);
    const listed = async (headers: Record<string, string>, query = '') =>
      (await readPages(service.api, `/v1/shifts?limit=2${query}`, headers))
        .flatMap(({ shifts }) => shifts.map((shift: { id: string }) => shift.id))
        .includes(id);
    expect(await listed(OTHER)).toBe(true);
    expect(await listed(AUDITOR)).toBe(true);
    expect(await listed(AUDITOR, `&agency=${AGENCY}`)).toBe(false);
    expect(await listed(LEAVING)).toBe(false);
    expect(await listed(callerOf('DZA', 'auditor').headers)).toBe(false);
  });
});

describe('its entries', () => {
  test('are the notes, and what the agency did meanwhile', async () => {
    await create();
    const { id } = await steps.open();
    const { text, by } = await steps.note(id, 'Lane 2 is closed.');
    expect([text, by]).toEqual(['Lane 2 is closed.', await me(LEAVING)]);
    const incident = await create({}, COMING);
    await service.api
      .post(`/v1/incidents/${incident}/reports`)
      .set(LEAVING)
      .send({ severity: 'severe' })
      .expect(201);
    await create({}, OTHER);
    await service.api
      .post('/v1/keys')
      .set(callerOf('TUN', 'admin').headers)
      .send({ agency: AGENCY, roles: ['reader'] });
    await steps.offer(id);
    await steps.confirm(id).expect(200);
    await create();
    const entries = await entriesOf(id, COMING);
    expect(entries.map(({ kind, operation, text, target }) => [kind, text ?? operation, target])).toEqual([
      ['note', 'Lane 2 is closed.', null],
      ['act', 'createIncident', incident],
      ['act', 'addReport', expect.stringContaining(incident)],
      ['act', 'addReport', incident],
    ]);
    expect(entries[1]!.by).toBe(await me(COMING));
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => Date.parse(one) - Date.parse(other)));
    expect(await entriesOf(id, AUDITOR)).toEqual(entries);
  });

  test('come in pages', async () => {
    const { id } = await steps.open();
    for (const n of [1, 2, 3]) {
      await steps.note(id, `Round ${n}.`);
      await create();
    }
    const all = await entriesOf(id);
    expect(all).toHaveLength(6);
    const pages = await readPages(service.api, `/v1/shifts/${id}/entries?limit=1`, LEAVING);
    expect(pages.flatMap(({ entries }) => entries)).toEqual(all);
  });
});

describe('a handover', () => {
  const ask = async (incident: string, to: string) => {
    const body = { kind: 'information', to: [to], dueAt: '2099-01-01T00:00:00Z', text: 'Which road?' };
    return release.create(`/incidents/${incident}/requests`, body, ALGERIA);
  };
  const items = async (id: string, headers: Record<string, string> = LEAVING) => {
    const { body } = await steps.get(`/${id}/handover`, headers).expect(200);
    return body.items as { kind: string; id: string; incident: string | null; dueAt: string | null }[];
  };
  const narrow = (id: string) =>
    release.release(id, { tlp: 'AMBER+STRICT' }, as(keyOf('DZA', 'coordinator')));

  test('lists distress, requests and alerts that are open, as far as each reader sees them', async () => {
    const { id } = await steps.open();
    const distress = await create({ kind: 'distress', at: [8.42, 35.2] });
    const theirs = await create({ tlp: 'GREEN' }, ALGERIA);
    const owed = await ask(theirs, 'TUN');
    const done = await ask(theirs, AGENCY);
    await service.api.patch(`/v1/requests/${done}`).set(LEAVING).send({ state: 'fulfilled' }).expect(200);
    await ask(theirs, 'tun-douane');
    const alert = await addAlert(service, AGENCY, theirs);
    const known = await addAlert(service, AGENCY, theirs);
    await service.api.post(`/v1/alerts/${known}/acknowledgement`).set(LEAVING).expect(200);
    const { items: offered, isComplete } = await steps.offer(id);
    const statement = sql`SELECT n.id FROM base.distress_notice AS n WHERE n.incident = ${distress}`;
    const [notice] = await asTableOwner<{ id: string }>(service.db, statement);
    expect(isComplete).toBe(true);
    expect(offered).toEqual(await items(id));
    expect(offered.map(({ kind, id, incident }: Record<string, string>) => [kind, id, incident])).toEqual([
      ['alert', alert, theirs],
      ['distress', notice!.id, distress],
      ['request', owed, theirs],
    ]);
    expect(offered[0]).toMatchObject({ overdue: true });
    expect(offered[2]).toMatchObject({ dueAt: '2099-01-01T00:00:00Z', overdue: false });
    await steps.confirm(id).expect(200);

    // the next shift takes over what is still open
    await narrow(theirs);
    expect((await items(id)).map(({ kind }) => kind)).not.toContain('request');
    const next = await steps.open(undefined, (await steps.get(`/${id}`)).body.place);
    const taken = await steps.offer(next.id);
    expect(taken.items.map(({ id }: { id: string }) => id)).toContain(notice!.id);
    expect(taken.items.map(({ id }: { id: string }) => id)).not.toContain(owed);
    // of alerts auditors of other agencies see nothing
    const auditor = await items(id, AUDITOR);
    expect(auditor.map(({ id }) => id)).toContain(notice!.id);
  });

  test('takes alerts over from the shift before, and no older ones', async () => {
    const incident = await create();
    const old = await addAlert(service, AGENCY, incident);
    const { id, place } = await steps.open();
    const alert = await addAlert(service, AGENCY, incident);
    const alerts = async (shift: string) =>
      (await items(shift)).filter(({ kind }) => kind === 'alert').map((item) => item.id);
    await steps.offer(id);
    expect(await alerts(id)).toEqual([alert]);
    await steps.confirm(id).expect(200);
    const next = await steps.open(COMING, place);
    await steps.offer(next.id);
    expect(await alerts(next.id)).toEqual([alert]);
    await service.api.post(`/v1/alerts/${alert}/acknowledgement`).set(LEAVING).expect(200);
    await steps.withdraw(next.id).expect(204);
    await steps.offer(next.id);
    expect(await alerts(next.id)).toEqual([]);
    expect(await alerts(next.id)).not.toContain(old);
  });

  test('loses the items of an incident that is purged', async () => {
    const { id } = await steps.open();
    const incident = await create();
    const alert = await addAlert(service, AGENCY, incident);
    const { items: offered } = await steps.offer(id);
    expect(offered.map(({ id }: { id: string }) => id)).toContain(alert);
    await steps.confirm(id).expect(200);
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${incident}`);
    const statement = sql`SELECT i.id FROM base.shift_item AS i WHERE i.id = ${alert}`;
    expect(await asTableOwner(service.db, statement)).toEqual([]);
    expect((await items(id)).map(({ id }) => id)).not.toContain(alert);
  });

  test('lists the reactions that the level of a segment asks of its country', async () => {
    await assess(service, 'TUN', 'DZA-TUN-03', { level: 'high' });
    const reactionsOf = async (headers: Record<string, string>) => {
      const { id } = await steps.open(headers);
      const { items: offered } = await steps.offer(id, {}, headers);
      return offered.filter(({ kind }: { kind: string }) => kind === 'reaction');
    };
    const reactions = await reactionsOf(LEAVING);
    expect(reactions.length).toBeGreaterThan(0);
    for (const { segment, dueAt } of reactions)
      expect([segment, Date.parse(dueAt) > Date.now()]).toEqual(['DZA-TUN-03', true]);
    expect(await reactionsOf(ALGERIA)).toEqual([]);
  });
});
