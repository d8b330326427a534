import { retentionOf } from '../config.ts';
import { connectTo } from '../db/start.ts';
import { purgeAll, purgeStore } from '../features/retention/purge.store.ts';
import { withSource } from './command.source.ts';

/** Deletes incidents past their retention, as the owner of the tables. */
export const purge = () =>
  withSource(async (source, config) => {
    const db = connectTo({ ...source, connection: source.ownerConnection }, config);
    try {
      const purged = await purgeAll(purgeStore(db), retentionOf(config));
      process.stdout.write(`Purged ${purged} incidents. The proof is in the audit log.\n`);
    } finally {
      await db.close();
    }
  });
