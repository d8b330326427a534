import { createServer, request } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface ControlSocket {
  close(): Promise<void>;
}

const BACKUP = '/backup';

/**
 * For commands of the same user while the service runs: HTTP on a Unix socket in a folder that only this user can enter,
 * and so without a key.
 */
export async function openControlSocket(
  path: string,
  backUp: () => Promise<Readable>,
): Promise<ControlSocket> {
  const server = createServer(async (req, res) => {
    if (req.method !== 'POST' || req.url !== BACKUP) return void res.writeHead(404).end();
    try {
      const backup = await backUp();
      res.writeHead(200, { 'Content-Type': 'application/gzip' });
      await pipeline(backup, res);
    } catch (error) {
      if (res.headersSent) res.destroy();
      else res.writeHead(500).end((error as Error).message);
    }
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(path, done));
  server.unref();
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A backup by the service behind the socket. */
export const askForBackup = (socketPath: string): Promise<Readable> =>
  new Promise((done, failed) => {
    const asked = request({ socketPath, path: BACKUP, method: 'POST' }, async (answer) => {
      if (answer.statusCode === 200) return done(answer);
      let text = '';
      for await (const piece of answer) text += piece;
      failed(new Error(`The service could not make the backup: ${text}`));
    });
    asked.on('error', failed).end();
  });
