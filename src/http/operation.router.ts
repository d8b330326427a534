import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import { ANONYMOUS, type Caller } from '../core/caller.ts';
import { forbidden, Problem, unauthorized } from '../core/problem.ts';
import { basePathOf } from './api.path.ts';
import { guardBody } from './body.guard.ts';
import { hasBody, mediaTypesOf, missingBody, readBody, requireMediaType } from './body.reader.ts';
import { refuseCrossSite } from './browser.guard.ts';
import { check } from './input.errors.ts';
import { otherMethods, sendOptions } from './method.guard.ts';
import { mayCall, type Operation, type OperationInput } from './operation.ts';
import { readCursorIn } from './paging.ts';
import { parameterParser } from './parameter.parser.ts';
import { isPassedOn } from './passed.on.ts';
import { asAsked } from './reply.html.ts';
import { sendReply } from './reply.sender.ts';
import type { Reply } from './reply.ts';
import type { RequestAudit, RequestLimit } from './request.hooks.ts';
import { startTimeout, stopTimeout } from './request.timeout.ts';
import { checkReply } from './response.check.ts';

export interface RouterOptions {
  /** Identifies the caller; throws 401 for an invalid key. */
  identify: (req: Request) => Promise<Caller>;
  /** Counts the request; throws 429 above the limit of this caller. */
  limit: RequestLimit;
  /** Absent: reads are not audited. */
  audit?: RequestAudit | undefined;
  /** For tests: an undocumented reply becomes a 500. */
  checkResponses?: boolean;
  bodyTimeoutMs?: number;
  /** Before the paths of the operations. Default: the base path of the API. */
  at?: string;
}

const BODY_TIMEOUT_MS = 30_000;

export function mountOperations(
  router: Router,
  operations: readonly Operation[],
  options: RouterOptions,
): void {
  const rooms = new Map<string, Router>();
  for (const [path, group] of byPath(operations)) {
    const name = firstSegment(path);
    const room = rooms.get(name) ?? Router();
    rooms.set(name, room);
    const route = room.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const op of group) route[op.method](handlerOf(op, options));
    route.options(optionsOf(path, group, options));
    route.all(otherMethods(group.map(({ method }) => method)));
  }
  // Express tries routes one by one: a lookup by noun first skips the others
  router.use((req, res, next) => {
    const room = rooms.get(firstSegment(req.path));
    if (room) room(req, res, next);
    else next();
  });
}

const firstSegment = (path: string): string => path.split('/', 2)[1]!.toLowerCase();

/** `/zones/preview` and `/zones/{zoneId}.cap` come before `/zones/{zoneId}`, in any order of definition. */
function byPath(operations: readonly Operation[]): [string, Operation[]][] {
  const groups = new Map<string, Operation[]>();
  for (const op of operations) groups.set(op.path, [...(groups.get(op.path) ?? []), op]);
  const rank = (path: string) => `${path.replace(/\{\w+\}/g, '\uffff')}\uffff`;
  return [...groups].sort(([one], [other]) => (rank(one) < rank(other) ? -1 : 1));
}

function handlerOf(op: Operation, options: RouterOptions): RequestHandler {
  const parseParams = parameterParser(op.params, 'path');
  const queryParserFor = queryParsers(op);
  const { audit } = options;

  async function handle(req: Request, res: Response, known: KnownOfRequest): Promise<void> {
    refuseCrossSite(req);
    const caller = op.isForAnybody ? ANONYMOUS : await options.identify(req);
    known.caller = caller;
    res.locals.agency = caller.agency;
    if (!isPassedOn(req)) await options.limit(req, res, caller);
    permit(op, caller);
    const waiting = op.lane ? { ...caller, lane: op.lane } : caller;
    const params = parseParams(req.params);
    const query = inWorld(req, queryParserFor(params)(req.query as Record<string, string | string[]>));
    const body = await bodyOf(op, req, res, options);
    known.body = body;
    const asker = audit
      ? audit.traced(waiting, op, req, { params, query, ...(op.isQuestion && { body }) })
      : waiting;
    const found = await answer(op, { params, query, body, caller: asker, request: req }, options);
    if (found.passOn) {
      // the other process has a time limit of its own
      stopTimeout(res);
      return found.passOn(req, res);
    }
    const reply = asAsked(op, found, query, req);
    if (options.checkResponses) for (const one of new Set([found, reply])) checkReply(op, one);
    try {
      await sendReply(op, reply, req, res, (isStream) => audit?.begin(asker, isStream));
    } finally {
      if (asker.trace) whenOver(res, () => audit?.end(asker, res.writableFinished));
    }
  }

  return async (req, res) => {
    res.locals.route = (options.at ?? basePathOf(req)) + op.path;
    const known: KnownOfRequest = { caller: ANONYMOUS, body: undefined };
    try {
      await handle(req, res, known);
    } catch (error) {
      const status = error instanceof Problem ? error.status : 500;
      if (REFUSALS.has(status)) audit?.noteAttempt(op, req, { ...known, status });
      throw error;
    }
  };
}

/** What is known of a request by the time that it is refused. */
interface KnownOfRequest {
  caller: Caller;
  body: unknown;
}

const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404]);

/** One parser, or one per schema that the path selects. */
function queryParsers({
  query,
  queryFor,
}: Operation): (params: unknown) => ReturnType<typeof parameterParser> {
  if (!queryFor) {
    const parser = parameterParser(query, 'query');
    return () => parser;
  }
  const parsers = new WeakMap<z.ZodType, ReturnType<typeof parameterParser>>();
  return (params) => {
    const schema = queryFor(params as never);
    const parser = parsers.get(schema) ?? parameterParser(schema, 'query');
    parsers.set(schema, parser);
    return parser;
  };
}

/**
 * The methods that the caller's roles allow here; clients open a layer for editing by it. The path is not resolved, so
 * the answer reveals nothing about existing rows.
 */
function optionsOf(path: string, group: readonly Operation[], options: RouterOptions): RequestHandler {
  return async (req, res) => {
    res.locals.route = (options.at ?? basePathOf(req)) + path;
    const caller = await options.identify(req);
    await options.limit(req, res, caller);
    const allowed = group.filter((op) => mayCall(op, caller));
    const accepted = allowed.flatMap((op) => {
      const name = { post: 'Accept-Post', patch: 'Accept-Patch' }[op.method as string];
      return name && (op.body || op.streams) ? [[name, mediaTypesOf(op).join(', ')]] : [];
    });
    sendOptions(
      res,
      allowed.map(({ method }) => method),
      Object.fromEntries(accepted),
    );
  };
}

/** `cursor` is that of a page wherever it is a parameter. */
function inWorld(req: Request, query: unknown): unknown {
  const { cursor } = (query ?? {}) as { cursor?: string };
  return cursor === undefined ? query : { ...(query as object), cursor: readCursorIn(req, cursor) };
}

function whenOver(res: Response, tell: () => void): void {
  if (res.closed || res.writableFinished) tell();
  else res.once('close', tell);
}

async function answer(op: Operation, input: OperationInput, { audit }: RouterOptions): Promise<Reply> {
  try {
    return await op.handle(input as never);
  } catch (error) {
    if (error instanceof Problem && error.status < 500) await audit?.refuse(input.caller, error.status);
    throw error;
  }
}

function permit(op: Operation, caller: Caller): void {
  const { roles } = op;
  if (!roles || mayCall(op, caller)) return;
  if (caller.roles.length === 0) throw unauthorized('key-missing', { roles });
  throw forbidden('role-missing', { roles, yours: caller.roles });
}

async function bodyOf(op: Operation, req: Request, res: Response, options: RouterOptions): Promise<unknown> {
  if (op.method === 'get') return undefined;
  // the form of another site names its type even if it sends nothing
  if (hasBody(req) || req.headers['content-type'] !== undefined) requireMediaType(op, req);
  if (!op.body && !op.streams) return undefined;
  if (!hasBody(req)) {
    if (op.body?.safeParse(undefined).success) return op.body.parse(undefined);
    throw missingBody();
  }
  // a slow client has its own time limit, a stream has no time limit
  stopTimeout(res);
  if (!op.body) return undefined;
  const json = await readBody(req, res, options.bodyTimeoutMs ?? BODY_TIMEOUT_MS);
  startTimeout(res);
  guardBody(json);
  return check(op.body, json, 'body');
}
