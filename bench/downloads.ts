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
import type { Service } from './service.process.ts';

export interface DownloadComparison {
  format: string;
  rows: number;
  megabytes: number;
  /** Rows per second, medians of the rounds. */
  downloaded: number;
  copied: number;
  /** Until the first byte, and until the whole answer when it is asked for again, and with its ETag. */
  firstByteSeconds: number;
  againSeconds: number;
  unchangedSeconds: number;
  /** Increase over the memory before. */
  heldMegabytes: number;
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

/** All incidents that a caller sees, over HTTP, and the same columns in the same order by `psql \copy` as the service's role. */
export async function compareDownloads(
  databaseUrl: string,
  service: Service,
  options: Options,
): Promise<DownloadComparison[]> {
  const { key } = await asOwner(databaseUrl, (knex) =>
    createKey(knex, { agency: AGENCY, roles: ['reader'] }),
  );
  const ask = (format: string, layer = 'incidents', query = '', headers = {}) =>
    download(service.port, `/v1/collections/${layer}/items?f=${format}${query}`, {
      'X-API-Key': key,
      ...headers,
    });
  // warm-up: code loaded at first use is not part of a download
  for (const format of FORMATS) await ask(format, 'crossings');
  const idle = await service.residentBytes();
  const comparisons = [];
  for (const format of FORMATS) {
    const rounds = [];
    for (let round = 0; round < options.rounds; round++) {
      const copied = await measured(() => copy(databaseUrl));
      // an address of its own, so that no file is kept for it
      const query = `&precision=${6 + round}`;
      const peak = watch(service);
      const downloaded = await measured(() => ask(format, 'incidents', query));
      const held = ((await peak()) - idle) / 2 ** 20;
      const { bytes, firstByteSeconds, etag } = downloaded.result;
      const again = await measured(() => ask(format, 'incidents', query));
      const unchanged = await measured(() =>
        ask(format, 'incidents', query, etag && { 'If-None-Match': etag }),
      );
      rounds.push({
        copied: copied.result / copied.seconds,
        seconds: downloaded.seconds,
        firstByteSeconds,
        againSeconds: again.seconds,
        unchangedSeconds: unchanged.seconds,
        held,
        rows: copied.result,
        bytes,
      });
    }
    const { rows, bytes } = rounds[0]!;
    const comparison = {
      format,
      rows,
      megabytes: bytes / 1e6,
      downloaded: rows / median(rounds.map(({ seconds }) => seconds)),
      copied: median(rounds.map(({ copied }) => copied)),
      firstByteSeconds: median(rounds.map((round) => round.firstByteSeconds)),
      againSeconds: median(rounds.map((round) => round.againSeconds)),
      unchangedSeconds: median(rounds.map((round) => round.unchangedSeconds)),
      heldMegabytes: Math.max(...rounds.map(({ held }) => held)),
    };
    say(
      `  ${format}: ${Math.round(comparison.downloaded)} rows/s, ${Math.round(comparison.copied)} by psql, ${Math.round(comparison.heldMegabytes)} MB held`,
    );
    comparisons.push(comparison);
  }
  return comparisons;
}

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
