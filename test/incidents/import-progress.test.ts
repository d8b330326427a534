import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { openProcesses, type Processes } from '../support/processes.ts';
import { listening } from '../support/served.ts';
import { keyOf, startService, type TestService } from '../support/service.ts';

const NDJSON = 'application/x-ndjson';
const SET = 200; // lines of the first set: src/features/incidents/import/set.size.ts
const key = keyOf('TUN', 'reporter');

let service: TestService;
let server: Server;
let port: number;
beforeAll(async () => {
  service = await startService();
  server = await listening(service);
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await service.stop();
});

let last = 0;
const line = (properties: object = {}) =>
  `${JSON.stringify(anIncident({ source: 'progress', externalId: `line-${++last}`, ...properties }))}\n`;
const lines = (count: number) => Array.from({ length: count }, () => line()).join('');

function upload({ accept = NDJSON, type = 'application/geo+json-seq' } = {}): ClientRequest {
  return request({
    port,
    method: 'POST',
    path: '/v1/incidents/import',
    headers: { Authorization: `Bearer ${key}`, Accept: accept, 'Content-Type': type },
  });
}

const answerOf = async (asked: ClientRequest) => (await once(asked, 'response'))[0] as IncomingMessage;

describe('the progress of an import', () => {
  test('is answered while the file is still being sent, and ends with the result', async () => {
    const asked = upload();
    asked.write(lines(SET + 1));
    const answer = await answerOf(asked);
    expect(answer.headers['content-type']).toContain(NDJSON);
    const told = createInterface({ input: answer })[Symbol.asyncIterator]();
    const { value: first } = await told.next();
    expect(JSON.parse(first)).toEqual({
      progress: { lines: SET, accepted: SET, updated: 0, unchanged: 0, rejected: 0 },
    });
    // only now comes the rest of the file
    asked.end(line({ kind: 'camels' }) + lines(3));
    const rest: string[] = [];
    for (let next = await told.next(); !next.done; next = await told.next()) rest.push(next.value);
    expect(JSON.parse(rest.at(-1)!)).toMatchObject({
      result: { accepted: SET + 4, updated: 0, unchanged: 0, rejected: { total: 1 } },
    });
  });

  test('says what ended it; the lines before are kept', async () => {
    await asTableOwner(
      service.db,
      sql`CREATE FUNCTION base.fill_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$`,
    );
    await asTableOwner(
      service.db,
      sql`CREATE TRIGGER fill_disk BEFORE INSERT ON base.incident FOR EACH ROW
        WHEN (new.source = 'fills the disk') EXECUTE FUNCTION base.fill_disk()`,
    );
    const asked = upload();
    asked.write(lines(SET + 1));
    const answer = await answerOf(asked);
    expect(answer.statusCode).toBe(200);
    const first = last - SET;
    asked.end(line({ source: 'fills the disk' }));
    const told = (await text(answer)).trim().split('\n');
    expect(JSON.parse(told[0]!)).toMatchObject({ progress: { accepted: SET } });
    expect(JSON.parse(told.at(-1)!)).toMatchObject({ problem: { status: 507 } });
    const again = upload({ accept: 'application/json' });
    again.end(line({ externalId: `line-${first}` }));
    expect(JSON.parse(await text(await answerOf(again)))).toMatchObject({ accepted: 0 });
  });

  test('is only for those who ask for it', async () => {
    const asked = upload({ accept: 'application/json' });
    asked.end(lines(2));
    const answer = await answerOf(asked);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(JSON.parse(await text(answer))).toMatchObject({ accepted: 2 });
  });

  test('a file of which nothing can be read is 400 as before', async () => {
    const asked = upload({ type: 'text/csv' });
    asked.end('lon,lat,driver\n');
    const answer = await answerOf(asked);
    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(await text(answer)).detail).toMatch(/driver/);
  });
});

describe('the command import', () => {
  let processes: Processes;
  beforeAll(async () => {
    processes = await openProcesses();
  });
  afterAll(() => processes.end());

  test('shows lines that are done, and reports the result', async () => {
    const file = join(processes.folder, 'lines.geojsonl');
    await writeFile(file, lines(600) + line({ kind: 'camels' }));
    const { code, output } = await processes.run([
      'import',
      file,
      '--key',
      key,
      '--url',
      `http://127.0.0.1:${port}`,
    ]);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/\d+% sent \| 601 lines done, 1 rejected \| \d+ a second/);
    expect(output).toMatch(/600 accepted, 0 updated, 0 unchanged, 1 rejected\n {2}line 601: /);
  }, 60_000);

  test('says why a key is refused', async () => {
    const file = join(processes.folder, 'refused.geojsonl');
    await writeFile(file, lines(5));
    const args = ['import', file, '--key', `tp_${'x'.repeat(40)}`, '--url', `http://127.0.0.1:${port}`];
    const { code, output } = await processes.run(args);
    expect(code).toBe(1);
    expect(output).toMatch(/key/i);
    expect(output).not.toMatch(/\n\s+at /);
  }, 60_000);
});
