import type { AddressInfo } from 'node:net';
import compression from 'compression';
import express from 'express';
import helmet from 'helmet';
import pg from 'pg';
import type { LimitSettings } from './express.limit.ts';

// The limit of Express: an empty handler with helmet and compression.

const { url, steps, poolSize } = JSON.parse(process.env.EXPRESS_LIMIT!) as LimitSettings;
const pool = new pg.Pool({ connectionString: url, max: poolSize, pipeline: true } as pg.PoolConfig);

async function ask(): Promise<string> {
  const client = await pool.connect();
  try {
    const results = await Promise.all(steps.map((step) => client.query({ ...step })));
    return String(Object.values(results.at(-2)!.rows[0])[0]);
  } finally {
    client.release();
  }
}

const app = express();
app.use(helmet(), compression());
app.get('*path', async (_req, res) => {
  res.type('application/geo+json').send(await ask());
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`Tripoint runs at http://127.0.0.1:${port}\n`);
});
process.once('SIGTERM', () => process.exit(0));
