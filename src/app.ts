import type { Express } from 'express';
import { type Logger, pino } from 'pino';
import { type Access, accessTo } from './access/access.feature.ts';
import { type AppSettings, KEPT_DAYS, limitsOf, PUBLIC_TARGETS } from './app.settings.ts';
import { type Audit, audit } from './audit/audit.feature.ts';
import { ALONE } from './core/siblings.ts';
import { publishedIn, type World, type WorldReader } from './core/world.ts';
import type { Database } from './db/database.ts';
import { unconnected } from './db/unconnected.database.ts';
import { alerts } from './exchange/alerts/alert.feature.ts';
import { cap } from './exchange/cap/cap.feature.ts';
import { feed } from './exchange/feed/feed.feature.ts';
import { stream } from './exchange/stream/stream.feature.ts';
import { webhooks } from './exchange/webhooks/webhook.feature.ts';
import { agencies } from './features/agencies/agency.feature.ts';
import { borders } from './features/borders/border.feature.ts';
import { consents } from './features/consents/consent.feature.ts';
import { coordination } from './features/coordination/coordination.feature.ts';
import { crossings } from './features/crossings/crossing.feature.ts';
import { distress } from './features/distress/distress.feature.ts';
import type { Feature } from './features/feature.ts';
import { impact } from './features/impact/impact.feature.ts';
import { incidents } from './features/incidents/incident.feature.ts';
import { indicators } from './features/indicators/indicator.feature.ts';
import { keys } from './features/keys/key.feature.ts';
import { locate } from './features/locate/locate.feature.ts';
import { me } from './features/me/me.feature.ts';
import { procedures } from './features/procedures/procedure.feature.ts';
import { reference } from './features/reference/reference.feature.ts';
import { release } from './features/release/release.feature.ts';
import { retention } from './features/retention/retention.feature.ts';
import { shifts } from './features/shifts/shift.feature.ts';
import { worlds } from './features/worlds/world.feature.ts';
import { zones } from './features/zones/zone.feature.ts';
import { API_BASE } from './http/api.path.ts';
import { createHttpApp, type HttpAppOptions } from './http/http.app.ts';
import { describeApi } from './http/openapi/document.ts';
import type { Operation } from './http/operation.ts';
import { layers, type RowWays, rowWays } from './ogc/layer.facade.ts';
import { INFO, PUBLICATION, TAGS } from './publication.ts';

/** All features of the service over one database. */
export function createApp(db: Database, settings: AppSettings, logger: Logger) {
  const access = accessTo(db, { ...settings.access, siblings: settings.siblings }, logger);
  const log = audit(db, settings.audit ?? {});
  const ways = rowWays(db, logger);
  const world = worlds(db);
  const nouns = nounsOf(db, settings, { access, ways, world });
  const own = me(db, { limits: limitsOf(settings), operations: () => operations, world: world.identity });
  // the audit log last: it records the others until they end
  const parts: Feature[] = [
    ...nouns,
    own,
    ...facadesOf(db, settings, { nouns, access, log, ways, world: world.identity }),
    log,
  ];
  const operations: readonly Operation[] = parts.flatMap((part) => part.operations);
  return {
    operations,
    document: (base: string, exercise?: World) =>
      describeApi(operations, publishedIn(exercise, INFO), { tags: TAGS, base }),
    collections: nouns.flatMap(({ collections = [] }) => collections),
    jobs: [...parts.flatMap(({ jobs = [] }) => jobs), ...access.jobs],
    figures: parts.flatMap(({ figures = [] }) => figures),
    world: world.identity,
    identify: access.identify,
    sessions: access.sessionOperations(log.requests?.traced),
    limit: access.limit,
    limitProbe: access.limitProbe,
    audit: log.requests,
  };
}

export type App = ReturnType<typeof createApp>;

function nounsOf(
  db: Database,
  { retention: rules = [], keptDays = KEPT_DAYS, endDemo, layers: limits }: AppSettings,
  { access, ways, world }: Pick<Lower, 'access' | 'ways'> & { world: ReturnType<typeof worlds> },
): Feature[] {
  const zone = zones(db);
  const incident = incidents(db, { ways, world: world.identity, limits: limits?.strangers });
  return [
    borders(db),
    crossings(db),
    zone,
    consents(db, zone.readers.waitingConsents),
    procedures(db),
    incident,
    release(db, { ...incident.readers, ...zone.readers }),
    distress(db),
    coordination(db),
    shifts(db),
    retention(db, rules),
    locate(db),
    world,
    reference(db),
    keys(db, { forget: access.forget, endDemo }),
    // these last: OGC's suite tests only the layers before them (docs/conformance.md)
    indicators(db),
    alerts(db, { keptDays: keptDays.alerts }),
    agencies(db),
    impact(db),
  ];
}

interface Lower {
  nouns: readonly Feature[];
  access: Access;
  log: Audit;
  ways: RowWays;
  world: WorldReader;
}

function facadesOf(
  db: Database,
  settings: AppSettings,
  { nouns, access, log, ways, world }: Lower,
): Feature[] {
  const {
    keptDays = KEPT_DAYS,
    ending = new AbortController().signal,
    isClosed = () => false,
    siblings = ALONE,
  } = settings;
  const collections = nouns.flatMap((noun) => noun.collections ?? []);
  const sources = { collections, followed: nouns.flatMap((noun) => noun.followed ?? []) };
  const editors = Object.assign({}, ...nouns.map((noun) => noun.editors));
  const changes = feed(db, { sources, keptDays: keptDays.changes, ending, isClosed });
  return [
    layers(db, { collections, editors, publication: PUBLICATION, ways }, settings.layers),
    changes,
    stream(db, { sources, wakeup: changes.wakeup, access, ending, siblings, settings: settings.streams }),
    webhooks(db, {
      followed: sources.followed,
      targets: settings.webhookTargets ?? PUBLIC_TARGETS,
      reads: log.reads,
      keptDays: keptDays.changes,
      world,
      ending,
      isClosed,
    }),
    cap(db),
  ];
}

/** The app over HTTP. */
export const serviceOf = (
  app: App,
  { root = '', ...settings }: Omit<HttpAppOptions, 'apis' | 'figures'>,
): Express =>
  createHttpApp({ ...settings, root, apis: { [`${root}${API_BASE}`]: app }, figures: app.figures });

/** The app without a database, only for its description. */
export const describeTripoint = () => createApp(unconnected, {}, pino({ level: 'silent' }));
