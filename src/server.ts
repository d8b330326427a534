import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { type Logger, pino } from 'pino';
import { appSettingsOf, type Config, httpSettingsOf, loadConfig } from './config.ts';
import type { Database } from './db/database.ts';
import { databaseFaults } from './db/readiness.store.ts';
import { connectTo, hearChanges, openSource, type Source, serverOf, tryRole } from './db/start.ts';
import { endDemo, prepareDemo } from './demo.ts';
import { type HttpServer, openHttpServer } from './http/listen.ts';
import { type JobSpec, startJobs } from './jobs/running.jobs.ts';
import { readinessOf } from './readiness.ts';
import { startupMessage, warningOf } from './startup.message.ts';

/** Runs the service until a signal ends it. */
export async function serve(config: Config): Promise<void> {
  if (serverOf(config) && !config.DATABASE_URL)
    throw new Error('Set DATABASE_URL: the service must not run as the owner of the tables.');
  const logger = pino({ level: config.LOG_LEVEL });
  // features load on this thread while the embedded database opens on its own thread
  const features = import('./app.ts');
  const source = await openSource(config, (sentence) => logger.warn(sentence));
  const demoKeys = await prepareDemo(source, config);
  const ending = new AbortController();
  const running = await open({ config, source, logger, ending: ending.signal, features });
  const address = running.http.server.address() as AddressInfo;
  await source.announce({ host: config.HOST, port: address.port });
  const warning = warningOf({ host: config.HOST, demoKeys });
  if (warning) logger.warn(warning);
  process.stdout.write(startupMessage({ address, source: source.description, demoKeys, warning }));

  stopOnSignal(async () => {
    ending.abort();
    await running.http.close();
    await running.close();
    logger.info('stopped');
  });
}

interface Surroundings {
  config: Config;
  source: Source;
  logger: Logger;
  ending: AbortSignal;
  features: Promise<typeof import('./app.ts')>;
}

interface Running {
  http: HttpServer;
  /** Ends the jobs, and closes the database. */
  close(): Promise<void>;
}

async function open({ config, source, logger, ending, features }: Surroundings): Promise<Running> {
  const db = connectTo(source, config);
  const { createApp, serviceOf } = await features;
  const settings = { ...appSettingsOf(config), endDemo: () => endDemo(config), ending };
  const app = createApp(db, settings, logger);
  const jobs = startJobs([hearOthers(source, db), ...app.jobs], {
    logger,
    tryRole: (role) => tryRole(db, role),
  });
  const close = async () => {
    await jobs.stop();
    await db.close();
    await source.close();
  };
  const { figures } = app;
  const ready = readinessOf({
    databaseFaults: () => databaseFaults(db),
    jobs,
    figures,
    logger,
    mostLagSeconds: config.READY_LAG_SECONDS,
  });
  const service = serviceOf(app, { ...httpSettingsOf(config), logger, ready, poolStats: db.poolStats });
  try {
    return { http: await openHttpServer(service, { host: config.HOST, port: config.PORT }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const hearOthers = (source: Source, db: Database): JobSpec => ({
  name: 'change-listener',
  start: (logger) =>
    hearChanges(source, db, (err) => logger.warn({ err }, 'LISTEN lost; no tiles and no files are kept')),
});

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(
      signal,
      () =>
        void stop().then(
          () => process.exit(0),
          () => process.exit(1),
        ),
    );
  }
}

/** Ends a failed command with a sentence that gives the reason. */
export function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await Promise.resolve()
    .then(() => serve(loadConfig()))
    .catch(fail);
}
