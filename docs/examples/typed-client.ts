// A client whose types are made from the OpenAPI document: a wrong path, parameter or property does not compile.
//
//   npm install openapi-fetch openapi-typescript typescript tsx
//   npx openapi-typescript http://127.0.0.1:3000/v1/openapi.json --default-non-nullable=false --output tripoint.d.ts
//   TRIPOINT_URL=http://127.0.0.1:3000 npx tsx typed-client.ts 8.5 35.4                   reads
//   TRIPOINT_URL=… TRIPOINT_KEY=tp_… npx tsx typed-client.ts 8.5 35.4 --report            also reports an exercise
import createClient from 'openapi-fetch';
import type { components, paths } from './tripoint.d.ts';

type NewIncident = components['schemas']['NewIncident'];
type Problem = components['schemas']['Problem'];

const { TRIPOINT_URL = 'http://127.0.0.1:3000', TRIPOINT_KEY } = process.env;
const [lon = 8.5, lat = 35.4] = process.argv.slice(2, 4).map(Number);

// problems are pages for browsers, too: this client reads JSON
const client = createClient<paths, `application/${string}`>({
  baseUrl: `${TRIPOINT_URL}/v1`,
  headers: TRIPOINT_KEY ? { Authorization: `Bearer ${TRIPOINT_KEY}` } : {},
  // lists are one text with commas
  querySerializer: { array: { style: 'form', explode: false } },
});

/** Every operation answers data, or a problem that says in `detail` what to do. */
function dataOf<T>({ data, error }: { data?: T; error?: Problem }): T {
  if (data === undefined) throw new Error(error?.detail);
  return data;
}

async function printNearestCrossing(): Promise<void> {
  const { features } = dataOf(
    await client.GET('/crossings/nearest', { params: { query: { lon, lat, limit: 1 } } }),
  );
  for (const { id, properties } of features)
    console.log(`${id}: ${Math.round(properties.distanceMetres / 1000)} km, ${properties.status.state}`);
}

async function printDistress(): Promise<void> {
  const query = {
    kind: ['distress' as const],
    bbox: [lon - 2, lat - 2, lon + 2, lat + 2],
    limit: 5,
  };
  const { features } = dataOf(await client.GET('/incidents', { params: { query } }));
  for (const { id, properties } of features)
    console.log(
      `${id}: ${properties.occurredAt}, ${properties.counts?.best ?? 'an unknown number of'} people`,
    );
}

async function reportExercise(): Promise<void> {
  const body: NewIncident = {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: {
      kind: 'fire',
      severity: 'minor',
      certainty: 'observed',
      occurredAt: new Date().toISOString(),
      horizontalAccuracyMetres: 100,
      tlp: 'GREEN',
    },
  };
  const { id, properties } = dataOf(await client.POST('/incidents', { body }));
  console.log(`reported ${id}: ${properties.tlp}, km ${properties.borderKm} of ${properties.border}`);
}

await printNearestCrossing();
await printDistress();
if (process.argv.includes('--report')) await reportExercise();
