import { badRequest } from '../../core/problem.ts';
import { quote } from '../../geometry/value.quote.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import { LIMITS } from './cql2.limits.ts';
import { parseText } from './cql2.parser.ts';
import { checkExpression } from './expression.check.ts';

/** GDAL sends `cql-text`: it has ILIKE, and the backslash is an ordinary character. */
export type Cql2Dialect = 'cql2-text' | 'cql-text';

/** Reads CQL2 text; throws a Problem with the position of the fault and the expected tokens. */
export function parseCql2Text(text: string, dialect: Cql2Dialect): Cql2Expression {
  if (text.length > LIMITS.characters)
    throw badRequest(`The filter has ${text.length} characters, more than the ${LIMITS.characters} allowed.`);
  refuseDepth(text, dialect);
  return checkExpression(parsed(text, dialect), { isJson: false });
}

// an unterminated text runs to the end: otherwise each of many would be searched again
const TEXTS = { 'cql2-text': /'(?:[^'\\]|\\.)*'?|"[^"]*"?/gs, 'cql-text': /'[^']*'?|"[^"]*"?/g };

/** The parser recurses at each parenthesis: too many would overflow its stack. */
function refuseDepth(text: string, dialect: Cql2Dialect): void {
  let depth = 0;
  for (const [sign] of text.replace(TEXTS[dialect], '').matchAll(/[()]/g)) {
    depth += sign === '(' ? 1 : -1;
    if (depth > LIMITS.levels)
      throw badRequest(`The filter has more than ${LIMITS.levels} parentheses in each other.`);
  }
}

interface SyntaxFault {
  location: { start: { offset: number } };
  expected: { type: string; description?: string; text?: string }[] | null;
}

function parsed(text: string, dialect: Cql2Dialect): unknown {
  try {
    return parseText(text, dialect === 'cql-text');
  } catch (error) {
    if (!(error instanceof Error && 'location' in error)) throw error;
    throw badRequest(describe(text, error as unknown as SyntaxFault));
  }
}

function describe(text: string, { location, expected }: SyntaxFault): string {
  const at = location.start.offset;
  if (QUOTES.test(text.charAt(at)))
    return `The filter cannot be read: the quotation at character ${at + 1} has no end or stands where none may.`;
  const place = at < text.length ? `at character ${at + 1}, before ${quote(text.slice(at))}` : 'at its end';
  return `The filter cannot be read ${place}: expected ${speak(expected ?? [])}.`;
}

const QUOTES = /['"]/;
const VALUE = 'a value, a property, a function or a parenthesis';
const OPERATOR = 'an operator such as =, <, LIKE, IN, BETWEEN, IS NULL, + or *';
const OPERATORS = ['IS', 'NOT', 'LIKE', 'ILIKE', 'BETWEEN', 'IN', 'DIV', '^', '<>', '<=', '>='];

function speak(expected: NonNullable<SyntaxFault['expected']>): string {
  const names = new Set(expected.map(({ type, description, text }) => description ?? text ?? type));
  const isValue = names.has('a name') && names.has('a number');
  if (isValue) return VALUE;
  const spoken = new Set<string>();
  for (const name of names) {
    if (OPERATORS.includes(name) || name === 'class') spoken.add(OPERATOR);
    else if (name === 'end') spoken.add('the end');
    else if (name !== 'white space') spoken.add(name);
  }
  return [...spoken].join(', ') || 'white space';
}
