import { excerpt } from '../../core/messages/message.ts';
import { badRequest, type Problem } from '../../core/problem.ts';
import type { Cql2Expression } from './cql2.expression.ts';
import { LIMITS } from './cql2.limits.ts';
import { parseText } from './cql2.parser.ts';
import { checkExpression } from './expression.check.ts';

/** GDAL sends `cql-text`: it has ILIKE, and the backslash is an ordinary character. */
export type Cql2Dialect = 'cql2-text' | 'cql-text';

/** Reads CQL2 text; throws a Problem with the position of the fault and the expected tokens. */
export function parseCql2Text(text: string, dialect: Cql2Dialect): Cql2Expression {
  if (text.length > LIMITS.characters)
    throw badRequest('cql2-too-long', { characters: text.length, most: LIMITS.characters });
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
    if (depth > LIMITS.levels) throw badRequest('cql2-parentheses', { most: LIMITS.levels });
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
    throw syntaxProblem(text, error as unknown as SyntaxFault);
  }
}

function syntaxProblem(text: string, { location, expected }: SyntaxFault): Problem {
  const at = location.start.offset;
  const character = at + 1;
  if (QUOTES.test(text.charAt(at))) return badRequest('cql2-quotation', { character });
  const place = at < text.length ? { character, before: excerpt(text.slice(at)) } : {};
  return badRequest('cql2-syntax', { ...place, expected: namesOf(expected ?? []) });
}

const QUOTES = /['"]/;
const OPERATORS = ['IS', 'NOT', 'LIKE', 'ILIKE', 'BETWEEN', 'IN', 'DIV', '^', '<>', '<=', '>='];

/** A few names for what the grammar expects: any value is one of them, and so is any operator. */
function namesOf(expected: NonNullable<SyntaxFault['expected']>): string[] {
  const names = new Set(expected.map(({ type, description, text }) => description ?? text ?? type));
  if (names.has('name') && names.has('number')) return ['value'];
  const few = new Set<string>();
  for (const name of names) {
    if (OPERATORS.includes(name) || name === 'class') few.add('operator');
    else if (name !== 'blank') few.add(name);
  }
  return [...few];
}
