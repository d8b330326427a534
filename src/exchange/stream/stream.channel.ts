import type { Caller } from '../../core/caller.ts';
import { Problem } from '../../core/problem.ts';
import { type Trace, traceApart } from '../../core/trace.ts';
import type { FeedPosition } from '../feed/feed.cursor.ts';
import { eventsOf, pingAt, resetAt } from './stream.events.ts';
import type { FeedRange, StreamHead, StreamPage, StreamQuestion, StreamStore } from './stream.store.ts';

/** Shared event chunk for readers at its start. */
export interface Chunk {
  bytes: Buffer;
  end: FeedPosition;
  /** The rows that it shows, for the audit log. */
  seen: Trace | undefined;
  /** How many resets the channel has sent by its end. */
  resets: number;
}

/** A page for a reader elsewhere; after it the reader is at the head, after the chunk number `joins`. */
export interface CatchUp extends Chunk {
  joins: number | undefined;
}

/** Where a reader is, and how many resets of the channel it knows. */
export type ReaderPlace = Pick<Chunk, 'end' | 'resets'>;

export type LimitedRun = <T>(work: () => Promise<T>) => Promise<T>;

interface ChannelSource {
  store: Pick<StreamStore, 'read' | 'now'>;
  caller: Caller;
  question: StreamQuestion;
  runLimited: LimitedRun;
  /** Called for each new chunk. */
  tell: () => void;
}

const MOST_KEPT_BYTES = 65_536; // besides the newest chunk, for readers slightly behind

/** The row of a position is gone. */
export const isGone = (error: unknown): boolean => error instanceof Problem && error.status === 410;

export type Channel = Awaited<ReturnType<typeof openChannel>>;

/**
 * One shared read for all streams with the same agency and query: numbered chunks, of which the newest are kept. A
 * reader further behind reads pages up to the head and then joins the others.
 */
export async function openChannel({ store, caller, question, runLimited, tell }: ChannelSource) {
  const kept: Chunk[] = [];
  const reading = new Map<string, Promise<CatchUp>>();
  let keptBytes = 0;
  let newest = 0; // number of the newest chunk
  let resets = 0;
  let head: StreamHead = await store.now(caller);
  let isTold = false; // a loss was told that is perhaps still to be announced
  let toldMs = performance.now();
  let advancing: Promise<void> | undefined;
  // pages for readers elsewhere: the head is not read beside one, because its features could be older and yet come later
  const pages = new Set<Promise<unknown>>();

  async function read(stretch: FeedRange): Promise<{ page: StreamPage; seen: Trace | undefined }> {
    const seen = caller.trace && traceApart(caller.trace);
    const asker = seen ? { ...caller, trace: seen } : caller;
    return { page: await runLimited(() => store.read(asker, stretch, question)), seen };
  }

  function keep(bytes: Buffer, seen?: Trace): void {
    newest++;
    toldMs = performance.now();
    kept.push({ bytes, end: head.position, seen, resets });
    keptBytes += bytes.length;
    while (kept.length > 1 && keptBytes > MOST_KEPT_BYTES) keptBytes -= kept.shift()!.bytes.length;
    tell();
  }

  function reset(): void {
    resets++;
    keep(resetAt(head.cursor));
  }

  /** The row of the head is gone. What was written since is not sent, because the layers are to be read again. */
  async function startAgain(): Promise<void> {
    const { resetMark } = head;
    head = await store.now(caller);
    isTold = head.resetMark === resetMark;
    reset();
  }

  async function readOn(): Promise<void> {
    for (;;) {
      await Promise.allSettled(pages);
      const { page, seen } = await read({ after: head.position });
      const isAnnounced = page.resetMark !== head.resetMark;
      head = { ...page.end, resetMark: page.resetMark };
      if (page.entries.length > 0) keep(eventsOf(page.entries), seen);
      if (isAnnounced && !isTold) reset();
      if (isAnnounced) isTold = false;
      if (!page.isFull) return;
    }
  }

  async function advance(): Promise<void> {
    // a running read may have begun before the write
    await advancing?.catch(() => {});
    advancing ??= readOn()
      .catch((error) => {
        if (!isGone(error)) throw error;
        return startAgain();
      })
      .finally(() => {
        advancing = undefined;
      });
    await advancing;
  }

  async function readPage({ end: after, resets: known }: ReaderPlace): Promise<CatchUp> {
    while (advancing) await advancing.catch(() => {});
    const [target, joins, now] = [head, newest, resets];
    const asked = read({ after, until: target.position });
    pages.add(asked);
    const { page, seen } = await asked.finally(() => pages.delete(asked));
    const events = eventsOf(page.entries);
    if (page.isFull) return { bytes: events, end: page.end.position, seen, joins: undefined, resets: known };
    const last = known < now ? resetAt(target.cursor) : pingAt(target.cursor);
    return { bytes: Buffer.concat([events, last]), end: target.position, seen, joins, resets: now };
  }

  const isPingDue = (everyMs: number): boolean => performance.now() - toldMs >= everyMs;

  function readShared(at: ReaderPlace): Promise<CatchUp> {
    const key = JSON.stringify([at, newest, head.position]);
    const known = reading.get(key) ?? readPage(at).finally(() => reading.delete(key));
    reading.set(key, known);
    return known;
  }

  return {
    advance,
    isPingDue,

    /** Sends the head's cursor if nothing else was sent for that long. */
    ping(everyMs: number): void {
      if (isPingDue(everyMs)) keep(pingAt(head.cursor));
    },

    /** The chunk after a number; undefined at the head. */
    chunkAfter: (number: number): Chunk | undefined => kept[number - (newest - kept.length)],
    isKept: (number: number): boolean => number >= newest - kept.length,

    /** A page after a position, up to the head; shared by concurrent readers at the same position. */
    async catchUp(at: ReaderPlace): Promise<CatchUp> {
      // a cursor can be newer than this process's last read
      if (BigInt(at.end.xid) >= BigInt(head.position.xid)) await advance();
      return readShared(at);
    },

    /** For a new reader without a cursor. */
    async join(): Promise<CatchUp> {
      await advance();
      return readShared({ end: head.position, resets });
    },

    /** For a reader whose row is gone: a reset, and on from the head. */
    async resetReader(): Promise<CatchUp> {
      await advance();
      return { bytes: resetAt(head.cursor), end: head.position, seen: undefined, joins: newest, resets };
    },

    resets: () => resets,
  };
}
