import type { Knex } from 'knex';
import { asOwner } from '../db/migrations.ts';
import { withoutLocks } from '../db/schema.locks.ts';
import type { Source } from '../db/start.ts';
import { endWorld, refuseExercise, type Stamped, stampOf } from '../features/worlds/stamp.store.ts';
import {
  countSessions,
  databaseName,
  dropDatabase,
  proveTables,
  recordDrop,
  recordProof,
  type TableProof,
} from '../features/worlds/world.proof.store.ts';
import { withSource } from './command.source.ts';
import { otherDatabase } from './roles.command.ts';

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** The exercise is read-only from then on. */
export const endExercise = (): Promise<void> =>
  withSource(({ ownerConnection }) =>
    asOwner(ownerConnection, async (owner) => {
      const world = await exerciseOf(owner);
      if (world.endedAt) throw new Error(`The exercise ${world.id} ended at ${world.endedAt.toISOString()}.`);
      await withoutLocks(owner, say, async (trx) => void (await endWorld(trx)));
      say(
        `The exercise ${world.id} has ended: it is read-only. Drop it with: tripoint world drop --proof-to <actual url>`,
      );
    }),
  );

/** Writes counts and hashes of the exercise into the log of the actual world, then drops its database. */
export const dropExercise = ({ proofTo }: { proofTo: string }): Promise<void> =>
  withSource(async (source, { DATABASE_ADMIN_URL }) => {
    if (source.isEmbedded)
      throw new Error(
        'An embedded exercise is a folder. Stop its service and delete the folder (TRIPOINT_DATA).',
      );
    const { world, proofs, name } = await proofOf(source);
    await asOwner(proofTo, async (actual) => {
      await refuseExercise(actual, '--proof-to');
      await actual.transaction((trx) => recordProof(trx, world, proofs));
      await asOwner(besides(source, DATABASE_ADMIN_URL), (server) => dropDatabase(server, name));
      await recordDrop(actual, world);
    });
    for (const { table, rows, hash } of proofs) say(`  ${table}: ${rows} rows, SHA-256 ${hash}`);
    say(`The exercise ${world.id} is dropped. The proof is in the audit log of the actual world.`);
  });

/** The exercise, and what its tables hold while nobody is connected. */
async function proofOf({ ownerConnection }: Source) {
  return asOwner(ownerConnection, async (owner) => {
    const world = await exerciseOf(owner);
    if (!world.endedAt) throw new Error(`The exercise ${world.id} goes on. End it first: tripoint world end`);
    const sessions = await countSessions(owner);
    if (sessions > 0)
      throw new Error(
        `${sessions} sessions use the exercise ${world.id}. Stop the service that serves it, or take it out of WORLDS.`,
      );
    const proofs: TableProof[] = await owner.transaction(proveTables);
    return { world, proofs, name: await databaseName(owner) };
  });
}

async function exerciseOf(owner: Knex): Promise<Stamped> {
  const world = await stampOf(owner);
  if (world.kind === 'actual')
    throw new Error('This database is the actual world. It has no end, and no command drops it.');
  return world;
}

/** Nobody can drop the database that he is connected to. */
const besides = ({ ownerConnection }: Source, adminUrl: string | undefined): string =>
  otherDatabase(new URL(adminUrl ?? ownerConnection.connectionString!), 'postgres');
