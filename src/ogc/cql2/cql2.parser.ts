import peggy from 'peggy';
import type { Cql2Expression } from './cql2.expression.ts';
import { GRAMMAR } from './cql2.grammar.ts';
import { spell, takesArrays } from './cql2.operators.ts';

/** A single item in parentheses: a sub-expression or an array of one, depending on its context. */
class Parenthesised {
  readonly only: Cql2Expression;
  constructor(only: Cql2Expression) {
    this.only = only;
  }
}
type Piece = Cql2Expression | Parenthesised;

const plain = (piece: Piece): Cql2Expression => (piece instanceof Parenthesised ? piece.only : piece);
const asArray = (piece: Piece): Cql2Expression => (piece instanceof Parenthesised ? [piece.only] : piece);

function call(name: string, args: Piece[]): Cql2Expression {
  const op = spell(name);
  return { op, args: args.map(takesArrays(op) ? asArray : plain) };
}

/** Functions that the grammar's actions call. */
const ACTIONS = {
  call,
  list: (pieces: Piece[]): Cql2Expression => pieces.map(plain),
  join: (op: string, first: Piece, rest: Piece[]): Piece =>
    rest.length === 0 ? first : call(op, [first, ...rest]),
  chain: (first: Piece, rest: [string, Piece][]): Piece =>
    rest.reduce<Piece>((left, [op, right]) => call(op, [left, right]), first),
  unless: (not: unknown, condition: Piece): Piece => (not ? call('not', [condition]) : condition),
  minus: (piece: Piece): Cql2Expression => {
    const of = plain(piece);
    return typeof of === 'number' ? -of : call('*', [-1, of]);
  },
  parenthesised: (pieces: Piece[]): Piece =>
    pieces.length === 1 ? new Parenthesised(plain(pieces[0]!)) : pieces.map(plain),
  escapes: {
    a: '\x07',
    b: '\b',
    t: '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    "'": "'",
    '\\': '\\',
  },
};

let parser: peggy.Parser | undefined;

/** Parses a text, without checks; throws peggy's SyntaxError. */
export function parseText(text: string, isLenient: boolean): Cql2Expression {
  parser ??= peggy.generate(GRAMMAR);
  return plain(parser.parse(text, { ...ACTIONS, isLenient }));
}
