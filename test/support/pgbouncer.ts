import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './cluster.ts';
import { eventually } from './eventually.ts';

export interface Pooler {
  /** The address of the same database, through the pooler. */
  connectionString: string;
  stop(): Promise<void>;
}

export interface PoolerSettings {
  mode: 'transaction' | 'session';
  /** Sessions of the database that its clients share. */
  sessions: number;
}

/** Of a session of the database. */
export const MOST_PREPARED = 500;

/** The version of the installed PgBouncer. Before 1.21 it knows no prepared statements in transaction mode. */
export function poolerVersion(): string | undefined {
  try {
    return /PgBouncer (\S+)/.exec(execFileSync('pgbouncer', ['--version'], { encoding: 'utf8' }))?.[1];
  } catch {
    return undefined;
  }
}

export const isUsable = (version: string | undefined): boolean => {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 21);
};

const numberOf = (kind: '-u' | '-g'): number =>
  Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));

/** PgBouncer refuses to run as root. */
const asPostgres = () =>
  process.getuid?.() === 0 ? { uid: numberOf('-u'), gid: numberOf('-g') } : undefined;

/** PgBouncer in front of a database, on a port of its own. */
export async function openPooler(database: string, { mode, sessions }: PoolerSettings): Promise<Pooler> {
  const { hostname, port, username, password, pathname } = new URL(database);
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-pooler-'));
  const own = await freePort();
  const files = {
    'pgbouncer.ini': `[databases]
* = host=${hostname} port=${port || 5432}${password && ` password=${password}`}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users')}
pool_mode = ${mode}
default_pool_size = ${sessions}
max_client_conn = 500
max_prepared_statements = ${MOST_PREPARED}
ignore_startup_parameters = extra_float_digits
query_wait_timeout = 60
`,
    users: `"${username}" "${password}"\n`,
  };
  const user = asPostgres();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  if (user)
    for (const path of [folder, ...Object.keys(files).map((name) => join(folder, name))])
      await chown(path, user.uid, user.gid);
  const child = spawn('pgbouncer', ['-q', join(folder, 'pgbouncer.ini')], { ...user, stdio: 'pipe' });
  const connectionString = `postgres://${username}:${password}@127.0.0.1:${own}${pathname}`;
  await answers(child, connectionString);
  const stop = async () => {
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  return { connectionString, stop };
}

async function answers(child: ChildProcess, connectionString: string): Promise<void> {
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`PgBouncer did not start: ${output}`);
    const client = new pg.Client({ connectionString });
    client.on('error', () => {});
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
  });
}
