import type { QueryResult } from 'pg';
import type { LabelledCollection, Seen, Trace } from '../access/trace.ts';

/** Views that let rows be seen which are not CLEAR, and the collection they belong to. A test compares with the database. */
export const LABELLED_VIEWS: Record<string, LabelledCollection> = {
  incident: 'incidents',
  report: 'incidents',
  incident_zone: 'incidents',
  own_red_incident: 'incidents',
  incident_cell: 'incidents',
  incident_cell_day: 'incidents',
  incident_cell_delta: 'incidents',
  zone: 'zones',
  zone_revision: 'zones',
  zone_consent: 'zones',
  mandate: 'zones',
  legal_hold: 'incidents',
  distress_notice: 'distress',
  assistance: 'distress',
  incident_acknowledgement: 'incidents',
  incident_response: 'incidents',
  incident_request: 'incidents',
  change: 'changes',
  alert: 'alerts',
};
/** Functions that do so. */
export const LABELLED_FUNCTIONS: Record<string, LabelledCollection> = {
  responsible: 'zones',
  zone_viewers: 'zones',
  holds_mandate: 'incidents',
};

const anyOf = (names: object): string => Object.keys(names).join('|');
// not behind a dot or a quote: those are columns and texts
const LABELLED = new RegExp(
  `(?<![\\w.'"])(?:tripoint\\.)?(?:(${anyOf(LABELLED_VIEWS)})(?![\\w.'"])|(${anyOf(LABELLED_FUNCTIONS)})\\()`,
  'g',
);
const WRITING = /\b(?:INSERT INTO|DELETE FROM)\b|(?<!\b(?:FOR|KEY|DO) )\bUPDATE\b/;

/** What the audit log needs to know of a statement. */
export interface Kind {
  writes: boolean;
  /** The collections of which it can see what is not CLEAR. */
  labelled: ReadonlySet<LabelledCollection>;
}

export const kindOf = (text: string): Kind => ({
  writes: WRITING.test(text),
  labelled: new Set(
    [...text.matchAll(LABELLED)].map(([, view, name]) => LABELLED_VIEWS[view!] ?? LABELLED_FUNCTIONS[name!]!),
  ),
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

/** Adds what was seen by a statement that another request had run. */
export function noteAgain(trace: Trace | undefined, collection: LabelledCollection, seen: number[]): void {
  if (!trace) return;
  trace.asked.add(collection);
  if (addSeen(trace.seen, { seen })) trace.seenIn.add(collection);
}

/** Adds what a statement saw and did to the trace of its request. */
export function note(trace: Trace | undefined, kind: Kind, text: string, result: QueryResult): void {
  if (!trace) return;
  if (kind.writes) {
    if (result.rowCount) trace.hasWritten = true;
    return;
  }
  if (kind.labelled.size === 0) return;
  if (!result.fields.some(({ name }) => name === 'seen' || name === 'seen_one'))
    throw new Error(`A statement over labelled rows must answer what it saw (src/db/concern.ts): ${text}`);
  for (const collection of kind.labelled) trace.asked.add(collection);
  for (const row of result.rows as Telling[]) {
    if (addSeen(trace.seen, row)) for (const collection of kind.labelled) trace.seenIn.add(collection);
    if (trace.hasWritten) addSeen(trace.seenAfterWriting, row);
  }
}

/** Whether it was anything that is not CLEAR. */
function addSeen(seen: Seen, row: Telling): boolean {
  const [rows = 0, ...shares] = row.seen ?? [];
  const concern = row.seen_one ?? 0;
  const times = concern === 0 ? 0 : (row.seen_times ?? 1);
  seen.rows += rows + times;
  BITS.forEach((bit, n) => {
    seen.shares[n]! += (shares[n] ?? 0) + (concern & bit ? times : 0);
  });
  if (typeof row.seen_target === 'number') seen.targetReaders |= row.seen_target || EVERYONE;
  return rows + times > 0;
}
