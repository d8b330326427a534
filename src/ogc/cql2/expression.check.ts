import { badRequest } from '../../core/problem.ts';
import { quote } from '../../geometry/value.quote.ts';
import { textFault } from '../../http/text.guard.ts';
import type { Cql2Expression, Cql2Instant } from './cql2.expression.ts';
import { LIMITS } from './cql2.limits.ts';
import { type Arity, arityOf, spell } from './cql2.operators.ts';
import { type At, ExpressionFault, fault, inside, tooLarge } from './expression.fault.ts';
import { checkBox, checkGeometry } from './geometry.check.ts';
import { isFullDate, normalEnd, normalTimestamp } from './instant.literal.ts';

type Members = Record<string, unknown>;

const NAME = /^[:_\p{L}][:_.\p{L}\p{M}\p{N}]*$/u; // names that the text grammar can parse
const FORMS =
  'an object with "op" and "args", "property", "date", "timestamp", "interval" or "bbox", or a GeoJSON geometry';

/** The normalised expression, or a Problem with the reason, and for JSON the position. */
export function checkExpression(value: unknown, { isJson }: { isJson: boolean }): Cql2Expression {
  try {
    return check(value, { path: [], counted: { nodes: 0, vertices: 0 } });
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    const place = isJson && error.path.length > 0 ? ` at ${error.path.join('.').replaceAll('.[', '[')}` : '';
    throw badRequest(`The filter is not CQL2${place}: ${error.message}.`);
  }
}

function check(value: unknown, at: At): Cql2Expression {
  at.counted.nodes += 1;
  if (at.counted.nodes > LIMITS.nodes) tooLarge(`it has more than ${LIMITS.nodes} parts`);
  if (at.path.length >= LIMITS.levels) tooLarge(`it is nested in more than ${LIMITS.levels} levels`);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return checkNumber(value, at);
  if (typeof value === 'string') return checkText(value, at);
  if (Array.isArray(value)) return value.map((member, i) => check(member, inside(at, `[${i}]`)));
  if (value === null) return fault(at, 'null is no value, ask with IS NULL (isNull)');
  if (typeof value === 'object') return checkObject(value as Members, at);
  return fault(at, `${quote(value)} is no expression`);
}

/** -0 becomes 0. */
const checkNumber = (value: number, at: At): number =>
  Number.isFinite(value) ? value + 0 : fault(at, 'a number is too large');

function checkText(value: string, at: At): string {
  const bad = textFault(value);
  return bad === undefined ? value : fault(at, `a text ${bad}`);
}

function checkObject(value: Members, at: At): Cql2Expression {
  const only = (...names: string[]) => refuseOthers(value, names, at);
  if ('op' in value) return checkCall(only('op', 'args'), at);
  if ('property' in value) return { property: checkName(only('property').property, at) };
  if ('date' in value) return { date: checkDate(only('date').date, at) };
  if ('timestamp' in value) return { timestamp: checkTimestamp(only('timestamp').timestamp, at) };
  if ('interval' in value) return { interval: checkInterval(only('interval').interval, at) };
  if ('type' in value) return checkGeometry(value, at);
  if ('bbox' in value) return checkBox(only('bbox').bbox, at);
  return fault(at, `it must be ${FORMS}`);
}

function refuseOthers(value: Members, names: readonly string[], at: At): Members {
  const other = Object.keys(value).find((name) => !names.includes(name));
  return other === undefined ? value : fault(at, `${quote(other)} is not known beside ${quote(names[0])}`);
}

function checkCall({ op, args }: Members, at: At): Cql2Expression {
  if (typeof op !== 'string' || !Array.isArray(args))
    return fault(at, '"op" must be a text and "args" a list');
  const name = spell(op);
  const arity = arityOf(name);
  if (!arity && !NAME.test(name))
    return fault(at, `${quote(op)} is neither an operator nor a name of a function`);
  if (arity && (args.length < arity.fewest || args.length > arity.most))
    return fault(at, `${quote(name)} takes ${spoken(arity)}, not ${args.length}`);
  if (name === 'in' && !Array.isArray(args[1]))
    return fault(at, 'the second argument of "in" must be a list');
  return { op: name, args: args.map((arg, i) => check(arg, inside(at, `args[${i}]`))) };
}

const spoken = ({ fewest, most }: Arity): string =>
  fewest === most ? `${fewest} argument${fewest === 1 ? '' : 's'}` : `at least ${fewest} arguments`;

const checkName = (name: unknown, at: At): string =>
  typeof name === 'string' ? checkText(name, at) : fault(at, `"property" must be a text, not ${quote(name)}`);

const checkDate = (date: unknown, at: At): string =>
  typeof date === 'string' && isFullDate(date)
    ? date
    : fault(at, `${quote(date)} is not a date such as 2026-01-31`);

const checkTimestamp = (timestamp: unknown, at: At): string =>
  (typeof timestamp === 'string' ? normalTimestamp(timestamp) : undefined) ??
  fault(at, `${quote(timestamp)} is not a time such as 2026-01-31T12:00:00Z`);

function checkInterval(ends: unknown, at: At): [Cql2Instant, Cql2Instant] {
  if (!Array.isArray(ends) || ends.length !== 2) return fault(at, '"interval" must be a list of two');
  return [checkEnd(ends[0], at), checkEnd(ends[1], at)];
}

function checkEnd(end: unknown, at: At): Cql2Instant {
  if (typeof end !== 'object') {
    const normal = typeof end === 'string' ? normalEnd(end) : undefined;
    return normal ?? fault(at, `${quote(end)} is neither a date nor a time nor ".."`);
  }
  const checked = check(end, inside(at, 'interval'));
  if (typeof checked === 'object' && ('property' in checked || 'op' in checked)) return checked;
  return fault(at, 'an end of an interval must be a date, a time, "..", a property or a function');
}
