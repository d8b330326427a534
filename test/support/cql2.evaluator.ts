import type { Geometry } from 'geojson';
import type { Cql2Call, Cql2Expression, Cql2Interval } from '../../src/ogc/cql2/cql2.expression.ts';
import { relate } from './cql2.shapes.ts';
import type { ThingFeature } from './cql2.things.ts';

/** A value of CQL2 in three-valued logic: null is unknown. Written from the standard, without SQL. */
type Value = string | number | boolean | string[] | Instant | Period | Shape | null;

interface Instant {
  day?: number; // of UTC, for a date
  micros?: number; // for a time
}
interface Period {
  from: Instant | null;
  to: Instant | null;
}
interface Shape {
  shape: Geometry;
}

const DAY = 86_400_000_000; // microseconds
const OPEN_START: Instant = { micros: Number.NEGATIVE_INFINITY };
const OPEN_END: Instant = { micros: Number.POSITIVE_INFINITY };

/** Whether a feature is in the answer: its condition is true, neither false nor unknown. */
export const isSelected = (expression: Cql2Expression, feature: ThingFeature): boolean =>
  evaluate(expression, feature) === true;

function evaluate(e: Cql2Expression, feature: ThingFeature): Value {
  if (typeof e !== 'object') return e;
  if (Array.isArray(e)) return e.map((member) => evaluate(member, feature)) as string[];
  if ('op' in e) return apply(e, feature);
  if ('property' in e) return read(e.property, feature);
  if ('date' in e) return instant(e.date);
  if ('timestamp' in e) return instant(e.timestamp);
  if ('interval' in e) return periodOf(e, feature);
  return { shape: 'bbox' in e && !('type' in e) ? boxShape(e.bbox) : (e as Geometry) };
}

const instant = (text: string): Instant =>
  text.length === 10 ? { day: Date.parse(text) * 1000 } : { micros: Date.parse(text) * 1000 };

function boxShape(bbox: number[]): Geometry {
  const [west, south, east, north] = bbox as [number, number, number, number];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}

function read(name: string, { properties, geometry }: ThingFeature): Value {
  const { at, until } = properties;
  if (name === 'geom') return geometry && { shape: geometry };
  if (name === 'plainPeriod')
    return { from: at === null ? null : instant(at), to: until === null ? null : instant(until) };
  if (name === 'period')
    return { from: at === null ? null : instant(at), to: until === null ? OPEN_END : instant(until) };
  const value = properties[name as keyof typeof properties];
  return value !== null && ['at', 'until', 'day'].includes(name) ? instant(value as string) : value;
}

function periodOf({ interval: [from, to] }: Cql2Interval, feature: ThingFeature): Period {
  const end = (value: Cql2Interval['interval'][0], open: Instant): Instant | null => {
    if (value === '..') return open;
    return typeof value === 'string' ? instant(value) : (evaluate(value, feature) as Instant | null);
  };
  return { from: end(from, OPEN_START), to: end(to, OPEN_END) };
}

type Three = boolean | null;
const and = (...parts: Three[]): Three =>
  parts.includes(false) ? false : parts.includes(null) ? null : true;
const or = (...parts: Three[]): Three => (parts.includes(true) ? true : parts.includes(null) ? null : false);
const not = (part: Three): Three => (part === null ? null : !part);

function apply({ op, args }: Cql2Call, feature: ThingFeature): Value {
  if (op === 'in') {
    const [of, list] = [evaluate(args[0]!, feature), args[1] as Cql2Expression[]];
    return or(...list.map((member) => compare('=', of, evaluate(member, feature))));
  }
  const values = args.map((arg) => evaluate(arg, feature));
  const [left, right] = values as [Value, Value];
  if (op === 'and') return and(...(values as Three[]));
  if (op === 'or') return or(...(values as Three[]));
  if (op === 'not') return not(left as Three);
  if (op === 'isNull') return isPeriod(left) ? left.from === null : left === null;
  if (op === 'between') return and(compare('>=', left, right), compare('<=', left, values[2]!));
  if (op.startsWith('t_')) return relatePeriods(op, asPeriod(left), asPeriod(right));
  if (left === null || right === null) return null;
  if (op === 'like') return like(left as string, right as string);
  if (op === 'casei') return (left as string).toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ');
  if (op === 'accenti') return (left as string).normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
  if (op.startsWith('s_')) return relate(op, (left as Shape).shape, (right as Shape).shape);
  if (op.startsWith('a_')) return relateSets(op, new Set(left as string[]), new Set(right as string[]));
  return typeof left === 'number' && !COMPARISONS.includes(op)
    ? compute(op, left, right as number)
    : compare(op, left, right);
}

const COMPARISONS = ['=', '<>', '<', '>', '<=', '>='];
const isPeriod = (value: Value): value is Period =>
  value !== null && typeof value === 'object' && 'from' in value;
const isInstant = (value: Value): value is Instant =>
  value !== null && typeof value === 'object' && ('day' in value || 'micros' in value);

function compare(op: string, left: Value, right: Value): Three {
  if (left === null || right === null) return null;
  const [a, b] =
    isInstant(left) || isInstant(right) ? inOneGrain(toInstant(left), toInstant(right)) : [left, right];
  const [x, y] = [a, b] as [number, number]; // texts and truths are in order, too
  const answers: Record<string, boolean> = {
    '=': x === y,
    '<>': x !== y,
    '<': x < y,
    '>': x > y,
    '<=': x <= y,
    '>=': x >= y,
  };
  return answers[op]!;
}

const toInstant = (value: Value): Instant =>
  typeof value === 'string' ? instant(value) : (value as Instant);
const dayOf = ({ day, micros }: Instant): number => day ?? Math.floor(micros! / DAY) * DAY;

const inOneGrain = (a: Instant, b: Instant): [number, number] =>
  a.day === undefined && b.day === undefined ? [a.micros!, b.micros!] : [dayOf(a), dayOf(b)];

function compute(op: string, a: number, b: number): number | null {
  if (['/', '%', 'div'].includes(op) && b === 0) return null;
  const results: Record<string, number> = {
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '%': a % b,
    div: Math.trunc(a / b),
    '^': a ** b,
  };
  return results[op]! + 0;
}

function like(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\(.)|([%_])|([^\\%_])/gsu, (_, escaped, wild, plain) => {
    if (wild) return wild === '%' ? '.*' : '.';
    return (escaped ?? plain).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'su').test(text);
}

function relateSets(op: string, a: Set<string>, b: Set<string>): boolean {
  const holds = (one: Set<string>, other: Set<string>) => [...other].every((member) => one.has(member));
  if (op === 'a_equals') return holds(a, b) && holds(b, a);
  if (op === 'a_contains') return holds(a, b);
  return op === 'a_containedBy' ? holds(b, a) : [...a].some((member) => b.has(member));
}

const asPeriod = (value: Value): Period => {
  if (isPeriod(value)) return value;
  const at = value === null ? null : toInstant(value);
  return { from: at, to: at };
};

/** In microseconds; dates beside times, and in intervals that have both, are whole days. */
function relatePeriods(op: string, left: Period, right: Period): Three {
  const [a, b, c, d] = [start(left.from), end(left.to), start(right.from), end(right.to)];
  const lt = (x: number | null, y: number | null): Three => (x === null || y === null ? null : x < y);
  const eq = (x: number | null, y: number | null): Three => (x === null || y === null ? null : x === y);
  const answers: Record<string, () => Three> = {
    t_after: () => lt(d, a),
    t_before: () => lt(b, c),
    t_disjoint: () => or(lt(d, a), lt(b, c)),
    t_intersects: () => not(or(lt(d, a), lt(b, c))),
    t_equals: () => and(eq(a, c), eq(b, d)),
    t_contains: () => and(lt(a, c), lt(d, b)),
    t_during: () => and(lt(c, a), lt(b, d)),
    t_finishedBy: () => and(lt(a, c), eq(b, d)),
    t_finishes: () => and(lt(c, a), eq(b, d)),
    t_meets: () => eq(b, c),
    t_metBy: () => eq(a, d),
    t_overlappedBy: () => and(lt(c, a), lt(a, d), lt(d, b)),
    t_overlaps: () => and(lt(a, c), lt(c, b), lt(b, d)),
    t_startedBy: () => and(eq(a, c), lt(d, b)),
    t_starts: () => and(eq(a, c), lt(b, d)),
  };
  return answers[op]!();
}

const start = (at: Instant | null): number | null => at && (at.micros ?? at.day!);
const end = (at: Instant | null): number | null => at && (at.micros ?? at.day! + DAY - 1);
