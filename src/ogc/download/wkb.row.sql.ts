import { listed, Sql, sql } from '../../db/sql.ts';
import type { Edges } from '../../geometry/bbox.parse.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion, Presentation } from '../collection/items.query.ts';
import { chunkOf, longitudeFirst, type Ordering, rowLayerOf, storedValues } from '../collection/items.sql.ts';

export type PropertyValue = string | number | boolean | null;

/** A feature for formats with well-known binary. */
export interface WkbFeature {
  id: string;
  wkb: Buffer | null;
  box: Edges | undefined;
  values: readonly PropertyValue[];
}

type WkbRow = readonly [id: string, wkb: string | null, box: Edges | null, ...values: PropertyValue[]];

/** A page of such features as comma-separated JSON. */
export function wkbPage(collection: Collection, question: ItemsQuestion, by?: Ordering): Sql {
  const values = [sql`r.id`, ...placeOf(collection, question.shown), ...storedValues(question.shown.fields)];
  const layer = rowLayerOf(collection, question.shown, question.sort);
  return chunkOf(
    collection,
    question,
    { ...layer, feature: sql`json_build_array(${listed(values)})::text` },
    by,
  );
}

function placeOf({ geometry }: Collection, shown: Presentation): Sql[] {
  if (!geometry || !shown.hasGeometry) return [sql`NULL`, sql`NULL`];
  const place = sql`ST_GeomFromText(ST_AsText(${longitudeFirst(geometry.type, shown)}, ${shown.decimals}::int))`;
  const wkb = sql`encode(ST_AsBinary(${place}, 'NDR'), 'hex')`;
  if (geometry.type === 'Point') return [wkb, sql`NULL`];
  const edges = listed(['ST_XMin', 'ST_YMin', 'ST_XMax', 'ST_YMax'].map((edge) => edgeOf(edge, place)));
  return [wkb, sql`json_build_array(${edges})`];
}

const edgeOf = (edge: string, place: Sql): Sql => sql`${new Sql([edge], [])}(${place})`;

const POINT_XY = 5; // bytes before the coordinates: byte order and type

export const readFeatures = (features: string): WkbFeature[] =>
  (JSON.parse(`[${features}]`) as WkbRow[]).map(([id, hex, box, ...values]) => {
    const wkb = hex === null ? null : Buffer.from(hex, 'hex');
    return { id, wkb, box: box ?? (wkb ? pointBox(wkb) : undefined), values };
  });

function pointBox(wkb: Buffer): Edges {
  const [x, y] = [wkb.readDoubleLE(POINT_XY), wkb.readDoubleLE(POINT_XY + 8)];
  return [x, y, x, y];
}

/** The bounding box of everything added. */
export function boxAround() {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  return {
    add(box: Edges | undefined): void {
      if (!box) return;
      west = Math.min(west, box[0]);
      south = Math.min(south, box[1]);
      east = Math.max(east, box[2]);
      north = Math.max(north, box[3]);
    },
    /** Undefined if nothing was added. */
    get: (): Edges | undefined => (west <= east ? [west, south, east, north] : undefined),
  };
}
