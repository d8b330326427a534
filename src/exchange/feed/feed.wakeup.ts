import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedBeat } from './feed.store.ts';

/** Beats when the feed may have news: with a mark of the newest readable row. */
export interface FeedWakeup {
  last(): string;
  /** Resolves when the last beat differs from this one, or after a timeout. */
  next(than: string, withinMs: number): Promise<void>;
}

export interface WakeupSource {
  newest: () => Promise<FeedBeat>;
  /** Calls the listener after each write. */
  onChange: (listener: () => void) => void;
  ending: AbortSignal;
  /** Whether nothing may be read: the database was restored, or perhaps. */
  isClosed: () => boolean;
}

const LEAST_MS = 5; // minimum interval between queries under any write load
const QUIET_MS = 1000; // time changes rows without a notification, and notifications may be lost
// while an older running transaction holds a commit back: its end sends no notification
const HELD_MS = [2, 5, 10, 25];

/**
 * One query for all waiting readers, none without readers. It starts at a write and repeats until that is readable: a
 * commit notification alone comes too early, because an older transaction may still hold the change back.
 */
export function feedWakeup({ newest, onChange, ending, isClosed }: WakeupSource): FeedWakeup {
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
      // the waiting readers query again themselves, and report the error
      const { mark, isHeld } = await newest().catch(() => ({ mark: beat, isHeld: false }));
      // a database that was away may have come back as a restored one
      if (mark !== beat && !isClosed()) {
        beat = mark;
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
