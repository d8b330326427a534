import { z } from 'zod';
import { badRequest } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import type { StreamHub } from './stream.hub.ts';
import { streamQuery } from './stream.query.ts';

const LONGEST_ID = 500;

/** The change feed, pushed as soon as changes are readable. */
export const streamOperations = (
  names: readonly string[],
  filtered: Collection,
  { open }: Pick<StreamHub, 'open'>,
) => [
  operation({
    id: 'streamChanges',
    method: 'get',
    path: '/stream',
    tag: 'Exchange',
    summary: 'Stream changes.',
    description:
      'Server-Sent Events: in an exercise first `world`, with its id and names; `change`, as in /v1/changes; `alert` and `distress`, with the alert; `ping` when you are up to date, and every 15 quiet seconds; `reset` once after the database was restored: read the layers again, and go on from its `id`. Resume from the last `id`. `bbox`, `kind`, `zone` and `filter` select incidents; one that no longer matches is a `remove`.',
    query: streamQuery(names, filtered),
    headers: { 'Last-Event-ID': 'Instead of `after`.' },
    responses: {
      200: {
        description: 'Events.',
        mediaType: 'text/event-stream',
        schema: z.string(),
      },
    },
    problems: [400, 410, 422],
    async handle({ query, caller, request }) {
      const last = request.get('Last-Event-ID');
      if (last !== undefined && last.length > LONGEST_ID) throw badRequest('event-id-invalid');
      const body = await open({ caller, query, cursor: last || query.after, request });
      return { body, headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' } };
    },
  }),
];
