import { expect, test } from '@jest/globals';
import { loadConfig, retentionOf } from '../../src/config.ts';
import { INCIDENT_KINDS } from '../../src/features/incidents/incident.vocabulary.ts';

const rulesFor = (env: Record<string, string>) =>
  retentionOf(
    loadConfig({
      RETENTION_ACTUAL: 'forever',
      RETENTION_EXERCISE: 'forever',
      RETENTION_TEST: 'forever',
      ...env,
    }),
  );

test('a number of days counts for every kind of the nature', () => {
  expect(rulesFor({ RETENTION_TEST: '7' })).toEqual(
    INCIDENT_KINDS.map((kind) => ({ nature: 'test', kind, days: 7 })),
  );
});

test('a kind may have its own days, or be kept forever', () => {
  const rules = rulesFor({ RETENTION_ACTUAL: '365, distress=forever, fire=730' });
  expect(rules).not.toContainEqual(expect.objectContaining({ kind: 'distress' }));
  expect(rules).toContainEqual({ nature: 'actual', kind: 'fire', days: 730 });
  expect(rules).toContainEqual({ nature: 'actual', kind: 'flood', days: 365 });
});

test('a nature kept forever except one kind needs only that rule', () => {
  expect(rulesFor({ RETENTION_ACTUAL: 'forever,fire=10' })).toEqual([
    { nature: 'actual', kind: 'fire', days: 10 },
  ]);
});

test('without settings, tests expire after 30 days, exercises after a year, actual incidents after ten', () => {
  const days = new Set(retentionOf(loadConfig({})).map((rule) => `${rule.nature} ${rule.days}`));
  expect([...days]).toEqual(['actual 3650', 'exercise 365', 'test 30']);
});

test.each(['0', '-1', 'never', '7 days', '365,distres=1', '365,fire', '365,fire=0', '365,fire=1=2', '1.5'])(
  'RETENTION_TEST=%s stops the start with a sentence that says what to set',
  (value) => {
    expect(() => rulesFor({ RETENTION_TEST: value })).toThrow(
      /RETENTION_TEST=.*must be a number of days or the word forever/,
    );
  },
);
