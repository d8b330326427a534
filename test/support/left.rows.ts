import type { Database } from '../../src/db/database.ts';
import { Sql } from '../../src/db/sql.ts';
import { asTableOwner } from './audit.ts';

/** What the writes of incidents leave, without what differs at each run: times, and ids that the database makes. */
const ROWS: Record<string, string> = {
  incident: `SELECT i.id, i.country, i.candidates, i.border, i.segment, round(i.border_km::numeric, 6) AS km,
      round(i.distance_to_border_m::numeric, 3) AS metres, i.revision, i.state, i.audience, i.red_agency
    FROM base.incident AS i ORDER BY i.id`,
  incident_zone: `SELECT m.incident, z.names ->> 'en' AS zone, m.revision, m.relation, m.audience, m.red_agency
    FROM base.incident_zone AS m JOIN base.zone AS z ON z.id = m.zone AND z.face = 0 ORDER BY 1, 2, 3`,
  incident_cell: `SELECT c.level, c.cell, k.kind, k.severity, k.nature, k.audience, k.concern, c.n
    FROM base.incident_cell AS c JOIN base.incident_class AS k ON k.id = c.class
    WHERE c.level IN (0, 14) ORDER BY 1, 2, 3, 4, 5, 6, 7`,
  incident_due: `SELECT d.incident, d.due_at - i.reported_at AS after
    FROM base.incident_due AS d JOIN base.incident AS i ON i.id = d.incident ORDER BY 1`,
  incident_text: `SELECT count(*)::int AS n FROM base.incident_text`,
  report: `SELECT r.incident, r.agency, r.state, r.severity, r.audience, r.red_agency, r.incident_owner
    FROM base.report AS r ORDER BY 1, 2, r.at, 3, 4`,
  distress_notice: `SELECT n.incident, n.nature, n.in_need_best, n.borders, n.audience, n.incident_audience,
      n.incident_red_agency, n.incident_agency, n.assistance_due_at IS NOT NULL AS is_due, n.assisted_at
    FROM base.distress_notice AS n ORDER BY 1`,
  alert: `SELECT a.incident, a.agency, a.country, a.trigger, a.severity, a.certainty, a.border, a.is_withdrawn, a.revision
    FROM base.alert AS a ORDER BY 1, 2`,
  change: `SELECT c.collection, coalesce(a.incident || ' ' || a.agency, CASE c.collection WHEN 'alerts' THEN 'gone' ELSE c.id END) AS id,
      c.audience_before AS before, c.audience_after AS after, c.red_before, c.red_after, c.concern
    FROM base.change AS c LEFT JOIN base.alert AS a ON c.collection = 'alerts' AND a.id::text = c.id
    WHERE c.collection IN ('incidents', 'alerts', 'distress', 'reports') ORDER BY 1, 2, c.xid, 3, 4, 5, 6, 7`,
  audit_entry: `SELECT e.action, e.collection, CASE e.collection WHEN 'reports' THEN split_part(e.target, '/', 1) ELSE e.target END AS target,
      e.target_readers, e.row_count, e.shares, e.operation, e.detail
    FROM base.audit_entry AS e WHERE e.action IN ('create', 'change', 'remove') AND e.collection IN ('incidents', 'reports', 'alerts')
    ORDER BY e.txid, e.action, e.collection, e.target, e.id`,
};

export type LeftRows = Record<string, unknown[]>;

export async function leftRows(db: Database): Promise<LeftRows> {
  const run = (text: string) => asTableOwner<object>(db, new Sql([text], []));
  await run('SELECT tripoint.fold_incident_cells(1000000)');
  const left: LeftRows = {};
  for (const [table, text] of Object.entries(ROWS)) left[table] = await run(text);
  // as JSON keeps them
  return JSON.parse(JSON.stringify(left));
}
