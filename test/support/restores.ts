import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDemoKeys, type DemoKey } from '../../src/access/demo-key.store.ts';
import { hashOf } from '../../src/access/key.secret.ts';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { anIncident } from './builders.ts';
import { callerOf } from './callers.ts';
import type { Cluster } from './cluster.ts';
import { startService, type TestService } from './service.ts';

/** Reference data and the keys of the other tests, in the database `postgres` of a new cluster. */
export const prepareCluster = (cluster: Cluster): Promise<void> =>
  asOwner(cluster.url(), async (knex) => {
    await migrate(knex);
    await knex.seed.run({ specific: '01_reference.ts' });
    await createDemoKeys(knex);
    const known: DemoKey[] = JSON.parse(
      await readFile(join(process.env.TRIPOINT_TEST_FOLDER!, 'keys.json'), 'utf8'),
    );
    for (const { agency, role, key } of known)
      await knex.raw(`UPDATE base.api_key SET hash = ? WHERE agency = ? AND roles = ARRAY[?]`, [
        hashOf(key),
        agency,
        role,
      ]);
  });

/** The service over a database of a cluster. Nothing is dropped at its end. */
export const serviceOn = (cluster: Cluster, database?: string): Promise<TestService> =>
  startService({
    database: {
      connection: { connectionString: cluster.url(database) },
      poolSize: 3,
      isEmbedded: false,
      drop: async () => {},
    },
  });

const TUN = callerOf('TUN', 'reporter');

/** Reports an incident; its id. */
export const report = async (
  { api }: TestService,
  properties: Parameters<typeof anIncident>[0] = {},
): Promise<string> =>
  (await api.post('/v1/incidents').set(TUN.headers).send(anIncident(properties)).expect(201)).body.id;

/** A cursor after everything so far. */
export const cursorOf = async ({ api }: TestService): Promise<string> =>
  (await api.get('/v1/changes').set(TUN.headers).expect(200)).body.cursor;

export interface FeedAnswer {
  status: number;
  /** Of the problem. */
  type?: string;
  ids: string[];
  cursor: string;
  retryAfter: string | undefined;
}

/** What the service answers to a cursor. */
export async function ask({ api }: TestService, cursor: string): Promise<FeedAnswer> {
  const { status, body, headers } = await api.get(`/v1/changes?after=${cursor}`).set(TUN.headers);
  return {
    status,
    type: body.type,
    ids: (body.changes ?? []).map(({ id }: { id: string }) => id),
    cursor: body.cursor,
    retryAfter: headers['retry-after'],
  };
}

/** Uses up numbers of transactions: a fresh server starts lower. */
export const burn = ({ url }: Cluster, count: number, database?: string): Promise<unknown> =>
  asOwner(url(database), (knex) =>
    knex.raw(`DO $$ BEGIN FOR n IN 1..${count} LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$`),
  );
