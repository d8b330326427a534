import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { openCluster } from './cluster.ts';

const run = promisify(execFile);
const LOGINS = ['tripoint_owner', 'tripoint_web', 'tripoint_jobs'];

export type ThreeLogins = Awaited<ReturnType<typeof openThreeLogins>>;

/** A fresh server on which the logins need their passwords, and the commands of docs/operations.md for it. */
export async function openThreeLogins() {
  const cluster = await openCluster();
  if (!cluster) throw new Error('PostgreSQL and PostGIS are needed: install postgresql-17-postgis-3.');
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-logins-'));
  const file = join(folder, 'tripoint.env');
  const adminUrl = new URL(cluster.url());
  adminUrl.pathname = 'tripoint';

  /** As the superuser; the default is the database of the service. */
  async function asAdmin(text: string, url = adminUrl.href): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  const [hba] = await asAdmin('SHOW hba_file', cluster.url());
  const path = hba!.hba_file as string;
  const rules = LOGINS.map((login) => `host all ${login} 127.0.0.1/32 scram-sha-256\n`).join('');
  await writeFile(path, rules + (await readFile(path, 'utf8')));
  await asAdmin('SELECT pg_reload_conf()', cluster.url());

  /** Commands as they stand in the page, for this server. */
  async function shell(code: string): Promise<string> {
    const here = code
      .replaceAll('postgres://postgres@127.0.0.1:5432/tripoint', adminUrl.href)
      .replaceAll('tripoint.env', file)
      .replaceAll('. ./', '. ');
    const { TEST_DATABASE_URL: _, ...env } = process.env;
    const { stdout } = await run('bash', ['-ec', here], {
      env: { ...env, DATABASE_URL: '', NODE_OPTIONS: '' },
    });
    return stdout;
  }

  /** What `tripoint roles` has printed. */
  async function settings(): Promise<Record<string, string>> {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => /^\w+=/.test(line));
    return Object.fromEntries(
      lines.map((line) => [line.split('=', 1)[0]!, line.slice(line.indexOf('=') + 1)]),
    );
  }

  return {
    adminUrl: adminUrl.href,
    asAdmin,
    shell,
    settings,
    async close() {
      await cluster.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
