import { type Follower, numberOf } from '../follower.ts';
import { maySee } from '../labels.ts';
import type { Written } from '../writers.ts';

interface Known {
  collection: string;
  id: string;
  at: string;
}

/** No follower received anything, even without its feature, that its labels never released to it. */
export function checkAudience(
  followers: readonly Follower[],
  { labels }: Written,
  entries: readonly Known[],
): string[] {
  const byNumber = new Map(entries.map((entry) => [numberOf(entry), entry]));
  return followers.flatMap(({ reader, way, entries: heard }) =>
    heard.flatMap((number) => {
      const entry = byNumber.get(number);
      const key = entry && `${entry.collection}/${entry.id}`;
      const mayKnow = key && labels.get(key)?.some((label) => maySee(reader, label));
      return mayKnow === false ? [`${reader.name} by ${way}: received ${key}`] : [];
    }),
  );
}
