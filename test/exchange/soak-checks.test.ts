import { describe, expect, test } from '@jest/globals';
import { comparable } from '../../scripts/soak/checks/alerts.ts';
import { checkAudience } from '../../scripts/soak/checks/audience.ts';
import { checkEntries } from '../../scripts/soak/checks/entries.ts';
import { type Entry, follower, take } from '../../scripts/soak/follower.ts';
import type { Label } from '../../scripts/soak/labels.ts';
import type { Agent } from '../../scripts/soak/world.ts';
import { writtenNothing } from '../../scripts/soak/writers.ts';

const LIBYA: Agent = { name: 'Libya', headers: {}, country: 'LBY', agency: 'lby-douanes', roles: ['reader'] };
const LIBYA_AND_ALL = 15;
const ALGERIA_ALONE = 2;

const entry = (id: string, revision: number, tlp = 'GREEN', more: Partial<Entry> = {}): Entry => ({
  collection: 'incidents',
  id,
  op: 'upsert',
  at: `2026-11-01T06:30:0${revision}Z`,
  feature: {
    properties: { owner: 'DZA', agency: 'dza-douanes', tlp, releasableTo: null, revision } as never,
  },
  ...more,
});

const heard = (...entries: Entry[]) => {
  const one = follower(LIBYA, 'feed');
  for (const each of entries) take(one, each);
  return one;
};

describe('a follower finds fault with', () => {
  test.each([
    ['what comes twice', [entry('a', 1), entry('a', 1)], 'twice'],
    ['an older revision behind a newer one', [entry('b', 2), entry('b', 1)], 'revision 1 behind 2'],
    ['what is strictly of another country', [entry('c', 1, 'AMBER+STRICT')], 'leaked'],
    ['what is RED', [entry('d', 1, 'RED')], 'leaked'],
  ])('%s', (_what, entries, word) => {
    const { faults } = heard(...entries);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(word);
  });

  test('nothing if all is well', () => {
    const one = heard(
      entry('e', 1),
      entry('f', 1),
      entry('e', 2),
      entry('f', 2, '', { op: 'remove', feature: null }),
    );
    expect([one.faults, [...one.copy.keys()]]).toEqual([[], ['incidents/e']]);
  });
});

describe('the comparison with the feed', () => {
  const rows = ['g', 'h', 'i'].map((id) => ({ ...entry(id, 1), audience: LIBYA_AND_ALL, red: [] }));
  const hidden = { ...entry('j', 1), audience: ALGERIA_ALONE, red: ['dza-douanes'] };
  const all = [rows[0]!, hidden, rows[1]!, rows[2]!];

  test('accepts the expected entries in order', () => {
    expect(checkEntries([heard(...rows)], all, 'i')).toEqual([]);
  });

  test.each([
    ['one is missing', [rows[0]!, rows[2]!], '1 are missing, 0 are not its own'],
    ['the last one is missing', rows.slice(0, 2), '1 are missing'],
    ['the order is another one', [rows[1]!, rows[0]!, rows[2]!], '0 are missing'],
    ['one is not its own', [rows[0]!, hidden, rows[1]!, rows[2]!], '1 are not its own'],
  ])('finds that %s', (_what, entries, words) => {
    expect(checkEntries([heard(...entries)], all, 'i')).toEqual([expect.stringContaining(words)]);
  });
});

test('a removal of a never visible row is a leak', () => {
  const strict: Label = { owner: 'DZA', agency: null, tlp: 'AMBER+STRICT', releasableTo: [] };
  const removal = entry('k', 1, '', { op: 'remove', feature: null });
  const written = { ...writtenNothing(), labels: new Map([['incidents/k', [strict]]]) };
  expect(checkAudience([heard(removal)], written, [removal])).toEqual([
    'Libya by feed: received incidents/k',
  ]);
  written.labels.get('incidents/k')!.push({ ...strict, tlp: 'AMBER', releasableTo: ['LBY'] });
  expect(checkAudience([heard(removal)], written, [removal])).toEqual([]);
});

test('times are compared as moments, though their texts have no zeros at the end', () => {
  const times = [
    '2026-11-29T12:00:00Z',
    '2026-11-29T12:00:00.4512Z',
    '2026-11-29T12:00:00.5Z',
    '2026-11-29T12:00:00.51+00:00',
  ];
  expect(times.map(comparable)).toEqual([...times.map(comparable)].sort());
});
