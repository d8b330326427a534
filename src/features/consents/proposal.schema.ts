import { z } from 'zod';
import { collectionOf, Links } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { SUBJECT_TYPES } from '../joint.proposal.sql.ts';
import { anyOf, CountryCode, UtcTime } from '../vocabulary.schema.ts';
import { Zone } from '../zones/zone.answer.ts';
import { JOINT_DECISIONS, PROPOSAL_STATES } from './proposal.lifecycle.ts';

export const ProposalId = z
  .uuid()
  .meta({ description: 'Identifier of a joint proposal.', example: '0199e0c4-6d00-7c1e-9f5e-000000000007' });

const JointDecision = z.enum(JOINT_DECISIONS).meta({
  id: 'JointDecision',
  description:
    '`approve`: your country agrees; `refuse`: it does not, which ends the proposal; `withdraw`: it takes its approval back, which ends the proposal, also one that was agreed.',
});

export const NewJointConsent = z
  .strictObject({
    decision: JointDecision,
    reason: freeText(500).optional().meta({ description: 'Required for a refusal; nothing about a person.' }),
  })
  .meta({
    id: 'NewJointConsent',
    description: 'The decision of a country about a joint proposal.',
    example: { decision: 'approve' },
  });
export type NewJointConsent = z.output<typeof NewJointConsent>;

const country = CountryCode.meta({ description: 'The country that decided.' });

export const Proposal = z
  .strictObject({
    id: ProposalId,
    subjectType: z.enum(SUBJECT_TYPES).meta({
      description:
        'What is proposed: a critical level of impact, a version of a joint procedure, a change of a shared line.',
    }),
    subject: z.string().meta({ description: 'Identifier of the subject.' }),
    path: z.string().meta({ description: 'Path of the subject, below the base of the API.' }),
    participants: z.array(CountryCode).meta({ description: 'Countries that must approve it.' }),
    country: CountryCode.meta({ description: 'The country that proposed it.' }),
    agency: z.string().meta({ description: 'The agency that proposed it.' }),
    state: z.enum(PROPOSAL_STATES).meta({
      id: 'ProposalState',
      description:
        '`proposed`: it waits for approvals; `agreed`: every participant has approved it; `refused`: a participant has refused it; `withdrawn`: a participant has taken its approval back; `expired`: not all approved it before `openUntil`.',
    }),
    awaiting: z.array(CountryCode).meta({ description: 'Participants that have not approved it yet.' }),
    decisions: z
      .array(
        z
          .strictObject({
            country,
            agency: z.string().meta({ description: 'The agency of the coordinator.' }),
            decision: JointDecision,
            reason: z.string().nullable().meta({ description: 'Why.' }),
            at: UtcTime.meta({ description: 'When it was decided.' }),
          })
          .meta({ id: 'JointConsent', description: 'A decision; it never changes.' }),
      )
      .meta({ description: 'The decisions, oldest first.' }),
    proposedAt: UtcTime.meta({ description: 'When it was proposed.' }),
    openUntil: UtcTime.meta({ description: 'Deadline for the approvals.' }),
    agreedAt: UtcTime.nullable().meta({ description: 'When the last participant approved it.' }),
    endedAt: UtcTime.nullable().meta({ description: 'When it was refused or withdrawn.' }),
    updatedAt: UtcTime.meta({ description: 'When it was last decided about.' }),
  })
  .meta({
    id: 'Proposal',
    description: 'A joint thing other than a zone that takes effect when every participant has approved it.',
  });

export const ProposalList = z
  .strictObject({
    proposals: z.array(Proposal).meta({ description: 'Earliest `openUntil` first.' }),
    links: Links,
  })
  .meta({ id: 'ProposalList', description: 'One page of joint proposals.' });

export const WaitingConsents = collectionOf('WaitingConsents', Zone, {
  proposals: z.array(Proposal).meta({
    description:
      'Joint proposals that your country has not decided about, earliest `openUntil` first, on each page.',
  }),
});

export const ProposalQuery = z.strictObject({
  state: anyOf(PROPOSAL_STATES, 'Any of these states.'),
  subjectType: anyOf(SUBJECT_TYPES, 'Proposals of any of these.'),
  subject: z.string().min(1).max(120).optional().meta({ description: 'Proposals of this subject.' }),
  ...paging,
});
export type ProposalQuery = z.output<typeof ProposalQuery>;
