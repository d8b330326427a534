import { z } from 'zod';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import {
  AccuracyMetres,
  BorderCode,
  CountryCode,
  Released,
  Revision,
  Tlp,
  UtcTime,
} from '../vocabulary.schema.ts';
import { Certainty, Counts, Kind, Nature, Severity } from './incident.schema.ts';
import { INCIDENT_STATES } from './incident.vocabulary.ts';

export const State = z
  .enum(INCIDENT_STATES)
  .meta({ id: 'IncidentState', description: 'Where the incident stands.' });

const properties = z.strictObject({
  kind: Kind,
  severity: Severity,
  certainty: Certainty,
  nature: Nature,
  state: State,
  occurredAt: UtcTime.meta({ description: 'When it happened or began.' }),
  occurredUntil: UtcTime.nullable().meta({ description: 'When it ended; null: unknown.' }),
  reportedAt: UtcTime.meta({ description: 'When the service received it.' }),
  updatedAt: UtcTime.meta({ description: 'When it last changed.' }),
  horizontalAccuracyMetres: AccuracyMetres,
  placeText: z.string().nullable().meta({ description: 'The place in words.' }),
  description: z.string().nullable().meta({ description: 'What happened, in words.' }),
  counts: Counts.nullable(),
  source: z.string().meta({ description: 'System or document that it comes from.' }),
  externalId: z.string().nullable().meta({ description: 'Identifier in the source.' }),
  owner: CountryCode.meta({ description: 'The country whose agency reported it.' }),
  agency: z.string().meta({ description: 'The agency that reported it.' }),
  tlp: Tlp,
  releasableTo: Released,
  revision: Revision,
  country: z.enum(['DZA', 'LBY', 'TUN', 'undetermined']).nullable().meta({
    id: 'Whereabouts',
    description: 'Where it is; `undetermined` nearer to a border than its accuracy; null outside the three.',
  }),
  candidates: z
    .array(CountryCode)
    .nullable()
    .meta({ id: 'Candidates', description: 'The countries it may be in when undetermined.' }),
  border: BorderCode.nullable().meta({ description: 'The nearest border.' }),
  segment: z.string().nullable().meta({ description: 'The nearest segment.' }),
  borderKm: z.number().nullable().meta({ description: 'Chainage of the nearest place of the border.' }),
  distanceToBorderMetres: z.number().nullable().meta({ description: 'Geodesic distance to that border.' }),
});

const zones = z
  .array(z.string())
  .meta({ description: 'Zones in force that the point lies in, as far as the caller sees them.' });
const ZoneRelation = z.enum(['inside', 'edge', 'possible']).meta({
  description:
    '`inside`: the whole circle of error; `edge`: the point, but the circle crosses the outline; `possible`: only the circle reaches in.',
});
const distanceMetres = z.number().meta({ description: 'Geodesic distance to the segment.' });

export const Incident = featureOf('Incident', PointGeometry, properties.extend({ zones }));
/** What of a zone a question was answered for. */
const ofZone = {
  revision: z.int().meta({ description: 'The revision of the zone that this is answered for.' }),
  agreed: z.boolean().meta({
    description:
      'Whether every participant has approved that revision. Before there is such a one, participants are answered for the proposed one.',
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
