import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, exportSPKI, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { pino } from 'pino';
import { ask as askWithLog } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { AUDIENCE, aSigningKey, openProvider, type TestProvider } from '../support/provider.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const reporter = { tripoint_agency: 'tun-douane', tripoint_roles: ['reporter', 'offline_access'] };
const CLIENTS = [
  { id: 'reporter', claims: reporter },
  { id: 'admin', claims: { tripoint_agency: 'lby-douanes', tripoint_roles: 'reader admin' } },
  { id: 'stranger', claims: { ...reporter, tripoint_agency: 'tun-nowhere' } },
  { id: 'no-roles', claims: { ...reporter, tripoint_roles: ['manage-account'] } },
  { id: 'no-claims', claims: {} },
];

let key: JWK;
let provider: TestProvider;
let service: TestService;
const log: string[] = [];
const logger = pino({ level: 'info' }, { write: (line) => void log.push(line) });
const oidcAt = (issuer: string) => ({
  issuer,
  audience: AUDIENCE,
  agencyClaim: 'tripoint_agency',
  rolesClaim: 'tripoint_roles',
});
beforeAll(async () => {
  key = await aSigningKey('first');
  provider = await openProvider(CLIENTS, [key]);
  service = await startService({ access: { oidc: oidcAt(provider.issuer) }, logger });
});
afterAll(async () => {
  await provider.stop();
  await service.stop();
});

const ask = (token: string) => service.api.get('/v1/borders').set(as(token));
const now = () => Math.floor(Date.now() / 1000);

/** A token as the provider makes them, but for the changes. */
async function forged(claims: JWTPayload = {}, header: object = {}, signer = key): Promise<string> {
  const payload = {
    iss: provider.issuer,
    aud: AUDIENCE,
    sub: 'reporter',
    iat: now(),
    exp: now() + 60,
    ...reporter,
    ...claims,
  };
  const protectedHeader = { alg: signer.alg!, kid: signer.kid!, typ: 'at+jwt', ...header };
  return new SignJWT(payload)
    .setProtectedHeader(protectedHeader)
    .sign(await importJWK(signer), { crit: { 'x-must': true } });
}

const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an access token of the provider', () => {
  test('acts for the agency and roles of its claims, like a key', async () => {
    const token = await provider.tokenOf('reporter');
    const { body } = await service.api.post('/v1/incidents').set(as(token)).send(anIncident()).expect(201);
    expect(body.properties).toMatchObject({ agency: 'tun-douane', owner: 'TUN' });
    await service.api.get('/v1/keys').set(as(token)).expect(403);
  });

  test('is in the audit log by a hash of its subject', async () => {
    const { entries } = await askWithLog(service, {
      path: '/incidents',
      method: 'post',
      headers: as(await provider.tokenOf('reporter')),
      body: anIncident(),
    });
    expect(entries).toMatchObject([
      {
        action: 'create',
        key_id: null,
        subject: expect.stringMatching(/^[0-9a-f]{32}$/),
        agency: 'tun-douane',
      },
    ]);
  });

  test('may have its roles as words, and manages the keys of its country', async () => {
    const { body } = await service.api
      .get('/v1/keys')
      .set(as(await provider.tokenOf('admin')))
      .expect(200);
    expect(new Set(body.keys.map(({ country }: { country: string }) => country))).toEqual(new Set(['LBY']));
  });

  test('is accepted as a bearer only', async () => {
    const token = await provider.tokenOf('reporter');
    await service.api.get('/v1/borders').set('X-API-Key', token).expect(401);
    await service.api.get('/v1/borders').auth('qgis', token).expect(401);
  });

  test('counts by its subject, not by its text', async () => {
    const limited = service.apiWith({
      access: { oidc: oidcAt(provider.issuer), rateLimits: { perKey: 3, perAddress: 100 } },
      logger,
    });
    const remaining = [];
    for (const client of ['reporter', 'reporter', 'admin']) {
      const { headers } = await limited.get('/v1/borders').set(as(await provider.tokenOf(client)));
      remaining.push(headers['ratelimit-remaining']);
    }
    expect(remaining).toEqual(['2', '1', '2']);
  });
});

describe('a token is refused with 401 without the reason', () => {
  let told: object;
  beforeAll(async () => {
    const { body } = await ask('tp_unknown').expect(401);
    const { requestId: _, ...rest } = body;
    told = rest;
  });

  test('the forged ones below would be valid without their fault', async () => {
    await ask(await forged()).expect(200);
  });

  const parts = (token: string) => token.split('.') as [string, string, string];
  const cases: [fault: string, make: () => Promise<string>][] = [
    ['an agency that does not exist', () => provider.tokenOf('stranger')],
    ['no role of this service', () => provider.tokenOf('no-roles')],
    ['no claims', () => provider.tokenOf('no-claims')],
    ['another audience', () => provider.tokenOf('reporter', 'https://other.example/api')],
    ['an audience that begins alike', () => forged({ aud: `${AUDIENCE}/v2` })],
    ['no audience', () => forged({ aud: undefined as never })],
    ['another issuer', () => forged({ iss: 'http://127.0.0.1:1' })],
    ['an end that has passed', () => forged({ exp: now() - 30 })],
    ['no end', () => forged({ exp: undefined as never })],
    ['an end that is text', () => forged({ exp: '2999' as never })],
    ['a beginning to come', () => forged({ nbf: now() + 60 })],
    ['an issue to come', () => forged({ iat: now() + 60 })],
    ['no issue', () => forged({ iat: undefined as never })],
    ['a life beyond the maximum', () => forged({ iat: now() - 10, exp: now() + 3600 })],
    ['an issue in the distant past', () => forged({ iat: now() - 4000 })],
    ['the type of an ID token', () => forged({}, { typ: 'JWT' })],
    ['the type of a logout token', () => forged({}, { typ: 'logout+jwt' })],
    ['no type', () => forged({}, { typ: undefined })],
    ['the nonce of an ID token', () => forged({ nonce: 'n' })],
    ['the hash of an access token, as an ID token has it', () => forged({ at_hash: 'x' })],
    ['the events of a logout token', () => forged({ events: { [LOGOUT]: {} } })],
    ['no subject', () => forged({ sub: undefined as never })],
    ['an agency that is a list', () => forged({ tripoint_agency: ['tun-douane'] })],
    ['an agency with a NUL', () => forged({ tripoint_agency: 'tun-douane\0' })],
    ['roles that are an object', () => forged({ tripoint_roles: { reporter: true } })],
    ['a key of its holder to prove', () => forged({ cnf: { jkt: 'x' } })],
    ['the signature of another key', async () => forged({}, { kid: 'first' }, await aSigningKey('other'))],
    ['a key that the issuer does not have', async () => forged({}, {}, await aSigningKey('unknown'))],
    [
      'a key that it brings along',
      async () => {
        const other = await aSigningKey('other');
        const { kty, n, e } = other;
        return forged({}, { jwk: { kty, n, e }, kid: undefined }, other);
      },
    ],
    [
      'a changed payload',
      async () => {
        const [header, , signature] = parts(await provider.tokenOf('reporter'));
        const payload = { ...decodeJwt(await forged()), tripoint_roles: ['admin'] };
        return `${header}.${base64(payload)}.${signature}`;
      },
    ],
    [
      'no signature',
      async () => {
        const [header, payload] = parts(await provider.tokenOf('reporter'));
        return `${header}.${payload}.`;
      },
    ],
    ...['none', 'None', 'NONE'].map(
      (alg) =>
        [`alg ${alg}`, async () => `${base64({ alg, typ: 'at+jwt' })}.${parts(await forged())[1]}.`] as [
          string,
          () => Promise<string>,
        ],
    ),
    ...['HS256', 'HS512'].map(
      (alg) =>
        [
          `${alg} with the public key as the secret`,
          async () => {
            const { kty, n, e } = key;
            const pem = await exportSPKI((await importJWK({ kty, n, e } as JWK, 'RS256')) as CryptoKey);
            const text = `${base64({ alg, kid: 'first' })}.${parts(await forged())[1]}`;
            return `${text}.${createHmac(alg.replace('HS', 'sha'), pem).update(text).digest('base64url')}`;
          },
        ] as [string, () => Promise<string>],
    ),
    ['an extension that must be understood', () => forged({}, { crit: ['x-must'], 'x-must': 1 })],
    ['what is no token', async () => 'a.b.c'],
    ['a header that is no JSON', async () => `bm9uc2Vuc2U.${parts(await forged())[1]}.c2ln`],
    [
      'a payload that is a list',
      async () => forged().then((token) => `${parts(token)[0]}.W10.${parts(token)[2]}`),
    ],
    ['ten thousand characters', () => forged({ padding: 'x'.repeat(10_000) })],
  ];
  test.each(cases)('%s', async (_fault, make) => {
    const { body, headers } = await ask(await make()).expect(401);
    const { requestId: _, ...rest } = body;
    expect(rest).toEqual(told);
    expect(headers['www-authenticate']).toBe('Bearer, Basic realm="Tripoint"');
  });
});

describe('from a provider whose access tokens are of type JWT, like its ID tokens', () => {
  const askJwt = (claims: JWTPayload, typ = 'JWT') => {
    const oidc = { ...oidcAt(provider.issuer), tokenType: 'JWT', longestLifeSeconds: 7200 };
    const other = service.apiWith({ access: { oidc }, logger });
    return forged({ exp: now() + 7100, ...claims }, { typ }).then((token) =>
      other.get('/v1/borders').set(as(token)),
    );
  };

  test.each([{ scope: 'api' }, { scp: 'api' }, { client_id: 'reporter' }])(
    'one with %p is accepted',
    async (claims) => {
      expect((await askJwt(claims)).status).toBe(200);
    },
  );

  const others: [what: string, claims: JWTPayload, typ: string][] = [
    ['an ID token without a nonce', {}, 'JWT'],
    ['an ID token with a nonce', { scope: 'api', nonce: 'n' }, 'JWT'],
    ['a logout token', { scope: 'api', events: { [LOGOUT]: {} } }, 'JWT'],
    ['a type that was not stated', { scope: 'api' }, 'at+jwt'],
    ['a life beyond the stated maximum', { scope: 'api', exp: now() + 7300 }, 'JWT'],
  ];
  test.each(others)('%s is refused', async (_what, claims, typ) => {
    expect((await askJwt(claims, typ)).status).toBe(401);
  });
});

describe('when the issuer changes its keys', () => {
  test('a token of the new key is accepted, one of a removed key is not', async () => {
    const old = await provider.tokenOf('reporter');
    await ask(old).expect(200);
    await provider.stop();
    const [next, elliptic] = [await aSigningKey('second'), await aSigningKey('third', 'ES256')];
    await provider.start([next, elliptic]);
    // unknown keys are asked for only every five seconds
    const token = await provider.tokenOf('reporter');
    await eventually(async () => (await ask(token)).status === 200);
    await ask(await forged({}, {}, elliptic)).expect(200);
    // it is not looked up again at once
    await eventually(async () => (await ask(old)).status === 401);
    await ask(await forged({}, { alg: 'RS256', kid: 'third' }, next)).expect(401);
    key = next;
  });

  test('unknown keys do not cause repeated requests to it', async () => {
    const stranger = await aSigningKey('stranger');
    const token = await forged({}, {}, stranger);
    const before = provider.asked();
    await Promise.all(Array.from({ length: 8 }, () => ask(token).expect(401)));
    expect(provider.asked() - before).toBeLessThanOrEqual(1);
  });
});

describe('while the issuer cannot be reached', () => {
  test('a token gets 503 with Retry-After; keys and anonymous reads keep working', async () => {
    await provider.stop();
    const other = service.apiWith({ access: { oidc: oidcAt(provider.issuer) }, logger });
    const get = (headers: object) => other.get('/v1/borders').set(headers as Record<string, string>);
    const token = await forged();
    const { body, headers } = await get(as(token)).expect(503);
    expect(body).toMatchObject({ type: '/problems/unavailable', status: 503 });
    expect(headers['retry-after']).toBe('5');
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN/);
    await get(as(keyOf('TUN', 'reader'))).expect(200);
    await get({}).expect(200);
    // the one that knows the issuer's keys goes on with them
    await ask(token).expect(200);
    await provider.start([key]);
    await eventually(async () => (await get(as(token))).status === 200);
  });

  test('an address that is not an OpenID provider, or claims to be another, gives 503 too', async () => {
    const other = service.apiWith({ access: { oidc: oidcAt(`${provider.issuer}/`) }, logger });
    await other
      .get('/v1/borders')
      .set(as(await forged()))
      .expect(503);
  });
});

test('without a configured provider no token is accepted', async () => {
  const other = service.apiWith({});
  await other
    .get('/v1/borders')
    .set(as(await forged()))
    .expect(401);
});

test('the log has the reasons of refusals, but no tokens', () => {
  const text = log.join('');
  expect(text).toContain('token refused');
  expect(text).toContain('tokens cannot be checked');
  expect(text).not.toMatch(/eyJ/);
});
