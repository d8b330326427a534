import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANYBODY, callerOf, type NamedCaller } from '../support/callers.ts';
import { keyFor } from '../support/rescue.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { AGENCY, OTHER, shiftSteps } from '../support/shifts.ts';

let service: TestService;
let steps: ReturnType<typeof shiftSteps>;
/** An auditor of the country who also reports, for another agency. */
let auditing: Record<string, string>;
beforeAll(async () => {
  service = await startService();
  steps = shiftSteps(service);
  auditing = await keyFor(service, 'TUN', 'tun-douane', ['auditor', 'reporter']);
});
afterAll(() => service.stop());

const STATES = ['open', 'offered', 'closed'] as const;
type State = (typeof STATES)[number];

interface Event {
  ask(id: string, headers: Record<string, string>): PromiseLike<{ status: number }>;
  /** What it answers to a key of the agency that may write, which is not the one that opened and offered. */
  becomes: Record<State, number>;
  /** Default: only reporters and operators of the agency. */
  isRead?: true;
}

const EVENTS: Record<string, Event> = {
  read: {
    ask: (id, headers) => steps.get(`/${id}`, headers),
    becomes: { open: 200, offered: 200, closed: 200 },
    isRead: true,
  },
  'read the entries': {
    ask: (id, headers) => steps.get(`/${id}/entries`, headers),
    becomes: { open: 200, offered: 200, closed: 200 },
    isRead: true,
  },
  'read the handover': {
    ask: (id, headers) => steps.get(`/${id}/handover`, headers),
    becomes: { open: 404, offered: 200, closed: 200 },
    isRead: true,
  },
  'add a note': {
    ask: (id, headers) => steps.send(`/${id}/entries`, { text: 'All quiet.' }, headers),
    becomes: { open: 201, offered: 409, closed: 409 },
  },
  offer: {
    ask: (id, headers) => steps.send(`/${id}/handover`, {}, headers),
    becomes: { open: 201, offered: 409, closed: 409 },
  },
  'take back': {
    ask: (id, headers) => steps.withdraw(id, headers),
    becomes: { open: 409, offered: 204, closed: 409 },
  },
  confirm: {
    ask: (id, headers) => steps.confirm(id, 1, headers),
    becomes: { open: 409, offered: 200, closed: 409 },
  },
  'confirm an offer that is not the last': {
    ask: (id, headers) => steps.confirm(id, 2, headers),
    becomes: { open: 409, offered: 409, closed: 409 },
  },
};

type Outcome = (becomes: number, event: Event) => number;
const reads: Outcome = (becomes, { isRead }) => (isRead ? becomes : 403);

/** Whom the shift is of: the agency of these callers. */
const CALLERS: [
  who: string,
  caller: () => NamedCaller | { headers: Record<string, string> },
  outcome: Outcome,
][] = [
  ['its operator', () => callerOf('TUN', 'operator'), (becomes) => becomes],
  ['its reader', () => callerOf('TUN', 'reader'), reads],
  ['its coordinator', () => callerOf('TUN', 'coordinator'), reads],
  ['its auditor', () => callerOf('TUN', 'auditor'), reads],
  ['its admin', () => callerOf('TUN', 'admin'), reads],
  ['another agency of the country', () => ({ headers: OTHER }), () => 404],
  ['an auditor of the country who reports for another agency', () => ({ headers: auditing }), reads],
  ['another country', () => callerOf('DZA', 'operator'), () => 404],
  [
    'the auditor of another country',
    () => callerOf('LBY', 'auditor'),
    (_, { isRead }) => (isRead ? 404 : 403),
  ],
  ['nobody', () => ANYBODY, () => 401],
];

describe.each(STATES)('a shift that is %s', (state) => {
  test.each(Object.keys(EVENTS))('answers each caller who wants to %s', async (name) => {
    const event = EVENTS[name]!;
    const found: Record<string, number> = {};
    const expected: Record<string, number> = {};
    let id = await steps.shiftIn(state);
    for (const [who, callerOf, outcome] of CALLERS) {
      const { status } = await event.ask(id, callerOf().headers);
      found[who] = status;
      expected[who] = outcome(event.becomes[state], event);
      // an event that happened has changed the shift
      if (status < 300 && !event.isRead) id = await steps.shiftIn(state);
    }
    expect(found).toEqual(expected);
  });

  test('cannot be confirmed by the key that offered it', async () => {
    const id = await steps.shiftIn(state);
    const { status, body } = await steps.confirm(id, 1, as(keyOf('TUN', 'reporter')));
    expect([status, body.code]).toEqual(
      state === 'offered' ? [403, 'handover-needs-another-key'] : [409, 'shift-state'],
    );
  });
});

test('a shift of an agency is open, offered and closed once at each place', async () => {
  const place = { kind: 'room', name: 'Exercise room' };
  const first = await steps.open(undefined, place);
  const again = await steps.send('', { place: { ...place, name: 'EXERCISE ROOM' } });
  expect([again.status, again.body.code, again.body.params.id]).toEqual([409, 'shift-not-closed', first.id]);
  // a post of the same name is another place, and each agency has its own
  await steps.open(undefined, { ...place, kind: 'post' });
  await steps.open(OTHER, place);
  const both = [1, 2].map(() => steps.send('', { place: { kind: 'room', name: 'At the same time' } }));
  expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([201, 409]);
  await steps.offer(first.id);
  await steps.send('', { place }).expect(409);
  await steps.confirm(first.id).expect(200);
  const next = await steps.open(undefined, place);
  expect(next).toMatchObject({ agency: AGENCY, state: 'open', previous: first.id });
});

test('an offer that was taken back is not confirmed by who had read it', async () => {
  const id = await steps.shiftIn('offered');
  await steps.withdraw(id).expect(204);
  await steps.note(id, 'One more thing.');
  expect(await steps.offer(id)).toMatchObject({ offer: 2 });
  const late = await steps.confirm(id, 1).expect(409);
  expect(late.body).toMatchObject({ code: 'handover-replaced', params: { offer: 1, newest: 2 } });
  await steps.confirm(id, 2).expect(200);
});
