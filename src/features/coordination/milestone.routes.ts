import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { JsonText } from '../../http/reply.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { CountryCode, UtcTime } from '../vocabulary.schema.ts';
import type { MilestoneStore } from './milestone.store.ts';
import { ResponseKind } from './response.schema.ts';

const done = {
  agency: z.string().meta({ description: 'The agency that did it.' }),
  country: CountryCode.meta({ description: 'The country of the agency.' }),
  at: UtcTime.meta({ description: 'When the service received it.' }),
};

const Milestones = z
  .strictObject({
    incident: IncidentId,
    reportedAt: UtcTime.meta({
      description: 'When the service received the incident: all clocks start here.',
    }),
    firstAcknowledgement: z.strictObject(done).nullable().meta({
      description: 'The first acknowledgement or response; null: none that you see.',
    }),
    firstResponse: z
      .strictObject({
        id: z.uuid().meta({ description: 'Identifier of the response.' }),
        kind: ResponseKind,
        ...done,
      })
      .nullable()
      .meta({ description: 'The first response; null: none that you see.' }),
    closing: z
      .strictObject({
        report: z.uuid().meta({ description: 'Identifier of the report that closed or cancelled it.' }),
        state: z.enum(['closed', 'cancelled']).meta({ description: 'How it ended.' }),
        ...done,
      })
      .nullable()
      .meta({ description: 'The end that holds now; null: not over, or you do not see that report.' }),
  })
  .meta({ id: 'Milestones', description: 'What happened first, and last, to an incident.' });

export const milestoneOperations = (milestones: MilestoneStore) => [
  operation({
    id: 'getMilestones',
    method: 'get',
    path: '/incidents/{incidentId}/milestones',
    tag: 'Coordination',
    summary: 'Read when an incident was first acknowledged, first responded to, and closed.',
    description: 'Computed from the rows that you see: other readers may see other times.',
    roles: ROLES,
    params: z.strictObject({ incidentId: IncidentId }),
    responses: { 200: { description: 'The milestones.', schema: Milestones } },
    problems: [404],
    async handle({ params: { incidentId }, caller }) {
      const text = await milestones.find(caller, incidentId);
      if (text === undefined) throw notFound('incident', incidentId);
      return { body: new JsonText(text) };
    },
  }),
];
