import type { Identity } from '../../access/identify.ts';
import type { Database } from '../../db/database.ts';
import type { Feature } from '../../features/feature.ts';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import { type HubSource, STREAM_SETTINGS, type StreamSettings, streamHub } from './stream.hub.ts';
import { streamOperations } from './stream.routes.ts';
import { streamStore } from './stream.store.ts';

interface StreamSource extends Pick<HubSource, 'wakeup' | 'ending'> {
  collections: readonly Collection[];
  /** The layer that streams can be filtered by. */
  filtered: Collection;
  access: Identity;
  settings: Partial<StreamSettings> | undefined;
}

/** The feed of changes as streams. */
export function stream(db: Database, source: StreamSource): Feature {
  const { collections, filtered, access, settings, ...rest } = source;
  const store = streamStore(db, collections, filtered);
  const hub = streamHub({
    ...rest,
    store,
    identify: access.identify,
    settings: { ...STREAM_SETTINGS, ...settings },
  });
  access.onForget(() => void hub.checkAccess());
  const names = collections.map(({ id }) => id);
  return {
    operations: streamOperations(names, filtered, hub),
    figures: [{ name: 'streams_open', help: 'Streams that are open.', read: async () => hub.count() }],
  };
}
