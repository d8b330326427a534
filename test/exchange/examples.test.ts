import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { sealPosition } from '../../src/exchange/feed/feed.cursor.ts';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { anIncident } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { settled } from '../support/feed.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// The programs of docs/examples, run as docs/exchange.md says.
const run = promisify(execFile);
const KEY = keyOf('DZA', 'reader');
const REPORTER = as(keyOf('TUN', 'reporter'));
const QUIET = { NODE_OPTIONS: '' };

let service: TestService;
let http: HttpServer;
let url: string;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  service = await startService();
  http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
  http.server.closeAllConnections();
  await http.close();
  await service.stop();
});

const env = () => ({ ...process.env, ...QUIET, TRIPOINT_URL: url, TRIPOINT_KEY: KEY });

async function report(properties: Parameters<typeof anIncident>[0] = { tlp: 'GREEN' }): Promise<string> {
  const headers = { ...REPORTER, 'Content-Type': 'application/geo+json' };
  const body = JSON.stringify(anIncident(properties));
  const answer = await fetch(`${url}/v1/incidents`, { method: 'POST', headers, body });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

const withdraw = (id: string) =>
  service.api
    .post('/v1/release')
    .set(REPORTER)
    .send({ collection: 'incidents', id, tlp: 'AMBER+STRICT' })
    .expect(200);

/** A cursor from before a restore. */
async function lostCursor(): Promise<string> {
  const [feed] = await service.db.query<{ secret: Buffer }>(ANONYMOUS, sql`SELECT f.secret FROM feed AS f`);
  return sealPosition({ xid: '1', collection: '', id: '', nonce: randomUUID() }, feed!.secret);
}

/** Every layer as its reader sees it now. */
async function layers(): Promise<Map<string, unknown>> {
  const { body } = await service.api.get('/v1/collections').set(as(KEY)).expect(200);
  const features = new Map<string, unknown>();
  for (const { id } of body.collections) {
    const page = await service.api.get(`/v1/collections/${id}/items?limit=10000`).set(as(KEY)).expect(200);
    for (const feature of page.body.features) features.set(`${id}/${feature.id}`, feature);
  }
  return features;
}

describe('follow.mjs', () => {
  const copy = () => join(folder, 'copy');
  const follow = async () => {
    await settled(service);
    return run(process.execPath, ['docs/examples/follow.mjs', copy(), '--once'], { env: env() });
  };
  const copied = (): Map<string, unknown> =>
    new Map(
      readdirSync(copy(), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap(({ name }) =>
          readdirSync(join(copy(), name)).map((file): [string, unknown] => [
            `${name}/${decodeURIComponent(file.replace(/\.geojson$/, ''))}`,
            JSON.parse(readFileSync(join(copy(), name, file), 'utf8')),
          ]),
        ),
    );
  const sorted = (map: Map<string, unknown>) => [...map].sort(([one], [other]) => (one < other ? -1 : 1));
  const isTrue = async () => expect(sorted(copied())).toEqual(sorted(await layers()));

  test('copies all layers, and then keeps the copy up to date', async () => {
    const before = await report();
    await follow();
    await isTrue();
    expect(copied().has(`incidents/${before}`)).toBe(true);
    const [later, gone] = [await report(), await report()];
    await report({ tlp: 'RED' });
    expect((await follow()).stdout).toContain(`upsert incidents ${later}`);
    await isTrue();
    await withdraw(gone);
    expect((await follow()).stdout).toContain(`remove incidents ${gone}`);
    await isTrue();
    expect(copied().has(`incidents/${gone}`)).toBe(false);
  }, 60_000);

  test('reads all layers again after a lost cursor', async () => {
    const stray = join(copy(), 'incidents', `${randomUUID()}.geojson`);
    writeFileSync(stray, '{}');
    writeFileSync(join(copy(), 'cursor'), await lostCursor());
    const id = await report();
    await follow();
    await isTrue();
    expect(existsSync(stray)).toBe(false);
    expect(copied().has(`incidents/${id}`)).toBe(true);
  }, 60_000);

  test('waits for changes, and resumes after kill -9', async () => {
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['docs/examples/follow.mjs', copy()], { env: env() });
      children.push(child);
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      const first = await report();
      await eventually(() => output.includes(first));
      expect(output).toContain(first);
      const writing = Array.from({ length: 10 }, () => report());
      await Promise.all(writing.slice(0, 3 * round));
      child.kill('SIGKILL');
      await Promise.all(writing);
    }
    await follow();
    await isTrue();
  }, 120_000);

  test('waits while the service is down', async () => {
    const open = (port: number) => openHttpServer(service.app, { host: '127.0.0.1', port });
    // somebody who breaks off stands in for it
    let calls = 0;
    const away = createServer((socket) => {
      socket.once('data', () => {
        calls += 1;
        socket.resetAndDestroy();
      });
    }).listen(0, '127.0.0.1');
    await once(away, 'listening');
    const { port } = away.address() as AddressInfo;
    const child = spawn(process.execPath, ['docs/examples/follow.mjs', copy(), '--once'], {
      env: { ...env(), TRIPOINT_URL: `http://127.0.0.1:${port}` },
    });
    children.push(child);
    const ended = once(child, 'exit');
    const id = await report();
    await eventually(() => calls >= 2);
    expect(child.exitCode).toBeNull();
    away.close();
    await once(away, 'close');
    const back = await open(port);
    expect(await ended).toEqual([0, null]);
    back.server.closeAllConnections();
    await back.close();
    expect(copied().has(`incidents/${id}`)).toBe(true);
  }, 60_000);
});

describe('follow.sh', () => {
  const copy = () => join(folder, 'curl');
  const follow = async () => {
    await settled(service);
    return run('bash', ['docs/examples/follow.sh', copy(), '--once'], { env: env(), maxBuffer: 50_000_000 });
  };
  const lines = (name: string) => readFileSync(join(copy(), name), 'utf8').split('\n').filter(Boolean);
  const idsIn = (name: string) => lines(name).map((line) => JSON.parse(line).id);

  test('reads all layers, and then the changes', async () => {
    const before = await report({ tlp: 'GREEN', description: 'says "cursor":"nothing"' });
    await follow();
    expect(idsIn('incidents.geojsonl')).toContain(before);
    expect(idsIn('segments.geojsonl')).toHaveLength(50);
    const later = await report({ tlp: 'GREEN', description: 'says "cursor":"nothing"' });
    await follow();
    await follow();
    const changes = lines('changes.jsonl').flatMap((line) => JSON.parse(line).changes);
    expect(changes).toMatchObject([
      { collection: 'incidents', id: later, op: 'upsert', feature: { id: later } },
    ]);
  }, 60_000);

  test('reads all layers again after a lost cursor', async () => {
    const id = await report();
    writeFileSync(join(copy(), 'cursor'), await lostCursor());
    await follow();
    expect(idsIn('incidents.geojsonl')).toContain(id);
    expect(lines('changes.jsonl')).toEqual([]);
  }, 60_000);
});

describe('receive.mjs', () => {
  const secret = randomBytes(32);
  let address: string;

  async function receiver(inbox: string, more: Record<string, string> = {}): Promise<string> {
    const child = spawn(process.execPath, ['docs/examples/receive.mjs', inbox], {
      env: { ...process.env, ...QUIET, PORT: '0', ...more },
    });
    children.push(child);
    const [text] = await once(child.stdout, 'data');
    return `http://127.0.0.1:${/port (\d+)/.exec(String(text))![1]}/`;
  }

  interface Change {
    id?: string;
    at?: number;
    key?: Buffer;
    /** What is sent, where not what was signed. */
    sent?: string;
  }

  /** As decision 22 says. */
  function post(
    to: string,
    message: object,
    { id = randomUUID(), at = Date.now(), key = secret, sent }: Change = {},
  ) {
    const body = JSON.stringify(message);
    const timestamp = String(Math.floor(at / 1000));
    const sign = (one: Buffer) =>
      `v1,${createHmac('sha256', one).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `${sign(randomBytes(32))} ${sign(key)}`,
    };
    return fetch(to, { method: 'POST', headers, body: sent ?? body });
  }

  const inbox = () => join(folder, 'inbox.jsonl');
  const kept = () => (existsSync(inbox()) ? readFileSync(inbox(), 'utf8').split('\n').filter(Boolean) : []);
  const alert = { type: 'alert', timestamp: '2026-11-01T00:00:00Z', data: { id: 'a' } };

  beforeAll(async () => {
    address = await receiver(inbox(), { WEBHOOK_SECRET: `whsec_${secret.toString('base64')}` });
  });

  test('answers the challenge, even before it knows the secret', async () => {
    const verification = { type: 'verification', data: { challenge: 'c4' } };
    expect(await (await post(address, verification)).json()).toEqual({ challenge: 'c4' });
    const fresh = await receiver(join(folder, 'none.jsonl'));
    expect(await (await post(fresh, verification)).json()).toEqual({ challenge: 'c4' });
    expect((await post(fresh, alert)).status).toBe(401);
  });

  test('processes each message once, despite repeats and a restart', async () => {
    const id = randomUUID();
    for (let n = 0; n < 3; n++) expect((await post(address, alert, { id })).status).toBe(200);
    expect(kept().map((line) => JSON.parse(line))).toEqual([{ id, type: 'alert', data: alert.data }]);
    const again = await receiver(inbox(), { WEBHOOK_SECRET: `whsec_${secret.toString('base64')}` });
    expect((await post(again, alert, { id })).status).toBe(200);
    expect(kept()).toHaveLength(1);
  });

  test('rejects unsigned, modified and old messages', async () => {
    const before = kept().length;
    const cases: Change[] = [
      { key: randomBytes(32) },
      { sent: JSON.stringify({ ...alert, data: { id: 'b' } }) },
      { at: Date.now() - 600_000 },
      { at: Date.now() + 600_000 },
      { at: Number.NaN },
    ];
    for (const one of cases) expect((await post(address, alert, one)).status).toBe(401);
    expect((await fetch(address, { method: 'POST', body: JSON.stringify(alert) })).status).toBe(401);
    expect((await fetch(address)).status).toBe(405);
    expect((await post(address, alert, { sent: 'x' })).status).toBe(500);
    expect(kept()).toHaveLength(before);
  });
});
