import type { Caller } from '../core/caller.ts';

/** A refused request for one row. */
export interface Attempt {
  caller: Caller;
  status: number;
  collection: string;
  target: string;
}

/** Equal attempts of one hour, for the database. */
export interface AttemptCount {
  /** When the first one was made. */
  hour: string;
  key: string | undefined;
  subject: string | undefined;
  agency: string | undefined;
  country: string | undefined;
  status: number;
  collection: string;
  /** Absent: not kept one by one. */
  target: string | undefined;
  attempts: number;
  /** Whether this process counts the target for the first time in the hour. */
  isNew: boolean;
}

export interface AttemptLog {
  /** Takes the same time whether the row exists or not. */
  note(attempt: Attempt): void;
  flush(): Promise<void>;
}

interface AttemptLogOptions {
  write: (counts: readonly AttemptCount[]) => Promise<void>;
  /** Different rows per hour that are kept one by one: of one key, or of all requests without a valid one. */
  mostOfOne?: number;
  mostInAll?: number;
}

const HOUR_MS = 3_600_000;
const WRITTEN_AFTER_MS = 10_000;
const MOST_AT_ONCE = 1000;
const MOST_OF_ONE = 1000;
const MOST_IN_ALL = 20_000;
const LONGEST_TARGET = 100;

/** Counts refused requests in memory, and writes the counts every ten seconds. */
export function attemptLog({
  write,
  mostOfOne = MOST_OF_ONE,
  mostInAll = MOST_IN_ALL,
}: AttemptLogOptions): AttemptLog {
  const known = new Set<string>();
  const distinct = new Map<string, number>();
  let waiting = new Map<string, AttemptCount>();
  let hour = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  /** Whether a row may be kept one by one: a flood of one caller leaves room for the others. */
  function mayKeep(name: string, who: string): boolean {
    if (known.has(name)) return true;
    const count = distinct.get(who) ?? 0;
    // without a database, counts of earlier hours wait too
    if (count >= mostOfOne || Math.max(known.size, waiting.size) >= mostInAll) return false;
    known.add(name);
    distinct.set(who, count + 1);
    return true;
  }

  function turnTo(now: number): void {
    if (now === hour) return;
    hour = now;
    known.clear();
    distinct.clear();
  }

  function add(name: string, count: AttemptCount): void {
    const before = waiting.get(name);
    if (!before) waiting.set(name, count);
    else before.attempts += count.attempts;
    timer ??= setTimeout(flush, WRITTEN_AFTER_MS).unref();
  }

  async function send(): Promise<void> {
    const sent = [...waiting];
    waiting = new Map();
    for (let at = 0; at < sent.length; at += MOST_AT_ONCE) {
      const some = sent.slice(at, at + MOST_AT_ONCE);
      // an unreachable database comes back: the counts wait here, as many as are kept
      await write(some.map(([, count]) => count)).catch(() => {
        for (const [name, count] of some) add(name, count);
      });
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(send);
    return writing;
  }

  return {
    note({ caller: { keyId, subject, agency, country }, status, collection, target }) {
      if (target.length > LONGEST_TARGET) return;
      turnTo(Math.floor(Date.now() / HOUR_MS));
      const who = keyId ?? subject ?? '';
      const row = JSON.stringify([who, status, collection, target]);
      const isNew = !known.has(row);
      const isKept = mayKeep(row, who);
      add(JSON.stringify([hour, isKept ? row : [who, status, collection]]), {
        hour: new Date(hour * HOUR_MS).toISOString(),
        key: keyId,
        subject,
        agency,
        country,
        status,
        collection,
        target: isKept ? target : undefined,
        attempts: 1,
        isNew: isKept && isNew,
      });
    },
    flush,
  };
}
