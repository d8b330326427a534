import type { Express, RequestHandler } from 'express';
import { Problem, unavailable } from '../core/problem.ts';
import { serve } from './method.guard.ts';

/** `/healthz`: the process runs; `/readyz`: it can answer. */
export function mountHealth(app: Express, ready: () => Promise<void>): void {
  serve(app, '/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  serve(app, '/readyz', readiness(ready));
}

const readiness =
  (ready: () => Promise<void>): RequestHandler =>
  async (_req, res) => {
    res.set('Cache-Control', 'no-store');
    try {
      await ready();
    } catch (error) {
      throw error instanceof Problem
        ? error
        : unavailable(5, 'not-ready', { reason: (error as Error).message });
    }
    res.json({ status: 'ready' });
  };
