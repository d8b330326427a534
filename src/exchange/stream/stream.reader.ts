import { Readable } from 'node:stream';
import { Problem } from '../../core/problem.ts';
import { addSeen, type Trace } from '../../core/trace.ts';
import type { World } from '../../core/world.ts';
import { type CatchUp, type Channel, type Chunk, isGone } from './stream.channel.ts';
import { helloOf } from './stream.events.ts';

export interface StreamReader {
  body: Readable;
  /** Sends the next chunk, if the client is ready. */
  serve(): void;
  /** How long the client has left a chunk unread. */
  stalledMs(): number;
  /** Ends the answer: gracefully, after a last event, if the client reads, else at once. */
  end(last?: Buffer): void;
}

interface ReaderStart {
  channel: Pick<Channel, 'catchUp' | 'chunkAfter' | 'isKept' | 'resetReader'>;
  first: CatchUp;
  trace: Trace | undefined;
  /** undefined: the actual world. */
  exercise: World | undefined;
}

/** One stream, with backpressure: at most one chunk waits in memory. */
export function streamReader({ channel, first, trace, exercise }: ReaderStart): StreamReader {
  let { end: position, joins: number, resets } = first;
  let isHungry = false;
  let isReading = false;
  let isOver = false;
  let fedMs = performance.now();
  const body = new Readable({
    highWaterMark: 1,
    read() {
      isHungry = true;
      serve();
    },
  });

  function give({ bytes, seen }: Pick<Chunk, 'bytes' | 'seen'>): void {
    isHungry = false;
    fedMs = performance.now();
    if (trace && seen) addSeen(trace, seen);
    body.push(bytes);
  }

  function serve(): void {
    if (!isHungry || isReading || isOver || body.destroyed) return;
    if (number !== undefined && channel.isKept(number)) takeNext(number);
    else catchUp();
  }

  function takeNext(behind: number): void {
    const chunk = channel.chunkAfter(behind);
    if (!chunk) return;
    number = behind + 1;
    ({ end: position, resets } = chunk);
    give(chunk);
  }

  function catchUp(): void {
    isReading = true;
    const over = () => {
      isReading = false;
    };
    const page = channel.catchUp({ end: position, resets }).catch((error) => {
      if (!isGone(error)) throw error;
      return channel.resetReader();
    });
    page.then(
      (page) => {
        over();
        if (!isOver && !body.destroyed) take(page);
      },
      (error) => {
        over();
        // an unreachable database is retried at the next turn
        if (error instanceof Problem && error.status < 500) end();
      },
    );
  }

  function take(page: CatchUp): void {
    ({ end: position, joins: number, resets } = page);
    if (page.bytes.length > 0) give(page);
    else serve();
  }

  function end(last?: Buffer): void {
    isOver = true;
    if (!isHungry) return void body.destroy();
    if (last) body.push(last);
    body.push(null);
  }

  give({ bytes: Buffer.concat([helloOf(exercise), first.bytes]), seen: first.seen });
  return {
    body,
    serve,
    end,
    stalledMs: () => (isHungry ? 0 : performance.now() - fedMs),
  };
}
