import type { Knex } from 'knex';
import { say } from './say.ts';

/** Numeric, so that pgbench can choose one at random: its variables cannot hold text. */
export const FIRST_ZONE = 1_000_001;
const CHUNK = 50;

/** Discs and strips of 5 to 25 km on each side of the borders, the same at every run. */
export async function seedZones(knex: Knex, count: number): Promise<void> {
  await knex.raw(`SELECT set_config('tripoint.viewer', '15', false)`);
  for (let from = 0; from < count; from += CHUNK) {
    const to = Math.min(from + CHUNK, count);
    await knex.raw('SELECT setseed(?)', [(from / CHUNK + 1) / 10_001]);
    await knex.raw(
      `INSERT INTO base.zone_revision (id, country, agency, author, kind, names, purpose, participants, area, valid_from,
         proposed_at, tlp, source)
       ${zones}`,
      [from, to - 1],
    );
    await knex.raw(consents);
    await knex.raw(
      `UPDATE base.zone_revision SET agreed_at = valid_from WHERE source = 'bench' AND agreed_at IS NULL`,
    );
    say(`  ${to} of ${count} zones`);
  }
}

const zones = `
  SELECT (${FIRST_ZONE} + r.n)::text, b.countries[1], a.id, a.id, 'exercise',
    jsonb_build_object('en', 'Bench zone ' || r.n), 'Invented to measure speed.', b.countries,
    tripoint.clip_to(CASE WHEN r.n % 2 = 0
      THEN tripoint.disc(ST_LineInterpolatePoint(b.line, r.along), r.metres)
      ELSE tripoint.strip(tripoint.stretch(b.code, r.along * (b.length_km - 60), r.along * (b.length_km - 60) + r.km),
        r.metres) END, b.countries),
    timestamptz '2024-01-01T00:00:00Z', timestamptz '2024-01-01T00:00:00Z', 'CLEAR', 'bench'
  FROM (
    SELECT n, random() AS along, 5000 + random() * 20000 AS metres, 20 + random() * 40 AS km
    FROM generate_series(?::int, ?::int) AS n
  ) AS r
  JOIN (SELECT *, row_number() OVER (ORDER BY code) - 1 AS place FROM base.border) AS b ON b.place = r.n % 3
  JOIN LATERAL (SELECT a.id FROM base.agency AS a WHERE a.country = b.countries[1] ORDER BY a.id LIMIT 1) AS a ON true
  ORDER BY r.n`;

const consents = `
  INSERT INTO base.zone_consent (id, zone, revision, country, agency, decision)
  SELECT gen_random_uuid(), r.id, r.revision, p.country, a.id, 'approve'
  FROM base.zone_revision AS r CROSS JOIN unnest(r.participants) AS p (country)
  JOIN LATERAL (SELECT a.id FROM base.agency AS a WHERE a.country = p.country ORDER BY a.id LIMIT 1) AS a ON true
  WHERE r.source = 'bench' AND r.agreed_at IS NULL`;
