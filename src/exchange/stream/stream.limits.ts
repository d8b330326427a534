import { noMoreStreams, tooManyStreams } from './stream.problems.ts';

/** Limits of open streams. */
export interface StreamLimits {
  /** Per process. */
  most: number;
  /** Per key or token, or per address without one. */
  mostPerCaller: number;
}

export function limitStreams({ most, mostPerCaller }: StreamLimits) {
  const taken = new Map<string, number>();
  let open = 0;
  const count = (caller: string, change: 1 | -1) => {
    open += change;
    const left = (taken.get(caller) ?? 0) + change;
    if (left > 0) taken.set(caller, left);
    else taken.delete(caller);
  };
  return {
    open: () => open,
    /** Returns the function that frees the slot. Throws 503 or 429 if no slot is left. */
    take(caller: string): () => void {
      if (open >= most) throw noMoreStreams();
      if ((taken.get(caller) ?? 0) >= mostPerCaller) throw tooManyStreams(mostPerCaller);
      count(caller, 1);
      let isTaken = true;
      return () => {
        if (isTaken) count(caller, -1);
        isTaken = false;
      };
    },
  };
}
