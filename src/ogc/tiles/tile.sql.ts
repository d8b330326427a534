import { plannedEachTime, type Sql, sql } from '../../db/sql.ts';
import { isPlain } from '../collection/items.query.ts';
import { cellStatement, isCounted } from './cell.sql.ts';
import type { Encoding, LayerQuestion } from './encoding.sql.ts';
import { featuresStatement } from './features.sql.ts';
import type { Tile } from './tile.grid.ts';

/** Several layers in one statement, each as one row. */
export const tileStatement = (encoding: Encoding, tile: Tile, questions: readonly LayerQuestion[]): Sql =>
  questions
    .map((question) => {
      const write = isCounted(tile, question) ? cellStatement : featuresStatement;
      const statement = write(encoding, tile, question);
      return isUsual(question) ? statement : plannedEachTime(statement);
    })
    .reduce((before, next) => sql`(${before}) UNION ALL (${next})`);

/** The common queries of maps, whose plan is the same for every tile; others have endless forms. */
const isUsual = ({ collection, selection, fields }: LayerQuestion): boolean =>
  fields === collection.fields && isPlain(selection);
