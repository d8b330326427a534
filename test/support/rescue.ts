import type { CountryCode } from '../../src/core/caller.ts';
import { as, keyOf, type TestService } from './service.ts';

/** The agencies with mandates for civil protection and rescue at all land borders of their country (data/mandates.json). */
export const RESCUE_AGENCY: Record<CountryCode, string> = {
  DZA: 'dza-protection-civile',
  LBY: 'lby-securite-civile',
  TUN: 'tun-protection-civile',
};

/** The headers of an agency of a country, whose admin makes it a key; of its rescue body unless another is named. */
export async function keyFor(
  { api }: TestService,
  country: CountryCode,
  agency = RESCUE_AGENCY[country],
  roles = ['reader'],
) {
  const { body } = await api
    .post('/v1/keys')
    .set(as(keyOf(country, 'admin')))
    .send({ agency, roles })
    .expect(201);
  return as(body.key);
}
