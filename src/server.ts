import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { startSealer } from './audit/audit.sealer.ts';
import { auditStore } from './audit/audit.store.ts';
import { readLog } from './audit/read.log.ts';
import { type Config, filesOf, loadConfig, oidcOf, retentionOf, webhooksOf } from './config.ts';
import { type ChangeListener, listenForChanges } from './db/change.listener.ts';
import type { Database } from './db/database.ts';
import { connectTo, openSource, requireMigrated, type Source } from './db/start.ts';
import { endDemo, prepareDemo } from './demo.ts';
import { alertEvaluation } from './exchange/alerts/alert.evaluation.store.ts';
import { startAlerting } from './exchange/alerts/alert.job.ts';
import { startForgettingAlerts } from './exchange/alerts/alert.purge.ts';
import { alertUpkeep } from './exchange/alerts/alert.upkeep.store.ts';
import { startFeeding } from './exchange/feed/feed.job.ts';
import { feedUpkeep } from './exchange/feed/feed.upkeep.store.ts';
import { noCounts } from './exchange/webhooks/delivery.counts.ts';
import { startDelivery } from './exchange/webhooks/delivery.job.ts';
import { startWatching } from './features/coordination/overdue.job.ts';
import { overdueStore } from './features/coordination/overdue.store.ts';
import { startFolding } from './features/incidents/cell.job.ts';
import { cellStore } from './features/incidents/cell.store.ts';
import { startPurging } from './features/retention/purge.job.ts';
import { purgeStore } from './features/retention/purge.store.ts';
import { openHttpServer } from './http/listen.ts';
import { removeLeftOvers } from './ogc/download/download.folder.store.ts';
import { startupMessage, warningOf } from './startup.message.ts';

/** Runs the service until a signal ends it. */
export async function serve(config: Config): Promise<void> {
  const logger = pino({ level: config.LOG_LEVEL });
  removeLeftOvers(config.DOWNLOAD_FOLDER);
  // the features load on this thread while the embedded database opens on its own
  const features = import('./app.ts');
  const source = await openSource(config, (sentence) => logger.warn(sentence));
  const demoKeys = await prepareDemo(source, config);
  const db = connectTo(source, config);
  const { deliveryStoreOf, createApp } = await features;
  const audit = auditStore(db);
  const reads = readLog({ write: audit.writeReads, purposeNeededFor: config.PURPOSE_NEEDED_FOR });
  const ending = new AbortController();
  const webhookTargets = webhooksOf(config);
  const deliveryCounts = noCounts();
  const app = createApp({
    db,
    logger,
    ready: () => requireMigrated(db),
    requestTimeoutSeconds: config.REQUEST_TIMEOUT_SECONDS,
    publicUrl: config.PUBLIC_URL,
    oidc: oidcOf(config),
    rateLimits: { perKey: config.RATE_LIMIT_PER_MINUTE, perAddress: config.RATE_LIMIT_ANONYMOUS_PER_MINUTE },
    trustProxy: config.TRUST_PROXY,
    endDemo: () => endDemo(config),
    files: filesOf(config),
    reads,
    tileMemoryMegabytes: config.TILE_MEMORY_MB,
    streams: { most: config.STREAMS_MOST, mostPerCaller: config.STREAMS_PER_KEY },
    ending: ending.signal,
    webhookTargets,
    deliveryCounts,
  });
  const isSealing = config.AUDIT_SEALING === 'on';
  const sealer = isSealing ? startSealer({ seal: audit.seal, warn: (text) => logger.warn(text) }) : undefined;
  const evaluation = alertEvaluation(db, (err, subscription) =>
    logger.warn({ err, subscription }, 'the filter of a subscription cannot be asked'),
  );
  const delivery = startDelivery({
    ...webhookTargets,
    store: deliveryStoreOf(db),
    reads,
    changes: db.changes,
    keptDays: config.CHANGES_KEPT_DAYS,
    logger,
    counts: deliveryCounts,
  });
  const jobs = [
    delivery,
    hearChanges(source, db, (err) =>
      logger.warn({ err }, 'changes of other processes are not heard of: tiles are made anew each time'),
    ),
    startPurging(purgeStore(db), retentionOf(config), logger),
    startFolding(cellStore(db), logger),
    startFeeding(feedUpkeep(db), config.CHANGES_KEPT_DAYS, logger),
    startWatching(overdueStore(db), logger),
    startAlerting(evaluation, db.changes, logger),
    startForgettingAlerts(alertUpkeep(db), config.ALERTS_KEPT_DAYS, logger),
  ];
  const close = async () => {
    for (const job of jobs) await job?.stop();
    await reads.flush();
    await sealer?.stop();
    await db.close();
    await source.close();
  };
  const http = await openHttpServer(app, { host: config.HOST, port: config.PORT }).catch(async (error) => {
    await close();
    throw error;
  });
  await source.announce({ host: config.HOST, port: (http.server.address() as AddressInfo).port });
  const warning = warningOf({ host: config.HOST, demoKeys });
  if (warning) logger.warn(warning);
  process.stdout.write(
    startupMessage({ address: http.server.address(), source: source.description, demoKeys, warning }),
  );

  const stop = async () => {
    ending.abort();
    await http.close();
    await close();
    logger.info('stopped');
  };
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

/** Of the embedded database there is no other process. */
function hearChanges(
  source: Source,
  { changes }: Database,
  warn: (error: unknown) => void,
): ChangeListener | undefined {
  if (!source.isEmbedded) return listenForChanges({ connection: source.connection, changes, warn });
  changes.resume();
  return undefined;
}

/** Ends a command that cannot be carried out with the sentence that says why. */
export function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await Promise.resolve()
    .then(() => serve(loadConfig()))
    .catch(fail);
}
