import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { proposalOperations, type WaitingZones } from './proposal.routes.ts';
import { followedProposals } from './proposal.sql.ts';
import { proposalStore } from './proposal.store.ts';

/** Consents to joint things. Zones keep theirs with their revisions. */
export const consents = (db: Database, waitingZones: WaitingZones): Feature => ({
  operations: proposalOperations(proposalStore(db), waitingZones),
  followed: [followedProposals],
});
