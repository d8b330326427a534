import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { type KeyEvents, keyOperations } from './key.routes.ts';
import { apiKeyStore } from './key.store.ts';

interface Listeners {
  /** Makes this process forget a key, or all of them. */
  forget(keyId?: string): void;
  /** Ends what must not outlive the first admin key of its own. */
  endDemo?: (() => Promise<void>) | undefined;
}

export function keys(db: Database, { forget, endDemo }: Listeners): Feature {
  const events: KeyEvents = {
    keyChanged: forget,
    async adminMade() {
      forget();
      await endDemo?.();
    },
  };
  return { operations: keyOperations(apiKeyStore(db), events) };
}
