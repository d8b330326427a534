import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { startJob } from '../src/jobs/recurring.job.ts';
import { eventually } from './support/eventually.ts';

/** As long as a job of the same pace takes for three passes. */
async function threePassesOfAnother(): Promise<void> {
  let passes = 0;
  const pass = async () => {
    passes += 1;
  };
  const job = startJob({ everyMs: 5, pass, warn() {} });
  await eventually(() => passes >= 3);
  await job.stop();
}

test('a job repeats its work, never concurrently, and stops after the running pass', async () => {
  let [passes, running, most] = [0, 0, 0];
  const job = startJob({
    everyMs: 5,
    async pass() {
      passes += 1;
      running += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
    },
    warn() {},
  });
  await eventually(() => passes >= 3);
  await job.stop();
  expect([most, running]).toEqual([1, 0]);
  const before = passes;
  await threePassesOfAnother();
  expect(passes).toBe(before);
});

test('a failing job logs the reason and continues', async () => {
  const told: unknown[] = [];
  const job = startJob({
    everyMs: 5,
    pass: () => Promise.reject(new Error('away')),
    warn: (error) => told.push(error),
  });
  await eventually(() => told.length >= 2);
  await job.stop();
  expect(told[0]).toEqual(new Error('away'));
});

test('a job can delay its first pass', async () => {
  let passes = 0;
  const pass = async () => {
    passes += 1;
  };
  const job = startJob({ everyMs: 60_000, firstAfterMs: 60_000, pass, warn() {} });
  await threePassesOfAnother();
  await job.stop();
  expect(passes).toBe(0);
});
