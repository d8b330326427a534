import { type FieldFault, inBody } from '../../core/problem.ts';
import type { SubscriptionChange, SubscriptionContent } from './subscription.schema.ts';

const USUAL: Omit<SubscriptionContent, 'triggers'> = {
  name: null,
  zone: null,
  segment: null,
  crossing: null,
  withinMetres: null,
  filter: null,
  kinds: null,
  minimumSeverity: null,
  natures: null,
  threshold: null,
  hysteresisMetres: 250,
  enabled: true,
};

/** The subscription after the change, or its fault. */
export function nextSubscription(
  change: SubscriptionChange,
  current: Partial<SubscriptionContent> = USUAL,
): SubscriptionContent | FieldFault {
  const next = { ...USUAL, ...current, ...change } as UncheckedSubscription;
  if (!next.triggers) return inBody('triggers', 'triggers-missing');
  return faultOf(next as SubscriptionContent) ?? (next as SubscriptionContent);
}

type UncheckedSubscription = Omit<SubscriptionContent, 'triggers'> & Partial<SubscriptionContent>;

// Twin: the constraints subscription_has_one_place, subscription_is_within and subscription_has_its_threshold in
// migrations/0012_alerts.sql, compared by test/database/twins.test.ts.
function faultOf(next: SubscriptionContent): FieldFault | undefined {
  const places = (['zone', 'segment', 'crossing', 'filter'] as const).filter((name) => next[name] !== null);
  if (places.length > 1) return inBody(places[1]!, 'one-place-only', { other: places[0]! });
  const isAlong = next.segment !== null || next.crossing !== null;
  if (isAlong && next.withinMetres === null)
    return inBody('withinMetres', 'distance-missing', { place: places[0]! });
  if (!isAlong && next.withinMetres !== null) return inBody('withinMetres', 'distance-without-place');
  const other = (['zone', 'crossing', 'filter'] as const).find((name) => next[name] !== null);
  const ofLevel = next.triggers.find((trigger) => trigger === 'impact' || trigger === 'reaction-overdue');
  if (other && ofLevel) return inBody(other, 'trigger-of-segment', { trigger: ofLevel });
  const isCounted = next.triggers.includes('threshold');
  if (isCounted && !next.threshold) return inBody('threshold', 'threshold-missing');
  if (!isCounted && next.threshold) return inBody('threshold', 'threshold-without-trigger');
  return undefined;
}

export const isFault = (result: SubscriptionContent | FieldFault): result is FieldFault => 'code' in result;
