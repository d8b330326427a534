import type { Caller, CountryCode } from '../../core/caller.ts';
import { forbidden, notFound, unprocessable } from '../../core/problem.ts';

/** What a procedure is for. */
export interface ProcedureSubject {
  noun: 'zone' | 'segment' | 'crossing';
  id: string;
}

/** The countries that take part there; undefined: the caller sees no such row. */
export interface Parties {
  countries: CountryCode[];
  /** A zone that is a draft, or RED: others do not see it. */
  isClosed: boolean;
}

export function permitProcedure(
  { country }: Caller,
  { noun, id }: ProcedureSubject,
  parties: Parties | undefined,
): asserts parties is Parties {
  if (!parties) throw notFound(noun, id);
  if (!parties.countries.includes(country as CountryCode))
    throw forbidden('procedure-of-others', { noun, countries: parties.countries });
  if (parties.isClosed) throw unprocessable('rule-broken', 'zone-not-shared', { id });
}
