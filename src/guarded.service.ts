import { setMaxListeners } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { appSettingsOf, type Config, httpSettingsOf } from './config.ts';
import { Problem } from './core/problem.ts';
import type { Siblings } from './core/siblings.ts';
import type { WorldReader } from './core/world.ts';
import { type Database, openDatabase } from './db/database.ts';
import { databaseFaults } from './db/readiness.store.ts';
import { hearChanges, type Source, tryRole } from './db/start.ts';
import { endDemo } from './demo.ts';
import { worldStore } from './features/worlds/world.store.ts';
import { createClosedApp, RESTORED, restored } from './http/closed.app.ts';
import type { PassOn } from './http/pass.on.ts';
import type { JobFault } from './jobs/job.health.ts';
import { type JobSpec, type RunningJobs, startJobs } from './jobs/running.jobs.ts';
import { readinessOf } from './readiness.ts';
import { installationStore } from './restore/installation.store.ts';
import { type Block, type Gate, restoreGate } from './restore/restore.gate.ts';

interface GuardedParts {
  config: Config;
  source: Source;
  db: Database;
  logger: Logger;
  /** Aborted at shutdown. */
  ending: AbortSignal;
  features: Promise<typeof import('./app.ts')>;
  siblings: Siblings;
  /** The process that keeps the download files, if it is not this one. */
  elsewhere?: PassOn | undefined;
  /** Before all paths: `/exercises/autumn`. Default: none. */
  root?: string | undefined;
  /** Between two comparisons of a server. Default: a second. */
  lookEveryMs?: number;
}

export interface GuardedService {
  listener: RequestListener;
  /** Which world the database is. */
  world: WorldReader;
  /** Ends the jobs. */
  stop(): Promise<void>;
}

const JOB_FAULTS = 'job-faults';

/** The service, closed while the database is a restored one: then no job runs, and every answer is one word. */
export async function guardedService(around: GuardedParts): Promise<GuardedService> {
  const { config, source, db, logger, lookEveryMs = 1_000 } = around;
  const start = await starter(around, {
    sealed: () => void gate?.look(),
    // also while that is unknown
    isClosed: () => gate?.block() !== undefined,
    witnessFaults: () => gate?.faults() ?? [],
  });
  let current = start();
  let gate: Gate | undefined;
  const own = ownConnection(source, config);
  gate = await restoreGate({
    look: installationStore(own ?? db, source.nonce).look,
    isAway: (error) => error instanceof Problem && error.code === 'database-away',
    witness: config.TRIPOINT_WITNESS,
    // nobody else writes the embedded database
    everyMs: source.isEmbedded ? undefined : lookEveryMs,
    logger,
    open: async () => current.work(),
    close: async () => {
      await current.stop(RESTORED);
      // nothing that was kept in memory may be answered later
      current = start();
    },
  });
  if (own) admitCompared(db, own, gate);
  // a closed service says it too, and its other connections are refused
  const world: WorldReader = worldStore(own ?? db).read;
  return {
    listener: guarded(gate, { ...around, world }, () => current.service),
    world,
    stop: async () => {
      await gate.stop();
      await current.stop();
      await own?.close();
    },
  };
}

/** A flood of requests does not delay the comparison; the embedded database has one connection. */
const ownConnection = ({ isEmbedded, connection }: Source, config: Config): Database | undefined =>
  isEmbedded
    ? undefined
    : openDatabase({ connection, poolSize: 1, statementTimeoutSeconds: config.STATEMENT_TIMEOUT_SECONDS });

/** A database that is exchanged ends its sessions: nothing is read over new ones before they are compared. */
function admitCompared(db: Database, own: Database, gate: Gate): void {
  db.admit(async (connection = own) => {
    if (!(await gate.admits(installationStore(connection, undefined).look))) throw restored();
  });
}

/** `/readyz` of a database that cannot be compared gives the reason. */
function guarded(
  gate: Gate,
  { logger, root = '', world }: GuardedParts & { world: WorldReader },
  service: () => RequestListener,
): RequestListener {
  let failure: Error | undefined;
  const closed = createClosedApp(logger, restored, { root, world });
  const failed = createClosedApp(logger, () => failure!, { root });
  const listenerOf = (block: Block | undefined, path: string | undefined): RequestListener => {
    if (block === undefined) return service();
    if (block === 'restored') return closed;
    failure = block;
    return path?.startsWith(`${root}/readyz`) ? service() : failed;
  };
  return (req, res) => {
    const block = gate.block();
    if (block instanceof Promise) void block.then((known) => listenerOf(known, req.url)(req, res));
    else listenerOf(block, req.url)(req, res);
  };
}

/** Makes the service, whose jobs begin with `work`. */
async function starter(
  { config, source, db, logger, ending, features, siblings, elsewhere, root }: GuardedParts,
  {
    sealed,
    isClosed,
    witnessFaults,
  }: { sealed: () => void; isClosed: () => boolean; witnessFaults: Gate['faults'] },
) {
  const { createApp, serviceOf } = await features;
  return () => {
    const closing = new AbortController();
    const settings = appSettingsOf(config);
    const ended = AbortSignal.any([ending, closing.signal]);
    // each delivery under way listens
    setMaxListeners(0, ended);
    const app = createApp(
      db,
      {
        ...settings,
        siblings,
        audit: { ...settings.audit, sealed },
        layers: { ...settings.layers, elsewhere },
        isClosed,
        endDemo: () => endDemo(config),
        ending: ended,
      },
      logger,
    );
    const specs = siblings.number === 1 ? app.jobs : app.jobs.filter(({ isEverywhere }) => isEverywhere);
    let jobs: RunningJobs | undefined;
    const jobFaults = () => [...(jobs?.faults() ?? []), ...witnessFaults()];
    siblings.answer(JOB_FAULTS, jobFaults);
    const ready = readinessOf({
      databaseFaults: () => databaseFaults(db),
      jobFaults: async () => [...jobFaults(), ...(await siblings.ask<JobFault[]>(JOB_FAULTS)).flat()],
      figures: app.figures,
      logger,
      mostLagSeconds: config.READY_LAG_SECONDS,
    });
    return {
      service: serviceOf(app, {
        ...httpSettingsOf(config),
        root,
        logger,
        ready,
        poolStats: db.poolStats,
        siblings,
      }),
      work: () => {
        jobs = startJobs([hearOthers(source, db), ...specs], {
          logger,
          tryRole: (role) => tryRole(db, role),
        });
      },
      stop: async (why?: typeof RESTORED) => {
        closing.abort(why);
        await jobs?.stop();
      },
    };
  };
}

const hearOthers = (source: Source, db: Database): JobSpec => ({
  name: 'change-listener',
  start: (logger) =>
    hearChanges(source, db, (err) => logger.warn({ err }, 'LISTEN lost; no tiles and no files are kept')),
});
