import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import { NOTHING_SEEN, seenInOne } from '../../db/concern.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { findFeature, listFeatures } from '../../db/layer.ts';
import { all, sql, when, writing } from '../../db/sql.ts';
import type { StoredProposal } from './proposal.lifecycle.ts';
import type { NewJointConsent, ProposalQuery } from './proposal.schema.ts';
import { proposals, waitsFor } from './proposal.sql.ts';

const MOST_WAITING = 1000;

/** What a decision did, and the proposal after it. */
export interface DecidedProposal {
  isNew: boolean;
  proposal: string;
}

export const proposalStore = (db: Database) => ({
  list: (caller: Caller, { state, subjectType, subject, ...page }: ProposalQuery): Promise<Page> =>
    listFeatures(
      db,
      caller,
      proposals,
      all(
        when(state, (words) => sql`p.state = ANY (${words}::text[])`),
        when(subjectType, (words) => sql`p.subject_type = ANY (${words}::text[])`),
        when(subject, (id) => sql`p.subject = ${id}`),
      ),
      page,
    ),

  find: (caller: Caller, id: string) => findFeature(db, caller, proposals, id),

  /** Proposals without a decision of the caller's country. */
  listWaiting: (caller: Caller): Promise<Page> =>
    listFeatures(db, caller, proposals, waitsFor(caller.country), { limit: MOST_WAITING }),

  /** Stores a decision; triggers apply its effect. `permit` throws to refuse. */
  decide: (
    caller: Caller,
    id: string,
    { decision, reason }: NewJointConsent,
    permit: (stored: StoredProposal | undefined) => 'record' | 'repeat',
  ): Promise<DecidedProposal> =>
    db.transaction(caller, async (tx) => {
      const isNew = permit(await lock(tx, caller, id)) === 'record';
      if (isNew)
        await tx.query(writing`
          INSERT INTO ${view.jointConsent} (id, proposal, country, agency, decision, reason)
          VALUES (${uuidv7()}, ${id}, ${caller.country}, ${caller.agency}, ${decision}, ${reason})`);
      return { isNew, proposal: await read(tx, id) };
    }),
});
export type ProposalStore = ReturnType<typeof proposalStore>;

async function lock(tx: Transaction, { country }: Caller, id: string): Promise<StoredProposal | undefined> {
  await tx.query(sql`SELECT lock_proposal(${id})`);
  const [stored] = await tx.query<StoredProposal>(sql`
    SELECT p.state, p.participants, (
        SELECT c.decision FROM ${view.jointConsent} AS c WHERE c.proposal = p.id AND c.country = ${country}
        ORDER BY c.at DESC, c.id DESC LIMIT 1) AS decided,
      ${seenInOne(sql`p.concern`)}
    FROM ${view.jointProposal} AS p WHERE p.id = ${id}`);
  return stored;
}

async function read(tx: Transaction, id: string): Promise<string> {
  const row = await tx.queryOne<{ text: string }>(sql`
    SELECT ${proposals.feature} AS text, ${NOTHING_SEEN}
    FROM (SELECT ${proposals.columns} FROM ${proposals.from} WHERE p.id = ${id}) AS r`);
  return row.text;
}
