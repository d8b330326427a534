import { type Caller, COUNTRY_CODES, type CountryCode } from '../core/caller.ts';
import { message } from '../core/catalogue.ts';
import type { Message } from '../core/messages/message.ts';
import { forbidden, inQuery, invalidInput, unauthorized } from '../core/problem.ts';
import { isWider, type Label } from './label.audience.ts';

/** A labelled row and its owner. */
export interface OwnedRow {
  owner: CountryCode;
  agency: string | null;
}

const isCoordinatorOf = ({ country, roles }: Caller, owner: CountryCode): boolean =>
  country === owner && roles.includes('coordinator');

/**
 * The reason why a caller may not set a label, or undefined. A different label with the same audience counts as
 * narrower.
 * Twin: base.guard_label in schema/release/guard_label.function.sql, compared by test/release/labels.test.ts.
 */
export function refusalOf(
  caller: Caller,
  { owner, agency }: OwnedRow,
  was: Label,
  label: Label,
): Message | undefined {
  if (isCoordinatorOf(caller, owner)) return undefined;
  if (isWider(was, label, owner)) return message('label-wider', { owner });
  if (agency !== null && agency === caller.agency) return undefined;
  return message('label-narrower', { owner, agency });
}

export function permitPreview(caller: Caller, owner: CountryCode): void {
  if (isCoordinatorOf(caller, owner)) return;
  throw forbidden('preview-not-yours', { owner });
}

/** Permits coordinators to query the view of another country. */
export function permitSeeingAs({ country, roles }: Caller, as: CountryCode): void {
  if (!country) throw unauthorized('as-without-key');
  if (!roles.includes('coordinator')) throw forbidden('as-without-role', { country });
  if (as !== country) return;
  const others = COUNTRY_CODES.filter((code) => code !== country);
  throw invalidInput([inQuery('as', 'as-own-country', { country, others })]);
}
