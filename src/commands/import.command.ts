import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import progress from 'cli-progress';
import type { ImportResult } from '../features/incidents/import.schema.ts';

interface Options {
  format?: keyof typeof MEDIA_TYPES;
  key: string;
  url: string;
}

const MEDIA_TYPES = {
  csv: 'text/csv',
  geojsonl: 'application/geo+json-seq',
  geojson: 'application/geo+json',
  'iom-missing-migrants': 'text/csv',
} as const;
const BY_ENDING: Record<string, keyof typeof MEDIA_TYPES> = {
  '.csv': 'csv',
  '.geojson': 'geojson',
  '.json': 'geojson',
  '.geojsonl': 'geojsonl',
  '.geojsons': 'geojsonl',
  '.ndjson': 'geojsonl',
  '.jsonl': 'geojsonl',
};
const MOST_SHOWN = 20;
const PLAIN_EVERY_MS = 2_000;
const NEWLINE = 0x0a;

/** Streams a file to a running service, shows how far it is, and reports the result of its lines. */
export async function importFile(file: string, { format, key, url }: Options): Promise<void> {
  const chosen = format ?? BY_ENDING[extname(file).toLowerCase()];
  if (!chosen) throw new Error(`The format of ${file} is unknown. Add --format.`);
  const { size } = await stat(file).catch(() => {
    throw new Error(`There is no file ${file}.`);
  });
  const started = performance.now();
  const { count, stop } = showProgress(size);
  const body = createReadStream(file).pipe(counting(count));
  const result = await send(body, chosen, key, url).finally(stop);
  report(result, (performance.now() - started) / 1000);
}

/** What is sent: the service reads on as it takes the lines, some hundred kilobytes ahead. A bar in a terminal, plain lines elsewhere. */
function showProgress(size: number) {
  const bar = new progress.SingleBar({
    format: ' {bar} {percentage}% sent | {lines} lines, {duration_formatted}',
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: PLAIN_EVERY_MS,
  });
  let lines = 0;
  bar.start(size, 0, { lines });
  return {
    count: (chunk: Buffer) => {
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
      bar.increment(chunk.length, { lines });
    },
    stop: () => bar.stop(),
  };
}

async function send(
  body: Readable,
  format: keyof typeof MEDIA_TYPES,
  key: string,
  url: string,
): Promise<ImportResult> {
  const address = new URL(`/v1/incidents/import?format=${format}`, url);
  const request = {
    method: 'POST',
    headers: { 'Content-Type': MEDIA_TYPES[format], Authorization: `Bearer ${key}` },
    body: Readable.toWeb(body),
    duplex: 'half',
  };
  const response = await fetch(address, request as RequestInit).catch((error: Error) => {
    throw new Error(
      `The service at ${url} cannot be reached (${String(error.cause ?? error.message)}). Set --url.`,
    );
  });
  const answer = (await response.json()) as ImportResult & { detail?: string };
  if (!response.ok) throw new Error(answer.detail ?? `The service answered ${response.status}.`);
  return answer;
}

const counting = (count: (chunk: Buffer) => void) =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count(chunk);
      done(null, chunk);
    },
  });

function report({ accepted, updated, unchanged, rejected }: ImportResult, seconds: number): void {
  const lines = accepted + updated + unchanged + rejected.total;
  const shown = rejected.lines.slice(0, MOST_SHOWN).map(({ line, reason }) => `  line ${line}: ${reason}`);
  const more = rejected.total > shown.length ? [`  … and ${rejected.total - shown.length} more`] : [];
  const summary = `${accepted} accepted, ${updated} updated, ${unchanged} unchanged, ${rejected.total} rejected`;
  process.stdout.write(
    `${[summary, ...shown, ...more, `${lines} lines in ${seconds.toFixed(1)} s, ${Math.round(lines / seconds)} a second`].join('\n')}\n`,
  );
  if (lines === rejected.total && lines > 0) process.exitCode = 1;
}
