import { setTimeout as sleep } from 'node:timers/promises';

/** The minimal standard generator, from 0 to 1: the same numbers for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A pause of random length, so that what runs at the same time comes in any order. */
export const pauseAtRandom = (random: () => number): Promise<void> => sleep(random() * 60);
