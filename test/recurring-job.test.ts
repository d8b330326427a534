import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { watchJobs } from '../src/jobs/job.health.ts';
import { startJob } from '../src/jobs/recurring.job.ts';
import { startJobs } from '../src/jobs/running.jobs.ts';
import { eventually } from './support/eventually.ts';

const silent = { failed() {}, wentWell() {} };

/** As long as a job of the same pace takes for three passes. */
async function threePassesOfAnother(): Promise<void> {
  let passes = 0;
  const pass = async () => {
    passes += 1;
  };
  const job = startJob({ everyMs: 5, pass, report: silent });
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
      await threePassesOfAnother();
      running -= 1;
    },
    report: silent,
  });
  await eventually(() => passes >= 3);
  await job.stop();
  expect([most, running]).toEqual([1, 0]);
  const before = passes;
  await threePassesOfAnother();
  expect(passes).toBe(before);
});

test('a failing job reports the reason and continues', async () => {
  const told: unknown[] = [];
  const job = startJob({
    everyMs: 5,
    pass: () => Promise.reject(new Error('away')),
    report: { failed: (error) => told.push(error), wentWell() {} },
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
  const job = startJob({ everyMs: 60_000, firstAfterMs: 60_000, pass, report: silent });
  await threePassesOfAnother();
  await job.stop();
  expect(passes).toBe(0);
});

describe('the health of jobs', () => {
  const watched = () => {
    const lines: { level: number; job: string; msg: string }[] = [];
    const logger = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line)) });
    return { lines, logger };
  };
  const forbidden = Object.assign(new Error('permission denied to set role'), { code: '42501' });

  test('counts a failure from its first pass to the next success, and logs both once', () => {
    const { lines, logger } = watched();
    let nowMs = 1000;
    const { reportOf, faults } = watchJobs(logger, () => nowMs);
    const report = reportOf('sealing', 'tripoint_sealer');
    report.failed(new Error('away'));
    nowMs = 2000;
    report.failed(new Error('still away'));
    expect(faults()).toEqual([{ job: 'sealing', isForbidden: false, sinceMs: 1000, reason: 'still away' }]);
    report.wentWell();
    report.wentWell();
    expect(faults()).toEqual([]);
    expect(lines.map(({ level, job, msg }) => [level, job, msg])).toEqual([
      [40, 'sealing', 'job failed'],
      [30, 'sealing', 'job runs again'],
    ]);
  });

  test('names at once each job whose login lacks the role, before its first pass', async () => {
    const { lines, logger } = watched();
    const start = () => ({ stop: async () => {} });
    const jobs = startJobs(
      [
        { name: 'sealing', role: 'tripoint_sealer', start },
        { name: 'feed-clock', role: 'tripoint_clock', start },
        { name: 'change-purge', role: 'tripoint_clock', start },
        { name: 'read-log', start },
      ],
      { logger, tryRole: async (role) => role === 'tripoint_clock' && Promise.reject(forbidden) },
    );
    await eventually(() => jobs.faults().length >= 2);
    await jobs.stop();
    expect(jobs.faults().map(({ job, isForbidden }) => [job, isForbidden])).toEqual([
      ['feed-clock', true],
      ['change-purge', true],
    ]);
    expect(lines[0]!.msg).toMatch(
      /^The job feed-clock may not run: .* tripoint_clock\. Run: tripoint roles$/,
    );
  });
});
