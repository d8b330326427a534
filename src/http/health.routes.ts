import { createHash, timingSafeEqual } from 'node:crypto';
import type { Express, Request, Response } from 'express';
import type { Caller, Role } from '../core/caller.ts';
import { message } from '../core/catalogue.ts';
import { Problem } from '../core/problem.ts';
import type { Unreadiness } from '../core/unreadiness.ts';
import { serve } from './method.guard.ts';

export interface HealthSettings {
  /** Why the service is not ready; empty: it is. */
  ready: () => Promise<readonly Unreadiness[]>;
  identify: (req: Request) => Promise<Caller>;
  /** Counts a probe by its address; throws 429 above the limit. */
  limitProbe: (req: Request, res: Response) => Promise<void>;
  /** A secret that probes send as a bearer token; it is checked without the database. */
  monitorToken?: string | undefined;
}

const INSIDERS: readonly Role[] = ['admin', 'auditor'];

/** `/healthz`: the process runs; `/readyz`: it can answer. Strangers are told no reason. */
export function mountHealth(app: Express, root: string, settings: HealthSettings): void {
  serve(app, `${root}/healthz`, (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  serve(app, `${root}/readyz`, async (req, res) => {
    res.set('Cache-Control', 'no-store');
    await settings.limitProbe(req, res);
    const faults = await settings.ready();
    if (faults.length > 0) throw notReady(faults, await isInsider(req, settings));
    res.json({ status: 'ready' });
  });
}

function notReady(faults: readonly Unreadiness[], isTold: boolean): Problem {
  const reasons = [...new Set(faults.map(({ reason }) => reason))];
  return new Problem({
    status: 503,
    slug: 'unavailable',
    says: isTold ? message('not-ready-because', { reasons }) : message('not-ready'),
    extra: isTold ? { reasons, faults } : {},
    headers: { 'Retry-After': '5' },
  });
}

async function isInsider(req: Request, { identify, monitorToken }: HealthSettings): Promise<boolean> {
  const [, sent] = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '') ?? [];
  if (sent !== undefined && monitorToken !== undefined && isSame(sent, monitorToken)) return true;
  // without its database the service knows no key
  const caller = await identify(req).catch(() => undefined);
  return caller?.roles.some((role) => INSIDERS.includes(role)) ?? false;
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other));
