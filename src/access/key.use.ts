import { LRUCache } from 'lru-cache';

const MOST_NOTED = 10_000;
// a little more than the minute that the database keeps between two notes
const BETWEEN_NOTES_MS = 65_000;
const GATHERED_MS = 1_000;

/** Notes when a key was last used: at most once a minute, many keys in one statement, and no request waits for it. */
export function keyUse(write: (keys: readonly string[]) => Promise<void>): (keyId: string) => void {
  const noted = new LRUCache<string, true>({ max: MOST_NOTED, ttl: BETWEEN_NOTES_MS });
  let waiting: string[] = [];

  async function flush(): Promise<void> {
    const keys = waiting;
    waiting = [];
    // what a database that is away does not note, the next use does
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
