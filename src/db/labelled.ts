import type { QueryResult } from 'pg';
import type { Trace } from '../access/trace.ts';

/** Views and functions that let rows be seen which are not CLEAR. A test compares them with the database. */
export const LABELLED_VIEWS = ['incident', 'report', 'zone', 'zone_revision', 'incident_zone', 'mandate'];
export const LABELLED_FUNCTIONS = ['responsible'];

// not behind a dot or a quote: those are columns and texts
const LABELLED = new RegExp(
  `(?<![\\w.'"])(?:tripoint\\.)?(?:(?:${LABELLED_VIEWS.join('|')})(?![\\w.'"])|(?:${LABELLED_FUNCTIONS.join('|')})\\()`,
);
const WRITING = /\b(?:INSERT INTO|DELETE FROM)\b|(?<!\b(?:FOR|KEY|DO) )\bUPDATE\b/;

/** What the audit log needs to know of a statement. */
export interface Kind {
  writes: boolean;
  readsLabelled: boolean;
}

export const kindOf = (text: string): Kind => ({
  writes: WRITING.test(text),
  readsLabelled: LABELLED.test(text),
});

/** What src/db/concern.ts lets a row say. */
interface Telling {
  seen?: number[] | null;
  seen_one?: number | null;
  seen_times?: number;
  seen_target?: number | null;
}

const BITS = [2, 4, 8] as const;
const EVERYONE = 14;

/** Adds what a statement saw and did to the trace of its request. */
export function note(trace: Trace | undefined, kind: Kind, text: string, result: QueryResult): void {
  if (!trace) return;
  if (kind.writes) {
    if (result.rowCount) trace.hasWritten = true;
    return;
  }
  if (!kind.readsLabelled) return;
  if (!result.fields.some(({ name }) => name === 'seen' || name === 'seen_one'))
    throw new Error(`A statement over labelled rows must answer what it saw (src/db/concern.ts): ${text}`);
  trace.hasAskedLabelled = true;
  for (const row of result.rows as Telling[]) addSeen(trace, row);
}

function addSeen({ seen }: Trace, row: Telling): void {
  const [rows = 0, ...shares] = row.seen ?? [];
  const concern = row.seen_one ?? 0;
  const times = concern === 0 ? 0 : (row.seen_times ?? 1);
  seen.rows += rows + times;
  BITS.forEach((bit, n) => {
    seen.shares[n]! += (shares[n] ?? 0) + (concern & bit ? times : 0);
  });
  if (typeof row.seen_target === 'number') seen.targetReaders |= row.seen_target || EVERYONE;
}
