import { expect } from '@jest/globals';
import type { MultiPolygon } from 'geojson';
import type { Caller } from '../../src/core/caller.ts';
import type { Database } from '../../src/db/database.ts';
import { type Sql, sql } from '../../src/db/sql.ts';
import { everyone, type Labelled, maySee } from './audience.oracle.ts';
import {
  isClearlyInside,
  type OracleIncident,
  type OracleZone,
  oracleZone,
  possibleRelations,
  type Relation,
} from './membership.oracle.ts';
import { countRuns } from './runs.ts';

/** A revision that somebody is shown as the zone, and that holds incidents. */
interface ZoneRow extends Labelled {
  id: string;
  revision: number;
  area: MultiPolygon;
  participants: string[];
  /** The agencies that are shown it. */
  shownTo: Set<string>;
}
interface IncidentRow extends Labelled {
  id: string;
  lon: number;
  lat: number;
  accuracyMetres: number;
}
interface Pair {
  zone: string;
  revision: number;
  incident: string;
}

export interface Truth {
  zones: ZoneRow[];
  incidents: IncidentRow[];
  /** What each incident may be to each zone. */
  relation(zone: { id: string; revision: number }, incident: string): Relation[];
}

const keyOfPair = (zone: string, revision: number, incident: string): string =>
  `${zone}/${revision} ${incident}`;

/** What is there, read through the views by callers who together see all, and the membership that follows from it. */
export async function bruteForce(db: Database): Promise<Truth> {
  const zones = await readZones(db);
  const incidents = await readAsEveryone<IncidentRow>(db, incidentsStatement, ({ id }) => id);
  const ofPair = ({ zone, revision, incident }: Pair) => keyOfPair(zone, revision, incident);
  const inside = new Set(
    (await readAsEveryone<Pair>(db, insideStatement(incidents), ofPair)).map((pair) => ofPair(pair)),
  );
  const relations = new Map<string, Relation[]>();
  for (const { id, revision, area } of zones) {
    const zone = oracleZone(id, area);
    for (const { id: incident, lon, lat, accuracyMetres } of incidents) {
      const key = keyOfPair(id, revision, incident);
      relations.set(key, relate(zone, { id: incident, at: [lon, lat], accuracyMetres }, inside.has(key)));
    }
  }
  return {
    zones,
    incidents,
    relation: ({ id, revision }, incident) => relations.get(keyOfPair(id, revision, incident)) ?? [],
  };
}

// Two witnesses for inside: PostGIS on the whole area, which decides on the outline, and turf off it.
function relate(zone: OracleZone, incident: OracleIncident, isInside: boolean): Relation[] {
  const clearly = isClearlyInside(zone, incident.at);
  if (clearly !== undefined && clearly !== isInside)
    throw new Error(`turf and PostGIS disagree about ${incident.at} in ${zone.id}`);
  return possibleRelations(zone, incident, isInside);
}

const label = (alias: Sql, owner: Sql): Sql =>
  sql`${alias}.agency, ${owner} AS owner, ${alias}.tlp, ${alias}.releasable_to AS "releasableTo"`;

const holdsIncidents = sql`z.state IN ('proposed', 'active', 'expired')`;

const zonesStatement = sql`
  SELECT z.id, z.revision, z.participants, ${label(sql`z`, sql`z.country`)}, ST_AsGeoJSON(z.area, 15)::json AS area
  FROM zone AS z WHERE ${holdsIncidents}`;

const incidentsStatement = sql`
  SELECT i.id, ST_X(i.point) AS lon, ST_Y(i.point) AS lat, i.horizontal_accuracy_m AS "accuracyMetres",
    ${label(sql`i`, sql`i.owner`)}
  FROM incident AS i`;

// The points are sent: who sees the zone need not see the incident.
const insideStatement = (incidents: readonly IncidentRow[]): Sql => sql`
  SELECT z.id AS zone, z.revision, i.id AS incident
  FROM json_to_recordset(${JSON.stringify(incidents)}::json) AS i (id uuid, lon float, lat float)
  JOIN zone AS z ON ST_Intersects(z.area, ST_SetSRID(ST_MakePoint(i.lon, i.lat), 4326))
  WHERE ${holdsIncidents}`;

async function readZones(db: Database): Promise<ZoneRow[]> {
  const zones = new Map<string, ZoneRow>();
  for (const caller of everyone)
    for (const row of await db.query<ZoneRow>(caller, zonesStatement)) {
      const key = `${row.id}/${row.revision}`;
      const zone = zones.get(key) ?? { ...row, shownTo: new Set() };
      zone.shownTo.add(caller.agency);
      zones.set(key, zone);
    }
  return [...zones.values()];
}

async function readAsEveryone<Row>(
  db: Database,
  statement: Sql,
  keyOf: (row: Row) => string,
): Promise<Row[]> {
  const rows = new Map<string, Row>();
  for (const caller of everyone)
    for (const row of await db.query<Row>(caller, statement)) rows.set(keyOf(row), row);
  return [...rows.values()];
}

/** The sentences that say where stored relations differ from the true ones, for what a caller may see. */
export function findFaults(truth: Truth, caller: Caller, stored: Map<string, string>): string[] {
  const faults: string[] = [];
  const known = new Set<string>();
  const visible = truth.incidents.filter((incident) => maySee(caller, incident));
  for (const zone of truth.zones.filter(({ shownTo }) => shownTo.has(caller.agency!))) {
    for (const incident of visible) {
      const key = keyOfPair(zone.id, zone.revision, incident.id);
      known.add(key);
      const is = stored.get(key) ?? 'none';
      const expected = truth.relation(zone, incident.id);
      if (expected.includes(is as Relation)) continue;
      const place = `${incident.lon} ${incident.lat} ±${incident.accuracyMetres}`;
      faults.push(`${caller.agency}: ${place} is ${is} to ${zone.id}, not ${expected.join(' or ')}`);
    }
  }
  const strays = [...stored.keys()].filter((key) => !known.has(key));
  return [...faults, ...strays.map((key) => `${caller.agency}: nothing is known of ${key}`)];
}

/** Holds what the database keeps against the brute force, for each caller. */
export async function expectTrueMembership(db: Database): Promise<Truth> {
  const truth = await bruteForce(db);
  countRuns(truth.zones.length * truth.incidents.length);
  for (const caller of everyone) {
    const rows = await db.query<Pair & { relation: string }>(
      caller,
      sql`SELECT zone, revision, incident, relation FROM incident_zone`,
    );
    const stored = new Map(
      rows.map((row) => [keyOfPair(row.zone, row.revision, row.incident), row.relation]),
    );
    expect(stored.size).toBe(rows.length);
    expect(findFaults(truth, caller, stored)).toEqual([]);
  }
  return truth;
}
