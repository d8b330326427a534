import { z } from 'zod';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { freeText } from '../../screening/personal-data.ts';
import { checkLabel, ReleasableTo, Tlp } from '../vocabulary.schema.ts';
import { CERTAINTIES, INCIDENT_KINDS, NATURES, SEVERITIES } from './incident.vocabulary.ts';

const CLOCK_SKEW_MS = 60_000;
const FARTHEST_METRES = 500_000;

export const IncidentId = z
  .uuid()
  .meta({ description: 'Identifier of an incident.', example: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10' });
export const NewIncidentId = z
  .uuidv7({ error: 'must be a UUID of version 7 (RFC 9562)' })
  .meta({ description: 'A UUIDv7 made by the client.', example: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10' });

export const Kind = z.enum(INCIDENT_KINDS).meta({ id: 'IncidentKind', description: 'What happened.' });
export const Severity = z
  .enum(SEVERITIES)
  .meta({ id: 'Severity', description: 'As in the Common Alerting Protocol.' });
export const Certainty = z
  .enum(CERTAINTIES)
  .meta({ id: 'Certainty', description: 'As in the Common Alerting Protocol.' });
export const Nature = z
  .enum(NATURES)
  .meta({ id: 'Nature', description: 'Whether it really happened, or belongs to an exercise or a test.' });

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
      error: 'must be in order: low ≤ best ≤ high',
    },
  )
  .meta({
    id: 'Counts',
    description: 'How many people, as numbers only.',
    example: { best: 12, low: 10, high: 15 },
  });

/** A time that has come. `params.semantic` makes the answer 422. */
export const PastInstant = DateOrInstant.refine((at) => Date.parse(at) <= Date.now() + CLOCK_SKEW_MS, {
  error: ({ input }) => `${String(input)} is in the future`,
  params: { semantic: true },
});

export const Accuracy = z
  .number()
  .min(0)
  .max(FARTHEST_METRES)
  .meta({ description: 'Radius of the circle that the true place lies in.', example: 100 });

export const IncidentContent = z
  .strictObject({
    kind: Kind,
    severity: Severity,
    certainty: Certainty,
    nature: Nature,
    occurredAt: PastInstant.meta({ description: 'When it happened or began; not in the future.' }),
    occurredUntil: DateOrInstant.optional().meta({ description: 'When it ended.' }),
    horizontalAccuracyMetres: Accuracy,
    placeText: freeText(200).optional().meta({ description: 'The place in words.' }),
    description: freeText(2000).optional().meta({ description: 'Short, and nothing about a person.' }),
    counts: Counts.optional(),
    source: freeText(200).default('').meta({ description: 'System or document that it comes from.' }),
    externalId: z
      .string()
      .regex(/^[\w.:/#-]{1,120}$/, 'may hold letters, digits and . : / # _ - only, 120 at most')
      .optional()
      .meta({ description: 'Identifier in the source; with agency and source the identity for imports.' }),
    tlp: Tlp.default('AMBER+STRICT'),
    releasableTo: ReleasableTo.default([]),
  })
  .superRefine(({ occurredAt, occurredUntil, ...label }, ctx) => {
    const isBackwards = occurredUntil !== undefined && Date.parse(occurredUntil) < Date.parse(occurredAt);
    if (isBackwards) refuse(ctx, 'occurredUntil', `is before occurredAt (${occurredAt})`);
    checkLabel(label, ctx);
  });

function refuse(ctx: z.RefinementCtx, name: string, message: string) {
  ctx.addIssue({ code: 'custom', path: [name], message, params: { semantic: true } });
}

export const NewIncident = z
  .strictObject({
    type: z.literal('Feature'),
    id: NewIncidentId.optional(),
    geometry: PointGeometry,
    properties: IncidentContent,
  })
  .meta({
    id: 'NewIncident',
    description: 'An incident as it is reported. Country, segment, chainage and zones are computed.',
    example: {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [8.42, 35.2] },
      properties: {
        kind: 'smuggling_fuel',
        severity: 'moderate',
        certainty: 'observed',
        nature: 'exercise',
        occurredAt: '2026-11-01T06:30:00Z',
        horizontalAccuracyMetres: 100,
        placeText: 'Track south of Bouchebka',
        tlp: 'GREEN',
      },
    },
  });
export type NewIncident = z.output<typeof NewIncident>;
