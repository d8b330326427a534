import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Head, readWitness, writeWitness } from '../../src/restore/witness.file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tripoint-witness-'));
});
afterAll(() => rm(folder, { recursive: true }));

const head = (seq: number): Head => ({
  seal: '0199e0c4-6d00-7c1e-9f5e-000000000001',
  seq: String(seq),
  hash: 'a'.repeat(64),
});

test('two that write at the same moment both succeed, and one head is left', async () => {
  const file = join(folder, 'witness');
  const heads = Array.from({ length: 50 }, (_, n) => head(n));
  await Promise.all(heads.map((one) => writeWitness(file, one)));
  expect(heads).toContainEqual(await readWitness(file));
  expect(await readdir(folder)).toEqual(['witness']);
});

test('a draft that cannot take the place of the file is removed', async () => {
  await expect(writeWitness(join(folder, 'missing', 'witness'), head(1))).rejects.toThrow('ENOENT');
  await expect(writeWitness(folder, head(1))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(await readdir(folder)).toEqual(['witness']);
});
