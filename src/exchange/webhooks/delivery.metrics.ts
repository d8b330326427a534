import type { Figure } from '../../http/request.metrics.ts';
import type { DeliveryCounts } from './delivery.counts.ts';
import type { DeliveryStore } from './delivery.store.ts';

const RESULTS = {
  delivered: 'Deliveries that a webhook accepted.',
  failed: 'Failed delivery attempts.',
  withdrawn: 'Deliveries dropped because the agency may no longer see the alert.',
  dead: 'Deliveries that the service gave up.',
};

export const deliveryMetrics = ({ figures }: DeliveryStore, counts: DeliveryCounts): Figure[] => [
  ...Object.entries(RESULTS).map(([result, help]) => ({
    name: `webhook_deliveries_${result}`,
    help,
    read: async () => counts[result as keyof DeliveryCounts],
    isOfProcess: true as const,
  })),
  {
    name: 'webhook_waiting_seconds',
    help: 'Age of the oldest pending delivery.',
    read: async () => (await figures()).waiting_seconds,
  },
  {
    name: 'webhook_open_circuits',
    help: 'Webhooks paused by their circuit breaker.',
    read: async () => (await figures()).open_circuits,
  },
  {
    name: 'webhook_dead_letters',
    help: 'Dead letters that can be replayed.',
    read: async () => (await figures()).dead,
  },
];
