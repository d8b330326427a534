import { median } from './comparison.ts';
import type { Options } from './options.ts';
import { runPgbench, type Script, scriptOf } from './pgbench.ts';
import type { Question } from './question.ts';
import { say } from './say.ts';

export interface FilterCost {
  name: string;
  /** Transactions a second through the views that filter by the caller, and over the tables themselves. */
  filtered: number;
  unfiltered: number;
}

// All three countries at once, which no caller is: the filter is asked of every row and hides few, so that both sides
// answer about the same rows.
const FILTERED = { 'tripoint.viewer': '15' };
// The tables come first on the path of their owner: the same text reads them in the place of the views. What functions
// read, such as who is responsible, they read through views on both sides.
const UNFILTERED = { ...FILTERED, role: undefined, search_path: 'base,tripoint,public' };

/** The same statements with the filter of the views and without it, both under pgbench, in turn. */
export async function filterCosts(
  databaseUrl: string,
  questions: readonly Question[],
  options: Options,
): Promise<FilterCost[]> {
  const costs: FilterCost[] = [];
  for (const question of questions) costs.push(await costOf(databaseUrl, question, options));
  return costs;
}

async function costOf(databaseUrl: string, question: Question, options: Options): Promise<FilterCost> {
  const { name } = question;
  const script = await scriptOf(databaseUrl, question);
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const filtered = await runPgbench(databaseUrl, withSettings(script, FILTERED), options);
    const unfiltered = await runPgbench(databaseUrl, withSettings(script, UNFILTERED), options);
    rounds.push({ filtered, unfiltered });
    say(`  ${name}: ${Math.round(filtered)} with the filter, ${Math.round(unfiltered)} without`);
  }
  return {
    name,
    filtered: median(rounds.map(({ filtered }) => filtered)),
    unfiltered: median(rounds.map(({ unfiltered }) => unfiltered)),
  };
}

function withSettings(script: Script, settings: Record<string, string | undefined>): Script {
  const isOther = (setting: string) => !(setting.split('=')[0]! in settings);
  const own = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  return { ...script, session: [...script.session.filter(isOther), ...own] };
}
