import type { Database } from '../../db/database.ts';
import type { Feature } from '../../features/feature.ts';
import type { JobSpec } from '../../jobs/running.jobs.ts';
import { alertCollection } from './alert.collection.sql.ts';
import { alertEvaluation } from './alert.evaluation.store.ts';
import { startAlertEvaluation } from './alert.job.ts';
import { startAlertPurge } from './alert.purge.ts';
import { alertOperations } from './alert.routes.ts';
import { alertStore } from './alert.store.ts';
import { alertUpkeep } from './alert.upkeep.store.ts';
import { subscriptionOperations } from './subscription.routes.ts';
import { subscriptionStore } from './subscription.store.ts';

export const alerts = (db: Database, { keptDays }: { keptDays: number }): Feature => ({
  collections: [alertCollection],
  operations: [...alertOperations(alertStore(db)), ...subscriptionOperations(subscriptionStore(db))],
  jobs: [
    alerting(db),
    {
      name: 'alert-purge',
      role: ROLE,
      start: (logger, report) => startAlertPurge(alertUpkeep(db), keptDays, logger, report),
    },
  ],
});

const ROLE = 'tripoint_alerter';

const alerting = (db: Database): JobSpec => ({
  name: 'alert-evaluation',
  role: ROLE,
  start(logger, report) {
    const evaluation = alertEvaluation(db, (err, subscription) =>
      logger.warn({ err, subscription }, 'subscription filter failed'),
    );
    return startAlertEvaluation(evaluation, db.changes, report);
  },
});
