import { v7 as uuidv7 } from 'uuid';
import type { CountryCode } from '../../src/core/caller.ts';
import { type NewProposal, proposeStatement } from '../../src/features/joint.proposal.sql.ts';
import { agencyOf, as, keyOf, type TestService } from './service.ts';

const HOUR_MS = 3_600_000;
export const inHours = (hours: number): Date => new Date(Date.now() + hours * HOUR_MS);

/** A joint proposal of a country about something that nothing else knows. */
export async function proposeJoint(
  { db }: Pick<TestService, 'db'>,
  country: CountryCode,
  participants: readonly CountryCode[],
  more: Partial<NewProposal> = {},
): Promise<string> {
  const id = uuidv7();
  const agency = agencyOf(keyOf(country, 'operator'));
  const proposal = { id, subjectType: 'procedure' as const, subject: `subject of ${id}`, path: '/exercise' };
  await db.query(
    { country, agency, roles: ['operator'] },
    proposeStatement(
      { country, agency, roles: [] },
      {
        ...proposal,
        participants,
        openUntil: inHours(24),
        ...more,
      },
    ),
  );
  return id;
}

/** A decision of a coordinator about a joint proposal. */
export const decideJoint = (
  { api }: Pick<TestService, 'api'>,
  id: string,
  country: CountryCode,
  said: object = { decision: 'approve' },
) =>
  api
    .post(`/v1/proposals/${id}/consents`)
    .set(as(keyOf(country, 'coordinator')))
    .send(said);
