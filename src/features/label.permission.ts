import { type Caller, COUNTRY_CODES, type CountryCode } from '../core/caller.ts';
import { badRequest, forbidden, unauthorized } from '../core/problem.ts';
import { isWider, type Label } from './label.audience.ts';

/** A labelled row and its owner. */
export interface Owned {
  owner: CountryCode;
  agency: string | null;
}

export const onlyCoordinatorsWiden = (owner: CountryCode | undefined): string =>
  `Only a coordinator of ${owner} lets more see this.`;

const isCoordinatorOf = ({ country, roles }: Caller, owner: CountryCode): boolean =>
  country === owner && roles.includes('coordinator');

/**
 * The reason why a caller may not set a label, or undefined. A different label with the same audience counts as
 * narrower. The trigger base.guard_label has the same rule.
 */
export function refusalOf(
  caller: Caller,
  { owner, agency }: Owned,
  was: Label,
  label: Label,
): string | undefined {
  if (isCoordinatorOf(caller, owner)) return undefined;
  if (isWider(was, label, owner)) return onlyCoordinatorsWiden(owner);
  if (agency !== null && agency === caller.agency) return undefined;
  return `Only ${agency ?? 'its agency'} or a coordinator of ${owner} lets fewer see this.`;
}

export function permitPreview(caller: Caller, owner: CountryCode): void {
  if (isCoordinatorOf(caller, owner)) return;
  throw forbidden(`Only a coordinator of ${owner}, whose this is, may ask who would see it.`);
}

/** Permits coordinators to query the view of another country. */
export function permitSeeingAs({ country, roles }: Caller, as: CountryCode): void {
  if (!country) throw unauthorized('as needs a key with the role coordinator. Leave it out, or show one.');
  if (!roles.includes('coordinator'))
    throw forbidden(`Only a coordinator of ${country} asks what others see of it. Leave as out.`);
  if (as !== country) return;
  const others = COUNTRY_CODES.filter((code) => code !== country).join(' or ');
  throw badRequest(
    `query as: ${as} is your own country. Name ${others}, or leave it out to see what you see.`,
  );
}
