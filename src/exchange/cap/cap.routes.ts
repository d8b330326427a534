import type { Request } from 'express';
import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { titleIn } from '../../core/world.ts';
import { IncidentId } from '../../features/incidents/incident.schema.ts';
import { exerciseOf } from '../../http/exercise.answer.ts';
import { type Operation, operation } from '../../http/operation.ts';
import { Cursor, pageUrl, selfUrl } from '../../http/paging.ts';
import { urlOf } from '../../ogc/collection/links.ts';
import { AlertId } from '../alerts/alert.schema.ts';
import { ATOM, CAP, writeAtom } from './atom.feed.ts';
import { type AlertFacts, alertHeadline, alertMessage } from './cap.alert.ts';
import { headlineOf, type IncidentFacts, incidentMessage, textOf } from './cap.incident.ts';
import { writeCap } from './cap.message.ts';
import type { CapStore } from './cap.store.ts';
import { named } from './cap.vocabulary.ts';

const ENTRIES = 100;
const tag = 'Exchange';

/** Alerts and incidents for other warning systems: CAP 1.2, and Atom feeds of the messages. */
export const capOperations = (store: CapStore): Operation[] => [
  operation({
    id: 'getIncidentCap',
    method: 'get',
    path: '/incidents/{incidentId}.cap',
    tag,
    summary: 'Read an incident as CAP 1.2.',
    description: 'A message of the Common Alerting Protocol in English, French and Arabic.',
    params: z.strictObject({ incidentId: IncidentId }),
    responses: { 200: { description: 'The message.', mediaType: CAP } },
    problems: [400, 404],
    async handle({ params: { incidentId }, caller, request }) {
      const facts = await store.findIncident(caller, incidentId);
      if (!facts) throw notFound('incident', incidentId);
      const web = urlOf(request, `/incidents/${incidentId}`);
      return { body: writeCap(incidentMessage(facts, publisherOf(request, web))) };
    },
  }),

  operation({
    id: 'getAlertCap',
    method: 'get',
    path: '/alerts/{alertId}.cap',
    tag,
    summary: 'Read an alert as CAP 1.2.',
    roles: ROLES,
    params: z.strictObject({ alertId: AlertId }),
    responses: { 200: { description: 'The message.', mediaType: CAP } },
    problems: [400, 401, 404],
    async handle({ params: { alertId }, caller, request }) {
      const facts = await store.findAlert(caller, alertId);
      if (!facts) throw notFound('alert', alertId);
      return { body: writeCap(alertMessage(facts, publisherOf(request, webOf(facts, request)))) };
    },
  }),

  operation({
    id: 'listIncidentsAtom',
    method: 'get',
    path: '/incidents.atom',
    tag,
    summary: 'List incidents as Atom.',
    description:
      'The incidents that you may see, the latest change first: new ones, revisions, closures and cancellations, whenever they happened. With GeoRSS points and links to their CAP messages.',
    query: z.strictObject({ cursor: Cursor }),
    responses: { 200: { description: 'A page.', mediaType: ATOM } },
    problems: [400],
    async handle({ query: { cursor }, caller, request }) {
      const page = await store.listIncidents(caller, { limit: ENTRIES, cursor });
      const entries = page.facts.map((facts) => incidentEntry(facts, request));
      return feedReply('Incidents', { entries, next: page.next }, request);
    },
  }),

  operation({
    id: 'listAlertsAtom',
    method: 'get',
    path: '/alerts.atom',
    tag,
    summary: 'List your alerts as Atom.',
    description: 'The alerts of your agency, the latest change first; acknowledging one is no change.',
    roles: ROLES,
    query: z.strictObject({ cursor: Cursor }),
    responses: { 200: { description: 'A page.', mediaType: ATOM } },
    problems: [400, 401],
    async handle({ query: { cursor }, caller, request }) {
      const page = await store.listAlerts(caller, { limit: ENTRIES, cursor });
      const entries = page.facts.map((facts) => alertEntry(facts, request));
      return feedReply('Alerts', { entries, next: page.next }, request);
    },
  }),
];

type Entries = Parameters<typeof writeAtom>[0]['entries'];

function feedReply(title: string, page: { entries: Entries; next: string | undefined }, request: Request) {
  const self = selfUrl(request);
  const next = page.next && pageUrl(request, page.next);
  return {
    body: writeAtom({ title: titleIn(exerciseOf(request), title), self, next, entries: page.entries }),
  };
}

const incidentEntry = (facts: IncidentFacts, request: Request): Entries[number] => ({
  id: `urn:uuid:${facts.id}`,
  title: headlineOf(facts, 'en'),
  published: facts.reportedAt,
  updated: facts.updatedAt,
  author: named(facts.agencyNames, 'en'),
  categories: [facts.kind, facts.severity, facts.nature, facts.state],
  summary: textOf(facts),
  lon: facts.lon,
  lat: facts.lat,
  href: urlOf(request, `/incidents/${facts.id}.cap`),
});

const alertEntry = (facts: AlertFacts, request: Request): Entries[number] => ({
  id: `urn:uuid:${facts.id}`,
  title: alertHeadline(facts, 'en'),
  published: facts.at,
  updated: facts.updatedAt,
  author: 'Tripoint',
  categories: [...facts.triggers, facts.kind, ...(facts.severity ? [facts.severity] : []), facts.nature],
  summary: undefined,
  lon: facts.lon,
  lat: facts.lat,
  href: urlOf(request, `/alerts/${facts.id}.cap`),
});

/** The incident, or if it is hidden, its distress notice. */
function webOf({ incident, notice }: AlertFacts, request: Request): string | undefined {
  if (incident) return urlOf(request, `/incidents/${incident}`);
  return notice ? urlOf(request, `/distress/${notice}`) : undefined;
}

const publisherOf = <W extends string | undefined>(request: Request, web: W) => ({
  host: hostOf(request),
  web,
  exercise: exerciseOf(request),
});

/** Not the Host header, which any client can set: the sender must not depend on the reader. Without characters that CAP forbids. */
function hostOf(request: Request): string {
  const known = request.app.get('public url') as string | undefined;
  return known ? new URL(known).hostname.replace(/[^\w.-]/g, '-') : 'tripoint';
}
