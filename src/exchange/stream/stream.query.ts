import { z } from 'zod';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import { filterParameters, readFilter } from '../../ogc/collection/items.filter.ts';
import type { Selection } from '../../ogc/collection/items.query.ts';
import { feedParameters } from '../feed/feed.parameters.ts';
import type { StreamQuestion } from './stream.store.ts';

/** What a stream sends. */
export interface StreamQuery extends StreamQuestion {
  after: string | undefined;
  /** Equal for equal queries. */
  key: string;
}

/** `filtered` is the layer that `bbox`, `kind`, `zone` and `filter` select from. */
export const streamQuery = (names: readonly string[], { filters: { bbox, kind } }: Collection) =>
  z
    .strictObject({
      ...feedParameters(names),
      bbox: bbox!,
      kind: kind!,
      zone: z.string().max(200).optional().meta({ description: 'Incidents in this zone.' }),
      filter: filterParameters.filter,
      'filter-lang': filterParameters['filter-lang'],
    })
    .transform((raw): StreamQuery => {
      const { after, collections, include, ...chosen } = raw;
      const key = JSON.stringify({ collections, include, ...chosen });
      const isAll = Object.values(chosen).every((value) => value === undefined);
      return { after, collections, include, key, selection: isAll ? undefined : selectionOf(chosen) };
    });

const selectionOf = ({ bbox, kind, zone, ...rest }: Record<string, unknown>): Selection => ({
  filters: { bbox, kind, within: zone === undefined ? undefined : { zone } },
  equal: [],
  projectedBox: undefined,
  ids: undefined,
  filter: readFilter(rest),
  sort: [],
});
