import type { Request, Response } from 'express';
import { message } from '../core/catalogue.ts';
import { Problem } from '../core/problem.ts';

const BASIC = 'Basic realm="Tripoint"';

/**
 * Asks for a key (RFC 9110 §11.6.1). One header line for each scheme: Chromium reads a line as one challenge. A script of a
 * page gets no Basic challenge, because the browser would open its dialog over the page.
 */
export function challenge({ headers }: Request, res: Response): void {
  const mode = headers['sec-fetch-mode'];
  const isScript = mode !== undefined && mode !== 'navigate';
  res.vary('Sec-Fetch-Mode').setHeader('WWW-Authenticate', isScript ? ['Bearer'] : ['Bearer', BASIC]);
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another site sends with a key that the browser adds by itself: writes, and embedded resources,
 * whose loading tells whether a row exists. A page that knows a key sends it as a bearer token, and CORS lets it read.
 */
export function refuseCrossSite(req: Request): void {
  const isEmbedded = req.headers['sec-fetch-mode'] === 'no-cors';
  if (SAFE.has(req.method) && !isEmbedded) return;
  if (hasAmbientKey(req) && isCrossSite(req))
    throw new Problem({ status: 403, slug: 'cross-site', says: message('cross-site') });
}

const hasAmbientKey = ({ headers }: Request): boolean =>
  headers.cookie !== undefined || /^basic\b/i.test(headers.authorization ?? '');

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
