import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JWK } from 'jose';
import { pino } from 'pino';
import { sql } from '../../src/db/sql.ts';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { asTableOwner } from '../support/audit.ts';
import { hasChromium, openBrowser } from '../support/chromium.ts';
import {
  AUDIENCE,
  aSigningKey,
  NOBODY,
  openProvider,
  SECRET,
  type TestProvider,
} from '../support/provider.ts';
import { startService, type TestService } from '../support/service.ts';

const CLAIMS = { tripoint_agency: 'tun-douane', tripoint_roles: ['reporter'] };

let service: TestService;
let http: HttpServer;
let base: string;
let provider: TestProvider;
let signingKey: JWK;
const log: string[] = [];
const logger = pino({ level: 'info' }, { write: (line) => void log.push(line) });
/** The service is made once the provider is known, which has to know where the service is. */
let app: RequestListener = () => {};
beforeAll(async () => {
  http = await openHttpServer((req, res) => app(req, res), { host: '127.0.0.1', port: 0 });
  // another site than the provider, as browsers see it
  base = `http://localhost:${(http.server.address() as { port: number }).port}`;
  const redirectUri = `${base}/session/callback`;
  signingKey = await aSigningKey('first');
  provider = await openProvider(
    [
      { id: 'console', claims: CLAIMS, redirectUri },
      { id: 'stranger', claims: { ...CLAIMS, tripoint_agency: 'tun-nowhere' }, redirectUri },
    ],
    [signingKey],
  );
  service = await startService({ logger });
  app = appOf('console');
});
afterAll(async () => {
  await http.close();
  await provider.stop();
  await service.stop();
});

const appOf = (id: string, more: Record<string, string> = {}) =>
  service.appWith({
    logger,
    access: {
      oidc: {
        issuer: provider.issuer,
        audience: AUDIENCE,
        agencyClaim: 'tripoint_agency',
        rolesClaim: 'tripoint_roles',
      },
      client: { id, secret: SECRET, scope: 'openid api', parameters: { resource: AUDIENCE, ...more } },
    },
  });

/** Follows redirects with the cookies of all hosts, up to an answer or an address that `stop` names. */
function aBrowser() {
  const jar = new Map<string, string>();
  async function visit(url: string): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie, Accept: 'application/json' } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') jar.delete(name!);
      else jar.set(name!, value!);
    }
    return answer;
  }
  async function go(
    url: string,
    stop = (_address: string) => false,
  ): Promise<{ url: string; answer: Response }> {
    let answer = await visit(url);
    let at = url;
    while (answer.status >= 300 && answer.status < 400) {
      at = new URL(answer.headers.get('location')!, at).href;
      if (stop(at)) break;
      answer = await visit(at);
    }
    return { url: at, answer };
  }
  return { jar, go };
}

const isCallback = (address: string) => address.includes('/session/callback?');
const START = '/session/start?return=/v1/me';

describe('signing in with the OpenID provider', () => {
  test('ends where it began, as the agency and roles of the token, until the token expires', async () => {
    const { go, jar } = aBrowser();
    const { url, answer } = await go(base + START);
    expect(url).toBe(`${base}/v1/me`);
    const me = (await answer.json()) as Record<string, unknown>;
    expect(me).toMatchObject({ agency: 'tun-douane', roles: ['reporter'], key: null, credential: 'session' });
    const left = Date.parse(String(me.expiresAt)) - Date.now();
    expect(left).toBeLessThanOrEqual(3_600_000);
    expect([...jar.keys()].filter((name) => name.startsWith('tripoint'))).toEqual(['tripoint-session']);
    const state = (await (await go(`${base}/session`)).answer.json()) as { openId: string };
    expect(state.openId).toBe('/session/start');
    const [row] = await asTableOwner<{ text: string }>(
      service.db,
      sql`SELECT s::text AS text FROM base.session AS s`,
    );
    expect(row!.text).not.toContain('officer');
  });

  test('sends a challenge, a state and a nonce, and keeps the verifier', async () => {
    const answer = await fetch(base + START, { redirect: 'manual' });
    const cookie = answer.headers.getSetCookie().join();
    expect(cookie).toMatch(
      /^tripoint-sign-in=[\w-]{43}\.[\w-]+; Max-Age=600; Path=\/session; HttpOnly; SameSite=Lax$/,
    );
    const sent = new URL(answer.headers.get('location')!).searchParams;
    expect(Object.fromEntries(sent)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${base}/session/callback`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(sent.get(name)).toMatch(/^[\w-]{43}$/);
      expect(cookie).not.toContain(sent.get(name));
    }
  });

  test.each([
    ['another browser', (url: string) => [url, ''] as const],
    ['a browser that began again', (url: string) => [url, 'new'] as const],
    ['another state', (url: string) => [url.replace(/state=[^&]*/, 'state=x'), 'same'] as const],
    ['no state', (url: string) => [url.replace(/&?state=[^&]*/, ''), 'same'] as const],
    ['another code', (url: string) => [url.replace(/code=[^&]*/, 'code=x'), 'same'] as const],
    ['another issuer', (url: string) => [url.replace(/iss=[^&]*/, 'iss=https://x.example'), 'same'] as const],
  ])('takes no answer with %s', async (_what, change) => {
    const first = aBrowser();
    const { url } = await first.go(base + START, isCallback);
    const [address, which] = change(url);
    const browser = which === 'same' ? first : aBrowser();
    if (which === 'new') await browser.go(base + START, isCallback);
    const { answer } = await browser.go(address);
    expect([400, 401]).toContain(answer.status);
    expect(((await answer.json()) as { type: string }).type).toBe('/problems/sign-in-failed');
    expect(browser.jar.has('tripoint-session')).toBe(false);
  });

  test('takes an answer once', async () => {
    const browser = aBrowser();
    const { url } = await browser.go(base + START, isCallback);
    const waiting = browser.jar.get('tripoint-sign-in')!;
    expect((await browser.go(url)).answer.status).toBe(200);
    const thief = aBrowser();
    thief.jar.set('tripoint-sign-in', waiting);
    expect((await thief.go(url)).answer.status).toBe(401);
    expect(thief.jar.has('tripoint-session')).toBe(false);
    const code = new URL(url).searchParams.get('code')!;
    expect(log.join('').includes(code)).toBe(false);
  });

  test('refuses whom the provider turns away, and who is of no agency', async () => {
    for (const other of [appOf('console', { login_hint: NOBODY }), appOf('stranger')]) {
      const before = app;
      app = other;
      const browser = aBrowser();
      const { answer } = await browser.go(base + START);
      app = before;
      expect(answer.status).toBe(401);
      expect(((await answer.json()) as { code: string }).code).toBe('sign-in-refused');
      expect(browser.jar.has('tripoint-session')).toBe(false);
    }
  });

  test('says 503 while the provider does not answer, and works when it is back', async () => {
    const before = app;
    app = appOf('console');
    await provider.stop();
    const { answer } = await aBrowser().go(base + START);
    expect(answer.status).toBe(503);
    await provider.start([signingKey]);
    expect((await aBrowser().go(base + START)).answer.status).toBe(200);
    app = before;
  });

  test('leads to no other host', async () => {
    const answer = await fetch(`${base}/session/start?return=//elsewhere.example`, { redirect: 'manual' });
    expect(answer.status).toBe(400);
  });
});

(hasChromium ? test : test.skip)(
  'a person signs in, reads and signs out in Chromium (from the package chromium)',
  async () => {
    const browser = await openBrowser();
    const page = await browser.newPage();
    await page.goto(`${base}/v1/collections`);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
    await page.waitForURL(`${base}/v1/collections`);
    await page.getByRole('link', { name: 'Signed in: tun-douane' }).click();
    await page.getByText('tun-douane (TUN: reporter)').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${base}/v1/collections`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await browser.close();
  },
);
