import type { Trace } from './trace.ts';

// Twin: the constraint api_key_roles_are_known in migrations/0004_keys.sql, compared by test/database/twins.test.ts.
export const ROLES = ['reader', 'reporter', 'operator', 'coordinator', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const COUNTRY_CODES = ['DZA', 'LBY', 'TUN'] as const;
/** ISO 3166-1 alpha-3. */
export type CountryCode = (typeof COUNTRY_CODES)[number];

/**
 * What a statement waits with (src/db/lanes.ts): the statements of the service itself, such as the search for a key;
 * writes of incidents, distress and alerts; reads and other writes of a country; jobs; whole layers; callers without a key.
 */
export type Lane = 'service' | 'urgent' | CountryCode | 'jobs' | 'downloads' | 'strangers';

/** Who sends a request: anonymous, or one agency of one country with roles. */
export interface Caller {
  agency?: string;
  country?: CountryCode;
  keyId?: string;
  /** Of the browser, if one asks with a cookie. */
  sessionId?: string;
  /** Distinguishes subjects of tokens without identifying them. */
  subject?: string;
  roles: readonly Role[];
  /** Of the session, key or token. Absent: never. */
  expiresAt?: Date;
  /** Default: the lane of the country, or of the service itself. */
  lane?: Lane;
  /** Who takes turns with the others of the lane: a key, a subject or an address. */
  share?: string;
  /** Time limit of each statement, if it is shorter than the usual one. */
  statementMs?: number;
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
