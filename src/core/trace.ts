/** Whose rows carry a label. */
export const LABELLED_COLLECTIONS = ['incidents', 'zones', 'distress', 'changes', 'alerts'] as const;
export type LabelledCollection = (typeof LABELLED_COLLECTIONS)[number];

/** What a request saw of rows that are not CLEAR. */
export interface Seen {
  rows: number;
  /** How many of them are data of DZA, LBY and TUN; a row can be data of several. */
  shares: [dza: number, lby: number, tun: number];
  /** Bits of the countries whose auditors may know the target of the request. */
  targetReaders: number;
}

/** What the audit log is to know of a request. The database layer fills in what its statements saw and did. */
export interface Trace {
  readonly operation: string;
  readonly method: string;
  readonly collection: string;
  readonly target: string | undefined;
  readonly requestId: string;
  readonly purpose: string | undefined;
  /** SHA-256, hexadecimal; worked out when asked for. */
  readonly filterHash: () => string;
  readonly seen: Seen;
  /** The collections of what was seen, as far as a statement tells them apart. */
  readonly seenIn: Set<LabelledCollection>;
  /** The collections that were asked for rows which may not be CLEAR: in a stream, such rows may still come. */
  readonly asked: Set<LabelledCollection>;
  hasWritten: boolean;
  /** What the triggers have not told of: more than the rows that were written, such as the zones that one lies in. */
  readonly seenAfterWriting: Seen;
}

export const seenNothing = (): Seen => ({ rows: 0, shares: [0, 0, 0], targetReaders: 0 });

/** For work whose result may be answered more than once: each time `addSeen` tells of it. */
export const traceApart = (trace: Trace): Trace => ({
  ...trace,
  seen: seenNothing(),
  seenIn: new Set(),
  asked: new Set(),
});

/** What was seen by the work of another trace is answered to this one. */
export function addSeen(trace: Trace, { seen, seenIn, asked }: Trace): void {
  trace.seen.rows += seen.rows;
  trace.seen.shares.forEach((_, n) => {
    trace.seen.shares[n]! += seen.shares[n]!;
  });
  for (const collection of seenIn) trace.seenIn.add(collection);
  for (const collection of asked) trace.asked.add(collection);
}
