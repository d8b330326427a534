import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import type { Versioned } from '../../core/precondition.ts';
import { incidentConcern, NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { findVersioned, type Layer, listFeatures } from '../../db/layer.ts';
import { featureText, fromGeoJson, pointInBox } from '../../db/spatial.ts';
import { all, sql, when, writing } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';
import type { OwnedRow } from '../label.permission.ts';
import type { OfferContent, OfferQuery } from './offer.schema.ts';

const members = sql`'agency', r.agency, 'owner', r.owner, 'kind', r.kind, 'quantity', r.quantity, 'text', r.text,
  'placeText', r.place_text, 'availableFrom', tripoint.utc(r.available_from),
  'availableUntil', tripoint.utc(r.available_until), 'tlp', r.tlp, 'releasableTo', r.releasable_to,
  'revision', r.revision, 'updatedAt', tripoint.utc(r.updated_at)`;

const concern = incidentConcern(sql`o`);

/** Available first. */
const offers: Layer = {
  columns: sql`o.id, o.agency, o.owner, o.kind, o.quantity, o.text, o.point, o.place_text, o.available_from,
    o.available_until, o.tlp, o.releasable_to, o.revision, o.updated_at`,
  from: sql`${view.offer} AS o`,
  id: sql`o.id`,
  feature: featureText(sql`r.id`, sql`r.point`, sql`json_build_object(${members})`),
  keys: [
    { column: sql`o.available_from`, type: 'timestamptz' },
    { column: sql`o.id`, type: 'uuid' },
  ],
  key: sql`r.available_from, r.id`,
  concern,
  version: sql`o.revision::text`,
};

export const followedOffers: FollowedRows = {
  id: 'offers',
  layer: offers,
  is: (id) => sql`o.id = ${id}::uuid`,
};

/** The current offer, for a change. */
export interface StoredOffer extends OwnedRow, OfferContent {
  version: string;
}

export const offerStore = (db: Database) => ({
  list: (caller: Caller, { kind, owner, agency, availableAt, bbox, ...page }: OfferQuery): Promise<Page> =>
    listFeatures(
      db,
      caller,
      offers,
      all(
        when(kind, (words) => sql`o.kind = ANY (${words}::text[])`),
        when(owner, (code) => sql`o.owner = ${code}`),
        when(agency, (id) => sql`o.agency = ${id}`),
        when(bbox, (box) => pointInBox(sql`o.point`, box)),
        when(availableAt, (at) => sql`o.available_from <= ${at}::timestamptz`),
        sql`(o.available_until IS NULL OR o.available_until > coalesce(${availableAt}::timestamptz, now()))`,
      ),
      page,
    ),

  find: (caller: Caller, id: string) => findVersioned(db, caller, offers, id),

  create: (caller: Caller, offer: OfferContent): Promise<{ id: string; written: Versioned }> =>
    db.transaction(caller, async (tx) => {
      const id = uuidv7();
      await tx.query(writing`
        INSERT INTO ${view.offer} (id, agency, owner, kind, quantity, text, point, place_text, available_from,
          available_until, tlp, releasable_to)
        VALUES (${id}, ${caller.agency}, ${caller.country}, ${offer.kind}, ${offer.quantity}, ${offer.text},
          ${fromGeoJson(offer.geometry)}, ${offer.placeText}, ${offer.availableFrom}, ${offer.availableUntil}, ${offer.tlp},
          ${offer.releasableTo})`);
      return { id, written: await read(tx, id) };
    }),

  /** Writes the result of `merge` for the current, locked offer. */
  change: (
    caller: Caller,
    id: string,
    merge: (current: StoredOffer | undefined) => OfferContent,
  ): Promise<Versioned> =>
    db.transaction(caller, async (tx) => {
      const next = merge(await lock(tx, id));
      await tx.query(writing`
        UPDATE ${view.offer} SET kind = ${next.kind}, quantity = ${next.quantity}, text = ${next.text},
          point = ${fromGeoJson(next.geometry)}, place_text = ${next.placeText}, available_from = ${next.availableFrom},
          available_until = ${next.availableUntil}, tlp = ${next.tlp}, releasable_to = ${next.releasableTo},
          revision = revision + 1, updated_at = clock_timestamp()
        WHERE id = ${id}`);
      return read(tx, id);
    }),
});
export type OfferStore = ReturnType<typeof offerStore>;

async function lock(tx: Transaction, id: string): Promise<StoredOffer | undefined> {
  const [row] = await tx.query<StoredOffer>(sql`
    SELECT o.agency, o.owner, o.kind, o.quantity, o.text, ST_AsGeoJSON(o.point)::json AS geometry,
      o.place_text AS "placeText", tripoint.utc(o.available_from) AS "availableFrom",
      tripoint.utc(o.available_until) AS "availableUntil", o.tlp, o.releasable_to AS "releasableTo",
      o.revision::text AS version, ${seenInOne(concern)}
    FROM ${view.offer} AS o WHERE o.id = ${id} FOR NO KEY UPDATE`);
  return row;
}

const read = (tx: Transaction, id: string): Promise<Versioned> =>
  tx.queryOne<Versioned>(sql`
    SELECT ${offers.feature} AS feature, r.revision::text AS version, ${NOTHING_SEEN}
    FROM (SELECT ${offers.columns} FROM ${view.offer} AS o WHERE o.id = ${id}) AS r`);
