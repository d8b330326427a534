import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** A file that is built while its client does something else (RFC 7240 §4.1, respond-async). */
export interface Build {
  id: string;
  /** Of the selection for its audience (`keyOf`). */
  key: string;
  collection: string;
  /** Of a version of the file. */
  pathOf: (version: string) => string;
  startedAt: Date;
  /** Resolves when it has ended, in any way. */
  ended: Promise<void>;
  outcome?: { version: string } | { error: unknown };
}

const MOST_BUILDS = 1000;
const REMEMBERED_MS = 3_600_000;

export function buildMemory() {
  const builds = new LRUCache<string, Build>({ max: MOST_BUILDS, ttl: REMEMBERED_MS });
  return {
    begin(about: Pick<Build, 'key' | 'collection' | 'pathOf'>, work: Promise<{ version: string }>): Build {
      const end = (outcome: Build['outcome']) => Object.assign(build, { outcome });
      const ended = work.then(
        ({ version }) => void end({ version }),
        (error) => void end({ error }),
      );
      const build: Build = { ...about, id: randomUUID(), startedAt: new Date(), ended };
      builds.set(build.id, build);
      return build;
    },
    find: (id: string): Build | undefined => builds.get(id),
  };
}
export type Builds = ReturnType<typeof buildMemory>;

const MOST_SECONDS = 60;

/** How long a client that prefers respond-async waits for the file itself; undefined: it does not prefer it. */
export function waitSeconds(prefer: string | string[] | undefined): number | undefined {
  const preferences = String(prefer ?? '')
    .split(/[,;]/)
    .map((one) => one.trim().toLowerCase());
  if (!preferences.includes('respond-async')) return undefined;
  const [, seconds = 0] = preferences.map((one) => /^wait\s*=\s*"?(\d+)"?$/.exec(one)).find(Boolean) ?? [];
  return Math.min(Number(seconds), MOST_SECONDS);
}
