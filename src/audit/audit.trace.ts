import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Caller } from '../core/caller.ts';
import { seenNothing, type Trace } from '../core/trace.ts';
import type { Operation } from '../http/operation.ts';
import type { RequestAudit, RequestInput } from '../http/request.hooks.ts';
import type { AttemptLog } from './attempt.log.ts';
import { readPurpose } from './audit.purpose.ts';
import type { ReadLog } from './read.log.ts';

/** The logs as the interface that http needs. */
export const requestAudit = (log: ReadLog, attempts: AttemptLog): RequestAudit => ({
  ...log,
  traced,
  noteAttempt(op, req, { caller, status, body }) {
    const about = rowIn(op, req) ?? rowNamedIn(body);
    if (about) attempts.note({ ...about, caller, status });
  },
});

/** The caller of a request with a trace; anonymous callers need no trace, because they see only CLEAR rows and never write. */
function traced(caller: Caller, op: Operation, req: Request, asked: RequestInput): Caller {
  if (!caller.country) return caller;
  const { id: operation, method } = op;
  const { collection = collectionIn(op, req), target } = rowIn(op, req) ?? {};
  let hash: string | undefined;
  const filterHash = () => {
    hash ??= hashOf(asked);
    return hash;
  };
  const trace: Trace = {
    operation,
    method,
    collection,
    target,
    requestId: req.id,
    purpose: readPurpose(req.headers),
    filterHash,
    seen: seenNothing(),
    seenIn: new Set(),
    asked: new Set(),
    hasWritten: false,
    seenAfterWriting: seenNothing(),
  };
  return { ...caller, trace };
}

interface NamedRow {
  collection: string;
  target: string;
}

/** The row in the path. */
function rowIn(op: Operation, req: Request): NamedRow | undefined {
  const { collectionId: _, tileMatrix, ...named } = req.params as Record<string, string>;
  const [target] = tileMatrix === undefined ? Object.values(named) : [];
  return target === undefined ? undefined : { collection: collectionIn(op, req), target };
}

/** The row that a release names. */
function rowNamedIn(body: unknown): NamedRow | undefined {
  const { collection, id } = (body ?? {}) as Record<string, unknown>;
  return typeof collection === 'string' && typeof id === 'string' ? { collection, target: id } : undefined;
}

const collectionIn = ({ path }: Operation, req: Request): string =>
  (req.params.collectionId as string | undefined) ?? collectionOf(path);

/** The noun of a path: `/incidents/{incidentId}`, `/incidents.atom`, and as a layer `/collections/incidents/items`. */
function collectionOf(path: string): string {
  const [, first, second] = path.split('/', 3);
  return first === 'collections' && second ? second : first!.split('.', 1)[0]!;
}

/** Independent of the order of parameters. */
function hashOf({ params, query, body }: RequestInput): string {
  const pairs = Object.entries({ ...(params as object), ...(query as object), ...(body as object) })
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(pairs)).digest('hex');
}
