import type { CountryCode } from '../../src/core/caller.ts';
import { as, keyOf, type TestService } from './service.ts';

type Api = TestService['api'];

export interface GivenFeature {
  collection: 'borders' | 'segments' | 'crossings' | 'sides';
  id: string;
  geometry?: object | null;
  properties?: Record<string, unknown>;
  removed?: boolean;
}

export const aCorrection = (features: readonly GivenFeature[], more: object = {}) => ({
  type: 'FeatureCollection',
  source: 'Joint survey, November 2026',
  features: features.map((feature) => ({ type: 'Feature', ...feature })),
  ...more,
});

/** A side with another English name. */
export const aSide = (name: string, id = 'ras-ajdir/TUN'): GivenFeature => ({
  collection: 'sides',
  id,
  properties: { names: { en: name } },
});

export const propose = (api: Api, country: CountryCode, body: object) =>
  api
    .post('/v1/corrections')
    .set(as(keyOf(country, 'admin')))
    .send(body);

export const preview = (api: Api, country: CountryCode, body: object) =>
  api
    .post('/v1/corrections/preview')
    .set(as(keyOf(country, 'admin')))
    .send(body);

interface ProposedCorrection {
  proposal: string;
  participants: CountryCode[];
}

/** What a coordinator of a country decides. */
export const decideCorrection = (
  api: Api,
  { proposal }: Pick<ProposedCorrection, 'proposal'>,
  country: CountryCode,
  said: object = { decision: 'approve' },
) =>
  api
    .post(`/v1/proposals/${proposal}/consents`)
    .set(as(keyOf(country, 'coordinator')))
    .send(said);

/** A coordinator of each country that must agree approves. */
export async function approveCorrection(api: Api, correction: ProposedCorrection): Promise<void> {
  for (const country of correction.participants) await decideCorrection(api, correction, country).expect(201);
}
