import type { Message, Say } from '../message.ts';

/** The feed, streams, subscriptions and webhooks. */
export const exchange = {
  'feed-cursor-foreign': () =>
    'is not a cursor of this feed. Ask for changes without `after` to get one, then read the layers',
  'feed-cursor-expired': () =>
    'The cursor is older than the retained changes. Read the layers again, then continue from the cursor given here.',
  'feed-cursor-lost': () =>
    'The database was restored, or lost its newest changes, since it gave this cursor. Read the layers again, delete what is in none of them, then continue from the cursor given here.',
  'standby-behind': () =>
    'This standby has not yet replayed the changes before the cursor. Try again shortly.',
  'event-id-invalid': () => 'Last-Event-ID is not a cursor.',
  'too-many-streams': ({ most, seconds }: { most: number; seconds: number }) =>
    `This key or address has ${most} open streams, the most allowed. Close one, or try again in ${seconds} seconds.`,
  'streams-full': () =>
    'The service has no room for another stream. Try again later, or ask for changes instead.',

  'triggers-missing': () => 'say when you want to be alerted, such as ["created"]',
  'one-place-only': ({ other }: { other: string }) =>
    `cannot be combined with ${other}: make a subscription of its own for each`,
  'distance-missing': ({ place }: { place: string }) => `must say how far from the ${place}`,
  'distance-without-place': () => 'needs a segment or a crossing',
  'threshold-missing': () => 'must say how many incidents in how many minutes',
  'trigger-of-segment': ({ trigger }: { trigger: string }) =>
    `the trigger ${trigger} is for a segment, or for everything that you see`,
  'threshold-without-trigger': () => 'needs the trigger threshold',
  'too-many-subscriptions': ({ most }: { most: number }) =>
    `Your agency has ${most} subscriptions, the most allowed. Remove one.`,
  'too-many-filters': ({ most }: { most: number }) =>
    `Your agency has ${most} subscriptions with a filter, the most allowed. Remove one.`,

  'webhook-not-https': () => 'must be https',
  'webhook-with-password': () => 'must hold no user name and no password',
  'webhook-forbidden': () => 'leads to an address that is not allowed',
  'alerts-or-up-to': () => 'needs either alerts or upTo',
  'webhook-port': () => 'must be https, at port 443 or 8443',
  'too-many-webhooks': ({ most }: { most: number }) => `An agency may have ${most} webhooks. Remove one.`,
  'receiver-failed': ({ fault }: { fault: Message }, say: Say) => `The receiver ${say(fault)}.`,
  'receiver-answered': ({ status }: { status: number }) => `answered with ${status}`,
  'receiver-not-challenged': () => 'did not answer with the challenge',
  'receiver-slow': () => 'did not answer in time',
  'receiver-unknown': () => 'has a name that was not found',
  'receiver-certificate': () => 'has a certificate that is not valid',
  'receiver-refused': () => 'refused the connection',
  'receiver-broke-off': () => 'broke the connection',
  'delivery-stopped': () => 'was not reached before the service stopped',
};
