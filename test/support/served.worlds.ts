import { pino } from 'pino';
import { loadConfig } from '../../src/config.ts';
import { ALONE } from '../../src/core/siblings.ts';
import { openSource } from '../../src/db/start.ts';
import { openService } from '../../src/service.ts';
import { type HttpClient, openClient } from './http.client.ts';
import { createServerDatabase, dropServerDatabase, type ServerDatabase } from './server.database.ts';

export interface ServedWorlds {
  client: HttpClient;
  log: { level: number; msg: string; exercise?: string }[];
  stop(): Promise<void>;
}

/** The service as `tripoint serve` runs it, with its jobs and the exercises of WORLDS. */
export async function serveWorlds(env: Record<string, string>): Promise<ServedWorlds> {
  const log: ServedWorlds['log'] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => log.push(JSON.parse(line)) });
  const config = loadConfig({ WEBHOOK_ALLOW: '127.0.0.1', ...env });
  const source = await openSource(config, () => {});
  const features = import('../../src/app.ts');
  const service = await openService({ config, source, logger, features, siblings: ALONE });
  const client = await openClient(service.listener);
  return {
    client,
    log,
    async stop() {
      service.end();
      await client.close();
      await service.close();
    },
  };
}

export const urlOf = ({ connection }: { connection: object }): string =>
  (connection as ServerDatabase['connection']).connectionString;

/** A copy of a database that nobody is connected to, which no service has used. */
export async function copyOf(database: { connection: object }) {
  const copy = await createServerDatabase(new URL(urlOf(database)).pathname.slice(1));
  return { url: copy.connection.connectionString, drop: () => dropServerDatabase(copy.name) };
}
