import { Problem, unavailable } from '../../core/problem.ts';
import { defineProblemTypes } from '../../core/problem.types.ts';

const AGAIN_AFTER_SECONDS = 10;

defineProblemTypes({
  'too-many-streams': {
    title: 'Too many streams',
    meaning: 'As many streams of this key or address are open as it may have: close one, or share one.',
  },
});

export const tooManyStreams = (most: number) =>
  new Problem({
    status: 429,
    slug: 'too-many-streams',
    detail: `${most} streams of this key or address are open, and more are not allowed. Close one, or try again in ${AGAIN_AFTER_SECONDS} seconds.`,
    headers: { 'Retry-After': String(AGAIN_AFTER_SECONDS) },
  });

export const noMoreStreams = () =>
  unavailable(
    'As many streams are open as this service takes. Try again later, or ask /v1/changes.',
    AGAIN_AFTER_SECONDS,
  );
