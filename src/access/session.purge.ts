import { startJob } from '../jobs/recurring.job.ts';
import type { JobSpec } from '../jobs/running.jobs.ts';
import type { SessionStore } from './session.store.ts';

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000; // the first requests after a start have priority

/** Hourly: deletes sessions that have ended. */
export const sessionPurge = ({ purge }: Pick<SessionStore, 'purge'>): JobSpec => ({
  name: 'session-purge',
  role: 'tripoint_purger',
  start: (_logger, report) =>
    startJob({ everyMs: EVERY_MS, firstAfterMs: FIRST_AFTER_MS, pass: purge, report }),
});
