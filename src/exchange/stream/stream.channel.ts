import type { Caller } from '../../core/caller.ts';
import { type Trace, traceApart } from '../../core/trace.ts';
import type { FeedPosition } from '../feed/feed.cursor.ts';
import { eventsOf, pingAt } from './stream.events.ts';
import type { StreamPage, StreamPlace, StreamQuestion, StreamStore, Stretch } from './stream.store.ts';

/** Bytes for all who stand where it begins. */
export interface Chunk {
  bytes: Buffer;
  end: FeedPosition;
  /** What it shows, for the audit log. */
  seen: Trace | undefined;
}

/** A page for one who stands elsewhere; `joins` is the number of the chunk behind which it then stands, at the head. */
export interface CatchUp extends Chunk {
  joins: number | undefined;
}

export type LimitedRun = <T>(work: () => Promise<T>) => Promise<T>;

interface ChannelSource {
  store: Pick<StreamStore, 'read' | 'now'>;
  caller: Caller;
  question: StreamQuestion;
  runLimited: LimitedRun;
  /** Called when there is another chunk. */
  tell: () => void;
}

const MOST_KEPT_BYTES = 65_536; // beside the newest chunk, for those who are a little behind

export type Channel = Awaited<ReturnType<typeof openChannel>>;

/**
 * What is read once for all who ask the same question as the same agency: chunks, counted on, of which the last ones are
 * kept. Who is further behind reads pages up to the head, and then stands among the others.
 */
export async function openChannel({ store, caller, question, runLimited, tell }: ChannelSource) {
  const kept: Chunk[] = [];
  const reading = new Map<string, Promise<CatchUp>>();
  let keptBytes = 0;
  let newest = 0; // number of the newest chunk
  let head: StreamPlace = await store.now(caller);
  let toldMs = performance.now();
  let advancing: Promise<void> | undefined;

  async function read(stretch: Stretch): Promise<{ page: StreamPage; seen: Trace | undefined }> {
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
    // what is under way may have begun before that which is to be read was written
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

    /** Tells where the head is, where nothing else was told for so long. */
    ping(everyMs: number): void {
      if (isPingDue(everyMs)) keep({ bytes: pingAt(head.cursor), end: head.position, seen: undefined });
    },

    /** The one behind a number; undefined at the head. */
    chunkAfter: (number: number): Chunk | undefined => kept[number - (newest - kept.length)],
    isKept: (number: number): boolean => number >= newest - kept.length,

    /** A page from behind a position, and none behind the head; one for all who ask for the same. */
    async catchUp(after: FeedPosition): Promise<CatchUp> {
      // a cursor can be newer than what was read here last
      if (BigInt(after.xid) >= BigInt(head.position.xid)) await advance();
      const key = JSON.stringify([after, newest, head.position]);
      const known = reading.get(key) ?? readPage(after).finally(() => reading.delete(key));
      reading.set(key, known);
      return known;
    },

    head: (): FeedPosition => head.position,
  };
}
