import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { excerpt } from '../../core/messages/message.ts';
import type { World } from '../../core/world.ts';
import { type ProjectedBox, readBox } from '../../geometry/bbox.area.ts';
import { CRS84, type Crs, crsOf } from '../../geometry/crs.ts';
import { Limit, paging } from '../../http/paging.ts';
import type { Collection, Field } from './collection.sql.ts';
import { fieldParameters } from './field.parameters.ts';
import { filterParameters, type ItemsFilter, readFilter } from './items.filter.ts';
import {
  Dialect,
  Newest,
  PartCount,
  presentation,
  propertiesOf,
  selection,
  skipping,
  sortbyOf,
  Until,
  Version,
} from './items.parameters.ts';

/** The presentation of features. */
export interface Presentation {
  fields: readonly Field[];
  hasGeometry: boolean;
  crs: Crs;
  decimals: number;
  simplifyMetres: number | undefined;
}

export interface SortKey {
  field: Field;
  descending: boolean;
}

/** The selection of features and the page size. */
export interface Selection {
  /** The noun's own parameters. */
  filters: Record<string, unknown>;
  equal: readonly (readonly [Field, unknown])[];
  projectedBox: ProjectedBox | undefined;
  ids: readonly string[] | undefined;
  filter: ItemsFilter | undefined;
  sort: readonly SortKey[];
}

/** Whether the selection is the whole layer. */
export const isPlain = ({ filters, equal, projectedBox, ids, filter }: Selection): boolean =>
  equal.length === 0 &&
  [projectedBox, ids, filter, ...Object.values(filters)].every((value) => value === undefined);

export interface ItemsQuestion extends Selection {
  shown: Presentation;
  limit: number;
  cursor: string | undefined;
  /** Features to skip from the cursor or the beginning on. */
  offset: number | undefined;
  until: string | undefined;
  wantsHits: boolean;
  version: string | undefined;
  f: string | undefined;
  /** Of CSV. */
  dialect: 'excel' | 'raw' | undefined;
  /** Of downloads: the exercise that each line names. */
  exercise?: World | undefined;
}

type RawItemsQuery = Record<string, unknown> & { limit: number };

type Formats = readonly [string, ...string[]];

/** The parameters of `…/items`: those of `/v1/<noun>`, one per property, and those of OGC API – Features. */
export const itemsQuery = (collection: Collection, formats: Formats) =>
  z
    .strictObject({
      ...paging,
      ...skipping,
      until: Until,
      ...itemsShape(collection, formats),
      version: Version,
    })
    .transform((raw, ctx) => readQuestion(collection, raw as RawItemsQuery, ctx));

/** The same for the parts of a selection, which are in the order of the layer. */
export const partitionsQuery = (collection: Collection, formats: Formats) => {
  const { sortby: _, resultType: __, ...shape } = itemsShape(collection, formats);
  return z.strictObject({ ...shape, limit: Limit, count: PartCount }).transform((raw, ctx) => ({
    ...readQuestion(collection, raw as RawItemsQuery, ctx),
    count: raw.count as number,
  }));
};

/** The same for tiles, which determine bbox, order and CRS themselves. */
export const tileQuery = (collection: Collection, formats: Formats) => {
  const { resultType: _, ...chosen } = selection;
  return z
    .strictObject({
      ...collection.filters,
      ...chosen,
      ...filterParameters,
      ...fieldParameters(collection),
      properties: propertiesOf(collection),
      f: formatParameter(formats),
    })
    .transform((raw, ctx): Selection & { shown: Presentation } =>
      readQuestion(collection, raw as never, ctx),
    );
};

const itemsShape = (collection: Collection, formats: Formats) => ({
  ...collection.filters,
  ...selection,
  ...filterParameters,
  ...fieldParameters(collection),
  sortby: sortbyOf(collection),
  ...presentationOf(collection),
  f: formatParameter(formats),
  dialect: Dialect,
});

const presentationOf = (collection: Collection) => ({
  ...presentation,
  properties: propertiesOf(collection),
});

export interface ItemQuestion {
  shown: Presentation;
  isNewest: boolean;
  f: string | undefined;
}

export const itemQuery = (collection: Collection, formats: Formats) =>
  z
    .strictObject({
      ...presentationOf(collection),
      ...(collection.newest && { revision: Newest }),
      f: formatParameter(formats),
    })
    .transform(
      (raw, ctx): ItemQuestion => ({
        shown: readPresentation(collection, raw, ctx),
        isNewest: 'revision' in raw && raw.revision === 'latest',
        f: raw.f,
      }),
    );

const formatParameter = (formats: Formats) =>
  z.enum(formats).optional().meta({ description: 'The format; overrides the header Accept.' });

function readQuestion(collection: Collection, raw: RawItemsQuery, ctx: z.RefinementCtx): ItemsQuestion {
  const { bbox, ...query } = raw;
  const box = bbox === undefined ? undefined : readBox(String(bbox), crsNamed(raw['bbox-crs']));
  if (Array.isArray(box)) for (const message of box) refuse(ctx, 'bbox', message);
  const isProjected = box !== undefined && 'srid' in box;
  return {
    filters: { ...pick(query, Object.keys(collection.filters)), ...(!isProjected && { bbox: box }) },
    equal: collection.fields
      .filter(({ name }) => raw[name] !== undefined && !Object.hasOwn(collection.filters, name))
      .map((field) => [field, raw[field.name]] as const),
    projectedBox: isProjected ? box : undefined,
    ids: raw.ids as string[] | undefined,
    filter: readFilter(raw),
    sort: ((raw.sortby ?? []) as string[]).flatMap((text) => readSortKey(collection, text, ctx)),
    shown: readPresentation(collection, raw, ctx),
    limit: raw.limit,
    cursor: raw.cursor as string | undefined,
    offset: readOffset(raw, ctx),
    until: raw.until as string | undefined,
    wantsHits: raw.resultType === 'hits',
    version: raw.version as string | undefined,
    f: raw.f as string | undefined,
    dialect: raw.dialect as ItemsQuestion['dialect'],
  };
}

function readOffset({ offset, startIndex }: Record<string, unknown>, ctx: z.RefinementCtx) {
  const isTwice = offset !== undefined && startIndex !== undefined && offset !== startIndex;
  if (isTwice) refuse(ctx, 'startIndex', issue('offset-twice'));
  return (offset ?? startIndex) as number | undefined;
}

const crsNamed = (uri: unknown): Crs => (uri === undefined ? CRS84 : crsOf(String(uri)));

function readPresentation(
  { fields }: Collection,
  raw: Record<string, unknown>,
  ctx: z.RefinementCtx,
): Presentation {
  const crs = crsNamed(raw.crs);
  const names = raw.properties as string[] | undefined;
  for (const name of names ?? [])
    if (!fields.some((field) => field.name === name))
      refuse(ctx, 'properties', unknownProperty(fields, name));
  return {
    fields: names ? fields.filter(({ name }) => names.includes(name)) : fields,
    hasGeometry: raw.skipGeometry !== true,
    crs,
    decimals: (raw.precision as number | undefined) ?? crs.decimals,
    simplifyMetres: raw.simplify as number | undefined,
  };
}

function readSortKey({ fields }: Collection, text: string, ctx: z.RefinementCtx): SortKey[] {
  // an unencoded + arrives as a space
  const [, sign, name] = /^([-+ ]?)(.*)$/.exec(text)!;
  const field = fields.find((one) => one.name === name);
  if (field) return [{ field, descending: sign === '-' }];
  refuse(ctx, 'sortby', unknownProperty(fields, name!));
  return [];
}

const unknownProperty = (fields: readonly Field[], name: string): string =>
  issue('property-unknown', { name: excerpt(name), known: fields.map((field) => field.name) });

const refuse = (ctx: z.RefinementCtx, name: string, message: string) =>
  ctx.addIssue({ code: 'custom', path: [name], message });

const pick = (query: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => name !== 'bbox').map((name) => [name, query[name]]));
