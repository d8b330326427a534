import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { Problem } from '../core/problem.ts';
import { type Operation, operation } from '../http/operation.ts';
import { selfUrl } from '../http/paging.ts';
import { seeOther } from '../http/reply.ts';
import { clearCookie, cookieIn, rootOf, setCookie } from '../http/session.cookie.ts';
import type { BrowserSessions } from './browser.session.ts';
import type { Identity } from './identify.ts';
import { type OpenIdSignIn, signInFailed } from './openid.sign-in.ts';
import { returnPath } from './return.address.ts';
import { ReturnTo, SESSION_TAG } from './session.schema.ts';

interface OpenIdParts extends Pick<Identity, 'vouchFor'> {
  openId: OpenIdSignIn;
  browsers: BrowserSessions;
}

const WAIT_SECONDS = 600;

/** To the OpenID provider and back. */
export const openIdOperations = (parts: OpenIdParts): Operation[] => [
  startOpenId(parts),
  finishOpenId(parts),
];

const startOpenId = ({ openId }: OpenIdParts) =>
  operation({
    id: 'startOpenId',
    method: 'get',
    path: '/session/start',
    tag: SESSION_TAG,
    summary: 'Sign the browser in with the OpenID provider.',
    isForAnybody: true,
    query: z.strictObject({ return: ReturnTo }),
    responses: { 303: { description: 'On to the provider.' } },
    problems: [400, 503],
    async handle({ query, request }) {
      const back = returnPath(query.return, request, 'query');
      const secret = randomBytes(32).toString('base64url');
      const provider = await openId.begin(callbackOf(request), secret);
      const waiting = `${secret}.${Buffer.from(back).toString('base64url')}`;
      setCookie(request, 'sign-in', waiting, WAIT_SECONDS);
      return seeOther(provider.href);
    },
  });

function finishOpenId({ openId, vouchFor, browsers }: OpenIdParts): Operation {
  const op = operation({
    id: 'finishOpenId',
    method: 'get',
    path: '/session/callback',
    tag: SESSION_TAG,
    summary: 'Take the answer of the OpenID provider.',
    isForAnybody: true,
    // what providers add differs
    query: z.record(z.string(), z.string()),
    responses: { 303: { description: 'Signed in; on to where the browser came from.' } },
    problems: [400, 401, 503],
    async handle({ request }) {
      const [secret, back = ''] = cookieIn(request, 'sign-in')?.split('.') ?? [];
      if (!secret) throw signInFailed(400, 'sign-in-lost');
      // one answer only
      clearCookie(request, 'sign-in');
      const token = await openId.finish(answerIn(request), secret);
      const grant = await vouchFor({ kind: 'token', secret: token }, request).catch((error) => {
        throw error instanceof Problem && error.status === 401 ? signInFailed(401, 'sign-in-refused') : error;
      });
      await browsers.begin(grant, op, request);
      return seeOther(returnPath(Buffer.from(back, 'base64url').toString(), request, 'query'));
    },
  });
  return op;
}

const callbackOf = (req: Request): URL => new URL(`${rootOf(req)}/session/callback`, selfUrl(req));

/** As the provider was told, however the path was spelled. */
function answerIn(req: Request): URL {
  const url = callbackOf(req);
  url.search = selfUrl(req).search;
  return url;
}
