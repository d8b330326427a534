import { createHash } from 'node:crypto';
import type { NewIncident } from './incident.schema.ts';

/** SHA-256 of what was sent, after checking and defaults: the same whatever the order of the members was. */
export function hashOf({ geometry, properties }: NewIncident): Buffer {
  const { counts, releasableTo, ...rest } = properties;
  const content = { ...rest, ...counts, releasableTo: [...releasableTo].sort(), at: geometry.coordinates };
  const entries = Object.entries(content).filter(([, value]) => value !== undefined);
  return createHash('sha256')
    .update(JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest();
}
