import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type { Caller } from '../core/caller.ts';
import { unauthorized } from '../core/problem.ts';
import { hasSession } from '../http/credential.ts';
import type { Operation } from '../http/operation.ts';
import type { RequestAudit } from '../http/request.hooks.ts';
import { clearCookie, cookieIn, rootOf, setCookie } from '../http/session.cookie.ts';
import type { Identity } from './identify.ts';
import type { Grant } from './key.store.ts';
import type { Session } from './session.schema.ts';
import type { SessionLimits, SessionStore } from './session.store.ts';

interface BrowserParts extends Pick<Identity, 'findSession' | 'forget'> {
  sessions: Pick<SessionStore, 'start' | 'end'>;
  limits: SessionLimits;
  hasOpenId: boolean;
  traced: RequestAudit['traced'];
}

const PREFIX = 'tp_session_'; // lets secret scanners find it, and the log hide it
const newSecret = (): string => PREFIX + randomBytes(32).toString('base64url');

/** Signs the browser of a request in and out. `op` is for the audit log. */
export function browserSessions({ findSession, forget, sessions, limits, hasOpenId, traced }: BrowserParts) {
  const acting = (caller: Caller, op: Operation, request: Request): Caller =>
    traced(caller, op, request, { params: {}, query: {} });

  async function endStored(op: Operation, request: Request): Promise<void> {
    const caller = await findSession(request);
    if (!caller) return;
    await sessions.end(acting(caller, op, request), cookieIn(request)!);
    await forget({ sessionId: caller.sessionId });
  }

  return {
    /** In place of the session that the browser had. */
    async begin(grant: Grant, op: Operation, request: Request): Promise<Caller> {
      const secret = newSecret();
      const until = await sessions.start({ ...grant, caller: acting(grant.caller, op, request) }, secret);
      if (!until) throw unauthorized('key-invalid');
      await endStored(op, request);
      setCookie(request, 'session', secret);
      return { ...grant.caller, expiresAt: until };
    },

    async end(op: Operation, request: Request): Promise<void> {
      await endStored(op, request);
      clearCookie(request, 'session');
    },

    /** Whom the browser acts for; undefined: for nobody. */
    stateOf: (caller: Caller | undefined, request: Request): Session => ({
      signedIn: caller !== undefined,
      hasEnded: caller === undefined && hasSession(request),
      agency: caller?.agency ?? null,
      country: caller?.country ?? null,
      roles: [...(caller?.roles ?? [])],
      endsAt: caller?.expiresAt?.toISOString() ?? null,
      endsInSeconds: caller?.expiresAt ? secondsUntil(caller.expiresAt) : null,
      idleSeconds: limits.idleSeconds,
      openId: hasOpenId ? `${rootOf(request)}/session/start` : null,
    }),
  };
}
export type BrowserSessions = ReturnType<typeof browserSessions>;

const secondsUntil = (end: Date): number => Math.max(0, Math.round((end.getTime() - Date.now()) / 1000));
