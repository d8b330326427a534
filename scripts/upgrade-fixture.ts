import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import pg from 'pg';
import { anIncident, aSquare, aZone } from '../test/support/builders.ts';
import { openReceiver } from '../test/support/webhook.receiver.ts';

/**
 * Writes a fixture for test/database/upgrade.test.ts: the database as an older version leaves it, with rows in every table.
 *
 *   git worktree add --detach ../older <commit> && (cd ../older && npm ci)
 *   createdb fixture
 *   npx tsx scripts/upgrade-fixture.ts ../older <commit> postgres://postgres@127.0.0.1:5432/fixture
 *
 * The older version makes its rows itself, through its commands and its API. Its reference data is simplified first, so that the
 * file stays small: a fixture, not a map.
 */
const [older = '', commit = '', url = ''] = process.argv.slice(2);
const TARGET = `test/fixtures/upgrade/${commit}`;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } };

const client = new pg.Client({ connectionString: url });
await client.connect();
const rows = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;

const environment = (settings: Record<string, string>) => ({
  ...process.env,
  DATABASE_URL: url,
  PORT: '0',
  LOG_LEVEL: 'error',
  WEBHOOK_ALLOW: '127.0.0.1',
  ...settings,
});
const tripoint = (...args: string[]): string =>
  execFileSync('npx', ['tsx', 'src/cli.ts', ...args], { cwd: older, env: environment({}), encoding: 'utf8' });

async function simplify(file: string, degrees: number): Promise<void> {
  const path = join(older, 'data', file);
  const document = JSON.parse(readFileSync(path, 'utf8'));
  for (const feature of document.features) {
    const [row] = await rows(
      'SELECT ST_AsGeoJSON(ST_SimplifyPreserveTopology(ST_SetSRID(ST_GeomFromGeoJSON($1), 4326), $2), 4) AS line',
      [JSON.stringify(feature.geometry), degrees],
    );
    feature.geometry = JSON.parse(row.line);
  }
  writeFileSync(path, JSON.stringify(document));
}

interface Instance {
  url: string;
  stop(): Promise<void>;
}

async function serve(settings: Record<string, string> = {}): Promise<Instance> {
  const child = spawn('npx', ['tsx', 'src/server.ts'], {
    cwd: older,
    env: environment(settings),
    detached: true,
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.pipe(process.stderr);
  for (;;) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
    if (address) {
      const stop = async () => {
        process.kill(-child.pid!, 'SIGTERM');
        await new Promise((ended) => child.once('close', ended));
      };
      return { url: address, stop };
    }
    await wait(100);
  }
}

const keys: Record<string, string> = {};
const AGENCIES = { DZA: 'dza-gendarmerie', LBY: 'lby-douanes', TUN: 'tun-garde-nationale' };

async function createKeys(): Promise<void> {
  for (const country of ['DZA', 'LBY', 'TUN'] as const) {
    const [agency] = await rows('SELECT id FROM base.agency WHERE country = $1 AND id = $2', [
      country,
      AGENCIES[country],
    ]);
    const [any] = await rows('SELECT min(id) AS id FROM base.agency WHERE country = $1', [country]);
    for (const role of ['reader', 'reporter', 'operator', 'coordinator', 'auditor', 'admin'])
      keys[`${country} ${role}`] = tripoint(
        'keys',
        'create',
        '--agency',
        (agency ?? any).id,
        '--role',
        role,
      ).trim();
  }
}

function apiOf(instance: Instance) {
  return async (method: string, path: string, who: string, body?: object): Promise<Record<string, never>> => {
    const answer = await fetch(`${instance.url}/v1${path}`, {
      method,
      headers: { 'X-API-Key': keys[who]!, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : {};
  };
}
type Api = ReturnType<typeof apiOf>;

const now = () => new Date().toISOString();

async function exchangeRows(api: Api, hook: string): Promise<void> {
  await api('POST', '/webhooks', 'TUN coordinator', { url: hook });
  const natures = ['exercise'];
  await api('POST', '/subscriptions', 'TUN operator', { triggers: ['created', 'updated'], natures });
  await api('POST', '/subscriptions', 'DZA operator', {
    triggers: ['enter', 'threshold'],
    threshold: { incidents: 2, minutes: 60 },
    crossing: 'bouchebka',
    withinMetres: 50_000,
    natures,
  });
}

async function incidentRows(api: Api): Promise<void> {
  const report = (more: object) =>
    api('POST', '/incidents', 'TUN reporter', anIncident({ occurredAt: now(), ...more }));
  const made = [];
  for (const tlp of ['CLEAR', 'GREEN', 'AMBER+STRICT', 'RED']) made.push(await report({ tlp }));
  const { id } = made[1]!;
  await api('POST', `/incidents/${id}/reports`, 'TUN reporter', {
    severity: 'severe',
    certainty: 'observed',
  });
  await api('POST', `/incidents/${id}/acknowledgements`, 'DZA reporter');
  await api('POST', `/incidents/${id}/responses`, 'DZA reporter', { kind: 'patrol', state: 'in_progress' });
  await api('POST', `/incidents/${id}/requests`, 'TUN reporter', {
    kind: 'support',
    needs: ['drones'],
    to: ['DZA'],
    dueAt: '2099-01-01T12:00:00Z',
    text: 'One drone.',
  });
  await api('PUT', `/incidents/${id}/legal-hold`, 'TUN coordinator', {
    reason: 'A court order, for the fixture',
  });
  const distress = await report({ kind: 'distress', tlp: 'GREEN', at: [8.5, 35.3] });
  const [notice] = await rows('SELECT id FROM base.distress_notice WHERE incident = $1', [distress.id]);
  await api('POST', `/distress/${notice.id}/assistance`, 'TUN reporter', {
    state: 'given',
    outcome: 'rescued',
    counts: { best: 3 },
  });
}

async function zoneRows(api: Api): Promise<void> {
  for (const change of [{}, { geometry: aSquare([8.42, 35.2]) }]) {
    const zone = await api('POST', '/zones?propose=true', 'DZA operator', aZone(change));
    for (const country of ['DZA', 'TUN'])
      await api('POST', `/zones/${zone.id}/consents`, `${country} coordinator`, {
        decision: 'approve',
        revision: 1,
      });
  }
  await api('POST', '/crossings/bouchebka/status', 'DZA operator', { state: 'closed', source: 'fixture' });
}

/** Until the jobs have done what the writes left them. */
async function settled(): Promise<void> {
  for (;;) {
    const [row] = await rows(`SELECT
      (SELECT count(*) FROM base.alert_queue) + (SELECT count(*) FROM base.incident_cell_delta)
      + (SELECT count(*) FROM base.delivery WHERE state NOT IN ('delivered', 'dead'))
      + (SELECT count(*) FROM base.audit_entry) - (SELECT count(*) FROM base.audit_seal) AS left`);
    if (Number(row.left) <= 0) return;
    await wait(500);
  }
}

/** What is gone within milliseconds where every job runs: an alert to be raised, a count to be added, an entry to be sealed. */
async function unfinishedRows(): Promise<void> {
  await client.query(
    'DO $$ BEGIN CREATE ROLE fixture_web LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$',
  );
  await client.query('GRANT tripoint_service TO fixture_web');
  await client.query('REVOKE EXECUTE ON FUNCTION tripoint.fold_incident_cells FROM tripoint_service');
  const own = new URL(url);
  own.username = 'fixture_web';
  const instance = await serve({ DATABASE_URL: own.href, LOG_LEVEL: 'silent' });
  await apiOf(instance)(
    'POST',
    '/incidents',
    'TUN reporter',
    anIncident({ tlp: 'GREEN', occurredAt: now() }),
  );
  await instance.stop();
  await client.query('GRANT EXECUTE ON FUNCTION tripoint.fold_incident_cells TO tripoint_service');
}

async function emptyTables(): Promise<string[]> {
  const tables = await rows(`SELECT c.oid::regclass::text AS name FROM pg_class AS c
    WHERE c.relnamespace = 'base'::regnamespace AND c.relkind = 'r' ORDER BY 1`);
  const empty: string[] = [];
  for (const { name } of tables)
    if ((await rows(`SELECT FROM ${name} LIMIT 1`)).length === 0) empty.push(name);
  return empty;
}

await client.query('CREATE EXTENSION IF NOT EXISTS postgis');
for (const [file, degrees] of [
  ['borders.geojson', 0.02],
  ['segments.geojson', 0.02],
  ['countries.geojson', 0.05],
] as const)
  await simplify(file, degrees);
tripoint('migrate');
tripoint('seed');
await createKeys();
const receiver = await openReceiver();
const instance = await serve();
const api = apiOf(instance);
await exchangeRows(api, receiver.url);
await zoneRows(api);
await incidentRows(api);
await settled();
await instance.stop();
await unfinishedRows();
await receiver.close();
const empty = await emptyTables();
await client.end();
if (empty.length > 0) throw new Error(`No rows in ${empty.join(', ')}.`);

const dump = execFileSync(
  join(process.env.PG_BIN ?? '', 'pg_dump'),
  ['--no-owner', '--inserts', '--rows-per-insert=500', '-n', 'base', '-n', 'tripoint', url],
  {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  },
);
// lines with a backslash are for psql
const text = dump.replaceAll(/^\\.*\n/gm, '');
writeFileSync(`${TARGET}.sql.br`, brotliCompressSync(text, BROTLI));
writeFileSync(`${TARGET}.keys.json`, `${JSON.stringify(keys, undefined, 2)}\n`);
