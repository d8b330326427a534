import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { Problem } from '../core/problem.ts';
import { wantsHtml } from './negotiation.ts';
import { foreignProblem, isDisconnect } from './problem.foreign.ts';
import { problemPage } from './problem.page.ts';

export const unknownPath: RequestHandler = (req) => {
  const detail = `Nothing is served at ${req.method} ${pathOf(req)}.`;
  throw new Problem({ status: 404, slug: 'not-found', detail });
};

export const sendProblem: ErrorRequestHandler = (error, req, res, _next) => {
  if (req.socket.destroyed && isDisconnect(error)) return;
  const problem = error instanceof Problem ? error : problemFrom(error);
  if (problem.slug === 'internal') req.log?.error({ err: error }, 'unexpected error');
  // the answer has started: aborting it is the only way to mark it incomplete
  if (res.headersSent) {
    if (!res.writableEnded) res.destroy();
    return;
  }
  const { mediaType, text } = written(documentOf(problem, req), req);
  res.status(problem.status).set(problem.headers ?? {});
  res.setHeader('Content-Type', mediaType);
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(text);
};

/** HTML for browsers, whatever they requested. */
function written(document: ReturnType<typeof documentOf>, req: Request) {
  const f = typeof req.query.f === 'string' ? req.query.f : undefined;
  if (wantsHtml(req, f))
    return { mediaType: 'text/html; charset=utf-8', text: problemPage(document, req.res?.locals.base).text };
  return { mediaType: 'application/problem+json', text: JSON.stringify(document) };
}

const problemFrom = (error: unknown): Problem =>
  new Problem(
    foreignProblem(error) ?? {
      status: 500,
      slug: 'internal',
      detail: 'Something went wrong in the service. If it stays so, report the requestId.',
    },
  );

const documentOf = (problem: Problem, req: Request) => ({
  type: `/problems/${problem.slug}`,
  title: problem.title,
  status: problem.status,
  detail: problem.message,
  instance: pathOf(req),
  requestId: req.id,
  errors: problem.errors,
  ...problem.extra,
});

const pathOf = (req: Request): string => req.originalUrl.split('?', 1)[0]!;
