import { join } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { exceptionsAsErrors, listenToComplaints, mendErrors } from './embedded.errors.ts';
import { leanPostgis } from './embedded.postgis.ts';
import { serveSessions } from './embedded.sessions.ts';
import { DURABLE_START, openStorage } from './embedded.storage.ts';
import type { ThreadMessage, ThreadRequest, ThreadSettings } from './embedded.thread.ts';
import { asOwner, startUpkeep } from './embedded.upkeep.ts';
import { copyRest } from './folder.copy.ts';
import { filesInMemory } from './memory.files.ts';

const { folder, image, socket } = workerData as ThreadSettings;
const tell = (message: ThreadMessage) => parentPort?.postMessage(message);
const log = (sentence: string) => tell({ kind: 'log', sentence });

const complaints = listenToComplaints();
const storage = folder === 'memory' ? undefined : openStorage(folder, image);
const isNew = storage?.isNew ?? true;
const db = await PGlite.create({
  extensions: {
    postgis: leanPostgis,
    complaints: complaints.extension,
    exceptionsAsErrors,
    ...(!storage && image && { image: filesInMemory(image) }),
  },
  ...(storage && { fs: storage.files, startParams: DURABLE_START }),
  // the cluster that initdb makes, which takes 2 s of processor time
  ...(isNew && !image && { loadDataDir: await dataDir() }),
}).catch((error: Error) => {
  throw new Error(complaints.last() ?? error.message, { cause: error });
});
storage?.finish();
mendErrors(db, (cause) => {
  log(`The embedded database broke down: ${complaints.last() ?? cause}.`);
  process.exit(1);
});
const sessions = await serveSessions(db, socket);
const stopUpkeep = startUpkeep(db, sessions, log);

const requests: Record<ThreadRequest['kind'], (request: ThreadRequest) => Promise<void>> = {
  finishCopy: ({ to, copied }) =>
    sessions.atRest(async () => {
      await asOwner(db, () => db.exec('CHECKPOINT'));
      copyRest(join(folder, 'database'), to!, copied!);
    }),
  close: async () => {
    stopUpkeep();
    await sessions.close();
    await sessions.exclusively(() => db.close());
  },
};

parentPort?.on('message', ({ request, reply }: { request: ThreadRequest; reply: MessagePort }) => {
  requests[request.kind](request).then(
    () => reply.postMessage({}),
    (error: Error) => reply.postMessage({ failure: error.message }),
  );
});
tell({ kind: 'ready', isNew });
