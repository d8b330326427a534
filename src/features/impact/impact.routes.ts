import { z } from 'zod';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { SegmentId } from '../borders/border.schema.ts';
import { ASSESSING_ROLES, DECIDING_ROLES } from './impact.lifecycle.ts';
import { permitAssessment, permitDecision } from './impact.permission.ts';
import {
  Assessment,
  AssessmentId,
  AssessmentList,
  AssessmentQuery,
  ImpactDecision,
  NewAssessment,
  SegmentImpact,
  SegmentImpactQuery,
} from './impact.schema.ts';
import type { ImpactStore } from './impact.store.ts';

const tag = 'Impact';
const bodyMediaTypes = ['application/json'];
const ofSegment = z.strictObject({ segmentId: SegmentId });
const ofAssessment = z.strictObject({ assessmentId: AssessmentId });
const one = { description: 'The assessment.', schema: Assessment };

export const impactOperations = (impact: ImpactStore) => [
  operation({
    id: 'getSegmentImpact',
    method: 'get',
    path: '/segments/{segmentId}/impact',
    tag,
    summary: 'Read the impact level of a segment, side by side.',
    description:
      'The level is the strictest of those that you see: the newest assessment of each side, and a critical level in force. `at` answers for an instant of the past.',
    params: ofSegment,
    query: SegmentImpactQuery,
    responses: { 200: { description: 'The level and what it comes from.', schema: SegmentImpact } },
    problems: [400, 404],
    async handle({ params: { segmentId }, query: { at }, caller }) {
      const text = await impact.find(caller, segmentId, at);
      if (text === undefined) throw notFound('segment', segmentId);
      return { body: new JsonText(text) };
    },
  }),

  operation({
    id: 'addAssessment',
    method: 'post',
    path: '/segments/{segmentId}/impact',
    tag,
    summary: 'Assess the impact level of a segment for your side, or propose it.',
    description:
      'What a coordinator sends is the level of the side at once; what an operator sends waits for a coordinator of the own country. A critical level is proposed to both sides: it takes effect when a coordinator of each has approved the joint proposal, for 14 days at most, and is renewed by another one. The level writes reactions with due times.',
    roles: ASSESSING_ROLES,
    params: ofSegment,
    body: NewAssessment,
    bodyMediaTypes,
    responses: { 201: one },
    problems: [400, 401, 403, 404, 422],
    async handle({ params: { segmentId }, body, caller }) {
      const { id, assessment } = await impact.add(caller, segmentId, body, (found) =>
        permitAssessment(caller, segmentId, body, found),
      );
      return created(`/assessments/${id}`, new JsonText(assessment));
    },
  }),

  operation({
    id: 'listAssessments',
    method: 'get',
    path: '/assessments',
    tag,
    summary: 'List assessments of impact, newest first.',
    description: 'The whole history that you may see. Proposals of operators are for their own country.',
    query: AssessmentQuery,
    responses: { 200: { description: 'Assessments.', schema: AssessmentList } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'assessments', await impact.list(caller, query)),
  }),

  operation({
    id: 'getAssessment',
    method: 'get',
    path: '/assessments/{assessmentId}',
    tag,
    summary: 'Read one assessment of impact.',
    description: 'As its label allows; what an operator proposed, in its own country.',
    params: ofAssessment,
    responses: { 200: one },
    problems: [404],
    async handle({ params: { assessmentId }, caller }) {
      const text = await impact.findAssessment(caller, assessmentId);
      if (text === undefined) throw notFound('assessment', assessmentId);
      return { body: new JsonText(text) };
    },
  }),

  operation({
    id: 'decideAssessment',
    method: 'post',
    path: '/assessments/{assessmentId}/decision',
    tag,
    summary: 'Assess or decline a level that an operator of your country proposed.',
    roles: DECIDING_ROLES,
    params: ofAssessment,
    body: ImpactDecision,
    bodyMediaTypes,
    responses: { 200: one },
    problems: [404, 409, 422],
    async handle({ params: { assessmentId }, body, caller }) {
      const text = await impact.decide(caller, assessmentId, body, (stored) =>
        permitDecision(caller, assessmentId, body, stored),
      );
      return { body: new JsonText(text) };
    },
  }),
];
