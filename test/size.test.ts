import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const lines = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, count: readFileSync(`src/${file}`, 'utf8').split('\n').length - 1 }))
  .sort((a, b) => a.count - b.count);

test('no file in src is over 300 lines', () => {
  expect(lines.filter(({ count }) => count > 300)).toEqual([]);
});

test('no file of the console is over 300 lines, its style sheets apart', () => {
  const files = readdirSync('console', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const long = files.filter((file) => readFileSync(`console/${file}`, 'utf8').split('\n').length > 301);
  expect(long).toEqual([]);
});

test('the median file in src has about 60 lines', () => {
  const { count } = lines[Math.floor(lines.length / 2)]!;
  process.stdout.write(`median file in src: ${count} lines of ${lines.length} files\n`);
  expect(count).toBeLessThan(80);
});
