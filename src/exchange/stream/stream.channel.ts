import type { Caller } from '../../core/caller.ts';
import { type Trace, traceApart } from '../../core/trace.ts';
import type { FeedPosition } from '../feed/feed.cursor.ts';
import { eventsOf, pingAt } from './stream.events.ts';
import type { FeedRange, StreamPage, StreamPlace, StreamQuestion, StreamStore } from './stream.store.ts';

/** Shared event chunk for readers at its start. */
export interface Chunk {
  bytes: Buffer;
  end: FeedPosition;
  /** The rows that it shows, for the audit log. */
  seen: Trace | undefined;
}

/** A page for a reader elsewhere; after it the reader is at the head, after the chunk number `joins`. */
export interface CatchUp extends Chunk {
  joins: number | undefined;
}

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
  let head: StreamPlace = await store.now(caller);
  let toldMs = performance.now();
  let advancing: Promise<void> | undefined;

  async function read(stretch: FeedRange): Promise<{ page: StreamPage; seen: Trace | undefined }> {
    const seen = caller.trace && traceApart(caller.trace);
    const asker = seen ? { ...caller, trace: seen } : caller;
    return { page: await runLimited(() => store.read(asker, stretch, question)), seen };
  }

  function keep(chunk: Chunk): void {
    newest++;
    toldMs = performance.now();
    kept.push(chunk);
    keptBytes += chunk.bytes.length;
    while (kept.length > 1 && keptBytes > MOST_KEPT_BYTES) keptBytes -= kept.shift()!.bytes.length;
    tell();
  }

  async function readOn(): Promise<void> {
    for (;;) {
      const { page, seen } = await read({ after: head.position });
      head = page.end;
      if (page.entries.length > 0) keep({ bytes: eventsOf(page.entries), end: page.end.position, seen });
      if (!page.isFull) return;
    }
  }

  async function advance(): Promise<void> {
    // a running read may have begun before the write
    await advancing?.catch(() => {});
    advancing ??= readOn().finally(() => {
      advancing = undefined;
    });
    await advancing;
  }

  async function readPage(after: FeedPosition): Promise<CatchUp> {
    const [target, joins] = [head, newest];
    const { page, seen } = await read({ after, until: target.position });
    const events = eventsOf(page.entries);
    if (page.isFull) return { bytes: events, end: page.end.position, seen, joins: undefined };
    return { bytes: Buffer.concat([events, pingAt(target.cursor)]), end: target.position, seen, joins };
  }

  const isPingDue = (everyMs: number): boolean => performance.now() - toldMs >= everyMs;

  return {
    advance,
    isPingDue,

    /** Sends the head's cursor if nothing else was sent for that long. */
    ping(everyMs: number): void {
      if (isPingDue(everyMs)) keep({ bytes: pingAt(head.cursor), end: head.position, seen: undefined });
    },

    /** The chunk after a number; undefined at the head. */
    chunkAfter: (number: number): Chunk | undefined => kept[number - (newest - kept.length)],
    isKept: (number: number): boolean => number >= newest - kept.length,

    /** A page after a position, up to the head; shared by concurrent readers at the same position. */
    async catchUp(after: FeedPosition): Promise<CatchUp> {
      // a cursor can be newer than this process's last read
      if (BigInt(after.xid) >= BigInt(head.position.xid)) await advance();
      const key = JSON.stringify([after, newest, head.position]);
      const known = reading.get(key) ?? readPage(after).finally(() => reading.delete(key));
      reading.set(key, known);
      return known;
    },

    head: (): FeedPosition => head.position,
  };
}
