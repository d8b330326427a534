import type { Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from './audit.ts';

/** Incidents of all agencies, kinds and labels over ten days and a region, some of which last for days. */
export const scatter = (db: Database, count: number, seed: number) =>
  asTableOwner(
    db,
    sql`
    INSERT INTO base.incident (id, kind, severity, certainty, nature, occurred_at, occurred_until, point,
      horizontal_accuracy_m, owner, agency, tlp, releasable_to, content_hash)
    SELECT gen_random_uuid(), (ARRAY['fire', 'flood', 'distress', 'other'])[1 + r.a % 4],
      (ARRAY['minor', 'moderate', 'severe', 'extreme'])[1 + r.b % 4], 'likely', (ARRAY['actual', 'test'])[1 + r.c % 2],
      r.at, CASE r.d % 5 WHEN 0 THEN r.at + r.e % 90 * interval '1 hour' END,
      ST_SetSRID(ST_MakePoint(7.5 + r.b % 4001 / 1000.0, 31 + r.c % 6007 / 1000.0), 4326),
      100, a.country, a.id, (ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'])[1 + r.e % 5],
      CASE r.e % 5 WHEN 2 THEN ARRAY[(ARRAY['DZA', 'LBY', 'TUN'])[1 + r.d % 3]] ELSE '{}' END, ''
    FROM (
      SELECT h.*, timestamptz '2026-03-01' + (h.d % 14400) * interval '1 minute' AS at
      FROM generate_series(1, ${count}::int) AS s (n)
      CROSS JOIN LATERAL (SELECT
        abs(hashint4(s.n * 7 + ${seed}::int)) AS a, abs(hashint4(s.n * 11 + ${seed}::int)) AS b,
        abs(hashint4(s.n * 13 + ${seed}::int)) AS c, abs(hashint4(s.n * 17 + ${seed}::int)) AS d,
        abs(hashint4(s.n * 19 + ${seed}::int)) AS e) AS h
    ) AS r
    JOIN LATERAL (SELECT id, country FROM base.agency ORDER BY hashtext(id || r.a), id LIMIT 1) AS a ON true`,
  );

/** Changes in ways in which incidents change: moved, labelled, relabelled, cancelled, redated, purged. */
export const churn = (db: Database, seed: number) =>
  asTableOwner(
    db,
    sql`
    WITH gone AS (DELETE FROM base.incident WHERE abs(hashtext(id::text || ${seed}::int)) % 10 = 0)
    UPDATE base.incident AS i SET
      point = CASE h.n % 7 WHEN 1 THEN ST_Translate(i.point, 0.5, -0.25) ELSE i.point END,
      tlp = CASE h.n % 7 WHEN 2 THEN 'RED' WHEN 3 THEN 'CLEAR' WHEN 4 THEN 'AMBER+STRICT' ELSE i.tlp END,
      releasable_to = CASE h.n % 7 WHEN 2 THEN '{}' WHEN 3 THEN '{}' WHEN 4 THEN '{}' ELSE i.releasable_to END,
      severity = CASE h.n % 11 WHEN 1 THEN 'extreme' ELSE i.severity END,
      state = CASE h.n % 13 WHEN 1 THEN 'cancelled' ELSE i.state END
    FROM (SELECT b.id, abs(hashtext(b.id::text || ${seed + 1}::int)) AS n FROM base.incident AS b) AS h
    WHERE h.id = i.id AND h.n % 3 <> 0 AND abs(hashtext(i.id::text || ${seed}::int)) % 10 <> 0`,
  );
