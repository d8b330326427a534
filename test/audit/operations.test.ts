import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { describeTripoint } from '../../src/app.ts';
import type { Role } from '../../src/core/caller.ts';
import { doubleStore } from '../../src/features/incidents/double.store.ts';
import { addAlert } from '../support/alerts.ts';
import { type Asked, ask } from '../support/audit.ts';
import { aFlatIncident, aFlatZone } from '../support/builders.flat.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { agreeZone, proposeZone } from '../support/builders.zones.ts';
import { aCorrection, aSide } from '../support/corrections.ts';
import { addDeadLetter } from '../support/dead.letters.ts';
import { startOfFeed } from '../support/feed.ts';
import { agreeCritical, anAssessment, assess, openReaction } from '../support/impact.ts';
import { aProcedure, proposedVersion } from '../support/procedures.ts';
import { proposeJoint } from '../support/proposals.ts';
import { keyFor } from '../support/rescue.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';
import { LOCAL } from '../support/webhooks.ts';

let service: TestService;
let receiver: Receiver;
/** Words that are in an answer only if it shows a non-CLEAR row. */
const anOffer = {
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [8.42, 35.2] },
  properties: { kind: 'drones', quantity: 2, tlp: 'GREEN' },
};
const secret = {
  offer: '',
  incident: '',
  earlier: '',
  later: '',
  report: '',
  zone: '',
  proposal: '',
  joint: '',
  procedure: '',
  assessment: '',
  reaction: '',
  criticalUntil: '',
  mandate: '',
  notice: '',
  alert: '',
  taken: '',
  response: '',
  request: '',
  indicator: '',
  correction: '',
};
const clear = { incident: '' };
const made = {
  start: '',
  shift: '',
  key: '',
  draft: '',
  assessment: '',
  reaction: '',
  statement: '',
  wrongIndicator: '',
  alert: '',
  other: '',
  subscription: '',
  ownSubscription: '',
  hook: '',
  foreignHook: '',
  rescue: {} as Record<string, string>,
};
const aRequest = { kind: 'information', to: ['DZA'], dueAt: '2099-01-01', text: 'Seen on your side?' };
const POINT: [number, number] = [8.42, 35.2];
/** The segments around the point become one. */
const JOINED = aCorrection([
  { collection: 'segments', id: 'DZA-TUN-06', properties: { toKm: 347.797 } },
  { collection: 'segments', id: 'DZA-TUN-07', removed: true },
]);
const RENAMED = aCorrection([
  { collection: 'segments', id: 'DZA-TUN-07', properties: { names: { en: 'Bouchebka area' } } },
]);
/** The one that the point lies in. */
const TILE = '12/1619/2143';
const agency = agencyOf(keyOf('TUN', 'admin'));

beforeAll(async () => {
  service = await startService({ webhookTargets: LOCAL });
  receiver = await openReceiver();
  made.start = await startOfFeed(service);
  const shift = await service.api
    .post('/v1/shifts')
    .set(TUN_REPORTER!)
    .send({ place: { kind: 'room', name: 'Exercise room' } })
    .expect(201);
  made.shift = shift.body.id;
  for (const [path, body] of [
    ['entries', { text: 'All quiet.' }],
    ['handover', {}],
  ] as const)
    await service.api.post(`/v1/shifts/${made.shift}/${path}`).set(TUN_REPORTER!).send(body).expect(201);
  const post = async (path: string, role: 'operator' | 'reporter' | 'admin', body: object) => {
    const answer = await service.api
      .post(`/v1${path}`)
      .set(as(keyOf('TUN', role)))
      .send(body);
    expect(answer.status).toBe(201);
    return answer.body.id as string;
  };
  const released = { tlp: 'AMBER', releasableTo: ['DZA'] };
  const { body } = await service.api
    .post('/v1/keys')
    .set(as(keyOf('DZA', 'admin')))
    .send({ agency: agencyOf(keyOf('DZA', 'admin')), roles: ['reader'] });
  made.key = body.id;
  made.rescue = await keyFor(service, 'DZA');
  await post('/incidents', 'reporter', anIncident({ kind: 'distress', at: [8.6, 34.9] }));
  const notices = await service.api.get('/v1/distress').set(made.rescue);
  secret.notice = notices.body.features[0].id;
  secret.zone = (await agreeZone(service.api, 'TUN', { tlp: 'AMBER+STRICT' })).id;
  // one that waits for the consent of the readers
  secret.proposal = (await proposeZone(service.api, 'TUN', { geometry: aSquare([9.9, 31]) })).id;
  made.statement = await post('/crossings/bouchebka/status', 'operator', { state: 'open' });
  secret.joint = await proposeJoint(service, 'TUN', ['DZA', 'TUN']);
  const counted = { day: '2026-10-01', passengers: 7, method: 'manual' };
  secret.indicator = await post('/crossings/bouchebka/indicators', 'operator', counted);
  made.wrongIndicator = await post('/crossings/bouchebka/indicators', 'operator', {
    ...counted,
    day: '2026-10-02',
  });
  secret.procedure = (await proposedVersion(service, 'TUN', `/zones/${secret.zone}/procedures`)).id;
  const critical = await agreeCritical(service, 'DZA-TUN-09');
  const agreed = await service.api.get(`/v1/assessments/${critical}`).set(as(keyOf('DZA', 'reader')));
  secret.criticalUntil = agreed.body.validTo;
  secret.assessment = await assess(service, 'TUN', 'DZA-TUN-09', { tlp: 'AMBER', releasableTo: ['DZA'] });
  made.assessment = await assess(service, 'TUN', 'DZA-TUN-09', {}, 'operator');
  secret.reaction = await openReaction(service, 'DZA', 'DZA-TUN-09');
  made.reaction = await openReaction(service, 'TUN', 'DZA-TUN-09');
  made.draft = await post('/zones', 'operator', aZone());
  secret.incident = await post('/incidents', 'reporter', anIncident({ at: POINT, ...released }));
  secret.alert = await addAlert(service, agencyOf(keyOf('DZA', 'reader')), secret.incident);
  made.alert = await addAlert(service, agency, secret.incident);
  made.other = await addAlert(service, agency, secret.incident);
  const asked = { zone: secret.zone, triggers: ['enter'] };
  const own = await service.api
    .post('/v1/subscriptions')
    .set(as(keyOf('DZA', 'operator')))
    .send({ triggers: ['created'] });
  made.ownSubscription = own.body.id;
  made.subscription = await post('/subscriptions', 'operator', asked);
  made.hook = (await addDeadLetter(service, agency, secret.incident, receiver.url)).webhook;
  const foreign = await addDeadLetter(service, agencyOf(keyOf('DZA', 'admin')), secret.incident);
  made.foreignHook = foreign.webhook;
  secret.offer = await post('/offers', 'operator', anOffer);
  const desert = anIncident({ at: [9.2, 31.2], tlp: 'GREEN' });
  secret.earlier = await post('/incidents', 'reporter', desert);
  const { body: later } = await service.api
    .post('/v1/incidents')
    .set(as(keyOf('DZA', 'reporter')))
    .send(desert)
    .expect(201);
  secret.later = later.id;
  while (await doubleStore(service.db).link());
  clear.incident = await post('/incidents', 'reporter', anIncident({ at: [9.5, 34], tlp: 'CLEAR' }));
  await service.api
    .put(`/v1/incidents/${secret.incident}/legal-hold`)
    .set(as(keyOf('TUN', 'coordinator')))
    .send({ reason: 'Court order' })
    .expect(201);
  const { body: taken } = await service.api
    .post(`/v1/incidents/${secret.incident}/acknowledgements`)
    .set(as(keyOf('TUN', 'reporter')))
    .expect(201);
  secret.taken = taken.at;
  const response = { kind: 'patrol' };
  secret.response = await post(`/incidents/${secret.incident}/responses`, 'reporter', response);
  secret.request = await post(`/incidents/${secret.incident}/requests`, 'reporter', aRequest);
  secret.report = await post(`/incidents/${secret.incident}/reports`, 'reporter', { text: 'Seen again.' });
  secret.correction = await post('/corrections', 'admin', RENAMED);
  secret.mandate = await post('/mandates', 'admin', {
    agency,
    function: 'search_rescue',
    rank: 'primary',
    scope: { type: 'zone', zone: secret.zone },
    source: 'test',
  });
});
afterAll(async () => {
  await receiver.close();
  await service.stop();
});

type Row = [ask: () => Asked, isSecret: boolean];
const get = (path: () => string, isSecret: boolean): Row => [() => ({ path: path() }), isSecret];

// Each operation that reads. A new one without a row here fails the test below.
const READS: Record<string, Row> = {
  listBorders: get(() => '/borders', false),
  getBorder: get(() => '/borders/DZA-TUN', false),
  getBorderPoint: get(() => '/borders/DZA-TUN/points?km=412', false),
  listSegments: get(() => '/segments', false),
  getSegment: get(() => '/segments/DZA-TUN-07', false),
  listCrossings: get(() => '/crossings', false),
  getCrossing: get(() => '/crossings/bouchebka', false),
  listNearestCrossings: get(() => '/crossings/nearest?lon=8.42&lat=35.2', true),
  listIndicators: get(() => '/indicators', true),
  getIndicator: get(() => `/indicators/${secret.indicator}`, true),
  getCrossingAvailability: get(
    () => '/crossings/bouchebka/availability?datetime=2026-11-01/2026-11-30',
    false,
  ),
  listCrossingStatus: get(() => '/crossings/bouchebka/status', false),
  listAgencies: get(() => '/agencies?function=search_rescue', false),
  getAgency: get(() => `/agencies/${agency}`, true),
  listResponsibleAgencies: get(() => `/agencies/responsible?zone=${secret.zone}`, true),
  listMandates: get(() => '/mandates?limit=1000', true),
  getMandate: get(() => `/mandates/${secret.mandate}`, true),
  listAlerts: get(() => '/alerts', true),
  getAlert: get(() => `/alerts/${secret.alert}`, true),
  listSubscriptions: get(() => '/subscriptions', false),
  getSubscription: get(() => `/subscriptions/${made.ownSubscription}`, false),
  listAlertsAtom: get(() => '/alerts.atom', true),
  getAlertCap: get(() => `/alerts/${secret.alert}.cap`, true),
  listChanges: get(() => `/changes?limit=1000&after=${made.start}`, true),
  streamChanges: get(() => `/stream?collections=incidents&after=${made.start}`, true),
  listZones: get(() => '/zones', true),
  getZone: get(() => `/zones/${secret.zone}`, true),
  listZoneRevisions: get(() => `/zones/${secret.zone}/revisions`, true),
  getZoneRevision: get(() => `/zones/${secret.zone}/revisions/1`, true),
  listZoneConsents: get(() => `/zones/${secret.zone}/consents`, true),
  getSegmentImpact: get(() => '/segments/DZA-TUN-09/impact', true),
  listImpactItems: get(() => '/collections/impact/items', true),
  getImpactItem: get(() => '/collections/impact/items/DZA-TUN-09', true),
  listAssessments: get(() => '/assessments', true),
  getAssessment: get(() => `/assessments/${secret.assessment}`, true),
  listReactions: get(() => '/reactions', true),
  listReactionRules: get(() => '/reactions/rules', false),
  listProposals: get(() => '/proposals', true),
  listProcedures: get(() => '/procedures', true),
  getProcedure: get(() => `/procedures/${secret.procedure}`, true),
  getProcedureVersion: get(() => `/procedures/${secret.procedure}/versions/1`, true),
  getProposal: get(() => `/proposals/${secret.joint}`, true),
  listWaitingConsents: get(() => '/consents/waiting', true),
  searchItems: [
    () => ({ path: '/collections/incidents/search', method: 'post', body: { limit: 1000 } }),
    true,
  ],
  previewZone: [() => ({ path: '/zones/preview', method: 'post', body: aZone() }), true],
  previewCorrection: [() => ({ path: '/corrections/preview', method: 'post', body: JOINED }), true],
  previewProposedCorrection: get(() => `/corrections/${secret.correction}/preview`, true),
  listCorrections: get(() => '/corrections', true),
  getCorrection: get(() => `/corrections/${secret.correction}`, true),
  listZoneIncidents: get(() => `/zones/${secret.zone}/incidents`, true),
  listIncidents: get(() => '/incidents', true),
  countIncidents: get(() => '/incidents/counts?datetime=2026-01-01/2026-12-31&interval=P1D', true),
  getIncident: get(() => `/incidents/${secret.incident}`, true),
  listIncidentsAtom: get(() => '/incidents.atom', true),
  getIncidentCap: get(() => `/incidents/${secret.incident}.cap`, true),
  listReports: get(() => `/incidents/${secret.incident}/reports`, true),
  getReport: get(() => `/incidents/${secret.incident}/reports/${secret.report}`, true),
  listAcknowledgements: get(() => `/incidents/${secret.incident}/acknowledgements`, true),
  listResponses: get(() => `/incidents/${secret.incident}/responses`, true),
  listOffers: get(() => '/offers', true),
  getOffer: get(() => `/offers/${secret.offer}`, true),
  listSameAs: get(() => `/incidents/${secret.incident}/same-as`, true),
  getMilestones: get(() => `/incidents/${secret.incident}/milestones`, true),
  listRequests: get(() => '/requests', true),
  getRequest: get(() => `/requests/${secret.request}`, true),
  listSegmentIncidents: get(() => '/segments/DZA-TUN-07/incidents?withinMetres=100000', true),
  locate: get(() => '/locate?lon=8.42&lat=35.2', true),
  listKeys: get(() => '/keys', false),
  getWorld: get(() => '/world', false),
  getMe: get(() => '/me', false),
  getKey: get(() => `/keys/${made.key}`, false),
  listAuditEntries: get(() => '/audit', false),
  listDistressNotices: get(() => '/distress', true),
  listOpenDistressNotices: get(() => '/distress/open', true),
  getDistressNotice: get(() => `/distress/${secret.notice}`, true),
  getLandingPage: get(() => '/', false),
  getConformance: get(() => '/conformance', false),
  listCollections: get(() => '/collections', false),
  getCollection: get(() => '/collections/incidents', false),
  getQueryables: get(() => '/collections/incidents/queryables', false),
  getSortables: get(() => '/collections/incidents/sortables', false),
  getSchema: get(() => '/collections/incidents/schema', false),
  getFeatureSchema: get(() => '/collections/incidents/schema/feature', false),
  listFunctions: get(() => '/functions', false),
  listBorderItems: get(() => '/collections/borders/items', false),
  getBorderItem: get(() => '/collections/borders/items/DZA-TUN', false),
  listSegmentItems: get(() => '/collections/segments/items', false),
  getSegmentItem: get(() => '/collections/segments/items/DZA-TUN-07', false),
  listCrossingItems: get(() => '/collections/crossings/items', false),
  getCrossingItem: get(() => '/collections/crossings/items/bouchebka', false),
  listAgencyItems: get(() => '/collections/agencies/items?function=search_rescue', false),
  getAgencyItem: get(() => `/collections/agencies/items/${agency}`, false),
  listZoneItems: get(() => '/collections/zones/items', true),
  getZoneItem: get(() => `/collections/zones/items/${secret.zone}`, true),
  listIncidentItems: get(() => '/collections/incidents/items', true),
  listWebhooks: get(() => '/webhooks', false),
  getWebhook: get(() => `/webhooks/${made.foreignHook}`, false),
  listDeliveries: get(() => `/webhooks/${made.foreignHook}/deliveries`, false),
  listIndicatorItems: get(() => '/collections/indicators/items', true),
  getIndicatorItem: get(() => `/collections/indicators/items/${secret.indicator}`, true),
  listAlertItems: get(() => '/collections/alerts/items', true),
  getAlertItem: get(() => `/collections/alerts/items/${secret.alert}`, true),
  listIncidentsPartitions: get(() => '/collections/incidents/items/partitions?count=1', false),
  getIncidentItem: get(() => `/collections/incidents/items/${secret.incident}`, true),
  '.collection.vector.getTileSetsList': get(() => '/collections/incidents/tiles', false),
  '.collection.vector.getTileSet': get(() => '/collections/incidents/tiles/WebMercatorQuad', false),
  '.collection.vector.getTile': get(() => `/collections/incidents/tiles/WebMercatorQuad/${TILE}`, true),
  '.dataset.vector.getTileSetsList': get(() => '/tiles', false),
  '.dataset.vector.getTileSet': get(() => '/tiles/WebMercatorQuad', false),
  '.dataset.vector.getTile': get(() => `/tiles/WebMercatorQuad/${TILE}`, true),
  getTileMatrixSetsList: get(() => '/tileMatrixSets', false),
  getTileMatrixSet: get(() => '/tileMatrixSets/WebMercatorQuad', false),
  getStyle: get(() => '/collections/incidents/style', false),
  getDatasetStyle: get(() => '/style', false),
};

// Those that only the owner country reads.
const OWN_READS: Record<string, Row> = {
  getLegalHold: get(() => `/incidents/${secret.incident}/legal-hold`, true),
  listShifts: get(() => '/shifts', true),
  getShift: get(() => `/shifts/${made.shift}`, true),
  listShiftEntries: get(() => `/shifts/${made.shift}/entries`, true),
  getHandover: get(() => `/shifts/${made.shift}/handover`, true),
  previewRelease: [
    () => ({
      path: '/release/preview',
      method: 'post',
      body: { collection: 'zones', id: secret.zone, tlp: 'GREEN' },
    }),
    true,
  ],
  previewReleases: [
    () => ({
      path: '/releases/preview',
      method: 'post',
      body: { releases: [{ collection: 'zones', id: secret.zone, tlp: 'GREEN' }] },
    }),
    true,
  ],
};

const [TUN_REPORTER, TUN_OPERATOR, TUN_ADMIN] = (['reporter', 'operator', 'admin'] as const).map((role) =>
  as(keyOf('TUN', role)),
);

const DZA_ADMIN = as(keyOf('DZA', 'admin'));

const askAbout =
  (path: () => string, more: object = {}) =>
  (): Asked => ({ path: path(), method: 'post', headers: TUN_REPORTER!, body: { ...aRequest, ...more } });

const propose = (path: () => string): [() => Asked, [string, string][]] => [
  () => ({ path: path(), method: 'post', headers: TUN_OPERATOR!, body: aProcedure() }),
  [
    ['create', 'proposals'],
    ['create', 'procedures'],
  ],
];

// Each operation that writes, with what its entries say, in the order in which the service calls them.
const WRITES: Record<string, [ask: () => Asked, entries: [action: string, collection: string][]]> = {
  createIncident: [
    () => ({ path: '/incidents', method: 'post', headers: TUN_REPORTER!, body: anIncident() }),
    [['create', 'incidents']],
  ],
  putIncident: [
    () => ({ path: `/incidents/${uuidv7()}`, method: 'put', headers: TUN_REPORTER!, body: anIncident() }),
    [['create', 'incidents']],
  ],
  placeLegalHold: [
    () => ({
      path: `/incidents/${clear.incident}/legal-hold`,
      method: 'put',
      headers: as(keyOf('TUN', 'coordinator')),
      body: { reason: 'Court order' },
    }),
    [['create', 'incidents']],
  ],
  liftLegalHold: [
    () => ({
      path: `/incidents/${clear.incident}/legal-hold`,
      method: 'delete',
      headers: as(keyOf('TUN', 'coordinator')),
    }),
    [['remove', 'incidents']],
  ],
  release: [
    () => ({
      path: '/release',
      method: 'post',
      headers: as(keyOf('TUN', 'coordinator')),
      body: { collection: 'incidents', id: secret.incident, tlp: 'GREEN' },
    }),
    [['change', 'incidents']],
  ],
  releaseMany: [
    () => ({
      path: '/releases',
      method: 'post',
      headers: as(keyOf('TUN', 'coordinator')),
      body: {
        releases: [
          { collection: 'incidents', id: secret.incident, tlp: 'AMBER', releasableTo: ['DZA', 'LBY'] },
        ],
      },
    }),
    [['change', 'incidents']],
  ],
  addAssistance: [
    () => ({
      path: `/distress/${secret.notice}/assistance`,
      method: 'post',
      headers: TUN_REPORTER!,
      body: { state: 'under_way' },
    }),
    [['create', 'distress']],
  ],
  acknowledgeIncident: [
    () => ({
      path: `/incidents/${clear.incident}/acknowledgements`,
      method: 'post',
      headers: TUN_REPORTER!,
    }),
    [['create', 'acknowledgements']],
  ],
  addResponse: [
    () => ({
      path: `/incidents/${clear.incident}/responses`,
      method: 'post',
      headers: TUN_REPORTER!,
      body: { kind: 'medical' },
    }),
    [['create', 'responses']],
  ],
  changeResponse: [
    () => ({
      path: `/incidents/${secret.incident}/responses/${secret.response}`,
      method: 'patch',
      headers: TUN_REPORTER!,
      body: { state: 'done' },
    }),
    [['change', 'responses']],
  ],
  createOffer: [
    () => ({ path: '/offers', method: 'post', headers: TUN_OPERATOR!, body: anOffer }),
    [['create', 'offers']],
  ],
  changeOffer: [
    () => ({
      path: `/offers/${secret.offer}`,
      method: 'patch',
      headers: TUN_OPERATOR!,
      body: { properties: { quantity: 1 } },
    }),
    [['change', 'offers']],
  ],
  decideSameAs: [
    () => ({
      path: `/incidents/${secret.earlier}/same-as/${secret.later}`,
      method: 'put',
      headers: TUN_REPORTER!,
      body: { decision: 'confirm' },
    }),
    [['change', 'same-as']],
  ],
  addRequest: [
    () => ({
      path: `/incidents/${secret.incident}/requests`,
      method: 'post',
      headers: TUN_REPORTER!,
      body: aRequest,
    }),
    [['create', 'requests']],
  ],
  addZoneProcedure: propose(() => `/zones/${secret.zone}/procedures`),
  addSegmentProcedure: propose(() => '/segments/DZA-TUN-07/procedures'),
  addCrossingProcedure: propose(() => '/crossings/bouchebka/procedures'),
  addProcedureVersion: propose(() => `/procedures/${secret.procedure}/versions`),
  addZoneRequest: [askAbout(() => `/zones/${secret.zone}/requests`), [['create', 'requests']]],
  addSegmentRequest: [askAbout(() => '/segments/DZA-TUN-07/requests'), [['create', 'requests']]],
  addCrossingRequest: [askAbout(() => '/crossings/bouchebka/requests'), [['create', 'requests']]],
  addPlaceRequest: [
    askAbout(() => '/requests', { place: { type: 'Point', coordinates: [8.42, 35.2] } }),
    [['create', 'requests']],
  ],
  changeRequest: [
    () => ({
      path: `/requests/${secret.request}`,
      method: 'patch',
      headers: TUN_REPORTER!,
      body: { state: 'withdrawn' },
    }),
    [['change', 'requests']],
  ],
  addReport: [
    () => ({
      path: `/incidents/${clear.incident}/reports`,
      method: 'post',
      headers: TUN_REPORTER!,
      body: { severity: 'severe' },
    }),
    [
      ['create', 'reports'],
      ['change', 'incidents'],
    ],
  ],
  importIncidents: [
    () => ({
      path: '/incidents/import',
      method: 'post',
      headers: { ...TUN_REPORTER!, 'Content-Type': 'application/geo+json' },
      body: JSON.stringify({
        type: 'FeatureCollection',
        features: [anIncident(), anIncident({ at: [9, 34] })],
      }),
    }),
    [['create', 'incidents']],
  ],
  withdrawHandover: [
    () => ({ path: `/shifts/${made.shift}/handover`, method: 'delete', headers: TUN_REPORTER! }),
    [['change', 'shifts']],
  ],
  addShiftEntry: [
    () => ({
      path: `/shifts/${made.shift}/entries`,
      method: 'post',
      headers: TUN_REPORTER!,
      body: { text: 'Lane 2 is closed.' },
    }),
    [['create', 'shift-notes']],
  ],
  offerHandover: [
    () => ({ path: `/shifts/${made.shift}/handover`, method: 'post', headers: TUN_REPORTER!, body: {} }),
    [
      ['change', 'shifts'],
      ['create', 'shift-items'],
    ],
  ],
  confirmHandover: [
    () => ({
      path: `/shifts/${made.shift}/handover/confirmation`,
      method: 'post',
      headers: TUN_OPERATOR!,
      body: { offer: 2 },
    }),
    [['change', 'shifts']],
  ],
  openShift: [
    () => ({
      path: '/shifts',
      method: 'post',
      headers: TUN_REPORTER!,
      body: { place: { kind: 'room', name: 'Exercise room' } },
    }),
    [['create', 'shifts']],
  ],
  createZone: [
    () => ({ path: '/zones', method: 'post', headers: TUN_OPERATOR!, body: aZone() }),
    [
      ['create', 'zones'],
      ['create', 'revisions'],
    ],
  ],
  changeZone: [
    () => ({
      path: `/zones/${secret.zone}`,
      method: 'patch',
      headers: TUN_OPERATOR!,
      body: { properties: { purpose: 'Another' } },
    }),
    [['create', 'revisions']],
  ],
  addZoneConsent: [
    () => ({
      path: `/zones/${secret.zone}/consents`,
      method: 'post',
      headers: as(keyOf('TUN', 'coordinator')),
      body: { decision: 'reject', revision: 2, reason: 'Too wide.' },
    }),
    [['create', 'consents']],
  ],
  addAssessment: [
    () => ({
      path: '/segments/DZA-TUN-09/impact',
      method: 'post',
      headers: TUN_OPERATOR!,
      body: anAssessment(),
    }),
    [['create', 'assessments']],
  ],
  completeReaction: [
    () => ({
      path: `/reactions/${made.reaction}/completion`,
      method: 'post',
      headers: TUN_REPORTER!,
      body: {},
    }),
    [['change', 'reactions']],
  ],
  decideAssessment: [
    () => ({
      path: `/assessments/${made.assessment}/decision`,
      method: 'post',
      headers: as(keyOf('TUN', 'coordinator')),
      body: { decision: 'assess' },
    }),
    [
      ['change', 'reactions'],
      ['create', 'reactions'],
      ['change', 'assessments'],
    ],
  ],
  addProposalConsent: [
    () => ({
      path: `/proposals/${secret.joint}/consents`,
      method: 'post',
      headers: as(keyOf('TUN', 'coordinator')),
      body: { decision: 'approve' },
    }),
    [
      ['change', 'proposals'],
      ['create', 'consents'],
    ],
  ],
  proposeZone: [
    () => ({ path: `/zones/${made.draft}/proposal`, method: 'post', headers: TUN_OPERATOR! }),
    [['change', 'revisions']],
  ],
  withdrawZone: [
    () => ({ path: `/zones/${secret.zone}`, method: 'delete', headers: TUN_OPERATOR! }),
    // the one in force, and the one that waits
    [
      ['change', 'revisions'],
      ['change', 'revisions'],
    ],
  ],
  createIncidentItem: [
    () => ({
      path: '/collections/incidents/items',
      method: 'post',
      headers: TUN_REPORTER!,
      body: aFlatIncident(),
    }),
    [['create', 'incidents']],
  ],
  replaceIncidentItem: [
    () => ({
      path: `/collections/incidents/items/${uuidv7()}`,
      method: 'put',
      headers: TUN_REPORTER!,
      body: aFlatIncident(),
    }),
    [['create', 'incidents']],
  ],
  updateIncidentItem: [
    () => ({
      path: `/collections/incidents/items/${clear.incident}`,
      method: 'patch',
      headers: TUN_REPORTER!,
      body: { properties: { severity: 'extreme' } },
    }),
    [
      ['create', 'reports'],
      ['change', 'incidents'],
    ],
  ],
  removeIncidentItem: [
    () => ({
      path: `/collections/incidents/items/${clear.incident}`,
      method: 'delete',
      headers: TUN_REPORTER!,
    }),
    [
      ['create', 'reports'],
      ['change', 'incidents'],
    ],
  ],
  createZoneItem: [
    () => ({
      path: '/collections/zones/items',
      method: 'post',
      headers: TUN_OPERATOR!,
      body: aFlatZone(),
    }),
    [
      ['create', 'zones'],
      ['create', 'revisions'],
    ],
  ],
  replaceZoneItem: [
    () => ({
      path: `/collections/zones/items/${secret.proposal}`,
      method: 'put',
      headers: TUN_OPERATOR!,
      body: aFlatZone({ purpose: 'Replaced' }),
    }),
    [['create', 'revisions']],
  ],
  updateZoneItem: [
    () => ({
      path: `/collections/zones/items/${secret.proposal}`,
      method: 'patch',
      headers: TUN_OPERATOR!,
      body: { properties: { purpose: 'Another' } },
    }),
    [['create', 'revisions']],
  ],
  removeZoneItem: [
    () => ({
      path: `/collections/zones/items/${secret.proposal}`,
      method: 'delete',
      headers: TUN_OPERATOR!,
    }),
    [['change', 'revisions']],
  ],
  acknowledgeAlert: [
    () => ({ path: `/alerts/${made.alert}/acknowledgement`, method: 'post', headers: TUN_REPORTER! }),
    [['change', 'alerts']],
  ],
  acknowledgeAlerts: [
    () => ({
      path: '/alerts/acknowledgements',
      method: 'post',
      headers: TUN_REPORTER!,
      body: { alerts: [made.other] },
    }),
    [['change', 'alerts']],
  ],
  createSubscription: [
    () => ({
      path: '/subscriptions',
      method: 'post',
      headers: TUN_OPERATOR!,
      body: { zone: secret.zone, triggers: ['enter'] },
    }),
    [['create', 'subscriptions']],
  ],
  changeSubscription: [
    () => ({
      path: `/subscriptions/${made.subscription}`,
      method: 'patch',
      headers: TUN_OPERATOR!,
      body: { enabled: false },
    }),
    [['change', 'subscriptions']],
  ],
  removeSubscription: [
    () => ({ path: `/subscriptions/${made.subscription}`, method: 'delete', headers: TUN_OPERATOR! }),
    [['remove', 'subscriptions']],
  ],
  addCrossingStatus: [
    () => ({
      path: '/crossings/bouchebka/status',
      method: 'post',
      headers: TUN_OPERATOR!,
      body: { state: 'open' },
    }),
    [['create', 'crossings']],
  ],
  putIndicator: [
    () => ({
      path: '/crossings/bouchebka/indicators',
      method: 'post',
      headers: TUN_OPERATOR!,
      body: { day: '2026-10-03', passengers: 7, method: 'manual' },
    }),
    [['create', 'indicators']],
  ],
  importIndicators: [
    () => ({
      path: '/indicators/import',
      method: 'post',
      headers: { ...TUN_OPERATOR!, 'Content-Type': 'text/csv' },
      body: 'crossing,day,method,passengers\nbouchebka,2026-10-04,manual,3\n',
    }),
    [['create', 'indicators']],
  ],
  removeIndicator: [
    () => ({ path: `/indicators/${made.wrongIndicator}`, method: 'delete', headers: TUN_OPERATOR! }),
    [['remove', 'indicators']],
  ],
  withdrawCrossingStatus: [
    () => ({
      path: `/crossings/bouchebka/status/${made.statement}/withdrawal`,
      method: 'post',
      headers: TUN_OPERATOR!,
      body: { reason: 'Meant for another crossing' },
    }),
    [['change', 'crossings']],
  ],
  putAgency: [
    () => ({
      path: '/agencies/tun-exercise-desk',
      method: 'put',
      headers: TUN_ADMIN!,
      body: {
        type: 'Feature',
        geometry: null,
        properties: { names: { en: 'Exercise desk' }, country: 'TUN', type: 'customs', source: 'test' },
      },
    }),
    [['create', 'agencies']],
  ],
  createMandate: [
    () => ({
      path: '/mandates',
      method: 'post',
      headers: TUN_ADMIN!,
      body: {
        agency,
        function: 'health_control',
        rank: 'primary',
        scope: { type: 'country-border' },
        source: 'test',
      },
    }),
    [['create', 'mandates']],
  ],
  proposeCorrection: [
    () => ({ path: '/corrections', method: 'post', headers: TUN_ADMIN!, body: aCorrection([aSide('Post')]) }),
    [
      ['create', 'corrections'],
      ['change', 'corrections'],
    ],
  ],
  createKey: [
    () => ({ path: '/keys', method: 'post', headers: TUN_ADMIN!, body: { agency, roles: ['reader'] } }),
    [['create', 'keys']],
  ],
  rotateKey: [
    () => ({
      path: `/keys/${made.key}/rotation`,
      method: 'post',
      headers: DZA_ADMIN,
      body: { overlapSeconds: 60 },
    }),
    [
      ['change', 'keys'],
      ['create', 'keys'],
    ],
  ],
  revokeKey: [
    () => ({ path: `/keys/${made.key}`, method: 'delete', headers: DZA_ADMIN }),
    [['change', 'keys']],
  ],
  createWebhook: [
    () => ({
      path: '/webhooks',
      method: 'post',
      headers: TUN_ADMIN!,
      body: { url: 'https://hooks.invalid/' },
    }),
    [['create', 'webhooks']],
  ],
  changeWebhook: [
    () => ({
      path: `/webhooks/${made.hook}`,
      method: 'patch',
      headers: TUN_ADMIN!,
      body: { triggers: ['distress'] },
    }),
    [['change', 'webhooks']],
  ],
  rotateWebhookSecret: [
    () => ({ path: `/webhooks/${made.hook}/secret`, method: 'post', headers: TUN_ADMIN! }),
    [['change', 'webhooks']],
  ],
  verifyWebhook: [
    () => ({ path: `/webhooks/${made.hook}/verification`, method: 'post', headers: TUN_ADMIN! }),
    [['change', 'webhooks']],
  ],
  replayDeliveries: [
    () => ({ path: `/webhooks/${made.hook}/replay`, method: 'post', headers: TUN_ADMIN! }),
    [['change', 'webhooks']],
  ],
  removeWebhook: [
    () => ({ path: `/webhooks/${made.hook}`, method: 'delete', headers: TUN_ADMIN! }),
    [['remove', 'webhooks']],
  ],
  changeMandate: [
    () => ({
      path: `/mandates/${secret.mandate}`,
      method: 'patch',
      headers: TUN_ADMIN!,
      body: { rank: 'supporting' },
    }),
    [['change', 'mandates']],
  ],
};

test('every operation has a row here with its audit entry', () => {
  const ids = describeTripoint().operations.map(({ id }) => id);
  const rows = [READS, OWN_READS, WRITES].flatMap((table) => Object.keys(table));
  expect([...rows, 'getDownload'].sort()).toEqual(ids.sort());
});

// its answers for a running file: test/ogc/conditional-downloads.test.ts
test('getDownload leaves no entry: the file itself does', async () => {
  const headers = as(keyOf('DZA', 'reader'));
  const path = `/collections/incidents/downloads/${uuidv7()}`;
  const { status, entries } = await ask(service, { path, headers });
  expect({ status, entries }).toEqual({ status: 404, entries: [] });
});

const tellsSecret = (text: string) => Object.values(secret).some((word) => text.includes(word));
/** They tell numbers, not words: that there is something. */
const COUNTING = ['countIncidents'];
const ROLE_OF: Record<string, Role> = {
  previewZone: 'operator',
  previewCorrection: 'admin',
  previewProposedCorrection: 'admin',
  listAuditEntries: 'auditor',
  listKeys: 'admin',
  listWebhooks: 'admin',
  getWebhook: 'admin',
  listDeliveries: 'admin',
  listWaitingConsents: 'coordinator',
  getKey: 'admin',
  previewRelease: 'coordinator',
  previewReleases: 'coordinator',
};
const readerOf = (id: string) =>
  id.includes('DistressNotice') ? made.rescue : as(keyOf('DZA', ROLE_OF[id] ?? 'reader'));

describe('a foreign agency that', () => {
  test.each(Object.entries(READS))('reads with %s', async (id, [asked, isSecret]) => {
    const { status, text, entries } = await ask(service, { ...asked(), headers: readerOf(id) });
    expect(status).toBe(200);
    expect(tellsSecret(text) || COUNTING.includes(id)).toBe(isSecret);
    expect(entries.map(({ action, outcome, operation }) => [action, outcome, operation])).toEqual(
      isSecret
        ? [
            ['read', 'begun', id],
            ['read-end', id === 'streamChanges' ? 'aborted' : 'complete', id],
          ]
        : [],
    );
    for (const { row_count, shares, country, filter_hash } of entries) {
      expect(row_count).toBeGreaterThan(0);
      expect(shares[2]).toBeGreaterThan(0);
      expect(country).toBe('DZA');
      expect(filter_hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});

test.each(Object.entries(OWN_READS))(
  'the owner country that reads with %s leaves an entry',
  async (id, [asked]) => {
    const headers = as(keyOf('TUN', ROLE_OF[id] ?? 'reader'));
    const { status, entries } = await ask(service, { ...asked(), headers });
    expect(status).toBe(200);
    expect(entries.map(({ action, operation, row_count }) => [action, operation, row_count])).toEqual([
      ['read', id, 1],
      ['read-end', id, 1],
    ]);
  },
);

describe('a caller without a key that', () => {
  const withoutRoles = Object.entries(READS).filter(
    ([id]) => !describeTripoint().operations.find((op) => op.id === id)?.roles,
  );
  test.each(withoutRoles)('reads with %s sees nothing and leaves no entry', async (_, [asked]) => {
    const { status, text, entries } = await ask(service, asked());
    // the answer to a question for something hidden repeats its id
    expect(status === 404 || !tellsSecret(text)).toBe(true);
    expect(entries).toEqual([]);
  });
});

describe('a caller that', () => {
  test('reads a CLEAR incident leaves no entry', async () => {
    const { status, entries } = await ask(service, {
      path: `/incidents/${clear.incident}`,
      headers: as(keyOf('DZA', 'reader')),
    });
    expect({ status, entries }).toEqual({ status: 200, entries: [] });
  });

  test.each(Object.entries(WRITES))('writes with %s', async (id, [asked, expected]) => {
    const { status, entries: all } = await ask(service, asked());
    expect(status).toBeLessThan(300);
    // an answer may also show zones
    const entries = all.filter(({ outcome }) => outcome === 'done');
    expect(entries.map(({ action, collection }) => [action, collection])).toEqual(expected);
    for (const entry of entries) {
      expect(entry).toMatchObject({ operation: id, outcome: 'done' });
      expect(entry.key_id).toMatch(/^[0-9a-f-]{36}$/);
      expect(entry.shares[{ DZA: 0, LBY: 1, TUN: 2 }[entry.country!]!]).toBeGreaterThan(0);
    }
  });
});
