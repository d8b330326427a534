// Prints the events of the live stream, and resumes after any disconnect. Plain Node 20 or later, nothing to install.
//
//   TRIPOINT_URL=http://127.0.0.1:3000 TRIPOINT_KEY=tp_… node listen.mjs 'collections=incidents,alerts'
import { setTimeout as sleep } from 'node:timers/promises';

const [query = ''] = process.argv.slice(2);
const url = new URL(`/v1/stream?${query}`, process.env.TRIPOINT_URL ?? 'http://127.0.0.1:3000');
const key = process.env.TRIPOINT_KEY;
const SILENT_MS = 45_000; // a ping comes every 15 seconds
let last = process.env.LAST_EVENT_ID;

/** The events of one connection: `event`, `id` and `data`, each ended by an empty line. */
async function* events(body) {
  let rest = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + piece).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const fields = part.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line) ?? []);
      yield Object.fromEntries(fields.map(([, name, value]) => [name, value]));
    }
  }
}

async function listen() {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENT_MS);
  const headers = { ...(key && { Authorization: `Bearer ${key}` }), ...(last && { 'Last-Event-ID': last }) };
  try {
    const answer = await fetch(url, { headers, signal: silence.signal });
    if (answer.status === 410) {
      last = (await answer.json()).cursor;
      throw new Error(
        'the cursor is gone: copy the layers again (see follow.mjs); this goes on from a new one',
      );
    }
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    for await (const { event, id, data } of events(answer.body)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENT_MS);
      // The retry delay comes in a block without data. After a `reset` read the layers again: the database was restored.
      if (data !== undefined && event !== 'ping') console.log(event, data);
      // save it together with the effect of the event
      if (id) last = id;
    }
  } finally {
    clearTimeout(timer);
  }
}

for (;;) {
  await listen().catch((error) => console.error(error.message));
  await sleep(1000 + 4000 * Math.random());
}
