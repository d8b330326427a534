import type { Options } from './options.ts';
import { choose, pathOf, type Question } from './question.ts';
import { say } from './say.ts';
import { recordStatements } from './statement.record.ts';
import { openSession } from './statement.session.ts';

export interface FilterCost {
  name: string;
  /** Answers per processor second of the database, through the views that filter by caller, and without. */
  filtered: number;
  unfiltered: number;
}

const COMMON = `SET TIME ZONE 'UTC'; SET max_parallel_workers_per_gather TO 0; SET tripoint.agency TO ''`;
// All three countries at once, which no caller is: the filter runs on every row and hides few, so both sides answer
// about the same rows.
const VIEWER = `SET tripoint.viewer TO '15'`;
const FILTERED = `${COMMON}; ${VIEWER}; SET ROLE tripoint_service; SET search_path TO tripoint, public`;
// The owner's search path has the tables first: the same text reads them instead of the views. Functions, such as the
// one for responsible agencies, read views on both sides.
const UNFILTERED = `${COMMON}; ${VIEWER}; SET search_path TO base, tripoint, public`;
// Views that compute columns stay views, without their condition; temporary views come first on the path.
const OPEN_VIEWS = `
  SELECT format('CREATE TEMP VIEW %I AS %s', v.relname, regexp_replace(pg_get_viewdef(v.oid), '\\n  WHERE .*$', '')) AS make
  FROM pg_class AS v WHERE v.relnamespace = 'tripoint'::regnamespace AND v.relname IN ('zone', 'zone_revision')`;

const CHOICES = 30; // sets of values for the variables of a question

/**
 * The same statements with and without the views' filter, in turn, one connection each. The measure is the database's
 * processor time, because other load on the machine affects it little.
 */
export async function filterCosts(
  databaseUrl: string,
  questions: readonly Question[],
  options: Options,
): Promise<FilterCost[]> {
  const costs: FilterCost[] = [];
  for (const question of questions) costs.push(await costOf(databaseUrl, question, options));
  return costs;
}

async function costOf(
  databaseUrl: string,
  question: Question,
  { rounds, seconds }: Options,
): Promise<FilterCost> {
  const paths = Array.from({ length: CHOICES }, () => pathOf(question, choose(question.variables)));
  const { statements } = await recordStatements(databaseUrl, ...paths);
  const sides = [
    await openSession(databaseUrl, FILTERED),
    await openSession(databaseUrl, UNFILTERED),
  ] as const;
  try {
    for (const { make } of await sides[1].query<{ make: string }>(OPEN_VIEWS)) await sides[1].query(make);
    for (const side of sides) await side.warmUp(statements);
    for (let round = 0; round < rounds; round++)
      for (const side of round % 2 === 0 ? sides : [...sides].reverse()) await side.ask(statements, seconds);
  } finally {
    for (const { close } of sides) await close();
  }
  const [filtered, unfiltered] = sides.map(({ rate }) => rate()) as [number, number];
  say(`  ${question.name}: ${Math.round(filtered)} with the filter, ${Math.round(unfiltered)} without`);
  return { name: question.name, filtered, unfiltered };
}
