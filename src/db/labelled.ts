import type { QueryResult } from 'pg';
import { COUNTRY_BITS, COUNTRY_CODES } from '../core/caller.ts';
import type { LabelledCollection, Seen, Trace } from '../core/trace.ts';
import { type Rendered, reading, type Sql, sql } from './sql.ts';

/** Views with non-CLEAR rows, by collection. A test compares them with the database. */
export const view = {
  incident: reading('incidents', sql`incident`),
  report: reading('incidents', sql`report`),
  incidentText: reading('incidents', sql`incident_text`),
  incidentZone: reading('incidents', sql`incident_zone`),
  ownRedIncident: reading('incidents', sql`own_red_incident`),
  incidentCell: reading('incidents', sql`incident_cell`),
  incidentCellDay: reading('incidents', sql`incident_cell_day`),
  incidentCellDelta: reading('incidents', sql`incident_cell_delta`),
  incidentDouble: reading('incidents', sql`incident_double`),
  doubleDecision: reading('incidents', sql`double_decision`),
  zone: reading('zones', sql`zone`),
  zoneRevision: reading('zones', sql`zone_revision`),
  zoneConsent: reading('zones', sql`zone_consent`),
  mandate: reading('zones', sql`mandate`),
  legalHold: reading('incidents', sql`legal_hold`),
  distressNotice: reading('distress', sql`distress_notice`),
  assistance: reading('distress', sql`assistance`),
  acknowledgement: reading('incidents', sql`incident_acknowledgement`),
  response: reading('incidents', sql`incident_response`),
  request: reading('incidents', sql`incident_request`),
  offer: reading('offers', sql`offer`),
  change: reading('changes', sql`change`),
  jointProposal: reading('proposals', sql`joint_proposal`),
  jointConsent: reading('proposals', sql`joint_consent`),
  procedureVersion: reading('procedures', sql`procedure_version`),
  impactAssessment: reading('impact', sql`impact_assessment`),
  reaction: reading('impact', sql`reaction`),
  alert: reading('alerts', sql`alert`),
  indicator: reading('indicators', sql`indicator`),
  correction: reading('corrections', sql`correction`),
  shift: reading('shifts', sql`shift`),
  shiftNote: reading('shifts', sql`shift_note`),
  shiftItem: reading('shifts', sql`shift_item`),
  shiftAct: reading('shifts', sql`shift_act`),
} satisfies Record<string, Sql>;

/** Functions that read such views. */
export const call = {
  responsible: reading('zones', sql`tripoint.responsible`),
  zoneViewers: reading('zones', sql`tripoint.zone_viewers`),
  nextVersion: reading('procedures', sql`tripoint.next_version`),
  previewCorrection: reading('incidents', sql`tripoint.preview_correction`),
  holdsMandate: reading('incidents', sql`tripoint.holds_mandate`),
} satisfies Record<string, Sql>;

/** The audit columns of a row (src/db/concern.ts). */
interface SeenColumns {
  seen?: number[] | null;
  seen_one?: number | null;
  seen_times?: number;
  seen_target?: number | null;
}

const BITS = COUNTRY_CODES.map((code) => COUNTRY_BITS[code]);
const EVERYONE = BITS.reduce((all, bit) => all | bit);

/** Adds the rows seen by another request's statement. */
export function noteAgain(trace: Trace | undefined, collection: LabelledCollection, seen: number[]): void {
  if (!trace) return;
  trace.asked.add(collection);
  if (addSeen(trace.seen, { seen })) trace.seenIn.add(collection);
}

/** Adds the rows read and written by a statement to its request's trace. */
export function note(trace: Trace | undefined, { reads, writes, text }: Rendered, result: QueryResult): void {
  if (!trace) return;
  if (writes) {
    if (result.rowCount) trace.hasWritten = true;
    return;
  }
  if (reads.size === 0) return;
  if (!result.fields.some(({ name }) => name === 'seen' || name === 'seen_one'))
    throw new Error(`A statement over labelled rows must answer what it saw (src/db/concern.ts): ${text}`);
  for (const collection of reads) trace.asked.add(collection);
  for (const row of result.rows as SeenColumns[]) {
    if (addSeen(trace.seen, row)) for (const collection of reads) trace.seenIn.add(collection);
    if (trace.hasWritten) addSeen(trace.seenAfterWriting, row);
  }
}

/** Returns whether the row is non-CLEAR. */
function addSeen(seen: Seen, row: SeenColumns): boolean {
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
