import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, notFound, unprocessable } from '../../core/problem.ts';
import { defineProblemTypes } from '../../core/problem.types.ts';
import { invalidInput } from '../../http/input.errors.ts';
import type { RequestChange, RequestState } from './request.schema.ts';
import type { Standing } from './standing.sql.ts';

defineProblemTypes({
  'addressee-out-of-reach': {
    title: 'Addressee out of reach',
    meaning: 'Who is asked for something about an incident must be able to see the incident.',
  },
});

/** Who is asked: an agency, or any of a country. `country` is undefined where there is neither. */
export interface Recipient {
  id: string;
  country: string | undefined;
}

export function permitRequest(
  { agency }: Caller,
  incident: string,
  { standing, recipients }: { standing: Standing | undefined; recipients: readonly Recipient[] },
): void {
  if (!standing) throw notFound('incident', incident);
  const faults = recipients.flatMap(({ id, country }, n) => {
    const message = country === undefined ? `${id} is no agency and no country` : 'is your own agency';
    return country === undefined || id === agency ? [{ in: 'body' as const, path: `to.${n}`, message }] : [];
  });
  if (faults.length > 0) throw invalidInput(faults, 422);
  const blind = recipients.filter(({ country }) => !standing.countries.includes(country!));
  if (blind.length > 0) throw outOfReach(blind, standing);
}

const outOfReach = (blind: readonly Recipient[], { owner, tlp }: Standing) =>
  unprocessable(
    'addressee-out-of-reach',
    `${blind.map(({ id }) => id).join(', ')} cannot see this incident, which is ${tlp}. A coordinator of ${owner} lets more see it (POST /v1/release); then ask.`,
  );

/** A request as it stands. */
export interface Asked {
  agency: string;
  to: readonly string[];
  state: RequestState;
}

// Of several that are asked one may accept what another has declined.
const ANSWERS: Record<RequestState, readonly RequestState[]> = {
  open: ['accepted', 'declined', 'fulfilled'],
  accepted: ['accepted', 'declined', 'fulfilled'],
  declined: ['accepted', 'declined', 'fulfilled'],
  fulfilled: [],
  withdrawn: [],
};

/** Who asks takes it back, and who is asked answers. */
export function permitAnswerTo(
  { agency, country }: Caller,
  id: string,
  { state, answer }: RequestChange,
  asked: Asked | undefined,
): void {
  if (!asked) throw notFound('request', id);
  const isBack = state === 'withdrawn';
  if (isBack && agency !== asked.agency) throw forbidden(`Only ${asked.agency}, which asks, withdraws it.`);
  if (!isBack && !asked.to.includes(agency!) && !asked.to.includes(country!))
    throw forbidden(`Only ${asked.to.join(', ')} may answer this. Who asks may withdraw it.`);
  if (isBack && answer)
    throw invalidInput([{ in: 'body', path: 'answer', message: 'goes with an answer' }], 422);
  const allowed: readonly RequestState[] =
    isBack && ANSWERS[asked.state].length > 0 ? ['withdrawn'] : ANSWERS[asked.state];
  if (allowed.includes(state)) return;
  throw conflict(
    'state-not-allowed',
    `${state} cannot follow ${asked.state}. Allowed: ${allowed.join(', ') || 'nothing'}.`,
  );
}
