// Keeps a copy of what this key may see: one GeoJSON file for each feature. Plain Node 20 or later, nothing to install.
//
//   TRIPOINT_URL=http://127.0.0.1:3000 TRIPOINT_KEY=tp_… node follow.mjs ./copy          for ever
//   … node follow.mjs ./copy --once                                                      until nothing is new
//
// It may be ended and started again at any moment, also with kill -9: the cursor is written when what came before it is.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const base = new URL('/v1/', process.env.TRIPOINT_URL ?? 'http://127.0.0.1:3000').href;
const key = process.env.TRIPOINT_KEY;
const [folder = 'copy', mode] = process.argv.slice(2);
const isOnce = mode === '--once';
const cursorFile = join(folder, 'cursor');

const PAGE = 1000;
const WAIT_SECONDS = isOnce ? 0 : 25;
const LONGEST_PAUSE_MS = 60_000;

/** Asks again and again while the service is away or has too much to do. */
async function ask(url) {
  for (let pauseMs = 500; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const answer = await fetch(url, { headers: key ? { Authorization: `Bearer ${key}` } : {} }).catch(
      () => undefined,
    );
    const body = await answer?.json().catch(() => undefined);
    if (body && (answer.ok || answer.status === 410)) return { status: answer.status, body };
    const isPassing = !answer || answer.ok || answer.status === 429 || answer.status >= 500;
    if (!isPassing) throw new Error(`${url} answered ${answer.status}: ${body?.detail}`);
    const retryAfterMs = 1000 * Number(answer?.headers.get('retry-after') ?? 0);
    await sleep(Math.max(retryAfterMs, pauseMs * Math.random()));
  }
}

const placeOf = (collection, id) => join(folder, collection, `${encodeURIComponent(id)}.geojson`);

/** Whole or not at all, whenever this process is ended. */
async function write(file, text) {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

async function keep(collection, feature) {
  await mkdir(join(folder, collection), { recursive: true });
  await write(placeOf(collection, feature.id), JSON.stringify(feature));
}

/** Reads all layers, and removes what is in none of them any more. The cursor is one from before that. */
async function copyAll(cursor) {
  const { body } = await ask(new URL('collections', base));
  for (const { id: collection } of body.collections) {
    const seen = new Set();
    let next = `${base}collections/${collection}/items?limit=${PAGE}`;
    while (next) {
      const { body: page } = await ask(next);
      for (const feature of page.features) {
        await keep(collection, feature);
        seen.add(`${encodeURIComponent(feature.id)}.geojson`);
      }
      next = page.links.find(({ rel }) => rel === 'next')?.href;
    }
    const files = await readdir(join(folder, collection)).catch(() => []);
    for (const file of files) if (!seen.has(file)) await rm(join(folder, collection, file));
  }
  await write(cursorFile, cursor);
  return cursor;
}

async function apply({ collection, id, op, feature }) {
  // null: it is gone since, and its removal comes later in the feed
  if (op === 'upsert' && feature) await keep(collection, feature);
  else await rm(placeOf(collection, id), { force: true });
}

async function start() {
  await mkdir(folder, { recursive: true });
  const kept = await readFile(cursorFile, 'utf8').catch(() => undefined);
  if (kept) return kept;
  // first the cursor, then the layers: what happens meanwhile comes with the feed
  const { body } = await ask(new URL('changes', base));
  return copyAll(body.cursor);
}

let cursor = await start();
for (;;) {
  const url = new URL('changes', base);
  url.search = new URLSearchParams({ after: cursor, wait: WAIT_SECONDS, limit: PAGE, include: 'feature' });
  const { status, body } = await ask(url);
  if (status === 410) {
    // away for longer than changes are kept, or the database was restored
    cursor = await copyAll(body.cursor);
    continue;
  }
  for (const change of body.changes) {
    await apply(change);
    console.log(change.at, change.op, change.collection, change.id);
  }
  await write(cursorFile, body.cursor);
  cursor = body.cursor;
  if (isOnce && body.changes.length === 0) break;
}
