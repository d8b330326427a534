import { createHash } from 'node:crypto';
import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { checkLabel } from '../vocabulary.schema.ts';
import { inputs } from './incident.fields.ts';
import { NewIncidentId } from './incident.schema.ts';

const IncidentContent = z.strictObject(inputs).superRefine(({ occurredAt, occurredUntil, ...label }, ctx) => {
  // Twin: incident_period_is_in_order in migrations/0007_incidents.sql, compared by test/database/twins.test.ts
  const isBackwards = occurredUntil !== undefined && Date.parse(occurredUntil) < Date.parse(occurredAt);
  if (isBackwards) refuse(ctx, 'occurredUntil', issue('before-occurred-at', { from: occurredAt }));
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
    description: 'A new incident. Country, segment, chainage and zones are computed.',
    example: {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [8.42, 35.2] },
      properties: {
        kind: 'smuggling_fuel',
        severity: 'moderate',
        certainty: 'observed',
        occurredAt: '2026-11-01T06:30:00Z',
        horizontalAccuracyMetres: 100,
        placeText: 'Track south of Bouchebka',
        tlp: 'GREEN',
      },
    },
  });
export type NewIncident = z.output<typeof NewIncident>;

/** SHA-256 of the checked input with defaults: independent of the order of members. */
export function hashOf({ geometry, properties }: NewIncident): Buffer {
  const { counts, releasableTo, ...rest } = properties;
  const content = { ...rest, ...counts, releasableTo: [...releasableTo].sort(), at: geometry.coordinates };
  const entries = Object.entries(content).filter(([, value]) => value !== undefined);
  return createHash('sha256')
    .update(JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest();
}
