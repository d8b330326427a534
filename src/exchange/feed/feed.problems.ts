import { message } from '../../core/catalogue.ts';
import { Problem } from '../../core/problem.ts';

/** With the cursor to go on from once the layers have been read again: so nothing is missed between. */
export const expiredCursor = (cursor: string) =>
  new Problem({
    status: 410,
    slug: 'cursor-expired',
    says: message('feed-cursor-expired'),
    extra: { cursor },
  });
