import type { Logger } from 'pino';
import { type JobHealth, watchJobs } from '../jobs/job.health.ts';
import { type Job, startJob } from '../jobs/recurring.job.ts';
import type { Fault, InstallationStore } from './installation.store.ts';
import { type Head, readWitness, writeWitness } from './witness.file.ts';

export interface GateSettings {
  look: InstallationStore['look'];
  /** File of the newest audit head. */
  witness: string | undefined;
  /** Default: looks only when told to. */
  everyMs?: number | undefined;
  logger: Logger;
  /** Whether a failure means that the database cannot be reached. */
  isAway(error: Error): boolean;
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Why nobody is answered: the database was restored, or it answers and cannot be compared. */
export type Block = 'restored' | Error;

export interface Gate extends Pick<JobHealth, 'faults'> {
  /** While the database has not been compared since it was reached, this compares it. */
  block(): Block | undefined | Promise<Block | undefined>;
  /** Compares again, and takes the newest head over to the witness. */
  look(): Promise<void>;
  /** Compares now, over the connection of this `look`, and waits for nothing else: a pass under way may wait for the asker. */
  admits(look: InstallationStore['look']): Promise<boolean>;
  stop(): Promise<void>;
}

type State = 'unknown' | 'open' | Block;

/** Opens the service once the database is known to be the one that was started before. */
export async function restoreGate(settings: GateSettings): Promise<Gate> {
  const { logger, everyMs } = settings;
  const health = watchJobs(logger);
  const { compare, findFault } = await comparison(settings, health);
  let state: State = 'unknown';
  let isOpened = false;
  let looking: Promise<void> | undefined;

  async function pass(): Promise<void> {
    const fault = await compare();
    if (fault !== undefined) {
      if (state !== 'restored') logger.error({ fault }, CLOSED[fault]);
      state = 'restored';
      if (isOpened) await settings.close();
      isOpened = false;
      return;
    }
    if (!isOpened) await settings.open();
    if (state === 'restored') logger.warn('The service is open again.');
    isOpened = true;
    state = 'open';
  }

  function fail(error: Error): void {
    if (state === 'restored') return;
    const isAway = settings.isAway(error);
    if (!isAway && (state === 'open' || state === 'unknown')) logger.error({ err: error }, NOT_COMPARED);
    // an unreachable database may come back as another one
    state = isAway ? 'unknown' : error;
  }

  function look(): Promise<void> {
    looking ??= pass()
      .catch(fail)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  const known = () => (state === 'open' || state === 'unknown' ? undefined : state);
  await look();
  const job: Job | undefined =
    everyMs === undefined ? undefined : startJob({ pass: look, everyMs, report: SILENT });
  return {
    /** A witness that cannot be written. */
    faults: health.faults,
    block: () => (state === 'open' || state === 'restored' ? known() : look().then(known)),
    look,
    admits: async (lookThere) => {
      const isAdmitted = (await findFault(lookThere)) === undefined;
      if (!isAdmitted) void look();
      return isAdmitted;
    },
    stop: async () => {
      await job?.stop();
      await looking;
    },
  };
}

const SILENT = { failed() {}, wentWell() {} };
const OPENING =
  'Nothing is served until the operator has run `tripoint restored --replay <export of the audit log>` or `tripoint restored --nothing-elsewhere` (docs/operations.md).';
const NOT_COMPARED =
  'The database cannot be compared with the one that was started before. Nothing is served until it can.';
const CLOSED: Record<Fault, string> = {
  moved: `restored: the database is not where it was started before: a dump or a copy of a folder was restored. ${OPENING}`,
  rewound: `restored: the database lacks the newest head of the audit log that the witness keeps: it was set back to an earlier time. ${OPENING}`,
};

interface Comparison {
  /** Keeps the witness up to date. */
  compare(): Promise<Fault | undefined>;
  /** Only reads it. */
  findFault(look: InstallationStore['look']): Promise<Fault | undefined>;
}

/** Compares the database with the stored identifiers and the witness. */
async function comparison({ look, witness, logger }: GateSettings, health: JobHealth): Promise<Comparison> {
  if (witness === undefined) {
    logger.warn('TRIPOINT_WITNESS is not set: a restore of disks or folders cannot be noticed.');
    const findFault: Comparison['findFault'] = async (ask) => (await ask(undefined)).fault;
    return { compare: () => findFault(look), findFault };
  }
  let kept = await readWitness(witness);
  const writing = health.reportOf('witness');
  const keep = async (head: Head) => {
    try {
      await writeWitness(witness, head);
      kept = head;
      writing.wentWell();
    } catch (error) {
      writing.failed(error);
    }
  };
  const compare = async () => {
    const { fault, head } = await look(kept);
    if (!kept && head)
      logger.warn(`The witness ${witness} did not exist: a restore before this moment could not be noticed.`);
    if (fault === undefined && head && head.seal !== kept?.seal) await keep(head);
    return fault;
  };
  return { compare, findFault: async (ask) => (await ask(kept)).fault };
}
