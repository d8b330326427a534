/** The processes that serve one port together, as one of them sees the others. */
export interface Siblings {
  /** Of this process, from 1. The first one runs the jobs. */
  number: number;
  /** Of all processes. */
  count: number;
  /** Sends JSON. Resolves with the answers of the others, when each of them has answered or ended. */
  ask<Answer>(topic: string, message?: unknown): Promise<Answer[]>;
  /** From now on, this process answers a topic so. */
  answer(topic: string, reply: (message: never) => unknown): void;
}

/** A process without siblings. */
export const ALONE: Siblings = { number: 1, count: 1, ask: async () => [], answer() {} };
