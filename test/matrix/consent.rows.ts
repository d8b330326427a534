import { ROLES } from '../../src/core/caller.ts';
import { jointSubjectOf } from '../support/label.world.ts';
import { type Named, NOWHERE, questionsAbout, takesPart } from './questions.ts';
import type { MatrixWorld, ReadRow, WriteRow } from './row.ts';

export function consentReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known, item } = questionsAbout(things);
  return {
    listProposals: {
      roles: ROLES,
      readings: [
        {
          path: '/proposals?limit=1000',
          tells: ({ proposals }) => known(proposals.map(({ id }: Named) => id)),
          sees: ids('joint', takesPart),
        },
      ],
    },
    getProposal: {
      roles: ROLES,
      readings: item(
        (id) => `/proposals/${id}`,
        'joint',
        takesPart,
        (thing) => ({
          tells: ({ subject, decisions }) => [subject, ...decisions.map((one: Decided) => one.country)],
          told: () => [jointSubjectOf(thing), thing.owner],
        }),
      ),
    },
  };
}

interface Decided {
  country: string;
}

export function consentWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  return {
    addProposalConsent: {
      roles: ['coordinator'],
      writings: ['approve', 'refuse', 'withdraw'].flatMap((decision) =>
        things.map((thing) => ({
          path: `/proposals/${thing.joint}/consents`,
          missing: `/proposals/${NOWHERE.joint}/consents`,
          method: 'post' as const,
          body: () => ({ decision, reason: 'Because of the season.' }),
          status: (caller) => {
            if (!takesPart(caller, thing)) return 404;
            const isOwn = caller.country === thing.owner;
            // it is agreed where no other country takes part
            const isAgreed = thing.participants.length === 1;
            if (decision === 'approve') return isOwn ? 200 : 201;
            if (decision === 'refuse') return isAgreed ? 409 : 201;
            return isOwn ? 201 : 409;
          },
        })),
      ),
    },
  };
}
