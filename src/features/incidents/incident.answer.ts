import { z } from 'zod';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { outputs } from './incident.fields.ts';

const properties = z.strictObject(outputs);

const zones = z
  .array(z.string())
  .meta({ description: 'Zones in force around the point, as far as the caller sees them.' });
export const ZONE_RELATIONS = ['inside', 'edge', 'possible'] as const;
const ZoneRelation = z.enum(ZONE_RELATIONS).meta({
  description:
    '`inside`: the whole error circle is inside; `edge`: the point is, but the circle crosses the outline; `possible`: only the circle reaches in.',
});
const distanceMetres = z.number().meta({ description: 'Geodesic distance to the segment.' });

export const Incident = featureOf('Incident', PointGeometry, properties.extend({ zones }));
/** The zone revision of an answer. */
const ofZone = {
  revision: z.int().meta({ description: 'Revision of the zone in this answer.' }),
  agreed: z.boolean().meta({
    description:
      'Whether every participant has approved that revision. Before the first agreement, participants get the answer for the proposed one.',
  }),
};
export const IncidentInList = featureOf('IncidentInList', PointGeometry, properties);
export const IncidentCollection = collectionOf(
  'IncidentCollection',
  IncidentInList,
  z.strictObject(ofZone).partial().shape,
);
export const ZoneIncidentCollection = collectionOf(
  'ZoneIncidentCollection',
  featureOf('ZoneIncident', PointGeometry, properties.extend({ zoneRelation: ZoneRelation })),
  ofZone,
);
export const SegmentIncidentCollection = collectionOf(
  'SegmentIncidentCollection',
  featureOf('SegmentIncident', PointGeometry, properties.extend({ distanceMetres })),
);
