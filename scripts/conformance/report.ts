import type { Outcome, Results } from './results.ts';
import type { Suite } from './suites.ts';

export const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

export function tell({ title, version }: Suite, { passed, failed, skipped }: Results): void {
  say(`${title} (CITE ${version}): ${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
  for (const { test, message } of failed) say(`  failed   ${test}: ${message}`);
  for (const [message, count] of reasonsOf(skipped)) say(`  skipped  ${count} × ${message}`);
}

/** A test is skipped once per collection: names are dropped so that reasons add up. */
function reasonsOf(skipped: Outcome[]): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const { test, message } of skipped) {
    const reason = `${test}: ${message.replace(/'[^']*'/g, '…')}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}
