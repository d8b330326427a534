import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Configuration, Provider } from 'oidc-provider';

export const AUDIENCE = 'https://tripoint.example/api';

/** What the provider says of a client in its tokens. */
interface Client {
  id: string;
  claims: Record<string, unknown>;
  /** Where browsers come back to, if people sign in with it. */
  redirectUri?: string;
}

export async function aSigningKey(kid: string, alg = 'RS256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' };
}

/** An OpenID provider on a port of this machine, that can stop, and start again with other keys. */
export async function openProvider(clients: Client[], keys: JWK[]) {
  let server: Server | undefined;
  let port = 0;
  let asked = 0;
  const issuer = () => `http://127.0.0.1:${port}`;

  async function start(signingKeys: JWK[]): Promise<void> {
    server = createServer();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    server.on('request', () => {
      asked += 1;
    });
    const provider = await providerFor(issuer(), clients, signingKeys);
    const answer = provider.callback();
    server.on('request', (req, res) => {
      if (req.url?.startsWith('/interaction/')) void signIn(provider, req, res);
      else answer(req, res);
    });
  }

  async function stop(): Promise<void> {
    server?.closeAllConnections();
    if (server?.listening) await new Promise((resolve) => server!.close(resolve));
  }

  /** An access token by client credentials (RFC 6749 §4.4) for a resource (RFC 8707). */
  async function tokenOf(client: string, resource = AUDIENCE): Promise<string> {
    const answer = await fetch(`${issuer()}/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${client}:${SECRET}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'api' }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (!token) throw new Error(`The provider answered ${answer.status}.`);
    return token;
  }

  await start(keys);
  /** `asked`: how many requests it was sent. */
  return { issuer: issuer(), start, stop, tokenOf, asked: () => asked };
}
export type TestProvider = Awaited<ReturnType<typeof openProvider>>;

export const SECRET = 'exercise-secret-of-a-client';
/** Who asks for it, as the name of the person who signs in, is turned away. */
export const NOBODY = 'nobody';

/** The person at the browser signs in and agrees at once. */
async function signIn(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { prompt, params, session, grantId } = await provider.interactionDetails(req, res);
  const merging = { mergeWithLastSubmission: true };
  if (params.login_hint === NOBODY)
    return provider.interactionFinished(req, res, { error: 'access_denied' }, merging);
  if (prompt.name === 'login')
    return provider.interactionFinished(req, res, { login: { accountId: 'officer' } }, merging);
  const grant =
    (grantId && (await provider.Grant.find(grantId))) ||
    new provider.Grant({ accountId: session!.accountId, clientId: String(params.client_id) });
  grant.addOIDCScope('openid');
  grant.addResourceScope(AUDIENCE, 'api');
  await provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } }, merging);
}

async function providerFor(issuer: string, clients: Client[], keys: JWK[]): Promise<Provider> {
  // its advice for production is not for a test
  console.warn = console.info = () => {};
  const { Provider } = await import('oidc-provider');
  return new Provider(issuer, settingsFor(clients, keys));
}

function settingsFor(clients: Client[], keys: JWK[]): Configuration {
  // the provider takes no objects for objects that come from the sandbox of a test file
  const claims = new Map(clients.map((client) => [client.id, structuredClone(client.claims)]));
  return {
    jwks: { keys: keys as { kty: string }[] },
    clients: clients.map(({ id, redirectUri }) => ({
      client_id: id,
      client_secret: SECRET,
      grant_types: ['client_credentials', ...(redirectUri ? ['authorization_code'] : [])],
      response_types: redirectUri ? ['code' as const] : [],
      redirect_uris: redirectUri ? [redirectUri] : [],
      // the first key signs
      id_token_signed_response_alg: keys[0]!.alg as 'RS256',
    })),
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => ({
          scope: 'api',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: keys[0]!.alg as 'RS256', kid: keys[0]!.kid } },
        }),
      },
    },
    cookies: { keys: ['exercise'] },
    extraTokenClaims: (_context, token) => claims.get(token.clientId!),
  };
}
