import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, notFound, unprocessable } from '../../core/problem.ts';
import { defineProblemTypes } from '../../core/problem.types.ts';
import { invalidInput } from '../../http/input.errors.ts';
import type { IncidentAccess } from './incident.access.sql.ts';
import type { RequestChange, RequestState } from './request.schema.ts';

defineProblemTypes({
  'addressee-out-of-reach': {
    title: 'Addressee out of reach',
    meaning: 'Who is stored for something about an incident must be able to see the incident.',
  },
});

/** The addressee: an agency, or any agency of a country. `country` is undefined if neither exists. */
export interface Recipient {
  id: string;
  country: string | undefined;
}

export function permitRequest(
  { agency }: Caller,
  incident: string,
  { access, recipients }: { access: IncidentAccess | undefined; recipients: readonly Recipient[] },
): void {
  if (!access) throw notFound('incident', incident);
  const faults = recipients.flatMap(({ id, country }, n) => {
    const message = country === undefined ? `${id} is no agency and no country` : 'is your own agency';
    return country === undefined || id === agency ? [{ in: 'body' as const, path: `to.${n}`, message }] : [];
  });
  if (faults.length > 0) throw invalidInput(faults, 422);
  const blind = recipients.filter(({ country }) => !access.countries.includes(country!));
  if (blind.length > 0) throw outOfReach(blind, access);
}

const outOfReach = (blind: readonly Recipient[], { owner, tlp }: IncidentAccess) =>
  unprocessable(
    'addressee-out-of-reach',
    `${blind.map(({ id }) => id).join(', ')} cannot see this incident, which is ${tlp}. A coordinator of ${owner} lets more see it (POST /v1/release); then ask.`,
  );

/** The current request. */
export interface StoredRequest {
  agency: string;
  to: readonly string[];
  state: RequestState;
}

// One of several addressees may accept what another has declined.
const ANSWERS: Record<RequestState, readonly RequestState[]> = {
  open: ['accepted', 'declined', 'fulfilled'],
  accepted: ['accepted', 'declined', 'fulfilled'],
  declined: ['accepted', 'declined', 'fulfilled'],
  fulfilled: [],
  withdrawn: [],
};

/** The sender withdraws, the addressee answers. */
export function permitAnswerTo(
  { agency, country }: Caller,
  id: string,
  { state, answer }: RequestChange,
  stored: StoredRequest | undefined,
): void {
  if (!stored) throw notFound('request', id);
  const isBack = state === 'withdrawn';
  if (isBack && agency !== stored.agency) throw forbidden(`Only ${stored.agency}, which asks, withdraws it.`);
  if (!isBack && !stored.to.includes(agency!) && !stored.to.includes(country!))
    throw forbidden(`Only ${stored.to.join(', ')} may answer this. Who asks may withdraw it.`);
  if (isBack && answer)
    throw invalidInput([{ in: 'body', path: 'answer', message: 'goes with an answer' }], 422);
  const allowed: readonly RequestState[] =
    isBack && ANSWERS[stored.state].length > 0 ? ['withdrawn'] : ANSWERS[stored.state];
  if (allowed.includes(state)) return;
  throw conflict(
    'state-not-allowed',
    `${state} cannot follow ${stored.state}. Allowed: ${allowed.join(', ') || 'nothing'}.`,
  );
}
