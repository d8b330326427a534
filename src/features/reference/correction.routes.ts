import { z } from 'zod';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { NewCorrection } from './correction.input.ts';
import {
  Correction,
  CorrectionId,
  CorrectionList,
  CorrectionPreview,
  CorrectionQuery,
} from './correction.schema.ts';
import type { CorrectionStore } from './correction.store.ts';

const tag = 'Reference data';
const params = z.strictObject({ correctionId: CorrectionId });
const one = { description: 'The correction.', schema: Correction };
const preview = { description: 'What would change.', schema: CorrectionPreview };

export const correctionOperations = (corrections: CorrectionStore) => [
  operation({
    id: 'listCorrections',
    method: 'get',
    path: '/corrections',
    tag,
    summary: 'List corrections of the reference data, newest first.',
    description: 'Everybody sees applied ones; the countries that must agree also see proposed ones.',
    query: CorrectionQuery,
    examples: { query: { row: 'crossings/ras-ajdir' } },
    responses: { 200: { description: 'Corrections.', schema: CorrectionList } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'corrections', await corrections.list(caller, query)),
  }),

  operation({
    id: 'proposeCorrection',
    method: 'post',
    path: '/corrections',
    tag,
    summary: 'Correct borders, segments, crossings or sides.',
    description:
      'A correction of your own side of crossings is applied at once. Borders, segments and crossings are shared: both countries must agree. It is applied in one transaction, with the places of all incidents; earlier versions stay readable with `at`.',
    roles: ['admin'],
    body: NewCorrection,
    responses: { 201: one },
    problems: [403, 409, 422],
    async handle({ body, caller }) {
      const { id, text } = await corrections.add(caller, body);
      return created(`/corrections/${id}`, new JsonText(text));
    },
  }),

  operation({
    id: 'previewCorrection',
    method: 'post',
    path: '/corrections/preview',
    tag,
    summary: 'Preview what a correction would change.',
    description: 'Writes nothing. Counts the incidents, zones and mandates that you see.',
    roles: ['admin', 'coordinator'],
    body: NewCorrection,
    responses: { 200: preview },
    problems: [422],
    handle: async ({ body, caller }) => ({ body: new JsonText(await corrections.preview(caller, body)) }),
  }),

  operation({
    id: 'getCorrection',
    method: 'get',
    path: '/corrections/{correctionId}',
    tag,
    summary: 'Read one correction.',
    description: 'With its features and, once it is applied, every row that it changed.',
    params,
    responses: { 200: one },
    problems: [400, 404],
    async handle({ params: { correctionId }, caller }) {
      const text = await corrections.find(caller, correctionId);
      if (text === undefined) throw notFound('correction', correctionId);
      return { body: new JsonText(text) };
    },
  }),

  operation({
    id: 'previewProposedCorrection',
    method: 'get',
    path: '/corrections/{correctionId}/preview',
    tag,
    summary: 'Preview what a proposed correction would change now.',
    description: 'For the countries that must agree. Counts the incidents, zones and mandates that you see.',
    roles: ['admin', 'coordinator'],
    params,
    responses: { 200: preview },
    problems: [404, 422],
    async handle({ params: { correctionId }, caller }) {
      const text = await corrections.previewOf(caller, correctionId);
      if (text === undefined) throw notFound('correction', correctionId);
      return { body: new JsonText(text) };
    },
  }),
];
