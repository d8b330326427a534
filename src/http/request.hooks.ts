import type { Request, Response } from 'express';
import type { Caller } from '../core/caller.ts';
import type { Operation } from './operation.ts';

/** Counts the request of a caller; throws 429 above its limit. */
export type RequestLimit = (req: Request, res: Response, caller: Caller) => Promise<void>;

/** An audit log, as answers meet it. */
export interface RequestAudit {
  /** The same caller with a trace, which its statements fill in. */
  traced(caller: Caller, op: Operation, req: Request, asked: { params: unknown; query: unknown }): Caller;
  /** Resolves when the log knows of what the answer tells: only then may its first byte leave. */
  begin(caller: Caller, isStream?: boolean): Promise<void>;
  /** Tells how an answer ended that was begun. */
  end(caller: Caller, isComplete: boolean): void;
  /** What a request had seen before it was refused. */
  refuse(caller: Caller, status: number): Promise<void>;
}
