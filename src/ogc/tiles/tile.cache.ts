import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Edges } from '../../geometry/bbox.parse.ts';

/** The part of the change log (src/db/change.log.ts) that the cache uses. */
interface Changes {
  isLive(): boolean;
  now(): number;
  hasChangedSince(moment: number, view: TileRequest['view']): boolean;
}

/** A cached layer of a tile. */
export interface CachedLayer {
  bytes: Buffer;
  /** Of the bytes. */
  etag: string;
  /** Audited each time that it is shown. */
  seen: number[] | null;
}

export interface TileRequest {
  /** Equal for callers with the same view. */
  key: string;
  view: { collection: string; viewer: number; agency: string | undefined; box: Edges };
  /** Absent: until something changes. */
  freshMs?: number | undefined;
  /** Must not be cached. */
  isForOnce?: boolean | undefined;
}

interface CacheEntry {
  /** Unchanged from the read up to this moment. */
  moment: number;
  until: number;
  layer: CachedLayer | Promise<CachedLayer>;
}

export interface CachedTile {
  layer: CachedLayer;
  /** It was read for another request. */
  isAgain: boolean;
}

const LONGEST_KEY = 500; // characters
const OVERHEAD = 500; // bytes per entry besides its content

/** Cache of tile layers that are unchanged since their read. Concurrent requests share one read. */
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
    // the cached entry may predate a change, the running read may follow it
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
    /** `read` gets the positions to read and returns their layers in order. */
    async readAll(
      asks: readonly TileRequest[],
      read: (missing: readonly number[]) => Promise<CachedLayer[]>,
    ): Promise<CachedTile[]> {
      const isUsed = mostBytes > 0 && changes.isLive();
      const names = asks.map(({ key }) => (key.length > LONGEST_KEY ? hash('sha256', key) : key));
      // taken before the read: a change during it makes the result stale
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
