import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { loadConfig } from '../../src/config.ts';
import { ALONE } from '../../src/core/siblings.ts';
import type { Database } from '../../src/db/database.ts';
import { connectTo, openSource, type Source } from '../../src/db/start.ts';
import { guardedService } from '../../src/guarded.service.ts';
import { openHttpServer } from '../../src/http/listen.ts';

export interface Guarded {
  ask(
    path: string,
    settings?: { key?: string; method?: string; body?: object },
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
  log: { level: number; msg: string }[];
  source: Source;
  db: Database;
  stop(): Promise<void>;
}

/** The service as `tripoint serve` runs it, closed after a restore. */
export async function serveGuarded(
  env: Record<string, string>,
  settings: { lookEveryMs?: number } = {},
): Promise<Guarded> {
  const log: Guarded['log'] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => log.push(JSON.parse(line)) });
  const config = loadConfig(env);
  const source = await openSource(config, () => {});
  const db = connectTo(source, config);
  const around = {
    config,
    source,
    db,
    logger,
    ending: new AbortController().signal,
    siblings: ALONE,
    ...settings,
  };
  const service = await guardedService({ ...around, features: import('../../src/app.ts') });
  const http = await openHttpServer(service.listener, { host: '127.0.0.1', port: 0 });
  const { port } = http.server.address() as AddressInfo;
  await source.announce({ host: '127.0.0.1', port });
  let stopped: Promise<void> | undefined;
  return {
    ask: async (path, { key, method = 'GET', body } = {}) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', ...(key && { 'X-API-Key': key }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) };
    },
    log,
    source,
    db,
    stop: () => {
      stopped ??= http
        .close()
        .then(service.stop)
        .then(() => db.close())
        .then(() => source.close());
      return stopped;
    },
  };
}
