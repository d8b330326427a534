import type { MultiPolygon } from 'geojson';
import type { CountryCode } from '../../src/core/caller.ts';
import { aZone } from './builders.ts';
import { as, keyOf, type TestService } from './service.ts';

type Api = TestService['api'];
type Change = Parameters<typeof aZone>[0];

export interface ZoneFeature {
  id: string;
  geometry: MultiPolygon;
  properties: {
    revision: number;
    participants: CountryCode[];
    state: string;
    agreed: boolean;
    awaiting: CountryCode[];
    // biome-ignore lint/suspicious/noExplicitAny: as in the answer
    [name: string]: any;
  };
}

/** A zone that an operator of a country proposes. */
export const proposeZone = async (
  api: Api,
  country: CountryCode,
  change: Change = {},
): Promise<ZoneFeature> =>
  (
    await api
      .post('/v1/zones?propose=true')
      .set(as(keyOf(country, 'operator')))
      .send(aZone(change))
      .expect(201)
  ).body;

/** What a coordinator of a country decides. */
export const decide = (api: Api, id: string, country: CountryCode, said: object) =>
  api
    .post(`/v1/zones/${id}/consents`)
    .set(as(keyOf(country, 'coordinator')))
    .send(said);

/** Every participant approves a revision. */
export async function approve(api: Api, { id, properties }: ZoneFeature): Promise<void> {
  const { revision, participants } = properties;
  for (const country of participants)
    await decide(api, id, country, { decision: 'approve', revision }).expect(201);
}

export const readZone = async (api: Api, country: CountryCode, id: string): Promise<ZoneFeature> =>
  (
    await api
      .get(`/v1/zones/${id}`)
      .set(as(keyOf(country, 'operator')))
      .expect(200)
  ).body;

/** A zone that all participants have approved: in force unless its time is to come. */
export async function agreeZone(api: Api, country: CountryCode, change: Change = {}): Promise<ZoneFeature> {
  const zone = await proposeZone(api, country, change);
  await approve(api, zone);
  return readZone(api, country, zone.id);
}

/** A change that all participants approve. */
export async function agreeChange(
  api: Api,
  country: CountryCode,
  id: string,
  change: object,
): Promise<ZoneFeature> {
  const { body } = await api
    .patch(`/v1/zones/${id}`)
    .set(as(keyOf(country, 'operator')))
    .send(change)
    .expect(200);
  await approve(api, body);
  return readZone(api, country, id);
}
