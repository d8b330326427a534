import { type Caller, COUNTRY_CODES, type CountryCode, ROLES, type Role } from '../../src/core/caller.ts';
import { agencyOf, as, keyOf } from './service.ts';

export interface NamedCaller extends Caller {
  name: string;
  headers: Record<string, string>;
}

const known = (country: CountryCode, role: Role, { second = false } = {}): NamedCaller => {
  const key = keyOf(country, role, { second });
  const agency = agencyOf(key);
  const name = `${country} ${role}${second ? ' of another agency' : ''}`;
  return { name, headers: as(key), country, agency, roles: [role] };
};

export const ANYBODY: NamedCaller = { name: 'anonymous', headers: {}, roles: [] };

/** Nobody known; each role of the main agency of each country; and another agency of each. */
export const CALLERS: readonly NamedCaller[] = [
  ANYBODY,
  ...COUNTRY_CODES.flatMap((country) => [
    ...ROLES.map((role) => known(country, role)),
    known(country, 'reporter', { second: true }),
  ]),
];

/** One caller per distinct view: country and agency. Of the roles only `auditor` shows more: shifts of the other agencies. */
export const VIEWERS: readonly NamedCaller[] = [
  ANYBODY,
  ...COUNTRY_CODES.flatMap((country) => [
    known(country, 'reader'),
    known(country, 'reporter', { second: true }),
  ]),
];

export const callerOf = (country: CountryCode, role: Role): NamedCaller => known(country, role);
