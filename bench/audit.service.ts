import { pino } from 'pino';
import { createApp, serviceOf } from '../src/app.ts';
import { httpSettingsOf, loadConfig } from '../src/config.ts';
import { connectTo, openSource } from '../src/db/start.ts';
import { openHttpServer } from '../src/http/listen.ts';

// The service without an audit log, for comparison by audit.bench.ts.
const config = loadConfig();
const source = await openSource(config, () => {});
const db = connectTo(source, config);
const logger = pino({ level: config.LOG_LEVEL });
const app = createApp(db, { audit: { reads: 'off' } }, logger);
const service = serviceOf(app, {
  ...httpSettingsOf(config),
  logger,
  ready: async () => [],
  poolStats: db.poolStats,
});
const { server } = await openHttpServer(service, { host: config.HOST, port: config.PORT });
const address = server.address();
process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}\n`);
