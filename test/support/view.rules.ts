import type { Caller } from '../../src/access/caller.ts';
import { maySee, maySeeZone } from './audience.oracle.ts';

type Row = Record<string, never> & { key: string };

/** Who may see which rows of a view, as the design says it. */
export interface ViewRule {
  /** The table that the rows lie in, in the schema `base`. */
  table: string;
  /** What tells one row from another, over the columns of the view and over those of the table. */
  key: string;
  /** What `sees` needs to know of a row `r` of the table, as the owner of the tables reads it. */
  facts?: string;
  sees(row: Row, caller: Caller): boolean;
  /** Everyone sees all of it. */
  isOpen?: true;
  /** What lets the owner delete rows that are else never deleted. */
  unlock?: string;
}

const labelOf = (alias: string): string =>
  `json_build_object('owner', ${alias}.owner, 'agency', ${alias}.agency, 'tlp', ${alias}.tlp,
     'releasableTo', ${alias}.releasable_to)`;
const zoneLabelOf = (alias: string): string =>
  `json_build_object('owner', ${alias}.country, 'agency', ${alias}.agency, 'tlp', ${alias}.tlp,
     'releasableTo', ${alias}.releasable_to, 'participants', ${alias}.participants)`;
const incident = `(SELECT ${labelOf('i')} FROM base.incident AS i WHERE i.id = r.incident) AS incident`;
const zoneWhere = (condition: string): string =>
  `(SELECT ${zoneLabelOf('z')} FROM base.zone AS z WHERE ${condition}) AS zone`;

const open = (table: string, key = 'id'): ViewRule => ({ table, key, sees: () => true, isOpen: true });

/** A view without a rule fails the tests: say here who may see which of its rows. */
export const VIEW_RULES: Record<string, ViewRule> = {
  migration: open('migration', 'name'),
  country: open('country', 'code'),
  border: open('border', 'code'),
  border_edge: open('border_edge', `border || '/' || seq`),
  segment: open('segment'),
  crossing: open('crossing'),
  crossing_side: open('crossing_side', `crossing || '/' || country`),
  crossing_status: open('crossing_status'),
  agency: open('agency'),

  incident: {
    table: 'incident',
    key: 'id',
    facts: `${labelOf('r')} AS incident`,
    sees: (row, caller) => maySee(caller, row.incident!),
  },
  report: {
    table: 'report',
    key: 'id',
    facts: incident,
    sees: (row, caller) => maySee(caller, row.incident!),
  },
  legal_hold: {
    table: 'legal_hold',
    key: 'incident',
    facts: `r.country, ${incident}`,
    sees: (row, caller) => row.country === caller.country && maySee(caller, row.incident!),
  },
  zone: {
    table: 'zone',
    key: 'id',
    facts: `${zoneLabelOf('r')} AS zone`,
    sees: (row, caller) => maySeeZone(caller, row.zone!),
  },
  // who may no longer see the zone sees none of its past either
  zone_revision: {
    table: 'zone_revision',
    key: `id || '/' || revision`,
    facts: `${zoneLabelOf('r')} AS revision, ${zoneWhere('z.id = r.id')}`,
    sees: (row, caller) => maySeeZone(caller, row.revision!) && maySeeZone(caller, row.zone!),
  },
  // a pair tells of both
  incident_zone: {
    table: 'incident_zone',
    key: `incident || '/' || zone`,
    facts: `${incident}, ${zoneWhere('z.id = r.zone')}`,
    sees: (row, caller) => maySee(caller, row.incident!) && maySeeZone(caller, row.zone!),
  },
  // one for a zone tells of the zone
  mandate: {
    table: 'mandate',
    key: 'id',
    facts: `r.scope_type, ${zoneWhere(`r.scope_type = 'zone' AND z.id = r.scope_id`)}`,
    sees: (row, caller) => row.scope_type !== ('zone' as never) || maySeeZone(caller, row.zone!),
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
      caller.country !== undefined && (country === caller.country || shares![caller.country] > 0),
    unlock: 'ALTER TABLE base.audit_seal DISABLE TRIGGER append_only',
  },
};
