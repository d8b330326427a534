import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { CERTAINTIES, INCIDENT_KINDS, INCIDENT_STATES, NATURES, SEVERITIES } from './incident.vocabulary.ts';

const CLOCK_SKEW_MS = 60_000;
const FARTHEST_METRES = 500_000;

export const IncidentId = z
  .uuid()
  .meta({ description: 'Identifier of an incident.', example: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10' });
export const NewIncidentId = z
  .uuidv7({ error: issue('id-not-uuid-7') })
  .meta({ description: 'A UUIDv7 from the client.', example: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10' });

export const Kind = z.enum(INCIDENT_KINDS).meta({ id: 'IncidentKind', description: 'What happened.' });
export const Severity = z
  .enum(SEVERITIES)
  .meta({ id: 'Severity', description: 'As in the Common Alerting Protocol.' });
export const Certainty = z
  .enum(CERTAINTIES)
  .meta({ id: 'Certainty', description: 'As in the Common Alerting Protocol.' });
export const Nature = z.enum(NATURES).meta({ id: 'Nature', description: 'Real event, exercise or test.' });
export const State = z
  .enum(INCIDENT_STATES)
  .meta({ id: 'IncidentState', description: 'State of the incident.' });
export const Whereabouts = z.enum(['DZA', 'LBY', 'TUN', 'undetermined']).nullable().meta({
  id: 'Whereabouts',
  description:
    'Country of the position; `undetermined` if a border is nearer than its accuracy; null outside the three countries.',
});

const count = z.int().min(0).max(1_000_000);
export const Counts = z
  .strictObject({
    best: count.optional().meta({ description: 'Best estimate.' }),
    low: count.optional().meta({ description: 'Lowest estimate.' }),
    high: count.optional().meta({ description: 'Highest estimate.' }),
  })
  .refine(
    ({ best, low, high }) =>
      (low ?? 0) <= (best ?? high ?? low ?? 0) && (best ?? low ?? 0) <= (high ?? Infinity),
    {
      error: issue('counts-order'),
    },
  )
  .meta({
    id: 'Counts',
    description: 'Number of people; numbers only.',
    example: { best: 12, low: 10, high: 15 },
  });

/** A time in the past. `params.semantic` makes the answer 422. */
export const PastInstant = DateOrInstant.refine((at) => Date.parse(at) <= Date.now() + CLOCK_SKEW_MS, {
  error: ({ input }) => issue('time-ahead', { value: String(input) }),
  params: { semantic: true },
});

export const Accuracy = z
  .number()
  .min(0)
  .max(FARTHEST_METRES)
  .meta({ description: 'Radius of the circle around the true position.', example: 100 });
