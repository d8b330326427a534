import type { Figure } from '../../http/request.metrics.ts';
import type { DeliveryCounts } from './delivery.counts.ts';
import type { DeliveryStore } from './delivery.store.ts';

const RESULTS = {
  delivered: 'Alerts that a webhook has taken from this process.',
  failed: 'Attempts of this process that a webhook has not taken.',
  withdrawn: 'Alerts that were not delivered because the agency may no longer see them.',
  dead: 'Alerts that this process gave up.',
};

export const deliveryMetrics = ({ figures }: DeliveryStore, counts: DeliveryCounts): Figure[] => [
  ...Object.entries(RESULTS).map(([result, help]) => ({
    name: `webhook_deliveries_${result}`,
    help,
    read: async () => counts[result as keyof DeliveryCounts],
  })),
  {
    name: 'webhook_waiting_seconds',
    help: 'Since when the oldest alert waits for its webhook.',
    read: async () => (await figures()).waiting_seconds,
  },
  {
    name: 'webhook_open_circuits',
    help: 'Webhooks that are not tried for a while, because they failed again and again.',
    read: async () => (await figures()).open_circuits,
  },
  {
    name: 'webhook_dead_letters',
    help: 'Alerts that were given up and can be replayed.',
    read: async () => (await figures()).dead,
  },
];
