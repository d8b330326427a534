import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { v7 as uuidv7 } from 'uuid';
import { asOwner, migrate } from '../src/db/migrations.ts';
import { importRows, prepareLines, reporterKey, uploadOf } from './bulk.ts';
import { median } from './comparison.ts';
import { runRequests } from './load.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';

/** For each written incident or line. */
export interface WriteCost {
  /** Per second. */
  rate: number;
  serviceMs: number;
  databaseMs: number;
  walBytes: number;
}

export interface SideMeasures {
  of: 'before' | 'now';
  writes: WriteCost;
  warmImport: WriteCost;
  coldImport: WriteCost;
}

export interface WriteMeasures {
  clients: number;
  lines: number;
  /** How the caches were emptied. */
  cold: string;
  sides: SideMeasures[];
}

interface Side {
  of: SideMeasures['of'];
  url: string;
  folder: string;
  service: Service;
  /** A complete request for each incident. */
  nextRequest: () => string;
  /** One of two parts; returns the number of its lines. */
  importPart: (part: number) => Promise<number>;
}

const HERE = fileURLToPath(new URL('..', import.meta.url));
const WARM_UP_SECONDS = 3;

/** Incidents of eight writers and an import, by this service and the one before, each on a copy of the database. */
export async function measureWrites(databaseUrl: string, options: Options): Promise<WriteMeasures> {
  const { before, beforeDatabase, clients, lines } = options;
  const folders: [of: SideMeasures['of'], folder: string][] = [['now', HERE]];
  if (before) folders.push(['before', before]);
  const template = before ? beforeDatabase : options.database;
  const sides: Side[] = [];
  try {
    for (const [of, folder] of folders)
      sides.push(await prepareSide({ of, folder, url: copyUrl(databaseUrl, of) }, template, options));
    const writes = await writeInTurn(sides, options);
    const imports: SideMeasures[] = [];
    let cold = '';
    for (const side of sides) {
      const warmImport = await costOf(side, () => side.importPart(0));
      cold = await asOwner(side.url, emptyCaches);
      const coldImport = await costOf(side, () => side.importPart(1));
      const [warm, chilled] = [warmImport, coldImport].map(({ rate }) => rate.toFixed(0));
      say(`  ${side.of}: import ${warm} lines a second warm, ${chilled} cold`);
      imports.push({ of: side.of, writes: writes.get(side)!, warmImport, coldImport });
    }
    return { clients, lines, cold, sides: imports };
  } finally {
    for (const { service } of sides) await service.stop();
    for (const [of] of folders) await dropCopy(options.serverUrl, nameOf(copyUrl(databaseUrl, of)));
  }
}

/** Medians of the rounds. */
async function writeInTurn(
  sides: readonly Side[],
  { rounds, clients, seconds }: Options,
): Promise<Map<Side, WriteCost>> {
  const costs = new Map(sides.map((side) => [side, [] as WriteCost[]]));
  for (let round = 0; round < rounds; round++)
    for (const side of round % 2 ? sides : sides.toReversed())
      costs.get(side)!.push(await writeFor(side, clients, seconds));
  return new Map(sides.map((side) => [side, medianCost(costs.get(side)!)]));
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);
const copyUrl = (databaseUrl: string, of: string): string =>
  Object.assign(new URL(databaseUrl), { pathname: `tripoint_bench_writes_${of}` }).href;

const dropCopy = (serverUrl: string, name: string): Promise<void> =>
  asOwner(serverUrl, (server) => server.raw(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));

async function prepareSide(
  { of, folder, url }: Pick<Side, 'of' | 'folder' | 'url'>,
  template: string,
  { serverUrl, lines }: Options,
): Promise<Side> {
  await dropCopy(serverUrl, nameOf(url));
  // copies files instead of writing all pages to the log
  await asOwner(serverUrl, (server) =>
    server.raw(`CREATE DATABASE ${nameOf(url)} TEMPLATE ${template} STRATEGY FILE_COPY`),
  );
  if (of === 'now') await asOwner(url, migrate);
  openCopy(folder, url);
  const { key, features } = await asOwner(url, async (knex) => {
    const made = await prepareLines(knex, 2 * lines);
    return { key: await reporterKey(knex), features: made };
  });
  const service = await startService(url, {}, folder);
  say(`  ${of}: ${nameOf(url)} is ready`);
  return {
    of,
    url,
    folder,
    service,
    nextRequest: requestsOf(features.map(asReport), key, service.port),
    async importPart(part) {
      const upload = uploadOf(features.slice(part * lines, (part + 1) * lines));
      await importRows(service.port, key, upload, lines);
      return lines;
    },
  };
}

/** A service stays closed on a copied database until somebody says that nothing is running elsewhere. */
function openCopy(folder: string, url: string): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'restored', '--nothing-elsewhere'], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const AGE_MS = 50 * 60_000;

/** The incident as somebody reports it within the hour, and not as it is imported. */
function asReport(feature: string): object {
  const { id: _, properties, ...others } = JSON.parse(feature);
  const { externalId: __, occurredUntil: ___, source: ____, ...reported } = properties;
  return { ...others, properties: reported };
}

function requestsOf(reports: readonly object[], key: string, port: number): () => string {
  let n = 0;
  return () => {
    const report = reports[n++ % reports.length] as { properties: object };
    const occurredAt = new Date(Date.now() - Math.random() * AGE_MS).toISOString();
    const body = JSON.stringify({
      ...report,
      id: uuidv7(),
      properties: { ...report.properties, occurredAt },
    });
    return [
      'POST /v1/incidents HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${key}`,
      'Content-Type: application/geo+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  };
}

async function writeFor(side: Side, clients: number, seconds: number): Promise<WriteCost> {
  const ask = (during: number) =>
    runRequests(side.service.port, side.nextRequest, { clients, seconds: during });
  await ask(WARM_UP_SECONDS);
  const recent = async (knex: Knex) => {
    const { rows } = await knex.raw(
      "SELECT count(*)::int AS n FROM base.incident WHERE occurred_at > now() - interval '2 hours'",
    );
    return rows[0].n as number;
  };
  let rate = 0;
  const cost = await costOf(side, async () => {
    const was = await asOwner(side.url, recent);
    rate = await ask(seconds);
    return (await asOwner(side.url, recent)) - was;
  });
  say(`  ${side.of}: ${rate.toFixed(0)} incidents a second`);
  return { ...cost, rate };
}

/** What some work that says how much it wrote costs both processes; after a checkpoint, so that each side logs its pages again. */
async function costOf({ url, service }: Side, work: () => Promise<number>): Promise<WriteCost> {
  await asOwner(url, (knex) => knex.raw('CHECKPOINT'));
  const was = await asOwner(url, backends);
  const [serviceWas, startedMs] = [await service.cpuSeconds(), performance.now()];
  const written = await work();
  const tookMs = performance.now() - startedMs;
  const is = await asOwner(url, backends);
  let databaseMs = 0;
  for (const [pid, ms] of is.processorMs) databaseMs += ms - (was.processorMs.get(pid) ?? 0);
  return {
    rate: (written / tookMs) * 1000,
    serviceMs: (((await service.cpuSeconds()) - serviceWas) * 1000) / written,
    databaseMs: databaseMs / written,
    walBytes: (is.walBytes - was.walBytes) / written,
  };
}

/** Processor time of the connections to the database but this one, and the place in the server's log. */
async function backends(knex: Knex): Promise<{ processorMs: Map<number, number>; walBytes: number }> {
  const { rows } = await knex.raw(`
    SELECT pid, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float AS wal FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  const processorMs = new Map<number, number>();
  for (const { pid } of rows) processorMs.set(pid, processorMsOf(pid));
  return { processorMs, walBytes: rows[0]?.wal ?? 0 };
}

/** Linux counts nanoseconds in schedstat; a process that has ended counts nothing. */
function processorMsOf(pid: number): number {
  const file = `/proc/${pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : 0;
}

/** Takes the pages of the database out of PostgreSQL's memory, and of the system's where this process may. */
async function emptyCaches(knex: Knex): Promise<string> {
  await knex.raw('CREATE EXTENSION IF NOT EXISTS pg_buffercache');
  await knex.raw('CHECKPOINT');
  await knex.raw(`
    SELECT count(pg_buffercache_evict(b.bufferid)) FROM pg_buffercache AS b
    WHERE b.reldatabase = (SELECT oid FROM pg_database WHERE datname = current_database())`);
  const { rows } = await knex.raw(`
    SELECT current_setting('data_directory') || '/base/' || oid AS folder FROM pg_database WHERE datname = current_database()`);
  try {
    // dd drops what the kernel keeps of a file, and changes nothing in it
    execFileSync('find', [
      rows[0].folder,
      '-type',
      'f',
      '-exec',
      'dd',
      'of={}',
      'oflag=nocache',
      'conv=notrunc,fdatasync',
      'count=0',
      'status=none',
      ';',
    ]);
    return 'pages evicted from shared_buffers (pg_buffercache_evict) and from the memory of the system (dd oflag=nocache)';
  } catch {
    return 'pages evicted from shared_buffers (pg_buffercache_evict); the system still has them, because this process may not open the files';
  }
}

const medianCost = (costs: readonly WriteCost[]): WriteCost => ({
  rate: median(costs.map(({ rate }) => rate)),
  serviceMs: median(costs.map(({ serviceMs }) => serviceMs)),
  databaseMs: median(costs.map(({ databaseMs }) => databaseMs)),
  walBytes: median(costs.map(({ walBytes }) => walBytes)),
});
