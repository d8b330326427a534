import type { RecordedStatement } from './statement.record.ts';

interface Clause {
  /** Behind the word WHERE. */
  start: number;
  end: number;
}

const ENDS = new Set(
  'GROUP ORDER LIMIT OFFSET FOR UNION INTERSECT EXCEPT HAVING WINDOW RETURNING ON'.split(' '),
);
// texts and quoted names are skipped as a whole
const TOKEN = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|FILTER \(WHERE|\w+|[()]/g;

/** Where the conditions of a statement stand, those within others too; not those of single aggregates. */
export function clausesOf(text: string): Clause[] {
  const open: { start: number; depth: number }[] = [];
  const clauses: Clause[] = [];
  let depth = 0;
  const closeTo = (least: number, end: number) => {
    while (open.length > 0 && open.at(-1)!.depth >= least) clauses.push({ start: open.pop()!.start, end });
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token.endsWith('(') || token === 'FILTER (WHERE') depth += 1;
    if (token === ')') {
      closeTo(depth, index);
      depth -= 1;
    }
    if (ENDS.has(token)) closeTo(depth, index);
    if (token === 'WHERE') open.push({ start: index + token.length, depth });
  }
  closeTo(0, text.length);
  return clauses.sort((one, other) => one.start - other.start);
}

/** The statement as it is, without each of its conditions, and without all of them at once. */
export function withoutFilters(statement: RecordedStatement): RecordedStatement[] {
  const clauses = clausesOf(statement.text);
  const outermost = clauses.filter(
    ({ start, end }) => !clauses.some((other) => other.start < start && end <= other.end),
  );
  const without = (some: Clause[]): RecordedStatement => renumbered(cut(statement.text, some), statement);
  const all = outermost.length > 1 ? [without(outermost)] : [];
  return [statement, ...clauses.map((clause) => without([clause])), ...all];
}

const cut = (text: string, clauses: Clause[]): string =>
  clauses.reduceRight((rest, { start, end }) => `${rest.slice(0, start)} true ${rest.slice(end)}`, text);

/** PostgreSQL cannot tell the type of a parameter that stands nowhere. */
function renumbered(text: string, { values, ...statement }: RecordedStatement): RecordedStatement {
  const used = [...new Set([...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)))];
  return {
    ...statement,
    text: text.replace(/\$(\d+)/g, (_, number) => `$${used.indexOf(Number(number)) + 1}`),
    values: used.map((number) => values[number - 1]),
  };
}
