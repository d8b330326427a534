import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { correctionOperations } from './correction.routes.ts';
import { followedCorrections } from './correction.sql.ts';
import { correctionStore } from './correction.store.ts';

export const reference = (db: Database): Feature => ({
  operations: correctionOperations(correctionStore(db)),
  followed: [followedCorrections],
});
