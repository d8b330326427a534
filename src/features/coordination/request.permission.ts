import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, inBody, invalidInput, notFound, unprocessable } from '../../core/problem.ts';
import type { RequestChange, RequestState } from './request.schema.ts';
import type { SubjectAccess } from './request.subject.ts';

/** The addressee: an agency, or any agency of a country. `country` is undefined if neither exists. */
export interface Recipient {
  id: string;
  country: string | undefined;
}

export function permitRequest(
  { agency }: Caller,
  { access, recipients }: { access: SubjectAccess; recipients: readonly Recipient[] },
): void {
  const faults = recipients.flatMap(({ id, country }, n) => {
    if (country === undefined) return [inBody(`to.${n}`, 'recipient-unknown', { id })];
    return id === agency ? [inBody(`to.${n}`, 'recipient-yourself')] : [];
  });
  if (faults.length > 0) throw invalidInput(faults, 422);
  const blind = recipients.filter(({ country }) => !access.countries.includes(country!));
  if (blind.length > 0 && access.label)
    throw unprocessable('addressee-out-of-reach', 'recipient-blind', {
      recipients: blind.map(({ id }) => id),
      ...access.label,
    });
}

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
  if (isBack && agency !== stored.agency) throw forbidden('request-not-yours', { agency: stored.agency });
  if (!isBack && !stored.to.includes(agency!) && !stored.to.includes(country!))
    throw forbidden('request-not-for-you', { to: stored.to });
  if (isBack && answer) throw invalidInput([inBody('answer', 'answer-with-withdrawal')], 422);
  const allowed: readonly RequestState[] =
    isBack && ANSWERS[stored.state].length > 0 ? ['withdrawn'] : ANSWERS[stored.state];
  if (allowed.includes(state)) return;
  throw conflict('state-not-allowed', 'state-not-allowed', { from: stored.state, to: state, allowed });
}
