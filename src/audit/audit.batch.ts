interface QueuedEntry<T> {
  entry: T;
  written: () => void;
  failed: (error: unknown) => void;
}

export interface Batch<T> {
  /** Resolves when the entry is written. */
  add(entry: T): Promise<void>;
  /** The same without urgency: it goes with others, or after the longest wait. */
  addLater(entry: T): Promise<void>;
  /** Writes pending entries, and resolves when all writes are done. */
  flush(): Promise<void>;
}

const MOST_AT_ONCE = 1000;

/**
 * Group commit: entries that arrive during a write go together in the next one, and no entry waits longer than
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
      // entries of the same event loop turn go together
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
