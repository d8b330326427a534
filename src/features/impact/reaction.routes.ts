import { z } from 'zod';
import { ROLES, type Role } from '../../core/caller.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { JsonText } from '../../http/reply.ts';
import { permitCompletion } from './impact.permission.ts';
import {
  Completion,
  Reaction,
  ReactionId,
  ReactionList,
  ReactionQuery,
  ReactionRules,
} from './reaction.schema.ts';
import type { ReactionStore } from './reaction.store.ts';

const tag = 'Impact';
const COMPLETING_ROLES: readonly Role[] = ['reporter', 'operator', 'coordinator'];

export const reactionOperations = (reactions: ReactionStore) => [
  operation({
    id: 'listReactions',
    method: 'get',
    path: '/reactions',
    tag,
    summary: 'List reactions to impact levels, earliest due time first.',
    description: 'Of your own side, and of both sides of a critical level.',
    roles: ROLES,
    query: ReactionQuery,
    examples: { query: { overdue: true } },
    responses: { 200: { description: 'Reactions.', schema: ReactionList } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'reactions', await reactions.list(caller, query)),
  }),

  operation({
    id: 'listReactionRules',
    method: 'get',
    path: '/reactions/rules',
    tag,
    summary: 'List what each impact level asks of a side, with its source.',
    description: 'A level asks also for what lower levels ask.',
    responses: { 200: { description: 'The rules.', schema: ReactionRules } },
    problems: [400],
    handle: async ({ caller }) => ({
      body: new JsonText(`{"rules":${await reactions.listRules(caller)}}`),
    }),
  }),

  operation({
    id: 'completeReaction',
    method: 'post',
    path: '/reactions/{reactionId}/completion',
    tag,
    summary: 'State that your side has done a reaction.',
    roles: COMPLETING_ROLES,
    params: z.strictObject({ reactionId: ReactionId }),
    body: Completion,
    bodyMediaTypes: ['application/json'],
    responses: { 200: { description: 'The reaction.', schema: Reaction } },
    problems: [404, 409, 422],
    async handle({ params: { reactionId }, body, caller }) {
      const text = await reactions.complete(caller, reactionId, body, (stored) =>
        permitCompletion(caller, reactionId, stored),
      );
      return { body: new JsonText(text) };
    },
  }),
];
