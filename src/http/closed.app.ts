import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { message } from '../core/catalogue.ts';
import { Problem } from '../core/problem.ts';
import type { WorldReader } from '../core/world.ts';
import { nameWorld } from './exercise.answer.ts';
import { serve } from './method.guard.ts';
import { sendProblem } from './problem.reply.ts';
import { requestLogging } from './request.logging.ts';
import { securityHeaders } from './security.headers.ts';

/** Why everything that runs is ended: the database was restored. */
export const RESTORED = 'restored';

export const restored = () => new Problem({ status: 503, slug: 'restored', says: message('restored') });

interface ClosedSettings {
  /** Before all paths: `/exercises/autumn`. */
  root?: string;
  /** Absent: unknown. */
  world?: WorldReader;
}

/** Answers everything but /healthz with one problem, and identifies nobody: after a restore a revoked key would work again. */
export function createClosedApp(
  logger: Logger,
  problem: () => Error,
  { root = '', world }: ClosedSettings = {},
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestLogging(logger), securityHeaders());
  app.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  serve(app, `${root}/healthz`, (_req, res) => void res.json({ status: 'ok' }));
  if (world) app.use(nameWorld(app, world));
  app.use(() => {
    throw problem();
  });
  app.use(sendProblem);
  return app;
}
