import type { Caller } from '../../core/caller.ts';
import type { Versioned } from '../../core/precondition.ts';
import { seenInAll, seenInOne, zoneConcern } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { featureStatement, findVersioned, type Layer, listFeatures } from '../../db/layer.ts';
import { all, type Sql, sql, when, writing } from '../../db/sql.ts';
import { type MandateQuery, type NewMandate, type NewMandateScope, targetOf } from './mandate.schema.ts';

/** JSON of one mandate, over the alias `r`. */
export const mandateJson = sql`json_build_object(
  'id', r.id, 'agency', r.agency, 'country', r.country, 'function', r.function,
  'scope', jsonb_build_object('type', r.scope_type, 'country', r.country, CASE r.scope_type
    WHEN 'country-border' THEN 'country' WHEN 'crossing-side' THEN 'crossing' ELSE r.scope_type END, r.scope_id),
  'rank', r.rank, 'validFrom', tripoint.utc(r.valid_from), 'validFromPrecision', r.valid_from_precision,
  'validTo', tripoint.utc(r.valid_to), 'source', r.source, 'verified', r.verified, 'note', r.note,
  'revision', r.revision, 'updatedAt', tripoint.utc(r.updated_at))`;

/** A mandate for a zone reveals the zone. */
export const mandateConcern = sql`coalesce((
  SELECT ${zoneConcern(sql`z`)} FROM ${view.zone} AS z WHERE m.scope_type = 'zone' AND z.id = m.scope_id), 0)`;

export const mandates: Layer = {
  columns: sql`m.id, m.agency, o.country, m.function, m.scope_type, m.scope_id, m.rank, m.valid_from,
    m.valid_from_precision, m.valid_to, m.source, m.verified, m.note, m.revision, m.updated_at`,
  from: sql`${view.mandate} AS m JOIN agency AS o ON o.id = m.agency`,
  id: sql`m.id`,
  feature: sql`${mandateJson}::text`,
  keys: [{ column: sql`m.id`, type: 'text' }],
  key: sql`r.id`,
  concern: mandateConcern,
  version: sql`m.revision::text`,
};

export const isValidAt = (at: Sql): Sql =>
  sql`(m.valid_from IS NULL OR m.valid_from <= ${at}) AND (m.valid_to IS NULL OR m.valid_to > ${at})`;

/** Agency and place of a new mandate; null if the caller does not see them. */
export interface MandateCountries {
  agencyCountry: string | null;
  placeCountries: string[] | null;
}

export type MandateTerms = Omit<NewMandate, 'agency' | 'scope'>;

/** The current mandate, for a change. */
export interface StoredMandate extends MandateTerms {
  agency: string;
  country: string;
  scopeType: string;
  scopeId: string;
}

interface LockedMandate extends StoredMandate {
  version: string;
}

/** `overlaps`: another mandate of the agency for the same function and scope in a part of the same period. */
export type MandateResult = { mandate: Versioned } | { overlaps: string };

export const mandateStore = (db: Database) => ({
  list: (caller: Caller, { agency, country, scopeId, at, ...query }: MandateQuery) =>
    listFeatures(
      db,
      caller,
      mandates,
      all(
        when(agency, (id) => sql`m.agency = ${id}`),
        when(query.function, (words) => sql`m.function = ANY (${words}::text[])`),
        when(query.rank, (words) => sql`m.rank = ANY (${words}::text[])`),
        when(country, (codes) => sql`o.country = ANY (${codes}::text[])`),
        when(query.scopeType, (words) => sql`m.scope_type = ANY (${words}::text[])`),
        when(scopeId, (id) => sql`m.scope_id = ${id}`),
        when(at, (instant) => isValidAt(sql`${instant}::timestamptz`)),
      ),
      query,
    ),

  find: (caller: Caller, id: string) => findVersioned(db, caller, mandates, id),

  /** `permit` gets the agency and place, and throws to refuse. */
  create: (
    caller: Caller,
    id: string,
    mandate: NewMandate,
    permit: (ends: MandateCountries) => void,
  ): Promise<MandateResult> =>
    db.transaction(caller, async (tx) => {
      const ends = await lockCountries(tx, mandate);
      permit(ends);
      const { scope, ...rest } = mandate;
      const claim = { ...rest, scopeType: scope.type, scopeId: targetOf(scope).id ?? ends.agencyCountry! };
      return writeUnlessTwice(tx, id, claim, insertStatement(id, claim));
    }),

  /** Writes the result of `merge` for the current, locked mandate. */
  change: (
    caller: Caller,
    id: string,
    merge: (current: LockedMandate | undefined) => StoredMandate,
  ): Promise<MandateResult> =>
    db.transaction(caller, async (tx) => {
      const claim = merge(await lock(tx, id));
      return writeUnlessTwice(tx, id, claim, updateStatement(id, claim));
    }),
});
export type MandateStore = ReturnType<typeof mandateStore>;

function countriesOf(scope: NewMandateScope): Sql {
  const { id } = targetOf(scope);
  switch (scope.type) {
    case 'country-border':
      return sql`SELECT ARRAY[coalesce(${id}, a.country)]`;
    case 'border':
      return sql`SELECT b.countries FROM border AS b WHERE b.code = ${id}`;
    case 'segment':
      return sql`SELECT b.countries FROM segment AS s JOIN border AS b ON b.code = s.border WHERE s.id = ${id}`;
    case 'crossing-side':
      return sql`SELECT array_agg(s.country) FROM crossing_side AS s WHERE s.crossing = ${id}`;
    default:
      return sql`SELECT z.participants FROM ${view.zone} AS z WHERE z.id = ${id}`;
  }
}

// Serialises the writes of one agency's mandates, so that concurrent ones cannot overlap.
async function lockCountries(tx: Transaction, { agency, scope }: NewMandate): Promise<MandateCountries> {
  const [row] = await tx.query<MandateCountries>(sql`
    SELECT a.country AS "agencyCountry", (${countriesOf(scope)}) AS "placeCountries",
      (SELECT ${seenInAll(sql`z.concern`)}
       FROM (SELECT ${zoneConcern(sql`z`)} AS concern FROM ${view.zone} AS z WHERE z.id = ${scope.type === 'zone' ? scope.zone : null}) AS z) AS seen
    FROM agency AS a WHERE a.id = ${agency} FOR NO KEY UPDATE`);
  return row ?? { agencyCountry: null, placeCountries: null };
}

async function lock(tx: Transaction, id: string): Promise<LockedMandate | undefined> {
  const [row] = await tx.query<LockedMandate>(sql`
    SELECT m.agency, o.country, m.scope_type AS "scopeType", m.scope_id AS "scopeId", m.function, m.rank,
      tripoint.utc(m.valid_from) AS "validFrom", tripoint.utc(m.valid_to) AS "validTo", m.source, m.note, m.verified,
      m.revision::text AS version, ${seenInOne(mandateConcern)}
    FROM ${mandates.from} WHERE m.id = ${id} FOR NO KEY UPDATE`);
  return row;
}

type MandateClaim = Omit<StoredMandate, 'country'>;

async function writeUnlessTwice(
  tx: Transaction,
  id: string,
  claim: MandateClaim,
  statement: Sql,
): Promise<MandateResult> {
  const [other] = await tx.query<{ id: string }>(sql`
    SELECT m.id, ${seenInOne(mandateConcern)} FROM ${view.mandate} AS m
    WHERE m.agency = ${claim.agency} AND m.function = ${claim.function} AND m.scope_type = ${claim.scopeType}
      AND m.scope_id = ${claim.scopeId} AND m.id <> ${id}
      AND tstzrange(m.valid_from, m.valid_to) && tstzrange(${claim.validFrom}::timestamptz, ${claim.validTo}::timestamptz)
    ORDER BY m.id LIMIT 1`);
  if (other) return { overlaps: other.id };
  await tx.query(statement);
  const row = await tx.queryOne<Versioned>(featureStatement(mandates, sql`m.id = ${id}`));
  return { mandate: row };
}

const insertStatement = (id: string, claim: MandateClaim): Sql => writing`
  INSERT INTO ${view.mandate} (id, agency, function, rank, scope_type, scope_id, valid_from, valid_to, source, verified, note)
  VALUES (${id}, ${claim.agency}, ${claim.function}, ${claim.rank}, ${claim.scopeType}, ${claim.scopeId},
    ${claim.validFrom}, ${claim.validTo}, ${claim.source}, ${claim.verified}, ${claim.note})`;

const updateStatement = (id: string, claim: MandateClaim): Sql => writing`
  UPDATE ${view.mandate} AS m SET function = n.function, rank = n.rank, valid_from = n.valid_from, valid_to = n.valid_to,
    source = n.source, verified = n.verified, note = n.note, revision = m.revision + 1, updated_at = clock_timestamp(),
    valid_from_precision = CASE WHEN m.valid_from IS NOT DISTINCT FROM n.valid_from THEN m.valid_from_precision END
  FROM (SELECT ${claim.function}::text AS function, ${claim.rank}::text AS rank,
    ${claim.validFrom}::timestamptz AS valid_from, ${claim.validTo}::timestamptz AS valid_to,
    ${claim.source}::text AS source, ${claim.verified}::boolean AS verified, ${claim.note}::text AS note) AS n
  WHERE m.id = ${id} AND (m.function, m.rank, m.valid_from, m.valid_to, m.source, m.verified, m.note)
    IS DISTINCT FROM (n.function, n.rank, n.valid_from, n.valid_to, n.source, n.verified, n.note)`;
