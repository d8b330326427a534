import { LRUCache } from 'lru-cache';
import { type Caller, viewerOf } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { listed, type Sql, sql } from '../../db/sql.ts';
import type { Collection } from './collection.sql.ts';

/** Spatial and temporal extent of the features that the caller sees. */
export interface Extent {
  bbox: [west: number, south: number, east: number, north: number] | null;
  /** Null if the layer has no times. */
  interval: [from: string, to: string] | null;
}

export type Extents = Record<string, Extent>;

const FRESH_MS = 60_000;
const MOST_AUDIENCES = 200;
const ROUNDING = 10; // a tenth of a degree

/**
 * The extents of all layers in one statement, once a minute per view. Rounded outwards to tenths of a degree and whole
 * days: at that precision they reveal no row, so they are not audited.
 */
export function extentStore(db: Database, collections: readonly Collection[]) {
  const known = new LRUCache<string, Promise<Extents>>({ max: MOST_AUDIENCES, ttl: FRESH_MS });
  return {
    find(caller: Caller): Promise<Extents> {
      const audience = `${viewerOf(caller)}/${caller.agency ?? ''}`;
      const found = known.get(audience) ?? ask(db, caller, collections);
      known.set(audience, found, { noUpdateTTL: true });
      found.catch(() => known.delete(audience));
      return found;
    },
  };
}
export type ExtentStore = ReturnType<typeof extentStore>;

async function ask(db: Database, caller: Caller, collections: readonly Collection[]): Promise<Extents> {
  const members = collections
    .filter(hasExtent)
    .map((collection) => sql`${collection.id}::text, (${extentOf(collection)})`);
  const statement = sql`SELECT json_build_object(${listed(members)}) AS extents, 0 AS seen_one`;
  const row = await db.queryOne<{ extents: Extents }>(caller, statement);
  return { ...Object.fromEntries(collections.map(({ id }) => [id, NONE])), ...row.extents };
}

const NONE: Extent = { bbox: null, interval: null };
const hasExtent = ({ geometry, time }: Collection): boolean => geometry !== undefined || time !== undefined;

function extentOf(collection: Collection): Sql {
  const { from, where } = collection.rows({});
  return sql`SELECT json_build_object('bbox', ${boxOf(collection)}, 'interval', ${intervalOf(collection)})
    FROM (
      SELECT ${collection.geometry ? sql`ST_Extent(${collection.geometry.column})` : sql`NULL::box2d`} AS box,
             ${listed(timesOf(collection))}
      FROM ${from} WHERE ${where}
    ) AS e`;
}

const boxOf = ({ geometry }: Collection): Sql =>
  geometry
    ? sql`CASE WHEN e.box IS NOT NULL THEN json_build_array(
        greatest(-180, floor(ST_XMin(e.box) * ${ROUNDING}::float) / ${ROUNDING}::float),
        greatest(-90, floor(ST_YMin(e.box) * ${ROUNDING}::float) / ${ROUNDING}::float),
        least(180, ceil(ST_XMax(e.box) * ${ROUNDING}::float) / ${ROUNDING}::float),
        least(90, ceil(ST_YMax(e.box) * ${ROUNDING}::float) / ${ROUNDING}::float)) END`
    : sql`NULL::json`;

/** The first start and the last end; an open end lasts until now. */
function timesOf({ time, fields }: Collection): Sql[] {
  const columnOf = (name: string) => fields.find((field) => field.name === name)!.value;
  if (!time) return [sql`NULL::timestamptz AS first`, sql`NULL::timestamptz AS last`];
  const start = columnOf(time.start);
  // the standard allows half-bounded intervals, but OGC's test suite fails on their null
  const end = time.end ? sql`coalesce(${columnOf(time.end)}, now())` : sql`now()`;
  return [sql`min(${start}) AS first`, sql`max(greatest(${start}, ${end})) AS last`];
}

const intervalOf = ({ time }: Collection): Sql =>
  time
    ? sql`CASE WHEN e.first IS NOT NULL THEN json_build_array(tripoint.utc(date_trunc('day', e.first)),
        tripoint.utc(date_trunc('day', e.last) + interval '1 day')) END`
    : sql`NULL::json`;
