// Keeps a copy of everything that this key may see: one GeoJSON file per feature. Plain Node 20 or later, nothing to install.
//
//   TRIPOINT_URL=http://127.0.0.1:3000 TRIPOINT_KEY=tp_… node follow.mjs ./copy          forever
//   … node follow.mjs ./copy --once                                                      until up to date
//
// You may stop and restart it at any moment, even with kill -9: it writes the cursor only after the changes before it.
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

/** Retries while the service is down or overloaded. */
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

/** Writes the whole file or nothing, even if this process is killed. */
async function write(file, text) {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

async function keep(collection, feature) {
  await mkdir(join(folder, collection), { recursive: true });
  await write(placeOf(collection, feature.id), JSON.stringify(feature));
}

/** Reads all layers, and deletes files that are in none of them. The cursor is older than the reading. */
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
  // null: it no longer exists; its removal follows in the feed
  if (op === 'upsert' && feature) await keep(collection, feature);
  else await rm(placeOf(collection, id), { force: true });
}

async function start() {
  await mkdir(folder, { recursive: true });
  const kept = await readFile(cursorFile, 'utf8').catch(() => undefined);
  if (kept) return kept;
  // first the cursor, then the layers: the feed brings the changes made meanwhile
  const { body } = await ask(new URL('changes', base));
  return copyAll(body.cursor);
}

let cursor = await start();
for (;;) {
  const url = new URL('changes', base);
  url.search = new URLSearchParams({ after: cursor, wait: WAIT_SECONDS, limit: PAGE, include: 'feature' });
  const { status, body } = await ask(url);
  if (status === 410) {
    // cursor-expired or cursor-lost: the problem has a cursor from before the copying begins
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
