import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import progress from 'cli-progress';
import type {
  ImportProgress,
  ImportProgressLine,
  ImportResult,
} from '../features/incidents/import.schema.ts';

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
const PROGRESS = 'application/x-ndjson';

/** Streams a file to a running service, shows how far it is, and reports the result of its lines. */
export async function importFile(file: string, { format, key, url }: Options): Promise<void> {
  const chosen = format ?? BY_ENDING[extname(file).toLowerCase()];
  if (!chosen) throw new Error(`The format of ${file} is unknown. Add --format.`);
  const { size } = await stat(file).catch(() => {
    throw new Error(`There is no file ${file}.`);
  });
  const started = performance.now();
  const shown = showProgress(size);
  const body = createReadStream(file);
  body.on('data', (chunk) => shown.sent(chunk.length));
  const result = await send(body, chosen, { key, url })
    .then((answer) => resultOf(answer, shown.done))
    .finally(shown.stop);
  report(result, (performance.now() - started) / 1000);
}

/** A bar in a terminal, plain lines elsewhere. What is sent is some hundred kilobytes ahead of what is done. */
function showProgress(size: number) {
  const bar = new progress.SingleBar({
    format: ' {bar} {percentage}% sent | {lines} lines done, {rejected} rejected | {rate} a second',
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: PLAIN_EVERY_MS,
  });
  const started = performance.now();
  bar.start(size, 0, { lines: 0, rejected: 0, rate: 0 });
  return {
    sent: (bytes: number) => bar.increment(bytes),
    done: ({ lines, rejected }: ImportProgress) => {
      const rate = Math.round(lines / ((performance.now() - started) / 1000));
      bar.update({ lines, rejected, rate });
    },
    stop: () => bar.stop(),
  };
}

/** The answer begins while the file is being sent, which `fetch` cannot receive. */
async function send(
  body: Readable,
  format: keyof typeof MEDIA_TYPES,
  { key, url }: Pick<Options, 'key' | 'url'>,
): Promise<IncomingMessage> {
  const address = new URL(`/v1/incidents/import?format=${format}`, url);
  const asked = (address.protocol === 'https:' ? secureRequest : request)(address, {
    method: 'POST',
    headers: {
      Accept: PROGRESS,
      'Content-Type': MEDIA_TYPES[format],
      Authorization: `Bearer ${key}`,
    },
  });
  body.pipe(asked);
  const [answer] = (await once(asked, 'response').catch((error: Error) => {
    throw new Error(`The service at ${url} cannot be reached (${error.message}). Set --url.`);
  })) as [IncomingMessage];
  // an answer may come before the end of the file: then no more of it is wanted
  asked.on('error', () => body.destroy());
  return answer;
}

/** Reads lines of progress until the result; an earlier service answers with the result alone. */
async function resultOf(
  answer: IncomingMessage,
  tell: (soFar: ImportProgress) => void,
): Promise<ImportResult> {
  const { statusCode = 0, headers } = answer;
  if (statusCode >= 400) {
    const { detail } = JSON.parse(await text(answer)) as { detail?: string };
    throw new Error(detail ?? `The service answered ${statusCode}.`);
  }
  if (!headers['content-type']?.startsWith(PROGRESS)) return JSON.parse(await text(answer)) as ImportResult;
  for await (const line of createInterface({ input: answer })) {
    const told = JSON.parse(line) as ImportProgressLine;
    if ('result' in told) return told.result;
    if ('problem' in told) throw new Error(`${told.problem.detail} The lines before it are kept.`);
    tell(told.progress);
  }
  throw new Error('The answer of the service breaks off. Send the file again: known lines stay as they are.');
}

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
