import { z } from 'zod';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { JsonText } from '../../http/reply.ts';
import { Availability, AvailabilityQuery } from './availability.schema.ts';
import type { AvailabilityStore } from './availability.store.ts';
import { CrossingId } from './crossing.schema.ts';

export const availabilityOperations = (availability: AvailabilityStore) => [
  operation({
    id: 'getCrossingAvailability',
    method: 'get',
    path: '/crossings/{crossingId}/availability',
    tag: 'Crossings',
    summary: 'How long a crossing is open in a period.',
    description:
      'Hours and periods of each state, by the same rule as the state at an instant: statements, planned closures and opening hours, the stricter side. With `entering` and `traffic` for one direction and one class of traffic. The period may lie in the future.',
    params: z.strictObject({ crossingId: CrossingId }),
    query: AvailabilityQuery,
    examples: { query: { datetime: '2026-11-01/2026-11-30' } },
    responses: { 200: { description: 'The availability.', schema: Availability } },
    problems: [400, 404],
    async handle({ params: { crossingId }, query, caller }) {
      const text = await availability.find(caller, crossingId, query);
      if (text === undefined) throw notFound('crossing', crossingId);
      return { body: new JsonText(text) };
    },
  }),
];
