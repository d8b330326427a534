import { z } from 'zod';
import { badRequest } from '../core/problem.ts';
import { parameterParser } from '../http/parameter.parser.ts';
import type { Collection } from './collection/collection.sql.ts';
import { type ItemsQuestion, itemsQuery } from './collection/items.query.ts';
import { toCql2Json } from './cql2/cql2.json.ts';
import { parseCql2Text } from './cql2/cql2.text.ts';
import { SEARCH_FORMATS } from './items.formats.ts';

const Plain = z.union([z.string(), z.number(), z.boolean()]);
/** Null is left out: `next` links take a member away so. */
const Value = z.union([Plain, z.array(Plain).max(1000), z.null()]);
const texts = z.union([z.array(z.string()).max(1000), z.string()]);

/** One schema for all layers: each takes its own parameters and properties in addition. */
export const SearchBody = z
  .object({
    bbox: z
      .union([z.array(z.number()).min(4).max(6), z.string()])
      .optional()
      .meta({
        description: 'west, south, east, north.',
      }),
    datetime: z.string().optional().meta({ description: 'As in the query of the items.' }),
    filter: z
      .union([z.looseObject({}), z.string()])
      .optional()
      .meta({
        description: 'CQL2 JSON, or text of `filter-lang`.',
      }),
    'filter-lang': z.enum(['cql2-text', 'cql2-json', 'cql-text']).optional().meta({
      description: 'Language of a text. Default: `cql2-text`.',
    }),
    intersects: z.looseObject({ type: z.string() }).optional().meta({
      description:
        'Only features that meet this GeoJSON geometry, besides `filter`; in the CRS of `filter-crs`.',
    }),
    limit: z.int().optional().meta({ description: 'Page size.', minimum: 1 }),
    cursor: z.string().optional().meta({ description: 'From the `next` link of a page.' }),
    sortby: texts.optional().meta({ description: 'Properties; a leading - means descending.' }),
    properties: texts.optional().meta({ description: 'Only these properties.' }),
    ids: texts.optional().meta({ description: 'Only features with these ids.' }),
  })
  .catchall(Value)
  .meta({
    id: 'ItemsSearch',
    description:
      'The parameters of the items of the layer, by the same names; lists as arrays or as comma-separated texts. Files (`fgb`, `gpkg`, `parquet`) have addresses, so `f` is here one of the streams: `csv`, `geojsonseq`, `fgb-stream`, `parquet-stream`.',
  });
export type SearchBody = z.output<typeof SearchBody>;

const parsers = new WeakMap<Collection, ReturnType<typeof parameterParser>>();

/** Reads a body as the query of the items is read, so that both mean the same. */
export function readSearch(collection: Collection, body: SearchBody): ItemsQuestion {
  const parse = parsers.get(collection) ?? parameterParser(itemsQuery(collection, SEARCH_FORMATS), 'body');
  parsers.set(collection, parse);
  const { intersects: _, ...parameters } = { ...body, ...filterOf(body) };
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  return parse(Object.fromEntries(given.map(([name, value]) => [name, textOf(value)]))) as ItemsQuestion;
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join() : String(value));

/** Filter and geometry as one filter. */
function filterOf({ filter, intersects, 'filter-lang': language }: SearchBody): Record<string, string> {
  if (filter === undefined && !intersects) return {};
  if (typeof filter === 'string' && !intersects) return {};
  const place = intersects && { op: 's_intersects', args: [{ property: 'geometry' }, intersects] };
  const given = filter === undefined ? undefined : jsonOf(filter, language);
  const both = place && given ? { op: 'and', args: [given, place] } : (given ?? place);
  return { filter: JSON.stringify(both), 'filter-lang': 'cql2-json' };
}

function jsonOf(filter: object | string, language: SearchBody['filter-lang'] = 'cql2-text'): unknown {
  if (typeof filter !== 'string') return filter;
  if (language !== 'cql2-json') return toCql2Json(parseCql2Text(filter, language));
  try {
    return JSON.parse(filter);
  } catch (error) {
    throw badRequest('cql2-not-json', { reason: (error as Error).message });
  }
}
