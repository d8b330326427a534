/** The names under which one connection keeps its statements prepared. */
export interface PreparedNames {
  /** `asker`: the caller whose request it is. Undefined for a text that is too long to be kept. */
  nameOf(text: string, asker: string): string | undefined;
}

interface KeptText {
  name: string;
  /** The only caller so far; undefined: several callers asked it. */
  asker: string | undefined;
  usedAt: number;
}

/** `docs/operations.md` states the memory that they take. */
export const MOST_KEPT = 200;
/** Reserved for texts that several callers asked. */
export const MOST_COMMON = 150;
/** Only filters in CQL2 are longer; the parse tree of such a text takes megabytes. */
const LONGEST_KEPT = 32_768;

/**
 * A full connection forgets a text of the caller who has most texts of its own, the least recently used one. So a caller
 * that asks in ever new combinations displaces its own texts: those of other callers and those that several callers asked
 * stay.
 */
export function preparedNames(forget: (name: string) => void): PreparedNames {
  const kept = new Map<string, KeptText>();
  let made = 0;
  let uses = 0;

  function nameOf(text: string, asker: string): string | undefined {
    if (text.length > LONGEST_KEPT) return undefined;
    const known = kept.get(text);
    if (known) {
      known.usedAt = uses++;
      if (known.asker !== asker) known.asker = undefined;
      return known.name;
    }
    if (kept.size >= MOST_KEPT) removeOne();
    const name = `q${made++}`;
    kept.set(text, { name, asker, usedAt: uses++ });
    return name;
  }

  function removeOne(): void {
    const loser = loserOf([...kept.values()]);
    let oldest: [text: string, one: KeptText] | undefined;
    for (const entry of kept)
      if (entry[1].asker === loser && (!oldest || entry[1].usedAt < oldest[1].usedAt)) oldest = entry;
    kept.delete(oldest![0]);
    forget(oldest![1].name);
  }

  return { nameOf };
}

/** Undefined: the texts of several callers, if they fill more than is reserved for them. */
function loserOf(kept: readonly KeptText[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { asker } of kept) if (asker !== undefined) counts.set(asker, (counts.get(asker) ?? 0) + 1);
  const own = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (kept.length - own > MOST_COMMON) return undefined;
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
