import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { createKey } from '../src/access/key.store.ts';
import { behind, type OnDatabase, putIncident } from './alert.writes.ts';
import { type Listener, openListener } from './listener.ts';
import { say } from './say.ts';
import type { Service } from './service.process.ts';

export const PACE_PER_SECOND = 50;
/** New connections and code that is not compiled yet are no part of the promise. */
const WARM_UP_SECONDS = 3;

export interface Percentiles {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** From the incident row to the alert row, and to the agency's stream. */
export interface Delays {
  subscriptions: number;
  incidents: number;
  alerts: number;
  raised: Percentiles;
  streamed: Percentiles & { count: number };
}

/** A service at work, and its database. */
export interface AlertSide {
  name: string;
  service: Service;
  onDatabase: OnDatabase;
  key: string;
  places: [number, number][];
  agent: Agent;
}

/** At a steady rate of incidents. The agencies with most subscriptions, one of each country, hear their alerts on a stream. */
export async function delaysOf(side: AlertSide, subscriptions: number, seconds: number): Promise<Delays> {
  const { onDatabase, service } = side;
  const readers = await onDatabase(readersOf);
  const heard = new Map<string, number>();
  const listeners = await Promise.all(readers.map((reader) => listen(service.port, reader, heard)));
  try {
    await writeFor(side, WARM_UP_SECONDS);
    const { rows: moment } = await onDatabase((knex) => knex.raw('SELECT clock_timestamp() AS at'));
    await writeFor(side, seconds);
    await sleep(1000);
    const alerts = await onDatabase((knex) => alertsSince(knex, moment[0].at));
    const streamed = alerts.flatMap(({ agency, incident, reportedMs }) => {
      const heardMs = heard.get(`${agency} ${incident}`);
      return heardMs === undefined ? [] : [heardMs - reportedMs];
    });
    const delays = {
      subscriptions,
      incidents: PACE_PER_SECOND * seconds,
      alerts: alerts.length,
      raised: percentilesOf(alerts.map(({ raisedMs }) => raisedMs)),
      streamed: { ...percentilesOf(streamed), count: streamed.length },
    };
    say(`  ${side.name}, ${subscriptions} subscriptions: ${percentilesText(delays.raised)}`);
    return delays;
  } finally {
    for (const listener of listeners) listener.close();
  }
}

export const percentilesText = ({ p50Ms, p95Ms, p99Ms, maxMs }: Percentiles): string =>
  `p50 ${p50Ms.toFixed(0)}, p95 ${p95Ms.toFixed(0)}, p99 ${p99Ms.toFixed(0)}, longest ${maxMs.toFixed(0)} ms`;

interface Reader {
  agency: string;
  key: string;
}

async function readersOf(knex: Knex): Promise<Reader[]> {
  const { rows } = await knex.raw(
    `SELECT DISTINCT ON (s.country) s.agency FROM base.subscription AS s GROUP BY s.country, s.agency
     ORDER BY s.country, count(*) DESC, s.agency`,
  );
  const readers = [];
  for (const { agency } of rows)
    readers.push({ agency, key: (await createKey(knex, { agency, roles: ['reader'] })).key });
  return readers;
}

/** Notes when an alert of an incident arrives first, in milliseconds of the clock. */
async function listen(port: number, { agency, key }: Reader, heard: Map<string, number>): Promise<Listener> {
  const listener = await openListener({ port, path: '/v1/stream?collections=alerts', key });
  listener.onTold((told, incident) => {
    const name = `${agency} ${incident}`;
    if (told === 'alert' && !heard.has(name)) heard.set(name, performance.timeOrigin + performance.now());
  });
  return listener;
}

async function writeFor(
  { service, agent, key, places, onDatabase }: AlertSide,
  seconds: number,
): Promise<void> {
  const startedMs = performance.now();
  const writes: Promise<void>[] = [];
  for (let n = 0; n < PACE_PER_SECOND * seconds; n++) {
    writes.push(putIncident(agent, { port: service.port, key, places }));
    await sleep(Math.max(0, startedMs + ((n + 1) * 1000) / PACE_PER_SECOND - performance.now()));
  }
  await Promise.all(writes);
  await behind(onDatabase);
}

interface RaisedAlert {
  agency: string;
  incident: string;
  reportedMs: number;
  raisedMs: number;
}

async function alertsSince(knex: Knex, since: Date): Promise<RaisedAlert[]> {
  const { rows } = await knex.raw(
    `SELECT a.agency, a.incident, (extract(epoch FROM i.reported_at) * 1000)::float AS "reportedMs",
       (extract(epoch FROM a.at - i.reported_at) * 1000)::float AS "raisedMs"
     FROM base.alert AS a JOIN base.incident AS i ON i.id = a.incident WHERE i.reported_at > ?`,
    [since],
  );
  return rows;
}

function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
}
