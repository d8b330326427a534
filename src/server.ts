import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { type Logger, pino } from 'pino';
import { type Config, loadConfig } from './config.ts';
import type { Database } from './db/database.ts';
import { startFaults } from './db/readiness.store.ts';
import { connectTo, openSource, type Source, serverOf } from './db/start.ts';
import { prepareDemo } from './demo.ts';
import { guardedService } from './guarded.service.ts';
import { type HttpServer, openHttpServer } from './http/listen.ts';
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

async function open(around: Surroundings): Promise<Running> {
  const { config, source } = around;
  const db = connectTo(source, config);
  await refuseUnfit(around, db);
  const service = await guardedService({ ...around, db });
  const close = async () => {
    await service.stop();
    await db.close();
    await source.close();
  };
  try {
    return { http: await openHttpServer(service.listener, { host: config.HOST, port: config.PORT }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A database that cannot be reached yet comes later; one that does not fit ends the start with what to do. */
async function refuseUnfit({ source, logger }: Surroundings, db: Database): Promise<void> {
  const faults = await startFaults(db);
  const unfit = faults.find(({ reason }) => reason === 'schema');
  if (unfit) {
    await db.close();
    await source.close();
    throw new Error(unfit.detail);
  }
  for (const { detail } of faults) logger.warn(detail);
}

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
