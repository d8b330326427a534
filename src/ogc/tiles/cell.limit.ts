import { unprocessable } from '../../core/problem.ts';
import { defineProblemTypes } from '../../core/problem.types.ts';
import type { Collection } from '../collection/collection.sql.ts';

/** A few times the maximum of a feature tile. */
export const MOST_COUNTED = 50_000;

defineProblemTypes({
  'too-many-to-count': {
    title: 'Too many to count',
    meaning:
      'With this filter the features in a tile would be counted one by one, and there are too many: ask for a larger zoom, or filter by what is summed.',
  },
});

/** Throws a 422 that names the zoom from which any filter works. */
export function requireCountable({ id, cells }: Collection, held: number): void {
  if (held <= MOST_COUNTED) return;
  const { featuresFrom, answers } = cells!;
  throw unprocessable(
    'too-many-to-count',
    `With this filter the ${id} in this tile would be counted one by one, and there are more than ${MOST_COUNTED}. From zoom ${featuresFrom} on every filter works; before, these do, with whole days: ${answers.join(', ')}.`,
  );
}
