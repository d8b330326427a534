import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { JsonText } from '../../http/reply.ts';
import { ResponsibleAnswer, ResponsibleQuery } from './responsible.schema.ts';
import type { ResponsibleStore } from './responsible.store.ts';

export const responsibleOperations = (responsible: ResponsibleStore) => [
  operation({
    id: 'listResponsibleAgencies',
    method: 'get',
    path: '/agencies/responsible',
    tag: 'Questions',
    summary: 'List the agencies responsible for a zone, a segment or a crossing.',
    description:
      'For a zone: mandates of its participants for the zone, the borders and segments that it touches and the crossings inside. ' +
      'For a segment: mandates for it, its border and the land borders of both countries. ' +
      'For a crossing: also mandates for its sides and for the zones in force around it.',
    query: ResponsibleQuery,
    examples: { query: { crossing: 'ras-ajdir', function: 'search_rescue' } },
    responses: {
      200: { description: 'Mandates that apply there, with reasons.', schema: ResponsibleAnswer },
    },
    problems: [400, 404],
    async handle({ query, caller }) {
      const answer = await responsible.find(caller, query);
      if (answer === undefined) throw missingPlace(query);
      return { body: new JsonText(answer) };
    },
  }),
];

const missingPlace = ({ zone, segment, crossing }: ResponsibleQuery) => {
  if (zone !== undefined) return notFound('zone', zone);
  return segment === undefined ? notFound('crossing', crossing!) : notFound('segment', segment);
};
