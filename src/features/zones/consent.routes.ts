import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply, paging } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { ConsentList, DecidedConsent, NewConsent } from './consent.schema.ts';
import type { ConsentStore, DecidedRevisions } from './consent.store.ts';
import { ZoneId } from './zone.answer.ts';
import { judge, rolesFor, type ZoneStep } from './zone.lifecycle.ts';
import { refusal, staleRevision } from './zone.refusal.ts';

const params = z.strictObject({ zoneId: ZoneId });

export const consentOperations = (consents: ConsentStore) => [
  operation({
    id: 'listZoneConsents',
    method: 'get',
    path: '/zones/{zoneId}/consents',
    tag: 'Zones',
    summary: 'List the consents about a zone, oldest first.',
    description: 'Participants see the decisions about the revisions in which they take part.',
    params,
    query: z.strictObject(paging),
    responses: { 200: { description: 'The immutable decisions.', schema: ConsentList } },
    problems: [400, 404],
    async handle({ params: { zoneId }, query, caller, request }) {
      const page = await consents.list(caller, zoneId, query);
      if (!page) throw notFound('zone', zoneId);
      return listReply(request, 'consents', page);
    },
  }),

  operation({
    id: 'addZoneConsent',
    method: 'post',
    path: '/zones/{zoneId}/consents',
    tag: 'Zones',
    summary: 'Approve or reject a revision for your country, or withdraw.',
    description:
      'For coordinators of a participating country, about exactly the named revision. When all have approved it, it takes effect, at the earliest at its `validFrom`. A decision may change while the revision waits; a rejection needs a reason.',
    roles: rolesFor('approve'),
    params,
    body: NewConsent,
    responses: {
      200: { description: 'The decision is unchanged.', schema: DecidedConsent },
      201: { description: 'The decision and its effect.', schema: DecidedConsent },
    },
    problems: [400, 401, 403, 404, 409, 422],
    async handle({ params: { zoneId }, body, caller }) {
      const { isNew, consent } = await consents.decide(caller, zoneId, body, (decided) =>
        permit(caller, zoneId, body, decided),
      );
      const text = new JsonText(consent);
      return isNew ? created(`/zones/${zoneId}/consents`, text) : { status: 200, body: text };
    },
  }),
];

function permit(
  caller: Caller,
  zone: string,
  { decision, reason, revision }: NewConsent,
  { named, newest }: DecidedRevisions,
): ZoneStep {
  if (!newest) throw notFound('zone', zone);
  if (!named) throw staleRevision(zone, revision, newest.revision);
  const verdict = judge(decision, named, caller, reason);
  if ('step' in verdict) return verdict.step;
  throw refusal({ id: zone, refused: verdict.refused, event: decision, facts: named, caller });
}
