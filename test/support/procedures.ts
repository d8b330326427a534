import type { CountryCode } from '../../src/core/caller.ts';
import { as, keyOf, type TestService } from './service.ts';

export interface ProcedureVersion {
  id: string;
  version: number;
  state: string;
  participants: CountryCode[];
  proposal: string;
  // biome-ignore lint/suspicious/noExplicitAny: as in the answer
  [name: string]: any;
}

export const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
export const aProcedure = (more: object = {}) => ({
  names: { en: 'Handover of people rescued', ar: 'تسليم الأشخاص' },
  purpose: 'Who takes over, where, and within which time.',
  documents: [{ href: 'https://procedures.example.org/1.pdf', sha256: SHA256, languages: ['ar', 'fr'] }],
  ...more,
});

/** What an operator of a country proposes: for a zone, segment or crossing, or as a new version. */
export const proposeVersion = (
  { api }: Pick<TestService, 'api'>,
  country: CountryCode,
  path: string,
  more: object = {},
) =>
  api
    .post(`/v1${path}`)
    .set(as(keyOf(country, 'operator')))
    .send(aProcedure(more));

export const proposedVersion = async (
  ...proposed: Parameters<typeof proposeVersion>
): Promise<ProcedureVersion> => (await proposeVersion(...proposed).expect(201)).body;

/** A version that all participants have approved. */
export async function agreedVersion(
  ...proposed: Parameters<typeof proposeVersion>
): Promise<ProcedureVersion> {
  const version = await proposedVersion(...proposed);
  const [{ api }] = proposed;
  for (const country of version.participants)
    await api
      .post(`/v1/proposals/${version.proposal}/consents`)
      .set(as(keyOf(country, 'coordinator')))
      .send({ decision: 'approve' })
      .expect(201);
  return readVersion(proposed[0], version.participants[0]!, version);
}

export const readVersion = async (
  { api }: Pick<TestService, 'api'>,
  country: CountryCode,
  { id, version }: Pick<ProcedureVersion, 'id' | 'version'>,
): Promise<ProcedureVersion> =>
  (
    await api
      .get(`/v1/procedures/${id}/versions/${version}`)
      .set(as(keyOf(country, 'reader')))
      .expect(200)
  ).body;
