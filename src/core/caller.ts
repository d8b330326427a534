import type { Trace } from './trace.ts';

// Twin: the constraint api_key_roles_are_known in migrations/0004_keys.sql, compared by test/database/twins.test.ts.
export const ROLES = ['reader', 'reporter', 'operator', 'coordinator', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const COUNTRY_CODES = ['DZA', 'LBY', 'TUN'] as const;
/** ISO 3166-1 alpha-3. */
export type CountryCode = (typeof COUNTRY_CODES)[number];

/** Who sends a request: anonymous, or one agency of one country with roles. */
export interface Caller {
  agency?: string;
  country?: CountryCode;
  keyId?: string;
  /** Distinguishes subjects of tokens without identifying them. */
  subject?: string;
  roles: readonly Role[];
  /** Present during an audited request: pass it on with the caller. */
  trace?: Trace;
}

export const ANONYMOUS: Caller = { roles: [] };

// The bits of `audience` in the database.
// Twin: tripoint.country_bits in migrations/0001_foundation.sql, compared by test/database/twins.test.ts.
const PUBLIC_BIT = 1;
export const COUNTRY_BITS: Record<CountryCode, number> = { DZA: 2, LBY: 4, TUN: 8 };

/** Bitmask of the audiences that this caller belongs to. */
export const viewerOf = ({ country }: Caller): number =>
  country ? PUBLIC_BIT | COUNTRY_BITS[country] : PUBLIC_BIT;
