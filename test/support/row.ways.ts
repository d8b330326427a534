import { orderedRows, type RowWays } from '../../src/ogc/collection/row.ways.store.ts';
import { chooseWay, type WayChoice } from '../../src/ogc/collection/way.choice.sql.ts';

/** Always this way, wherever it can find the rows. */
export const alwaysBy = (way: WayChoice): RowWays => ({
  choose: (_caller, collection, rows) =>
    way.by === 'time' || way.by === 'window' || rows.parts?.area
      ? orderedRows(collection, rows, way)
      : undefined,
  toCount: () => 'unknown',
  isSortedQuickly: () => false,
});

/** As the service chooses before it knows any counts. */
export const waysWithoutCounts: RowWays = {
  choose(_caller, collection, rows) {
    const { area, window, asks } = rows.parts ?? {};
    if (!asks || (!area && !window)) return undefined;
    return orderedRows(
      collection,
      rows,
      chooseWay({ edges: area?.edges, hasWindow: !!window, asks }, undefined),
    );
  },
  toCount: () => 'unknown',
  isSortedQuickly: () => false,
};
