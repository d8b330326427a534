import { execFile } from 'node:child_process';
import { get } from 'node:http';
import { promisify } from 'node:util';
import { createKey } from '../src/access/key.store.ts';
import { asOwner } from '../src/db/migrations.ts';
import { listed, render, sql } from '../src/db/sql.ts';
import { incidentCollection } from '../src/features/incidents/incident.collection.sql.ts';
import { median } from './comparison.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
import { type Service, startService } from './service.process.ts';

export interface DownloadComparison {
  format: string;
  rows: number;
  megabytes: number;
  /** Rows per second of `psql`, median of the rounds. */
  copied: number;
  now: DownloadMeasures;
  before: DownloadMeasures | undefined;
  /** Until the whole answer when it is asked for again, and with its ETag; not measured beside the service before. */
  again?: { seconds: number; unchangedSeconds: number };
}

/** Medians of the rounds. */
export interface DownloadMeasures {
  /** Rows per second. */
  rate: number;
  firstByteSeconds: number;
  /** Greatest increase over the memory before. */
  heldMegabytes: number;
  /** Processor time of the service. */
  cpuSeconds: number;
}

interface Downloaded {
  bytes: number;
  firstByteSeconds: number;
  etag: string | undefined;
}

const run = promisify(execFile);

const FORMATS = ['csv', 'geojsonseq', 'fgb-stream', 'parquet-stream', 'fgb', 'parquet', 'gpkg'];
// the country that sees most of them
const [AGENCY, COUNTRY_BITS] = ['dza-gardes-frontieres', 3];
const SAMPLE_MS = 50;

/**
 * All incidents that a caller sees, over HTTP from this service and the one before, and the same columns in the same order
 * by `psql \copy` as the service's role, in turn.
 */
export async function compareDownloads(
  databaseUrl: string,
  service: Service,
  options: Options,
): Promise<DownloadComparison[]> {
  if (options.before === undefined)
    return compareFormats(databaseUrl, { now: await readerOf(databaseUrl, service) }, options);
  const beforeUrl = Object.assign(new URL(databaseUrl), { pathname: options.beforeDatabase }).href;
  const before = await startService(beforeUrl, {}, options.before);
  try {
    const sides = {
      now: await readerOf(databaseUrl, service),
      before: await readerOf(beforeUrl, before),
    };
    return await compareFormats(databaseUrl, sides, options);
  } finally {
    await before.stop();
  }
}

/** Asks one service with a key. */
interface Reader {
  service: Service;
  ask(format: string, query?: string, headers?: Record<string, string>): Promise<Downloaded>;
  idleBytes: number;
}

interface Readers {
  now: Reader;
  before?: Reader;
}

async function readerOf(databaseUrl: string, service: Service): Promise<Reader> {
  const { key } = await asOwner(databaseUrl, (knex) =>
    createKey(knex, { agency: AGENCY, roles: ['reader'] }),
  );
  const askLayer = (layer: string, format: string, query = '', headers = {}) =>
    download(service.port, `/v1/collections/${layer}/items?f=${format}${query}`, {
      'X-API-Key': key,
      ...headers,
    });
  // warm-up: code loaded at first use is not part of a download
  for (const format of FORMATS) await askLayer('crossings', format);
  const ask = (format: string, query?: string, headers?: Record<string, string>) =>
    askLayer('incidents', format, query, headers);
  return { service, ask, idleBytes: await service.residentBytes() };
}

async function compareFormats(
  databaseUrl: string,
  readers: Readers,
  options: Options,
): Promise<DownloadComparison[]> {
  const comparisons = [];
  for (const format of FORMATS) {
    const comparison = await compareFormat(databaseUrl, readers, format, options);
    const { rate, heldMegabytes } = comparison.now;
    say(
      `  ${format}: ${Math.round(rate)} rows/s, ${Math.round(comparison.copied)} by psql, ${Math.round(heldMegabytes)} MB held`,
    );
    comparisons.push(comparison);
  }
  return comparisons;
}

async function compareFormat(
  databaseUrl: string,
  { now, before }: Readers,
  format: string,
  { rounds }: Options,
): Promise<DownloadComparison> {
  const measures = [];
  for (let round = 0; round < rounds; round++) {
    const copied = await measured(() => copy(databaseUrl));
    const rows = copied.result;
    // an address of its own, so that no file is kept for it
    const query = `&precision=${6 + round}`;
    const earlier = before && (await measureDownload(before, format, query, rows));
    const later = await measureDownload(now, format, query, rows);
    const again = before ? undefined : await measureAgain(now, format, query, later.etag);
    measures.push({ copied: rows / copied.seconds, rows, before: earlier, now: later, again });
  }
  const [{ rows, now: first }] = measures as [(typeof measures)[0]];
  const earlier = measures.flatMap((one) => one.before ?? []);
  const again = measures.flatMap((one) => one.again ?? []);
  return {
    format,
    rows,
    megabytes: first.bytes / 1e6,
    copied: median(measures.map(({ copied }) => copied)),
    now: mediansOf(measures.map((one) => one.now)),
    before: earlier.length > 0 ? mediansOf(earlier) : undefined,
    ...(again.length > 0 && {
      again: {
        seconds: median(again.map(({ seconds }) => seconds)),
        unchangedSeconds: median(again.map(({ unchangedSeconds }) => unchangedSeconds)),
      },
    }),
  };
}

async function measureDownload(
  { service, ask, idleBytes }: Reader,
  format: string,
  query: string,
  rows: number,
) {
  const peak = watch(service);
  const cpuBefore = await service.cpuSeconds();
  const { result, seconds } = await measured(() => ask(format, query));
  return {
    ...result,
    rate: rows / seconds,
    heldMegabytes: ((await peak()) - idleBytes) / 2 ** 20,
    cpuSeconds: (await service.cpuSeconds()) - cpuBefore,
  };
}

async function measureAgain({ ask }: Reader, format: string, query: string, etag: string | undefined) {
  const again = await measured(() => ask(format, query));
  const unchanged = await measured(() => ask(format, query, etag ? { 'If-None-Match': etag } : {}));
  return { seconds: again.seconds, unchangedSeconds: unchanged.seconds };
}

const mediansOf = (rounds: readonly DownloadMeasures[]): DownloadMeasures => ({
  rate: median(rounds.map(({ rate }) => rate)),
  firstByteSeconds: median(rounds.map(({ firstByteSeconds }) => firstByteSeconds)),
  heldMegabytes: Math.max(...rounds.map(({ heldMegabytes }) => heldMegabytes)),
  cpuSeconds: median(rounds.map(({ cpuSeconds }) => cpuSeconds)),
});

async function measured<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const startedMs = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - startedMs) / 1000 };
}

/** Follows the redirect to a file. */
const download = (
  port: number,
  path: string,
  headers: Record<string, string>,
  startedMs = performance.now(),
): Promise<Downloaded> =>
  new Promise((resolve, reject) => {
    get({ port, path, headers }, (answer) => {
      const { statusCode = 0, headers: told } = answer;
      let bytes = 0;
      let firstByteSeconds = Number.NaN;
      answer.on('data', (piece: Buffer) => {
        if (bytes === 0) firstByteSeconds = (performance.now() - startedMs) / 1000;
        bytes += piece.length;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (statusCode === 302) resolve(download(port, told.location!, headers, startedMs));
        else if (statusCode === 200 || statusCode === 304)
          resolve({ bytes, firstByteSeconds, etag: told.etag });
        else reject(new Error(`${path}: ${statusCode}`));
      });
    }).on('error', reject);
  });

/** Returns the number of rows. */
async function copy(databaseUrl: string): Promise<number> {
  const settings = {
    role: 'tripoint_service',
    search_path: 'tripoint,public',
    TimeZone: 'UTC',
    max_parallel_workers_per_gather: 0,
    'tripoint.viewer': COUNTRY_BITS,
    'tripoint.agency': AGENCY,
  };
  const PGOPTIONS = Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
  const command = `\\copy (${copied()}) TO '/dev/null' WITH (FORMAT csv)`;
  const { stdout } = await run('psql', ['-X', '-d', databaseUrl, '-c', command], {
    env: { ...process.env, PGOPTIONS },
  });
  return Number(/^COPY (\d+)/m.exec(stdout)![1]);
}

function copied(): string {
  const { fields } = incidentCollection;
  const columns = [sql`i.id`, sql`ST_X(i.point)`, sql`ST_Y(i.point)`, ...fields.map(({ value }) => value)];
  return render(sql`SELECT ${listed(columns)} FROM incident AS i ORDER BY i.occurred_at DESC, i.id DESC`)
    .text;
}

/** Samples the memory of the process; the returned function stops and gives the peak. */
function watch(service: Service): () => Promise<number> {
  let most = 0;
  const look = async () => {
    most = Math.max(most, await service.residentBytes());
  };
  const looking = setInterval(() => void look(), SAMPLE_MS);
  return async () => {
    clearInterval(looking);
    await look();
    return most;
  };
}
