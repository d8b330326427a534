import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { type Config, ofExercise } from './config.ts';
import { unavailable } from './core/problem.ts';
import type { Siblings } from './core/siblings.ts';
import type { World, WorldReader } from './core/world.ts';
import type { Database } from './db/database.ts';
import { startFaults } from './db/readiness.store.ts';
import { connectTo, openSource, type Source } from './db/start.ts';
import { guardedService } from './guarded.service.ts';
import { createClosedApp } from './http/closed.app.ts';
import type { PassOn } from './http/pass.on.ts';

interface Surroundings {
  config: Config;
  source: Source;
  logger: Logger;
  features: Promise<typeof import('./app.ts')>;
  siblings: Siblings;
  /** The process that keeps the files, if it is not this one. */
  elsewhere?: PassOn | undefined;
}

interface Service {
  listener: RequestListener;
  /** The world of `/v1/` if it is an exercise; undefined also while the database is away. */
  exercise: World | undefined;
  /** From now on waiting requests are answered, and streams end. */
  end(): void;
  /** Ends the jobs, and closes the databases. */
  close(): Promise<void>;
}

/** One world: an app on its own database, with its own jobs, streams, memories and connections. */
interface MountedWorld {
  listener: RequestListener;
  close(): Promise<void>;
}

/** The world of `/v1/`, and the exercises of WORLDS beside it. They share the process and nothing else. */
export async function openService(around: Surroundings): Promise<Service> {
  const ending = new AbortController();
  const { source, config, siblings, logger } = around;
  const db = connectTo(source, config, siblings);
  await refuseUnfit(db, source, logger);
  const first = await mount({ ...around, db, ending: ending.signal });
  const exercises = new Map<string, MountedWorld>();
  for (const id of config.WORLDS.keys())
    exercises.set(id, await openExercise(id, { ...around, ending: ending.signal }));
  return {
    listener(req, res) {
      const { listener } = exercises.get(exerciseIn(req.url)) ?? first;
      listener(req, res);
    },
    exercise: await exerciseOf(first.world),
    end: () => ending.abort(),
    close: async () => void (await Promise.all([first, ...exercises.values()].map((one) => one.close()))),
  };
}

const exerciseIn = (url = ''): string => /^\/exercises\/([^/?]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** undefined: the actual world, or unknown because the database is away. */
export async function exerciseOf(read: WorldReader): Promise<World | undefined> {
  const world = await read().catch(() => undefined);
  return world?.kind === 'exercise' ? world : undefined;
}

type MountParts = Surroundings & { ending: AbortSignal; root?: string };

async function mount(parts: MountParts & { db: Database }): Promise<MountedWorld & { world: WorldReader }> {
  const { db, source } = parts;
  const service = await guardedService(parts);
  return {
    listener: service.listener,
    world: service.world,
    close: async () => {
      await service.stop();
      await db.close();
      await source.close();
    },
  };
}

/** A fault of an exercise ends no other world: it is logged, and answered at the address of the exercise. */
async function openExercise(id: string, around: MountParts): Promise<MountedWorld> {
  const { logger } = around;
  const root = `/exercises/${id}`;
  const config = ofExercise(around.config, id);
  const siblings = siblingsOf(id, around.siblings);
  const source = await openSource(config, (sentence) => logger.warn(sentence));
  const db = connectTo(source, config, siblings);
  const unfit = await schemaFault(db, logger);
  if (unfit !== undefined) {
    logger.error({ exercise: id }, unfit);
    await db.close();
    return {
      listener: createClosedApp(logger, () => unavailable(60, 'world-unfit'), { root }),
      close: () => source.close(),
    };
  }
  const { listener, world, close } = await mount({ ...around, config, siblings, source, db, root });
  return { listener: ofWorld({ id, root, world, logger }, listener), close };
}

interface ExerciseGuard {
  id: string;
  root: string;
  world: WorldReader;
  logger: Logger;
}

/** Answers only from the database that is this exercise, whatever WORLDS says. */
function ofWorld({ id, root, world, logger }: ExerciseGuard, listener: RequestListener): RequestListener {
  let fault: Error | undefined;
  const closed = createClosedApp(logger, () => fault!, { root });
  const look = async (): Promise<RequestListener> => {
    const found = await world();
    if (found.id === id) return listener;
    fault = unavailable(60, 'world-differs', { expected: id, found: found.id });
    return closed;
  };
  let isKnown = false;
  return async (req, res) => {
    if (isKnown) return listener(req, res);
    const answer = await look().catch((error) => {
      fault = error;
      return closed;
    });
    isKnown = answer === listener;
    answer(req, res);
  };
}

/** Processes speak about each world apart. */
const siblingsOf = (id: string, siblings: Siblings): Siblings => ({
  ...siblings,
  ask: (topic, message) => siblings.ask(`${id} ${topic}`, message),
  answer: (topic, reply) => siblings.answer(`${id} ${topic}`, reply),
});

/** A database that cannot be reached yet comes later; one that does not fit ends the start with what to do. */
export async function refuseUnfit(db: Database, source: Source, logger: Logger): Promise<void> {
  const unfit = await schemaFault(db, logger);
  if (unfit === undefined) return;
  await db.close();
  await source.close();
  throw new Error(unfit);
}

/** What does not fit, with what to do about it. Other faults pass, and are only logged. */
async function schemaFault(db: Database, logger: Logger): Promise<string | undefined> {
  const faults = await startFaults(db);
  const unfit = faults.find(({ reason }) => reason === 'schema');
  if (!unfit) for (const { detail } of faults) logger.warn(detail);
  return unfit?.detail;
}
