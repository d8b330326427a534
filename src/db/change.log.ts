import { randomBytes } from 'node:crypto';
import type { Edges } from '../geometry/bbox.parse.ts';

/** A write to a collection: within a box in degrees, or anywhere. */
export interface RowChange {
  collection: string;
  /** Bitmask of its viewers before and after (src/core/caller.ts). */
  audience: number;
  /** Agencies that saw or see the RED rows. */
  agencies: readonly string[];
  box?: Edges | undefined;
  /** Whether somebody who saw a row does not see it any more. */
  hides?: boolean;
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
  /** Whether a row of the view may have been hidden: by a narrower label, or because it was removed. */
  hasHiddenSince(moment: number, view: WatchedRows): boolean;
  tell(change: RowChange): void;
  /** The same without a call of the listeners: a sibling process wrote, and its notification will follow. */
  note(change: RowChange): void;
  /** Marks the notifications of this process. Never a session's id: behind a pooler, processes share sessions. */
  readonly nonce: string;
  /** From now on changes may be missing. */
  interrupt(): void;
  /** From now on the log is complete; everything read before is of unknown age. */
  resume(): void;
  /** Calls the listener after each possible write. Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void;
}

const MOST_KEPT = 1024;

export function changeLog(): ChangeLog {
  const all = recentChanges();
  // apart, because few changes hide a row: a file outlives a thousand other writes
  const hiding = recentChanges();
  let moment = 0;
  let live = false;
  const listeners = new Set<() => void>();
  const callAll = () => {
    for (const listener of listeners) listener();
  };
  const note = (change: RowChange) => {
    moment++;
    all.add(moment, change);
    if (change.hides) hiding.add(moment, change);
  };
  return {
    nonce: randomBytes(9).toString('base64url'),
    isLive: () => live,
    now: () => moment,
    hasChangedSince: all.hasSince,
    hasHiddenSince: hiding.hasSince,
    note,
    tell(change) {
      note(change);
      callAll();
    },
    interrupt() {
      live = false;
    },
    resume() {
      moment++;
      all.forgetUntil(moment);
      hiding.forgetUntil(moment);
      live = true;
      callAll();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The last changes with their moments, in a ring buffer. */
function recentChanges() {
  const ring: { at: number; change: RowChange }[] = [];
  let count = 0;
  let unknownUntil = 0;
  return {
    add(at: number, change: RowChange): void {
      const place = count++ % MOST_KEPT;
      unknownUntil = Math.max(unknownUntil, ring[place]?.at ?? 0);
      ring[place] = { at, change };
    },
    forgetUntil(moment: number): void {
      unknownUntil = moment;
    },
    hasSince(moment: number, view: WatchedRows): boolean {
      if (moment < unknownUntil) return true;
      for (let n = count - 1; n >= Math.max(0, count - MOST_KEPT); n--) {
        const { at, change } = ring[n % MOST_KEPT]!;
        if (at <= moment) return false;
        if (touches(change, view)) return true;
      }
      return false;
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

/** Twin: tripoint_change in schema/feed/tell.function.sql, compared by test/database/twins.test.ts. */
export const CHANNEL = 'tripoint_change';
/**
 * SQLSTATE of the notice that reports a session's own changes.
 * Twin: base.tell in schema/feed/tell.function.sql, compared by test/database/twins.test.ts.
 */
export const CHANGE_NOTICE = 'TPCHG';

/** Parses the text of base.tell: collection, audience, agencies or `-`, an optional box, and `hides` if it hides rows. */
export function readChange(text: string): RowChange {
  const [collection, audience, agencies, ...more] = text.split(' ');
  const hides = more.at(-1) === 'hides';
  const edges = hides ? more.slice(0, -1) : more;
  const box = edges.length === 4 ? (edges.map(Number) as unknown as Edges) : undefined;
  return { collection: collection!, audience: Number(audience), agencies: agencies!.split(','), box, hides };
}

/** The payload of a notification: the nonce of the process, and a change or a word of the listener. */
export const noticeOf = (nonce: string, text: string): string => `${nonce} ${text}`;

/** The nonce is `-` for a write outside the service (base.tell). */
export function readNotice(payload: string): { nonce: string; text: string } {
  const space = payload.indexOf(' ');
  return { nonce: payload.slice(0, space), text: payload.slice(space + 1) };
}
