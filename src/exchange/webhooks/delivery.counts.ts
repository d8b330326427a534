import type { SettledDelivery } from './delivery.store.ts';

/** Results of the delivery attempts of this process. */
export interface DeliveryCounts {
  delivered: number;
  failed: number;
  withdrawn: number;
  dead: number;
}

export const noCounts = (): DeliveryCounts => ({ delivered: 0, failed: 0, withdrawn: 0, dead: 0 });

export function countOf(counts: DeliveryCounts, results: readonly SettledDelivery[], dead: number): void {
  for (const { outcome } of results) {
    if (outcome === 'delivered' || outcome === 'withdrawn') counts[outcome]++;
    if (outcome === 'failed' || outcome === 'gone') counts.failed++;
  }
  counts.dead += dead;
}
