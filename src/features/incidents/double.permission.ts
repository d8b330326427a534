import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound, unauthorized } from '../../core/problem.ts';
import type { StoredDouble } from './double.store.ts';

/** Owners of the two incidents decide. Whichever incident is missing or hidden, or if they are no pair: the answer is one. */
export function permitDecision({ country }: Caller, other: string, found: StoredDouble | undefined): void {
  if (!found) throw notFound('same-as', other);
  if (!found.owners.includes(country!)) throw forbidden('pair-of-others', { owners: found.owners });
}

/** Callers without a key see no links: a list that folds nothing would look as if there were none. */
export function permitFolding({ country }: Caller, fold: string | undefined): void {
  if (fold && !country) throw unauthorized('fold-without-key');
}
