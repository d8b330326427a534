/** Collections with labelled rows. */
export const LABELLED_COLLECTIONS = [
  'incidents',
  'zones',
  'offers',
  'distress',
  'changes',
  'alerts',
  'proposals',
  'indicators',
  'corrections',
  'shifts',
  'procedures',
  'impact',
] as const;
export type LabelledCollection = (typeof LABELLED_COLLECTIONS)[number];

/** The non-CLEAR rows that a request saw. */
export interface Seen {
  rows: number;
  /** How many of them DZA, LBY and TUN own; a row can have several owners. */
  shares: [dza: number, lby: number, tun: number];
  /** Bitmask of the countries whose auditors may see the target of the request. */
  targetReaders: number;
}

/** Audit facts of a request. The database layer adds what its statements read and wrote. */
export interface Trace {
  readonly operation: string;
  readonly method: string;
  readonly collection: string;
  readonly target: string | undefined;
  readonly requestId: string;
  readonly purpose: string | undefined;
  /** SHA-256, hexadecimal, computed on demand. */
  readonly filterHash: () => string;
  readonly seen: Seen;
  /** The collections of the rows seen, as far as a statement distinguishes them. */
  readonly seenIn: Set<LabelledCollection>;
  /** The collections that were queried for possibly non-CLEAR rows: in a stream, such rows may still come. */
  readonly asked: Set<LabelledCollection>;
  hasWritten: boolean;
  /** Rows read by a write besides the written ones, which the triggers do not audit, such as surrounding zones. */
  readonly seenAfterWriting: Seen;
}

export const seenNothing = (): Seen => ({ rows: 0, shares: [0, 0, 0], targetReaders: 0 });

/** For work whose result may be sent several times: `addSeen` audits each time. */
export const traceApart = (trace: Trace): Trace => ({
  ...trace,
  seen: seenNothing(),
  seenIn: new Set(),
  asked: new Set(),
});

/** Adds the rows of another trace, whose result this request receives. */
export function addSeen(trace: Trace, { seen, seenIn, asked }: Trace): void {
  trace.seen.rows += seen.rows;
  trace.seen.shares.forEach((_, n) => {
    trace.seen.shares[n]! += seen.shares[n]!;
  });
  for (const collection of seenIn) trace.seenIn.add(collection);
  for (const collection of asked) trace.asked.add(collection);
}
