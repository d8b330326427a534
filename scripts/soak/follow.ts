import { setTimeout as sleep } from 'node:timers/promises';
import { type Follower, LAYERS, take } from './follower.ts';

const QUESTION = `include=feature&collections=${LAYERS}`;
const AGAIN_MS = 100;
const SILENT_MS = 45_000; // three pings
const BETWEEN_PAGES_MS = 250; // simulates a system that processes the pages

/** Follows until aborted, at any process that answers. */
export async function follow(one: Follower, urls: readonly string[], ending: AbortSignal): Promise<void> {
  for (let n = Math.floor(Math.random() * urls.length); !ending.aborted; n++) {
    const url = urls[n % urls.length]!;
    await (one.way === 'feed' ? readPages(one, url, ending) : readStream(one, url, ending)).catch((error) => {
      if (error instanceof Refused) one.faults.push(`${one.reader.name} by ${one.way}: ${error.message}`);
    });
    one.breaks++;
    if (!ending.aborted) await sleep(AGAIN_MS);
  }
}

/** An answer that no follower should get; an unreachable process is not one. */
class Refused extends Error {}

async function ask(url: string, headers: Record<string, string>, ending: AbortSignal): Promise<Response> {
  // a derived signal, because listeners of finished requests would stay on the shared one
  const answer = await fetch(url, { headers, signal: AbortSignal.any([ending]) });
  if (answer.ok) return answer;
  const text = await answer.text();
  throw answer.status === 503 ? new Error(text) : new Refused(`${answer.status} ${text}`);
}

async function readPages(one: Follower, url: string, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    const address = `${url}/v1/changes?${QUESTION}&wait=10&limit=500&after=${one.cursor}`;
    const answer = await ask(address, one.reader.headers, ending);
    const { changes, cursor } = (await answer.json()) as {
      changes: Parameters<typeof take>[1][];
      cursor: string;
    };
    for (const entry of changes) take(one, entry);
    one.cursor = cursor;
    await sleep(BETWEEN_PAGES_MS);
  }
}

async function readStream(one: Follower, url: string, ending: AbortSignal): Promise<void> {
  const silence = new AbortController();
  const headers = { ...one.reader.headers, 'Last-Event-ID': one.cursor };
  const either = AbortSignal.any([ending, silence.signal]);
  const answer = await ask(`${url}/v1/stream?${QUESTION}`, headers, either);
  let timer: NodeJS.Timeout | undefined;
  try {
    let rest = '';
    for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENT_MS);
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) hear(one, block);
    }
  } finally {
    clearTimeout(timer);
  }
}

function hear(one: Follower, block: string): void {
  const [, event] = /^event: (.*)$/m.exec(block) ?? [];
  const [, id] = /^id: (.*)$/m.exec(block) ?? [];
  const [, data] = /^data: (.*)$/m.exec(block) ?? [];
  if (id === undefined) return;
  if (event === 'change') take(one, JSON.parse(data!));
  one.cursor = id;
}
