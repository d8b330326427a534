import { LRUCache } from 'lru-cache';

const MOST_NOTED = 10_000;
// slightly more than the database's minimum of one minute between updates
const BETWEEN_NOTES_MS = 65_000;
const GATHERED_MS = 1_000;

/** Records the last use of keys: at most once a minute, many keys per statement, and no request waits for it. */
export function keyUse(write: (keys: readonly string[]) => Promise<void>): (keyId: string) => void {
  const noted = new LRUCache<string, true>({ max: MOST_NOTED, ttl: BETWEEN_NOTES_MS });
  let waiting: string[] = [];

  async function flush(): Promise<void> {
    const keys = waiting;
    waiting = [];
    // after a database failure, the next use records it
    await write(keys).catch(() => {
      for (const key of keys) noted.delete(key);
    });
  }

  return (keyId) => {
    if (noted.has(keyId)) return;
    noted.set(keyId, true);
    if (waiting.push(keyId) === 1) setTimeout(flush, GATHERED_MS).unref();
  };
}
