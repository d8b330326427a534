import { posix } from 'node:path';
import type { Request } from 'express';

/** The default base path. */
export const API_BASE = '/v1';

/** The base path of the API that serves a request, as mounted. The URL may spell it in capitals. */
export const basePathOf = ({ res }: Request): string => res?.locals.base ?? API_BASE;

/** The path of Swagger UI, beside its API: /docs/ for /v1. */
export const docsPath = (base: string): string => posix.join(base, '../docs/');

/** What stands before an API and what lies beside it: empty for /v1. */
export const rootPath = (base: string): string => posix.join(base, '..').replace(/\/$/, '');

/** Where a browser signs in and out, beside the API: /session for /v1. */
export const sessionPath = (base: string): string => `${rootPath(base)}/session`;
