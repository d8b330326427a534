import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { asOwner } from '../src/db/migrations.ts';
import { PACE_PER_SECOND } from './alert.delays.ts';
import { behind, placesOf, putIncident, reporterKey } from './alert.writes.ts';
import type { Options } from './options.ts';
import { startService } from './service.process.ts';
import { seedSubscriptions } from './subscriptions.seed.ts';

const OTHERS = 1000;
const FILTERS = 20;
const WARM_UP_SECONDS = 5;
const LONGEST = 4000; // characters of a filter

export interface DearFilterMeasures {
  filters: number;
  /** Alerts of other agencies: without the dear filters, and with them. */
  without: OtherDelays;
  with: OtherDelays;
  suspended: number;
  /** From the first write until the last filter was suspended. */
  suspendedAfterMs: number | undefined;
}

export interface OtherDelays {
  alerts: number;
  p50Ms: number;
  p99Ms: number;
  longestMs: number;
}

/** How long the alerts of all other agencies take while one agency has the dearest filters that are allowed. */
export async function measureDearFilters(
  databaseUrl: string,
  { clients, seconds }: Pick<Options, 'clients' | 'seconds'>,
): Promise<DearFilterMeasures> {
  const onDatabase = <T>(work: (knex: Knex) => Promise<T>) => asOwner(databaseUrl, work);
  const places = await onDatabase(placesOf);
  const key = await onDatabase(reporterKey);
  const measure = async (isDear: boolean) => {
    await onDatabase((knex) => seedSubscriptions(knex, OTHERS));
    const service = await startService(databaseUrl);
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const writeFor = async (duration: number) => {
      const writes: Promise<void>[] = [];
      for (let n = 0; n < PACE_PER_SECOND * duration; n++) {
        writes.push(putIncident(agent, { port: service.port, key, places, description: DESCRIPTION }));
        await sleep(1000 / PACE_PER_SECOND);
      }
      await Promise.all(writes);
      await behind(onDatabase);
    };
    try {
      await writeFor(WARM_UP_SECONDS);
      const dear = await onDatabase((knex) => seedDearFilters(knex, isDear ? FILTERS : 0));
      const from = await onDatabase(nowOf);
      await writeFor(seconds);
      return await onDatabase((knex) => figuresOf(knex, from, dear));
    } finally {
      agent.destroy();
      await service.stop();
    }
  };
  const without = await measure(false);
  const dear = await measure(true);
  return {
    filters: FILTERS,
    without: without.delays,
    with: dear.delays,
    suspended: dear.suspended,
    suspendedAfterMs: dear.suspendedAfterMs ?? undefined,
  };
}

const DESCRIPTION = 'Véhicules sur la piste, vus depuis la tour de garde. '.repeat(8);

/** As long as a filter may be: texts without marks and case, and geodesic distances. */
const DEAREST = [
  dearest((n) => `CASEI(ACCENTI(description)) LIKE CASEI(ACCENTI('%é${n}%'))`),
  dearest((n) => `S_DWITHIN(geometry,LINESTRING(8 30,9.${n} 34,11.5 31),${n + 1})`),
];

function dearest(termOf: (n: number) => string): string {
  let filter = termOf(0);
  for (let n = 1; filter.length + termOf(n).length + 4 <= LONGEST; n++) filter += ` OR ${termOf(n)}`;
  return filter;
}

async function seedDearFilters(knex: Knex, count: number): Promise<string> {
  const { rows } = await knex.raw(`SELECT id FROM base.agency WHERE country = 'DZA' ORDER BY id LIMIT 1`);
  const agency = rows[0].id as string;
  await knex.raw('DELETE FROM base.subscription WHERE agency = ?', [agency]);
  for (let n = 0; n < count; n++)
    await knex.raw(
      `INSERT INTO base.subscription (id, agency, filter, natures, triggers, hysteresis_m, enabled)
       VALUES (gen_random_uuid(), ?, to_jsonb(?::text), '{actual,test}', '{created}', 250, true)`,
      [agency, DEAREST[n % DEAREST.length]!],
    );
  return agency;
}

const nowOf = async (knex: Knex): Promise<Date> =>
  (await knex.raw('SELECT clock_timestamp() AS at')).rows[0].at;

async function figuresOf(knex: Knex, from: Date, agency: string) {
  const { rows } = await knex.raw(
    `SELECT count(*)::int AS alerts, percentile_cont(ARRAY[0.5, 0.99, 1]) WITHIN GROUP (
       ORDER BY extract(epoch FROM a.at - i.reported_at) * 1000) AS ms
     FROM base.alert AS a JOIN base.incident AS i ON i.id = a.incident
     WHERE i.reported_at > ? AND a.agency <> ?`,
    [from, agency],
  );
  const { rows: states } = await knex.raw(
    `SELECT count(suspended_at)::int AS suspended, extract(epoch FROM max(suspended_at) - ?)::float * 1000 AS "afterMs"
     FROM base.subscription WHERE agency = ? AND filter IS NOT NULL`,
    [from, agency],
  );
  const [p50Ms, p99Ms, longestMs] = (rows[0].ms ?? [0, 0, 0]).map(Math.round);
  return {
    delays: { alerts: rows[0].alerts as number, p50Ms, p99Ms, longestMs },
    suspended: states[0].suspended as number,
    suspendedAfterMs: states[0].afterMs as number | null,
  };
}
