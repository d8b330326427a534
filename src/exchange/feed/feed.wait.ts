import type { Request } from 'express';
import { startTimeout, stopTimeout } from '../../http/request.timeout.ts';
import type { Pulse } from './feed.pulse.ts';
import type { FeedPage } from './feed.store.ts';

interface Waiting {
  read: (cursor: string) => Promise<FeedPage>;
  after: string;
  seconds: number;
  request: Request;
}

/** A page with something on it, or an empty one when the time is over, the client has left or the service ends. */
export const feedWait =
  (pulse: Pulse, ending: AbortSignal) =>
  async ({ read, after, seconds, request }: Waiting): Promise<FeedPage> => {
    const endMs = performance.now() + seconds * 1000;
    const { socket, res } = request;
    if (res) stopTimeout(res);
    let beat = pulse.last();
    let page = await read(after);
    while (page.found === 0) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0 || ending.aborted) break;
      await pulse.next(beat, leftMs);
      if (socket.destroyed || ending.aborted) break;
      beat = pulse.last();
      page = await read(page.cursor);
    }
    if (res) startTimeout(res);
    return page;
  };

export type FeedWait = ReturnType<typeof feedWait>;
