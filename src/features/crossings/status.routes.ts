import type { Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import { conflict, forbidden, inBody, invalidInput, notFound } from '../../core/problem.ts';
import type { Link } from '../../geometry/feature.schema.ts';
import { operation } from '../../http/operation.ts';
import { selfUrl } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { CrossingId } from './crossing.schema.ts';
import { NewStatus, StatusHistory, StatusQuery, StatusStatement, StatusWithdrawal } from './status.schema.ts';
import type { StatusStore, StoredStatement } from './status.store.ts';

const params = z.strictObject({ crossingId: CrossingId });

export const statusOperations = (statuses: StatusStore) => [
  operation({
    id: 'listCrossingStatus',
    method: 'get',
    path: '/crossings/{crossingId}/status',
    tag: 'Crossings',
    summary: 'List the status statements of a crossing, newest first.',
    description:
      'A statement never changes, but is withdrawn if it was a mistake: it stays in the history, marked, and counts at no instant. `datetime` selects statements by the period in which they hold. Of several about the same side, direction and class of traffic the newest counts.',
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
    summary: 'State whether your side of a crossing is open, or its opening hours.',
    description:
      "Appends to the history. A statement about all traffic in both directions replaces your side's earlier ones of its kind (state or hours); a narrower one refines them. `entering` is the country that the traffic enters. A closure that begins later is planned: it is shown in `planned`, and holds from `from` to `to`. Outside its opening hours a side is closed, whatever state is stated.",
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
      const { is_known, statement, countries } = await statuses.add(caller, crossingId, body);
      if (!is_known) throw notFound('crossing', crossingId);
      if (!countries.includes(caller.country!))
        throw forbidden('side-missing', { crossing: crossingId, yours: caller.country });
      if (statement === null)
        throw invalidInput(
          [inBody('entering', 'entering-elsewhere', { crossing: crossingId, countries })],
          422,
        );
      return created(`/crossings/${crossingId}/status?country=${caller.country}`, new JsonText(statement));
    },
  }),

  operation({
    id: 'withdrawCrossingStatus',
    method: 'post',
    path: '/crossings/{crossingId}/status/{statementId}/withdrawal',
    tag: 'Crossings',
    summary: 'Withdraw a statement of your side that was a mistake.',
    description:
      'The statement stays in the history, marked, and counts at no instant: the states of the past are as if it had not been made. An end that has come is no mistake: state the new state instead.',
    roles: ['operator'],
    params: params.extend({ statementId: z.guid().meta({ description: 'Identifier of a statement.' }) }),
    body: StatusWithdrawal,
    bodyMediaTypes: ['application/json'],
    responses: { 200: { description: 'The statement.', schema: StatusStatement } },
    problems: [400, 401, 403, 404, 409, 422],
    async handle({ params, body: { reason }, caller }) {
      const text = await statuses.withdraw(caller, params, reason, (stated) =>
        permitWithdrawal(caller, params.statementId, stated),
      );
      return { body: new JsonText(text) };
    },
  }),
];

/** Any agency of the side's country: the side speaks with one voice. */
function permitWithdrawal(caller: Caller, id: string, stated: StoredStatement | undefined): void {
  if (!stated) throw notFound('statement', id);
  const { country, withdrawnAt } = stated;
  if (country !== caller.country)
    throw forbidden('side-of-other-country', { country, yours: caller.country });
  if (withdrawnAt) throw conflict('state-not-allowed', 'statement-withdrawn', { at: withdrawnAt });
}

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
