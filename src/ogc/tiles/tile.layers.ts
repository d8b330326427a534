import {
  type Cells,
  type Collection,
  type FieldType,
  type GeometryType,
  typeOf,
} from '../collection/collection.sql.ts';
import { GRID } from './tile.grid.ts';

type PropertyType = 'String' | 'Number' | 'Boolean';

/** A layer within tiles. */
export interface TileLayer {
  id: string;
  title: string;
  description: string;
  type: GeometryType;
  minZoom: number;
  maxZoom: number;
  /** Points that represent several features, with their `count`. */
  isCounted: boolean;
  properties: readonly { name: string; title: string; type: PropertyType }[];
}

const TYPES: Record<FieldType, PropertyType> = {
  text: 'String',
  list: 'String',
  instant: 'String',
  integer: 'Number',
  number: 'Number',
  boolean: 'Boolean',
};

/** The name of the count layer. */
export const cellsOf = (id: string): string => `${id}-cells`;

/** The tile layers of a collection. */
export function tileLayersOf({ id, title, description, geometry, fields, cells }: Collection): TileLayer[] {
  const features: TileLayer = {
    id,
    title,
    description,
    type: geometry!.type,
    minZoom: cells?.featuresFrom ?? 0,
    maxZoom: GRID.maxZoom,
    isCounted: false,
    properties: [
      ID,
      ...fields.map((field) => ({ name: field.name, title: field.title, type: TYPES[typeOf(field)] })),
    ],
  };
  return cells ? [features, countsOf(features, cells)] : [features];
}

const ID = { name: 'id', title: 'Identifier', type: 'String' } as const;

const countsOf = ({ id, title }: TileLayer, { featuresFrom, groups }: Cells): TileLayer => ({
  id: cellsOf(id),
  title: `${title}, counted`,
  description: 'Number of features around a position, in all and by kind; zeros are omitted.',
  type: 'Point',
  minZoom: 0,
  maxZoom: featuresFrom - 1,
  isCounted: true,
  properties: [
    ID,
    { name: 'count', title: 'Count', type: 'Number' },
    ...groups.flatMap(({ name, words }) =>
      words.map((word) => ({
        name: countName(name, word),
        title: `${name}: ${word}`,
        type: 'Number' as const,
      })),
    ),
  ],
});

/** The property that counts a word of a group. */
export const countName = (group: string, word: string): string => `${group}_${word}`;
