import type { Logger } from 'pino';
import type { Database } from '../../db/database.ts';
import type { Feature } from '../../features/feature.ts';
import type { JobSpec } from '../../jobs/running.jobs.ts';
import { alertCollection } from './alert.collection.sql.ts';
import { alertEvaluation } from './alert.evaluation.store.ts';
import { ALERTER } from './alert.filters.store.ts';
import { startAlertEvaluation, startSlowEvaluation } from './alert.job.ts';
import { startAlertPurge } from './alert.purge.ts';
import { alertOperations } from './alert.routes.ts';
import { alertStore } from './alert.store.ts';
import { alertUpkeep } from './alert.upkeep.store.ts';
import { slowEvaluation } from './slow.evaluation.store.ts';
import { subscriptionOperations } from './subscription.routes.ts';
import { subscriptionStore } from './subscription.store.ts';

export const alerts = (db: Database, { keptDays }: { keptDays: number }): Feature => ({
  collections: [alertCollection],
  operations: [...alertOperations(alertStore(db)), ...subscriptionOperations(subscriptionStore(db))],
  jobs: [
    alerting(db),
    {
      name: 'slow-filters',
      role: ALERTER,
      start: (logger, report) => startSlowEvaluation(slowEvaluation(db, warnTo(logger)), report),
    },
    {
      name: 'alert-purge',
      role: ALERTER,
      start: (logger, report) => startAlertPurge(alertUpkeep(db), keptDays, logger, report),
    },
  ],
});

const alerting = (db: Database): JobSpec => ({
  name: 'alert-evaluation',
  role: ALERTER,
  start: (logger, report) => startAlertEvaluation(alertEvaluation(db, warnTo(logger)), db.changes, report),
});

const warnTo =
  (logger: Pick<Logger, 'warn'>) =>
  (err: unknown, subscription: string): void =>
    logger.warn({ err, subscription }, 'subscription filter failed');
