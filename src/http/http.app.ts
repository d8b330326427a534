import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { ANONYMOUS } from '../core/caller.ts';
import type { Siblings } from '../core/siblings.ts';
import type { World, WorldReader } from '../core/world.ts';
import { rootPath } from './api.path.ts';
import { mountAssets } from './assets.routes.ts';
import { limitUnreadBody } from './body.reader.ts';
import { compressed } from './compression.ts';
import { mountConsole } from './console.routes.ts';
import { CREDENTIAL_HEADERS } from './credential.ts';
import { mountDocs } from './docs.routes.ts';
import { exerciseOf, nameWorld } from './exercise.answer.ts';
import { type HealthSettings, mountHealth } from './health.routes.ts';
import { serve } from './method.guard.ts';
import { mountOperations, type RouterOptions } from './operation.router.ts';
import type { Operation } from './operation.ts';
import { sendProblem, unknownPath } from './problem.reply.ts';
import { mountProblemTypes } from './problem.routes.ts';
import type { RequestLimit } from './request.hooks.ts';
import { requestLogging } from './request.logging.ts';
import { createMetrics, type Figure, type PoolStats } from './request.metrics.ts';
import { requestTimeout } from './request.timeout.ts';
import { cachedByCaller, readingFromAnywhere, securityHeaders } from './security.headers.ts';

/** Operations that are mounted together. */
export interface Api
  extends Pick<RouterOptions, 'identify' | 'limit' | 'audit'>,
    Pick<HealthSettings, 'limitProbe'> {
  operations: readonly Operation[];
  /** What signs browsers in and out: `/session` beside the API. Default: nothing. */
  sessions?: readonly Operation[];
  /** The OpenAPI document for a base path; of an exercise, which it names. */
  document: (base: string, exercise?: World) => object;
  world: WorldReader;
}

export interface HttpAppOptions
  extends Pick<RouterOptions, 'checkResponses' | 'bodyTimeoutMs'>,
    Pick<HealthSettings, 'ready' | 'monitorToken'> {
  logger: Logger;
  /** Before the paths that are not operations: `/exercises/autumn`. Default: none. */
  root?: string | undefined;
  /** By base path. The console at the root speaks to the first. */
  apis: Readonly<Record<string, Api>>;
  poolStats: () => PoolStats;
  figures?: readonly Figure[];
  /** The other processes of this service. Default: none. */
  siblings?: Siblings | undefined;
  requestTimeoutMs: number;
  corsOrigin?: string | string[];
  /** Trusted proxies for X-Forwarded-For: a number, or addresses. Default: none. */
  trustProxy?: number | string[] | undefined;
  /** Where callers reach the service. Default: the address that they use. */
  publicUrl?: string | undefined;
}

const UNREAD_BODY_GRACE_MS = 30_000;

/** The middleware of every request, the mounted APIs, and the paths that are not operations. */
export function createHttpApp({ apis, root = '', logger, ready, ...options }: HttpAppOptions): Express {
  const metrics = createMetrics(options.poolStats, options.figures, options.siblings);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.trustProxy ?? false);
  app.set('public url', options.publicUrl);
  app.set('root', root);
  app.set('check problems', options.checkResponses);

  app.use(
    requestLogging(logger),
    metrics.measure,
    securityHeaders(),
    readingFromAnywhere(options.corsOrigin),
  );
  app.use(requestTimeout(options.requestTimeoutMs), limitUnreadBody(UNREAD_BODY_GRACE_MS), compressed());
  const [[first, { limit, limitProbe, identify, world }]] = Object.entries(apis) as [[string, Api]];
  app.use(nameWorld(app, world));

  for (const [base, api] of Object.entries(apis)) {
    mountApi(app, base, { ...options, ...api });
    mountSessions(app, base, { ...options, ...api });
  }

  mountHealth(app, root, { ready, identify, limitProbe, monitorToken: options.monitorToken });
  serve(app, `${root}/metrics`, metrics.expose);
  app.use(limitAnonymous(limit));
  mountConsole(app, root, first);
  mountAssets(app);
  mountProblemTypes(app);
  for (const [base, { document }] of Object.entries(apis)) {
    mountDocs(app, base);
    serveDocument(app, base, document);
  }
  app.use(unknownPath);
  app.use(sendProblem);
  return app;
}

function mountApi(app: Express, base: string, api: Api & RouterOptions): void {
  const router = express.Router();
  mountOperations(router, api.operations, api);
  const here: RequestHandler = (_req, res, next) => {
    res.locals.base = base;
    next();
  };
  app.use(base, here, cachedByCaller, router);
}

/** No cache keeps an answer about sessions. */
function mountSessions(app: Express, base: string, { sessions = [], ...api }: Api & RouterOptions): void {
  const root = rootPath(base);
  const router = express.Router();
  router.use('/session', (_req, res, next) => {
    res.locals.base = base;
    res.vary(CREDENTIAL_HEADERS).setHeader('Cache-Control', 'no-store');
    next();
  });
  mountOperations(router, sessions, { ...api, at: root });
  app.use(root || '/', router);
}

/** For paths that do not identify the caller. */
const limitAnonymous =
  (limit: RequestLimit): RequestHandler =>
  async (req, res, next) => {
    await limit(req, res, ANONYMOUS);
    next();
  };

function serveDocument(app: Express, base: string, document: Api['document']): void {
  const write = (exercise?: World) => Buffer.from(JSON.stringify(document(base, exercise)));
  const bytes = write();
  let ofExercise: Buffer | undefined;
  serve(app, `${base}/openapi.json`, (req, res) => {
    const exercise = exerciseOf(req);
    if (exercise) ofExercise ??= write(exercise);
    res.type('application/vnd.oai.openapi+json;version=3.0').send(exercise ? ofExercise : bytes);
  });
}
