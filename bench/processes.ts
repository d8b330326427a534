import { asOwner } from '../src/db/migrations.ts';
import { median } from './comparison.ts';
import { deepCursor } from './deep.cursor.ts';
import { runLoad } from './load.ts';
import type { Options } from './options.ts';
import type { Question } from './question.ts';
import { questions } from './questions.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';
import { densestSpot, tileQuestion } from './tiles.ts';

/** Medians of the rounds, answers a second. */
export interface ProcessComparison {
  question: string;
  one: number;
  two: number;
}

/** Resident memory of all processes of a service, in bytes. */
export interface ProcessMemory {
  processes: number;
  atRest: number;
  afterLoad: number;
}

export interface ProcessMeasures {
  comparisons: ProcessComparison[];
  memory: ProcessMemory[];
}

const WARM_UP_SECONDS = 3;
/** As strangers get a tenth of the connections, each client has one. */
const POOL_OF_CLIENT = 10;

/** One process and two of the same service, asked in turn. */
export async function compareProcesses(databaseUrl: string, options: Options): Promise<ProcessMeasures> {
  const settings = { DATABASE_POOL_SIZE: String(POOL_OF_CLIENT * options.clients) };
  const one = await startService(databaseUrl, { ...settings, PROCESSES: '1' });
  const two = await startService(databaseUrl, { ...settings, PROCESSES: '2' });
  try {
    const rest = [await one.residentBytes(), await two.residentBytes()] as const;
    const comparisons: ProcessComparison[] = [];
    for (const question of await asked(databaseUrl, one, options))
      comparisons.push(await compareBoth(question, { one, two }, options));
    return {
      comparisons,
      memory: [
        { processes: 1, atRest: rest[0], afterLoad: await one.residentBytes() },
        { processes: 2, atRest: rest[1], afterLoad: await two.residentBytes() },
      ],
    };
  } finally {
    await one.stop();
    await two.stop();
  }
}

async function compareBoth(
  question: Question,
  { one, two }: Record<'one' | 'two', Service>,
  options: Options,
): Promise<ProcessComparison> {
  const rates: Record<'one' | 'two', number[]> = { one: [], two: [] };
  for (const { port } of [one, two]) await runLoad(port, question, { ...options, seconds: WARM_UP_SECONDS });
  for (let round = 0; round < options.rounds; round++) {
    rates.one.push(await runLoad(one.port, question, options));
    rates.two.push(await runLoad(two.port, question, options));
  }
  const compared = { question: question.name, one: median(rates.one), two: median(rates.two) };
  say(
    `  ${question.name}: ${compared.one.toFixed(0)} a second with one, ${compared.two.toFixed(0)} with two`,
  );
  return compared;
}

const NAMES = [
  'incidents in a zone, newest 100',
  'bbox + time window, newest 100',
  'CQL2 filter, newest 100',
  'nearest crossing',
  'locate',
];

async function asked(databaseUrl: string, { port }: Service, { zones }: Options): Promise<Question[]> {
  const known = questions({ zones, cursor: await deepCursor(databaseUrl, port) });
  const spot = await densestSpot(databaseUrl);
  const id = await asOwner(databaseUrl, async (knex) => {
    const { rows } = await knex.raw(`SELECT id FROM base.incident WHERE tlp = 'CLEAR' ORDER BY id LIMIT 1`);
    return rows[0].id as string;
  });
  return [
    { name: 'one incident', path: `/v1/incidents/${id}`, variables: [] },
    ...known.filter(({ name }) => NAMES.includes(name)),
    { ...tileQuestion(12, spot), name: 'tile of zoom 12 from memory' },
  ];
}
