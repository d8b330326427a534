import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { preparedNames } from '../src/db/prepared.names.ts';
import { cpuSecondsOf } from './service.process.ts';
import type { Statement } from './statement.record.ts';

/** A connection with its settings, and the processor time of the database for its statements so far. */
export async function openSession(databaseUrl: string, settings: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const cpuSeconds = async () => cpuSecondsOf(await readFile(`/proc/${rows[0].pid}/stat`, 'utf8'));
  await client.query(settings);
  let [answers, used] = [0, 0];

  const names = preparedNames(() => {});
  let mode = '';
  const send = async ({ text, values, planMode }: Statement) => {
    if (planMode !== mode) await client.query(`SET plan_cache_mode TO ${planMode}`);
    mode = planMode;
    return client.query({ name: names.nameOf(text, '')!, text, values: values as unknown[] });
  };

  return {
    query: async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> =>
      (await client.query<Row>(text)).rows,
    async warmUp(statements: readonly Statement[]): Promise<void> {
      for (let n = 0; n < 2 * statements.length; n++) await send(statements[n % statements.length]!);
    },
    async ask(statements: readonly Statement[], seconds: number): Promise<void> {
      const [before, endMs] = [await cpuSeconds(), performance.now() + seconds * 1000];
      for (let n = 0; performance.now() < endMs; n++, answers++)
        await send(statements[n % statements.length]!);
      used += (await cpuSeconds()) - before;
    },
    rate: () => answers / used,
    close: () => client.end(),
  };
}
