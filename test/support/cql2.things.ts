import type { Feature, Geometry } from 'geojson';
import type pg from 'pg';
import { sql } from '../../src/db/sql.ts';
import type { Queryables } from '../../src/ogc/cql2/queryable.sql.ts';

export interface Thing {
  name: string | null;
  note: string | null;
  amount: number | null; // whole
  ratio: number | null;
  done: boolean | null;
  at: string | null; // a time
  until: string | null; // a time, not before `at`
  day: string | null; // a date
  tags: string[] | null;
}
export type ThingFeature = Feature<Geometry, Thing> & { id: number };

export const NOTHING: Thing = {
  name: null,
  note: null,
  amount: null,
  ratio: null,
  done: null,
  at: null,
  until: null,
  day: null,
  tags: null,
};

/** A table of features with a column for each kind of queryable, and a NULL where a feature has none. */
export async function makeThings(
  client: pg.ClientBase,
  features: readonly (Partial<Feature> & { id: number })[],
) {
  await client.query(`
    CREATE TABLE public.things (fid int, name text, note text, amount int, ratio float8, done boolean,
      at timestamptz, until timestamptz, day date, tags text[], geom geometry(Geometry, 4326),
      geog geography GENERATED ALWAYS AS (geom::geography) STORED,
      period tstzrange GENERATED ALWAYS AS (CASE WHEN at IS NOT NULL THEN tstzrange(at, coalesce(until, 'infinity'), '[]') END) STORED);
    CREATE INDEX things_geom_idx ON public.things USING gist (geom);
    CREATE INDEX things_geog_idx ON public.things USING gist (geog);
    CREATE INDEX things_period_idx ON public.things USING gist (period);
    CREATE INDEX things_at_idx ON public.things (at);
    CREATE INDEX things_name_idx ON public.things (name);
    CREATE INDEX things_amount_idx ON public.things (amount);
    CREATE INDEX things_tags_idx ON public.things USING gin (tags);
    GRANT SELECT ON public.things TO tripoint_service`);
  const rows = features.map(({ id, geometry, properties }) => ({
    ...properties,
    fid: id,
    geom: geometry ?? null,
  }));
  await client.query(
    `INSERT INTO public.things (fid, name, note, amount, ratio, done, at, until, day, tags, geom)
     SELECT t.fid, t.name, t.note, t.amount, t.ratio, t.done, t.at, t.until, t.day, t.tags,
            ST_SetSRID(ST_GeomFromGeoJSON(t.geom), 4326)
     FROM json_to_recordset($1) AS t(fid int, name text, note text, amount int, ratio float8, done boolean,
       at timestamptz, until timestamptz, day date, tags text[], geom json)`,
    [JSON.stringify(rows)],
  );
}

export const things = sql`public.things`;

export const thingQueryables: Queryables = new Map([
  ['name', { type: 'string', sql: sql`p.name` }],
  ['note', { type: 'string', sql: sql`p.note` }],
  ['amount', { type: 'integer', sql: sql`p.amount` }],
  ['ratio', { type: 'number', sql: sql`p.ratio` }],
  ['done', { type: 'boolean', sql: sql`p.done` }],
  ['at', { type: 'timestamp', sql: sql`p.at` }],
  ['until', { type: 'timestamp', sql: sql`p.until` }],
  ['day', { type: 'date', sql: sql`p.day` }],
  [
    'period',
    { type: 'interval', sql: sql`p.at`, end: sql`coalesce(p.until, 'infinity')`, range: sql`p.period` },
  ],
  ['plainPeriod', { type: 'interval', sql: sql`p.at`, end: sql`p.until` }],
  ['tags', { type: 'array', sql: sql`p.tags` }],
  ['geom', { type: 'geometry', sql: sql`p.geom`, geography: sql`p.geog` }],
]);
