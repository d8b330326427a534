import type { Knex } from 'knex';

const pick = (words: readonly string[]) =>
  `(ARRAY[${words.map((word) => `'${word}'`).join(', ')}])[1 + floor(random() * ${words.length})::int]`;
const KINDS = ['irregular_crossing', 'smuggling_goods', 'smuggling_fuel', 'distress', 'fire', 'other'];

/** Subscriptions of all agencies: per hundred, 40 to segments, 30 to crossings, 29 to zones and 1 with a filter. */
export async function seedSubscriptions(knex: Knex, count: number): Promise<void> {
  await knex.raw('DELETE FROM base.subscription');
  await knex.raw('SELECT setseed(0.5)');
  await knex.raw(
    `INSERT INTO base.subscription (id, agency, segment, crossing, within_m, zone, filter, kinds, minimum_severity,
       natures, triggers, hysteresis_m, enabled)
     SELECT gen_random_uuid(), a.ids[1 + r.n % cardinality(a.ids)],
       CASE WHEN r.place < 40 THEN s.ids[1 + floor(r.one * cardinality(s.ids))::int] END,
       CASE WHEN r.place >= 40 AND r.place < 70 THEN c.ids[1 + floor(r.one * cardinality(c.ids))::int] END,
       CASE WHEN r.place < 70 THEN 1000 + r.other * 9000 END,
       CASE WHEN r.place >= 70 AND r.place < 99 THEN z.ids[1 + floor(r.one * cardinality(z.ids))::int] END,
       CASE WHEN r.place = 99 THEN to_jsonb(format('kind = ''%s'' AND distanceToBorderMetres < %s', r.kind, 1000 + (r.other * 20000)::int)) END,
       CASE WHEN r.n % 4 > 0 THEN ARRAY[r.kind, r.kind_too] END,
       CASE WHEN r.n % 3 > 0 THEN ${pick(['moderate', 'severe', 'extreme'])} END, '{actual,test}',
       CASE r.n % 3 WHEN 0 THEN '{created}'::text[] WHEN 1 THEN '{enter,leave}' ELSE '{created,updated,closed}' END, 250, true
     FROM (
       SELECT n, n % 100 AS place, random() AS one, random() AS other, ${pick(KINDS)} AS kind, ${pick(KINDS)} AS kind_too
       FROM generate_series(1, ?::int) AS n
     ) AS r,
     (SELECT array_agg(id ORDER BY id) AS ids FROM base.agency) AS a,
     (SELECT array_agg(id ORDER BY id) AS ids FROM base.segment) AS s,
     (SELECT array_agg(id ORDER BY id) AS ids FROM base.crossing) AS c,
     (SELECT array_agg(id ORDER BY id) AS ids FROM base.zone WHERE source = 'bench') AS z`,
    [count],
  );
  await knex.raw('ANALYZE base.subscription');
}
