import type { Readable } from 'node:stream';
import type { Request } from 'express';
import { addressOf } from '../../access/rate.limit.ts';
import { type Caller, viewerOf } from '../../core/caller.ts';
import { Problem } from '../../core/problem.ts';
import type { Siblings } from '../../core/siblings.ts';
import { RESTORED } from '../../http/closed.app.ts';
import { exerciseOf } from '../../http/exercise.answer.ts';
import { limitConcurrency } from '../../jobs/concurrency.limit.ts';
import type { FeedWakeup } from '../feed/feed.wakeup.ts';
import { type Channel, openChannel } from './stream.channel.ts';
import { RESET_AT_END } from './stream.events.ts';
import { limitStreams, type StreamLimits } from './stream.limits.ts';
import { noMoreStreams } from './stream.problems.ts';
import type { StreamQuery } from './stream.query.ts';
import { type StreamReader, streamReader } from './stream.reader.ts';
import type { StreamStore } from './stream.store.ts';

export interface StreamSettings extends StreamLimits {
  /** Quiet time before a ping. */
  pingMs: number;
  /** How long a client may leave a chunk unread. */
  stallMs: number;
  /** Interval of the check of keys and tokens. */
  accessMs: number;
}

export const STREAM_SETTINGS: StreamSettings = {
  most: 2000,
  mostPerCaller: 100,
  pingMs: 15_000,
  stallMs: 30_000,
  accessMs: 5000,
};

export interface HubSource {
  store: StreamStore;
  wakeup: FeedWakeup;
  identify: (req: Request) => Promise<Caller>;
  settings: StreamSettings;
  siblings: Siblings;
  ending: AbortSignal;
}

export interface StreamRequest {
  caller: Caller;
  query: StreamQuery;
  cursor: string | undefined;
  request: Request;
}

interface SharedChannel {
  channel: Promise<Channel>;
  readers: Map<StreamReader, Omit<StreamRequest, 'query' | 'cursor'>>;
  users: number;
  /** The last read failed. */
  isBehind: boolean;
}

const TICK_MS = 1000;
// concurrent reads: streams must leave connections to others, and anonymous callers leave some to agencies
const MOST_READS = { known: 2, unknown: 1 };

/** All open streams of the process. */
export function streamHub({ store, wakeup, identify, settings, siblings, ending }: HubSource) {
  const shared = new Map<string, SharedChannel>();
  const limits = limitStreams(settings, siblings);
  const reads = { known: limitConcurrency(MOST_READS.known), unknown: limitConcurrency(MOST_READS.unknown) };
  let isRunning = false;
  let tickedMs = 0;
  let checkedMs = 0;

  const allReaders = () => [...shared.values()].flatMap(({ readers }) => [...readers]);
  ending.addEventListener('abort', () => {
    const last = ending.reason === RESTORED ? RESET_AT_END : undefined;
    for (const [reader] of allReaders()) reader.end(last);
  });

  function share(key: string, { caller, query }: StreamRequest): SharedChannel {
    const known = shared.get(key);
    if (known) return known;
    const readers: SharedChannel['readers'] = new Map();
    const tell = () => {
      for (const reader of readers.keys()) reader.serve();
    };
    const runLimited = caller.country ? reads.known : reads.unknown;
    const channel = openChannel({ store, caller, question: query, runLimited, tell });
    const made = { channel, readers, users: 0, isBehind: false };
    shared.set(key, made);
    return made;
  }

  async function open(asking: StreamRequest): Promise<Readable> {
    const { caller, cursor, request } = asking;
    const giveBack = await limits.take(caller.keyId ?? caller.subject ?? addressOf(request));
    if (ending.aborted) {
      giveBack();
      throw noMoreStreams();
    }
    const key = keyOf(asking);
    const one = share(key, asking);
    one.users++;
    const leave = () => {
      giveBack();
      one.users--;
      if (one.users === 0 && shared.get(key) === one) shared.delete(key);
    };
    try {
      const channel = await one.channel;
      const first = await (cursor === undefined
        ? channel.join()
        : channel.catchUp({ end: await store.open(cursor), resets: channel.resets() }));
      const reader = streamReader({ channel, first, trace: caller.trace, exercise: exerciseOf(request) });
      one.readers.set(reader, { caller, request });
      reader.body.once('close', () => {
        one.readers.delete(reader);
        leave();
      });
      void run();
      return reader.body;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** One round per beat; once a second for readers that are behind or due for a ping. */
  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    let beat = '';
    while (shared.size > 0 && !ending.aborted) {
      await wakeup.next(beat, TICK_MS);
      const isTick = performance.now() - tickedMs >= TICK_MS;
      if (wakeup.last() !== beat) await Promise.all([...shared.values()].map(advance));
      beat = wakeup.last();
      if (isTick) tick();
    }
    isRunning = false;
  }

  async function advance(one: SharedChannel): Promise<void> {
    const { channel, readers } = one;
    try {
      const opened = await channel;
      await opened.advance();
      opened.ping(settings.pingMs);
      one.isBehind = false;
    } catch (error) {
      one.isBehind = true;
      // a reconnect reports a bad filter; an unreachable database is retried
      if (error instanceof Problem && error.status < 500) for (const reader of readers.keys()) reader.end();
    }
  }

  function tick(): void {
    tickedMs = performance.now();
    for (const one of shared.values()) void refresh(one);
    for (const [reader] of allReaders()) {
      if (reader.stalledMs() > settings.stallMs) reader.end();
      else reader.serve();
    }
    if (tickedMs - checkedMs >= settings.accessMs) void checkAccess();
  }

  // a ping promises that everything before it was read
  async function refresh(one: SharedChannel): Promise<void> {
    const channel = await one.channel.catch(() => undefined);
    if (one.isBehind || channel?.isPingDue(settings.pingMs)) await advance(one);
  }

  /** Ends the streams of revoked or expired keys and tokens. */
  async function checkAccess(): Promise<void> {
    checkedMs = performance.now();
    for (const [reader, { caller, request }] of allReaders())
      if (caller.country && !(await isStill(caller, request))) reader.end();
  }

  async function isStill({ agency, country }: Caller, request: Request): Promise<boolean> {
    try {
      const known = await identify(request);
      return known.agency === agency && known.country === country;
    } catch (error) {
      return !isRefusal(error);
    }
  }

  return { open, checkAccess, count: limits.open };
}
export type StreamHub = ReturnType<typeof streamHub>;

const keyOf = ({ caller, query }: StreamRequest): string =>
  JSON.stringify([viewerOf(caller), caller.agency, caller.roles, query.key]);

const isRefusal = (error: unknown): boolean => error instanceof Problem && error.status < 500;
