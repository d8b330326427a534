import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Cluster, openCluster, ownerOf } from '../../test/support/cluster.ts';
import { eventually } from '../../test/support/eventually.ts';
import { restoreAndReplay, type WayBack } from './restore.scenario.ts';

const run = promisify(execFile);
const PROGRAM = '/usr/bin/pgbackrest';
const POINT = 'before_the_loss';

/** Whether this machine has pgBackRest. */
export const hasPgBackRest = (): boolean => existsSync(PROGRAM);

interface Archive {
  cluster: Cluster;
  pgbackrest(...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

/** A cluster that archives its log with pgBackRest; everything in one folder. */
async function openArchive(): Promise<Archive> {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-archive-'));
  const owner = ownerOf();
  const config = join(folder, 'pgbackrest.conf');
  const cluster = await openCluster({
    lines: [
      'archive_mode = on',
      `archive_command = '${PROGRAM} --config=${config} --stanza=tripoint archive-push %p'`,
    ],
  });
  if (!cluster) throw new Error('PostgreSQL with PostGIS is needed.');
  for (const name of ['repository', 'log', 'lock', 'spool']) await mkdir(join(folder, name));
  await writeFile(config, configOf(folder, cluster));
  if (owner)
    for (const name of ['', 'repository', 'log', 'lock', 'spool', 'pgbackrest.conf'])
      await chown(join(folder, name), owner.uid, owner.gid);
  const pgbackrest = async (...args: string[]) =>
    (
      await run(PROGRAM, [`--config=${config}`, '--stanza=tripoint', ...args], {
        cwd: folder,
        encoding: 'utf8',
        ...owner,
      })
    ).stdout;
  await pgbackrest('stanza-create');
  return {
    cluster,
    pgbackrest,
    remove: async () => {
      await cluster.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const configOf = (folder: string, { data, port }: Cluster): string => `[global]
repo1-path=${folder}/repository
repo1-retention-full=2
log-path=${folder}/log
lock-path=${folder}/lock
spool-path=${folder}/spool
start-fast=y
[tripoint]
pg1-path=${data}
pg1-port=${port}
pg1-socket-path=${dirname(data)}
pg1-user=postgres
`;

export const pointInTime = (): Promise<string> => restoreAndReplay(archivedSite);

/** A base backup and the archived log, up to a named point. */
async function archivedSite(): Promise<WayBack> {
  const { cluster, pgbackrest, remove } = await openArchive();
  const tell = async (statement: string): Promise<string> =>
    (await cluster.call('psql', '-XAtc', statement, '-d', cluster.url())).trim();
  return {
    cluster,
    remove,
    async backUp() {
      await pgbackrest('backup', '--type=full');
      await tell(`SELECT pg_create_restore_point('${POINT}')`);
    },
    async bringBack() {
      await tell('SELECT pg_switch_wal()');
      await cluster.stop();
      await pgbackrest('restore', '--delta', '--type=name', `--target=${POINT}`, '--target-action=promote');
      await cluster.start();
      await eventually(async () => (await tell('SELECT NOT pg_is_in_recovery()')) === 't');
      await forgetTarget(cluster, tell);
      return cluster.url();
    },
  };
}

/** pgBackRest writes the target into postgresql.auto.conf, where it stays: the next recovery would stop there. */
async function forgetTarget({ data }: Cluster, tell: (statement: string) => Promise<string>): Promise<void> {
  const settings = async () => {
    const text = await readFile(join(data, 'postgresql.auto.conf'), 'utf8');
    return [...text.matchAll(/^(recovery_target\w*) = /gm)].map(([, name]) => name);
  };
  const left = await settings();
  if (!left.includes('recovery_target_name')) throw new Error('pgBackRest has left no target behind.');
  for (const name of left) await tell(`ALTER SYSTEM RESET ${name}`);
  if ((await settings()).length > 0) throw new Error('The target of the recovery could not be reset.');
}
