import type { Request } from 'express';
import { startTimeout, stopTimeout } from '../../http/request.timeout.ts';
import type { FeedPage } from './feed.store.ts';
import type { FeedWakeup } from './feed.wakeup.ts';

interface LongPoll {
  read: (cursor: string) => Promise<FeedPage>;
  after: string;
  seconds: number;
  request: Request;
}

/** A page with changes, or an empty one after the timeout, a client disconnect or a shutdown. */
export const feedLongPoll =
  (wakeup: FeedWakeup, ending: AbortSignal) =>
  async ({ read, after, seconds, request }: LongPoll): Promise<FeedPage> => {
    const endMs = performance.now() + seconds * 1000;
    const { socket, res } = request;
    if (res) stopTimeout(res);
    let beat = wakeup.last();
    let page = await read(after);
    while (page.found === 0) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0 || ending.aborted) break;
      await wakeup.next(beat, leftMs);
      if (socket.destroyed || ending.aborted) break;
      beat = wakeup.last();
      page = await read(page.cursor);
    }
    if (res) startTimeout(res);
    return page;
  };

export type FeedLongPoll = ReturnType<typeof feedLongPoll>;
