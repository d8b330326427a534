import { describe, expect, test } from '@jest/globals';
import { batchOf } from '../../src/audit/audit.batch.ts';

/** A writer that takes `ms` for each batch and keeps what came. */
function writerOf(ms: number) {
  const batches: number[][] = [];
  const write = async (entries: readonly number[]) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    batches.push([...entries]);
  };
  return { batches, write };
}
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('pending entries', () => {
  test('go out at once if no write is running, those of one turn together', async () => {
    const { batches, write } = writerOf(1);
    const batch = batchOf(write, 10_000);
    await Promise.all(numbers(5).map(batch.add));
    expect(batches).toEqual([numbers(5)]);
  });

  test('are collected during a running batch', async () => {
    const { batches, write } = writerOf(20);
    const batch = batchOf(write, 10_000);
    const first = batch.add(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([first, ...[1, 2, 3].map(batch.add)]);
    expect(batches).toEqual([[0], [1, 2, 3]]);
  });

  test('wait for a slow batch no longer than the longest wait', async () => {
    const { batches, write } = writerOf(200);
    const batch = batchOf(write, 30);
    void batch.add(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const startedMs = performance.now();
    await batch.add(1);
    // 30 ms until it went out, beside the first one
    expect(performance.now() - startedMs).toBeLessThan(320);
    expect(batches).toEqual([[0], [1]]);
  });

  test('without urgency go with others, or after the longest wait', async () => {
    const { batches, write } = writerOf(1);
    const batch = batchOf(write, 30);
    const later = batch.addLater(1);
    await batch.add(2);
    expect(batches).toEqual([[1, 2]]);
    await later;
    await batch.addLater(3);
    expect(batches).toEqual([[1, 2], [3]]);
  });

  test('are written in parts if there are many', async () => {
    const { batches, write } = writerOf(1);
    const batch = batchOf(write, 10_000);
    await Promise.all(numbers(2500).map(batch.add));
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 500]);
  });

  test('are written by a flush', async () => {
    const { batches, write } = writerOf(5);
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
