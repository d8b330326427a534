import { LRUCache } from 'lru-cache';

/** The part of the change log (src/db/change.log.ts) that the memory uses. */
interface SeenChanges<View> {
  isLive(): boolean;
  now(): number;
  hasChangedSince(moment: number, view: View): boolean;
  onChange(listener: () => void): void;
}

interface KnownVersion<View> {
  version: string;
  /** Unchanged from the read up to this moment. */
  moment: number;
  view: View;
}

const MOST_KNOWN = 500;
const LOOK_AFTER = 500; // changes; the change log remembers 1024

/**
 * The version of each selection for an audience, until a row changes that this audience sees. Hidden writes end no
 * version, however many there are.
 */
export function versionMemory<View>(changes: SeenChanges<View>) {
  const known = new LRUCache<string, KnownVersion<View>>({ max: MOST_KNOWN });
  let lookedAt = changes.now();

  function look(key: string, one: KnownVersion<View>): boolean {
    const isCurrent = !changes.hasChangedSince(one.moment, one.view);
    if (isCurrent) one.moment = changes.now();
    else known.delete(key);
    return isCurrent;
  }
  // before the change log forgets what was written
  changes.onChange(() => {
    if (changes.now() - lookedAt < LOOK_AFTER) return;
    lookedAt = changes.now();
    for (const [key, one] of known) look(key, one);
  });

  return {
    find(key: string): string | undefined {
      const one = changes.isLive() ? known.get(key) : undefined;
      return one && look(key, one) ? one.version : undefined;
    },
    note(key: string, one: KnownVersion<View>): void {
      if (changes.isLive() && !changes.hasChangedSince(one.moment, one.view)) known.set(key, { ...one });
    },
  };
}
