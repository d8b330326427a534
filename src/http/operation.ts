import type { Request } from 'express';
import type { z } from 'zod';
import type { Caller, Lane, Role } from '../core/caller.ts';
import type { Reply } from './reply.ts';

export const JSON_MEDIA_TYPES: readonly string[] = ['application/json', 'application/geo+json'];

type InputSchema = z.ZodType | undefined;
type Parsed<S extends InputSchema> = S extends z.ZodType ? z.output<S> : undefined;

export interface ResponseSpec {
  description: string;
  /** Default: application/json if there is a schema. */
  mediaType?: string;
  schema?: z.ZodType;
  /** Further media types that the caller may choose; null: bytes. */
  also?: Record<string, z.ZodType | null>;
  /** Name and description. */
  headers?: Record<string, string>;
}

export interface OperationInput<
  P extends InputSchema = InputSchema,
  Q extends InputSchema = InputSchema,
  B extends InputSchema = InputSchema,
> {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  caller: Caller;
  request: Request;
}

/** Contract and handler of one endpoint; the route and its OpenAPI description both come from it. */
export interface Operation<
  P extends InputSchema = InputSchema,
  Q extends InputSchema = InputSchema,
  B extends InputSchema = InputSchema,
> {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI style, relative to /v1, a noun first: `/zones/{zoneId}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** Absent: anonymous callers too. */
  roles?: readonly Role[];
  /** It does not say who asks; the handler finds out as far as it needs to. An ended session keeps nobody from it. */
  isForAnybody?: true;
  /** The body is a question, as the query is: the audit log identifies both by their hash. */
  isQuestion?: true;
  /** The lane of its statements (src/db/lanes.ts). Default: the caller's. */
  lane?: Lane;
  params?: P;
  /** An object schema; unknown names are refused. Numbers, booleans and comma-separated lists are parsed as declared. */
  query?: Q;
  /** For queries that depend on the path: `query` is then the documentation, and this is the parser. */
  queryFor?: (params: Parsed<P>) => z.ZodType;
  /** Name and description of headers that the handler reads, besides the common ones. */
  headers?: Record<string, string>;
  body?: B;
  /** Default: JSON_MEDIA_TYPES. */
  bodyMediaTypes?: readonly string[];
  /** Media type and description, instead of `body`: the handler reads `request`. The example belongs to the first. */
  streams?: Record<string, string>;
  examples?: { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
  responses: Record<number, ResponseSpec>;
  /** Statuses of the problems to expect. */
  problems: readonly number[];
  handle(input: OperationInput<P, Q, B>): Promise<Reply>;
}

/** Keeps the literal types of one operation; the array of operations erases them. */
export const operation = <
  P extends InputSchema = undefined,
  Q extends InputSchema = undefined,
  B extends InputSchema = undefined,
>(
  spec: Operation<P, Q, B>,
) => spec as unknown as Operation;

/** Whether the caller's roles allow the operation. */
export const mayCall = ({ roles }: Operation, caller: Caller): boolean =>
  !roles || roles.some((role) => caller.roles.includes(role));

/** The status of a reply without its own. */
export const defaultStatus = ({ responses }: Operation): number =>
  Object.keys(responses)
    .map(Number)
    .find((status) => status >= 200 && status < 300) ?? 200;
