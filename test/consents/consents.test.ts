import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CountryCode, ROLES } from '../../src/core/caller.ts';
import { Sql, sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { settled } from '../support/feed.ts';
import { decideJoint, inHours, proposeJoint } from '../support/proposals.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const read = (id: string, country: CountryCode = 'DZA') =>
  service.api.get(`/v1/proposals/${id}`).set(as(keyOf(country, 'reader')));
const no = { decision: 'refuse', reason: 'Too wide.' };

describe('a joint proposal', () => {
  test('is agreed by the last participant that approves it, and shows each decision', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    expect((await read(id)).body).toMatchObject({
      id,
      state: 'proposed',
      awaiting: ['DZA', 'TUN'],
      decisions: [],
    });
    const first = await decideJoint(service, id, 'TUN').expect(201);
    expect(first.headers.location).toBe(`/v1/proposals/${id}`);
    expect(first.body).toMatchObject({ state: 'proposed', awaiting: ['DZA'], agreedAt: null });
    const { body } = await decideJoint(service, id, 'DZA').expect(201);
    expect(body).toMatchObject({ state: 'agreed', awaiting: [], agreedAt: expect.any(String) });
    expect(body.decisions.map((one: { country: string }) => one.country)).toEqual(['TUN', 'DZA']);
    expect((await read(id, 'TUN')).body).toEqual(body);
  });

  test('ends when a participant refuses it, and says why', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    const { body } = await decideJoint(service, id, 'TUN', { decision: 'refuse' }).expect(422);
    expect(body.code).toBe('input-invalid');
    await decideJoint(service, id, 'TUN', no).expect(201);
    expect((await read(id)).body).toMatchObject({
      state: 'refused',
      endedAt: expect.any(String),
      decisions: [{ country: 'TUN', reason: 'Too wide.' }],
    });
    const late = await decideJoint(service, id, 'DZA').expect(409);
    expect(late.body.code).toBe('proposal-not-open');
  });

  test('ends when a participant withdraws, also after it was agreed', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    const { body } = await decideJoint(service, id, 'TUN', { decision: 'withdraw' }).expect(409);
    expect(body.code).toBe('approval-not-given');
    for (const country of ['DZA', 'TUN'] as const) await decideJoint(service, id, country).expect(201);
    await decideJoint(service, id, 'TUN', { decision: 'withdraw' }).expect(201);
    expect((await read(id)).body.state).toBe('withdrawn');
  });

  test('exists for its participants alone', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    await read(id, 'TUN').expect(200);
    await read(id, 'LBY').expect(404);
    await decideJoint(service, id, 'LBY').expect(404);
    await service.api.get(`/v1/proposals/${id}`).expect(401);
    const { body } = await service.api.get('/v1/proposals?limit=1000').set(as(keyOf('LBY', 'reader')));
    expect(body.proposals).toEqual([]);
  });

  test('is decided about by coordinators alone', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    for (const role of ROLES.filter((one) => one !== 'coordinator'))
      await service.api
        .post(`/v1/proposals/${id}/consents`)
        .set(as(keyOf('TUN', role)))
        .send({ decision: 'approve' })
        .expect(403);
  });

  test('waits in the list of its participants until they decide', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN'], { openUntil: inHours(1) });
    const waiting = async (country: CountryCode) => {
      const { body } = await service.api
        .get('/v1/consents/waiting?limit=1')
        .set(as(keyOf(country, 'coordinator')))
        .expect(200);
      expect(body.type).toBe('FeatureCollection');
      return body.proposals.map((one: { id: string }) => one.id).includes(id);
    };
    expect([await waiting('DZA'), await waiting('TUN'), await waiting('LBY')]).toEqual([true, true, false]);
    await decideJoint(service, id, 'TUN').expect(201);
    expect([await waiting('DZA'), await waiting('TUN')]).toEqual([true, false]);
  });

  test('is listed by state, subject and page', async () => {
    const subject = 'a procedure for lists';
    const made = [];
    for (const hours of [2, 1])
      made.push(await proposeJoint(service, 'TUN', ['DZA', 'TUN'], { subject, openUntil: inHours(hours) }));
    const list = async (query: string) =>
      (await service.api.get(`/v1/proposals?${query}`).set(as(keyOf('TUN', 'reader')))).body;
    const about = `subject=${encodeURIComponent(subject)}&subjectType=procedure`;
    const first = await list(`${about}&limit=1`);
    expect(first.proposals[0].id).toBe(made[1]);
    const next = new URL(first.links.find(({ rel }: { rel: string }) => rel === 'next').href);
    expect((await list(next.searchParams.toString())).proposals[0].id).toBe(made[0]);
    expect((await list(`${about}&state=agreed`)).proposals).toEqual([]);
  });

  test('comes on the change feed of its participants, also each decision', async () => {
    const feed = async (country: CountryCode, query: string) =>
      (await service.api.get(`/v1/changes?collections=proposals${query}`).set(as(keyOf(country, 'reader'))))
        .body;
    await settled(service);
    const start = { DZA: await feed('DZA', ''), LBY: await feed('LBY', '') };
    const id = await proposeJoint(service, 'TUN', ['DZA', 'TUN']);
    await decideJoint(service, id, 'TUN').expect(201);
    await settled(service);
    const feedAfter = (country: 'DZA' | 'LBY') =>
      feed(country, `&include=feature&after=${start[country].cursor}`);
    const { changes } = await feedAfter('DZA');
    expect(changes.map((one: { id: string }) => one.id)).toEqual([id, id]);
    expect(changes[1].feature).toMatchObject({ id, geometry: null, properties: { awaiting: ['DZA'] } });
    expect((await feedAfter('LBY')).changes).toEqual([]);
  });

  test('leaves an entry for each decision, for the auditors of its participants', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    await decideJoint(service, id, 'TUN', no).expect(201);
    const entries = await asTableOwner(
      service.db,
      sql`SELECT e.action, e.collection, e.detail, e.target_readers FROM base.audit_entry AS e
          WHERE e.target = ${id} AND e.action <> 'read' ORDER BY e.id`,
    );
    expect(entries).toEqual([
      { action: 'create', collection: 'proposals', detail: null, target_readers: 10 },
      { action: 'change', collection: 'proposals', detail: 'proposed → refused', target_readers: 10 },
      {
        action: 'create',
        collection: 'consents',
        detail: `refuse of TUN by ${agencyOf(keyOf('TUN', 'coordinator'))}`,
        target_readers: 10,
      },
    ]);
  });
});

describe('the database, whatever the service sends,', () => {
  const asService = (country: CountryCode, text: string) =>
    service.db.query(
      { country, agency: agencyOf(keyOf(country, 'coordinator')), roles: ['coordinator'] },
      new Sql([text], []),
    );
  const consent = (as: CountryCode, id: string, country: CountryCode, by = country) =>
    asService(
      as,
      `INSERT INTO joint_consent (id, proposal, country, agency, decision)
       VALUES (gen_random_uuid(), '${id}', '${country}', '${agencyOf(keyOf(by, 'coordinator'))}', 'approve')`,
    );

  test('lets nobody decide for another country, nor without being a coordinator', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    await expect(consent('DZA', id, 'TUN')).rejects.toThrow();
    await expect(consent('DZA', id, 'DZA', 'TUN')).rejects.toThrow();
    await expect(consent('LBY', id, 'LBY')).rejects.toThrow();
    const { country, agency } = { country: 'DZA' as const, agency: agencyOf(keyOf('DZA', 'operator')) };
    const insert = sql`INSERT INTO joint_consent (id, proposal, country, agency, decision)
      VALUES (gen_random_uuid(), ${id}, ${country}, ${agency}, 'approve')`;
    await expect(service.db.query({ country, agency, roles: ['operator'] }, insert)).rejects.toThrow();
    expect((await read(id)).body.decisions).toEqual([]);
  });

  test('agrees no proposal before every approval, changes none and revives none', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    const set = (text: string) =>
      asTableOwner(service.db, new Sql([`UPDATE base.joint_proposal SET ${text} WHERE id = `, ''], [id]));
    await decideJoint(service, id, 'DZA').expect(201);
    await expect(set('agreed_at = now()')).rejects.toThrow(/every participant has approved it/);
    await expect(set(`participants = '{DZA}'`)).rejects.toThrow(/joint proposal never changes/);
    await decideJoint(service, id, 'TUN', no).expect(201);
    await expect(set('ended_at = NULL, ended_as = NULL')).rejects.toThrow(/joint proposal never changes/);
    await expect(asService('DZA', `UPDATE joint_proposal SET agreed_at = now()`)).rejects.toThrow();
  });

  test('lets two coordinators decide at the same time', async () => {
    const id = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
    const answers = await Promise.all(
      (['DZA', 'TUN'] as const).map((country) => decideJoint(service, id, country)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect((await read(id)).body.state).toBe('agreed');
  });
});
