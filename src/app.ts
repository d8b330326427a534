import { tmpdir } from 'node:os';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { identifyBy } from './access/identify.ts';
import { keyStore } from './access/key.store.ts';
import { limitRates, type RateLimits } from './access/rate.limit.ts';
import { type TokenSettings, tokenVerifier } from './access/token.verifier.ts';
import { auditOperations } from './audit/audit.routes.ts';
import { auditStore } from './audit/audit.store.ts';
import { requestAudit } from './audit/audit.trace.ts';
import { type ReadLog, readLog } from './audit/read.log.ts';
import type { Database } from './db/database.ts';
import { alertCollection } from './exchange/alerts/alert.collection.sql.ts';
import { alertOperations } from './exchange/alerts/alert.routes.ts';
import { alertStore } from './exchange/alerts/alert.store.ts';
import { subscriptionOperations } from './exchange/alerts/subscription.routes.ts';
import { subscriptionStore } from './exchange/alerts/subscription.store.ts';
import { capOperations } from './exchange/cap/cap.routes.ts';
import { capStore } from './exchange/cap/cap.store.ts';
import { type Exchange, exchangeOf } from './exchange/exchange.ts';
import { feedStore } from './exchange/feed/feed.store.ts';
import type { StreamSettings } from './exchange/stream/stream.hub.ts';
import { streamStore } from './exchange/stream/stream.store.ts';
import { type DeliveryCounts, noCounts } from './exchange/webhooks/delivery.counts.ts';
import { deliveryMetrics } from './exchange/webhooks/delivery.metrics.ts';
import { deliveryOperations } from './exchange/webhooks/delivery.routes.ts';
import { deliveryStore } from './exchange/webhooks/delivery.store.ts';
import { type TargetGuard, targetGuard } from './exchange/webhooks/target.guard.ts';
import { webhookOperations } from './exchange/webhooks/webhook.routes.ts';
import { webhookStore } from './exchange/webhooks/webhook.store.ts';
import { agencyOperations } from './features/agencies/agency.routes.ts';
import { agencyStore } from './features/agencies/agency.store.ts';
import { mandateOperations } from './features/agencies/mandate.routes.ts';
import { mandateStore } from './features/agencies/mandate.store.ts';
import { responsibleOperations } from './features/agencies/responsible.routes.ts';
import { responsibleStore } from './features/agencies/responsible.store.ts';
import { borderOperations } from './features/borders/border.routes.ts';
import { borderStore } from './features/borders/border.store.ts';
import { acknowledgementOperations } from './features/coordination/acknowledgement.routes.ts';
import { acknowledgementStore } from './features/coordination/acknowledgement.store.ts';
import { requestOperations } from './features/coordination/request.routes.ts';
import { requestStore } from './features/coordination/request.store.ts';
import { responseOperations } from './features/coordination/response.routes.ts';
import { responseStore } from './features/coordination/response.store.ts';
import { crossingOperations } from './features/crossings/crossing.routes.ts';
import { crossingStore } from './features/crossings/crossing.store.ts';
import { nearestOperations } from './features/crossings/nearest.routes.ts';
import { nearestStore } from './features/crossings/nearest.store.ts';
import { statusOperations } from './features/crossings/status.routes.ts';
import { statusStore } from './features/crossings/status.store.ts';
import { distressOperations } from './features/distress/distress.routes.ts';
import { distressStore } from './features/distress/distress.store.ts';
import { importOperations } from './features/incidents/import.routes.ts';
import { importStore } from './features/incidents/import.store.ts';
import { incidentCollection } from './features/incidents/incident.collection.sql.ts';
import { incidentEditor } from './features/incidents/incident.editor.ts';
import { incidentOperations } from './features/incidents/incident.routes.ts';
import { incidentSearchOperations } from './features/incidents/incident.search.routes.ts';
import { incidentStore } from './features/incidents/incident.store.ts';
import { reportOperations } from './features/incidents/report.routes.ts';
import { reportStore } from './features/incidents/report.store.ts';
import { type KeyEvents, keyOperations } from './features/keys/key.routes.ts';
import { apiKeyStore } from './features/keys/key.store.ts';
import { locateOperations } from './features/locate/locate.routes.ts';
import { locateStore } from './features/locate/locate.store.ts';
import { releaseOperations } from './features/release/release.routes.ts';
import { releaseStore } from './features/release/release.store.ts';
import { holdOperations } from './features/retention/hold.routes.ts';
import { holdStore } from './features/retention/hold.store.ts';
import { consentOperations } from './features/zones/consent.routes.ts';
import { consentStore } from './features/zones/consent.store.ts';
import { previewStore } from './features/zones/preview.store.ts';
import { revisionOperations } from './features/zones/revision.routes.ts';
import { revisionStore } from './features/zones/revision.store.ts';
import { zoneEditor } from './features/zones/zone.editor.ts';
import { zoneOperations } from './features/zones/zone.routes.ts';
import { zoneStore } from './features/zones/zone.store.ts';
import { createHttpApp } from './http/http.app.ts';
import { describeApi } from './http/openapi/document.ts';
import { extentStore } from './ogc/collection/extent.store.ts';
import type { FilesSettings } from './ogc/download/download.files.store.ts';
import { downloadStore } from './ogc/download/download.store.ts';
import { editStore } from './ogc/edit/edit.store.ts';
import { itemsStore } from './ogc/items.store.ts';
import { layerOperations } from './ogc/layer.routes.ts';
import { partitionStore } from './ogc/partitions.store.ts';
import { tileStore } from './ogc/tiles/tile.store.ts';
import { COLLECTIONS, INFO, PUBLICATION, TAGS } from './publication.ts';

const TILE_MEMORY_MEGABYTES = 64;
const NO_EVENTS: KeyEvents = { keyChanged() {}, async adminMade() {} };

const TEMPORARY_FILES: FilesSettings = { folder: tmpdir(), mostBytes: 2 ** 32 };

export const deliveryStoreOf = (db: Database) => deliveryStore(db, alertCollection);

export interface WebhookTargets {
  guard: TargetGuard;
  timeoutSeconds: number;
}

const PUBLIC_TARGETS: WebhookTargets = { guard: targetGuard(), timeoutSeconds: 10 };

interface Settings {
  keyEvents?: KeyEvents;
  files?: FilesSettings | undefined;
  tileMemoryMegabytes?: number | undefined;
  exchange?: Exchange;
  ending?: AbortSignal | undefined;
  webhookTargets?: WebhookTargets | undefined;
}

const feedOf = (db: Database) => ({
  feed: feedStore(db, COLLECTIONS),
  store: streamStore(db, COLLECTIONS, incidentCollection),
  onChange: (listener: () => void) => db.changes.onChange(listener),
  layers: COLLECTIONS,
  filtered: incidentCollection,
});

/** Every endpoint of the service: the routes and the document are both made from this. */
export const operationsOf = (
  db: Database,
  {
    keyEvents = NO_EVENTS,
    files = TEMPORARY_FILES,
    tileMemoryMegabytes = TILE_MEMORY_MEGABYTES,
    exchange = exchangeOf(feedOf(db)),
    ending = new AbortController().signal,
    webhookTargets = PUBLIC_TARGETS,
  }: Settings = {},
) => {
  const incidents = incidentStore(db);
  const reports = reportStore(db);
  const zones = zoneStore(db);
  const revisions = revisionStore(db);
  const webhooks = webhookStore(db);
  return [
    ...borderOperations(borderStore(db)),
    ...crossingOperations(crossingStore(db)),
    ...statusOperations(statusStore(db)),
    ...agencyOperations(agencyStore(db)),
    ...mandateOperations(mandateStore(db)),
    ...zoneOperations(zones, previewStore(db)),
    ...revisionOperations(zones, revisions),
    ...consentOperations(consentStore(db)),
    ...incidentOperations(incidents),
    ...reportOperations(reports),
    ...importOperations(importStore(db)),
    ...releaseOperations(releaseStore(db), {
      incident: async (caller, id) => (await incidents.find(caller, id))?.feature,
      report: reports.find,
      reports: reports.list,
      revisions: revisions.listCurrent,
    }),
    ...distressOperations(distressStore(db)),
    ...acknowledgementOperations(acknowledgementStore(db)),
    ...responseOperations(responseStore(db)),
    ...requestOperations(requestStore(db)),
    ...holdOperations(holdStore(db)),
    ...incidentSearchOperations(incidents),
    ...nearestOperations(nearestStore(db)),
    ...locateOperations(locateStore(db)),
    ...responsibleOperations(responsibleStore(db)),
    ...keyOperations(apiKeyStore(db), keyEvents),
    ...auditOperations(auditStore(db)),
    ...layerOperations({
      collections: COLLECTIONS,
      items: itemsStore(db),
      downloads: downloadStore(db, { files, attribution: PUBLICATION.attribution }),
      partitions: partitionStore(db),
      extents: extentStore(db, COLLECTIONS),
      tiles: tileStore(db, { memoryMegabytes: tileMemoryMegabytes }),
      edits: editStore(db),
      editors: { zones: zoneEditor(zones), incidents: incidentEditor(incidents, reports) },
      publication: PUBLICATION,
    }),
    ...alertOperations(alertStore(db)),
    ...subscriptionOperations(subscriptionStore(db)),
    ...exchange.operations,
    ...webhookOperations({
      webhooks,
      secretsOf: (webhook) => deliveryStoreOf(db).secretsOf(webhook),
      posting: { guard: webhookTargets.guard, timeoutMs: webhookTargets.timeoutSeconds * 1000, ending },
    }),
    ...deliveryOperations(webhooks),
    ...capOperations(capStore(db)),
  ];
};

export const describeTripoint = () => describeApi(operationsOf(undefined as never), INFO, TAGS);

export interface AppOptions {
  db: Database;
  logger: Logger;
  ready: () => Promise<void>;
  requestTimeoutSeconds: number;
  publicUrl?: string | undefined;
  /** Default: no tokens are taken, only keys. */
  oidc?: TokenSettings | undefined;
  /** Default: none. */
  rateLimits?: RateLimits;
  trustProxy?: number | string[] | undefined;
  checkResponses?: boolean;
  /** Ends what must not outlive the first admin key of its own. */
  endDemo?: (() => Promise<void>) | undefined;
  /** Where files for downloads are made. Default: where the system keeps temporary files. */
  files?: FilesSettings | undefined;
  /** Left out: one with nothing special about it. `off` is for measuring what it costs. */
  reads?: ReadLog | 'off';
  /** Of tiles that are kept; 0: none is. */
  tileMemoryMegabytes?: number;
  /** How many there may be, and how they are watched. */
  streams?: Partial<StreamSettings>;
  /** Requests that wait for something are answered when it is aborted. */
  ending?: AbortSignal;
  /** Default: the internet, and nothing that is private. */
  webhookTargets?: WebhookTargets;
  /** Deliveries by this process. */
  deliveryCounts?: DeliveryCounts;
}

export function createApp({
  db,
  logger,
  ready,
  requestTimeoutSeconds,
  publicUrl,
  oidc,
  rateLimits = { perKey: 0, perAddress: 0 },
  trustProxy,
  checkResponses = false,
  endDemo,
  files,
  reads = readLog({ write: auditStore(db).writeReads }),
  tileMemoryMegabytes,
  streams,
  ending,
  webhookTargets,
  deliveryCounts = noCounts(),
}: AppOptions): Express {
  const { limit, guesses } = limitRates(rateLimits);
  const keys = keyStore(db);
  const tokens = oidc && tokenVerifier(oidc, { findCountry: keys.findCountry, logger });
  const identity = identifyBy({ keys, tokens, guesses });
  const exchange = exchangeOf({
    ...feedOf(db),
    identify: identity.identify,
    streams,
    ending,
  });
  const forget = (keyId?: string) => {
    identity.forget(keyId);
    void exchange.checkAccess();
  };
  const keyEvents: KeyEvents = {
    keyChanged: forget,
    async adminMade() {
      forget();
      await endDemo?.();
    },
  };
  const app = createHttpApp({
    logger,
    operations: operationsOf(db, { keyEvents, files, tileMemoryMegabytes, exchange, ending, webhookTargets }),
    document: describeTripoint(),
    identify: identity.identify,
    limit,
    trustProxy,
    ready,
    poolStats: db.poolStats,
    figures: [...exchange.figures, ...deliveryMetrics(deliveryStoreOf(db), deliveryCounts)],
    requestTimeoutMs: requestTimeoutSeconds * 1000,
    checkResponses,
    audit: reads === 'off' ? undefined : requestAudit(reads),
  });
  if (publicUrl) app.set('public url', publicUrl);
  return app;
}
