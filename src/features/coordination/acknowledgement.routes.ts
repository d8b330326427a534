import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { Links } from '../../geometry/feature.schema.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { CountryCode, UtcTime } from '../vocabulary.schema.ts';
import type { AcknowledgementStore } from './acknowledgement.store.ts';
import { permitFollowUp } from './incident.access.permission.ts';

const Acknowledgement = z
  .strictObject({
    agency: z.string().meta({ description: 'The agency that acknowledged it.' }),
    country: CountryCode.meta({ description: 'The country of the agency.' }),
    at: UtcTime.meta({ description: 'When.' }),
  })
  .meta({ id: 'Acknowledgement', description: 'An agency knows of an incident.' });

const AcknowledgementList = z
  .strictObject({
    acknowledgements: z.array(Acknowledgement).meta({ description: 'Oldest first.' }),
    links: Links,
  })
  .meta({ id: 'AcknowledgementList', description: 'Acknowledgements of an incident.' });

const params = z.strictObject({ incidentId: IncidentId });
const path = '/incidents/{incidentId}/acknowledgements';
const tag = 'Coordination';
const taken = (description: string) => ({ description, schema: Acknowledgement });

export const acknowledgementOperations = (acknowledgements: AcknowledgementStore) => [
  operation({
    id: 'listAcknowledgements',
    method: 'get',
    path,
    tag,
    summary: 'List the acknowledgements of an incident.',
    roles: ROLES,
    params,
    responses: {
      200: {
        description: 'Oldest first.',
        schema: AcknowledgementList,
      },
    },
    problems: [404],
    async handle({ params: { incidentId }, caller, request }) {
      const page = await acknowledgements.list(caller, incidentId);
      if (!page) throw notFound('incident', incidentId);
      return listReply(request, 'acknowledgements', page);
    },
  }),

  operation({
    id: 'acknowledgeIncident',
    method: 'post',
    lane: 'urgent',
    path,
    tag,
    summary: 'Acknowledge an incident for your agency.',
    description: 'For agencies with a mandate at its place. Stops the clock of `overdue` alerts.',
    roles: REPORTING_ROLES,
    params,
    responses: { 200: taken('Already acknowledged.'), 201: taken('Acknowledged now.') },
    problems: [404],
    async handle({ params: { incidentId }, caller }) {
      const { isNew, text } = await acknowledgements.add(caller, incidentId, (access) =>
        permitFollowUp(caller, incidentId, access),
      );
      const body = new JsonText(text);
      return isNew ? created(`/incidents/${incidentId}/acknowledgements`, body) : { status: 200, body };
    },
  }),
];
