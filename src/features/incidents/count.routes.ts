import { operation } from '../../http/operation.ts';
import { JsonText } from '../../http/reply.ts';
import { IncidentCountQuery, IncidentCounts } from './count.schema.ts';
import type { CountStore } from './count.store.ts';

export const countOperations = (counts: CountStore) => [
  operation({
    id: 'countIncidents',
    method: 'get',
    path: '/incidents/counts',
    tag: 'Incidents',
    summary: 'Count incidents by the time they began.',
    description:
      'How many incidents that you may see, and that match, began in each interval of a period, by severity. Intervals follow each other from the start of the period without gaps. Cancelled incidents are not counted.',
    query: IncidentCountQuery,
    examples: { query: { datetime: '2026-11-01/2026-11-07', interval: 'PT6H', border: 'LBY-TUN' } },
    responses: { 200: { description: 'The counts.', schema: IncidentCounts } },
    problems: [400, 422],
    handle: async ({ query, caller }) => ({ body: new JsonText(await counts.count(caller, query)) }),
  }),
];
