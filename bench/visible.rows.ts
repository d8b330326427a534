import { asOwner } from '../src/db/migrations.ts';
import type { Script } from './pgbench.ts';
import type { Variable } from './question.ts';

const COLUMNS = `id, kind, severity, certainty, nature, state, occurred_at, occurred_until, reported_at, updated_at,
  place_text, description, counts_best, counts_low, counts_high, horizontal_accuracy_m, source, external_id, tlp,
  owner, agency, country, border, segment, border_km, distance_to_border_m, revision`;

const TABLE = `
  DROP TABLE IF EXISTS public.visible;
  CREATE TABLE public.visible AS SELECT ${COLUMNS}, point FROM base.incident WHERE tlp = 'CLEAR';
  CREATE INDEX ON public.visible USING gist (point);
  CREATE INDEX ON public.visible (occurred_at DESC);
  ANALYZE public.visible`;

/**
 * While it works there is a table `visible` of only the rows that a caller without a key sees, with every index that helps:
 * what a server does that has no rows to hide.
 */
export async function withVisibleRows<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  await asOwner(databaseUrl, (knex) => knex.raw(TABLE));
  try {
    return await work();
  } finally {
    await asOwner(databaseUrl, (knex) => knex.raw('DROP TABLE public.visible'));
  }
}

const SESSION = ['TimeZone=UTC', 'max_parallel_workers_per_gather=0', 'plan_cache_mode=force_custom_plan'];

const scriptOf = (text: string, variables: readonly Variable[]): Script => ({
  text: `${variables.map(setLine).join('')}${text};\n`,
  constants: {},
  session: SESSION,
});

const setLine = (variable: Variable): string =>
  'of' in variable
    ? `\\set ${variable.name} :${variable.of} + ${variable.plus}\n`
    : `\\set ${variable.name} random(${variable.from * variable.scale}, ${variable.to * variable.scale}) / ${variable.scale}.0\n`;

/** The newest 100 as GeoJSON, as pg_featureserv asks for them. `:west` and so on are variables. */
export const newestScript = (where: string, variables: readonly Variable[]): Script =>
  scriptOf(
    `SELECT json_agg(ST_AsGeoJSON(f.*)::json) FROM (
      SELECT ${COLUMNS}, point FROM public.visible AS v WHERE ${where} ORDER BY v.occurred_at DESC LIMIT 100) AS f`,
    variables,
  );

/** A tile, as pg_tileserv asks for it. */
export const tileScript = ({ z, row, column }: { z: number; row: number; column: number }): Script => {
  const tile = `${z}, ${column}, ${row}`;
  return scriptOf(
    `SELECT ST_AsMVT(t, 'incidents', 4096, 'geom') FROM (
      SELECT ${COLUMNS}, ST_AsMVTGeom(ST_Transform(v.point, 3857), ST_TileEnvelope(${tile}), 4096, 64) AS geom
      FROM public.visible AS v WHERE v.point && ST_Transform(ST_TileEnvelope(${tile}, margin => 64.0 / 4096), 4326)
      LIMIT 10000) AS t`,
    [],
  );
};
