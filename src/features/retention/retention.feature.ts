import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { holdOperations } from './hold.routes.ts';
import { holdStore } from './hold.store.ts';
import { startIncidentPurge } from './purge.job.ts';
import { purgeStore } from './purge.store.ts';
import type { RetentionRule } from './retention.rules.ts';

export const retention = (db: Database, rules: readonly RetentionRule[]): Feature => ({
  operations: holdOperations(holdStore(db)),
  jobs: [
    {
      name: 'incident-purge',
      role: 'tripoint_purger',
      start: (logger, report) => startIncidentPurge(purgeStore(db), rules, logger, report),
    },
  ],
});
