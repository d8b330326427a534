import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { anIncident } from './builders.ts';
import { as, keyOf, type TestService } from './service.ts';

/** Many incidents at once, reported by Tunisia. */
export const importIncidents = (
  { api }: Pick<TestService, 'api'>,
  features: ReturnType<typeof anIncident>[],
) =>
  api
    .post('/v1/incidents/import')
    .set({ ...as(keyOf('TUN', 'reporter')), 'Content-Type': 'application/geo+json' })
    .send(JSON.stringify({ type: 'FeatureCollection', features }))
    .expect(200);

/** The service on a port of this machine, for clients that supertest is not. */
export async function listening({ app }: Pick<TestService, 'app'>): Promise<Server> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
