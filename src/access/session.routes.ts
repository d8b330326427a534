import { z } from 'zod';
import { FORM, isForm } from '../http/body.reader.ts';
import { refuseOtherSites } from '../http/browser.guard.ts';
import { credentialFrom } from '../http/credential.ts';
import { HTML } from '../http/negotiation.ts';
import { JSON_MEDIA_TYPES, type Operation, operation } from '../http/operation.ts';
import { noContent, seeOther } from '../http/reply.ts';
import { clearCookie } from '../http/session.cookie.ts';
import type { BrowserSessions } from './browser.session.ts';
import type { Identity } from './identify.ts';
import { returnPath } from './return.address.ts';
import { sessionPage } from './session.page.ts';
import { NewSession, ReturnTo, SESSION_TAG, Session } from './session.schema.ts';

interface SessionParts extends Pick<Identity, 'vouchFor' | 'findSession'> {
  browsers: BrowserSessions;
}

/** What signs a browser in and out with a key. Beside the API, because only browsers have sessions. */
export const sessionOperations = (parts: SessionParts): Operation[] => [
  getSession(parts),
  startSession(parts),
  endSession(parts),
  endSessionByForm(parts),
];

const getSession = ({ findSession, browsers }: SessionParts) =>
  operation({
    id: 'getSession',
    method: 'get',
    path: '/session',
    tag: SESSION_TAG,
    summary: 'Read whether the browser is signed in, and until when.',
    isForAnybody: true,
    query: z.strictObject({ f: z.enum(['json', 'html']).optional(), return: ReturnTo }),
    responses: { 200: { description: 'The session.', schema: Session, also: { [HTML.mediaType]: null } } },
    problems: [400],
    async handle({ query, request }) {
      const back = returnPath(query.return, request, 'query');
      const body = browsers.stateOf(await findSession(request), request);
      if (body.hasEnded) clearCookie(request, 'session');
      return { body, html: sessionPage(back) };
    },
  });

function startSession({ vouchFor, browsers }: SessionParts): Operation {
  const op = operation({
    id: 'startSession',
    method: 'post',
    path: '/session',
    tag: SESSION_TAG,
    summary: 'Sign the browser in with a key.',
    isForAnybody: true,
    body: NewSession,
    bodyMediaTypes: [...JSON_MEDIA_TYPES, FORM],
    responses: {
      201: { description: 'Signed in; the cookie is set.', schema: Session },
      303: { description: 'The same for a form: on to `return`.' },
    },
    problems: [400, 401, 403],
    async handle({ body, request }) {
      refuseOtherSites(request);
      const back = returnPath(body.return, request, 'body');
      const grant = await vouchFor(credentialFrom(body.key), request);
      const caller = await browsers.begin(grant, op, request);
      return isForm(request) ? seeOther(back) : { body: browsers.stateOf(caller, request) };
    },
  });
  return op;
}

function endSession({ browsers }: SessionParts): Operation {
  const op = operation({
    id: 'endSession',
    method: 'delete',
    path: '/session',
    tag: SESSION_TAG,
    summary: 'Sign the browser out.',
    isForAnybody: true,
    responses: { 204: { description: 'Signed out, also if the session had ended before.' } },
    problems: [403],
    async handle({ request }) {
      refuseOtherSites(request);
      await browsers.end(op, request);
      return noContent();
    },
  });
  return op;
}

function endSessionByForm({ browsers }: SessionParts): Operation {
  const op = operation({
    id: 'endSessionByForm',
    method: 'post',
    path: '/session/end',
    tag: SESSION_TAG,
    summary: 'Sign the browser out with a form.',
    isForAnybody: true,
    body: z.strictObject({ return: ReturnTo }),
    bodyMediaTypes: [FORM],
    responses: { 303: { description: 'Signed out; on to `return`.' } },
    problems: [400, 403],
    async handle({ body, request }) {
      refuseOtherSites(request);
      const back = returnPath(body.return, request, 'body');
      await browsers.end(op, request);
      return seeOther(back);
    },
  });
  return op;
}
