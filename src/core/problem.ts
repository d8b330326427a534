import { type FieldError, type ProblemSpec, titleOf } from './problem.types.ts';

/** An expected failure, worded for the caller. */
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
