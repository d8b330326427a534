import { type Sql, sql } from '../../db/sql.ts';
import { cellStatement, isCounted } from './cell.sql.ts';
import type { Encoding, LayerQuestion } from './encoding.sql.ts';
import { featuresStatement } from './features.sql.ts';
import type { Tile } from './tile.grid.ts';

/** Several layers in one statement, each as one row. */
export const tileStatement = (encoding: Encoding, tile: Tile, questions: readonly LayerQuestion[]): Sql =>
  questions
    .map((question) =>
      isCounted(tile, question)
        ? cellStatement(encoding, tile, question)
        : featuresStatement(encoding, tile, question),
    )
    .reduce((before, next) => sql`(${before}) UNION ALL (${next})`);
