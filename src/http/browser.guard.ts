import type { Request, Response } from 'express';
import { message } from '../core/catalogue.ts';
import { Problem } from '../core/problem.ts';
import { hasSession, isAmbient } from './credential.ts';

const BASIC = 'Basic realm="Tripoint"';

/**
 * Asks for a key (RFC 9110 §11.6.1). One header line for each scheme: Chromium reads a line as one challenge. A script of a
 * page gets no Basic challenge, because the browser would open its dialog over the page; nor does a browser whose session
 * has ended, because its page leads to signing in again.
 */
export function challenge(req: Request, res: Response): void {
  const mode = req.headers['sec-fetch-mode'];
  const isScript = mode !== undefined && mode !== 'navigate';
  const hasDialog = !isScript && !hasSession(req);
  res.vary('Sec-Fetch-Mode').setHeader('WWW-Authenticate', hasDialog ? ['Bearer', BASIC] : ['Bearer']);
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another site sends with a key or session that the browser adds by itself: writes, and embedded
 * resources, whose loading tells whether a row exists. A page that knows a key sends it as a bearer token, and CORS lets it
 * read. A session writes only where the browser says that the page is of this service.
 */
export function refuseCrossSite(req: Request): void {
  const isEmbedded = req.headers['sec-fetch-mode'] === 'no-cors';
  if (SAFE.has(req.method) && !isEmbedded) return;
  if (!isAmbient(req)) return;
  if (isCrossSite(req)) throw crossSite('cross-site');
  if (!SAFE.has(req.method) && hasSession(req) && saysNoOrigin(req)) throw crossSite('origin-missing');
}

/** Signing in and out is never another site's to do, whoever the browser is by then. */
export function refuseOtherSites(req: Request): void {
  if (isCrossSite(req)) throw crossSite('sign-in-cross-site');
}

const crossSite = (code: 'cross-site' | 'origin-missing' | 'sign-in-cross-site') =>
  new Problem({ status: 403, slug: 'cross-site', says: message(code) });

const saysNoOrigin = ({ headers }: Request): boolean =>
  headers.origin === undefined && headers['sec-fetch-site'] === undefined;

/** Other origins of the same site count, too. Programs that are no browsers send neither header. */
function isCrossSite(req: Request): boolean {
  const { origin, 'sec-fetch-site': site } = req.headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return origin !== undefined && !isOwn(origin, req);
}

/** The host of the request or PUBLIC_URL. The scheme of the host is not compared: a proxy in front may have ended TLS. */
function isOwn(origin: string, req: Request): boolean {
  if (!URL.canParse(origin)) return false;
  const url: string | undefined = req.app.get('public url');
  const { host, origin: own } = new URL(origin);
  return host === req.host || (url !== undefined && own === new URL(url).origin);
}
