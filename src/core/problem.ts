import { type Code, message, type Slug, textOf, type Values } from './catalogue.ts';
import type { Noun } from './messages/message.params.ts';
import type { Message, Params } from './messages/message.ts';

/** One fault of the input, for `errors[]` of a problem document. */
export interface FieldFault extends Message {
  in: 'path' | 'query' | 'body' | 'header';
  path: string;
}

export interface ProblemSpec {
  status: number;
  slug: Slug;
  /** What is wrong this time, with the offending value and, if there is one, the way out. */
  says: Message;
  errors?: readonly FieldFault[] | undefined;
  /** Further members of the document. */
  extra?: Record<string, unknown> | undefined;
  headers?: Record<string, string> | undefined;
}

/** An expected failure. Its text comes from the catalogue, in the language of whoever reads it. */
export class Problem extends Error {
  readonly status: number;
  readonly slug: Slug;
  readonly code: string;
  readonly params: Params;
  readonly errors: readonly FieldFault[] | undefined;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string> | undefined;
  constructor({ status, slug, says, errors, extra = {}, headers }: ProblemSpec) {
    super(textOf(says));
    this.status = status;
    this.slug = slug;
    this.code = says.code;
    this.params = says.params;
    this.errors = errors;
    this.extra = extra;
    this.headers = headers;
  }
}

export const badRequest = <C extends Code>(code: C, ...values: Values<C>) =>
  new Problem({ status: 400, slug: 'invalid-request', says: message(code, ...values) });

export const unauthorized = <C extends Code>(code: C, ...values: Values<C>) =>
  new Problem({ status: 401, slug: 'key-needed', says: message(code, ...values) });

/** Of the cookie alone: the service knows nobody by it any more. */
export const sessionEnded = () =>
  new Problem({ status: 401, slug: 'session-ended', says: message('session-ended') });

export const forbidden = <C extends Code>(code: C, ...values: Values<C>) => refused(message(code, ...values));

/** The same for a message made elsewhere. */
export const refused = (says: Message) => new Problem({ status: 403, slug: 'role-needed', says });

export const notFound = (noun: Noun, id: string) => nothingHere('not-found', { noun, id });

export const nothingHere = <C extends Code>(code: C, ...values: Values<C>) =>
  new Problem({ status: 404, slug: 'not-found', says: message(code, ...values) });

export const conflict = <C extends Code>(slug: Slug, code: C, ...values: Values<C>) =>
  new Problem({ status: 409, slug, says: message(code, ...values) });

export const unprocessable = <C extends Code>(slug: Slug, code: C, ...values: Values<C>) =>
  new Problem({ status: 422, slug, says: message(code, ...values) });

export const tooManyRequests = (seconds: number) =>
  new Problem({
    status: 429,
    slug: 'too-many-requests',
    says: message('requests-too-many', { seconds }),
    headers: { 'Retry-After': String(seconds) },
  });

/** Without a time after which to ask again, that is not known. */
export const unavailable = <C extends Code>(
  retryAfterSeconds: number | undefined,
  code: C,
  ...values: Values<C>
) =>
  new Problem({
    status: 503,
    slug: 'unavailable',
    says: message(code, ...values),
    headers: retryAfterSeconds === undefined ? undefined : { 'Retry-After': String(retryAfterSeconds) },
  });

/** A disk is full. */
export const noRoom = <C extends Code>(code: C, ...values: Values<C>) =>
  new Problem({
    status: 507,
    slug: 'no-room',
    says: message(code, ...values),
    headers: { 'Retry-After': '60' },
  });

// A body with a hundred thousand bad coordinates must not cause as many messages.
export const MOST_FAULTS = 50;

const faultIn =
  (place: FieldFault['in']) =>
  <C extends Code>(path: string, code: C, ...values: Values<C>): FieldFault => ({
    in: place,
    path,
    ...message(code, ...values),
  });

export const inBody = faultIn('body');
export const inQuery = faultIn('query');
export const inHeader = faultIn('header');

const SLUG_OF = { 400: 'invalid-request', 422: 'rule-broken' } as const;

/** Faults of the input: 400 where it cannot be read, 422 where it breaks a rule. */
export function invalidInput(
  faults: readonly FieldFault[],
  status: keyof typeof SLUG_OF = 400,
  slug: Slug = SLUG_OF[status],
): Problem {
  const { in: place, path, code, params } = faults[0]!;
  const more = faults.length - 1;
  const says = message('input-invalid', { in: place, path, fault: { code, params }, more });
  return new Problem({ status, slug, says, errors: faults.slice(0, MOST_FAULTS) });
}
