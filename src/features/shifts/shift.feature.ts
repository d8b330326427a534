import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { entryOperations } from './entry.routes.ts';
import { entryStore } from './entry.store.ts';
import { handoverOperations } from './handover.routes.ts';
import { handoverStore } from './handover.store.ts';
import { followedShifts } from './shift.followed.sql.ts';
import { shiftOperations } from './shift.routes.ts';
import { shiftStore } from './shift.store.ts';

export const shifts = (db: Database): Feature => ({
  operations: [
    ...shiftOperations(shiftStore(db)),
    ...entryOperations(entryStore(db)),
    ...handoverOperations(handoverStore(db)),
  ],
  followed: followedShifts,
});
