import { setTimeout as sleep } from 'node:timers/promises';
import type { Newest } from './feed.store.ts';

/** Beats when the feed may have something new to tell: the newest transaction in it that can be read. */
export interface FeedWakeup {
  last(): string;
  /** Answers when the last beat is another one than this, or after some milliseconds. */
  next(than: string, withinMs: number): Promise<void>;
}

interface WakeupSource {
  newest: () => Promise<Newest>;
  /** Calls when something was written. */
  onChange: (listener: () => void) => void;
  ending: AbortSignal;
}

const LEAST_MS = 5; // between two questions, however much is written
const QUIET_MS = 1000; // time changes something without a word, and words of other processes may be lost
// while something that was committed waits for older transactions to end, of which nobody tells
const HELD_MS = [2, 5, 10, 25];

/**
 * One question for all who wait, and none while nobody does: when something was written, and on until it can be read.
 * Word of the commit alone would come too early: an older transaction may still hold it back.
 */
export function feedWakeup({ newest, onChange, ending }: WakeupSource): FeedWakeup {
  let beat = '';
  let isTold = false;
  let isAsking = false;
  let endRest = () => {};
  let isListening = false;
  const waiters = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of waiters) wake();
  };
  const tell = () => {
    isTold = true;
    endRest();
  };
  ending.addEventListener('abort', () => {
    wakeAll();
    tell();
  });

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isTold) endRest();
    });

  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    let held = 0;
    while (waiters.size > 0) {
      isTold = false;
      // those who wait ask again themselves, and are told what is wrong
      const { xid, isHeld } = await newest().catch(() => ({ xid: beat, isHeld: false }));
      if (xid !== beat) {
        beat = xid;
        wakeAll();
      }
      held = isHeld ? held + 1 : 0;
      await sleep(LEAST_MS);
      await rest(held > 0 ? HELD_MS[Math.min(held, HELD_MS.length) - 1]! : QUIET_MS);
    }
    isAsking = false;
  };

  return {
    last: () => beat,
    async next(than, withinMs) {
      if (!isListening) onChange(tell);
      isListening = true;
      if (beat !== than || ending.aborted) return;
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiters.delete(done);
          resolve();
        };
        const timer = setTimeout(done, withinMs).unref();
        waiters.add(done);
        void ask();
      });
    },
  };
}
