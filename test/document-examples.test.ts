import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { describeTripoint } from '../src/app.ts';
import { ROLES } from '../src/core/caller.ts';
import type { ChangeListener } from '../src/db/change.listener.ts';
import { doubleStore } from '../src/features/incidents/double.store.ts';
import { addAlert } from './support/alerts.ts';
import { anIncident } from './support/builders.ts';
import { aCorrection } from './support/corrections.ts';
import { type Answer, type HttpClient, openClient } from './support/http.client.ts';
import { assess, openReaction } from './support/impact.ts';
import { hearingChanges } from './support/live.changes.ts';
import { proposeJoint } from './support/proposals.ts';
import { keyFor } from './support/rescue.ts';
import { agencyOf, as, keyOf, startService, type TestService } from './support/service.ts';
import { openReceiver, type Receiver } from './support/webhook.receiver.ts';
import { LOCAL } from './support/webhooks.ts';

// What a reader of /docs sends without changing anything: each operation with the examples of the document.
interface Example {
  $ref?: string;
  example?: unknown;
  schema?: Example;
}
interface Operation {
  operationId: string;
  parameters?: (Example & { name: string; in: 'path' | 'query' | 'header' })[];
  requestBody?: { content: Record<string, Example> };
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}
interface Asked extends Operation {
  method: string;
  path: string;
}

const document = JSON.parse(JSON.stringify(describeTripoint().document('/v1')));
const definitions = document.components.schemas;

/** Operations that make what others ask about, with the parameter that names it; these come first. */
const MAKERS: Record<string, string> = {
  putIncident: '',
  placeLegalHold: '',
  createKey: 'keyId',
  createMandate: 'mandateId',
  createZone: 'zoneId',
  createZoneItem: 'featureId',
  addReport: 'reportId',
  addResponse: 'responseId',
  createOffer: 'offerId',
  addRequest: 'requestId',
  addCrossingProcedure: 'procedureId',
  createSubscription: 'subscriptionId',
  addCrossingStatus: 'statementId',
  putIndicator: 'indicatorId',
  // before its address is changed
  verifyWebhook: '',
};
// reference data and the zones of the demo scenario: these are there under the identifiers of the examples
const GIVEN = new Set(['getMandate', 'getZone', 'listZoneRevisions', 'getZoneRevision', 'listZoneConsents']);
const FOR_RESCUE = new Set(['addAssistance', 'changeRequest', 'getDistressNotice']);

const operations: Asked[] = Object.entries<Record<string, Operation>>(document.paths).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
);
// change the label that other examples repeat, or what a preview would change
const LATE = new Set(['release', 'releaseMany', 'proposeCorrection']);
function turnOf({ operationId, method }: Asked): number {
  if (operationId in MAKERS) return Object.keys(MAKERS).indexOf(operationId);
  return method === 'delete' || LATE.has(operationId) ? 200 : 100;
}
const inTurn = operations.toSorted((one, other) => turnOf(one) - turnOf(other));

let service: TestService;
let client: HttpClient;
let listener: ChangeListener;
let receiver: Receiver;
let headers: Record<string, string>;
let rescueHeaders: Record<string, string>;
/** The shift that each operation is tried on. Other operations: any. */
const shiftFor: Record<string, string> = {};
const made: Record<string, string> = {};

beforeAll(async () => {
  service = await startService({ withDemo: true, webhookTargets: LOCAL });
  client = await openClient(service.app);
  receiver = await openReceiver();
  const agency = agencyOf(keyOf('TUN', 'reporter'));
  // the same event as that of the example, from the other side
  const foreign = await client.ask({
    method: 'post',
    path: '/incidents',
    headers: as(keyOf('DZA', 'reporter')),
    body: anIncident({
      at: [8.42, 35.2],
      kind: 'smuggling_fuel',
      nature: 'exercise',
      occurredAt: '2026-11-01T06:30:00Z',
      tlp: 'GREEN',
    }),
  });
  made.otherId = foreign.body.id;
  made.proposalId = await proposeJoint(service, 'DZA', ['DZA', 'TUN']);
  made.assessmentId = await assess(service, 'TUN', 'DZA-TUN-08', {}, 'operator');
  await assess(service, 'TUN', 'DZA-TUN-09');
  made.reactionId = await openReaction(service, 'TUN', 'DZA-TUN-09');
  rescueHeaders = await keyFor(service, 'TUN', undefined, ['reader', 'reporter']);
  // another key than the one that confirms
  const leaving = await keyFor(service, 'TUN', agency, ['reporter']);
  for (const id of ['addShiftEntry', 'offerHandover', 'confirmHandover', 'withdrawHandover', 'getHandover']) {
    const place = { kind: 'room', name: `Exercise room of ${id}` };
    const shift = { method: 'post', path: '/shifts', headers: leaving, body: { place } } as const;
    shiftFor[id] = (await client.ask(shift)).body.id;
    if (id === 'addShiftEntry' || id === 'offerHandover') continue;
    await client.ask({ ...shift, path: `/shifts/${shiftFor[id]}/handover`, body: {} });
  }
  // this one last: the demo keys end with the first admin key
  headers = await keyFor(service, 'TUN', agency, [...ROLES]);
  const post = (path: string, body: object) => client.ask({ method: 'post', path, headers, body });
  const distress = await post('/incidents', anIncident({ kind: 'distress', at: [8.6, 34.9] }));
  const notices = await client.ask({ path: '/distress?limit=10000', headers: rescueHeaders });
  made.noticeId = notices.body.features.find(
    ({ properties }: { properties: { incident: string } }) => properties.incident === distress.body.id,
  ).id;
  listener = await hearingChanges(service, service.db);
  const file = {
    path: '/collections/incidents/items?f=gpkg',
    headers: { ...headers, Prefer: 'respond-async' },
  };
  made.downloadId = (await client.ask(file)).headers.get('location')!.split('/').at(-1)!;
  const shared = {
    collection: 'segments',
    id: 'DZA-TUN-03',
    properties: { names: { en: 'North' } },
  } as const;
  const { body: correction } = await post('/corrections', aCorrection([shared]));
  made.correctionId = correction.id;
  made.proposalId = correction.proposal;
  made.alertId = await addAlert(service, agency, distress.body.id);
  // the one of the example answers no challenge
  made.webhookId = (await post('/webhooks', { url: receiver.url })).body.id;
});
afterAll(async () => {
  await receiver.close();
  await listener.stop();
  await client.close();
  await service.stop();
});

const resolve = <T extends { $ref?: string }>(value: T): T =>
  value.$ref
    ? value.$ref
        .slice(2)
        .split('/')
        .reduce((part, name) => part[name], document)
    : value;

function exampleOf(given: Example): unknown {
  const { example, schema } = resolve(given);
  return example ?? (schema && exampleOf(schema));
}

function nameOf({ path, operationId, method }: Asked, parameter: string, example: unknown): unknown {
  if (GIVEN.has(operationId)) return example;
  if (parameter === 'shiftId') return shiftFor[operationId] ?? shiftFor.getHandover;
  if (parameter !== 'featureId') return made[parameter] ?? example;
  if (path.includes('/alerts/')) return made.alertId;
  if (path.includes('/indicators/')) return made.indicatorId;
  return path.includes('/zones/items/') && method !== 'get' ? made.featureId : example;
}

function requestOf(operation: Asked) {
  const { method, path, operationId, parameters = [], requestBody } = operation;
  const given = parameters.map(resolve).map((one) => ({ ...one, value: exampleOf(one) }));
  const inPath = new Map(given.map(({ name, value }) => [name, nameOf(operation, name, value)]));
  const query = new URLSearchParams(
    given
      .filter((one) => one.in === 'query' && one.value !== undefined)
      .map(({ name, value }) => [name, String(value)]),
  );
  const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return {
    method,
    path: `${path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(inPath.get(name))))}?${query}`,
    headers: FOR_RESCUE.has(operationId) ? rescueHeaders : headers,
    mediaType,
    body: (content && exampleOf(content)) as object | string | undefined,
  };
}

/** What an answer has that its schema in the document does not cover. */
function faultOf({ responses }: Operation, { status, headers, body }: Answer): string | undefined {
  const mediaType = headers.get('content-type')?.split(';')[0];
  const { content } = responses[status]!;
  if (!content) return mediaType && `no ${mediaType} is described`;
  const described = content[mediaType!];
  if (!described) return `${mediaType} is not described`;
  if (!described.schema || mediaType === 'text/event-stream') return undefined;
  const schema = JSON.stringify({ ...described.schema, definitions })
    .replaceAll('#/components/schemas/', '#/definitions/')
    // of any version, as the demo scenario has them
    .replaceAll('"format":"uuid"', '"pattern":"^[0-9a-f-]{36}$"');
  const { error } = z.fromJSONSchema(JSON.parse(schema), { defaultTarget: 'openapi-3.0' }).safeParse(body);
  return error && z.prettifyError(error);
}

test.each(inTurn.map((operation): [string, Asked] => [operation.operationId, operation]))(
  'the example of %s is answered as described',
  async (id, operation) => {
    if (id === 'decideSameAs') while (await doubleStore(service.db).link());
    const answer = await client.ask(requestOf(operation));
    expect([answer.status < 400, answer.status, answer.status < 400 ? '' : answer.text]).toEqual([
      true,
      answer.status,
      '',
    ]);
    expect(faultOf(operation, answer)).toBeUndefined();
    const { location } = Object.fromEntries(answer.headers);
    if (id === 'addCrossingProcedure') made.proposalId = answer.body.proposal;
    if (MAKERS[id]) made[MAKERS[id]] = answer.body?.id ?? location!.split('/').at(-1)!;
  },
);
