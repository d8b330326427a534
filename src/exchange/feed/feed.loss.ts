import type { Logger } from 'pino';
import { type FeedPosition, positionOf } from './feed.cursor.ts';
import type { FeedUpkeep } from './feed.upkeep.store.ts';

/**
 * Notices a restore or a failover that lost changes: the newest row that this process knew is gone. Webhooks, which have no
 * cursor, are then sent a reset. The first pass after a start knows nothing.
 */
export function watchForLoss({ look, noteLoss }: Pick<FeedUpkeep, 'look' | 'noteLoss'>, logger: Logger) {
  let known: FeedPosition | undefined;
  let verifiedAt = '';
  return async (): Promise<void> => {
    const { state, head, at } = await look(known);
    if (state === 'behind' || state === 'unbegun') return;
    if (state === 'lost') {
      const webhooks = await noteLoss(verifiedAt);
      logger.warn(
        { webhooks },
        'the database has lost its newest changes; cursors of the feed that name them get 410',
      );
    }
    known = positionOf(head);
    verifiedAt = at;
  };
}
