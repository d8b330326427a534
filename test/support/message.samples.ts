import type { Code } from '../../src/core/catalogue.ts';
import { english } from '../../src/core/messages/en/english.ts';
import type { Params } from '../../src/core/messages/message.ts';

/** Stands for every value that a caller or the data chooses. */
export const FREE = 'x-1';

/** One of each plural form of Arabic. */
const NUMBERS = [0, 1, 2, 3, 11, 100];
const SHOWN = [FREE, { characters: 3 }, { entries: 2 }, { kind: 'object' }, null, { kind: 'nothing' }];
const COUNTRIES = ['DZA', 'LBY', 'TUN'];
const RINGS = [{ hole: 0 }, { hole: 2 }, { hole: 1, part: 2 }];
const POSITION = [8.4, 35.2];
const fault = { code: 'too-small', params: { minimum: 3 } };

const SAID = [
  { is: 'text', value: FREE },
  { is: 'array', value: { entries: 2 } },
  { is: 'number', value: 5 },
  { is: 'truth', value: true },
  { is: 'date', value: '2026-11-01' },
  { is: 'time', value: '2026-11-01T00:00:00Z' },
  { is: 'property', name: FREE, type: 'string' },
  { is: 'geometry', type: 'Point' },
  { is: 'result', of: FREE },
  { is: 'folded', of: FREE },
  ...['box', 'condition', 'interval', 'now', 'open end'].map((is) => ({ is })),
];

/** Values by the name of the param; every other param is a text of the caller. */
const BY_NAME: Readonly<Record<string, readonly unknown[]>> = {
  roles: [['reader'], ['operator', 'coordinator']],
  yours: COUNTRIES,
  country: COUNTRIES,
  owner: COUNTRIES,
  others: [['LBY', 'TUN']],
  owners: [['DZA', 'TUN']],
  countries: [['DZA', 'TUN']],
  participants: [['DZA', 'LBY', 'TUN']],
  awaiting: [['LBY']],
  side: COUNTRIES,
  tlp: ['AMBER', null],
  noun: ['zone', 'crossing', 'incident', 'segment', 'revision'],
  recipients: [['TUN', FREE]],
  to: [['TUN', FREE]],
  outcomes: [['rescued', 'handed_over']],
  given: [['segment', 'zone'], []],
  known: [[FREE, FREE], []],
  allowed: [[FREE], [FREE, FREE]],
  accepted: [['application/json']],
  reasons: [[FREE]],
  answers: [[FREE]],
  sorted: [[FREE, FREE]],
  takes: [[], [FREE], [FREE, FREE]],
  expected: [['value', 'operator'], ['end', 'number'], []],
  notNumbers: [[FREE]],
  empty: [[FREE]],
  fault: [fault],
  unit: ['characters', 'entries'],
  ring: RINGS,
  other: RINGS,
  at: [POSITION],
  first: [POSITION],
  last: [POSITION],
  second: [POSITION],
  position: [POSITION],
  bounds: [[0, 0, 5, 5]],
  value: SHOWN,
  column: SHOWN,
  isOpen: [true, false],
  isDayAllowed: [true, false],
  isTime: [true, false],
  left: SAID,
  right: SAID,
  by: [{ operator: '=' }, { function: FREE }, { array: true }],
  world: ['actual', FREE],
  axis: ['row', 'column'],
  newest: [undefined, 3],
  notice: [FREE, undefined],
  before: [FREE],
  validFrom: [FREE, undefined],
  line: [3, undefined],
};
for (const name of [
  'most',
  'seconds',
  'bytes',
  'days',
  'digits',
  'levels',
  'more',
  'times',
  'minimum',
  'maximum',
  'exactly',
  'limit',
  'characters',
  'positions',
  'fewest',
  'files',
  'objects',
  'missing',
  'metres',
  'kilobytes',
  'cells',
  'columns',
  'status',
  'number',
  'matrix',
  'revision',
  'offer',
])
  (BY_NAME as Record<string, readonly unknown[]>)[name] = NUMBERS;

/** Where a name stands for something else. */
const BY_CODE: Partial<Record<Code, Readonly<Record<string, readonly unknown[]>>>> = {
  'role-missing': { yours: [['reader'], []] },
  'zone-role-missing': { yours: [['reader'], []] },
  'personal-data': {
    kind: ['name', 'address', 'account', 'bank', 'phone', 'email', 'document', 'plate', 'imei'],
  },
  'label-narrower': { agency: [FREE, null] },
  'proposal-not-open': { state: ['proposed', 'agreed', 'refused', 'withdrawn', 'expired'] },
  'assessment-decided': { state: ['proposed', 'declined', 'assessed', 'waiting', 'ended', 'expired'] },
  'reaction-settled': { state: ['open', 'done', 'cancelled'] },
  'shift-state': {
    state: ['open', 'offered', 'closed'],
    event: ['note', 'offer', 'withdraw', 'confirm'],
  },
  'handover-replaced': { newest: [3] },
  'decision-not-allowed': {
    stage: ['draft', 'waiting', 'coming', 'inForce', 'expired', 'suspended'],
    decision: ['approve', 'reject', 'withdraw'],
  },
  'state-not-allowed': { from: ['in_progress', 'open'], to: ['ongoing', 'accepted'], allowed: [['done']] },
  'period-backwards': { to: [FREE] },
  'datetime-backwards': { from: SHOWN, to: SHOWN },
  'cql2-interval-backwards': { to: [FREE] },
  'scope-of-other-country': { given: [FREE] },
  'content-type-wrong': { given: [FREE] },
  'method-not-allowed': { allowed: [['GET', 'POST']] },
  'not-after-from': { from: [FREE] },
  'one-place-only': { other: [FREE] },
  'statement-withdrawn': { at: [FREE] },
  'world-ended': { at: [FREE], world: [FREE] },
  'never-in-force': { at: [FREE] },
  'cql2-invalid': { at: [FREE, undefined] },
  'line-of-other-world': { world: ['actual', FREE] },
  'expiry-past': { value: [FREE] },
  'due-past': { value: [FREE] },
  'time-ahead': { value: [FREE] },
  'valid-from-future': { value: [FREE] },
  'degrees-wrong': { name: ['longitude', 'latitude'] },
  'input-invalid': { in: ['path', 'query', 'body', 'header'], path: ['properties.kind'] },
  'wrong-type': { expected: ['array', 'object', 'number', 'int', 'boolean', 'string', 'date', 'undefined'] },
  'wrong-format': { format: ['datetime', 'date', 'time', 'duration', 'uuid', 'email', 'url'] },
  'cql2-kind': {
    kind: ['string', 'number', 'boolean', 'timestamp', 'date', 'interval', 'geometry', 'array'],
    given: SAID,
  },
  'cql2-not-condition': { given: SAID },
  'cql2-not-time': { given: SAID },
  'cql2-not-period': { given: SAID },
  'cql2-not-interval': { given: SAID },
  'cql2-arguments': { given: [3] },
  'cql2-function-arguments': { given: [3] },
  'cql2-syntax': { character: [undefined, 3] },
  'world-differs': { expected: [FREE] },
  'correction-too-early': { validFrom: [FREE] },
  'side-not-of-line': { line: [FREE] },
  'segments-leave-gap': { toKm: [5] },
  'cell-empty': { column: [FREE] },
  'cell-not-number': { column: [FREE] },
  'cell-not-people': { column: [FREE] },
  'body-breaks-off': { column: [3], line: [3] },
  'line-breaks-off': { column: [3] },
  'header-column-missing': { column: [FREE] },
  'header-not-iom': { column: [FREE] },
  'unknown-name': { known: [[FREE], []] },
  'tile-missing': { number: [3] },
};

const MOST_ROUNDS = 15;

/** Params for every branch and plural form of a text, found by writing it in English. */
export function samplesOf(code: Code): Params[] {
  const samples = Array.from({ length: MOST_ROUNDS }, (_, round) => sampleOf(code, round));
  return [...new Map(samples.map((one) => [JSON.stringify(one), one])).values()];
}

function sampleOf(code: Code, round: number): Params {
  const used: Record<string, unknown> = {};
  const params = new Proxy(used, {
    get: (_, name: string) => {
      if (name === 'got') return undefined;
      const values = BY_CODE[code]?.[name] ?? BY_NAME[name] ?? [FREE];
      used[name] = values[round % values.length];
      return used[name];
    },
  });
  const text = english.texts[code] as (params: unknown, say: () => string) => string;
  text(params, () => '');
  return { ...used } as Params;
}
