import { asOwner, migrate } from '../src/db/migrations.ts';
import { median } from './comparison.ts';
import { deepCursor } from './deep.cursor.ts';
import { runLoad, sampleAnswers } from './load.ts';
import type { Options } from './options.ts';
import { areaQuestions, incidentQuestion } from './peers.ts';
import { choose, pathOf, type Question } from './question.ts';
import { questions } from './questions.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';
import { recordStatements } from './statement.record.ts';
import { openSession } from './statement.session.ts';
import { densestSpot, tileQuestion } from './tiles.ts';

/** A question to the database of the bench and to a smaller one. */
export interface GrownQuestion {
  name: string;
  small: Figures;
  large: Figures;
}

interface Figures {
  features: number;
  /** Processor time of the database for a request. */
  databaseMs: number;
  /** Answers a second over HTTP. */
  rate: number;
}

interface Side {
  url: string;
  service: Service;
  questions: Question[];
}

const CHOICES = 30; // sets of values for the variables of a question
const CALLER = `SET TIME ZONE 'UTC'; SET max_parallel_workers_per_gather TO 0; SET jit TO off; SET tripoint.agency TO '';
  SET tripoint.viewer TO '1'; SET ROLE tripoint_service; SET search_path TO tripoint, public`;

/** In turn, without tiles from memory. */
export async function measureGrowth(databaseUrl: string, options: Options): Promise<GrownQuestion[]> {
  const smallUrl = Object.assign(new URL(databaseUrl), { pathname: options.beforeDatabase }).href;
  if (smallUrl === databaseUrl) throw new Error('--before-database must name a smaller database.');
  const shared = [
    ...areaQuestions(smallUrl, options).map(({ question }) => question),
    await incidentQuestion(smallUrl),
    ...[4, 8, 12].map((z) => ({ z })),
  ];
  const spot = await densestSpot(smallUrl);
  const asked = shared.map((one) => ('z' in one ? tileQuestion(one.z, spot) : one));
  await asOwner(smallUrl, migrate);
  for (const url of [smallUrl, databaseUrl]) await readOnce(url);
  const sides = [
    await openSide(smallUrl, asked, options),
    await openSide(databaseUrl, asked, options),
  ] as const;
  try {
    const grown = [];
    for (const n of sides[0].questions.keys()) grown.push(await compareOne(sides, n, options));
    return grown;
  } finally {
    for (const { service } of sides) await service.stop();
  }
}

/** What the questions read, into the memory of the system: the first reading of a disk is no part of the promise. */
const readOnce = (url: string): Promise<void> =>
  asOwner(url, async (knex) => {
    const { rows } = await knex.raw(
      `SELECT i.indexrelid::regclass::text AS name FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
       WHERE c.relname ~ '^incident_(pkey|clear_|newest|period|text_pkey|zone_newest|cell_)'
       UNION ALL SELECT format('base.%I', t) FROM unnest(ARRAY['incident', 'incident_text', 'incident_cell_day']) AS t`,
    );
    // the extension goes with the transaction
    await knex.raw('BEGIN; CREATE EXTENSION pg_prewarm');
    for (const { name } of rows) await knex.raw(`SELECT pg_prewarm(?, 'read')`, [name]);
    await knex.raw('ROLLBACK');
    say(`  read the tables and indexes of ${new URL(url).pathname.slice(1)}`);
  });

async function openSide(url: string, asked: readonly Question[], { zones, clients }: Options): Promise<Side> {
  // each client has a connection: strangers get a tenth of them
  const service = await startService(url, { TILE_MEMORY_MB: '0', DATABASE_POOL_SIZE: String(10 * clients) });
  const cursor = await deepCursor(url, service.port);
  return { url, service, questions: [...questions({ zones, cursor }), ...asked] };
}

async function compareOne(sides: readonly [Side, Side], n: number, options: Options): Promise<GrownQuestion> {
  const { name, variables } = sides[0].questions[n]!;
  const choices = Array.from({ length: CHOICES }, () => choose(variables));
  const databaseMs = await databaseTimes(
    sides.map(({ url, questions: all }) => ({
      url,
      paths: choices.map((choice) => pathOf(all[n]!, choice)),
    })),
    options,
  );
  const rates = sides.map((): number[] => []);
  const ask = ({ service, questions: all }: Side) => runLoad(service.port, all[n]!, options);
  for (let round = 0; round < options.rounds; round++)
    for (const [place, side] of sides.entries()) rates[place]!.push(await ask(side));
  const figures = [];
  for (const [place, { service, questions: all }] of sides.entries()) {
    const { features } = await sampleAnswers(service.port, all[n]!);
    figures.push({ features, databaseMs: databaseMs[place]!, rate: median(rates[place]!) });
  }
  const [small, large] = figures as [Figures, Figures];
  const ratios = [large.databaseMs / small.databaseMs, small.rate / large.rate].map((ratio) =>
    ratio.toFixed(2),
  );
  say(`  ${name}: ${ratios.join(' and ')} times the time`);
  return { name, small, large };
}

/** Of a request, in milliseconds. */
async function databaseTimes(
  asked: readonly { url: string; paths: readonly string[] }[],
  { rounds, seconds }: Options,
): Promise<number[]> {
  const sessions = [];
  for (const { url, paths } of asked) {
    const { statements } = await recordStatements(url, ...paths);
    sessions.push({ statements, session: await openSession(url, CALLER) });
  }
  for (const { session, statements } of sessions) await session.warmUp(statements);
  for (let round = 0; round < rounds; round++)
    for (const { session, statements } of sessions) await session.ask(statements, seconds / 2);
  for (const { session } of sessions) await session.close();
  return sessions.map(({ session, statements }) => (1000 / session.rate()) * (statements.length / CHOICES));
}
