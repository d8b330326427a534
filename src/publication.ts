import { alertCollection } from './exchange/alerts/alert.collection.sql.ts';
import { agencyCollection } from './features/agencies/agency.collection.sql.ts';
import { borderCollection } from './features/borders/border.collection.sql.ts';
import { segmentCollection } from './features/borders/segment.collection.sql.ts';
import { crossingCollection } from './features/crossings/crossing.collection.sql.ts';
import { incidentCollection } from './features/incidents/incident.collection.sql.ts';
import { zoneCollection } from './features/zones/zone.collection.sql.ts';
import type { Collection } from './ogc/collection/collection.sql.ts';

export const PUBLICATION = {
  title: 'Tripoint',
  description: 'Geospatial monitoring of the land borders of Algeria, Libya and Tunisia.',
  attribution: '© OpenStreetMap contributors (ODbL 1.0), GeoNames (CC BY 4.0), Natural Earth',
};

export const INFO = {
  title: 'Tripoint',
  version: '0.1.0',
  description:
    'Geospatial monitoring of the land borders of Algeria, Libya and Tunisia. Longitude before latitude, WGS 84; times in UTC; distances geodesic. Reading reference layers and CLEAR data needs no key. Requests are limited per key and per address: RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset tell how many a minute are left, 429 with Retry-After when none is. © OpenStreetMap contributors (ODbL 1.0).',
};

/** What is published as layers. */
export const COLLECTIONS: readonly Collection[] = [
  borderCollection,
  segmentCollection,
  crossingCollection,
  zoneCollection,
  incidentCollection,
  // these last: OGC's suite takes the layers before them (docs/conformance.md)
  alertCollection,
  agencyCollection,
];
