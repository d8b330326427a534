import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL server with its own folder and port. As root its programs run as the user `postgres`. */
export interface Cluster {
  port: number;
  /** The data folder. */
  data: string;
  /** As its owner. */
  url(database?: string): string;
  start(): Promise<void>;
  /** `immediate` is a crash: what is not in the WAL is lost. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Ends every connection and restarts. */
  restart(): Promise<void>;
  /** Runs a program of PostgreSQL, such as pg_dump; answers what it prints. */
  call(program: string, ...args: string[]): Promise<string>;
  /** Copies the data folder of the stopped server, and puts such a copy back. */
  save(name: string): Promise<void>;
  putBack(name: string): Promise<void>;
  /** A running standby, which receives WAL asynchronously. */
  addStandby(settings?: ClusterSettings): Promise<Cluster>;
  promote(): Promise<void>;
  /** Ends the server and deletes its folder. */
  remove(): Promise<void>;
}

export interface ClusterSettings {
  /** Default: a free one. */
  port?: number;
  /** Further lines of postgresql.conf. */
  lines?: readonly string[];
}

const run = promisify(execFile);
const PACKAGES = '/usr/lib/postgresql';
const MOST_OUTPUT = 64 * 1024 * 1024; // bytes
const COMMON = [
  `listen_addresses = '127.0.0.1'`,
  'fsync = off', // tests the service, not the disk
  'max_connections = 100',
  'jit = off',
];

/** The programs of the newest local PostgreSQL with PostGIS. */
export function findPrograms(): string | undefined {
  if (!existsSync(PACKAGES)) return undefined;
  return readdirSync(PACKAGES)
    .sort((one, other) => Number(other) - Number(one))
    .filter((version) => existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
    .map((version) => join(PACKAGES, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** A new, running server; undefined if this machine has no PostgreSQL with PostGIS. */
export async function openCluster(settings: ClusterSettings = {}): Promise<Cluster | undefined> {
  const bin = findPrograms();
  if (!bin) return undefined;
  const cluster = await clusterIn(bin, settings);
  await cluster.call('initdb', '-D', cluster.data, '-A', 'trust', '-U', 'postgres');
  await cluster.configure([...COMMON, ...(settings.lines ?? [])]);
  await cluster.start();
  return cluster;
}

/** A cluster whose data folder is still to be made. */
async function clusterIn(bin: string, { port: given }: ClusterSettings) {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-cluster-'));
  const owner = ownerOf();
  if (owner) await chown(folder, owner.uid, owner.gid);
  const port = given ?? (await freePort());
  const data = join(folder, 'data');
  const command = async (file: string, ...args: string[]) =>
    (await run(file, args, { cwd: folder, maxBuffer: MOST_OUTPUT, ...owner })).stdout;
  const call = (program: string, ...args: string[]) => command(join(bin, program), ...args);
  const control = (...args: string[]) =>
    call('pg_ctl', '-D', data, '-l', join(folder, 'server.log'), '-w', ...args);
  const cluster = {
    port,
    data,
    url: (database = 'postgres') => `postgres://postgres@127.0.0.1:${port}/${database}`,
    call,
    configure: (lines: readonly string[]) =>
      appendFile(
        join(data, 'postgresql.conf'),
        [`port = ${port}`, `unix_socket_directories = '${folder}'`, ...lines, ''].join('\n'),
      ),
    async start() {
      await control('start');
    },
    async stop(mode: 'fast' | 'immediate' = 'fast') {
      await control('-m', mode, 'stop');
    },
    async restart() {
      await control('-m', 'fast', 'restart');
    },
    async save(name: string) {
      await command('cp', '-a', data, join(folder, name));
    },
    async putBack(name: string) {
      await command('rm', '-rf', data);
      await command('cp', '-a', join(folder, name), data);
    },
    async addStandby(settings: ClusterSettings = {}): Promise<Cluster> {
      const standby = await clusterIn(bin, settings);
      await standby.call('pg_basebackup', '-R', '-c', 'fast', '-d', cluster.url(), '-D', standby.data);
      await standby.configure(settings.lines ?? []);
      await standby.start();
      return standby;
    },
    async promote() {
      await control('promote');
    },
    async remove() {
      await cluster.stop('immediate').catch(() => {}); // perhaps it has stopped
      await rm(folder, { recursive: true, force: true });
    },
  };
  return cluster;
}

/** PostgreSQL does not run as root. */
export function ownerOf(): { uid: number; gid: number } | undefined {
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
