import type { CountryCode, Role } from '../../src/core/caller.ts';
import { decideJoint } from './proposals.ts';
import { as, keyOf, type TestService } from './service.ts';

type Api = Pick<TestService, 'api'>;

export const anAssessment = (more: object = {}) => ({
  level: 'medium',
  aspects: ['irregularMigration'],
  rationale: 'More groups than in the weeks before.',
  reviewDueAt: '2099-01-31T12:00:00Z',
  ...more,
});

export const sendAssessment = (
  { api }: Api,
  country: CountryCode,
  segment: string,
  more: object = {},
  role: Role = 'coordinator',
) =>
  api
    .post(`/v1/segments/${segment}/impact`)
    .set(as(keyOf(country, role)))
    .send(anAssessment(more));

/** The level of a side, or by an operator a proposal for it. */
export async function assess(...asked: Parameters<typeof sendAssessment>): Promise<string> {
  return (await sendAssessment(...asked).expect(201)).body.id;
}

/** A critical level that both sides have approved. */
export async function agreeCritical(service: Api, segment: string, more: object = {}): Promise<string> {
  const id = await assess(service, 'DZA', segment, { level: 'critical', ...more });
  for (const country of ['DZA', segment.startsWith('DZA-TUN') ? 'TUN' : 'LBY'] as const)
    await decideJoint(service, id, country).expect(201);
  return id;
}

export const readImpact = async (
  { api }: Api,
  country: CountryCode | undefined,
  segment: string,
  query = '',
) =>
  (
    await api
      .get(`/v1/segments/${segment}/impact${query}`)
      .set(country ? as(keyOf(country, 'reader')) : {})
      .expect(200)
  ).body;

export const listReactions = async ({ api }: Api, country: CountryCode, query: string) =>
  (
    await api
      .get(`/v1/reactions?limit=1000&${query}`)
      .set(as(keyOf(country, 'reader')))
      .expect(200)
  ).body.reactions;

export const openReaction = async (service: Api, country: CountryCode, segment: string): Promise<string> =>
  (await listReactions(service, country, `segment=${segment}&state=open&country=${country}`))[0].id;
