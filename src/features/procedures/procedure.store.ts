import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import { notFound } from '../../core/problem.ts';
import { NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { call, view } from '../../db/labelled.ts';
import { findFeature, listFeatures } from '../../db/layer.ts';
import { all, quoted, type Sql, sql, when, writing } from '../../db/sql.ts';
import { type NewProposal, proposeStatement } from '../joint.proposal.sql.ts';
import { findParties } from './parties.sql.ts';
import { type ProcedureSubject, permitProcedure } from './procedure.permission.ts';
import type { NewProcedure, ProcedureQuery } from './procedure.schema.ts';
import { holdsAt, procedures } from './procedure.sql.ts';

const OPEN_DAYS = 30;
const DAY_MS = 86_400_000;

/** A written version, and its path. */
export interface WrittenVersion {
  path: string;
  text: string;
}

export const procedureStore = (db: Database) => ({
  list: (
    caller: Caller,
    { state, procedure, zone, segment, crossing, incident, ...page }: ProcedureQuery,
  ): Promise<Page> =>
    listFeatures(
      db,
      caller,
      procedures,
      all(
        when(state, (words) => sql`v.state = ANY (${words}::text[])`),
        when(procedure, (id) => sql`v.procedure = ${id}`),
        when(zone, (id) => sql`v.zone = ${id}`),
        when(segment, (id) => sql`v.segment = ${id}`),
        when(crossing, (id) => sql`v.crossing = ${id}`),
        when(incident, holdsAt),
      ),
      page,
    ),

  /** The version in force, otherwise the newest one. */
  async find(caller: Caller, id: string): Promise<string | undefined> {
    const [row] = await db.query<{ text: string }>(
      caller,
      sql`SELECT ${procedures.feature} AS text, ${seenInOne(sql`r.concern`)}
          FROM (SELECT ${procedures.columns}, v.concern FROM ${procedures.from} WHERE v.procedure = ${id}
                ORDER BY v.state = 'inForce' DESC, v.version DESC LIMIT 1) AS r`,
    );
    return row?.text;
  },

  findVersion: (caller: Caller, name: string) => findFeature(db, caller, procedures, name),

  create: (caller: Caller, subject: ProcedureSubject, content: NewProcedure): Promise<WrittenVersion> =>
    db.transaction(caller, (tx) => write(tx, caller, subject, { id: uuidv7(), version: 1, content })),

  addVersion: (caller: Caller, id: string, content: NewProcedure): Promise<WrittenVersion> =>
    db.transaction(caller, async (tx) => {
      const [subject] = await tx.query<ProcedureSubject>(sql`
        SELECT CASE WHEN v.zone IS NOT NULL THEN 'zone' WHEN v.segment IS NOT NULL THEN 'segment' ELSE 'crossing' END AS noun,
          coalesce(v.zone, v.segment, v.crossing) AS id, ${seenInOne(sql`v.concern`)}
        FROM ${view.procedureVersion} AS v WHERE v.procedure = ${id} ORDER BY v.version DESC LIMIT 1`);
      if (!subject) throw notFound('procedure', id);
      const { version } = await tx.queryOne<{ version: number }>(
        sql`SELECT ${call.nextVersion}(${id}) AS version, ${NOTHING_SEEN}`,
      );
      return write(tx, caller, subject, { id, version, content });
    }),
});
export type ProcedureStore = ReturnType<typeof procedureStore>;

interface Version {
  id: string;
  version: number;
  content: NewProcedure;
}

async function write(
  tx: Transaction,
  caller: Caller,
  subject: ProcedureSubject,
  version: Version,
): Promise<WrittenVersion> {
  const parties = await findParties(tx, subject);
  permitProcedure(caller, subject, parties);
  const name = `${version.id}/${version.version}`;
  const path = `/procedures/${version.id}/versions/${version.version}`;
  const proposal = {
    id: uuidv7(),
    subjectType: 'procedure' as const,
    subject: name,
    path,
    participants: parties.countries,
    openUntil: version.content.openUntil ?? new Date(Date.now() + OPEN_DAYS * DAY_MS).toISOString(),
  };
  await tx.query(proposeStatement(caller, proposal));
  await tx.query(insertStatement(caller, subject, version, proposal));
  return { path, text: await read(tx, name) };
}

const insertStatement = (
  { country, agency }: Caller,
  subject: ProcedureSubject,
  { id, version, content }: Version,
  proposal: NewProposal,
): Sql => writing`
  INSERT INTO ${view.procedureVersion} (procedure, version, ${quoted(subject.noun)}, country, agency, names, purpose,
    documents, participants, valid_from, valid_to, proposal, open_until)
  VALUES (${id}, ${version}::int, ${subject.id}, ${country}, ${agency}, ${JSON.stringify(content.names)}::jsonb,
    ${content.purpose}, ${JSON.stringify(content.documents)}::jsonb, ${proposal.participants}::text[],
    ${content.validFrom ?? new Date()}, ${content.validTo}, ${proposal.id}, ${proposal.openUntil})`;

async function read(tx: Transaction, name: string): Promise<string> {
  const row = await tx.queryOne<{ text: string }>(sql`
    SELECT ${procedures.feature} AS text, ${NOTHING_SEEN}
    FROM (SELECT ${procedures.columns} FROM ${procedures.from} WHERE v.name = ${name}) AS r`);
  return row.text;
}
