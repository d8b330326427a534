import type { Request } from 'express';
import { z } from 'zod';
import { forbidden, notFound } from '../../core/problem.ts';
import type { Link } from '../../geometry/feature.schema.ts';
import { operation } from '../../http/operation.ts';
import { selfUrl } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { CrossingId } from './crossing.schema.ts';
import { NewStatus, StatusHistory, StatusQuery, StatusStatement } from './status.schema.ts';
import type { StatusStore } from './status.store.ts';

const params = z.strictObject({ crossingId: CrossingId });

export const statusOperations = (statuses: StatusStore) => [
  operation({
    id: 'listCrossingStatus',
    method: 'get',
    path: '/crossings/{crossingId}/status',
    tag: 'Crossings',
    summary: 'List the status statements of a crossing, newest first.',
    description: 'A statement never changes. For each side and class of traffic the newest one counts.',
    params,
    query: StatusQuery,
    responses: { 200: { description: 'The history by `from`.', schema: StatusHistory } },
    problems: [400, 404],
    async handle({ params: { crossingId }, query, caller, request }) {
      const page = await statuses.list(caller, crossingId, query);
      if (!page) throw notFound('crossing', crossingId);
      return { body: historyText(request, page) };
    },
  }),

  operation({
    id: 'addCrossingStatus',
    method: 'post',
    path: '/crossings/{crossingId}/status',
    tag: 'Crossings',
    summary: 'State whether your side of a crossing is open.',
    description:
      "Appends to the history. A statement about all traffic in both directions replaces your side's earlier statements; a narrower one refines them.",
    roles: ['operator'],
    params,
    body: NewStatus,
    responses: {
      201: {
        description: 'The statement.',
        schema: StatusStatement,
        headers: { Location: 'URL of the history.' },
      },
    },
    problems: [400, 401, 403, 404, 422],
    async handle({ params: { crossingId }, body, caller }) {
      if (body.country && body.country !== caller.country)
        throw forbidden('side-of-other-country', { country: body.country, yours: caller.country });
      const { is_known, statement } = await statuses.add(caller, crossingId, body);
      if (!is_known) throw notFound('crossing', crossingId);
      if (statement === null)
        throw forbidden('side-missing', { crossing: crossingId, yours: caller.country });
      return created(`/crossings/${crossingId}/status?country=${caller.country}`, new JsonText(statement));
    },
  }),
];

type StatusPage = NonNullable<Awaited<ReturnType<StatusStore['list']>>>;

function historyText(request: Request, { features, next }: StatusPage): JsonText {
  const self = selfUrl(request);
  const links: Link[] = [{ href: self.href, rel: 'self', type: 'application/json', title: 'This page' }];
  if (next) {
    const following = new URL(self);
    following.searchParams.set('cursor', next);
    links.push({ href: following.href, rel: 'next', type: 'application/json', title: 'The next page' });
  }
  return new JsonText(`{"statements":[${features}],"links":${JSON.stringify(links)}}`);
}
