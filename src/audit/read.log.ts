import type { Caller } from '../core/caller.ts';
import { message } from '../core/catalogue.ts';
import { Problem } from '../core/problem.ts';
import { type LabelledCollection, type Seen, seenNothing, type Trace } from '../core/trace.ts';
import { batchOf } from './audit.batch.ts';

/** One entry for the database. */
export interface ReadEntry extends Seen {
  action: 'read' | 'read-end' | 'refused';
  outcome: string;
  agency: string | undefined;
  country: string | undefined;
  key: string | undefined;
  subject: string | undefined;
  roles: readonly string[];
  operation: string;
  method: string;
  collection: string;
  target: string | undefined;
  filterHash: string;
  requestId: string;
  purpose: string | undefined;
}

export interface ReadLog {
  /**
   * Resolves when the content of the answer is audited: only then may its first byte leave. The later content of a stream
   * is not known yet.
   */
  begin(caller: Caller, isStream?: boolean): Promise<void>;
  /** Records how a started answer ended, asynchronously. */
  end(caller: Caller, isComplete: boolean): void;
  /** Records what a request had read before it was refused. */
  refuse(caller: Caller, status: number): Promise<void>;
  flush(): Promise<void>;
}

export interface ReadLogOptions {
  write: (entries: readonly ReadEntry[]) => Promise<void>;
  /** Collections whose non-CLEAR rows need a purpose. */
  purposeNeededFor?: readonly LabelledCollection[];
  /** Interval of the `continued` entries of open streams. */
  streamsToldMs?: number;
}

const LONGEST_WAIT_MS = 50;
const STREAMS_TOLD_MS = 60_000;

export function readLog({
  write,
  purposeNeededFor = [],
  streamsToldMs = STREAMS_TOLD_MS,
}: ReadLogOptions): ReadLog {
  const batch = batchOf(write, LONGEST_WAIT_MS);
  const begun = new WeakSet<Trace>();
  const streams = new Map<Trace, Caller>();
  let telling: NodeJS.Timeout | undefined;

  /** A stream may last for days: records the rows since the last entry and resets the count. */
  function tellStreams(): void {
    for (const [trace, caller] of streams) {
      if (!isToTell(trace)) continue;
      batch.addLater(entryOf(caller, trace, 'read-end', 'continued')).catch(() => {});
      Object.assign(trace.seen, seenNothing(), { targetReaders: trace.seen.targetReaders });
    }
  }

  function watch(trace: Trace, caller: Caller): void {
    streams.set(trace, caller);
    telling ??= setInterval(tellStreams, streamsToldMs).unref();
  }

  function unwatch(trace: Trace): void {
    streams.delete(trace);
    if (streams.size > 0) return;
    clearInterval(telling);
    telling = undefined;
  }

  // a missing purpose does not undo the write
  const mayNeedPurpose = (
    { hasWritten, seenIn, asked }: Trace,
    isStream: boolean,
  ): LabelledCollection | undefined =>
    hasWritten
      ? undefined
      : purposeNeededFor.find((collection) => (isStream ? asked : seenIn).has(collection));

  async function refuse(caller: Caller, status: number): Promise<void> {
    const { trace } = caller;
    if (trace && isToTell(trace)) await batch.add(entryOf(caller, trace, 'refused', String(status)));
  }

  return {
    refuse,

    async begin(caller, isStream = false) {
      const { trace } = caller;
      if (!trace || !(isToTell(trace) || (isStream && trace.asked.size > 0))) return;
      const collection = trace.purpose ? undefined : mayNeedPurpose(trace, isStream);
      if (collection) {
        await refuse(caller, 400);
        throw purposeNeeded(collection);
      }
      await batch.add(entryOf(caller, trace, 'read', 'begun'));
      begun.add(trace);
      if (isStream) watch(trace, caller);
    },

    end(caller, isComplete) {
      const { trace } = caller;
      if (!trace || !begun.has(trace)) return;
      unwatch(trace);
      const outcome = isComplete ? 'complete' : 'aborted';
      // the entry before the answer is written; the next request reports an unreachable database
      batch.addLater(entryOf(caller, trace, 'read-end', outcome)).catch(() => {});
    },

    flush: batch.flush,
  };
}

// the triggers have audited the written rows
const toTell = ({ seen, hasWritten, seenAfterWriting }: Trace): Seen =>
  hasWritten ? seenAfterWriting : seen;
const isToTell = (trace: Trace): boolean => toTell(trace).rows > 0;

function entryOf(
  { agency, country, keyId, subject, roles }: Caller,
  trace: Trace,
  action: ReadEntry['action'],
  outcome: string,
): ReadEntry {
  const { operation, method, collection, target, requestId, purpose } = trace;
  const { rows, shares, targetReaders } = toTell(trace);
  return {
    action,
    outcome,
    agency,
    country,
    key: keyId,
    subject,
    roles,
    operation,
    method,
    collection,
    target,
    filterHash: trace.filterHash(),
    requestId,
    purpose,
    rows,
    shares: [...shares],
    targetReaders: target === undefined ? 0 : targetReaders,
  };
}

const purposeNeeded = (collection: string) =>
  new Problem({
    status: 400,
    slug: 'purpose-needed',
    says: message('purpose-needed', { collection }),
  });
