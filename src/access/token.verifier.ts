import { type JWTPayload, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { type CountryCode, ROLES, type Role } from '../core/caller.ts';
import { unavailable } from '../core/problem.ts';
import { isAway, issuerKeys } from './issuer.keys.ts';
import { fingerprintOf } from './key.secret.ts';
import type { Grant } from './key.store.ts';

export interface TokenSettings {
  issuer: string;
  audience: string;
  agencyClaim: string;
  rolesClaim: string;
  /** `typ` of the header: at+jwt (RFC 9068) unless the provider writes another. */
  tokenType?: string | undefined;
  /** Longest time from `iat` to `exp`. */
  longestLifeSeconds?: number | undefined;
}

interface VerifierDependencies {
  /** undefined for an unknown agency. */
  findCountry(agency: string): Promise<CountryCode | undefined>;
  logger: Pick<Logger, 'info' | 'warn'>;
}

// Asymmetric signatures only: with HS256 the well-known public key would be the secret.
const ALGORITHMS = ['RS', 'PS', 'ES'].flatMap((family) => [256, 384, 512].map((bits) => `${family}${bits}`));
const EDWARDS = ['EdDSA', 'Ed25519'];
const SKEW_SECONDS = 10;
export const ACCESS_TOKEN = 'at+jwt';
export const LONGEST_LIFE_SECONDS = 3600;
const AGENCY = /^[a-z0-9-]{1,80}$/;

/** The grant of an OpenID access token (RFC 9068), undefined if it is invalid for this service. */
export function tokenVerifier(settings: TokenSettings, { findCountry, logger }: VerifierDependencies) {
  const { tokenType = ACCESS_TOKEN, longestLifeSeconds = LONGEST_LIFE_SECONDS } = settings;
  const keys = issuerKeys(settings.issuer);
  const options = {
    issuer: settings.issuer,
    audience: settings.audience,
    algorithms: [...ALGORITHMS, ...EDWARDS],
    clockTolerance: SKEW_SECONDS,
    requiredClaims: ['exp', 'sub', 'iat'],
    typ: tokenType,
    // also refuses a token from the future
    maxTokenAge: longestLifeSeconds,
  };

  // the reason of a refusal goes to the log, not to the client
  const refuse = (reason: string): undefined => logger.info({ reason }, 'token refused') as undefined;

  async function verify(token: string): Promise<JWTPayload | undefined> {
    try {
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      const { message } = error as Error;
      if (!isAway(error)) return refuse(message);
      logger.warn({ issuer: settings.issuer, reason: message }, 'tokens cannot be checked');
      throw unavailable(5, 'tokens-not-checked');
    }
  }

  return async (token: string): Promise<Grant | undefined> => {
    const claims = await verify(token);
    if (!claims) return undefined;
    const fault = faultOf(claims, tokenType, longestLifeSeconds);
    if (fault) return refuse(fault);
    const roles = rolesIn(claims[settings.rolesClaim]);
    if (roles.length === 0) return refuse(`${settings.rolesClaim} names no role of this service`);
    const agency = claims[settings.agencyClaim];
    const country = isAgency(agency) ? await findCountry(agency) : undefined;
    if (!country) return refuse(`${settings.agencyClaim} names no agency of this service`);
    const subject = fingerprintOf(`${claims.iss} ${claims.sub}`).slice(0, 32);
    return {
      caller: { agency: agency as string, country, roles, subject },
      expiresAt: new Date(claims.exp! * 1000),
    };
  };
}

/** Why valid claims are not those of an access token for this service. */
function faultOf(claims: JWTPayload, tokenType: string, longestLifeSeconds: number): string | undefined {
  const life = claims.exp! - claims.iat!;
  if (life > longestLifeSeconds) return `it lives ${life} seconds, longer than ${longestLifeSeconds}`;
  // RFC 7800: a bound token needs a proof, which this service does not check
  if (claims.cnf !== undefined) return 'it is bound to a key of its holder';
  const other = OF_OTHER_TOKENS.find((name) => claims[name] !== undefined);
  if (other !== undefined) return `${other} is a claim of ID and logout tokens`;
  const isMarked = tokenType === ACCESS_TOKEN || OF_ACCESS_TOKENS.some((name) => claims[name] !== undefined);
  return isMarked ? undefined : `it has none of the claims ${OF_ACCESS_TOKENS.join(', ')} of access tokens`;
}

// OpenID Connect Core §2 and §3.3.2.11, Back-Channel Logout §2.4
const OF_OTHER_TOKENS = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events'];
// RFC 9068 §2.2, and what Microsoft Entra writes: an ID token has none of them, whatever its `typ`
const OF_ACCESS_TOKENS = ['scope', 'scp', 'client_id'];

const isAgency = (claim: unknown): claim is string => typeof claim === 'string' && AGENCY.test(claim);

/** A list, or one text like the `scope` of RFC 6749. Unknown roles are ignored. */
function rolesIn(claim: unknown): Role[] {
  const words: unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return ROLES.filter((role) => words.includes(role));
}
