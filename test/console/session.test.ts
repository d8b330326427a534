import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { HttpServer } from '../../src/http/listen.ts';
import { hasChromium, openBrowser, PHONE } from '../support/chromium.ts';
import {
  accessibilityFaults,
  CONSOLE_LANGUAGES,
  isSideways,
  openConsole,
  serveConsole,
} from '../support/console.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// the embedded database adds nothing
const withChromium = hasChromium && process.env.TEST_DATABASE_URL ? describe : describe.skip;

withChromium('signing in to the console in Chromium (from the package chromium)', () => {
  let service: TestService;
  let http: HttpServer;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    const oidc = { issuer: 'http://127.0.0.1:1', audience: 'a', agencyClaim: 'a', rolesClaim: 'r' };
    service = await startService({
      access: {
        oidc,
        client: { id: 'console', scope: 'openid', parameters: {} },
        // it ends so soon that the console says it at once
        sessions: { idleSeconds: 1800, lastsSeconds: 200 },
      },
    });
    ({ http, base } = await serveConsole(service));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await http?.close();
    await service?.stop();
  });

  test('an officer signs in with a key, is told when the session ends, and signs out', async () => {
    const { page, close } = await openConsole(browser, base);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByLabel('Key').fill('tp_wrong');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('This key or token is not valid').waitFor();
    await dialog.getByLabel('Key').fill(keyOf('TUN', 'reporter'));
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Your session ends in 4 minutes').waitFor();
    // the tabs of a browser share the session, and the secret stands where no script reads it
    const other = await page.context().newPage();
    await other.goto(`${base}/?lang=fr`);
    await other.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Not signed in').waitFor();
    await other.getByText('Non connecté').waitFor();
    await close();
  });

  test('an officer whose key is revoked is told at once', async () => {
    const admin = keyOf('TUN', 'admin');
    const wanted = { agency: 'tun-garde-nationale', roles: ['reporter'] };
    const { body } = await service.api.post('/v1/keys').set(as(admin)).send(wanted).expect(201);
    const { page, close } = await openConsole(browser, base);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('dialog').getByLabel('Key').fill(body.key);
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await service.api.delete(`/v1/keys/${body.id}`).set(as(admin)).expect(204);
    await page.getByRole('alert').getByText('Your session ended').waitFor();
    await close();
  });

  test.each(CONSOLE_LANGUAGES)(
    'in %s the dialog leads to the OpenID provider and is accessible',
    async (language) => {
      const { page, close } = await openConsole(browser, base, { language, viewport: PHONE });
      const names = { en: 'Sign in', fr: 'Se connecter', ar: 'تسجيل الدخول' };
      await page.getByRole('button', { name: names[language] }).click();
      const link = page.getByRole('dialog').getByRole('link');
      await link.waitFor();
      expect(await link.getAttribute('href')).toContain('/session/start?return=%2F');
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await isSideways(page)).toBe(false);
      await close();
    },
  );
});
