/** Lines of the first set: few enough for a slow machine whose caches are cold. */
export const FIRST_SIZE = 200;
const LEAST_SIZE = 20;
const MOST_SIZE = 2000;
/** Locks of a set are short, and it is far from the time limit of a statement. */
const WANTED_MS = 500;
/** A set that was slow by chance does not make all others small. */
const MOST_CHANGE = 4;

/** Lines of the next set, by the time that the last one took. */
export function nextSetSize(size: number, last: { lines: number; ms: number }): number {
  // a set that ended early says how slow the machine is, but not how fast
  if (last.lines < size && last.ms <= WANTED_MS) return size;
  const wanted = (last.lines * WANTED_MS) / Math.max(last.ms, 1);
  const near = Math.min(size * MOST_CHANGE, Math.max(size / MOST_CHANGE, wanted));
  return Math.round(Math.min(MOST_SIZE, Math.max(LEAST_SIZE, near)));
}
