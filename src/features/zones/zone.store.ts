import type { Caller } from '../../core/caller.ts';
import type { Versioned } from '../../core/precondition.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findVersioned, type Layer, listFeatures } from '../../db/layer.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { AreaGeometry } from '../../geometry/area.shape.ts';
import { lockRevisions, type StoredRevision } from './revision.facts.sql.ts';
import type { ZoneQuery } from './zone.answer.ts';
import { zoneCollection } from './zone.collection.sql.ts';
import type { ZoneStep } from './zone.lifecycle.ts';
import { type AreaSource, isSameArea } from './zone.shape.sql.ts';
import { writtenRevision, writtenZone, zones, zoneVersion } from './zone.sql.ts';
import {
  contentJson,
  createStatement,
  editStatement,
  endStatement,
  eraseStatement,
  proposeStatement,
  relabelStatement,
  renewStatement,
  reviseStatement,
  type ZoneContent,
  type ZoneLabel,
} from './zone.write.sql.ts';

/** The newest revision of a zone, for a change. */
export interface StoredZone extends StoredRevision {
  content: ZoneContent;
  /** Participants of the revisions that are in force, coming or waiting. */
  parties: string[];
  version: string;
  /** Whether its area equals the drawn one, at the precision of answers. */
  hasThatArea: boolean;
}

/** The effect of a change, by the rules. */
export interface ZoneRevisionWrite {
  step: ZoneStep;
  content: ZoneContent;
  shape: AreaSource;
  label?: ZoneLabel | undefined;
}

export const zoneStore = (db: Database) => ({
  list: (caller: Caller, query: ZoneQuery) =>
    listFeatures(db, caller, zones, zoneCollection.rows(query).where, query),

  find: (caller: Caller, id: string) => findVersioned(db, caller, zones, id),

  /** undefined: the shape is empty. */
  create: (
    caller: Caller,
    id: string,
    zone: { content: ZoneContent; shape: AreaSource },
    isProposed: boolean,
  ): Promise<Versioned | undefined> =>
    db.transaction(caller, async (tx) => {
      const made = await tx.query(createStatement(caller, id, zone, isProposed));
      return made.length > 0 ? read(tx, writtenZone, id) : undefined;
    }),

  /**
   * `merge` gets the current, locked zone, and whether its area equals `drawn`; it throws to refuse.
   * undefined: the new shape is empty.
   */
  change: (
    caller: Caller,
    id: string,
    merge: (current: StoredZone | undefined) => ZoneRevisionWrite,
    drawn?: AreaGeometry,
  ): Promise<Versioned | undefined> =>
    db.transaction(caller, async (tx) => {
      const current = await lockCurrent(tx, id, drawn);
      const change = merge(current);
      if (change.label) await tx.query(relabelStatement(id, change.label));
      if (change.step === 'relabel') return read(tx, writtenZone, id);
      const statement =
        change.step === 'edit'
          ? editStatement(caller, id, change)
          : reviseStatement(caller, { id, revision: current!.revision }, change);
      const written = await tx.query(statement);
      return written.length > 0 ? readNewest(tx, id) : undefined;
    }),

  /** Proposes a draft, or a suspended zone again. */
  propose: (
    caller: Caller,
    id: string,
    permit: (current: StoredZone | undefined) => ZoneStep,
  ): Promise<Versioned> =>
    db.transaction(caller, async (tx) => {
      const current = await lockCurrent(tx, id);
      const isRenewed = permit(current) === 'renew';
      await tx.query(isRenewed ? renewStatement(caller, id, current!.revision) : proposeStatement(id));
      return readNewest(tx, id);
    }),

  /** Removes a draft; withdraws any other zone, which stays readable with its revisions. */
  remove: (
    caller: Caller,
    id: string,
    permit: (current: StoredZone | undefined) => ZoneStep,
  ): Promise<void> =>
    db.transaction(caller, async (tx) => {
      const step = permit(await lockCurrent(tx, id));
      await tx.query(step === 'erase' ? eraseStatement(id) : endStatement(id));
    }),
});
export type ZoneStore = ReturnType<typeof zoneStore>;

const more = (drawn: AreaGeometry | undefined): Sql => sql`${contentJson(sql`v`)} AS content,
  ${zoneVersion(sql`v`)} AS version, ${drawn ? isSameArea(sql`v.area`, drawn) : sql`false`} AS "hasThatArea", ARRAY(
    SELECT DISTINCT p.country FROM ${view.zoneRevision} AS l CROSS JOIN unnest(l.participants) AS p (country)
    WHERE l.id = v.id AND NOT l.is_replaced) AS parties`;

async function lockCurrent(
  tx: Transaction,
  id: string,
  drawn?: AreaGeometry,
): Promise<StoredZone | undefined> {
  const rows = await lockRevisions<Omit<StoredZone, keyof StoredRevision>>(tx, id, { more: more(drawn) });
  return rows.at(-1);
}

const read = (tx: Transaction, layer: Layer, id: string, more: Sql = sql`true`): Promise<Versioned> =>
  tx.queryOne<Versioned>(featureStatement(layer, sql`z.id = ${id} AND ${more}`));

const readNewest = (tx: Transaction, id: string): Promise<Versioned> =>
  read(
    tx,
    writtenRevision,
    id,
    sql`z.revision = (SELECT max(n.revision) FROM ${view.zoneRevision} AS n WHERE n.id = ${id})`,
  );
