import { pino } from 'pino';
import { ANONYMOUS, type Caller, type Role } from '../../src/core/caller.ts';
import { unauthorized } from '../../src/core/problem.ts';
import { createHttpApp, type HttpAppOptions } from '../../src/http/http.app.ts';
import { describeApi } from '../../src/http/openapi/document.ts';
import { actualWorld } from '../support/worlds.ts';
import { samples } from './sample.operations.ts';

/** An app of the sample operations; a key is the name of its role. */
export function sampleApp(options: Partial<HttpAppOptions> = {}) {
  const log: Record<string, unknown>[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => log.push(JSON.parse(line)) });
  const app = createHttpApp({
    logger,
    apis: {
      '/v1': {
        operations: samples,
        world: actualWorld,
        document: (base) => describeApi(samples, { title: 'Sample', version: '1' }, { base }),
        identify: async (req) => callerOf(req.headers.authorization),
        limit: async () => {},
        limitProbe: async () => {},
      },
    },
    ready: async () => [],
    poolStats: () => ({ total: 4, idle: 3, lanes: [{ lane: 'urgent', taken: 1, waiting: 2 }] }),
    requestTimeoutMs: 1500,
    bodyTimeoutMs: 3000,
    ...options,
  });
  return { app, log };
}

function callerOf(authorization: string | undefined): Caller {
  if (!authorization) return ANONYMOUS;
  const key = authorization.replace('Bearer ', '');
  if (key === 'wrong') throw unauthorized('key-invalid');
  return { agency: 'tn-customs', country: 'TUN', keyId: key, roles: [key as Role] };
}
