import type { Database } from '../../db/database.ts';
import type { Feature } from '../../features/feature.ts';
import { type FeedSources, sourceNames } from './feed.feature.sql.ts';
import { startChangePurge, startFeedClock } from './feed.job.ts';
import { feedLongPoll } from './feed.long-poll.ts';
import { feedOperations } from './feed.routes.ts';
import { feedStore } from './feed.store.ts';
import { feedUpkeep } from './feed.upkeep.store.ts';
import { feedWakeup, type WakeupSource } from './feed.wakeup.ts';

export interface FeedSettings {
  sources: FeedSources;
  keptDays: number;
  /** Aborted at shutdown: waiting requests are then answered. */
  ending: AbortSignal;
  /** While it is, no waiting reader is woken. */
  isClosed: WakeupSource['isClosed'];
}

const ROLE = 'tripoint_clock';

/** The change feed. `wakeup` beats when it has news. */
export function feed(db: Database, { sources, keptDays, ending, isClosed }: FeedSettings) {
  const store = feedStore(db, sources);
  const upkeep = feedUpkeep(db);
  const wakeup = feedWakeup({ newest: store.newest, onChange: db.changes.onChange, ending, isClosed });
  const feature: Feature = {
    operations: feedOperations(sourceNames(sources), store, feedLongPoll(wakeup, ending)),
    jobs: [
      { name: 'feed-clock', role: ROLE, start: (logger, report) => startFeedClock(upkeep, logger, report) },
      {
        name: 'change-purge',
        role: ROLE,
        start: (logger, report) => startChangePurge(upkeep, keptDays, logger, report),
      },
    ],
    figures: [
      {
        name: 'feed_held_seconds',
        help: 'Age of the oldest committed change that an older running transaction keeps out of the feed.',
        read: store.heldSeconds,
        reason: 'feed',
      },
    ],
  };
  return { ...feature, wakeup };
}
