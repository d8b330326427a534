import cluster from 'node:cluster';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Logger, pino } from 'pino';
import { type Config, loadConfig, partOf } from './config.ts';
import { ALONE } from './core/siblings.ts';
import { connectTo, openSource, serverOf } from './db/start.ts';
import { prepareDemo } from './demo.ts';
import { openHandedServer, openHttpServer, openPort } from './http/listen.ts';
import { passOnTo } from './http/pass.on.ts';
import { answerPassedOn } from './http/passed.on.ts';
import { supervise } from './processes/supervisor.ts';
import { joinSiblings } from './processes/worker.siblings.ts';
import { exerciseOf, openService, refuseUnfit } from './service.ts';
import { startupMessage, warningOf } from './startup.message.ts';

/** Runs the service until a signal ends it. */
export async function serve(config: Config): Promise<void> {
  if (serverOf(config) && !config.DATABASE_URL)
    throw new Error('Set DATABASE_URL: the service must not run as the owner of the tables.');
  const logger = pino({ level: config.LOG_LEVEL });
  if (cluster.isWorker) return serveBeside(config, logger);
  if (config.PROCESSES > 1 && serverOf(config)) return serveByMany(config, logger);
  return serveAlone(config, logger);
}

async function serveAlone(config: Config, logger: Logger): Promise<void> {
  // features load on this thread while the embedded database opens on its own thread
  const features = import('./app.ts');
  const source = await openSource(config, (sentence) => logger.warn(sentence));
  const demoKeys = await prepareDemo(source, config);
  const service = await openService({ config, source, logger, features, siblings: ALONE });
  const http = await openHttpServer(service.listener, { host: config.HOST, port: config.PORT }).catch(
    async (error) => {
      await service.close();
      throw error;
    },
  );
  const address = http.server.address() as AddressInfo;
  await source.announce({ host: config.HOST, port: address.port });
  const warning = warningOf({ host: config.HOST, demoKeys });
  if (warning) logger.warn(warning);
  const isOneOnly = config.PROCESSES > 1 ? ', which one process serves (PROCESSES is for a server)' : '';
  const description = `${source.description}${isOneOnly}`;
  process.stdout.write(
    startupMessage({
      address,
      source: description,
      exercise: service.exercise,
      demoKeys,
      warning,
      exercises: [...config.WORLDS.keys()],
    }),
  );
  stopOnSignal(logger, async () => {
    service.end();
    await http.close();
    await service.close();
  });
}

/** Supervises the processes that serve. */
async function serveByMany(config: Config, logger: Logger): Promise<void> {
  const { PROCESSES: count, HOST: host, PORT } = config;
  const source = await openSource(config, (sentence) => logger.warn(sentence));
  const db = connectTo(source, config);
  await refuseUnfit(db, source, logger);
  const { worlds } = await import('./features/worlds/world.feature.ts');
  const exercise = await exerciseOf(worlds(db).identity);
  await db.close();
  const port = await openPort({ host, port: PORT });
  const supervisor = await supervise(count, port, logger);
  const description = `${source.description}, with ${count} processes`;
  const address = port.address() as AddressInfo;
  process.stdout.write(
    startupMessage({
      address,
      source: description,
      exercise,
      demoKeys: undefined,
      warning: undefined,
      exercises: [...config.WORLDS.keys()],
    }),
  );
  stopOnSignal(logger, supervisor.stop);
}

/** One of several processes. The first one runs the jobs, the last one keeps the files. */
async function serveBeside(config: Config, logger: Logger): Promise<void> {
  const { siblings, number, count, folder, begin, end } = await joinSiblings();
  const features = import('./app.ts');
  const mine = partOf(config, count);
  const source = await openSource(mine, (sentence) => logger.warn(sentence));
  const files = join(folder, 'files');
  const keepsFiles = number === count;
  const elsewhere = keepsFiles ? undefined : passOnTo(files, siblings);
  const service = await openService({ config: mine, source, logger, features, siblings, elsewhere });
  const passedOn = keepsFiles ? await answerPassedOn(service.listener, files, siblings) : undefined;
  const http = await openHandedServer(service.listener, join(folder, `${process.pid}`));
  begin(http.serve);
  stopOnSignal(logger, async () => {
    end();
    service.end();
    await http.close();
    await passedOn?.close();
    await service.close();
  });
}

/** Once, however many signals arrive: the terminal sends one to each process, and the supervisor another. */
function stopOnSignal(logger: Logger, stop: () => Promise<unknown>): void {
  let isStopping = false;
  const end = async () => {
    if (isStopping) return;
    isStopping = true;
    try {
      const isClean = await stop();
      logger.info('stopped');
      process.exit(isClean === false ? 1 : 0);
    } catch {
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end());
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
