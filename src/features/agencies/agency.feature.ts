import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { agencyCollection } from './agency.collection.sql.ts';
import { agencyOperations } from './agency.routes.ts';
import { agencyStore } from './agency.store.ts';
import { mandateOperations } from './mandate.routes.ts';
import { mandateStore } from './mandate.store.ts';
import { responsibleOperations } from './responsible.routes.ts';
import { responsibleStore } from './responsible.store.ts';

export const agencies = (db: Database): Feature => ({
  collections: [agencyCollection],
  operations: [
    ...agencyOperations(agencyStore(db)),
    ...mandateOperations(mandateStore(db)),
    ...responsibleOperations(responsibleStore(db)),
  ],
});
