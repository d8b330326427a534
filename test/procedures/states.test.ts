import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CountryCode, ROLES } from '../../src/core/caller.ts';
import { type Sql, sql } from '../../src/db/sql.ts';
import { PROCEDURE_STATES, type ProcedureState } from '../../src/features/procedures/procedure.schema.ts';
import { asTableOwner } from '../support/audit.ts';
import {
  agreedVersion,
  aProcedure,
  type ProcedureVersion,
  proposedVersion,
  proposeVersion,
  readVersion,
} from '../support/procedures.ts';
import { decideJoint } from '../support/proposals.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const AT_CROSSING = '/crossings/bouchebka/procedures';
const REASON = { reason: 'By order.' };
const quietly = (update: Sql) =>
  asTableOwner(
    service.db,
    sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true)) ${update}`,
  );

/** Tunisia has approved it, Algeria has not decided. */
async function proposed(): Promise<ProcedureVersion> {
  const version = await proposedVersion(service, 'TUN', AT_CROSSING);
  await decideJoint(service, version.proposal, 'TUN').expect(201);
  return version;
}
const agreed = (more: object = {}) => agreedVersion(service, 'TUN', AT_CROSSING, more);
async function decided(
  version: ProcedureVersion,
  country: CountryCode,
  decision: string,
): Promise<ProcedureVersion> {
  await decideJoint(service, version.proposal, country, { decision, ...REASON }).expect(201);
  return version;
}

/** A version of each state, that Tunisia approved, and Algeria too where it was agreed. */
const MADE: Record<ProcedureState, () => Promise<ProcedureVersion>> = {
  proposed,
  refused: async () => decided(await proposed(), 'DZA', 'refuse'),
  withdrawn: async () => decided(await agreed(), 'TUN', 'withdraw'),
  async expired() {
    const version = await proposed();
    const { proposal } = version;
    await quietly(sql`UPDATE base.joint_proposal SET proposed_at = now() - interval '2 hours',
      open_until = now() - interval '1 hour' FROM quiet WHERE id = ${proposal}`);
    await quietly(sql`UPDATE base.procedure_version SET open_until = now() - interval '1 hour' FROM quiet
      WHERE proposal = ${proposal}`);
    return version;
  },
  coming: () => agreed({ validFrom: '2098-01-01' }),
  inForce: () => agreed(),
  async over() {
    const version = await agreed({ validTo: '2098-01-01' });
    await quietly(sql`UPDATE base.procedure_version SET valid_from = now() - interval '2 hours', agreed_at = now() - interval '2 hours',
      valid_to = now() - interval '1 hour' FROM quiet WHERE proposal = ${version.proposal}`);
    return version;
  },
  async replaced() {
    const version = await agreed();
    await agreedVersion(service, 'DZA', `/procedures/${version.id}/versions`);
    return version;
  },
};

type Event = 'approve' | 'refuse' | 'withdraw' | 'propose';
/** Who acts in the table: Algeria decides, Tunisia takes its approval back, and Algeria proposes the next version. */
const ACTS: Record<Event, (version: ProcedureVersion) => Promise<{ status: number }>> = {
  approve: ({ proposal }) => decideJoint(service, proposal, 'DZA'),
  refuse: ({ proposal }) => decideJoint(service, proposal, 'DZA', { decision: 'refuse', ...REASON }),
  withdraw: ({ proposal }) => decideJoint(service, proposal, 'TUN', { decision: 'withdraw', ...REASON }),
  propose: ({ id }) => proposeVersion(service, 'DZA', `/procedures/${id}/versions`),
};

// state: per event the answer, and the state after it if that is another one
const TABLE: Record<ProcedureState, Record<Event, string>> = {
  proposed: { approve: '201 inForce', refuse: '201 refused', withdraw: '201 withdrawn', propose: '201' },
  refused: { approve: '409', refuse: '200', withdraw: '409', propose: '201' },
  withdrawn: { approve: '409', refuse: '409', withdraw: '200', propose: '201' },
  expired: { approve: '409', refuse: '409', withdraw: '409', propose: '201' },
  coming: { approve: '200', refuse: '409', withdraw: '201 withdrawn', propose: '201' },
  inForce: { approve: '200', refuse: '409', withdraw: '201 withdrawn', propose: '201' },
  over: { approve: '200', refuse: '409', withdraw: '201 withdrawn', propose: '201' },
  replaced: { approve: '200', refuse: '409', withdraw: '201 withdrawn', propose: '201' },
};

test('the table has each state', () => {
  expect(Object.keys(TABLE)).toEqual([...PROCEDURE_STATES]);
});

describe.each(PROCEDURE_STATES)('a version that is %s', (state) => {
  test.each(Object.entries(TABLE[state]) as [Event, string][])('on %s answers %s', async (event, said) => {
    const version = await MADE[state]();
    expect((await readVersion(service, 'DZA', version)).state).toBe(state);
    const { status } = await ACTS[event](version);
    const after = await readVersion(service, 'DZA', version);
    const [expected, next = state] = said.split(' ');
    expect([status, after.state]).toEqual([Number(expected), next]);
  });
});

// role: which events it may cause
const MAY: Partial<Record<(typeof ROLES)[number], readonly Event[]>> = {
  operator: ['propose'],
  coordinator: ['approve', 'refuse', 'withdraw'],
};

test.each(ROLES)('a %s causes no other events than its own', async (role) => {
  const headers = as(keyOf('DZA', role));
  const post = (path: string, body: object) => service.api.post(`/v1${path}`).set(headers).send(body);
  for (const event of Object.keys(ACTS) as Event[]) {
    const version = await MADE.inForce();
    const { status } =
      event === 'propose'
        ? await post(`/procedures/${version.id}/versions`, aProcedure())
        : await post(`/proposals/${version.proposal}/consents`, { decision: event, ...REASON });
    expect([event, status !== 403]).toEqual([event, MAY[role]?.includes(event) ?? false]);
  }
});
