import type { Siblings } from '../../core/siblings.ts';
import { noMoreStreams, tooManyStreams } from './stream.problems.ts';

/** Limits of open streams. */
export interface StreamLimits {
  /** Of the service. */
  most: number;
  /** Per key or token, or per address without one. */
  mostPerCaller: number;
}

/** The streams that are open: all, and those of a caller. */
interface OpenStreams {
  all: number;
  own: number;
}

const OPEN_STREAMS = 'open-streams';

/** Counts the streams of all processes of the service together. */
export function limitStreams({ most, mostPerCaller }: StreamLimits, siblings: Siblings) {
  const taken = new Map<string, number>();
  let open = 0;
  const count = (caller: string, change: 1 | -1) => {
    open += change;
    const left = (taken.get(caller) ?? 0) + change;
    if (left > 0) taken.set(caller, left);
    else taken.delete(caller);
  };
  const here = (caller: string): OpenStreams => ({ all: open, own: taken.get(caller) ?? 0 });
  siblings.answer(OPEN_STREAMS, here);
  return {
    open: () => open,
    /** Resolves to the function that frees the slot. Throws 503 or 429 if no slot is left. */
    async take(caller: string): Promise<() => void> {
      // before the others are asked: of two at once for the last slot both may be refused, and never both get it
      count(caller, 1);
      const counts = [here(caller), ...(await siblings.ask<OpenStreams>(OPEN_STREAMS, caller))];
      const sum = (of: keyof OpenStreams) => counts.reduce((total, one) => total + one[of], 0);
      let isTaken = true;
      const give = () => {
        if (isTaken) count(caller, -1);
        isTaken = false;
      };
      const isFull = sum('all') > most;
      if (!isFull && sum('own') <= mostPerCaller) return give;
      give();
      throw isFull ? noMoreStreams() : tooManyStreams(mostPerCaller);
    },
  };
}
