import type { Said, Taker } from '../message.params.ts';
import type { Message, Say, Shown } from '../message.ts';
import { capital, count, list, show } from './words.ts';

type Kind = 'string' | 'number' | 'boolean' | 'timestamp' | 'date' | 'interval' | 'geometry' | 'array';

const KINDS: Record<Kind, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'a condition',
  timestamp: 'a time',
  date: 'a date',
  interval: 'an interval',
  geometry: 'a geometry',
  array: 'an array',
};

/** What the grammar may expect, by the names of its rules; tokens stand for themselves. */
const EXPECTED: Record<string, string> = {
  value: 'a value, a property, a function or a parenthesis',
  operator: 'an operator such as =, <, LIKE, IN, BETWEEN, IS NULL, + or *',
  number: 'a number',
  truth: 'TRUE or FALSE',
  text: 'a text in single quotes',
  name: 'a name',
  blank: 'white space',
  end: 'the end',
};

function nameOf(said: Said): string {
  switch (said.is) {
    case 'text':
      return `the text ${show(said.value)}`;
    case 'array':
      return show(said.value);
    case 'number':
      return `the number ${said.value}`;
    case 'truth':
      return said.value ? 'TRUE' : 'FALSE';
    case 'date':
    case 'time':
      return `the ${said.is} ${said.value}`;
    case 'property':
      return `the property ${show(said.name)} (${said.type})`;
    case 'geometry':
      return `a ${said.type}`;
    case 'result':
      return `a result of ${said.of}`;
    case 'folded':
      return `a text of ${said.of}`;
    default:
      return THINGS[said.is];
  }
}

const THINGS = {
  box: 'a BBOX',
  condition: 'a condition',
  interval: 'an interval',
  now: 'the present time',
  'open end': 'an open end',
};

function takerName(taker: Taker): string {
  if ('operator' in taker) return `the operator ${taker.operator}`;
  return 'array' in taker ? 'an array' : taker.function;
}

/** Filters in CQL2. */
export const cql2 = {
  'cql2-invalid': ({ at, fault }: { at: string | undefined; fault: Message }, say: Say) =>
    `The filter is not CQL2${at === undefined ? '' : ` at ${at}`}: ${say(fault)}.`,
  'filter-too-large': ({ fault }: { fault: Message }, say: Say) =>
    `Without a key this filter is too large: ${say(fault)}. Shorten it, or send a key.`,
  'filter-too-costly': () =>
    'Without a key this filter would take the database too long. Narrow it with bbox or datetime, or send a key.',
  'filter-too-slow': ({ seconds }: { seconds: number }) =>
    `Without a key a filter may take ${seconds} s, and this one took longer. Narrow it with bbox or datetime, or send a key.`,
  'cql2-not-json': ({ reason }: { reason: string }) =>
    `query filter: is not valid JSON, as filter-lang=cql2-json wants: ${reason}.`,
  'cql2-too-long': ({ characters, most }: { characters: number; most: number }) =>
    `The filter has ${characters} characters, more than the ${most} allowed.`,
  'cql2-parentheses': ({ most }: { most: number }) =>
    `The filter has parentheses nested deeper than ${most} levels.`,
  'cql2-quotation': ({ character }: { character: number }) =>
    `The filter cannot be read: the quotation at character ${character} has no end or is misplaced.`,
  'cql2-syntax': ({
    character,
    before,
    expected,
  }: {
    character?: number;
    before?: Shown;
    expected: readonly string[];
  }) =>
    `The filter cannot be read ${
      character === undefined ? 'at its end' : `at character ${character}, before ${show(before ?? '')}`
    }: expected ${list(
      expected.map((name) => EXPECTED[name] ?? name),
      'white space',
    )}.`,

  'cql2-too-many-characters': ({ characters, most }: { characters: number; most: number }) =>
    `written as text it has ${characters} characters, more than the ${most} allowed`,
  'cql2-too-many-parts': ({ most }: { most: number }) => `it has more than ${most} parts`,
  'cql2-too-deep': ({ most }: { most: number }) => `it is nested in more than ${most} levels`,
  'cql2-too-many-positions': ({ most }: { most: number }) =>
    `its geometries have more than ${most} positions`,
  'cql2-null': () => 'null is not a value, ask with IS NULL (isNull)',
  'cql2-not-expression': ({ value }: { value: Shown }) => `${show(value)} is not an expression`,
  'cql2-form': () =>
    'it must be an object with "op" and "args", "property", "date", "timestamp", "interval" or "bbox", or a GeoJSON geometry',
  'cql2-number-too-large': () => 'a number is too large',
  'cql2-text': ({ fault }: { fault: Message }, say: Say) => `a text ${say(fault)}`,
  'cql2-member': ({ member, beside }: { member: Shown; beside: Shown }) =>
    `${show(member)} is not known beside ${show(beside)}`,
  'cql2-call': () => '"op" must be a text and "args" a list',
  'cql2-op': ({ op }: { op: Shown }) => `${show(op)} is neither an operator nor a name of a function`,
  'cql2-arguments': ({
    op,
    fewest,
    isOpen,
    given,
  }: {
    op: Shown;
    fewest: number;
    isOpen: boolean;
    given: number;
  }) => `${show(op)} takes ${isOpen ? 'at least ' : ''}${count(fewest, 'argument')}, not ${given}`,
  'cql2-in-list': () => 'the second argument of "in" must be a list',
  'cql2-property-form': ({ value }: { value: Shown }) => `"property" must be a text, not ${show(value)}`,
  'cql2-date': ({ value }: { value: Shown }) => `${show(value)} is not a date such as 2026-01-31`,
  'cql2-timestamp': ({ value }: { value: Shown }) =>
    `${show(value)} is not a time such as 2026-01-31T12:00:00Z`,
  'cql2-interval-form': () => '"interval" must be a list of two',
  'cql2-interval-end': ({ value }: { value: Shown }) =>
    `${show(value)} is neither a date nor a time nor ".."`,
  'cql2-interval-end-kind': () =>
    'an end of an interval must be a date, a time, "..", a property or a function',

  'cql2-geometry-member': ({ member }: { member: Shown }) => `${show(member)} is not known in a geometry`,
  'cql2-geometry-type': ({ value }: { value: Shown }) => `${show(value)} is not a type of GeoJSON geometry`,
  'cql2-collections-deep': ({ most }: { most: number }) =>
    `more than ${most} GeometryCollections are in each other`,
  'cql2-collection-empty': () => 'a GeometryCollection needs geometries',
  'cql2-coordinates': ({ value }: { value: Shown }) =>
    `coordinates must be lists of positions, not ${show(value)}`,
  'cql2-position': ({ value }: { value: Shown }) => `${show(value)} is not a position`,
  'cql2-line-short': ({ positions, fewest }: { positions: number; fewest: number }) =>
    `a line or ring with ${positions} positions is too short, it needs ${fewest}`,
  'cql2-ring-open': ({ first, last }: { first: readonly number[]; last: readonly number[] }) =>
    `a ring is not closed: [${first}] and [${last}] must be equal`,
  'cql2-box': () => 'a box must have four numbers, or six',

  'cql2-position-outside': ({ position, first, second }: OutsideCrs) =>
    `The position [${position}] lies outside the reference system of the filter: the first axis goes from ${first.join(' to ')}, the second from ${second.join(' to ')}.`,
  'cql2-area': ({ fault }: { fault: Message }, say: Say) =>
    `An area of the filter is not valid: ${say(fault)}.`,
  'cql2-box-upside-down': ({ south, north }: { south: number; north: number }) =>
    `The box of the filter has its south ${south} north of its north ${north}.`,
  'cql2-box-backwards': ({ west, east }: { west: number; east: number }) =>
    `The box of the filter has its west ${west} east of its east ${east}.`,
  'cql2-interval-backwards': ({ from, to }: { from: string; to: string }) =>
    `The interval starts at ${from}, after its end ${to}.`,

  'cql2-property-unknown': ({ name, known }: { name: Shown; known: readonly string[] }) =>
    `There is no property ${show(name)} to filter by. There are: ${list(known)}.`,
  'cql2-function-unknown': ({ name, known }: { name: Shown; known: readonly string[] }) =>
    `There is no function ${show(name)}. There are: ${list(known)}.`,
  'cql2-function-arguments': ({
    name,
    takes,
    given,
  }: {
    name: string;
    takes: readonly string[];
    given: number;
  }) =>
    `${name} takes ${takes.length === 0 ? 'no arguments' : `${count(takes.length, 'argument')} (${list(takes)})`}, not ${given}.`,
  'cql2-not-condition': ({ given }: { given: Said }) =>
    `The filter must be ${KINDS.boolean}, not ${nameOf(given)}.`,
  'cql2-kind': ({ by, kind, given }: { by: Taker; kind: Kind; given: Said }) =>
    `${capital(takerName(by))} takes ${KINDS[kind]}, not ${nameOf(given)}.`,
  'cql2-not-comparable': ({ left, right, isTime }: { left: Said; right: Said; isTime: boolean }) =>
    `${capital(nameOf(left))} cannot be compared with ${nameOf(right)}.${isTime ? TIME_FORM : ''}`,
  'cql2-not-time': ({ given }: { given: Said }) =>
    `${capital(nameOf(given))} is not a time and cannot be the end of an INTERVAL.`,
  'cql2-not-period': ({ name, given }: { name: string; given: Said }) =>
    `${name} takes times and intervals, not ${nameOf(given)}.`,
  'cql2-not-interval': ({ name, given }: { name: string; given: Said }) =>
    `${capital(nameOf(given))} is an instant, and ${name} takes intervals. Ask with T_INTERSECTS.`,
  'cql2-pattern-escape': ({ pattern }: { pattern: Shown }) =>
    `The pattern ${show(pattern)} ends in a backslash that escapes nothing. Write two for one.`,
  'cql2-pattern': () => 'The pattern of LIKE must be a text, or CASEI or ACCENTI of one.',
};

const TIME_FORM = " A time is written as TIMESTAMP('2026-01-31T12:00:00Z') or DATE('2026-01-31').";

type OutsideCrs = {
  position: readonly number[];
  first: readonly [number, number];
  second: readonly [number, number];
};
