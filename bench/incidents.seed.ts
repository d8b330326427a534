import { asOwner } from '../src/db/migrations.ts';
import { say } from './say.ts';

const CHUNK = 10_000; // rows per statement
const CONNECTIONS = 2;
export const FIRST_DAY = '2024-11-01T00:00:00Z';
export const DAYS = 730;

/** Synthetic incidents of nature `test`, the same at every run; the triggers place them like any other. */
export async function seedIncidents(url: string, count: number): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(count / CHUNK) }, (_, index) => index * CHUNK);
  let done = 0;
  const work = () =>
    asOwner(url, async (knex) => {
      for (let from = chunks.shift(); from !== undefined; from = chunks.shift()) {
        const to = Math.min(from + CHUNK, count);
        await knex.raw('SELECT setseed(?)', [(from / CHUNK + 1) / 100_001]);
        await knex.raw(`INSERT INTO base.incident (${COLUMNS}) ${rows(from + 1, to)}`);
        done += to - from;
        if (done % (10 * CHUNK) === 0 || done === count) say(`  ${done} of ${count} incidents`);
      }
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

const COLUMNS = `id, kind, severity, certainty, nature, state, occurred_at, occurred_until, reported_at, point,
  horizontal_accuracy_m, place_text, description, counts_best, counts_low, counts_high, source, external_id, owner,
  agency, tlp, releasable_to, content_hash`;

// UUIDv7: 48 bits of time, then bits in place of random ones.
const uuid = `(lpad(to_hex((extract(epoch FROM r.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(r.n::text), 1, 3)
  || '8' || substr(md5(r.n::text), 4, 15))::uuid`;

const pick = (words: readonly string[]) =>
  `(ARRAY[${words.map((word) => `'${word}'`).join(', ')}])[1 + floor(random() * ${words.length})::int]`;

/** Nine of ten within 60 km of a border, the others up to 300 km; a quarter each CLEAR, GREEN and AMBER, the rest narrower. */
const rows = (first: number, last: number): string => `
  SELECT ${uuid}, r.kind, r.severity, r.certainty, 'test', r.state, r.at,
    CASE WHEN r.n % 5 = 0 THEN r.at + interval '90 minutes' END, r.at + interval '20 minutes',
    ST_SnapToGrid(ST_Project(ST_LineInterpolatePoint(b.line, r.along)::geography, r.metres, r.azimuth)::geometry, 1e-6),
    r.accuracy_m, 'Near a border', 'Invented to measure speed.', r.n % 12, r.n % 12, r.n % 12 + 3, 'bench', r.n::text,
    a.country, a.id, r.tlp,
    CASE WHEN r.tlp = 'AMBER' THEN array_remove(b.countries, a.country) ELSE '{}' END, sha256(r.n::text::bytea)
  FROM (
    SELECT n, ${pick(['DZA-TUN', 'DZA-TUN', 'LBY-TUN', 'DZA-LBY', 'DZA-LBY'])} AS border, random() AS along,
      CASE WHEN n % 10 = 0 THEN 60000 + random() * 240000 ELSE random() * 60000 END AS metres,
      random() * 2 * pi() AS azimuth,
      timestamptz '${FIRST_DAY}' + floor(random() * ${DAYS * 1440}) * interval '1 minute' AS at,
      ${pick(['irregular_crossing', 'smuggling_goods', 'smuggling_fuel', 'distress', 'fire', 'other'])} AS kind,
      ${pick(['minor', 'moderate', 'severe', 'extreme'])} AS severity,
      ${pick(['observed', 'likely', 'possible', 'unlikely'])} AS certainty,
      ${pick(['open', 'ongoing', 'closed', 'closed'])} AS state,
      (ARRAY[50, 100, 250, 1000, 5000])[1 + floor(random() * 5)::int] AS accuracy_m,
      ${pick([
        'dza-gardes-frontieres',
        'dza-douanes',
        'tun-garde-nationale',
        'tun-douane',
        'lby-service-gardes-frontieres',
        'lby-douanes',
      ])} AS agency,
      (ARRAY['CLEAR', 'GREEN', 'AMBER', CASE WHEN n % 8 < 4 THEN 'AMBER+STRICT' ELSE 'RED' END])[1 + n % 4] AS tlp
    FROM generate_series(${first}, ${last}) AS n
  ) AS r
  JOIN base.border AS b ON b.code = r.border
  JOIN base.agency AS a ON a.id = r.agency
  ORDER BY r.n`;
