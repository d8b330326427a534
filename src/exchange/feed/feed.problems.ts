import { message } from '../../core/catalogue.ts';
import { Problem, unavailable } from '../../core/problem.ts';

const AGAIN_AFTER_SECONDS = 1;

/** With the cursor to go on from once the layers have been read again: so nothing is missed between. */
export const cursorGone = (state: 'expired' | 'lost', cursor: string) =>
  new Problem({ status: 410, ...GONE[state], extra: { cursor } });

const GONE = {
  expired: { slug: 'cursor-expired', says: message('feed-cursor-expired') },
  lost: { slug: 'cursor-lost', says: message('feed-cursor-lost') },
} as const;

export const standbyBehind = () => unavailable(AGAIN_AFTER_SECONDS, 'standby-behind');
