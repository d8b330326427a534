import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type OpenMatrix, openMatrix } from '../matrix/open.matrix.ts';
import { maySee, maySeeZone } from '../support/audience.oracle.ts';
import { callerOf } from '../support/callers.ts';

let matrix: OpenMatrix;
beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix.close());

const ROUNDS = 250;
const WARM_UP = 40;

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.floor((sorted.length - 1) * part)]!;

interface Spread {
  low: number;
  median: number;
  high: number;
}

function spreadOf(times: number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  return { low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75) };
}

/**
 * Asks two questions in turn, each time in another order, over one connection: whatever else the machine does meets both.
 * The times of a question alone spread by so much more than their medians differ that the one cannot be told from the
 * other by fewer than a great many requests.
 */
async function timesOf(first: () => string, second: () => string, headers: Record<string, string>) {
  const times: [number[], number[]] = [[], []];
  for (let round = -WARM_UP; round < ROUNDS; round++)
    for (const which of round % 2 === 0 ? [0, 1] : [1, 0]) {
      const path = which === 0 ? first() : second();
      const startedMs = performance.now();
      const { status } = await matrix.client.ask({ path, headers });
      const tookMs = performance.now() - startedMs;
      expect([400, 404]).toContain(status);
      if (round >= 0) times[which]!.push(tookMs);
    }
  return times.map(spreadOf) as [Spread, Spread];
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

describe('the duration of a 404 does not distinguish hidden from missing rows', () => {
  test.each(cases)('for %s', async (_what, of, pathOf) => {
    const caller = callerOf('LBY', 'reader');
    const may = of === 'zone' ? maySeeZone : maySee;
    const hidden = matrix.things.filter((thing) => !may(caller, thing));
    let n = 0;
    const existing = () => pathOf(hidden[n++ % hidden.length]![of]);
    const missing = () => pathOf(of === 'zone' ? `zone-nowhere-${n}` : uuidv7());
    const [one, other] = await timesOf(existing, missing, caller.headers);
    const apart = Math.abs(one.median - other.median);
    const noise = Math.max(one.high - one.low, other.high - other.low);
    expect(apart).toBeLessThan(noise);
  });
});
