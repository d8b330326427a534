import type { ReadLog } from '../../audit/read.log.ts';
import type { WorldReader } from '../../core/world.ts';
import type { Database } from '../../db/database.ts';
import type { Feature } from '../../features/feature.ts';
import type { FollowedRows } from '../../features/followed.sql.ts';
import { alertNoun } from '../alerts/alert.collection.sql.ts';
import { noCounts } from './delivery.counts.ts';
import { type DeliverySettings, startDelivery, startDeliverySweep } from './delivery.job.ts';
import { deliveryMetrics } from './delivery.metrics.ts';
import { deliveryOperations } from './delivery.routes.ts';
import { deliveryStore } from './delivery.store.ts';
import type { TargetGuard } from './target.guard.ts';
import { webhookOperations } from './webhook.routes.ts';
import { webhookStore } from './webhook.store.ts';

/** Allowed webhook targets, and the time limit. */
export interface WebhookTargets {
  guard: TargetGuard;
  timeoutSeconds: number;
}

interface WebhookSource {
  followed: readonly FollowedRows[];
  targets: WebhookTargets;
  reads: Pick<ReadLog, 'begin'>;
  keptDays: number;
  world: WorldReader;
  ending: AbortSignal;
  isClosed: DeliverySettings['isClosed'];
}

const ROLE = 'tripoint_courier';

export function webhooks(
  db: Database,
  { followed, targets, reads, keptDays, world, ending, isClosed }: WebhookSource,
): Feature {
  const { guard, timeoutSeconds } = targets;
  const webhooks = webhookStore(db);
  const store = deliveryStore(db, alertNoun, followed);
  const counts = noCounts();
  const posting = { guard, timeoutMs: timeoutSeconds * 1000, ending };
  return {
    operations: [
      ...webhookOperations({ webhooks, secretsOf: store.secretsOf, posting, world }),
      ...deliveryOperations(webhooks),
    ],
    jobs: [
      {
        name: 'webhook-delivery',
        role: ROLE,
        start: (logger, report) =>
          startDelivery({
            ...targets,
            store,
            reads,
            world,
            changes: db.changes,
            logger,
            report,
            counts,
            isClosed,
          }),
      },
      {
        name: 'delivery-sweep',
        role: ROLE,
        start: (logger, report) => startDeliverySweep({ store, keptDays, logger, report }),
      },
    ],
    figures: deliveryMetrics(store, counts),
  };
}
