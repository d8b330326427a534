import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { BANNED, findBanned, findBannedTypes } from './support/prose.ts';

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => ending.test(file));

// these two quote the phrases
const QUOTING = ['test/prose.test.ts', 'test/support/prose.ts'];

const SOURCES = filesIn('src', /\.(ts|mjs)$/);
const FILES = [
  ...readdirSync('.').filter((file) => file.endsWith('.md') || file === '.env.example'),
  ...filesIn('docs', /\.(md|mjs|sh)$/),
  'data/README.md',
  'bench/README.md',
  ...SOURCES,
  ...filesIn('assets', /\.(js|css)$/),
  ...filesIn('console', /\.(tsx?|css)$/),
  ...filesIn('bench', /\.ts$/),
  ...filesIn('scripts', /\.ts$/),
  ...filesIn('schema', /\/.+\.sql$/),
  ...filesIn('test', /\.(ts|mjs)$/).filter((file) => !QUOTING.includes(file)),
];

/** `src/db/sql.ts:5: told of (better: report, show)` */
const findingsIn = (files: readonly string[], find: typeof findBanned): string[] =>
  files.flatMap((file) =>
    find(readFileSync(file, 'utf8')).map(
      ({ line, text, better }) => `${file}:${line}: ${text} (better: ${better})`,
    ),
  );

test('no file has a banned phrase', () => {
  expect(FILES.length).toBeGreaterThan(500);
  expect(findingsIn(FILES, findBanned)).toEqual([]);
});

test('no type in src is named after several ideas', () => {
  expect(findingsIn(SOURCES, findBannedTypes)).toEqual([]);
});

test('a planted type name is found', () => {
  const [found] = findBannedTypes('const fine = 1;\nexport interface Standing {}');
  expect(found).toMatchObject({ line: 2, text: 'interface Standing' });
  expect(findBannedTypes('interface ZoneStanding {}\nfunction current() {}')).toEqual([]);
});

const PLANTED = [
  'A cursor that is none is 400.',
  'a cursor that what is kept\n// does not reach back to',
  'Whose data a row is, where it is not CLEAR, are bits',
  'Forgets what agencies were told longer ago than is kept',
  'Of lanes, at once: a slow endpoint waits',
  'it fills its\n * own places',
  'nobody could be alerted of what is overdue',
  'changes of other processes are not heard of',
  'Attempts that a webhook has not taken',
  'who does not see it, and everybody before there is one, is shown what is proposed',
  'Bytes for all who stand where it begins',
  'is not taken back for want of a purpose',
  'what is told of each minute',
  'the table that of which we spoke',
  'the others are none of them',
  'when none is left',
  'what is kept stays',
  'does not reach back so far',
  'reads the layers anew',
  "under a UUID of one's own",
  'cached for ever',
];

test.each(PLANTED)('finds: %s', (text) => {
  const [found] = findBanned(`a fine line\n${text}`);
  expect(found).toMatchObject({ line: 2, better: expect.any(String) });
});

test('each banned phrase has an example that it finds', () => {
  const unfound = BANNED.filter(
    ({ better }) => !PLANTED.some((text) => findBanned(text).some((found) => found.better === better)),
  );
  expect(unfound).toEqual([]);
});

test('plain sentences pass', () => {
  expect(findBanned('Bitmask of the countries that own a non-CLEAR row. The lease is over. None.')).toEqual(
    [],
  );
});
