import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Caller } from '../../src/core/caller.ts';
import { becomeOwner, becomeService } from '../support/service.role.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';
import { AGENCY, shiftSteps } from '../support/shifts.ts';

let service: TestService;
let client: pg.Client;
const ids: Record<'open' | 'offered' | 'closed', string> = { open: '', offered: '', closed: '' };
beforeAll(async () => {
  service = await startService();
  const steps = shiftSteps(service);
  for (const state of Object.keys(ids) as (keyof typeof ids)[]) ids[state] = await steps.shiftIn(state);
  await service.disconnect();
  client = new pg.Client(service.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await service.stop();
});

const OWN: Caller = { country: 'TUN', agency: AGENCY, roles: ['reporter'] };
const OTHER = agencyOf(keyOf('TUN', 'reporter', { second: true }));
/** Sees the shift as an auditor. */
const AUDITOR: Caller = { country: 'TUN', agency: OTHER, roles: ['auditor', 'reporter'] };

/** How many rows a statement writes as the service for a caller, or the code of its refusal. */
async function attempt(caller: Caller, text: string, values: unknown[]): Promise<number | string> {
  await client.query('BEGIN');
  await becomeService(client, caller);
  try {
    return (await client.query(text, values)).rowCount ?? 0;
  } catch (error) {
    return (error as pg.DatabaseError).code!;
  } finally {
    await client.query('ROLLBACK');
    await becomeOwner(client);
  }
}

const NOTE = `INSERT INTO tripoint.shift_note (id, shift, signer, text) VALUES (gen_random_uuid(), $1, 'key', 'Quiet.')`;
const OFFER = `UPDATE tripoint.shift SET offered_at = now(), offered_by = 'key', is_complete = true WHERE id = $1`;
const CONFIRM = `UPDATE tripoint.shift SET closed_at = now(), closed_by = 'another key' WHERE id = $1`;
const REFUSED = '44000';
const BROKEN = '23514';

test.each([
  ['adds a note', NOTE, { open: 1, offered: REFUSED, closed: REFUSED }],
  ['offers', OFFER, { open: 1, offered: 1, closed: REFUSED }],
  ['confirms with another key', CONFIRM, { open: BROKEN, offered: 1, closed: REFUSED }],
  [
    'confirms with the key that offered it',
    'UPDATE tripoint.shift SET closed_at = now(), closed_by = offered_by WHERE id = $1',
    { open: BROKEN, offered: BROKEN, closed: REFUSED },
  ],
  [
    'confirms another offer than the one that is there',
    `UPDATE tripoint.shift SET offered_at = now(), offered_by = 'a', is_complete = true, closed_at = now(), closed_by = 'b'
     WHERE id = $1`,
    { open: REFUSED, offered: REFUSED, closed: REFUSED },
  ],
  [
    'changes the remark',
    `UPDATE tripoint.shift SET remark = 'Another.' WHERE id = $1`,
    { open: BROKEN, offered: 1, closed: REFUSED },
  ],
])('whoever %s of a shift is held to its state by the database', async (_, text, expected) => {
  const found: Record<string, number | string> = {};
  for (const [state, id] of Object.entries(ids)) found[state] = await attempt(OWN, text, [id]);
  expect(found).toEqual(expected);
});

test.each([NOTE, OFFER, CONFIRM])(
  'an auditor of another agency sees the shift and writes nothing: %s',
  async (text) => {
    const { rows } = await seenBy(AUDITOR);
    expect(rows).toHaveLength(3);
    for (const id of Object.values(ids)) expect(await attempt(AUDITOR, text, [id])).toBe(REFUSED);
  },
);

test('no agency opens a shift for another one, and the service removes no shift', async () => {
  const open = `INSERT INTO tripoint.shift (id, agency, kind, name, opened_by)
    VALUES (gen_random_uuid(), $1, 'room', 'Another', 'key')`;
  expect(await attempt(OWN, open, [AGENCY])).toBe(1);
  expect(await attempt(OWN, open, [OTHER])).toBe(REFUSED);
  expect(await attempt(AUDITOR, open, [AGENCY])).toBe(REFUSED);
  for (const name of ['shift', 'shift_note'])
    expect(await attempt(OWN, `DELETE FROM tripoint.${name}`, [])).toBe('42501');
});

async function seenBy(caller: Caller) {
  await becomeService(client, caller);
  try {
    return await client.query('SELECT id FROM tripoint.shift');
  } finally {
    await becomeOwner(client);
  }
}
