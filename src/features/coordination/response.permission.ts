import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, notFound } from '../../core/problem.ts';
import { RESPONSE_STATES, type ResponseState } from './response.schema.ts';

/** The current response. */
export interface StoredResponse {
  agency: string;
  state: ResponseState;
}

const placeOf = (state: ResponseState): number => RESPONSE_STATES.indexOf(state);

/** Only its agency changes its state, and a finished response is final. */
export function permitProgress(
  caller: Caller,
  id: string,
  to: ResponseState,
  given: StoredResponse | undefined,
): void {
  if (!given) throw notFound('response', id);
  if (given.agency !== caller.agency) throw forbidden('response-of-other-agency', { agency: given.agency });
  if (placeOf(to) >= placeOf(given.state)) return;
  const allowed = RESPONSE_STATES.slice(placeOf(given.state) + 1);
  throw conflict('state-not-allowed', 'state-not-allowed', { from: given.state, to, allowed });
}
