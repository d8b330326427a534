import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { sql } from '../../src/db/sql.ts';
import type { Queryables } from '../../src/ogc/cql2/queryable.sql.ts';

const read = (file: string): string =>
  readFileSync(new URL(`../fixtures/cql2/${file}`, import.meta.url), 'utf8').trim();

const cells = (line: string): string[] => line.split('¦').map((cell) => cell.trim());

export interface Expectation {
  source: 'places' | 'rivers';
  predicate: string;
  count: number;
}

const expectation = (source: string, predicate: string, count: string): Expectation => ({
  source: source as Expectation['source'],
  predicate,
  count: Number(count),
});

/** The tables "predicates and expected results" of Annex A, by conformance class. */
export const annexA = read('annex-a.txt')
  .split(/^# /m)
  .slice(1)
  .map((block): [name: string, expectations: Expectation[]] => {
    const [name, ...lines] = block.trim().split('\n');
    return [
      name!,
      lines.map(cells).map(([source, predicate, count]) => expectation(source!, predicate!, count!)),
    ];
  });

/** Its table of combinations p1, p2, p3, p4 and the number of places expected. */
export const annexALogic = read('annex-a-logic.txt')
  .split('\n')
  .map(cells)
  .map((row) => [...row.slice(0, 4), Number(row[4])] as [string, string, string, string, number]);

const COLUMNS = read('places.csv').split('\n')[0]!.split(',');

/** Makes the points and lines of the standard's test data in a database, as tables of their owner. */
export async function makeTestData(client: pg.ClientBase): Promise<void> {
  await client.query(`
    CREATE TABLE public.places (fid int, lon float8, lat float8, name text, nameascii text, pop_max int, pop_min int,
      pop_other int, "date" date, start timestamptz, "end" timestamptz, "boolean" boolean,
      geom geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED);
    CREATE TABLE public.rivers (fid int GENERATED ALWAYS AS IDENTITY, name text, geom geometry(LineString, 4326));
    GRANT SELECT ON public.places, public.rivers TO tripoint_service`);
  const places = read('places.csv').split('\n').slice(1).map(placeOf);
  await client.query(
    `INSERT INTO public.places (fid, lon, lat, name, nameascii, pop_max, pop_min, pop_other, "date", start, "end", "boolean")
     SELECT fid, lon, lat, name, coalesce(nameascii, name), pop_max, pop_min, pop_other, "date", start, "end", "boolean"
     FROM json_populate_recordset(NULL::public.places, $1)`,
    [JSON.stringify(places)],
  );
  const rivers = read('rivers.csv').split('\n').slice(1).map(riverOf);
  await client.query(
    `INSERT INTO public.rivers (name, geom) SELECT r.name, ST_SetSRID(r.wkt::geometry, 4326)
     FROM json_to_recordset($1) AS r(name text, wkt text)`,
    [JSON.stringify(rivers)],
  );
}

/** One name has a comma and stands in quotes. */
function placeOf(line: string): Record<string, string | null> {
  const values = [...line.matchAll(/(?<=^|,)(?:"([^"]*)"|([^,"]*))(?=,|$)/g)].map(
    ([, quoted, plain]) => quoted ?? plain,
  );
  return Object.fromEntries(COLUMNS.map((column, i) => [column, values[i] || null]));
}

function riverOf(line: string): { name: string; wkt: string } {
  const [name, numbers] = line.split(',') as [string, string];
  return { name, wkt: `LINESTRING(${numbers.replace(/(\S+ \S+) /g, '$1,')})` };
}

export const placeQueryables: Queryables = new Map([
  ['name', { type: 'string', sql: sql`p.name` }],
  ['nameascii', { type: 'string', sql: sql`p.nameascii` }],
  ['pop_max', { type: 'integer', sql: sql`p.pop_max` }],
  ['pop_min', { type: 'integer', sql: sql`p.pop_min` }],
  ['pop_other', { type: 'integer', sql: sql`p.pop_other` }],
  ['date', { type: 'date', sql: sql`p."date"` }],
  ['start', { type: 'timestamp', sql: sql`p.start` }],
  ['end', { type: 'timestamp', sql: sql`p."end"` }],
  ['boolean', { type: 'boolean', sql: sql`p."boolean"` }],
  ['geom', { type: 'geometry', sql: sql`p.geom` }],
]);

export const riverQueryables: Queryables = new Map([
  ['name', { type: 'string', sql: sql`p.name` }],
  ['geom', { type: 'geometry', sql: sql`p.geom` }],
]);
