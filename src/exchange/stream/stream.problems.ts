import { message } from '../../core/catalogue.ts';
import { Problem, unavailable } from '../../core/problem.ts';

const AGAIN_AFTER_SECONDS = 10;

export const tooManyStreams = (most: number) =>
  new Problem({
    status: 429,
    slug: 'too-many-streams',
    says: message('too-many-streams', { most, seconds: AGAIN_AFTER_SECONDS }),
    headers: { 'Retry-After': String(AGAIN_AFTER_SECONDS) },
  });

export const noMoreStreams = () => unavailable(AGAIN_AFTER_SECONDS, 'streams-full');
