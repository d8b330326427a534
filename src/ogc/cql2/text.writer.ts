import type { Geometry, Position } from 'geojson';
import {
  type Cql2Call,
  type Cql2Expression,
  type Cql2Instant,
  isBox,
  isCall,
  isDate,
  isGeometry,
  isInterval,
  isProperty,
  isTimestamp,
} from './cql2.expression.ts';
import { arityOf } from './cql2.operators.ts';
import type { Coordinates } from './geometry.place.ts';

/** The grammar's precedence levels: an operand of lower precedence than its position gets parentheses. */
const RUNG = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, power: 7, factor: 8, primary: 9 };
const COMPARISONS = ['=', '<>', '<', '>', '<=', '>='];

/** Writes an expression as CQL2 text; parsing it gives the same expression. */
export const toCql2Text = (expression: Cql2Expression): string => write(expression, RUNG.or);

function write(expression: Cql2Expression, rung: number): string {
  if (typeof expression === 'string') return writeText(expression);
  if (typeof expression === 'number') return String(expression);
  if (typeof expression === 'boolean') return expression ? 'TRUE' : 'FALSE';
  if (Array.isArray(expression)) return writeList(expression);
  if (isCall(expression)) return writeCall(expression, rung);
  if (isProperty(expression)) return writeName(expression.property);
  if (isDate(expression)) return `DATE(${writeText(expression.date)})`;
  if (isTimestamp(expression)) return `TIMESTAMP(${writeText(expression.timestamp)})`;
  if (isInterval(expression)) return `INTERVAL(${expression.interval.map(writeEnd).join(', ')})`;
  if (isBox(expression)) return `BBOX(${expression.bbox.join(', ')})`;
  if (isGeometry(expression)) return writeGeometry(expression);
  return expression satisfies never;
}

const writeText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

const writeEnd = (end: Cql2Instant): string =>
  typeof end === 'string' ? writeText(end) : write(end, RUNG.or);

const writeList = (list: readonly Cql2Expression[]): string =>
  `(${list.map((member) => write(member, RUNG.or)).join(', ')})`;

const PLAIN_NAME = /^[:_A-Za-z][:_.A-Za-z0-9]*$/;
const RESERVED = /^(?:and|or|not|is|null|like|ilike|between|in|div|true|false)$/i;

const writeName = (name: string): string =>
  PLAIN_NAME.test(name) && !RESERVED.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

function writeCall(call: Cql2Call, rung: number): string {
  const [own, text] = writeOperator(call) ?? [RUNG.primary, writeFunction(call)];
  return own < rung ? `(${text})` : text;
}

const writeFunction = ({ op, args }: Cql2Call): string =>
  (arityOf(op) ? op.toUpperCase() : op) + writeList(args);

/** Precedence and text of an operator; undefined for a function. */
function writeOperator({ op, args }: Cql2Call): [rung: number, text: string] | undefined {
  if (op === 'or' || op === 'and') return [RUNG[op], joined(args, ` ${op.toUpperCase()} `, RUNG[op] + 1)];
  if (op === 'not') return writeNegation(args[0]!);
  if (COMPARISONS.includes(op)) return [RUNG.comparison, joined(args, ` ${op} `, RUNG.sum)];
  const test = writeTest({ op, args }, '');
  if (test !== undefined) return [RUNG.comparison, test];
  if (op === '+' || op === '-') return [RUNG.sum, chained({ op, args }, RUNG.sum)];
  if (['*', '/', '%', 'div'].includes(op)) return [RUNG.product, chained({ op, args }, RUNG.product)];
  return op === '^' ? [RUNG.power, joined(args, ' ^ ', RUNG.factor)] : undefined;
}

const joined = (args: readonly Cql2Expression[], sign: string, rung: number): string =>
  args.map((arg) => write(arg, rung)).join(sign);

/** Chains are left-associative. */
const chained = ({ op, args }: Cql2Call, rung: number): string =>
  `${write(args[0]!, rung)} ${op} ${write(args[1]!, rung + 1)}`;

function writeNegation(of: Cql2Expression): [rung: number, text: string] {
  const test = typeof of === 'object' && isCall(of) ? writeTest(of, 'NOT ') : undefined;
  return test === undefined ? [RUNG.not, `NOT ${write(of, RUNG.primary)}`] : [RUNG.comparison, test];
}

/** The operators that contain their NOT. */
function writeTest({ op, args }: Cql2Call, not: string): string | undefined {
  const arg = (i: number) => write(args[i]!, RUNG.sum);
  if (op === 'isNull') return `${arg(0)} IS ${not}NULL`;
  if (op === 'like') return `${arg(0)} ${not}LIKE ${arg(1)}`;
  if (op === 'between') return `${arg(0)} ${not}BETWEEN ${arg(1)} AND ${arg(2)}`;
  return op === 'in' ? `${arg(0)} ${not}IN ${arg(1)}` : undefined;
}

function writeGeometry(geometry: Geometry): string {
  const tag = geometry.type.toUpperCase();
  if (geometry.type === 'GeometryCollection')
    return `${tag}(${geometry.geometries.map(writeGeometry).join(', ')})`;
  const { coordinates } = geometry;
  const head = positionOf(coordinates).length === 3 ? `${tag} Z ` : tag;
  return head + (geometry.type === 'Point' ? `(${coordinates.join(' ')})` : writeCoordinates(coordinates));
}

const isPosition = (coordinates: Coordinates): coordinates is Position => typeof coordinates[0] === 'number';

const positionOf = (coordinates: Coordinates): Position =>
  isPosition(coordinates) ? coordinates : positionOf(coordinates[0]!);

const writeCoordinates = (coordinates: Coordinates): string =>
  isPosition(coordinates) ? coordinates.join(' ') : `(${coordinates.map(writeCoordinates).join(', ')})`;
