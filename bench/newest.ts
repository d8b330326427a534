import { asOwner } from '../src/db/migrations.ts';
import { type Comparison, compare } from './comparison.ts';
import { DAYS, FIRST_DAY } from './incidents.seed.ts';
import type { Options } from './options.ts';
import type { Script } from './pgbench.ts';
import type { Question, Variable } from './question.ts';
import type { Service } from './service.process.ts';

const DAY_MS = 86_400_000;
const onDay = (day: number): string => new Date(Date.parse(FIRST_DAY) + day * DAY_MS).toISOString();
const SIDE = 0.5; // degrees

/** Half a degree each way, on the border of Algeria and Tunisia. */
const box: Variable[] = [
  { name: 'west', from: 7.6, to: 8.2, scale: 1e4 },
  { name: 'south', from: 31.5, to: 36, scale: 1e4 },
  { name: 'east', of: 'west', plus: SIDE },
  { name: 'north', of: 'south', plus: SIDE },
];
const CORNERS = ['west south', 'east south', 'west north', 'west south'];
const items = (query: string): string => `/v1/collections/incidents/items?limit=100&${query}`;
const filter = encodeURIComponent(
  `S_INTERSECTS(geometry,POLYGON((${CORNERS.map((corner) => corner.replace(/\w+/g, '{$&}')).join()})))`,
).replace(/%7B(\w+)%7D/g, '{$1}');

interface Asked {
  question: Question;
  /** The same over the table of visible rows; `:west` and so on are variables. */
  where: string;
}

const rectangle = 'ST_MakeEnvelope(:west, :south, :east, :north, 4326)';
const triangle = `ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[${CORNERS.map(
  (corner) => `ST_MakePoint(:${corner.replace(' ', ', :')})`,
).join()}])), 4326)`;
const period = [onDay(DAYS - 180), onDay(DAYS - 90)];
// a colon would begin a variable of pgbench
const [start, end] = period.map((text) => text.slice(0, 10));

const asked: Asked[] = [
  {
    question: {
      name: 'newest 100 in a box of 0.5°',
      path: items('bbox={west},{south},{east},{north}'),
      variables: box,
      target: 4,
    },
    where: `v.point && ${rectangle}`,
  },
  {
    question: {
      name: 'the same within 90 days',
      path: items(`bbox={west},{south},{east},{north}&datetime=${period.join('/')}`),
      variables: box,
      target: 1.6,
    },
    where: `v.point && ${rectangle} AND v.occurred_at >= '${start}' AND v.occurred_at <= '${end}'`,
  },
  {
    question: {
      name: 'newest 100 in a polygon (CQL2)',
      path: items(`filter=${filter}`),
      variables: box,
      target: 5,
    },
    where: `ST_Intersects(v.point, ${triangle})`,
  },
];

/**
 * A caller without a key, who sees a quarter of the rows, beside a table of those rows alone with every index that helps:
 * what a server does that has no rows to hide.
 */
export async function compareNewest(
  databaseUrl: string,
  service: Service,
  options: Options,
): Promise<Comparison[]> {
  await asOwner(databaseUrl, (knex) => knex.raw(VISIBLE));
  try {
    const comparisons = [];
    for (const { question, where } of asked)
      comparisons.push(await compare(databaseUrl, service, question, options, scriptFor(where)));
    return comparisons;
  } finally {
    await asOwner(databaseUrl, (knex) => knex.raw('DROP TABLE public.visible'));
  }
}

const COLUMNS = `id, kind, severity, certainty, nature, state, occurred_at, occurred_until, reported_at, updated_at,
  place_text, description, counts_best, counts_low, counts_high, horizontal_accuracy_m, source, external_id, tlp,
  owner, agency, country, border, segment, border_km, distance_to_border_m, revision`;

const VISIBLE = `
  DROP TABLE IF EXISTS public.visible;
  CREATE TABLE public.visible AS SELECT ${COLUMNS}, point FROM base.incident WHERE tlp = 'CLEAR';
  CREATE INDEX ON public.visible USING gist (point);
  CREATE INDEX ON public.visible (occurred_at DESC);
  ANALYZE public.visible`;

const setLines = box
  .map((variable) =>
    'of' in variable
      ? `\\set ${variable.name} :${variable.of} + ${variable.plus}\n`
      : `\\set ${variable.name} random(${variable.from * variable.scale}, ${variable.to * variable.scale}) / ${variable.scale}.0\n`,
  )
  .join('');

const scriptFor = (where: string): Script => ({
  text: `${setLines}SELECT json_agg(ST_AsGeoJSON(f.*)::json) FROM (
    SELECT ${COLUMNS}, point FROM public.visible AS v WHERE ${where} ORDER BY v.occurred_at DESC LIMIT 100) AS f;\n`,
  constants: {},
  session: ['TimeZone=UTC', 'max_parallel_workers_per_gather=0', 'plan_cache_mode=force_custom_plan'],
});
