import type { CountryCode, Role } from '../../src/core/caller.ts';
import { alertEvaluation } from '../../src/exchange/alerts/alert.evaluation.store.ts';
import { anIncident } from './builders.ts';
import { as, keyOf, type TestService } from './service.ts';

export interface Told {
  id: string;
  properties: {
    triggers: string[];
    reasons: string[];
    incident: string;
    subscriptions: string[];
    incidentCount: number | null;
  };
}

/** What an alert says about one subscription. */
export const triggersOf = ({ properties: { reasons } }: Told, subscription: string): string[] =>
  reasons.filter((reason) => reason.endsWith(`:${subscription}`)).map((reason) => reason.split(':')[0]!);

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

/** What tests of subscriptions do again and again, through HTTP. */
export function subscriptionSteps(service: TestService) {
  const { api, db } = service;
  const failed: unknown[] = [];
  const evaluation = alertEvaluation(db, (err) => failed.push(err));
  const headersOf = (country: CountryCode, role: Role = 'operator') => as(keyOf(country, role));
  return {
    evaluation,
    failed,
    send: (country: CountryCode, body: object, role: Role = 'operator') =>
      api.post('/v1/subscriptions').set(headersOf(country, role)).send(body),

    async subscribe(country: CountryCode, body: object): Promise<string> {
      const answer = await this.send(country, body);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body.id;
    },
    change: (country: CountryCode, id: string, body: object) =>
      api.patch(`/v1/subscriptions/${id}`).set(headersOf(country)).send(body),
    remove: (country: CountryCode, id: string) =>
      api.delete(`/v1/subscriptions/${id}`).set(headersOf(country)),

    /** An incident of Tunisia that has just happened; everyone sees it unless a test says otherwise. */
    async report(more: object = {}, ago = 60): Promise<string> {
      const incident = anIncident({ occurredAt: secondsAgo(ago), tlp: 'GREEN', ...more });
      const answer = await api.post('/v1/incidents').set(headersOf('TUN', 'reporter')).send(incident);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body.id;
    },
    add: (incident: string, said: object) =>
      api.post(`/v1/incidents/${incident}/reports`).set(headersOf('TUN', 'reporter')).send(said).expect(201),
    move(incident: string, at: readonly number[], horizontalAccuracyMetres = 50) {
      return this.add(incident, { geometry: { type: 'Point', coordinates: at }, horizontalAccuracyMetres });
    },

    /** Evaluates the whole queue. */
    async tell(): Promise<void> {
      while ((await evaluation.pass()) !== 0);
    },
    /** The triggers of what a subscription has told, oldest first, once all is told. */
    async heard(country: CountryCode, subscription: string): Promise<string[]> {
      await this.tell();
      return (await this.alerts(country, subscription)).flatMap((told) => triggersOf(told, subscription));
    },
    async alerts(country: CountryCode, subscription: string): Promise<Told[]> {
      const { body } = await api
        .get(`/v1/alerts?limit=10000&subscription=${subscription}`)
        .set(headersOf(country))
        .expect(200);
      return body.features.toReversed();
    },
  };
}

const METRES_PER_DEGREE = 111_195; // on a sphere, along the equator: near enough for what is far from every edge

/** So far to the east of a place. */
export const eastOf = ([lon, lat]: readonly [number, number], metres: number): [number, number] => [
  lon + metres / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)),
  lat,
];
