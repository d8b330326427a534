import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { checkAlerts, subscribe } from './checks/alerts.ts';
import { checkAudience } from './checks/audience.ts';
import { checkCopies, readLayers } from './checks/copies.ts';
import { checkDurable } from './checks/durable.ts';
import { checkEntries, readFeed, startOf } from './checks/entries.ts';
import { clientOf } from './client.ts';
import { follow } from './follow.ts';
import { type Follower, follower } from './follower.ts';
import type { Instance } from './instance.ts';
import { openReceiver, type Receiver } from './receiver.ts';
import type { Agent, World } from './world.ts';
import { writersOf, writtenNothing } from './writers.ts';

/** The system under test: processes of the service on one database. */
export interface Site {
  instances: readonly Instance[];
  world: World;
  /** Absent: the tables are not accessible from outside, as in the embedded database. */
  asOwner?: <T>(work: (owner: Knex) => Promise<T>) => Promise<T>;
  restartDatabase?: () => Promise<void>;
}

export interface SoakPlan {
  seconds: number;
  /** Per second. */
  writes: number;
  readers: readonly Agent[];
  /** Number of followers. */
  followers: number;
  killEverySeconds: number;
}

export interface SoakReport {
  figures: Record<string, number>;
  faults: string[];
}

const SETTLE_MS = 120_000;

/** Writes, kills and follows for a while, then compares each follower's copy with its expected state. */
export async function runSoak(site: Site, plan: SoakPlan): Promise<SoakReport> {
  const receiver = await openReceiver();
  try {
    return await soakBeside(receiver, site, plan);
  } finally {
    receiver.close();
  }
}

async function soakBeside(receiver: Receiver, site: Site, plan: SoakPlan): Promise<SoakReport> {
  const urls = site.instances.map(({ url }) => url);
  const client = clientOf(urls);
  const followers = Array.from({ length: plan.followers }, (_, n) =>
    follower(plan.readers[n % plan.readers.length]!, n % 2 === 0 ? 'feed' : 'stream'),
  );
  for (const one of followers) {
    one.cursor = (await client.surely(one.reader, 'GET', '/changes')).body.cursor;
    one.copy = await readLayers(client, one.reader);
  }
  const start = await site.asOwner?.(startOf);
  const alerted = await subscribe(client, site.world.coordinators, receiver);
  const ending = new AbortController();
  const following = followers.map((one) => follow(one, urls, ending.signal));
  const written = writtenNothing();
  const writers = writersOf(client, site.world, written);
  const [trouble] = await Promise.all([makeTrouble(site, plan), writers.write(plan.writes, plan.seconds)]);
  const mark = await writers.mark();
  const settled = await waitFor(followers, mark);
  ending.abort();
  await Promise.all(following);

  const rows = (await site.asOwner?.((owner) => readFeed(owner, start!))) ?? [];
  const faults = [
    ...settled.faults,
    ...followers.flatMap((one) => one.faults),
    ...(await checkCopies(client, followers)),
    ...(await checkDurable(client, site.world, written)),
    ...(start ? checkEntries(followers, rows, mark) : []),
    ...checkAudience(followers, written, rows),
    ...(await checkAlerts(client, { alerted, written }, receiver)),
  ];
  return {
    figures: {
      ...trouble,
      writes: written.tried,
      answered: written.answered,
      incidents: written.acknowledged.size,
      changes: rows.length,
      followers: followers.length,
      delivered: [...receiver.received.values()].reduce((sum, { length }) => sum + length, 0),
      heard: followers.reduce((sum, { entries }) => sum + entries.length, 0),
      connectedAgain: followers.reduce((sum, { breaks }) => sum + breaks, 0),
      settledMs: settled.ms,
      faults: faults.length,
    },
    faults,
  };
}

/** kill -9 of the services in turn, and of a single process of theirs; one restart of the database. */
async function makeTrouble({ instances, restartDatabase }: Site, { seconds, killEverySeconds }: SoakPlan) {
  const endMs = performance.now() + seconds * 1000;
  const trouble = { kills: 0, killsOfOne: 0, databaseRestarts: 0 };
  for (;;) {
    if (performance.now() + killEverySeconds * 1000 >= endMs) return trouble;
    await sleep(killEverySeconds * 1000);
    const turn = trouble.kills++;
    const instance = instances[(turn >> 1) % instances.length]!;
    if (turn % 2 === 1) trouble.killsOfOne += Number(instances.some((some) => some.killOne()));
    else {
      await instance.kill();
      await instance.start();
    }
    if (restartDatabase && trouble.databaseRestarts === 0 && endMs - performance.now() < seconds * 500) {
      trouble.databaseRestarts++;
      await restartDatabase();
    }
  }
}

/** Waits until all followers have received the final mark. */
async function waitFor(
  followers: readonly Follower[],
  mark: string,
): Promise<{ ms: number; faults: string[] }> {
  const startedMs = performance.now();
  const missing = () => followers.filter(({ copy }) => !copy.has(`incidents/${mark}`));
  while (missing().length > 0 && performance.now() - startedMs < SETTLE_MS) await sleep(20);
  return {
    ms: Math.round(performance.now() - startedMs),
    faults: missing().map(({ reader, way }) => `${reader.name} by ${way}: never received the final mark`),
  };
}
