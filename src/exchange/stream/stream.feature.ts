import type { Identity } from '../../access/identify.ts';
import type { Database } from '../../db/database.ts';
import type { Feature } from '../../features/feature.ts';
import { incidentCollection } from '../../features/incidents/incident.collection.sql.ts';
import { type FeedSources, sourceNames } from '../feed/feed.feature.sql.ts';
import { type HubSource, STREAM_SETTINGS, type StreamSettings, streamHub } from './stream.hub.ts';
import { streamOperations } from './stream.routes.ts';
import { streamStore } from './stream.store.ts';

interface StreamSource extends Pick<HubSource, 'wakeup' | 'ending' | 'siblings'> {
  sources: FeedSources;
  access: Identity;
  settings: Partial<StreamSettings> | undefined;
}

/** The change feed as streams. */
export function stream(db: Database, source: StreamSource): Feature {
  const { sources, access, settings, ...rest } = source;
  const store = streamStore(db, sources, incidentCollection);
  const hub = streamHub({
    ...rest,
    store,
    identify: access.identify,
    settings: { ...STREAM_SETTINGS, ...settings },
  });
  access.onForget(() => void hub.checkAccess());
  return {
    operations: streamOperations(sourceNames(sources), incidentCollection, hub),
    figures: [
      { name: 'streams_open', help: 'Open streams.', read: async () => hub.count(), isOfProcess: true },
    ],
  };
}
