import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { together } from '../../console/api/together.ts';
import { eventually } from '../support/eventually.ts';

/** Work that ends when it is told to, and counts how often it ran, and how often beside itself. */
function slowWork() {
  const ends: (() => void)[] = [];
  const counts = { runs: 0, running: 0, beside: 0 };
  const work = async () => {
    counts.runs += 1;
    counts.beside += counts.running;
    counts.running += 1;
    await new Promise<void>((end) => ends.push(end));
    counts.running -= 1;
  };
  return { work, counts, end: () => ends.shift()!() };
}

test('the first request begins at once, and those that come meanwhile are one more run', async () => {
  const { work, counts, end } = slowWork();
  const ask = together(work);
  ask();
  expect(counts.runs).toBe(1);
  for (let n = 0; n < 100; n++) ask();
  end();
  await eventually(() => counts.runs === 2);
  end();
  await turn();
  expect(counts).toEqual({ runs: 2, running: 0, beside: 0 });
});

test('requests without end neither break off a run nor put off the next one', async () => {
  const { work, counts, end } = slowWork();
  const ask = together(work);
  const flood = setInterval(ask, 1);
  for (let run = 1; run <= 4; run++) {
    await eventually(() => counts.runs === run);
    end();
  }
  clearInterval(flood);
  expect(counts.beside).toBe(0);
});
