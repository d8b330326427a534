import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { procedureOperations } from './procedure.routes.ts';
import { followedProcedures } from './procedure.sql.ts';
import { procedureStore } from './procedure.store.ts';

/** What the agencies of both sides have agreed to do at a zone, a segment or a crossing. */
export const procedures = (db: Database): Feature => ({
  operations: procedureOperations(procedureStore(db)),
  followed: [followedProcedures],
});
