import { type ChangeListener, listenForChanges } from '../../src/db/change.listener.ts';
import type { Database } from '../../src/db/database.ts';
import { eventually } from './eventually.ts';
import type { TestService } from './service.ts';

/** Lets a database hear the changes of others, as the service does, so that tiles and files are kept. */
export async function hearingChanges(
  { isEmbedded, connection }: Pick<TestService, 'isEmbedded' | 'connection'>,
  { changes }: Database,
): Promise<ChangeListener> {
  if (isEmbedded) {
    changes.resume();
    return { stop: async () => changes.interrupt() };
  }
  const listener = listenForChanges({ connection, changes, warn: () => {} });
  await eventually(changes.isLive);
  return listener;
}
