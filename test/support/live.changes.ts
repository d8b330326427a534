import { type ChangeListener, listenForChanges } from '../../src/db/change.listener.ts';
import type { Database } from '../../src/db/database.ts';
import { eventually } from './eventually.ts';
import type { TestService } from './service.ts';
import { allOf } from './siblings.ts';

/** Lets a database hear the changes of others, as the service does, so that tiles and files are kept. */
export async function hearingChanges(
  { isEmbedded, connection }: Pick<TestService, 'isEmbedded' | 'connection'>,
  db: Database,
): Promise<ChangeListener> {
  const listeners: ChangeListener[] = [];
  for (const { changes } of allOf(db)) {
    if (isEmbedded) changes.resume();
    else listeners.push(listenForChanges({ connection, changes, warn: () => {} }));
    await eventually(changes.isLive);
  }
  return {
    stop: async () => {
      if (isEmbedded) db.changes.interrupt();
      for (const listener of listeners) await listener.stop();
    },
  };
}
