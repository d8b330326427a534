import { z } from 'zod';
import { operation } from '../../http/operation.ts';
import { JsonText } from '../../http/reply.ts';
import type { FeedLongPoll } from './feed.long-poll.ts';
import { feedParameters } from './feed.parameters.ts';
import type { FeedPage, FeedStore } from './feed.store.ts';

const MOST = 1000;
const LONGEST_WAIT_SECONDS = 60;

const Change = z
  .strictObject({
    collection: z.string().meta({ description: 'The layer.', example: 'incidents' }),
    id: z.string().meta({ description: 'Of the feature.' }),
    op: z.enum(['upsert', 'remove']).meta({
      description: '`upsert`: read it anew; `remove`: it is gone, or no longer shown to you.',
    }),
    at: z.iso.datetime().meta({ description: 'When it was written.' }),
    feature: z
      .looseObject({})
      .nullable()
      .optional()
      .meta({ description: 'With include=feature: as the layer shows it now; null when it is gone since.' }),
  })
  .meta({ id: 'Change', description: 'What a transaction did to a feature.' });

const Changes = z
  .strictObject({
    changes: z.array(Change).meta({ description: 'The changes.' }),
    cursor: z.string().meta({ description: 'Ask with it as `after` for what comes next.' }),
  })
  .meta({ id: 'Changes', description: 'What happened, in the order in which it became visible.' });

const feedQuery = (names: readonly string[]) =>
  z.strictObject({
    ...feedParameters(names),
    limit: z
      .int()
      .min(1)
      .overwrite((limit) => Math.min(limit, MOST))
      .default(100)
      .meta({ description: `Most changes of one answer, up to ${MOST}.`, example: 10 }),
    wait: z.number().min(0).max(LONGEST_WAIT_SECONDS).default(0).meta({
      description: 'Seconds that the answer may wait until something comes.',
      example: 25,
    }),
  });

/** What other systems follow, so that each keeps a copy of what it may see. */
export const feedOperations = (names: readonly string[], feed: FeedStore, wait: FeedLongPoll) => [
  operation({
    id: 'listChanges',
    method: 'get',
    path: '/changes',
    tag: 'Exchange',
    summary: 'Follow what changes.',
    description:
      'Every feature that was written, released to you or withdrawn from you since a cursor, once for each transaction, and none left out, whatever commits late. Ask once without `after`, read the layers, then follow the cursors: applied in order, what comes keeps a copy true. Cursors hold for the time that changes are kept, then they are answered with 410.',
    query: feedQuery(names),
    responses: { 200: { description: 'What came, perhaps nothing.', schema: Changes } },
    problems: [400, 410],
    async handle({ query: { after, wait: seconds, ...question }, caller, request }) {
      if (after === undefined) return answer({ changes: '', found: 0, cursor: await feed.now(caller) });
      const read = (cursor: string) => feed.read(caller, cursor, question);
      return answer(await wait({ read, after, seconds, request }));
    },
  }),
];

const answer = ({ changes, cursor }: FeedPage) => ({
  body: new JsonText(`{"changes":[${changes}],"cursor":${JSON.stringify(cursor)}}`),
});
