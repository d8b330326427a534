import type { Ended } from '../../access/identify.ts';
import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { type KeyEvents, keyOperations } from './key.routes.ts';
import { apiKeyStore } from './key.store.ts';

interface Listeners {
  /** Evicts one key with its sessions, or all keys, from the caches of the service. */
  forget(ended?: Ended): Promise<void>;
  /** Ends the demo after the first own admin key. */
  endDemo?: (() => Promise<void>) | undefined;
}

export function keys(db: Database, { forget, endDemo }: Listeners): Feature {
  const events: KeyEvents = {
    keyChanged: (keyId) => forget({ keyId }),
    async adminMade() {
      await forget();
      await endDemo?.();
    },
  };
  return { operations: keyOperations(apiKeyStore(db), events) };
}
