import { type Caller, viewerOf } from '../../src/core/caller.ts';
import { type Labelled, maySee, maySeeReport, maySeeZone, mayTakePart } from './audience.oracle.ts';

// biome-ignore lint/suspicious/noExplicitAny: facts of all tables
type Row = Record<string, any> & { key: string };

/** Who may see which rows of a view, as the design says it. */
export interface ViewRule {
  /** The table that the rows lie in, in the schema `base`. */
  table: string;
  /** What tells one row from another, over the columns of the view and over those of the table. */
  key: string;
  /** What `sees` needs to know of a row `r` of the table, as the owner of the tables reads it. */
  facts?: string;
  sees(row: Row, caller: Caller): boolean;
  /** A row that the caller is not shown may change for it all the same: it is a copy of another one that it sees. */
  follows?(row: Row, caller: Caller): boolean;
  /** Everyone sees all of it. */
  isOpen?: true;
  /** What lets the owner delete rows that are else never deleted. */
  unlock?: string;
}

const labelOf = (alias: string): string =>
  `json_build_object('owner', ${alias}.owner, 'agency', ${alias}.agency, 'tlp', ${alias}.tlp,
     'releasableTo', ${alias}.releasable_to)`;
const incident = `(SELECT ${labelOf('i')} FROM base.incident AS i WHERE i.id = r.incident) AS incident`;

const bothIncidents = ['earlier', 'later']
  .map((one) => `(SELECT ${labelOf('i')} FROM base.incident AS i WHERE i.id = r.${one}) AS ${one}_incident`)
  .join();
const maySeeBoth = (row: Row, caller: Caller): boolean =>
  caller.country !== undefined && maySee(caller, row.earlier_incident) && maySee(caller, row.later_incident);

/** What of a zone hangs on who asks: one of its revisions. */
interface Revision extends Labelled {
  revision: number;
  participants: string[];
  isAgreed: boolean;
  isDraft: boolean;
}

/** All revisions of the zone with an id. */
const revisionsOf = (id: string): string =>
  `(SELECT json_agg(json_build_object('owner', v.country, 'agency', v.agency, 'tlp', v.tlp, 'releasableTo', v.releasable_to,
      'participants', v.participants, 'revision', v.revision, 'isAgreed', v.agreed_at IS NOT NULL,
      'isDraft', v.proposed_at IS NULL) ORDER BY v.revision) FROM base.zone_revision AS v WHERE v.id = ${id}) AS zone`;

const maySeeRevision = (caller: Caller, { isAgreed, isDraft, ...revision }: Revision): boolean =>
  isAgreed
    ? maySeeZone(caller, revision)
    : mayTakePart(caller, { ...revision, participants: isDraft ? [] : revision.participants });

/** The one that the caller is shown as the zone: what is agreed, or else what is proposed. */
const shownOf = (caller: Caller, zone: readonly Revision[] | null): number | undefined => {
  const seen = (zone ?? []).filter((revision) => maySeeRevision(caller, revision));
  return (seen.findLast(({ isAgreed }) => isAgreed) ?? seen.at(-1))?.revision;
};
const inZone = ({ zone, revision }: Row): Revision =>
  zone.find((one: Revision) => one.revision === revision)!;

/** Agencies with a rescue mandate for all of one of some borders. */
const rescuersAt = (borders: string): string =>
  `(SELECT json_agg(m.agency) FROM base.mandate AS m JOIN base.agency AS a ON a.id = m.agency
    JOIN base.border AS b ON b.code = ANY (${borders})
    WHERE m.function IN ('search_rescue', 'civil_protection') AND a.country = ANY (b.countries)
      AND m.scope_id IN (b.code, a.country)) AS rescuers`;
const maySeeNotice = ({ rescuers, incident }: Row, caller: Caller): boolean =>
  (rescuers ?? []).includes(caller.agency) || maySee(caller, incident);

const ofClass = '(SELECT k.audience FROM base.incident_class AS k WHERE k.id = r.class) AS audience';
const isForAudience = ({ audience }: Row, caller: Caller): boolean => (audience & viewerOf(caller)) !== 0;

/** The shift with an id. */
const shiftOf = (id: string): string =>
  `(SELECT json_build_object('agency', s.agency, 'country', s.country) FROM base.shift AS s WHERE s.id = ${id}) AS shift`;
/** Its agency, and the auditors of its country. */
const maySeeShift = ({ shift }: Row, { agency, country, roles }: Caller): boolean =>
  shift !== null && (shift.agency === agency || (shift.country === country && roles.includes('auditor')));
const endsOf = (q: string): string =>
  `${q}.country || ${q}.recipients || ARRAY(SELECT a.country FROM base.agency AS a WHERE a.id = ANY (${q}.recipients))`;
const mayReadRequest = ({ ends, incident, zone }: Row, caller: Caller): boolean =>
  ends.includes(caller.country) &&
  (incident === null || maySee(caller, incident)) &&
  (zone === null || shownOf(caller, zone) !== undefined);

const ofAgency = (table: string): ViewRule => ({
  table,
  key: 'id',
  facts: 'r.agency',
  sees: ({ agency }, caller) => agency === caller.agency,
});
const open = (table: string, key = 'id'): ViewRule => ({ table, key, sees: () => true, isOpen: true });

/** A view without a rule fails the tests: say here who may see which of its rows. */
export const VIEW_RULES: Record<string, ViewRule> = {
  schema_file: open('schema_file', 'path'),
  schema_program: open('schema_program', 'program'),
  country: open('country', 'code'),
  border: open('border', 'code'),
  border_edge: open('border_edge', `border || '/' || seq`),
  segment: open('segment'),
  crossing: open('crossing'),
  crossing_side: open('crossing_side', `crossing || '/' || country`),
  crossing_status: open('crossing_status'),
  // the newest versions: no row of the tests has an earlier one
  border_version: open('border', 'code'),
  segment_version: open('segment'),
  crossing_version: open('crossing'),
  crossing_side_version: open('crossing_side', `crossing || '/' || country`),
  correction: {
    table: 'correction',
    key: 'id',
    facts: 'r.participants, r.applied_at',
    sees: ({ participants, applied_at }, { country }) =>
      applied_at !== null || (country !== undefined && participants.includes(country)),
  },
  agency: open('agency'),
  reaction_rule: open('reaction_rule', 'kind'),
  feed: open('feed', 'md5(secret)'),
  world: open('world'),

  // what it was before is known from nowhere else
  change: {
    table: 'change',
    key: `collection || '/' || id || '/' || xid`,
    facts: 'r.audience_before | r.audience_after AS audience, ARRAY[r.red_before, r.red_after] AS agencies',
    sees: (row, caller) =>
      (row.audience & viewerOf(caller)) !== 0 || row.agencies.includes(caller.agency ?? ''),
  },

  incident: {
    table: 'incident',
    key: 'id',
    facts: `${labelOf('r')} AS incident`,
    sees: (row, caller) => maySee(caller, row.incident),
  },
  // the properties of an incident
  incident_text: {
    table: 'incident_text',
    key: 'id',
    facts: `(SELECT ${labelOf('i')} FROM base.incident AS i WHERE i.id = r.id) AS incident`,
    sees: (row, caller) => maySee(caller, row.incident),
  },
  // counts of incidents of one audience; RED ones are in none
  incident_cell: {
    table: 'incident_cell',
    key: `level || '/' || cell || '/' || class`,
    facts: ofClass,
    sees: isForAudience,
  },
  incident_cell_day: {
    table: 'incident_cell_day',
    key: `level || '/' || cell || '/' || day || '/' || class`,
    facts: ofClass,
    sees: isForAudience,
  },
  incident_cell_delta: {
    table: 'incident_cell_delta',
    key: 'id',
    facts: 'r.audience',
    sees: isForAudience,
  },
  own_red_incident: {
    table: 'incident',
    key: 'id',
    facts: `${labelOf('r')} AS incident`,
    sees: (row, caller) => row.incident.tlp === 'RED' && maySee(caller, row.incident),
  },
  report: {
    table: 'report',
    key: 'id',
    facts: `json_build_object('owner', (SELECT a.country FROM base.agency AS a WHERE a.id = r.agency), 'agency', r.agency,
      'ownTlp', r.tlp, 'releasableTo', r.releasable_to) AS report, ${incident}`,
    sees: ({ report, incident }, caller) => maySeeReport(caller, { ...report, incident }),
  },
  legal_hold: {
    table: 'legal_hold',
    key: 'incident',
    facts: `r.country, ${incident}`,
    sees: (row, caller) => row.country === caller.country && maySee(caller, row.incident),
  },
  zone: {
    table: 'zone',
    key: `id || '/' || revision`,
    facts: `r.revision, ${revisionsOf('r.id')}`,
    sees: ({ zone, revision }, caller) => shownOf(caller, zone) === revision,
    follows: (row, caller) => maySeeRevision(caller, inZone(row)),
  },
  zone_revision: {
    table: 'zone_revision',
    key: `id || '/' || revision`,
    facts: `r.revision, ${revisionsOf('r.id')}`,
    sees: (row, caller) => maySeeRevision(caller, inZone(row)),
  },
  joint_proposal: {
    table: 'joint_proposal',
    key: 'id',
    facts: 'r.participants',
    sees: ({ participants }, caller) => participants.includes(caller.country),
  },
  // the participants, as long as they see the zone
  procedure_version: {
    table: 'procedure_version',
    key: `procedure || '/' || version`,
    facts: `r.participants, ${revisionsOf('r.zone')}`,
    sees: ({ participants, zone }, caller) =>
      participants.includes(caller.country) && (zone === null || shownOf(caller, zone) !== undefined),
  },
  // before a coordinator has assessed it, for its own country
  impact_assessment: {
    table: 'impact_assessment',
    key: 'id',
    facts: `json_build_object('owner', r.country, 'agency', r.agency, 'tlp', r.tlp, 'releasableTo', r.releasable_to) AS label,
      r.country, r.assessed_at IS NOT NULL AS "isAssessed"`,
    sees: ({ label, country, isAssessed }, caller) =>
      isAssessed ? maySee(caller, label) : caller.country === country,
  },
  reaction: {
    table: 'reaction',
    key: 'id',
    facts: `r.country, (SELECT CASE WHEN a.level = 'critical' THEN b.countries ELSE ARRAY[r.country] END
      FROM base.impact_assessment AS a JOIN base.segment AS s ON s.id = a.segment JOIN base.border AS b ON b.code = s.border
      WHERE a.id = r.assessment) AS sides`,
    sees: ({ sides }, caller) => sides.includes(caller.country),
  },
  joint_consent: {
    table: 'joint_consent',
    key: 'id',
    facts: '(SELECT p.participants FROM base.joint_proposal AS p WHERE p.id = r.proposal) AS participants',
    sees: ({ participants }, caller) => participants.includes(caller.country),
  },
  // for those who take part in what was decided about
  zone_consent: {
    table: 'zone_consent',
    key: 'id',
    facts: `r.revision, ${revisionsOf('r.zone')}`,
    sees: (row, caller) => mayTakePart(caller, inZone(row)),
  },
  // a pair reveals both
  incident_zone: {
    table: 'incident_zone',
    key: `incident || '/' || zone || '/' || revision`,
    facts: `r.revision, ${incident}, ${revisionsOf('r.zone')}`,
    sees: ({ incident, zone, revision }, caller) =>
      maySee(caller, incident) && shownOf(caller, zone) === revision,
  },
  // a mandate for a zone reveals the zone
  mandate: {
    table: 'mandate',
    key: 'id',
    facts: `r.scope_type, ${revisionsOf(`r.scope_id AND r.scope_type = 'zone'`)}`,
    sees: ({ scope_type, zone }, caller) => scope_type !== 'zone' || shownOf(caller, zone) !== undefined,
  },
  // rescue bodies at the border and who sees the incident; mandates for parts of a border have tests of their own
  distress_notice: {
    table: 'distress_notice',
    key: 'id',
    facts: `${rescuersAt('r.borders')}, ${incident}`,
    sees: maySeeNotice,
  },
  assistance: {
    table: 'assistance',
    key: 'id',
    facts: `${rescuersAt('(SELECT n.borders FROM base.distress_notice AS n WHERE n.id = r.notice)::text[]')}, ${incident}`,
    sees: maySeeNotice,
  },
  alert: {
    table: 'alert',
    key: 'id',
    facts: 'r.agency, r.is_withdrawn AS "isWithdrawn"',
    sees: ({ agency, isWithdrawn }, caller) => agency === caller.agency && !isWithdrawn,
  },
  // what is counted is for the three countries
  indicator: {
    table: 'indicator',
    key: 'id',
    facts: 'true AS is_there',
    sees: (_, caller) => caller.country !== undefined,
  },
  // what is done about an incident is for agencies that see it
  incident_acknowledgement: {
    table: 'incident_acknowledgement',
    key: `incident || '/' || agency`,
    facts: incident,
    sees: (row, caller) => caller.country !== undefined && maySee(caller, row.incident),
  },
  subscription: ofAgency('subscription'),
  webhook: ofAgency('webhook'),
  delivery: ofAgency('delivery'),
  // of another country it stays with those who saw the incident then
  incident_response: {
    table: 'incident_response',
    key: 'id',
    facts: `r.own_audience, ${incident}`,
    sees: ({ own_audience, ...row }, caller) =>
      caller.country !== undefined &&
      maySee(caller, row.incident) &&
      (own_audience === null || (own_audience & viewerOf(caller) & ~1) !== 0),
  },
  offer: {
    table: 'offer',
    key: 'id',
    facts: `${labelOf('r')} AS offer`,
    sees: (row, caller) => maySee(caller, row.offer),
  },
  // two incidents that are one event: who sees both
  incident_double: {
    table: 'incident_double',
    key: `earlier || '/' || later`,
    facts: bothIncidents,
    sees: maySeeBoth,
  },
  double_decision: {
    table: 'double_decision',
    key: 'n',
    facts: `r.own_audience, ${bothIncidents}`,
    sees: ({ own_audience, ...row }, caller) =>
      maySeeBoth(row as Row, caller) && (own_audience & viewerOf(caller)) !== 0,
  },
  // the countries of both ends, as long as they see the incident or zone
  incident_request: {
    table: 'incident_request',
    key: 'id',
    facts: `${endsOf('r')} AS ends, ${incident}, ${revisionsOf('r.zone')}`,
    sees: mayReadRequest,
  },
  shift: { table: 'shift', key: 'id', facts: shiftOf('r.id'), sees: maySeeShift },
  shift_note: { table: 'shift_note', key: 'id', facts: shiftOf('r.shift'), sees: maySeeShift },
  // the row that an item is about decides too
  shift_item: {
    table: 'shift_item',
    key: `shift || '/' || kind || '/' || id`,
    facts: `r.kind, ${shiftOf('r.shift')}, ${rescuersAt('(SELECT n.borders FROM base.distress_notice AS n WHERE n.id = r.id)::text[]')},
      (SELECT ${labelOf('i')} FROM base.incident AS i WHERE i.id = coalesce(r.incident,
        (SELECT n.incident FROM base.distress_notice AS n WHERE n.id = r.id))) AS incident,
      (SELECT ${endsOf('q')} FROM base.incident_request AS q WHERE q.id = r.id) AS ends,
      ${revisionsOf('(SELECT q.zone FROM base.incident_request AS q WHERE q.id = r.id)')},
      (SELECT a.red_agency FROM base.alert AS a WHERE a.id = r.id) AS hears,
      (SELECT c.audience FROM base.reaction AS c WHERE c.id = r.id) AS audience`,
    sees(row, caller) {
      if (!maySeeShift(row, caller)) return false;
      if (row.kind === 'distress') return maySeeNotice(row, caller);
      if (row.kind === 'reaction') return isForAudience(row, caller);
      return row.kind === 'request' ? mayReadRequest(row, caller) : row.hears === caller.agency;
    },
  },
  // what the agency of a shift wrote meanwhile, as the audit log has it
  shift_act: {
    table: 'audit_seal',
    key: 'id',
    facts: `(SELECT json_build_object('agency', s.agency, 'country', s.country)
      FROM base.audit_entry AS e JOIN base.shift AS s ON s.agency = e.agency AND e.at >= s.opened_at
        AND (s.closed_at IS NULL OR e.at < s.closed_at)
      WHERE e.txid = r.txid AND e.id = r.entry AND e.action IN ('create', 'change', 'remove')
        AND e.collection <> ALL (ARRAY['keys', 'webhooks', 'subscriptions', 'shifts', 'shift-notes', 'shift-items'])) AS shift`,
    sees: maySeeShift,
    unlock: 'ALTER TABLE base.audit_seal DISABLE TRIGGER append_only',
  },
  api_key: {
    table: 'api_key',
    key: 'id',
    facts: 'r.country',
    sees: (row, caller) => row.country === caller.country,
  },
  // own agencies, and own data
  audit_entry: {
    table: 'audit_seal',
    key: 'id',
    facts: `(SELECT e.country FROM base.audit_entry AS e WHERE e.txid = r.txid AND e.id = r.entry) AS country,
      (SELECT json_build_object('DZA', e.shares[1], 'LBY', e.shares[2], 'TUN', e.shares[3])
       FROM base.audit_entry AS e WHERE e.txid = r.txid AND e.id = r.entry) AS shares`,
    sees: ({ country, shares }, caller) =>
      caller.country !== undefined && (country === caller.country || shares[caller.country] > 0),
    unlock: 'ALTER TABLE base.audit_seal DISABLE TRIGGER append_only',
  },
};
