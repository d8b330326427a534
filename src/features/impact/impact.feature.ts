import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { impactCollection } from './impact.collection.sql.ts';
import { startImpactWatch } from './impact.job.ts';
import { impactOperations } from './impact.routes.ts';
import { followedImpact } from './impact.sql.ts';
import { impactStore } from './impact.store.ts';
import { reactionOperations } from './reaction.routes.ts';
import { reactionStore } from './reaction.store.ts';

/** Impact levels of segments, and what they ask of each side. */
export const impact = (db: Database): Feature => {
  const reactions = reactionStore(db);
  return {
    operations: [...impactOperations(impactStore(db)), ...reactionOperations(reactions)],
    collections: [impactCollection],
    followed: followedImpact,
    jobs: [
      {
        name: 'impact-watch',
        role: 'tripoint_watch',
        start: (_, report) => startImpactWatch(reactions, report),
      },
    ],
  };
};
