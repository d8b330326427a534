import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKey, revokeKey } from '../../src/access/key.store.ts';
import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { openDatabase } from '../../src/db/database.ts';
import { asOwner } from '../../src/db/migrations.ts';
import type { Cluster } from '../../test/support/cluster.ts';
import { eventually } from '../../test/support/eventually.ts';
import { openProcesses, type Processes, type Running } from '../../test/support/processes.ts';
import { populate } from './site.ts';

/** A way to lose what was written after a backup. */
export interface WayBack {
  cluster: Cluster;
  backUp(): Promise<void>;
  /** With the service stopped; answers where the database is then. */
  bringBack(): Promise<string>;
  remove(): Promise<void>;
}

const AGENCY = 'tun-garde-nationale';

/**
 * Backs up, narrows a label, revokes a key, restores, and checks that nobody is answered until the log of the lost time is
 * replayed, that both hold again, and that a cursor of the lost time is refused.
 */
export async function restoreAndReplay(open: () => Promise<WayBack>): Promise<string> {
  const processes = await openProcesses();
  let way: WayBack | undefined;
  try {
    way = await open();
    return await play(way, processes);
  } finally {
    await processes.end();
    await way?.remove();
  }
}

async function play({ cluster, backUp, bringBack }: WayBack, processes: Processes): Promise<string> {
  const witness = join(processes.folder, 'witness');
  let env = { DATABASE_URL: cluster.url(), TRIPOINT_WITNESS: witness };
  await populate(cluster);
  const { id, key } = await asOwner(cluster.url(), (knex) =>
    createKey(knex, { agency: AGENCY, roles: ['operator'] }),
  );
  let service = await processes.start(env);
  const start = await readChanges(service);
  const incident = await createIncident(service, key);
  const early = await cursorAfter(service, incident, start.cursor);
  await backUp();

  await narrow(service, key, incident);
  const late = await cursorAfter(service, incident, early);
  await asOwner(cluster.url(), (knex) => revokeKey(knex, id));
  await eventually(async () => (await ask(service, '/v1/borders', key)).status === 401);
  await stop(service);
  const file = join(processes.folder, 'export.jsonl');
  await exportLog(cluster, file);

  env = { ...env, DATABASE_URL: await bringBack() };
  service = await processes.start(env, '/healthz');
  for (const path of ['/v1/borders', `/v1/incidents/${incident}`, '/v1/keys', '/readyz'])
    await expectAnswer(await ask(service, path, key), 503, 'restored');
  const said = await succeed(processes, ['restored', '--replay', file], env);
  await eventually(async () => (await ask(service, '/readyz')).status === 200);
  await expectAnswer(await ask(service, '/v1/borders', key), 401);
  await expectAnswer(await ask(service, `/v1/incidents/${incident}`), 404);
  await expectAnswer(await ask(service, `/v1/changes?after=${late}`), 410);
  await stop(service);
  const replayed = (said.match(/^ {2}.*$/gm) ?? []).map((line) => line.trim()).join(', ');
  return `closed until replayed (${replayed}); the revoked key is refused, and a cursor of the lost time is 410`;
}

async function succeed(processes: Processes, args: string[], env: Record<string, string>): Promise<string> {
  const { code, output } = await processes.run(args, env);
  if (code !== 0) throw new Error(`tripoint ${args.join(' ')} failed: ${output}`);
  return output;
}

async function exportLog(cluster: Cluster, file: string): Promise<void> {
  const connection = { connectionString: cluster.url() };
  const db = openDatabase({ connection, poolSize: 1, statementTimeoutSeconds: 60 });
  await auditChain(db)
    .export((lines) => appendFile(file, lines))
    .finally(() => db.close());
}

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
      occurredAt: new Date().toISOString(),
      horizontalAccuracyMetres: 50,
      tlp: 'CLEAR',
    },
  };
  const answer = await ask(service, '/v1/incidents', key, { method: 'POST', body: JSON.stringify(incident) });
  if (answer.status !== 201) throw new Error(`No incident was created: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

interface ChangePage {
  changes: { id: string }[];
  cursor: string;
}

/** The cursor of a follower without a key that knows the newest change of a feature. */
async function cursorAfter(service: Running, id: string, from: string): Promise<string> {
  let cursor = from;
  await eventually(async () => {
    const page = await readChanges(service, `?after=${cursor}`);
    cursor = page.cursor;
    return page.changes.some((change) => change.id === id);
  });
  return cursor;
}

const readChanges = async (service: Running, query = ''): Promise<ChangePage> =>
  (await (await ask(service, `/v1/changes${query}`)).json()) as ChangePage;

async function narrow(service: Running, key: string, incident: string): Promise<void> {
  const body = JSON.stringify({ collection: 'incidents', id: incident, tlp: 'AMBER+STRICT' });
  const answer = await ask(service, '/v1/release', key, { method: 'POST', body });
  if (!answer.ok) throw new Error(`The label was not narrowed: ${await answer.text()}`);
}

async function stop({ child }: Running): Promise<void> {
  child.kill('SIGTERM');
  await eventually(() => child.exitCode !== null);
}

async function expectAnswer(answer: Response, status: number, code?: string): Promise<void> {
  const text = await answer.text();
  if (answer.status !== status || (code !== undefined && JSON.parse(text).code !== code))
    throw new Error(`${answer.url} answered ${answer.status} in place of ${status}: ${text}`);
}
