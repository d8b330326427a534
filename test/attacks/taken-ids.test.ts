import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { hiddenWords, leaksIn } from '../matrix/leaks.ts';
import { type OpenMatrix, openMatrix } from '../matrix/open.matrix.ts';
import { maySee } from '../support/audience.oracle.ts';
import { anIncident } from '../support/builders.ts';
import { CALLERS, callerOf, type NamedCaller } from '../support/callers.ts';
import type { Answer } from '../support/http.client.ts';

// The only fact revealed about hidden incidents (SECURITY.md): that their id, with 74 random bits, is taken.
let matrix: OpenMatrix;
beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix.close());

const REPORTERS = CALLERS.filter(({ roles }) => roles.includes('reporter'));
const put = (caller: NamedCaller, id: string, body: object = anIncident()) =>
  matrix.client.ask({ path: `/incidents/${id}`, method: 'put', headers: caller.headers, body });

const gist = ({ status, text, body, headers }: Answer, id: string) => ({
  status,
  text: text.replaceAll(id, '…').replaceAll(body.requestId, '…'),
  headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
});

describe('a PUT under the id of another row', () => {
  test('gets the same 409 for hidden and visible rows', async () => {
    const answers = new Set<string>();
    for (const caller of REPORTERS)
      for (const { incident } of matrix.things) {
        const answer = await put(caller, incident);
        answers.add(JSON.stringify(gist(answer, incident)));
        expect(answer.body).toMatchObject({ status: 409, type: '/problems/id-taken' });
        expect(leaksIn(answer.text, hiddenWords(matrix.things, caller), incident)).toEqual([]);
      }
    expect(answers.size).toBe(1);
  });

  test('is 409 for the exact content of a hidden incident too: the match is not revealed', async () => {
    const id = uuidv7();
    const content = anIncident({ tlp: 'RED', occurredAt: '2026-10-01T00:00:00Z' });
    const owner = callerOf('DZA', 'reporter');
    expect((await put(owner, id, content)).status).toBe(201);
    expect((await put(owner, id, content)).status).toBe(200);
    for (const caller of REPORTERS.filter(({ agency }) => agency !== owner.agency))
      expect((await put(caller, id, content)).body).toMatchObject({
        status: 409,
        type: '/problems/id-taken',
      });
  });

  test('does not change it', async () => {
    const owner = callerOf('DZA', 'reporter');
    for (const thing of matrix.things.filter((one) => maySee(owner, one))) {
      const { body } = await matrix.client.ask({
        path: `/incidents/${thing.incident}`,
        headers: owner.headers,
      });
      expect(body.properties).toMatchObject({
        placeText: thing.word,
        tlp: thing.tlp,
        owner: 'DZA',
        revision: 2,
      });
    }
  });
});

test('the identity of an import belongs to the own agency: rows of others under it make no difference', async () => {
  const red = matrix.things.at(-1)!;
  for (const caller of REPORTERS.filter(({ agency }) => agency !== red.agency)) {
    const { body } = await matrix.dry.ask({
      path: '/incidents/import',
      method: 'post',
      headers: caller.headers,
      mediaType: 'application/geo+json-seq',
      body: JSON.stringify(anIncident({ source: red.word, externalId: red.word })),
    });
    expect(body).toMatchObject({ accepted: 1, updated: 0, unchanged: 0 });
  }
});
