import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Edges } from './tile.grid.ts';

/** What the cache asks the log of changes (src/db/change.log.ts). */
interface Changes {
  isLive(): boolean;
  now(): number;
  hasChangedSince(moment: number, view: TileRequest['view']): boolean;
}

/** One layer of a tile, as it is kept. */
export interface CachedLayer {
  bytes: Buffer;
  /** Of the bytes. */
  etag: string;
  /** What the audit log is told each time that it is shown. */
  seen: number[] | null;
}

export interface TileRequest {
  /** Equal for those who are shown the same. */
  key: string;
  view: { collection: string; viewer: number; agency: string | undefined; box: Edges };
  /** Left out: until something changes. */
  freshMs?: number | undefined;
  /** Nothing of it may be kept. */
  isForOnce?: boolean | undefined;
}

interface CacheEntry {
  /** Nothing has changed up to here since it was read. */
  moment: number;
  until: number;
  layer: CachedLayer | Promise<CachedLayer>;
}

export interface CachedTile {
  layer: CachedLayer;
  /** It was read for somebody else. */
  isAgain: boolean;
}

const LONGEST_KEY = 500; // characters
const OVERHEAD = 500; // bytes of an entry beside its content

/** Layers of tiles that nothing has changed since they were read. Who asks meanwhile waits for the same reading. */
export function tileCache(changes: Changes, mostBytes: number) {
  const kept = new LRUCache<string, CacheEntry & { layer: CachedLayer }>({
    maxSize: Math.max(1, mostBytes),
    maxEntrySize: Math.max(1, Math.floor(mostBytes / 4)),
    sizeCalculation: ({ layer }, key) => OVERHEAD + key.length + layer.bytes.length,
  });
  const underWay = new Map<string, CacheEntry>();

  const isCurrent = ({ until, moment }: CacheEntry, { view }: TileRequest): boolean =>
    until >= Date.now() && !changes.hasChangedSince(moment, view);

  function find(name: string, ask: TileRequest): CacheEntry | undefined {
    // what is kept may be of before a change, and what is under way of after it
    const found = [underWay.get(name), kept.get(name)].find((entry) => entry && isCurrent(entry, ask));
    if (found) found.moment = changes.now();
    return found;
  }

  function keep(name: string, ask: TileRequest, layer: Promise<CachedLayer>, moment: number): void {
    const until = ask.freshMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + ask.freshMs;
    const entry = { moment, until, layer };
    underWay.set(name, entry);
    const forget = () => {
      if (underWay.get(name) === entry) underWay.delete(name);
    };
    layer.then((read) => {
      forget();
      if (changes.isLive() && isCurrent(entry, ask))
        kept.set(name, { moment: entry.moment, until, layer: read });
    }, forget);
  }

  return {
    /** `read` gets the positions of what is to be read, and answers it in their order. */
    async readAll(
      asks: readonly TileRequest[],
      read: (missing: readonly number[]) => Promise<CachedLayer[]>,
    ): Promise<CachedTile[]> {
      const isUsed = mostBytes > 0 && changes.isLive();
      const names = asks.map(({ key }) => (key.length > LONGEST_KEY ? hash('sha256', key) : key));
      // before anything is read: what changes meanwhile makes it old
      const moment = changes.now();
      const found = asks.map((ask, i) => (isUsed && !ask.isForOnce ? find(names[i]!, ask) : undefined));
      const missing = found.flatMap((entry, i) => (entry ? [] : [i]));
      const reading = missing.length > 0 ? read(missing) : Promise.resolve([]);
      const layers = found.map((entry, i) => {
        if (entry) return entry.layer;
        const layer = reading.then((all) => all[missing.indexOf(i)]!);
        if (isUsed && !asks[i]!.isForOnce) keep(names[i]!, asks[i]!, layer, moment);
        return layer;
      });
      const given = await Promise.all(layers);
      return given.map((layer, i) => ({ layer, isAgain: found[i] !== undefined }));
    },
  };
}
