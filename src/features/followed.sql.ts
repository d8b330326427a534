import type { Layer } from '../db/layer.ts';
import type { Sql } from '../db/sql.ts';

/** Rows that are no layer, but are followed beside the layers, as features, most of them without a geometry. */
export interface FollowedRows {
  /** The collection in the change feed. */
  id: string;
  layer: Pick<Layer, 'columns' | 'from' | 'feature' | 'concern'>;
  /** The row with an id of the feed, over the aliases of `from`. */
  is: (id: Sql) => Sql;
}
