import { unprocessable } from '../../core/problem.ts';
import type { Collection } from '../collection/collection.sql.ts';

/** A few times the maximum of a feature tile. */
export const MOST_COUNTED = 50_000;

/** Throws a 422 that names the zoom from which any filter works. */
export function requireCountable({ id, cells }: Collection, held: number): void {
  if (held <= MOST_COUNTED) return;
  const { featuresFrom, answers } = cells!;
  throw unprocessable('too-many-to-count', 'too-many-to-count', {
    layer: id,
    most: MOST_COUNTED,
    featuresFrom,
    answers,
  });
}
