import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { findFeature, listFeatures } from '../../db/layer.ts';
import { crossingCollection } from './crossing.collection.sql.ts';
import type { CrossingQuery } from './crossing.schema.ts';
import { crossings, wholeCrossings } from './crossing.sql.ts';

export const crossingStore = (db: Database) => ({
  list: (caller: Caller, query: CrossingQuery) =>
    listFeatures(
      db,
      caller,
      (query.include ? wholeCrossings : crossings)(query.at),
      crossingCollection.rows(query).where,
      query,
    ),

  find: (caller: Caller, id: string, at: string | undefined) =>
    findFeature(db, caller, wholeCrossings(at), id),
});
export type CrossingStore = ReturnType<typeof crossingStore>;
