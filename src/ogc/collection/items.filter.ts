import { z } from 'zod';
import { badRequest } from '../../core/problem.ts';
import { ALL_CRS, CRS84 } from '../../geometry/crs.ts';
import type { Cql2Expression } from '../cql2/cql2.expression.ts';
import { parseCql2Json } from '../cql2/cql2.json.ts';
import { parseCql2Text } from '../cql2/cql2.text.ts';
import * as filterCrs from '../cql2/filter.crs.ts';
import type { Collection } from './collection.sql.ts';
import { CrsName } from './items.parameters.ts';

export interface ItemsFilter {
  expression: Cql2Expression;
  crs: filterCrs.FilterCrs;
}

const LANGUAGES = ['cql2-text', 'cql2-json', 'cql-text'] as const;
const BY_SRID: Record<number, filterCrs.FilterCrs> = {
  4326: filterCrs.EPSG_4326,
  3857: filterCrs.EPSG_3857,
  32632: filterCrs.EPSG_32632,
};

/** OGC API – Features Part 3: the parameters of a filter. */
export const filterParameters = {
  filter: z.string().min(1).optional().meta({
    id: 'filter',
    description:
      'Only features that match this CQL2 condition (OGC 21-065r2) over the queryables of the layer.',
  }),
  // GDAL sends filters only if this list has cql-text
  'filter-lang': z.enum(LANGUAGES).optional().meta({
    id: 'filter-lang',
    description:
      'Language of `filter`: CQL2 text (default) or JSON; `cql-text` is the dialect of GDAL, with ILIKE.',
  }),
  'filter-crs': CrsName.optional().meta({
    id: 'filter-crs',
    description: 'CRS of geometries in `filter`. Default: CRS84.',
  }),
};

/** Whether the rows change with time, not only by writes. */
export const hangsOnTime = (collection: Pick<Collection, 'hangsOnTime'>, filter: ItemsFilter | undefined) =>
  collection.hangsOnTime === true ||
  (filter !== undefined && /"now"/i.test(JSON.stringify(filter.expression)));

/** Throws a Problem for an invalid filter, and for filter parameters without a filter. */
export function readFilter(raw: Record<string, unknown>): ItemsFilter | undefined {
  const { filter, 'filter-lang': language = 'cql2-text', 'filter-crs': uri = CRS84.uri } = raw;
  if (filter === undefined) return undefined;
  const { srid, isLatitudeFirst } = ALL_CRS.find((crs) => crs.uri === uri)!;
  const isPlain = srid === 4326 && !isLatitudeFirst;
  return {
    expression: readExpression(String(filter), language as (typeof LANGUAGES)[number]),
    crs: isPlain ? filterCrs.CRS84 : BY_SRID[srid]!,
  };
}

function readExpression(text: string, language: (typeof LANGUAGES)[number]): Cql2Expression {
  if (language !== 'cql2-json') return parseCql2Text(text, language);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw badRequest('cql2-not-json', { reason: (error as Error).message });
  }
  return parseCql2Json(json);
}
