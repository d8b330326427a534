import { Problem } from '../../core/problem.ts';
import { defineProblemTypes } from '../../core/problem.types.ts';

defineProblemTypes({
  'cursor-expired': {
    title: 'Cursor expired',
    meaning:
      'What is kept of the feed does not reach back to the cursor: read the layers again, then follow the feed from the `cursor` of this problem.',
  },
});

/** With the cursor to go on from once the layers have been read again: so nothing is missed between. */
export const expiredCursor = (cursor: string) =>
  new Problem({
    status: 410,
    slug: 'cursor-expired',
    detail:
      'What is kept of the feed does not reach back to this cursor. Read the layers anew (/v1/collections), then go on from the cursor given here.',
    extra: { cursor },
  });
