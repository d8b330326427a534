import { setTimeout as sleep } from 'node:timers/promises';

/** Beats when the feed may have something new to tell: the newest transaction in it that can be read. */
export interface Pulse {
  last(): string;
  /** Answers when the last beat is another one than this, or after some milliseconds. */
  next(than: string, withinMs: number): Promise<void>;
}

interface Waiter {
  wake: () => void;
}

const EVERY_MS = 25;

/**
 * One question for all who wait, and none while nobody does. What has been committed can be read only when no older
 * transaction runs any more, so that word of the commit alone would come too early.
 */
export function feedPulse(newest: () => Promise<string>, ending: AbortSignal): Pulse {
  let beat = '';
  let isAsking = false;
  const waiters = new Set<Waiter>();
  const wakeAll = () => {
    for (const { wake } of waiters) wake();
  };
  ending.addEventListener('abort', wakeAll);

  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    while (waiters.size > 0) {
      const found = await newest().catch(() => beat); // those who wait ask again themselves, and are told what is wrong
      if (found !== beat) {
        beat = found;
        wakeAll();
      }
      await sleep(EVERY_MS);
    }
    isAsking = false;
  };

  return {
    last: () => beat,
    async next(than, withinMs) {
      if (beat !== than) return;
      await new Promise<void>((resolve) => {
        const waiter = { wake: () => done() };
        const timer = setTimeout(() => done(), withinMs);
        const done = () => {
          clearTimeout(timer);
          waiters.delete(waiter);
          resolve();
        };
        waiters.add(waiter);
        void ask();
      });
    },
  };
}
