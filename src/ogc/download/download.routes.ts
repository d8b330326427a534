import { z } from 'zod';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { getCollection, nameOfCollection } from '../collection/collection.find.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { Downloads } from './download.file.reply.ts';
import { PROGRESS, progressReply } from './download.progress.ts';
import { mayFollow } from './download.store.ts';

/** The progress of files that were asked for with Prefer: respond-async. */
export const downloadOperations = (
  collections: readonly Collection[],
  { store, builds, elsewhere }: Downloads,
) => [
  operation({
    id: 'getDownload',
    method: 'get',
    path: '/collections/{collectionId}/downloads/{downloadId}',
    tag: 'Layers',
    summary: 'Read the progress of a file.',
    description:
      'Follows `Prefer: respond-async`. When the file is complete, it redirects to it. Callers with the same view as whoever asked for the file may read it.',
    params: z.strictObject({
      collectionId: nameOfCollection(collections),
      downloadId: z.uuid().meta({
        description: 'From the header `Location` of an answer 202.',
        example: '5d1c9c5e-6f0e-4b53-8a0e-3f6a3c1b7d20',
      }),
    }),
    examples: { params: { collectionId: 'incidents' } },
    responses: {
      200: PROGRESS,
      303: {
        description: 'The file is complete.',
        headers: { Location: 'The address of the file.' },
      },
    },
    problems: [404, 507],
    async handle({ params: { collectionId, downloadId }, caller, request }) {
      getCollection(collections, collectionId);
      if (elsewhere) return { passOn: elsewhere };
      const build = builds.find(downloadId);
      if (!build || build.collection !== collectionId || !mayFollow(caller, build.key))
        throw notFound('download', downloadId);
      const { outcome } = build;
      if (outcome && 'error' in outcome) throw outcome.error;
      if (outcome) return { status: 303, location: build.pathOf(outcome.version) };
      return progressReply(request, build, store.countWritten(build.key));
    },
  }),
];
