import { COUNTRY_CODES, type Lane } from '../core/caller.ts';

/** How many connections a lane has at any time, and how many it may take at most. */
interface LaneRule {
  guaranteed: number;
  most: number;
}

/** Resolves to the function that gives the place back. */
type Give = () => void;

export interface Lanes {
  /**
   * Waits for a place. In a lane the shares take turns, however much each of them asks.
   * `share`: whose turn it is, such as a key.
   */
  take(lane: Lane, share: string, withinMs: number): Promise<Give>;
  /** Statements at work, and those that wait. */
  stats(): LaneStats[];
}

export interface LaneStats {
  lane: Lane;
  taken: number;
  waiting: number;
}

/** No place within the time, or too many wait already. */
export class LaneFull extends Error {
  override message = 'No connection became free in time.';
}

/** The smallest pool with lanes: one connection for each, and one to borrow. */
export const LEAST_FOR_LANES = 9;
const MOST_WAITING = 1000; // per lane

/** The order of lanes where there are too few connections for lanes, and of those that wait to borrow. */
const PRIORITY: readonly Lane[] = ['service', 'urgent', ...COUNTRY_CODES, 'jobs', 'downloads', 'strangers'];

/**
 * Strangers, downloads and jobs are held down: their statements keep the processors of the database busy for long. A
 * smaller pool holds down strangers only.
 */
export function rulesOf(size: number): Record<Lane, LaneRule> {
  const hasLanes = size >= LEAST_FOR_LANES;
  const guaranteed = hasLanes ? 1 : 0;
  const share = (part: number) => Math.max(1, Math.floor(size * part));
  const rule = (most: number): LaneRule => ({ guaranteed, most });
  return {
    service: rule(size),
    urgent: rule(size),
    DZA: rule(size),
    LBY: rule(size),
    TUN: rule(size),
    jobs: rule(hasLanes ? share(1 / 2) : size),
    downloads: rule(hasLanes ? share(1 / 3) : size),
    strangers: rule(share(1 / 10)),
  };
}

interface Waiter {
  start: () => void;
}

interface LaneState extends LaneRule {
  taken: number;
  waiting: number;
  /** In the order of their turns. */
  queues: Map<string, Waiter[]>;
}

/**
 * Hands out the connections of a pool. A lane gets its guaranteed ones at once, and borrows what no other lane is
 * guaranteed. Below `LEAST_FOR_LANES` it is one queue by priority.
 */
export function openLanes(size: number, rules = rulesOf(size)): Lanes {
  const states = new Map<Lane, LaneState>(
    PRIORITY.map((lane) => [lane, { ...rules[lane], taken: 0, waiting: 0, queues: new Map() }]),
  );
  let taken = 0;

  function mayTake(state: LaneState): boolean {
    if (taken >= size || state.taken >= state.most) return false;
    if (state.taken < state.guaranteed) return true;
    let reserved = 0;
    for (const other of states.values()) reserved += Math.max(0, other.guaranteed - other.taken);
    return size - taken > reserved;
  }

  function occupy(state: LaneState): Give {
    state.taken++;
    taken++;
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      state.taken--;
      taken--;
      serveWaiting();
    };
  }

  function serveWaiting(): void {
    for (const state of states.values()) while (state.waiting > 0 && mayTake(state)) nextOf(state).start();
  }

  return {
    take(lane, share, withinMs) {
      const state = states.get(lane)!;
      if (state.waiting === 0 && mayTake(state)) return Promise.resolve(occupy(state));
      if (state.waiting >= MOST_WAITING) return Promise.reject(new LaneFull());
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          start: () => {
            clearTimeout(timer);
            resolve(occupy(state));
          },
        };
        const timer = setTimeout(() => {
          leave(state, share, waiter);
          reject(new LaneFull());
        }, withinMs).unref();
        join(state, share, waiter);
      });
    },
    stats: () => [...states].map(([lane, state]) => ({ lane, taken: state.taken, waiting: state.waiting })),
  };
}

function join(state: LaneState, share: string, waiter: Waiter): void {
  const queue = state.queues.get(share);
  if (queue) queue.push(waiter);
  else state.queues.set(share, [waiter]);
  state.waiting++;
}

function leave(state: LaneState, share: string, waiter: Waiter): void {
  const rest = state.queues.get(share)!.filter((one) => one !== waiter);
  if (rest.length > 0) state.queues.set(share, rest);
  else state.queues.delete(share);
  state.waiting--;
}

/** The first of the share whose turn it is, which then goes to the end of the line. */
function nextOf(state: LaneState): Waiter {
  const [share, queue] = state.queues.entries().next().value!;
  const waiter = queue.shift()!;
  state.queues.delete(share);
  if (queue.length > 0) state.queues.set(share, queue);
  state.waiting--;
  return waiter;
}
