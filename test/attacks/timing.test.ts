import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type OpenMatrix, openMatrix } from '../matrix/open.matrix.ts';
import { maySee, maySeeZone } from '../support/audience.oracle.ts';
import { callerOf } from '../support/callers.ts';
import { type HttpClient, openClient } from '../support/http.client.ts';
import { type RecordedStatement, recordingDatabase } from '../support/statement.record.ts';

let matrix: OpenMatrix;
let client: HttpClient;
const statements = new Map<string, RecordedStatement>();
beforeAll(async () => {
  matrix = await openMatrix();
  const db = recordingDatabase(matrix.service.db, statements);
  client = await openClient(matrix.service.appWith({ db }));
});
afterAll(async () => {
  await client.close();
  await matrix.close();
});

/** The statements that a refused question sends to the database, without their values. */
async function workFor(path: string, headers: Record<string, string>): Promise<string[]> {
  statements.clear();
  const { status } = await client.ask({ path, headers });
  expect([400, 404]).toContain(status);
  // noted once a minute for each key, whatever it asks
  return [...statements.keys()].filter((text) => !text.includes('note_key_use('));
}

const cases: [what: string, of: 'incident' | 'zone', pathOf: (id: string) => string][] = [
  ['an incident', 'incident', (id) => `/incidents/${id}`],
  ['reports of an incident', 'incident', (id) => `/incidents/${id}/reports`],
  ['a legal hold', 'incident', (id) => `/incidents/${id}/legal-hold`],
  ['a zone', 'zone', (id) => `/zones/${id}`],
  ['revisions of a zone', 'zone', (id) => `/zones/${id}/revisions`],
  ['incidents of a zone', 'zone', (id) => `/zones/${id}/incidents`],
  ['incidents within a zone', 'zone', (id) => `/incidents?within=${id}`],
  ['who answers for a zone', 'zone', (id) => `/agencies/responsible?zone=${id}`],
];

describe('a 404 for a hidden row costs the same work as one for a missing row', () => {
  test.each(cases)('for %s', async (_what, of, pathOf) => {
    const caller = callerOf('LBY', 'reader');
    const may = of === 'zone' ? maySeeZone : maySee;
    const hidden = matrix.things.filter((thing) => !may(caller, thing));
    expect(hidden.length).toBeGreaterThan(0);
    // the key is looked up once
    await workFor(pathOf('none'), caller.headers);
    for (const [n, thing] of hidden.entries()) {
      const missing = of === 'zone' ? `zone-nowhere-${n}` : uuidv7();
      const work = await workFor(pathOf(missing), caller.headers);
      expect(work.length).toBeGreaterThan(0);
      expect(await workFor(pathOf(thing[of]), caller.headers)).toEqual(work);
    }
  });
});
