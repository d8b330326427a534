import { describe, expect, test } from '@jest/globals';
import { batchOf } from '../../src/audit/audit.batch.ts';
import { eventually } from '../support/eventually.ts';

/** A writer that keeps what came, and takes as long for a batch as it is told to. */
function writerOf(takes: (batch: number[]) => Promise<unknown> = async () => {}) {
  const batches: number[][] = [];
  const write = async (entries: readonly number[]) => {
    batches.push([...entries]);
    await takes([...entries]);
  };
  return { batches, write };
}
/** A promise that somebody else keeps. */
function aPromise() {
  let keep = () => {};
  const promise = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('pending entries', () => {
  test('go out at once if no write is running, those of one turn together', async () => {
    const { batches, write } = writerOf();
    const batch = batchOf(write, 10_000);
    await Promise.all(numbers(5).map(batch.add));
    expect(batches).toEqual([numbers(5)]);
  });

  test('are collected during a running batch', async () => {
    const { promise, keep } = aPromise();
    const { batches, write } = writerOf(() => promise);
    const batch = batchOf(write, 10_000);
    const first = batch.add(0);
    await eventually(() => batches.length === 1);
    const others = [1, 2, 3].map(batch.add);
    keep();
    await Promise.all([first, ...others]);
    expect(batches).toEqual([[0], [1, 2, 3]]);
  });

  test('wait for a slow batch no longer than the longest wait', async () => {
    const { promise, keep } = aPromise();
    const { batches, write } = writerOf(([entry]) => (entry === 0 ? promise : Promise.resolve()));
    const batch = batchOf(write, 30);
    const first = batch.add(0);
    await eventually(() => batches.length === 1);
    // it is written although the first batch never ends
    await batch.add(1);
    expect(batches).toEqual([[0], [1]]);
    keep();
    await first;
  });

  test('without urgency go with others, or after the longest wait', async () => {
    const { batches, write } = writerOf();
    const batch = batchOf(write, 30);
    const later = batch.addLater(1);
    await batch.add(2);
    expect(batches).toEqual([[1, 2]]);
    await later;
    await batch.addLater(3);
    expect(batches).toEqual([[1, 2], [3]]);
  });

  test('are written in parts if there are many', async () => {
    const { batches, write } = writerOf();
    const batch = batchOf(write, 10_000);
    await Promise.all(numbers(2500).map(batch.add));
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 500]);
  });

  test('are written by a flush', async () => {
    const { batches, write } = writerOf();
    const batch = batchOf(write, 10_000);
    void batch.addLater(1);
    await batch.flush();
    expect(batches).toEqual([[1]]);
  });
});

test('a failed write rejects its waiting caller, and later entries are tried again', async () => {
  let isAway = true;
  const batch = batchOf(async () => {
    if (isAway) throw new Error('the database is away');
  }, 10);
  await expect(batch.add(1)).rejects.toThrow('the database is away');
  isAway = false;
  await batch.add(2);
});
