import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { acknowledgementOperations } from './acknowledgement.routes.ts';
import { acknowledgementStore } from './acknowledgement.store.ts';
import { followedCoordination } from './coordination.followed.sql.ts';
import { milestoneOperations } from './milestone.routes.ts';
import { milestoneStore } from './milestone.store.ts';
import { offerOperations } from './offer.routes.ts';
import { followedOffers, offerStore } from './offer.store.ts';
import { startOverdueWatch } from './overdue.job.ts';
import { overdueStore } from './overdue.store.ts';
import { requestOperations } from './request.routes.ts';
import { requestStore } from './request.store.ts';
import { responseOperations } from './response.routes.ts';
import { responseStore } from './response.store.ts';

export const coordination = (db: Database): Feature => ({
  operations: [
    ...acknowledgementOperations(acknowledgementStore(db)),
    ...responseOperations(responseStore(db)),
    ...milestoneOperations(milestoneStore(db)),
    ...requestOperations(requestStore(db)),
    ...offerOperations(offerStore(db)),
  ],
  followed: [...followedCoordination, followedOffers],
  jobs: [
    {
      name: 'overdue-watch',
      role: 'tripoint_watch',
      start: (_, report) => startOverdueWatch(overdueStore(db), report),
    },
  ],
});
