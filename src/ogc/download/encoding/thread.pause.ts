/** Shared by the service and a thread: whether the thread shall pause, and whether it is at work. */
export type ThreadState = Int32Array<SharedArrayBuffer>;

const [SHALL_PAUSE, IS_AT_WORK] = [0, 1];
const [NO, YES] = [0, 1];
const LONGEST_PAUSE_MS = 5000; // of a last step, such as the end of a transaction

export const newThreadState = (): ThreadState => new Int32Array(new SharedArrayBuffer(8));

/**
 * Stops a thread before the process exits. Node terminates its threads then, and a thread that is inside SQLite would
 * abort the process.
 */
export function pauseThread(state: ThreadState): void {
  Atomics.store(state, SHALL_PAUSE, YES);
  Atomics.wait(state, IS_AT_WORK, YES, LONGEST_PAUSE_MS);
}

/** In the thread. */
export function atWork<T>(state: ThreadState, work: () => T): T {
  Atomics.store(state, IS_AT_WORK, YES);
  pauseIfAsked(state);
  try {
    return work();
  } finally {
    rest(state);
  }
}

/** In the thread, often: it does not return if the process exits. */
export function pauseIfAsked(state: ThreadState): void {
  if (Atomics.load(state, SHALL_PAUSE) === NO) return;
  rest(state);
  Atomics.wait(state, SHALL_PAUSE, YES);
}

function rest(state: ThreadState): void {
  Atomics.store(state, IS_AT_WORK, NO);
  Atomics.notify(state, IS_AT_WORK);
}
