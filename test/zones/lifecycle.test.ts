import { describe, expect, test } from '@jest/globals';
import { type CountryCode, ROLES, type Role } from '../../src/core/caller.ts';
import {
  DECISIONS,
  type Decision,
  judge,
  type RevisionFacts,
  rolesFor,
  STAGES,
  type Stage,
  stageOf,
  ZONE_EVENTS,
  ZONE_STATES,
  type ZoneEvent,
  type ZoneState,
} from '../../src/features/zones/zone.lifecycle.ts';

// What follows where the right country acts in the right role, for the first time; `-`: it is refused in that stage.
const TABLE = `
  stage     | change  relabel  propose  remove | approve  reject  withdraw
  draft     | edit    relabel  propose  erase  | -        -       -
  waiting   | revise  relabel  -        end    | record   record  unapproved
  coming    | revise  relabel  -        end    | -        -       reopen
  inForce   | revise  relabel  -        end    | -        -       suspend
  expired   | revise  relabel  -        end    | -        -       -
  suspended | revise  relabel  renew    end    | -        -       -
  withdrawn | -       -        -        -      | -        -       -
  replaced  | -       -        -        -      | -        -       -`;

const [head, ...body] = TABLE.trim()
  .split('\n')
  .map((line) => line.replaceAll('|', ' ').trim().split(/\s+/));
const events = head!.slice(1) as ZoneEvent[];
const cells = body.flatMap(([stage, ...words]) =>
  words.map((word, n): [Stage, ZoneEvent, string] => [stage as Stage, events[n]!, word]),
);

const isDecision = (event: ZoneEvent): event is Decision => (DECISIONS as readonly string[]).includes(event);
const ROLE = (event: ZoneEvent): Role => (isDecision(event) ? 'coordinator' : 'operator');

// Algeria made it, Tunisia takes part, Libya only sees it by its label.
const standing = (stage: Stage, decisions: RevisionFacts['decisions'] = {}): RevisionFacts => ({
  owner: 'DZA',
  stage,
  participants: ['DZA', 'TUN'],
  decisions,
});
const wordOf = (verdict: ReturnType<typeof judge>): string =>
  'step' in verdict ? verdict.step : verdict.refused === 'stage' ? '-' : verdict.refused;
const ask = (event: ZoneEvent, stage: Stage, country: CountryCode, roles: readonly Role[], before = {}) =>
  wordOf(judge(event, standing(stage, before), { country, roles }, 'Too wide.'));

test('the table has each stage and each event once', () => {
  expect(body.map(([stage]) => stage)).toEqual([...STAGES]);
  expect(events).toEqual([...ZONE_EVENTS]);
});

describe.each(cells)('in the stage %s, %s', (stage, event, expected) => {
  test.each(ROLES)('by a %s of each country', (role) => {
    const isRole = role === ROLE(event);
    const may: CountryCode[] = isDecision(event) ? ['DZA', 'TUN'] : ['DZA'];
    for (const country of ['DZA', 'TUN', 'LBY'] as const) {
      const said = ask(event, stage, country, [role]);
      const word = may.includes(country) ? expected : 'country';
      expect([country, said]).toEqual([country, isRole ? word : 'role']);
    }
  });

  test('by somebody without a country or without a role', () => {
    expect(wordOf(judge(event, standing(stage), { roles: [ROLE(event)] }, 'x'))).toBe('country');
    expect(wordOf(judge(event, standing(stage), { country: 'DZA', roles: [] }, 'x'))).toBe('role');
    expect(ask(event, stage, 'DZA', ROLES)).toBe(expected);
  });

  test('is offered to the role that may do it', () => expect(rolesFor(event)).toEqual([ROLE(event)]));
});

type Before = Decision | undefined;
const BEFORE: Before[] = [undefined, ...DECISIONS];
const decisionsOf = (own: Before, other: Before): RevisionFacts['decisions'] => ({
  ...(own && { TUN: { decision: own, reason: own === 'reject' ? 'Too wide.' : null } }),
  ...(other && { DZA: { decision: other } }),
});
// Only one revision ever waits; one that is coming or in force has every consent, one that is suspended lost one.
const reachable: [Stage, Before, Before][] = [
  ...BEFORE.flatMap((own) => BEFORE.map((other): [Stage, Before, Before] => ['waiting', own, other])).filter(
    ([, own, other]) => !(own === 'approve' && other === 'approve'),
  ),
  ['coming', 'approve', 'approve'],
  ['inForce', 'approve', 'approve'],
  ['suspended', 'withdraw', 'approve'],
  ['suspended', 'approve', 'withdraw'],
];

/** By hand: what a decision of Tunisia leads to. */
function expectedOf(stage: Stage, own: Before, other: Before, said: Decision): string {
  if (stage === 'suspended') return said === 'withdraw' && own === 'withdraw' ? 'repeat' : '-';
  if (said === 'approve') return own === 'approve' ? 'repeat' : other === 'approve' ? 'agree' : 'record';
  if (said === 'reject') return stage !== 'waiting' ? '-' : own === 'reject' ? 'repeat' : 'record';
  if (own !== 'approve') return own === 'withdraw' ? 'repeat' : 'unapproved';
  return { waiting: 'record', coming: 'reopen', inForce: 'suspend' }[stage as string]!;
}

describe.each(reachable)("%s, after own decision %s and the other's %s", (stage, own, other) => {
  test.each(DECISIONS)('%s', (said) => {
    const word = ask(said, stage, 'TUN', ['coordinator'], decisionsOf(own, other));
    expect(word).toBe(expectedOf(stage, own, other, said));
  });
});

describe('a decision', () => {
  const judged = (decision: Decision, stage: Stage, decisions: RevisionFacts['decisions'], reason?: string) =>
    wordOf(judge(decision, standing(stage, decisions), { country: 'TUN', roles: ['coordinator'] }, reason));

  test('to reject needs a reason, the others do not', () => {
    for (const reason of [undefined, '']) expect(judged('reject', 'waiting', {}, reason)).toBe('reason');
    expect(judged('approve', 'waiting', {})).toBe('record');
    expect(judged('withdraw', 'inForce', { TUN: { decision: 'approve' } })).toBe('suspend');
  });

  test('to reject again for another reason is a new decision', () => {
    const before = { TUN: { decision: 'reject', reason: 'Too wide.' } } as const;
    expect(judged('reject', 'waiting', before, 'Too wide.')).toBe('repeat');
    expect(judged('reject', 'waiting', before, 'Too long.')).toBe('record');
  });

  test('of the only participant is enough', () => {
    const alone = { ...standing('waiting'), participants: ['DZA'] as const };
    const coordinator = { country: 'DZA', roles: ['coordinator'] } as const;
    expect(wordOf(judge('approve', alone, coordinator))).toBe('agree');
    expect(wordOf(judge('approve', alone, { ...coordinator, roles: ['operator'] }))).toBe('role');
  });

  test('is the last one only if all others have approved without withdrawing', () => {
    const three = (decisions: RevisionFacts['decisions']): RevisionFacts => ({
      ...standing('waiting', decisions),
      participants: ['DZA', 'LBY', 'TUN'],
    });
    const approves = (decisions: RevisionFacts['decisions']) =>
      wordOf(judge('approve', three(decisions), { country: 'TUN', roles: ['coordinator'] }));
    const yes = { decision: 'approve' } as const;
    expect(approves({})).toBe('record');
    expect(approves({ DZA: yes })).toBe('record');
    expect(approves({ DZA: yes, LBY: { decision: 'reject', reason: 'x' } })).toBe('record');
    expect(approves({ DZA: yes, LBY: { decision: 'withdraw' } })).toBe('record');
    expect(approves({ DZA: yes, LBY: yes })).toBe('agree');
  });
});

describe('the stage of a revision', () => {
  const stages: [ZoneState, agreed: boolean, isReplaced: boolean, Stage][] = [
    ['draft', false, false, 'draft'],
    ['proposed', false, false, 'waiting'],
    ['proposed', true, false, 'coming'],
    ['active', true, false, 'inForce'],
    ['suspended', false, false, 'suspended'],
    ['expired', true, false, 'expired'],
    ['expired', true, true, 'replaced'],
    ['withdrawn', false, false, 'withdrawn'],
    ['withdrawn', false, true, 'replaced'],
  ];
  test.each(stages)('that is %s (agreed: %s, replaced: %s) is %s', (state, agreed, isReplaced, stage) => {
    expect(stageOf({ state, agreed, isReplaced })).toBe(stage);
  });

  test('is known for each state', () => {
    expect(new Set(stages.map(([state]) => state))).toEqual(new Set(ZONE_STATES));
  });
});
