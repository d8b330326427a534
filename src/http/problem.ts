import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { wantsHtml } from './negotiation.ts';
import { foreignProblem, isDisconnect } from './problem.foreign.ts';
import { problemPage } from './problem.page.ts';
import { type FieldError, type ProblemSpec, titleOf } from './problem.types.ts';

/** An expected failure, already worded for the caller. */
export class Problem extends Error {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string> | undefined;
  constructor({ status, slug, title = titleOf(slug), detail, errors, extra = {}, headers }: ProblemSpec) {
    super(detail);
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.errors = errors;
    this.extra = extra;
    this.headers = headers;
  }
}

export const badRequest = (detail: string, errors?: readonly FieldError[]) =>
  new Problem({ status: 400, slug: 'invalid-request', detail, errors });

export const unauthorized = (detail: string) =>
  new Problem({
    status: 401,
    slug: 'key-needed',
    detail,
    headers: { 'WWW-Authenticate': 'Bearer, Basic realm="Tripoint"' },
  });

export const forbidden = (detail: string) => new Problem({ status: 403, slug: 'role-needed', detail });

export const notFound = (what: string, id: string) =>
  new Problem({ status: 404, slug: 'not-found', detail: `There is no ${what} with id ${id}.` });

export const conflict = (slug: string, detail: string, extra?: Record<string, unknown>) =>
  new Problem({ status: 409, slug, detail, extra });

export const unprocessable = (slug: string, detail: string, errors?: readonly FieldError[]) =>
  new Problem({ status: 422, slug, detail, errors });

export const tooManyRequests = (retryAfterSeconds: number) =>
  new Problem({
    status: 429,
    slug: 'too-many-requests',
    detail: `More requests than the limit allows came in the last minute. Try again in ${retryAfterSeconds} seconds.`,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  });

export const unavailable = (detail: string, retryAfterSeconds?: number) =>
  new Problem({
    status: 503,
    slug: 'unavailable',
    detail,
    headers: retryAfterSeconds === undefined ? undefined : { 'Retry-After': String(retryAfterSeconds) },
  });

export const unknownPath: RequestHandler = (req) => {
  const detail = `Nothing is served at ${req.method} ${pathOf(req)}.`;
  throw new Problem({ status: 404, slug: 'not-found', detail });
};

export const sendProblem: ErrorRequestHandler = (error, req, res, _next) => {
  if (req.socket.destroyed && isDisconnect(error)) return;
  const problem = error instanceof Problem ? error : problemFrom(error);
  if (problem.slug === 'internal') req.log?.error({ err: error }, 'unexpected error');
  // half an answer has left already: cutting it off is the only way to say that it is not whole
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

/** For browsers a page, whatever it is that they asked for. */
function written(document: ReturnType<typeof documentOf>, req: Request) {
  const f = typeof req.query.f === 'string' ? req.query.f : undefined;
  if (wantsHtml(req, f)) return { mediaType: 'text/html; charset=utf-8', text: problemPage(document).text };
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
