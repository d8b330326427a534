import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import type { Versioned } from '../../core/precondition.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findVersioned, listStatement } from '../../db/layer.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { pointAt } from '../../db/spatial.ts';
import { all, listed, plannedOnce, type Sql, sql, writing } from '../../db/sql.ts';
import { oneRow } from '../../db/transaction.ts';
import { narrowed, type Rows, rowsFor } from '../../ogc/collection/collection.sql.ts';
import { orderedRows, type RowWays } from '../../ogc/collection/row.ways.store.ts';
import { type StrangerGuard, strangerLimits } from '../../ogc/collection/stranger.limits.store.ts';
import { wayNear } from '../../ogc/collection/way.choice.sql.ts';
import { isNotFolded } from './double.sql.ts';
import { incidentCollection } from './incident.collection.sql.ts';
import { hashOf, type NewIncident } from './incident.content.ts';
import { columnsOf, flatContent } from './incident.fields.sql.ts';
import { reportedFields } from './incident.fields.ts';
import type { IncidentQuery, SegmentIncidentQuery, ZoneIncidentQuery } from './incident.query.ts';
import {
  incidents,
  incidentsNearSegment,
  incidentsOfZone,
  incidentWithZones,
  isWritten,
  noteWritten,
  ofAttributes,
  rowsNearSegment,
  windowInZone,
  writtenIncident,
  zoneAnchor,
} from './incident.sql.ts';

interface StoreSettings {
  ways: RowWays;
  strangers?: StrangerGuard;
}

export const incidentStore = (db: Database, { ways, strangers = strangerLimits(db) }: StoreSettings) => ({
  async list(caller: Caller, { as, fold, ...query }: IncidentQuery): Promise<Page> {
    const own = rowsFor(caller, incidentCollection, incidentCollection.rows(query));
    const shown = as ? narrowedFreely(own, isSeenBy(caller, as)) : own;
    const rows = fold ? narrowedFreely(shown, isNotFolded(fold, shown)) : shown;
    const { where, concern, anchor } = rows;
    const layer = { ...incidents, ...(concern && { concern }) };
    const statement = listStatement(layer, where, query, ways.choose(caller, incidentCollection, rows));
    const page = await pageBeside({ strangers, caller, query }, statement, anchor?.row);
    if (!page) throw anchor!.missing();
    return page;
  },

  /** undefined: the caller sees no such zone. */
  listInZone: (caller: Caller, zone: string, { match, fold, ...query }: ZoneIncidentQuery) => {
    const layer = incidentsOfZone(zone);
    // the index has the order of the page for every zone, and planning takes longer than reading
    const isMember = plannedOnce(
      all(
        sql`m.zone = ${zone} AND m.revision = (SELECT z.revision FROM ${view.zone} AS z WHERE z.id = ${zone})`,
        match === 'point' ? sql`m.relation <> 'possible'` : undefined,
      ),
    );
    const where = all(isMember, ofAttributes(query, sql`m.occurred_at`));
    const folded = fold && isNotFolded(fold, { from: layer.from, where });
    const ordered = windowInZone(layer, all(isMember, folded), query);
    const page = listStatement(layer, all(where, folded), query, ordered);
    return pageBeside({ strangers, caller, query }, page, zoneAnchor(zone));
  },

  /** undefined: no such segment. */
  listNearSegment: (
    caller: Caller,
    segment: string,
    { withinMetres, fold, ...query }: SegmentIncidentQuery,
  ) => {
    const near = rowsFor(caller, incidentCollection, rowsNearSegment(segment, withinMetres, query));
    const { from } = incidents;
    const rows = fold ? narrowed(near, isNotFolded(fold, { from, where: near.where })) : near;
    const found = { from, parts: rows.parts };
    const ordered = orderedRows(incidentCollection, found, wayNear(withinMetres));
    const page = listStatement(incidentsNearSegment(segment), rows.where, query, ordered);
    const anchor = sql`SELECT 0 AS concern, NULL::json AS about FROM segment AS s WHERE s.id = ${segment}`;
    return pageBeside({ strangers, caller, query }, page, anchor);
  },

  find: (caller: Caller, id: string) => findVersioned(db, caller, incidentWithZones, id),

  /** `taken`: the id belongs to another incident, possibly a hidden one. */
  async create(
    caller: Caller,
    id: string,
    incident: NewIncident,
  ): Promise<Versioned & { outcome: 'created' | 'same' | 'taken' }> {
    const hash = hashOf(incident);
    const [row] = await db.writeAndRead<Versioned & { is_new: boolean; is_same: boolean }>(caller, {
      write: insertStatement(caller, id, incident, hash),
      read: sql`
        SELECT f.feature, f.version, f.seen_one, f.seen_target, ${isWritten} AS is_new,
          i.agency = ${caller.agency} AND i.content_hash = ${hash} AS is_same
        FROM (${featureStatement(writtenIncident, sql`i.id = ${id}`)}) AS f, ${view.incident} AS i WHERE i.id = ${id}`,
    });
    const { is_new: isNew = false, is_same: isSame = false, feature = '', version = '' } = row ?? {};
    return { outcome: isNew ? 'created' : isSame ? 'same' : 'taken', feature, version };
  },
});
export type IncidentStore = ReturnType<typeof incidentStore>;

/** By a condition that the indexes of cells cannot answer. */
function narrowedFreely(rows: Rows, condition: Sql): Rows {
  const { parts, ...others } = narrowed(rows, condition);
  return { ...others, parts: parts && { ...parts, asks: 'others' } };
}

/** Own country's incidents in the audience of another country: RED is in no audience. */
const isSeenBy = ({ country: own }: Caller, country: string): Sql =>
  sql`i.owner = ${own}
    AND tripoint.audience(i.tlp, i.owner, i.releasable_to) & tripoint.country_bits(ARRAY[${country}::text]) <> 0`;

interface ListQuestion {
  strangers: StrangerGuard;
  caller: Caller;
  query: { limit: number; q?: readonly string[] | undefined };
}

/** A page, and in the same statement whether its parent exists, and its owners. */
async function pageBeside(
  { strangers, caller, query }: ListQuestion,
  page: Sql,
  anchor?: Sql,
): Promise<Page | undefined> {
  const statement = anchor
    ? sql`SELECT p.*, a.concern IS NOT NULL AS is_known, a.concern AS seen_target, a.about
        FROM (${page}) AS p LEFT JOIN (${anchor}) AS a ON true`
    : page;
  const limited = { filters: { q: query.q }, filter: undefined, sort: [] };
  const row = oneRow(await strangers.ask<PageColumns>(caller, limited, statement));
  const { is_known: isKnown, about } = row;
  return isKnown === false ? undefined : { ...toPage(row, query.limit), ...(about && { about }) };
}

type PageColumns = PageRow & { is_known?: boolean; about?: Page['about'] | null };

const insertStatement = (caller: Caller, id: string, incident: NewIncident, hash: Buffer): Sql => {
  const [lon, lat] = incident.geometry.coordinates as [number, number];
  const content = flatContent(incident.properties);
  const values = listed(reportedFields.map(({ name }) => sql`${content[name]}`));
  return writing`
    INSERT INTO ${view.incident} (id, point, owner, agency, content_hash, ${columnsOf(reportedFields)})
    VALUES (${id}, ${pointAt(lon, lat)}, ${caller.country}, ${caller.agency}, ${hash}, ${values})
    ON CONFLICT (id) DO NOTHING RETURNING ${noteWritten}`;
};
