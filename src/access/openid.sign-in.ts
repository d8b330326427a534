import { createHash, createHmac } from 'node:crypto';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  ClientSecretBasic,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
  ResponseBodyError,
} from 'openid-client';
import type { Logger } from 'pino';
import { message } from '../core/catalogue.ts';
import { Problem, unavailable } from '../core/problem.ts';

export interface OpenIdClient {
  id: string;
  /** Absent: a public client, which PKCE protects. */
  secret?: string | undefined;
  scope: string;
  /** Further parameters for the provider, such as `resource` (RFC 8707) or `audience`. */
  parameters: Readonly<Record<string, string>>;
}

export interface OpenIdSignIn {
  /** Where the browser goes to sign in. */
  begin(redirectUri: URL, secret: string): Promise<URL>;
  /** The access token for the answer that the browser brings back; 401 if it is not for this browser. */
  finish(answer: URL, secret: string): Promise<string>;
}

const TIMEOUT_SECONDS = 5;

/** The authorization code flow of OpenID Connect Core 1.0 §3.1, with PKCE (RFC 7636), state and nonce. */
export function openIdSignIn(
  issuer: string,
  { id, secret, scope, parameters }: OpenIdClient,
  logger: Pick<Logger, 'info' | 'warn'>,
): OpenIdSignIn {
  let known: Promise<Configuration> | undefined;
  const plain = issuer.startsWith('http:') ? [allowInsecureRequests] : [];

  function configuration(): Promise<Configuration> {
    known ??= discovery(new URL(issuer), id, undefined, secret ? ClientSecretBasic(secret) : None(), {
      timeout: TIMEOUT_SECONDS,
      execute: [...plain, enableNonRepudiationChecks],
    });
    return known.catch((error) => {
      known = undefined;
      throw away(error);
    });
  }

  function away(error: Error): Problem {
    logger.warn({ issuer, reason: reasonOf(error) }, 'nobody can sign in with the OpenID provider');
    return unavailable(5, 'tokens-not-checked');
  }

  function refused(error: Error): Problem {
    logger.info({ issuer, reason: reasonOf(error) }, 'sign-in refused');
    return signInFailed(401, 'sign-in-refused');
  }

  return {
    async begin(redirectUri, browser) {
      const { verifier, state, nonce } = checksOf(browser);
      return buildAuthorizationUrl(await configuration(), {
        ...parameters,
        redirect_uri: redirectUri.href,
        scope,
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
    },

    async finish(answer, browser) {
      const config = await configuration();
      const { verifier, state, nonce } = checksOf(browser);
      try {
        const tokens = await authorizationCodeGrant(
          config,
          answer,
          {
            pkceCodeVerifier: verifier,
            expectedState: state,
            expectedNonce: nonce,
            idTokenExpected: true,
          },
          parameters,
        );
        return tokens.access_token;
      } catch (error) {
        throw isRefusal(error) ? refused(error) : away(error as Error);
      }
    },
  };
}

export const signInFailed = (status: 400 | 401, code: 'sign-in-lost' | 'sign-in-refused') =>
  new Problem({ status, slug: 'sign-in-failed', says: message(code) });

/**
 * What the provider and its answer must repeat, each made of the secret in the browser's cookie: nothing is stored, any process
 * can finish, and who sees one of them on the way learns neither the others nor the secret.
 */
function checksOf(browser: string) {
  const part = (name: string) => createHmac('sha256', browser).update(name).digest('base64url');
  return { verifier: part('verifier'), state: part('state'), nonce: part('nonce') };
}

const AWAY = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

/** Everything but an issuer that does not answer, or answers nonsense. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof AuthorizationResponseError ||
  (error instanceof ResponseBodyError && error.status < 500) ||
  (error instanceof ClientError && !AWAY.includes(error.code ?? ''));

/** Of an answer: only the code of its error, because its description can hold anything. */
const reasonOf = (error: Error): string =>
  error instanceof AuthorizationResponseError || error instanceof ResponseBodyError
    ? error.error
    : error.message;
