import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Cluster, openCluster, ownerOf } from '../../test/support/cluster.ts';
import { eventually } from '../../test/support/eventually.ts';
import { openProcesses, type Processes, type Running } from '../../test/support/processes.ts';

const run = promisify(execFile);
const PROGRAM = '/usr/bin/pgbackrest';
const POINT = 'before_the_loss';
const AGENCY = 'tun-garde-nationale';

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

/** What the drill found, for the sentence that it prints. */
export interface PointInTime {
  /** Rows of each kind that were replayed. */
  replayed: string[];
  /** Settings of the restore that pgBackRest leaves behind. */
  leftBehind: string[];
}

/**
 * Backs up, revokes a key and narrows a label, goes back to the point before, and checks that nobody is answered until
 * the log of the lost time is replayed.
 */
export async function pointInTime(): Promise<PointInTime> {
  const archive = await openArchive();
  const processes = await openProcesses();
  try {
    return await drill(archive, processes);
  } finally {
    await processes.end();
    await archive.remove();
  }
}

async function drill({ cluster, pgbackrest }: Archive, processes: Processes): Promise<PointInTime> {
  const env = { DATABASE_URL: cluster.url(), TRIPOINT_WITNESS: join(processes.folder, 'witness') };
  const tripoint = (...args: string[]) => succeed(processes, args, env);
  await tripoint('migrate');
  await tripoint('seed');
  const lost = JSON.parse(
    await tripoint('keys', 'create', '--agency', AGENCY, '--role', 'operator', '--json'),
  );
  let service = await processes.start(env);
  const incident = await createIncident(service, lost.key);
  await pgbackrest('backup', '--type=full');
  await tell(cluster, `SELECT pg_create_restore_point('${POINT}')`);

  await narrow(service, lost.key, incident);
  await tripoint('keys', 'revoke', lost.id);
  await eventually(async () => (await ask(service, '/v1/borders', lost.key)).status === 401);
  await stop(service);
  const file = join(processes.folder, 'export.jsonl');
  await writeFile(file, await tripoint('audit', 'export'));

  await tell(cluster, 'SELECT pg_switch_wal()');
  await cluster.stop();
  await pgbackrest('restore', '--delta', '--type=name', `--target=${POINT}`, '--target-action=promote');
  await cluster.start();
  await eventually(async () => (await tell(cluster, 'SELECT NOT pg_is_in_recovery()')) === 't');

  service = await processes.start(env, '/healthz');
  for (const path of ['/v1/borders', `/v1/incidents/${incident}`, '/v1/keys', '/readyz'])
    await expectCode(await ask(service, path, lost.key), 503, 'restored');
  const said = await tripoint('restored', '--replay', file);
  await eventually(async () => (await ask(service, '/readyz')).status === 200);
  await expectCode(await ask(service, '/v1/borders', lost.key), 401);
  await expectCode(await ask(service, `/v1/incidents/${incident}`), 404);
  await stop(service);
  return { replayed: said.match(/^ {2}.*$/gm) ?? [], leftBehind: await leftBehind(cluster) };
}

async function succeed(processes: Processes, args: string[], env: Record<string, string>): Promise<string> {
  const { code, output } = await processes.run(args, env);
  if (code !== 0) throw new Error(`tripoint ${args.join(' ')} failed: ${output}`);
  return output;
}

const tell = async (cluster: Cluster, statement: string): Promise<string> =>
  (await cluster.call('psql', '-XAtc', statement, '-d', cluster.url())).trim();

const ask = (service: Running, path: string, key?: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${service.url}${path}`, {
    ...init,
    headers: { ...(key && { 'X-API-Key': key }), 'Content-Type': 'application/json' },
  });

/** One that everybody sees. */
async function createIncident(service: Running, key: string): Promise<string> {
  const incident = {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [8.42, 35.2] },
    properties: {
      kind: 'fire',
      severity: 'severe',
      certainty: 'likely',
      nature: 'exercise',
      occurredAt: new Date().toISOString(),
      horizontalAccuracyMetres: 50,
      tlp: 'CLEAR',
    },
  };
  const answer = await ask(service, '/v1/incidents', key, { method: 'POST', body: JSON.stringify(incident) });
  if (answer.status !== 201) throw new Error(`No incident was created: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

async function narrow(service: Running, key: string, incident: string): Promise<void> {
  const body = JSON.stringify({ collection: 'incidents', id: incident, tlp: 'AMBER+STRICT' });
  const answer = await ask(service, '/v1/release', key, { method: 'POST', body });
  if (!answer.ok) throw new Error(`The label was not narrowed: ${await answer.text()}`);
}

async function stop({ child }: Running): Promise<void> {
  child.kill('SIGTERM');
  await eventually(() => child.exitCode !== null);
}

async function expectCode(answer: Response, status: number, code?: string): Promise<void> {
  const text = await answer.text();
  if (answer.status !== status || (code !== undefined && JSON.parse(text).code !== code))
    throw new Error(`${answer.url} answered ${answer.status} in place of ${status}: ${text}`);
}

/** pgBackRest writes the target into postgresql.auto.conf, where it stays. */
async function leftBehind({ data }: Cluster): Promise<string[]> {
  const text = await readFile(join(data, 'postgresql.auto.conf'), 'utf8');
  return text.split('\n').filter((line) => /^(recovery_target|restore_command)/.test(line));
}
