import type { LabelledCollection } from '../core/trace.ts';
import type { Database } from '../db/database.ts';
import type { JobSpec } from '../jobs/running.jobs.ts';
import { type AttemptLog, attemptLog } from './attempt.log.ts';
import { auditOperations } from './audit.routes.ts';
import { startSealer } from './audit.sealer.ts';
import { auditStore } from './audit.store.ts';
import { requestAudit } from './audit.trace.ts';
import { type ReadLog, readLog } from './read.log.ts';

export interface AuditSettings {
  /** Collections whose non-CLEAR rows need a purpose. */
  purposeNeededFor?: readonly LabelledCollection[];
  /** Whether this process seals the log. Default: true. */
  isSealing?: boolean;
  /** Called after new seals. */
  sealed?: () => void;
  /** Default: a standard read log. `off` is for measuring its cost. */
  reads?: ReadLog | 'off' | undefined;
  /** Default: an own one. */
  attempts?: AttemptLog | undefined;
}

export function audit(
  db: Database,
  { purposeNeededFor = [], isSealing = true, sealed, reads: given, attempts: givenAttempts }: AuditSettings,
) {
  const store = auditStore(db, sealed);
  const isOwn = given === undefined || given === 'off';
  const reads = isOwn ? readLog({ write: store.writeReads, purposeNeededFor }) : given;
  const attempts = givenAttempts ?? attemptLog({ write: store.writeAttempts });
  const stop = async () => {
    await reads.flush();
    await attempts.flush();
  };
  const flushing: JobSpec = { name: 'read-log', isEverywhere: true, start: () => ({ stop }) };
  const sealing: JobSpec = {
    name: 'sealing',
    role: 'tripoint_sealer',
    start: (_, report) => startSealer({ seal: store.seal, report }),
  };
  return {
    operations: auditOperations(store),
    reads,
    /** The part of the log that answers use. */
    requests: given === 'off' ? undefined : requestAudit(reads, attempts),
    figures: [
      {
        name: 'audit_sealing_lag_seconds',
        help: 'Age of the oldest audit entry that waits for its seal.',
        read: store.sealingLag,
        reason: 'sealing' as const,
      },
    ],
    jobs: isSealing ? [flushing, sealing] : [flushing],
  };
}
export type Audit = ReturnType<typeof audit>;
