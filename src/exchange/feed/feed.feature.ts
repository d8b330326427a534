import type { Database } from '../../db/database.ts';
import type { Feature } from '../../features/feature.ts';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import { startFeeding } from './feed.job.ts';
import { feedLongPoll } from './feed.long-poll.ts';
import { feedOperations } from './feed.routes.ts';
import { feedStore } from './feed.store.ts';
import { feedUpkeep } from './feed.upkeep.store.ts';
import { feedWakeup } from './feed.wakeup.ts';

export interface FeedSettings {
  collections: readonly Collection[];
  keptDays: number;
  /** Requests that wait for something are answered when it is aborted. */
  ending: AbortSignal;
}

/** The feed of changes. `wakeup` beats when there is something new in it. */
export function feed(db: Database, { collections, keptDays, ending }: FeedSettings) {
  const store = feedStore(db, collections);
  const wakeup = feedWakeup({ newest: store.newest, onChange: db.changes.onChange, ending });
  const names = collections.map(({ id }) => id);
  const feature: Feature = {
    operations: feedOperations(names, store, feedLongPoll(wakeup, ending)),
    jobs: [(logger) => startFeeding(feedUpkeep(db), keptDays, logger)],
    figures: [
      {
        name: 'feed_held_seconds',
        help: 'For how long changes have waited for older transactions to end before they can be followed.',
        read: store.heldSeconds,
      },
    ],
  };
  return { ...feature, wakeup };
}
