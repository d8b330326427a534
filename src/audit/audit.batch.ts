interface QueuedEntry<T> {
  entry: T;
  written: () => void;
  failed: (error: unknown) => void;
}

export interface Batch<T> {
  /** Resolves when the entry is written. */
  add(entry: T): Promise<void>;
  /** The same for one that nobody waits for: it goes with others, or when the longest wait is over. */
  addLater(entry: T): Promise<void>;
  /** Writes what waits, and resolves when nothing is under way any more. */
  flush(): Promise<void>;
}

const MOST_AT_ONCE = 1000;

/**
 * Group commit: what comes while a batch is written is written together afterwards, and no entry waits longer than
 * `longestWaitMs` for others.
 */
export function batchOf<T>(write: (entries: readonly T[]) => Promise<void>, longestWaitMs: number): Batch<T> {
  let waiting: QueuedEntry<T>[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isHurried = false;
  const underWay = new Set<Promise<void>>();

  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    const sent = waiting.slice(0, MOST_AT_ONCE);
    waiting = waiting.slice(MOST_AT_ONCE);
    isHurried = waiting.length > 0;
    if (sent.length === 0) return;
    const writing = write(sent.map(({ entry }) => entry)).then(
      () => {
        for (const { written } of sent) written();
      },
      (error) => {
        for (const { failed } of sent) failed(error);
      },
    );
    underWay.add(writing);
    void writing.then(() => {
      underWay.delete(writing);
      if (isHurried) send();
    });
  }

  const queue = (entry: T): Promise<void> =>
    new Promise((written, failed) => {
      waiting.push({ entry, written, failed });
      timer ??= setTimeout(send, longestWaitMs);
    });

  return {
    addLater: queue,

    add(entry) {
      // those of the same turn of the event loop go together
      if (underWay.size === 0 && !isHurried) setImmediate(send);
      isHurried = true;
      return queue(entry);
    },

    async flush() {
      while (waiting.length > 0 || underWay.size > 0) {
        send();
        await Promise.all(underWay);
      }
    },
  };
}
