import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Cluster {
  /** As its owner. */
  url: string;
  /** Ends every connection and restarts. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const PACKAGES = '/usr/lib/postgresql';

/** The programs of the newest local PostgreSQL with PostGIS. */
function findPrograms(): string | undefined {
  if (!existsSync(PACKAGES)) return undefined;
  return readdirSync(PACKAGES)
    .sort((one, other) => Number(other) - Number(one))
    .filter((version) => existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
    .map((version) => join(PACKAGES, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** A PostgreSQL server with its own folder and port; undefined if this machine has no PostgreSQL. */
export async function openCluster(): Promise<Cluster | undefined> {
  const bin = findPrograms();
  if (!bin) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-soak-'));
  const owner = ownerOf();
  if (owner) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  const call = (program: string, ...args: string[]) =>
    run(join(bin, program), args, { cwd: folder, ...owner });
  await call('initdb', '-D', data, '-A', 'trust', '-U', 'postgres');
  await appendFile(
    join(data, 'postgresql.conf'),
    [
      `port = ${port}`,
      `listen_addresses = '127.0.0.1'`,
      `unix_socket_directories = '${folder}'`,
      'fsync = off', // tests the service, not the disk
      'max_connections = 100',
      'jit = off',
      '',
    ].join('\n'),
  );
  const control = (...args: string[]) =>
    call('pg_ctl', '-D', data, '-l', join(folder, 'server.log'), '-w', ...args);
  await control('start');
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async restart() {
      await control('-m', 'fast', 'restart');
    },
    async stop() {
      await control('-m', 'immediate', 'stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL does not run as root. */
function ownerOf(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
