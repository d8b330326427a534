import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { pino } from 'pino';
import supertest from 'supertest';
import { createApp } from '../src/app.ts';
import { createHttpApp } from '../src/http/http.app.ts';
import { addAlerts } from './support/alerts.ts';
import { aFlatIncident } from './support/builders.flat.ts';
import { anIncident, aZone } from './support/builders.ts';
import { callerOf } from './support/callers.ts';
import { type FoundLink, linksIn } from './support/links.ts';
import { LAYERS } from './support/ogc.ts';
import { startService, type TestService } from './support/service.ts';

const MOUNTS = ['/v1', '/exercises/autumn/v1'] as const;
const { headers } = callerOf('TUN', 'operator');

let service: TestService;
let express: Express;
beforeAll(async () => {
  service = await startService({ withDemo: true });
  const logger = pino({ level: 'error' });
  const app = createApp(service.db, { audit: { reads: service.reads } }, logger);
  express = createHttpApp({
    apis: Object.fromEntries(MOUNTS.map((base) => [base, app])),
    logger,
    ready: async () => [],
    poolStats: service.db.poolStats,
    requestTimeoutMs: 60_000,
    checkResponses: true,
  });
  await addAlerts(service, callerOf('TUN', 'operator').agency!);
});
afterAll(() => service.stop());

const get = (path: string, accept = '*/*') =>
  supertest(express).get(path).set(headers).set('Accept', accept).buffer(true);

/** What every world shares: it holds nothing of any of them. */
const SHARED = /^\/(assets|problems)(\/|$)/;
const docsOf = (base: string) => base.replace(/v1$/, 'docs/');
const sessionOf = (base: string) => base.replace(/v1$/, 'session');

const staysIn = (base: string, path: string): boolean =>
  path === base ||
  path.startsWith(`${base}/`) ||
  path.startsWith(docsOf(base)) ||
  path === sessionOf(base) ||
  SHARED.test(path);

/** The same page with another value in its address, or another feature of a list, is of the same kind. */
const kindOf = ({ pathname, searchParams }: URL): string => {
  const path = pathname.replace(/\/items\/[^/]+$/, '/items/…').replace(/[0-9a-f-]{36}/g, '…');
  return `${path}?${[...searchParams.keys()].sort()} ${searchParams.get('f')}`;
};

interface Walked {
  kinds: Set<string>;
  faults: string[];
}

/** Follows every link from the first addresses on, once for each kind. */
async function walk(base: string, starts: readonly string[]): Promise<Walked> {
  const open: FoundLink[] = starts.map((path) => ({ href: `http://127.0.0.1${base}${path}`, from: 'start' }));
  const kinds = new Set<string>();
  const faults: string[] = [];
  for (let link = open.pop(); link; link = open.pop()) {
    const url = new URL(link.href, 'http://127.0.0.1');
    const kind = kindOf(url);
    if (url.hostname !== '127.0.0.1' || kinds.has(kind)) continue;
    kinds.add(kind);
    if (!staysIn(base, url.pathname)) faults.push(`${link.from} leads to ${url.pathname}`);
    const answer = await get(url.pathname + url.search);
    // the address of a file leads to that of its version
    if (answer.status === 302) open.push({ href: answer.headers.location!, from: link.from });
    else if (answer.status !== 200)
      faults.push(`${link.from}: ${answer.status} at ${url.pathname}${url.search}`);
    if (!SHARED.test(url.pathname)) open.push(...linksIn(answer, url.pathname));
  }
  return { kinds, faults };
}

const STARTS = [
  '/',
  '/?f=html',
  ...LAYERS.map((id) => `/collections/${id}/items?limit=2&f=json`),
  ...LAYERS.map((id) => `/collections/${id}/items?limit=2&f=html`),
  '/style',
  ...['borders', 'crossings', 'agencies', 'mandates', 'zones', 'incidents'].map((noun) => `/${noun}?limit=2`),
  '/incidents.atom',
  '/alerts.atom',
  '/alerts?limit=2',
];

describe.each(MOUNTS)('the app at %s', (base) => {
  test('every link of it stays there and is answered', async () => {
    const { kinds, faults } = await walk(base, STARTS);
    expect(faults).toEqual([]);
    expect(kinds.size).toBeGreaterThan(300);
  });

  test('the API document says where it is, and Swagger UI beside it shows this one', async () => {
    const { body } = await get(`${base}/openapi.json`).expect(200);
    expect(body.servers).toEqual([{ url: base }]);
    const { text } = await get(`${docsOf(base)}swagger-ui-init.js`).expect(200);
    expect(text).toContain(`"${base}/openapi.json"`);
  });

  test.each([
    ['incidents', () => anIncident()],
    ['collections/incidents/items', () => aFlatIncident()],
    ['zones', () => aZone()],
  ])('what is made by POST %s is where its Location says', async (path, body) => {
    const made = await supertest(express).post(`${base}/${path}`).set(headers).send(body()).expect(201);
    const { pathname } = new URL(made.headers.location!, 'http://127.0.0.1');
    expect(pathname).toMatch(new RegExp(`^${base}/${path}/`));
    await get(pathname).expect(200);
  });

  test('a problem in it is a page that leads back to it', async () => {
    const { text } = await get(`${base}/zones/none`, 'text/html').expect(404);
    expect(text).toContain(`<a class="brand" href="${base}/">`);
  });
});
