import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { startJob } from '../src/jobs/recurring.job.ts';

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
  while (passes < 3) await sleep(5);
  await job.stop();
  expect([most, running]).toEqual([1, 0]);
  const before = passes;
  await sleep(50);
  expect(passes).toBe(before);
});

test('a failing job logs the reason and continues', async () => {
  const told: unknown[] = [];
  const job = startJob({
    everyMs: 5,
    pass: () => Promise.reject(new Error('away')),
    warn: (error) => told.push(error),
  });
  while (told.length < 2) await sleep(5);
  await job.stop();
  expect(told[0]).toEqual(new Error('away'));
});

test('a job can delay its first pass', async () => {
  let passes = 0;
  const pass = async () => {
    passes += 1;
  };
  const job = startJob({ everyMs: 60_000, firstAfterMs: 60_000, pass, warn() {} });
  await sleep(50);
  await job.stop();
  expect(passes).toBe(0);
});
