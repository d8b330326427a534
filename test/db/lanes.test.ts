import { describe, expect, test } from '@jest/globals';
import type { Lane } from '../../src/core/caller.ts';
import { LaneFull, type Lanes, LEAST_FOR_LANES, openLanes, rulesOf } from '../../src/db/lanes.ts';
import { randomNumbers } from '../support/random.ts';
import { countRuns, samples } from '../support/runs.ts';

const LANES = Object.keys(rulesOf(10)) as Lane[];
const LONG_MS = 2 ** 31 - 1; // nobody waits it out

/** Takes a place and notes it, in the order in which places are given. */
function taker(lanes: Lanes) {
  const order: string[] = [];
  const gives: (() => void)[] = [];
  return {
    order,
    gives,
    take(lane: Lane, share = '', withinMs = LONG_MS) {
      const taken = lanes.take(lane, share, withinMs).then((give) => {
        order.push(share || lane);
        gives.push(give);
      });
      // who still waits at the end of a test is refused during a later one
      taken.catch(() => {});
      return taken;
    },
    /** Gives back the oldest place, and lets the next one start. */
    async give() {
      gives.shift()!();
      await new Promise(setImmediate);
    },
  };
}

const statsOf = (lanes: Lanes, lane: Lane) => lanes.stats().find((one) => one.lane === lane)!;

describe('a pool with lanes', () => {
  test.each(LANES)(
    'gives a place at once to every other lane while %s asks for everything',
    async (greedy) => {
      const lanes = openLanes(10);
      const { take } = taker(lanes);
      const pending = Array.from({ length: 60 }, () => take(greedy));
      for (const other of LANES.filter((lane) => lane !== greedy)) await take(other);
      expect(statsOf(lanes, greedy).waiting).toBeGreaterThan(0);
      expect(pending).toHaveLength(60);
    },
  );

  test('lends what no other lane is guaranteed', () => {
    const lanes = openLanes(20);
    for (let n = 0; n < 40; n++) void lanes.take('TUN', '', LONG_MS).catch(() => {});
    // one for each of the other seven lanes stays free
    expect(statsOf(lanes, 'TUN')).toMatchObject({ taken: 13, waiting: 27 });
  });

  test.each([
    ['strangers', 2],
    ['downloads', 6],
    ['jobs', 10],
  ] as const)('holds down %s even when all is idle', (lane, most) => {
    const lanes = openLanes(20);
    for (let n = 0; n < 40; n++) void lanes.take(lane, '', LONG_MS).catch(() => {});
    expect(statsOf(lanes, lane).taken).toBe(most);
  });

  test('lets the shares of a lane take turns', async () => {
    const { take, give, order } = taker(openLanes(1));
    await take('TUN', 'first');
    for (const share of ['a', 'a', 'a', 'a', 'b', 'b', 'c']) void take('TUN', share);
    for (let n = 0; n < 7; n++) await give();
    expect(order).toEqual(['first', 'a', 'b', 'c', 'a', 'b', 'a', 'a']);
  });

  test('refuses who has waited too long, and loses no place by it', async () => {
    const lanes = openLanes(1);
    const { take, give, order } = taker(lanes);
    await take('TUN', 'first');
    await expect(take('TUN', 'hasty', 1)).rejects.toBeInstanceOf(LaneFull);
    expect(statsOf(lanes, 'TUN').waiting).toBe(0);
    await give();
    await take('TUN', 'second');
    expect(order).toEqual(['first', 'second']);
  });

  test('refuses at once where a thousand wait', async () => {
    const lanes = openLanes(1);
    for (let n = 0; n < 1001; n++) void lanes.take('strangers', '', LONG_MS).catch(() => {});
    await expect(lanes.take('strangers', '', LONG_MS)).rejects.toBeInstanceOf(LaneFull);
    void lanes.take('urgent', '', LONG_MS).catch(() => {});
    expect(statsOf(lanes, 'urgent').waiting).toBe(1);
  });

  test('takes a place back once, however often it is given', async () => {
    const lanes = openLanes(1);
    const give = await lanes.take('TUN', '', LONG_MS);
    give();
    give();
    await lanes.take('TUN', '', LONG_MS);
    expect(statsOf(lanes, 'TUN').taken).toBe(1);
  });
});

test('a pool too small for lanes is one queue by priority', async () => {
  const { take, give, order } = taker(openLanes(1));
  await take('strangers', 'first');
  const waiting = ['strangers', 'downloads', 'jobs', 'TUN', 'DZA', 'urgent', 'service'] as const;
  for (const lane of waiting) void take(lane);
  for (const _ of waiting) await give();
  expect(order).toEqual(['first', 'service', 'urgent', 'DZA', 'TUN', 'jobs', 'downloads', 'strangers']);
});

test('in any order of taking and giving the pool is never exceeded, and a guaranteed place is never missing', async () => {
  const random = randomNumbers(20_261_129);
  const one = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const count = samples(200, 50);
  for (let run = 0; run < count; run++) {
    const size = 1 + Math.floor(random() * 24);
    const lanes = openLanes(size);
    const { take, give, gives } = taker(lanes);
    for (let step = 0; step < 60; step++) {
      void take(one(LANES), one(['a', 'b']));
      await new Promise(setImmediate);
      for (let left = Math.floor(random() * 4); left > 0 && gives.length > 0; left--) await give();
      const stats = lanes.stats();
      expect(stats.reduce((sum, { taken }) => sum + taken, 0)).toBeLessThanOrEqual(size);
      if (size >= LEAST_FOR_LANES)
        expect(stats.filter(({ taken, waiting }) => taken === 0 && waiting > 0)).toEqual([]);
    }
    while (gives.length > 0) await give();
    expect(lanes.stats().filter(({ taken, waiting }) => taken + waiting > 0)).toEqual([]);
  }
  countRuns(count);
});
