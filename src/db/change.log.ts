/** Something of a collection was written: within a box in degrees, or anywhere. */
export interface RowChange {
  collection: string;
  /** The bits of those who were or are shown it (src/core/caller.ts). */
  audience: number;
  /** Agencies that were or are shown what is RED. */
  agencies: readonly string[];
  box?: Edges | undefined;
}

/** What somebody was shown. */
export interface WatchedRows {
  collection: string;
  viewer: number;
  agency: string | undefined;
  box: Edges;
}
type Edges = readonly [west: number, south: number, east: number, north: number];

/** What has changed lately, as far as this process knows. */
export interface ChangeLog {
  /** Whether it knows of every change: if not, nothing that was read may be kept. */
  isLive(): boolean;
  /** The moment up to which it knows of changes; take it before reading. */
  now(): number;
  /** Whether the view may have changed; hidden writes change no view, so that nobody notices them by the time it takes. */
  hasChangedSince(moment: number, view: WatchedRows): boolean;
  tell(change: RowChange): void;
  /** Sessions of this process at the server, which tell of their changes themselves. */
  readonly sessions: Set<number>;
  /** From now on changes may be missed. */
  interrupt(): void;
  /** From now on none is missed; whatever was read before is of unknown age. */
  resume(): void;
  /** Calls when something was written, or may have been. Returns what ends it. */
  onChange(listener: () => void): () => void;
}

const MOST_KEPT = 1024;

export function changeLog(): ChangeLog {
  // the last ones; the change that brought the log to moment m stands at m % MOST_KEPT
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

function touches({ collection, audience, agencies, box }: RowChange, view: WatchedRows): boolean {
  if (collection !== view.collection) return false;
  const isShown = (audience & view.viewer) !== 0 || agencies.includes(view.agency ?? '');
  if (!isShown || !box) return isShown;
  const [west, south, east, north] = view.box;
  const [left, bottom, right, top] = box;
  return left <= east && right >= west && bottom <= north && top >= south;
}

/** The number of a session at the server; the types of pg leave it out. */
export const sessionOf = (client: object): number => (client as { processID: number }).processID;

export const CHANNEL = 'tripoint_change';
/** The SQLSTATE of the notice in which the database tells a session what it has changed. */
export const CHANGE_NOTICE = 'TPCHG';

/** As base.tell writes it: a collection, the audience, agencies or `-`, and a box where there is one. */
export function readChange(text: string): RowChange {
  const [collection, audience, agencies, ...edges] = text.split(' ');
  const box = edges.length === 4 ? (edges.map(Number) as unknown as Edges) : undefined;
  return { collection: collection!, audience: Number(audience), agencies: agencies!.split(','), box };
}
