import type { Request, Response } from 'express';
import type { Caller } from '../core/caller.ts';
import type { Operation } from './operation.ts';

/** Counts the request of a caller; throws 429 above its limit. */
export type RequestLimit = (req: Request, res: Response, caller: Caller) => Promise<void>;

/** What a request asks for. */
export interface RequestInput {
  params: unknown;
  query: unknown;
  /** Of an operation whose body is a question. */
  body?: unknown;
}

/** The audit log, as seen by answers. */
export interface RequestAudit {
  /** The caller with a trace that its statements fill in. */
  traced(caller: Caller, op: Operation, req: Request, asked: RequestInput): Caller;
  /** Resolves when the content of the answer is audited: only then may its first byte leave. */
  begin(caller: Caller, isStream?: boolean): Promise<void>;
  /** Records how a started answer ended. */
  end(caller: Caller, isComplete: boolean): void;
  /** Records what a request had read before it was refused. */
  refuse(caller: Caller, status: number): Promise<void>;
  /** Counts a request that was refused for its caller, whether its row exists or not. */
  noteAttempt(op: Operation, req: Request, attempt: { caller: Caller; status: number; body: unknown }): void;
}
