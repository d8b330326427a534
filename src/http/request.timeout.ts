import type { RequestHandler, Response } from 'express';
import { message } from '../core/catalogue.ts';
import { Problem } from '../core/problem.ts';
import { sendProblem } from './problem.reply.ts';

/** Answers 503 after the time limit; the timer is in `locals`, so that it can be stopped. */
export const requestTimeout =
  (timeoutMs: number): RequestHandler =>
  (_req, res, next) => {
    res.locals.timeoutMs = timeoutMs;
    startTimeout(res);
    res.on('close', () => stopTimeout(res));
    next();
  };

export function startTimeout(res: Response): void {
  const { timeoutMs } = res.locals;
  if (timeoutMs !== undefined && !res.closed) res.locals.timeout = setTimeout(giveUp, timeoutMs, res).unref();
}

export const stopTimeout = (res: Response): void => clearTimeout(res.locals.timeout);

function giveUp(res: Response): void {
  if (res.headersSent) return;
  const timeout = new Problem({
    status: 503,
    slug: 'timeout',
    says: message('answer-too-slow', { seconds: res.locals.timeoutMs / 1000 }),
    headers: { 'Retry-After': '5' },
  });
  sendProblem(timeout, res.req, res, () => {});
}
