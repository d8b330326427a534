export const PUBLICATION = {
  title: 'Tripoint',
  description: 'Geospatial monitoring of the land borders of Algeria, Libya and Tunisia.',
  attribution: '© OpenStreetMap contributors (ODbL 1.0), GeoNames (CC BY 4.0), Natural Earth',
};

export const INFO = {
  title: 'Tripoint',
  version: '0.1.0',
  description:
    'Geospatial monitoring of the land borders of Algeria, Libya and Tunisia. Longitude before latitude, WGS 84; times in UTC; distances geodesic. Reference layers and CLEAR data need no key. Requests are limited per key and per address: RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset show the limit per minute; above it, 429 with Retry-After. Answers of an exercise name it in the header Tripoint-World. © OpenStreetMap contributors (ODbL 1.0).',
};

/** What the operations of a tag are about. */
export const TAGS = {
  Borders: 'The three border lines and their segments.',
  Crossings: 'Places where a border may be crossed, and whether they are open.',
  'Reference data': 'Corrections of borders, segments, crossings and their sides, with their history.',
  Agencies: 'Who acts at the borders, and who answers for what.',
  Zones: 'Jointly monitored areas: drafts, proposals, consents and revisions.',
  Consents: 'Joint proposals, and what waits for the consent of your country.',
  Procedures: 'What the participants of a zone, a segment or a crossing have agreed to do there.',
  Impact: 'Impact levels of segments, side by side, and what they ask of each side.',
  Incidents: 'What happens at the borders, and the reports about it.',
  Release: 'Who may see an incident, a report or a zone.',
  Distress: 'Notices for rescue bodies of both countries while lives are at risk.',
  Coordination: 'Acknowledgements, responses and requests between agencies.',
  Worlds: 'The actual world and exercises, each in a database of its own.',
  Shifts: 'Shifts of your agency: notes, what was done meanwhile, and the handover with its open items.',
  Questions: 'Spatial questions: where is this, what is near, who is responsible.',
  Keys: 'API keys of the agencies of your country.',
  Audit: 'The log of writes and of reads of data that is not CLEAR.',
  Layers: 'OGC API – Features: every noun as a layer with flat properties.',
  Tiles: 'OGC API – Tiles: vector tiles of the layers, with styles.',
  Exchange: 'Alerts, subscriptions, the change feed, the stream, CAP and Atom.',
  Webhooks: 'Delivery of alerts to your own address.',
};
