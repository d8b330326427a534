import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { type ReleaseReaders, releaseOperations } from './release.routes.ts';
import { releaseStore } from './release.store.ts';

export const release = (db: Database, readers: ReleaseReaders): Feature => ({
  operations: releaseOperations(releaseStore(db), readers),
});
