import type { Request } from 'express';
import { ANONYMOUS, type Caller } from '../core/caller.ts';
import type { Collection } from '../ogc/collection/collection.sql.ts';
import { feedLongPoll } from './feed/feed.long-poll.ts';
import { feedOperations } from './feed/feed.routes.ts';
import type { FeedStore } from './feed/feed.store.ts';
import { feedWakeup } from './feed/feed.wakeup.ts';
import { STREAM_SETTINGS, type StreamSettings, streamHub } from './stream/stream.hub.ts';
import { streamOperations } from './stream/stream.routes.ts';
import type { StreamStore } from './stream/stream.store.ts';

interface ExchangeParts {
  feed: FeedStore;
  store: StreamStore;
  /** Calls when something was written. */
  onChange: (listener: () => void) => void;
  layers: readonly Collection[];
  /** The layer that streams can be filtered by. */
  filtered: Collection;
  identify?: (req: Request) => Promise<Caller>;
  streams?: Partial<StreamSettings> | undefined;
  ending?: AbortSignal | undefined;
}

/** What other systems follow: the feed of changes, asked for or streamed. */
export function exchangeOf({
  feed,
  store,
  onChange,
  layers,
  filtered,
  identify = async () => ANONYMOUS,
  streams,
  ending = new AbortController().signal,
}: ExchangeParts) {
  const names = layers.map(({ id }) => id);
  const wakeup = feedWakeup({ newest: feed.newest, onChange, ending });
  const settings = { ...STREAM_SETTINGS, ...streams };
  const hub = streamHub({ store, wakeup, identify, settings, ending });
  return {
    operations: [
      ...feedOperations(names, feed, feedLongPoll(wakeup, ending)),
      ...streamOperations(names, filtered, hub),
    ],
    /** Ends the streams of keys that no longer hold. */
    checkAccess: hub.checkAccess,
    figures: [
      {
        name: 'feed_held_seconds',
        help: 'For how long changes have waited for older transactions to end before they can be followed.',
        read: feed.heldSeconds,
      },
      { name: 'streams_open', help: 'Streams that are open.', read: async () => hub.count() },
    ],
  };
}
export type Exchange = ReturnType<typeof exchangeOf>;
