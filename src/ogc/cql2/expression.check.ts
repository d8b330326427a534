import { excerpt, type Message } from '../../core/messages/message.ts';
import { badRequest } from '../../core/problem.ts';
import { textFault } from '../../http/text.guard.ts';
import type { Cql2Expression, Cql2Instant } from './cql2.expression.ts';
import { type FilterLimits, LIMITS } from './cql2.limits.ts';
import { type Arity, arityOf, spell } from './cql2.operators.ts';
import { contextOf, type ExpressionContext, ExpressionFault, fault, tooLarge } from './expression.fault.ts';
import { checkBox, checkGeometry } from './geometry.check.ts';
import { isFullDate, normalEnd, normalTimestamp } from './instant.literal.ts';
import { toCql2Text } from './text.writer.ts';

type ObjectMembers = Record<string, unknown>;

const NAME = /^[:_\p{L}][:_.\p{L}\p{M}\p{N}]*$/u; // names that the text grammar can parse

/** The normalised expression, or a Problem with the reason, and for JSON the position. */
export function checkExpression(
  value: unknown,
  { isJson, limits = LIMITS }: { isJson: boolean; limits?: FilterLimits },
): Cql2Expression {
  try {
    const checked = check(value, { path: [], counted: { nodes: 0, vertices: 0 }, limits });
    // the length of a text is checked before it is parsed
    if (isJson) requireLength(checked, limits.characters);
    return checked;
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    const at = isJson && error.path.length > 0 ? error.path.join('.').replaceAll('.[', '[') : undefined;
    throw badRequest('cql2-invalid', { at, fault: error.says });
  }
}

/** The reason why an expression is larger than it may be; undefined: it is not. */
export function sizeFault(expression: Cql2Expression, limits: FilterLimits): Message | undefined {
  try {
    requireLength(expression, limits.characters);
    check(expression, { path: [], counted: { nodes: 0, vertices: 0 }, limits });
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionFault) return error.says;
    throw error;
  }
}

function requireLength(expression: Cql2Expression, most: number): void {
  const characters = toCql2Text(expression).length;
  if (characters > most) tooLarge('cql2-too-many-characters', { characters, most });
}

function check(value: unknown, at: ExpressionContext): Cql2Expression {
  at.counted.nodes += 1;
  if (at.counted.nodes > at.limits.nodes) tooLarge('cql2-too-many-parts', { most: at.limits.nodes });
  if (at.path.length >= at.limits.levels) tooLarge('cql2-too-deep', { most: at.limits.levels });
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return checkNumber(value, at);
  if (typeof value === 'string') return checkText(value, at);
  if (Array.isArray(value)) return value.map((member, i) => check(member, contextOf(at, `[${i}]`)));
  if (value === null) return fault(at, 'cql2-null');
  if (typeof value === 'object') return checkObject(value as ObjectMembers, at);
  return fault(at, 'cql2-not-expression', { value: excerpt(value) });
}

/** -0 becomes 0. */
const checkNumber = (value: number, at: ExpressionContext): number =>
  Number.isFinite(value) ? value + 0 : fault(at, 'cql2-number-too-large');

function checkText(value: string, at: ExpressionContext): string {
  const bad = textFault(value);
  return bad === undefined ? value : fault(at, 'cql2-text', { fault: bad });
}

function checkObject(value: ObjectMembers, at: ExpressionContext): Cql2Expression {
  const only = (...names: string[]) => refuseOthers(value, names, at);
  if ('op' in value) return checkCall(only('op', 'args'), at);
  if ('property' in value) return { property: checkName(only('property').property, at) };
  if ('date' in value) return { date: checkDate(only('date').date, at) };
  if ('timestamp' in value) return { timestamp: checkTimestamp(only('timestamp').timestamp, at) };
  if ('interval' in value) return { interval: checkInterval(only('interval').interval, at) };
  if ('type' in value) return checkGeometry(value, at);
  if ('bbox' in value) return checkBox(only('bbox').bbox, at);
  return fault(at, 'cql2-form');
}

function refuseOthers(value: ObjectMembers, names: readonly string[], at: ExpressionContext): ObjectMembers {
  const other = Object.keys(value).find((name) => !names.includes(name));
  return other === undefined
    ? value
    : fault(at, 'cql2-member', { member: excerpt(other), beside: excerpt(names[0]) });
}

function checkCall({ op, args }: ObjectMembers, at: ExpressionContext): Cql2Expression {
  if (typeof op !== 'string' || !Array.isArray(args)) return fault(at, 'cql2-call');
  const name = spell(op);
  const arity = arityOf(name);
  if (!arity && !NAME.test(name)) return fault(at, 'cql2-op', { op: excerpt(op) });
  if (arity && (args.length < arity.fewest || args.length > arity.most))
    return fault(at, 'cql2-arguments', { op: excerpt(name), ...counted(arity), given: args.length });
  if (name === 'in' && !Array.isArray(args[1])) return fault(at, 'cql2-in-list');
  return { op: name, args: args.map((arg, i) => check(arg, contextOf(at, `args[${i}]`))) };
}

const counted = ({ fewest, most }: Arity) => ({ fewest, isOpen: fewest !== most });

const checkName = (name: unknown, at: ExpressionContext): string =>
  typeof name === 'string' ? checkText(name, at) : fault(at, 'cql2-property-form', { value: excerpt(name) });

const checkDate = (date: unknown, at: ExpressionContext): string =>
  typeof date === 'string' && isFullDate(date) ? date : fault(at, 'cql2-date', { value: excerpt(date) });

const checkTimestamp = (timestamp: unknown, at: ExpressionContext): string =>
  (typeof timestamp === 'string' ? normalTimestamp(timestamp) : undefined) ??
  fault(at, 'cql2-timestamp', { value: excerpt(timestamp) });

function checkInterval(ends: unknown, at: ExpressionContext): [Cql2Instant, Cql2Instant] {
  if (!Array.isArray(ends) || ends.length !== 2) return fault(at, 'cql2-interval-form');
  return [checkEnd(ends[0], at), checkEnd(ends[1], at)];
}

function checkEnd(end: unknown, at: ExpressionContext): Cql2Instant {
  if (typeof end !== 'object') {
    const normal = typeof end === 'string' ? normalEnd(end) : undefined;
    return normal ?? fault(at, 'cql2-interval-end', { value: excerpt(end) });
  }
  const checked = check(end, contextOf(at, 'interval'));
  if (typeof checked === 'object' && ('property' in checked || 'op' in checked)) return checked;
  return fault(at, 'cql2-interval-end-kind');
}
