import type { Request } from 'express';
import { z } from 'zod';
import { OfWorld } from '../../geometry/feature.schema.ts';
import { exerciseOf } from '../../http/exercise.answer.ts';
import { operation } from '../../http/operation.ts';
import { JsonText } from '../../http/reply.ts';
import type { FeedLongPoll } from './feed.long-poll.ts';
import { feedParameters } from './feed.parameters.ts';
import type { FeedPage, FeedStore } from './feed.store.ts';

const MOST = 1000;
const LONGEST_WAIT_SECONDS = 60;

const Change = z
  .strictObject({
    collection: z.string().meta({
      description:
        'The layer, or a part of coordination: requests, responses, acknowledgements, assistance, same-as, offers, proposals, procedures, assessments, reactions.',
      example: 'incidents',
    }),
    id: z.string().meta({
      description: 'Feature id; of an acknowledgement `incident/agency`, of same-as `earlier/later`.',
    }),
    op: z.enum(['upsert', 'remove']).meta({
      description: '`upsert`: insert or replace; `remove`: deleted, or no longer visible to you.',
    }),
    at: z.iso.datetime().meta({ description: 'When it was written.' }),
    feature: z.looseObject({}).nullable().optional().meta({
      description:
        'With include=feature: the current feature of the layer, or coordination as a feature whose geometry is null; null if it no longer exists.',
    }),
  })
  .meta({ id: 'Change', description: 'One change of a feature by a transaction.' });

const Changes = z
  .strictObject({
    changes: z.array(Change).meta({ description: 'The changes.' }),
    cursor: z.string().meta({ description: 'Send it as `after` to get the next changes.' }),
    world: OfWorld.optional(),
  })
  .meta({ id: 'Changes', description: 'Changes in the order in which they became visible.' });

const feedQuery = (names: readonly string[]) =>
  z.strictObject({
    ...feedParameters(names),
    limit: z
      .int()
      .min(1)
      .overwrite((limit) => Math.min(limit, MOST))
      .default(100)
      .meta({ description: `Maximum number of changes, up to ${MOST}.`, example: 10 }),
    wait: z.number().min(0).max(LONGEST_WAIT_SECONDS).default(0).meta({
      description: 'Long polling: maximum seconds to wait for a change.',
      example: 25,
    }),
  });

/** The change feed, from which other systems keep a copy of what they may see. */
export const feedOperations = (names: readonly string[], feed: FeedStore, wait: FeedLongPoll) => [
  operation({
    id: 'listChanges',
    method: 'get',
    path: '/changes',
    tag: 'Exchange',
    summary: 'Follow changes.',
    description:
      'All features written, released to you or withdrawn from you since a cursor, once per transaction, without gaps. Ask once without `after`, read the layers, then follow the cursors: applied in order, the changes keep a copy up to date. A cursor gets 410 if it is older than the retained changes (`cursor-expired`) or names one that a restore or failover lost (`cursor-lost`): read the layers again, then follow the cursor of the problem.',
    query: feedQuery(names),
    responses: { 200: { description: 'Changes, perhaps none.', schema: Changes } },
    problems: [400, 410],
    async handle({ query: { after, wait: seconds, ...question }, caller, request }) {
      if (after === undefined)
        return answer(request, { changes: '', found: 0, cursor: await feed.now(caller) });
      const read = (cursor: string) => feed.read(caller, cursor, question);
      return answer(request, await wait({ read, after, seconds, request }));
    },
  }),
];

function answer(request: Request, { changes, cursor }: FeedPage) {
  const exercise = exerciseOf(request);
  const world = exercise ? `,"world":"${exercise.id}"` : '';
  return { body: new JsonText(`{"changes":[${changes}],"cursor":${JSON.stringify(cursor)}${world}}`) };
}
