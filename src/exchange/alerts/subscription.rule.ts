import type { FieldError } from '../../core/problem.types.ts';
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
  natures: ['actual'],
  threshold: null,
  hysteresisMetres: 250,
  enabled: true,
};

/** The subscription after the change, or its fault. */
export function nextSubscription(
  change: SubscriptionChange,
  current: Partial<SubscriptionContent> = USUAL,
): SubscriptionContent | FieldError {
  const next = { ...USUAL, ...current, ...change } as Unchecked;
  if (!next.triggers) return fault('triggers', 'say when you want to be told, such as ["created"]');
  return faultOf(next as SubscriptionContent) ?? (next as SubscriptionContent);
}

type Unchecked = Omit<SubscriptionContent, 'triggers'> & Partial<SubscriptionContent>;

function faultOf(next: SubscriptionContent): FieldError | undefined {
  const places = (['zone', 'segment', 'crossing', 'filter'] as const).filter((name) => next[name] !== null);
  if (places.length > 1)
    return fault(places[1]!, `goes without ${places[0]}: make a subscription of its own for each`);
  const isAlong = next.segment !== null || next.crossing !== null;
  if (isAlong && next.withinMetres === null)
    return fault('withinMetres', `must say how far from the ${places[0]}`);
  if (!isAlong && next.withinMetres !== null)
    return fault('withinMetres', 'goes with a segment or a crossing');
  const isCounted = next.triggers.includes('threshold');
  if (isCounted && !next.threshold)
    return fault('threshold', 'must say how many incidents in how many minutes');
  if (!isCounted && next.threshold) return fault('threshold', 'goes with the trigger threshold');
  return undefined;
}

const fault = (path: string, message: string): FieldError => ({ in: 'body', path, message });

export const isFault = (result: SubscriptionContent | FieldError): result is FieldError =>
  'message' in result;
