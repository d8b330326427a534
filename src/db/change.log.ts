import type { Edges } from '../geometry/bbox.parse.ts';

/** A write to a collection: within a box in degrees, or anywhere. */
export interface RowChange {
  collection: string;
  /** Bitmask of its viewers before and after (src/core/caller.ts). */
  audience: number;
  /** Agencies that saw or see the RED rows. */
  agencies: readonly string[];
  box?: Edges | undefined;
}

/** The part of a collection that a caller saw. */
export interface WatchedRows {
  collection: string;
  viewer: number;
  agency: string | undefined;
  box: Edges;
}

/** Recent changes known to this process. */
export interface ChangeLog {
  /** Whether it knows every change: if not, nothing may be cached. */
  isLive(): boolean;
  /** The current moment; take it before a read. */
  now(): number;
  /** Whether the view may have changed; hidden writes change no view, so response times do not reveal them. */
  hasChangedSince(moment: number, view: WatchedRows): boolean;
  tell(change: RowChange): void;
  /** Server sessions of this process, which report their own changes. */
  readonly sessions: Set<number>;
  /** From now on changes may be missing. */
  interrupt(): void;
  /** From now on the log is complete; everything read before is of unknown age. */
  resume(): void;
  /** Calls the listener after each possible write. Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void;
}

const MOST_KEPT = 1024;

export function changeLog(): ChangeLog {
  // ring buffer: the change of moment m is at m % MOST_KEPT
  const ring: RowChange[] = [];
  let moment = 0;
  let firstKnown = 0;
  let live = false;
  const listeners = new Set<() => void>();
  const callAll = () => {
    for (const listener of listeners) listener();
  };
  return {
    sessions: new Set(),
    isLive: () => live,
    now: () => moment,
    hasChangedSince(since, view) {
      if (since < Math.max(firstKnown, moment - MOST_KEPT)) return true;
      for (let at = moment; at > since; at--) if (touches(ring[at % MOST_KEPT]!, view)) return true;
      return false;
    },
    tell(change) {
      moment++;
      ring[moment % MOST_KEPT] = change;
      callAll();
    },
    interrupt() {
      live = false;
    },
    resume() {
      moment++;
      firstKnown = moment;
      live = true;
      callAll();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Twin: tripoint.sees in schema/core/caller.functions.sql, compared by test/database/twins.test.ts. */
function touches({ collection, audience, agencies, box }: RowChange, view: WatchedRows): boolean {
  if (collection !== view.collection) return false;
  const isShown = (audience & view.viewer) !== 0 || agencies.includes(view.agency ?? '');
  if (!isShown || !box) return isShown;
  const [west, south, east, north] = view.box;
  const [left, bottom, right, top] = box;
  return left <= east && right >= west && bottom <= north && top >= south;
}

/** The server's process id of a session; missing in the types of pg. */
export const sessionOf = (client: object): number => (client as { processID: number }).processID;

/** Twin: tripoint_change in schema/feed/tell.function.sql, compared by test/database/twins.test.ts. */
export const CHANNEL = 'tripoint_change';
/**
 * SQLSTATE of the notice that reports a session's own changes.
 * Twin: base.tell in schema/feed/tell.function.sql, compared by test/database/twins.test.ts.
 */
export const CHANGE_NOTICE = 'TPCHG';

/** Parses the text of base.tell: collection, audience, agencies or `-`, and an optional box. */
export function readChange(text: string): RowChange {
  const [collection, audience, agencies, ...edges] = text.split(' ');
  const box = edges.length === 4 ? (edges.map(Number) as unknown as Edges) : undefined;
  return { collection: collection!, audience: Number(audience), agencies: agencies!.split(','), box };
}
