import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { asOwner } from '../src/db/migrations.ts';
import { type AlertSide, type Delays, delaysOf } from './alert.delays.ts';
import { behind, type OnDatabase, placesOf, putIncident, reporterKey } from './alert.writes.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { startService } from './service.process.ts';
import { seedSubscriptions } from './subscriptions.seed.ts';

const MANY = 10_000;
const SOME = 1000;
const WARM_UP_MS = 1000;

export interface AlertMeasures {
  subscriptions: number;
  /** Incidents written per second, by round. */
  without: number[];
  with: number[];
  /** Time from the last write until the alert queue was empty. */
  behindMs: number[];
  delays: (Delays & { of: string })[];
}

/** The delay of alerts, in turn with the service of another checkout, and the cost of subscriptions for writers. */
export async function measureAlerts(databaseUrl: string, options: Options): Promise<AlertMeasures> {
  const sides = [await openSide('now', databaseUrl, options)];
  if (options.before) {
    const url = Object.assign(new URL(databaseUrl), { pathname: options.beforeDatabase }).href;
    sides.unshift(await openSide('before', url, options, options.before));
  }
  try {
    const delays = await delaysOfAll(sides, options);
    return { ...(await costOf(sides.at(-1)!, options)), delays };
  } finally {
    for (const { agent, service } of sides) {
      agent.destroy();
      await service.stop();
    }
  }
}

async function openSide(name: string, url: string, options: Options, folder?: string): Promise<AlertSide> {
  const onDatabase: OnDatabase = (work) => asOwner(url, work);
  return {
    name,
    onDatabase,
    places: await onDatabase(placesOf),
    key: await onDatabase(reporterKey),
    service: await startService(url, {}, folder),
    agent: new Agent({ keepAlive: true, maxSockets: options.clients }),
  };
}

/** Of several rounds the one with the median p99. */
async function delaysOfAll(sides: readonly AlertSide[], { rounds, seconds }: Options) {
  const medians: AlertMeasures['delays'] = [];
  for (const count of [SOME, MANY]) {
    const measured = sides.map((): Delays[] => []);
    for (const { onDatabase } of sides) await onDatabase((knex) => seedSubscriptions(knex, count));
    for (let round = 0; round < rounds; round++)
      for (const [n, side] of sides.entries()) measured[n]!.push(await delaysOf(side, count, seconds));
    for (const [n, { name }] of sides.entries()) {
      const sorted = measured[n]!.toSorted((one, other) => one.raised.p99Ms - other.raised.p99Ms);
      medians.push({ of: name, ...sorted[Math.floor(sorted.length / 2)]! });
    }
  }
  return medians;
}

/** Rates of writing without and with subscriptions. */
async function costOf(side: AlertSide, options: Options): Promise<Omit<AlertMeasures, 'delays'>> {
  const { onDatabase, agent, service, key, places } = side;
  const write = () => putIncident(agent, { port: service.port, key, places });
  const measures = {
    subscriptions: MANY,
    without: [] as number[],
    with: [] as number[],
    behindMs: [] as number[],
  };
  for (let round = 0; round < options.rounds; round++) {
    await onDatabase((knex) => knex.raw('DELETE FROM base.subscription'));
    measures.without.push(await rateOf(write, options));
    await onDatabase((knex) => seedSubscriptions(knex, MANY));
    measures.with.push(await rateOf(write, options));
    measures.behindMs.push(await behind(onDatabase));
    say(
      `  round ${round + 1}: ${measures.without[round]} without, ${measures.with[round]} with subscriptions`,
    );
  }
  return measures;
}

/** Writes per second, each client one at a time. */
async function rateOf(write: () => Promise<void>, { clients, seconds }: Options): Promise<number> {
  let [answers, isOver] = [0, false];
  const client = async () => {
    for (; !isOver; answers++) await write();
  };
  const working = Promise.all(Array.from({ length: clients }, client));
  await Promise.race([sleep(WARM_UP_MS), working]);
  const [startedMs, before] = [performance.now(), answers];
  await Promise.race([sleep(seconds * 1000), working]);
  const rate = ((answers - before) * 1000) / (performance.now() - startedMs);
  isOver = true;
  await working;
  return Math.round(rate);
}
