import { COUNTRY_CODES } from '../../core/caller.ts';
import { inBox } from '../../db/spatial.ts';
import { all, sql, when } from '../../db/sql.ts';
import { collection, field, fieldsOf } from '../../ogc/collection/collection.sql.ts';
import { IMPACT_LEVELS, Segment, SegmentId, segmentFilters } from '../borders/border.schema.ts';
import { holdsPhrase, nameFields, namesText } from '../names.sql.ts';
import { anyOf, UtcTime } from '../vocabulary.schema.ts';
import { ImpactLevel } from './impact.schema.ts';
import { criticalOf, sidesOf } from './impact.sql.ts';

const level = ImpactLevel.nullable();
const time = UtcTime.nullable();
const now = sql`statement_timestamp()`;

/** What the caller sees of a segment: each side's newest level, and a critical one. */
const effective = sql`
  SELECT (array_agg(c.level ORDER BY tripoint.impact_rank(c.level) DESC))[1] AS level,
    jsonb_object_agg(c.country, c.level) FILTER (WHERE c.level <> 'critical') AS sides,
    max(c.valid_to) AS critical_until, max(c.assessed_at) AS assessed_at, min(c.review_due_at) AS review_due_at,
    coalesce(bit_or(c.concern), 0) AS concern
  FROM ((${sidesOf(sql`s.id`, now)}) UNION ALL (${criticalOf(sql`s.id`, now)})) AS c`;

const filters = { ...segmentFilters, level: anyOf(IMPACT_LEVELS, 'Any of these levels.') };

export const impactCollection = collection({
  id: 'impact',
  noun: 'impact',
  title: 'Impact levels',
  description:
    'Segments with the impact level that you see, side by side. The layer of segments shows CLEAR levels alone.',
  key: { column: sql`s.id`, type: 'text', schema: SegmentId },
  geometry: { column: sql`s.line`, type: 'LineString', geography: sql`s.geog` },
  fields: [
    ...nameFields(sql`s.names`),
    ...fieldsOf(Segment.shape.properties, {
      border: sql`s.border`,
      fromKm: sql`s.from_km`,
      toKm: sql`s.to_km`,
    }),
    field('impactLevel', level, sql`e.level`, 'Impact level'),
    ...COUNTRY_CODES.map((country) =>
      field(
        `level${country.charAt(0)}${country.slice(1).toLowerCase()}`,
        level,
        sql`e.sides ->> ${country}`,
        `Level of ${country}`,
      ),
    ),
    field('criticalUntil', time, sql`e.critical_until`, 'Critical until'),
    field('assessedAt', time, sql`e.assessed_at`, 'Newest assessment'),
    field('reviewDueAt', time, sql`e.review_due_at`, 'Next review'),
  ],
  computed: [],
  order: { keys: [{ column: sql`s.id`, type: 'text' }] },
  hangsOnTime: true,
  isSmall: true,
  isForAgencies: true,
  isUndivided: true,
  filters,
  rows: ({ bbox, border, country, q, level: levels }) => ({
    from: sql`segment AS s CROSS JOIN LATERAL (${effective}) AS e`,
    where: all(
      when(bbox, (box) => inBox(sql`s.line`, box)),
      when(border, (code) => sql`s.border = ${code}`),
      when(q, (phrases) => holdsPhrase(namesText(sql`s.names`), phrases)),
      when(
        country,
        (code) => sql`s.border IN (SELECT b.code FROM border AS b WHERE ${code} = ANY (b.countries))`,
      ),
      when(levels, (words) => sql`e.level = ANY (${words}::text[])`),
    ),
    concern: sql`e.concern`,
  }),
});
