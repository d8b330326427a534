import type { CDPSession, Page } from 'playwright-core';

/** What the console's own script took of the page's thread, without what MapLibre and the browser took. */
export interface OwnScript {
  /** When samples of own script were taken, and how long each stands for: milliseconds of `performance.now()`. */
  spells: { atMs: number; ms: number }[];
  /** Of the task that took longest, own script alone. */
  longestMs: number;
}

const SAMPLE_MICROSECONDS = 200;
const BETWEEN_TASKS = ['(idle)', '(program)'];

interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string };
  children?: number[];
}
interface Profile {
  startTime: number;
  nodes: ProfileNode[];
  samples?: number[];
  timeDeltas?: number[];
}

/** Samples the page's thread while the work runs. Entry points alone would not do: own handlers run inside of MapLibre's. */
export async function profiled<T>(
  page: Page,
  work: () => Promise<T>,
): Promise<{ answer: T; own: OwnScript }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
  const offsetMs = await clockOffset(page, session);
  await session.send('Profiler.start');
  const answer = await work();
  const { profile } = await session.send('Profiler.stop');
  await session.detach();
  return { answer, own: ownOf(profile, offsetMs) };
}

/** From `performance.now()` to the clock of the profile. */
async function clockOffset(page: Page, session: CDPSession): Promise<number> {
  const before = await page.evaluate(() => performance.now());
  const { metrics } = await session.send('Performance.getMetrics');
  const after = await page.evaluate(() => performance.now());
  return metrics.find(({ name }) => name === 'Timestamp')!.value * 1_000 - (before + after) / 2;
}

function ownOf({ startTime, nodes, samples = [], timeDeltas = [] }: Profile, offsetMs: number): OwnScript {
  const kinds = kindsOf(nodes);
  const spells: OwnScript['spells'] = [];
  let atMs = startTime / 1_000 - offsetMs;
  let taskMs = 0;
  let longestMs = 0;
  for (const [n, id] of samples.entries()) {
    atMs += timeDeltas[n]! / 1_000;
    const ms = (timeDeltas[n + 1] ?? 0) / 1_000;
    const kind = kinds.get(id);
    if (kind === 'between') taskMs = 0;
    if (kind !== 'own') continue;
    spells.push({ atMs, ms });
    taskMs += ms;
    longestMs = Math.max(longestMs, taskMs);
  }
  return { spells, longestMs };
}

/** Built-in functions count for the script that calls them. */
function kindsOf(nodes: readonly ProfileNode[]): Map<number, 'own' | 'other' | 'between'> {
  const kinds = new Map<number, 'own' | 'other' | 'between'>();
  for (const { id, callFrame, children = [] } of nodes) {
    const { url, functionName } = callFrame;
    if (url) kinds.set(id, new URL(url).pathname.includes('/console/') ? 'own' : 'other');
    else if (BETWEEN_TASKS.includes(functionName)) kinds.set(id, 'between');
    // parents come before their children
    const kind = kinds.get(id) ?? 'other';
    for (const child of children) kinds.set(child, kind);
  }
  return kinds;
}
