import { z } from 'zod';
import { type Caller, ROLES, type Role } from '../../core/caller.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { conflict, inBody, invalidInput, notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply, listReply, paging } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { judgeConsent, type StoredProposal } from './proposal.lifecycle.ts';
import {
  NewJointConsent,
  Proposal,
  ProposalId,
  ProposalList,
  ProposalQuery,
  WaitingConsents,
} from './proposal.schema.ts';
import type { ProposalStore } from './proposal.store.ts';

const tag = 'Consents';
const COORDINATOR: readonly Role[] = ['coordinator'];
const params = z.strictObject({ proposalId: ProposalId });

/** Reads zones whose proposed revision waits for the caller's country. */
export type WaitingZones = (caller: Caller, page: PageRequest) => Promise<Page>;

export const proposalOperations = (proposals: ProposalStore, waitingZones: WaitingZones) => [
  operation({
    id: 'listProposals',
    method: 'get',
    path: '/proposals',
    tag,
    summary: 'List joint proposals of your country, earliest deadline first.',
    description: 'Visible to the participants. Proposals of zones are revisions of the zone.',
    roles: ROLES,
    query: ProposalQuery,
    responses: { 200: { description: 'Joint proposals.', schema: ProposalList } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'proposals', await proposals.list(caller, query)),
  }),

  operation({
    id: 'getProposal',
    method: 'get',
    path: '/proposals/{proposalId}',
    tag,
    summary: 'Read a joint proposal with the decisions about it.',
    roles: ROLES,
    params,
    responses: { 200: { description: 'The proposal.', schema: Proposal } },
    problems: [404],
    async handle({ params: { proposalId }, caller }) {
      const text = await proposals.find(caller, proposalId);
      if (text === undefined) throw notFound('proposal', proposalId);
      return { body: new JsonText(text) };
    },
  }),

  operation({
    id: 'addProposalConsent',
    method: 'post',
    path: '/proposals/{proposalId}/consents',
    tag,
    summary: 'Approve or refuse a joint proposal for your country, or withdraw.',
    description:
      'For coordinators of a participant, about exactly this proposal. When all have approved it, it takes effect. A refusal, which needs a reason, and a withdrawal end it.',
    roles: COORDINATOR,
    params,
    body: NewJointConsent,
    bodyMediaTypes: ['application/json'],
    responses: {
      200: { description: 'The decision is unchanged.', schema: Proposal },
      201: { description: 'The proposal after the decision.', schema: Proposal },
    },
    problems: [404, 409, 422],
    async handle({ params: { proposalId }, body, caller }) {
      const { isNew, proposal } = await proposals.decide(caller, proposalId, body, (stored) =>
        permit(proposalId, body, stored),
      );
      const text = new JsonText(proposal);
      return isNew ? created(`/proposals/${proposalId}`, text) : { status: 200, body: text };
    },
  }),

  operation({
    id: 'listWaitingConsents',
    method: 'get',
    path: '/consents/waiting',
    tag,
    summary: 'List what waits for the consent of your country.',
    description:
      'Proposed revisions of zones that your country takes part in and has not decided about, page by page, and beside them all other joint proposals.',
    roles: COORDINATOR,
    query: z.strictObject(paging),
    responses: {
      200: {
        description: 'The proposed revisions, and the joint proposals.',
        mediaType: 'application/geo+json',
        schema: WaitingConsents,
      },
    },
    problems: [400, 401, 403],
    async handle({ query, caller, request }) {
      const page = await waitingZones(caller, query);
      const { features } = await proposals.listWaiting(caller);
      return collectionReply(request, { ...page, about: { proposals: JSON.parse(`[${features}]`) } });
    },
  }),
];

function permit(
  id: string,
  { decision, reason }: NewJointConsent,
  stored: StoredProposal | undefined,
): 'record' | 'repeat' {
  if (!stored) throw notFound('proposal', id);
  const verdict = judgeConsent(decision, stored, reason);
  if (typeof verdict === 'string') return verdict;
  if (verdict.refused === 'reason') throw invalidInput([inBody('reason', 'refusal-without-reason')], 422);
  if (verdict.refused === 'unapproved') throw conflict('state-not-allowed', 'approval-not-given', { id });
  throw conflict('state-not-allowed', 'proposal-not-open', { id, state: stored.state });
}
