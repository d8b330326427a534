import { readFileSync } from 'node:fs';

const read = (file: string): string =>
  readFileSync(new URL(`../fixtures/cql2/${file}`, import.meta.url), 'utf8');

/** Name and text of each text example of the standard. */
export const textExamples = read('examples.txt')
  .split(/^# /m)
  .slice(1)
  .map((block): [name: string, text: string] => {
    const end = block.indexOf('\n');
    return [block.slice(0, end), block.slice(end + 1)];
  });

/** Name and value of each JSON example of the standard. */
export const jsonExamples = read('examples.ndjson')
  .trim()
  .split('\n')
  .map((line): [name: string, json: unknown] => {
    const { name, json } = JSON.parse(line);
    return [name, json];
  });
