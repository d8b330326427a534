import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request } from 'express';
import { rootPath } from './api.path.ts';

/** `session`: of a browser that is signed in; `sign-in`: of one that is with its OpenID provider at the moment. */
type CookieKind = 'session' | 'sign-in';

/** The path of a world before that of its API: empty, or that of an exercise. */
export const rootOf = ({ app, res }: Request): string =>
  res?.locals.base === undefined ? (app.get('root') ?? '') : rootPath(res.locals.base);

/** The value of a cookie of this world; undefined: the request has none, or an empty one. */
export function cookieIn(req: Request, kind: CookieKind = 'session'): string | undefined {
  const { cookie } = req.headers;
  return (cookie === undefined ? undefined : parseCookie(cookie)[nameOf(req, kind)]) || undefined;
}

/** Ends with the browser, unless it says when: on a shared computer nobody stays signed in. */
export function setCookie(req: Request, kind: CookieKind, value: string, maxAgeSeconds?: number): void {
  // an open stream finds out later than its headers
  if (req.res!.headersSent) return;
  const text = stringifySetCookie({
    name: nameOf(req, kind),
    value,
    path: pathOf(req, kind),
    httpOnly: true,
    // with strict, the link of a mail would open signed out
    sameSite: 'lax',
    secure: isSecure(req),
    ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds }),
  });
  req.res!.append('Set-Cookie', text);
}

export const clearCookie = (req: Request, kind: CookieKind): void => setCookie(req, kind, '', 0);

/** Browsers take a cookie with such a prefix only over TLS, so that no page without TLS can set or replace it. */
function nameOf(req: Request, kind: CookieKind): string {
  const exercise = rootOf(req).split('/').at(-1);
  const name = ['tripoint', exercise, kind].filter(Boolean).join('-');
  if (!isSecure(req)) return name;
  return pathOf(req, kind) === '/' ? `__Host-${name}` : `__Secure-${name}`;
}

const pathOf = (req: Request, kind: CookieKind): string =>
  kind === 'session' ? rootOf(req) || '/' : `${rootOf(req)}/session`;

/** As a trusted proxy says, or PUBLIC_URL. */
const isSecure = (req: Request): boolean =>
  req.secure || (req.app.get('public url') ?? '').startsWith('https:');
