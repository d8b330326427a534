import { readFileSync } from 'node:fs';
import { Agent, createServer, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Express } from 'express';
import type { ClientConfig } from 'pg';
import { pino } from 'pino';
import supertest, { type Test } from 'supertest';
import type { DemoKey } from '../../src/access/demo-key.store.ts';
import type { AppSettings } from '../../src/app.settings.ts';
import { createApp, serviceOf } from '../../src/app.ts';
import { auditStore } from '../../src/audit/audit.store.ts';
import { type ReadLog, readLog } from '../../src/audit/read.log.ts';
import type { CountryCode, Role } from '../../src/core/caller.ts';
import type { LabelledCollection } from '../../src/core/trace.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { databaseFaults } from '../../src/db/readiness.store.ts';
import type { HttpAppOptions } from '../../src/http/http.app.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { eventually } from './eventually.ts';
import { openSiblings, takingTurns } from './siblings.ts';
import { watchWinding } from './winding.ts';
import { stampDemo } from './worlds.ts';

const keys: DemoKey[] = JSON.parse(
  readFileSync(join(process.env.TRIPOINT_TEST_FOLDER!, 'keys.json'), 'utf8'),
);

/** The key of a country's main agency with a role; `second` takes the reporter of its second agency. */
export function keyOf(country: CountryCode, role: Role, { second = false } = {}): string {
  const matching = keys.filter((key) => key.country === country && key.role === role);
  return (second ? matching.at(-1) : matching[0])!.key;
}

export const agencyOf = (key: string): string => keys.find((one) => one.key === key)!.agency;

export interface ServiceSettings extends AppSettings, Partial<Omit<HttpAppOptions, 'apis' | 'figures'>> {
  db?: Database;
}

/** The service over a database; it breaks off an answer whose areas are wound wrongly. */
export function serviceOver(db: Database, settings: ServiceSettings = {}): Express {
  const { logger = pino({ level: 'silent' }), ...options } = settings;
  const around = { ready: async () => [], requestTimeoutMs: 60_000, poolStats: db.poolStats, ...options };
  return watchWinding(serviceOf(createApp(db, options, logger), { ...around, logger }));
}

export interface TestService {
  app: Express;
  api: ReturnType<typeof supertest>;
  db: Database;
  reads: ReadLog;
  /** For the owner of the tables. On the embedded database: only while nothing else asks it. */
  connection: ClientConfig;
  isEmbedded: boolean;
  /** The same service with other settings, on the same database. */
  apiWith(options: ServiceSettings): ReturnType<typeof supertest>;
  appWith(options: ServiceSettings): Express;
  /** Resolves when the service has seen the end of every answer to `api`. */
  atRest(): Promise<void>;
  /** Ends its connections, so that a test can be the only one that asks the embedded database. */
  disconnect(): Promise<void>;
  stop(): Promise<void>;
}

interface TestSettings extends ServiceSettings {
  withDemo?: boolean;
  purposeNeededFor?: readonly LabelledCollection[];
  /** Default: a new one. */
  database?: TestDatabase;
}

/** The whole service on a database of its own; every answer is checked against its description. */
export async function startService({
  withDemo = false,
  purposeNeededFor = [],
  database,
  ...options
}: TestSettings = {}): Promise<TestService> {
  const { connection, poolSize, isEmbedded, drop } = database ?? (await testDatabase());
  if (withDemo) {
    await stampDemo(connection);
    await asOwner(connection, (knex) => knex.seed.run({ specific: '02_demo.ts' }));
  }
  const settings = { connection, poolSize, statementTimeoutSeconds: 60, isShared: !isEmbedded };
  // the embedded database has one process
  const count = isEmbedded ? 1 : Number(process.env.TEST_PROCESSES ?? 1);
  const databases = count > 1 ? openSiblings(count, settings) : [openDatabase(settings)];
  const db = databases[0]!;
  const closings: (() => Promise<void>)[] = [];
  const reads = readLog({ write: auditStore(db).writeReads, purposeNeededFor });
  const appOf = ({ db: own = db, ...settings }: ServiceSettings) =>
    serviceOver(own, {
      audit: { reads },
      logger: pino({ level: process.env.TEST_LOG_LEVEL ?? 'error' }),
      ready: () => databaseFaults(own),
      checkResponses: true,
      ...settings,
    });
  const appWith = (settings: ServiceSettings) => {
    if (count === 1 || settings.db) return appOf(settings);
    const { app, close } = takingTurns(databases, ({ elsewhere, ...seat }) =>
      appOf({ ...settings, ...seat, layers: { ...settings.layers, elsewhere } }),
    );
    closings.push(close);
    return app;
  };
  const servers: Server[] = [];
  const underWay = new Set<ServerResponse>();
  const apiOf = (app: Express) => {
    const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      underWay.add(response.once('close', () => underWay.delete(response)));
      app(request, response);
    }).listen(0);
    servers.push(server);
    return clientOf(server);
  };
  const app = appWith(options);
  const apiWith = (settings: ServiceSettings) => apiOf(appWith(settings));
  const atRest = () => eventually(() => underWay.size === 0);
  let disconnected: Promise<void> | undefined;
  const disconnect = () => {
    disconnected ??= reads
      .flush()
      .then(async () => void (await Promise.all(databases.map((one) => one.close()))));
    return disconnected;
  };
  const stop = async () => {
    for (const server of servers) server.close().closeAllConnections();
    await Promise.all(closings.map((close) => close()));
    await disconnect();
    await drop();
  };
  return {
    app,
    api: apiOf(app),
    db,
    reads,
    connection,
    isEmbedded,
    atRest,
    apiWith,
    appWith,
    disconnect,
    stop,
  };
}

/** supertest as it is, but for a server and a connection of its own for each request, which cost more than most requests. */
function clientOf(server: Server): ReturnType<typeof supertest> {
  const agent = new Agent({ keepAlive: true });
  const methods = Object.entries(supertest(server)) as [string, (path: string) => Test][];
  const pooled = methods.map(([method, send]) => [method, (path: string) => send(path).agent(agent)]);
  return Object.fromEntries(pooled);
}

/** The headers of a caller. */
export const as = (key: string) => ({ Authorization: `Bearer ${key}` });
