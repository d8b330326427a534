import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { Links } from '../../geometry/feature.schema.ts';
import { operation } from '../../http/operation.ts';
import { selfUrl } from '../../http/paging.ts';
import { JsonText } from '../../http/reply.ts';
import { CountryCode, UtcTime } from '../vocabulary.schema.ts';
import { permitDecision } from './double.permission.ts';
import { DOUBLE_DECISIONS, type DoubleStore } from './double.store.ts';
import { REPORTING_ROLES } from './incident.roles.ts';
import { IncidentId } from './incident.schema.ts';

const tag = 'Incidents';
const Decided = z.enum(DOUBLE_DECISIONS).meta({ description: 'Whether both incidents are one event.' });

const SameAs = z
  .strictObject({
    incident: z.uuid().meta({ description: 'The other incident.' }),
    earlier: z
      .uuid()
      .meta({ description: 'The incident that was reported first: lists with `fold` show this one.' }),
    later: z.uuid().meta({ description: 'The incident that was reported later.' }),
    state: z.enum(['possible', 'confirmed', 'refused']).meta({
      description:
        '`refused`: an owner refuses; `confirmed`: an owner confirms, and none refuses; `possible`: no owner has decided. The last decision of each country counts.',
    }),
    decisions: z
      .array(
        z.strictObject({
          country: CountryCode.meta({ description: 'The country that decided.' }),
          agency: z.string().meta({ description: 'Its agency.' }),
          decision: Decided,
          at: UtcTime.meta({ description: 'When.' }),
        }),
      )
      .meta({ description: 'All decisions that you see, oldest first.' }),
    madeAt: UtcTime.meta({ description: 'When the service linked both.' }),
    updatedAt: UtcTime.meta({ description: 'When it was linked or last decided.' }),
  })
  .meta({ id: 'SameAs', description: 'Two incidents of two countries that are probably one event.' });

const SameAsList = z
  .strictObject({ sameAs: z.array(SameAs).meta({ description: 'Oldest link first.' }), links: Links })
  .meta({ id: 'SameAsList', description: 'The incidents that are probably the same event.' });

const SameAsDecision = z.strictObject({ decision: Decided }).meta({
  id: 'SameAsDecision',
  description: 'What your country says about two incidents.',
  example: { decision: 'confirm' },
});

export const doubleOperations = (doubles: DoubleStore) => [
  operation({
    id: 'listSameAs',
    method: 'get',
    path: '/incidents/{incidentId}/same-as',
    tag,
    summary: 'List the incidents of other countries that are probably the same event.',
    description:
      'The service links incidents of two owners with the same kind and nature, at most six hours apart, whose circles of error touch, some seconds after they are written. Only callers that see both incidents see a link.',
    roles: ROLES,
    params: z.strictObject({ incidentId: IncidentId }),
    responses: { 200: { description: 'The links.', schema: SameAsList } },
    problems: [404],
    async handle({ params: { incidentId }, caller, request }) {
      const list = await doubles.list(caller, incidentId);
      if (list === undefined) throw notFound('incident', incidentId);
      const links = JSON.stringify([{ href: selfUrl(request).href, rel: 'self', type: 'application/json' }]);
      return { body: new JsonText(`{"sameAs":${list},"links":${links}}`) };
    },
  }),

  operation({
    id: 'decideSameAs',
    method: 'put',
    path: '/incidents/{incidentId}/same-as/{otherId}',
    tag,
    summary: 'Confirm or refuse that two incidents are the same event.',
    description:
      'For agencies of the two owner countries that see both incidents. A country may decide again: its last decision counts, and all of them are kept.',
    roles: REPORTING_ROLES,
    params: z.strictObject({
      incidentId: IncidentId,
      otherId: z.uuid().meta({
        description: 'Identifier of the other incident.',
        example: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c11',
      }),
    }),
    body: SameAsDecision,
    bodyMediaTypes: ['application/json'],
    responses: { 200: { description: 'The link.', schema: SameAs } },
    problems: [404],
    async handle({ params: { incidentId, otherId }, body: { decision }, caller }) {
      const asked = { incident: incidentId, other: otherId, decision };
      const text = await doubles.decide(caller, asked, (found) => permitDecision(caller, otherId, found));
      return { body: new JsonText(text) };
    },
  }),
];
