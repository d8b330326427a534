import { asOwner } from '../src/db/migrations.ts';
import { median } from './comparison.ts';
import { deepCursor } from './deep.cursor.ts';
import { startExpressLimit } from './express.limit.ts';
import { DAYS, FIRST_DAY } from './incidents.seed.ts';
import { runLoad, sampleAnswers } from './load.ts';
import type { Options } from './options.ts';
import { runPgbench } from './pgbench.ts';
import type { Question, Variable } from './question.ts';
import { PAGE_SIZE, questions } from './questions.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';
import { densestSpot, type Spot, tileAt, tileQuestion } from './tiles.ts';
import { newestScript, tileScript, withVisibleRows } from './visible.rows.ts';

/** What a user would pick instead, asked in turn with the service. */
interface Peer {
  name: string;
  /** Answers a second. */
  measure: () => Promise<number>;
}

/** A share of the rate of the peer, or of the service before. */
interface Target {
  least: number;
  of: 'peer' | 'before';
}

interface Asked {
  question: Question;
  peer?: Peer;
  target: Target;
}

/** Medians of the rounds, a second. */
export interface PeerComparison extends Omit<Asked, 'peer'> {
  now: number;
  before: number | undefined;
  peer: { name: string; rate: number } | undefined;
  sample: { features: number; bytes: number };
}

interface Sides {
  now: Service;
  /** The service of another checkout. */
  before: Service | undefined;
}

const WARM_UP_SECONDS = 4;
const PAGE = 6250;
/** As strangers get a tenth of the connections, each client has one. */
const POOL_OF_CLIENT = 10;

/** The questions of a caller without a key, who sees a quarter of the rows, to the service, to the one before, and to a peer. */
export const comparePeers = (databaseUrl: string, options: Options): Promise<PeerComparison[]> =>
  withVisibleRows(databaseUrl, async () => {
    const spot = await densestSpot(databaseUrl);
    const memory = { ...tileQuestion(12, spot), name: 'tile of zoom 12 from memory' };
    const cold = await withSides(databaseUrl, options, { TILE_MEMORY_MB: '0' }, async (sides) => {
      const asked = await coldQuestions(databaseUrl, sides.now, spot, options);
      return compareAll(asked, sides, options);
    });
    const warm = await withSides(databaseUrl, options, {}, (sides) =>
      compareAll([{ question: memory, target: { least: 1, of: 'before' } }], sides, options),
    );
    return [...cold, ...warm];
  });

async function withSides<T>(
  databaseUrl: string,
  { before, beforeDatabase, clients }: Options,
  settings: NodeJS.ProcessEnv,
  work: (sides: Sides) => Promise<T>,
): Promise<T> {
  const all = { DATABASE_POOL_SIZE: String(POOL_OF_CLIENT * clients), ...settings };
  const beforeUrl = Object.assign(new URL(databaseUrl), { pathname: beforeDatabase }).href;
  const sides: Sides = {
    now: await startService(databaseUrl, all),
    before: before === undefined ? undefined : await startService(beforeUrl, all, before),
  };
  try {
    return await work(sides);
  } finally {
    await sides.now.stop();
    await sides.before?.stop();
  }
}

async function compareAll(
  asked: readonly Asked[],
  sides: Sides,
  options: Options,
): Promise<PeerComparison[]> {
  const compared = [];
  for (const one of asked) compared.push(await compareOne(one, sides, options));
  return compared;
}

async function compareOne(
  { question, peer, target }: Asked,
  sides: Sides,
  options: Options,
): Promise<PeerComparison> {
  const ask = (service: Service, seconds = options.seconds) =>
    runLoad(service.port, question, { ...options, seconds });
  const rates: Record<'now' | 'before' | 'peer', number[]> = { now: [], before: [], peer: [] };
  await ask(sides.now, WARM_UP_SECONDS);
  if (sides.before) await ask(sides.before, WARM_UP_SECONDS);
  for (let round = 0; round < options.rounds; round++) {
    rates.now.push(await ask(sides.now));
    if (sides.before) rates.before.push(await ask(sides.before));
    if (peer) rates.peer.push(await peer.measure());
  }
  const [now, before, rate] = [rates.now, rates.before, rates.peer].map(median) as [number, number, number];
  const told = { before: before.toFixed(0), peer: rate.toFixed(0) };
  say(`  ${question.name}: ${now.toFixed(0)} a second (before ${told.before}, peer ${told.peer})`);
  return {
    question,
    target,
    now,
    before: sides.before && before,
    peer: peer && { name: peer.name, rate },
    sample: await sampleAnswers(sides.now.port, question),
  };
}

/** Without tiles from memory. */
async function coldQuestions(
  databaseUrl: string,
  now: Service,
  spot: Spot,
  options: Options,
): Promise<Asked[]> {
  const cursor = await deepCursor(databaseUrl, now.port, PAGE);
  const known = questions({ zones: options.zones, cursor });
  const called = (name: string) => known.find((one) => one.name === name)!;
  const tile = (z: number) => ({ question: tileQuestion(z, spot) });
  const tiles = tileScript(tileAt(12, spot));
  return [
    ...areaQuestions(databaseUrl, options),
    { question: called('incidents in a zone, newest 100'), target: { least: 1.4, of: 'before' } },
    await oneIncident(databaseUrl, options),
    {
      question: {
        name: 'page 6,250 of 20',
        path: `/v1/incidents?limit=${PAGE_SIZE}&cursor=${cursor}`,
        variables: [],
      },
      target: { least: 1, of: 'before' },
    },
    {
      ...tile(12),
      peer: { name: 'ST_AsMVT over visible rows', measure: () => runPgbench(databaseUrl, tiles, options) },
      target: { least: 0.6, of: 'peer' },
    },
    { ...tile(8), target: { least: 2, of: 'before' } },
    { ...tile(4), target: { least: 2, of: 'before' } },
    { question: called('nearest crossing'), target: { least: 1.5, of: 'before' } },
  ];
}

export async function incidentQuestion(databaseUrl: string): Promise<Question> {
  const id = await asOwner(databaseUrl, async (knex) => {
    const { rows } = await knex.raw(
      `SELECT id FROM base.incident WHERE tlp = 'CLEAR' ORDER BY id LIMIT 1 OFFSET 1000`,
    );
    return rows[0].id as string;
  });
  return { name: 'one incident', path: `/v1/incidents/${id}`, variables: [] };
}

/** Beside an empty handler of Express with the same statement. */
async function oneIncident(databaseUrl: string, options: Options): Promise<Asked> {
  const question = await incidentQuestion(databaseUrl);
  const measure = async () => {
    const limit = await startExpressLimit(databaseUrl, question.path, options.clients);
    try {
      await runLoad(limit.port, question, { ...options, seconds: WARM_UP_SECONDS });
      return await runLoad(limit.port, question, options);
    } finally {
      await limit.stop();
    }
  };
  return { question, peer: { name: 'empty Express handler', measure }, target: { least: 0.75, of: 'peer' } };
}

const DAY_MS = 86_400_000;
const onDay = (day: number): string => new Date(Date.parse(FIRST_DAY) + day * DAY_MS).toISOString();
const SIDE = 0.5; // degrees

/** Half a degree each way, on the border of Algeria and Tunisia. */
const box: Variable[] = [
  { name: 'west', from: 7.6, to: 8.2, scale: 1e4 },
  { name: 'south', from: 31.5, to: 36, scale: 1e4 },
  { name: 'east', of: 'west', plus: SIDE },
  { name: 'north', of: 'south', plus: SIDE },
];
const CORNERS = ['west south', 'east south', 'west north', 'west south'];
const items = (query: string): string => `/v1/collections/incidents/items?limit=100&${query}`;
const filter = encodeURIComponent(
  `S_INTERSECTS(geometry,POLYGON((${CORNERS.map((corner) => corner.replace(/\w+/g, '{$&}')).join()})))`,
).replace(/%7B(\w+)%7D/g, '{$1}');
const rectangle = 'ST_MakeEnvelope(:west, :south, :east, :north, 4326)';
const triangle = `ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[${CORNERS.map(
  (corner) => `ST_MakePoint(:${corner.replace(' ', ', :')})`,
).join()}])), 4326)`;
const period = [onDay(DAYS - 180), onDay(DAYS - 90)];
// a colon would begin a variable of pgbench
const [start, end] = period.map((text) => text.slice(0, 10));

/** The newest of an area, beside the same statement over the visible rows. */
export function areaQuestions(databaseUrl: string, options: Options): Asked[] {
  const asked = (name: string, path: string, where: string, least: number): Asked => ({
    question: { name, path, variables: box },
    peer: {
      name: 'visible rows alone',
      measure: () => runPgbench(databaseUrl, newestScript(where, box), options),
    },
    target: { least, of: 'peer' },
  });
  const corners = 'bbox={west},{south},{east},{north}';
  return [
    asked('newest 100 in a box of 0.5°', items(corners), `v.point && ${rectangle}`, 4),
    asked(
      'the same within 90 days',
      items(`${corners}&datetime=${period.join('/')}`),
      `v.point && ${rectangle} AND v.occurred_at >= '${start}' AND v.occurred_at <= '${end}'`,
      1.6,
    ),
    asked(
      'newest 100 in a polygon (CQL2)',
      items(`filter=${filter}`),
      `ST_Intersects(v.point, ${triangle})`,
      5,
    ),
  ];
}
