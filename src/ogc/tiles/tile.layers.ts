import { type Collection, type FieldType, type GeometryType, typeOf } from '../collection.sql.ts';
import { GRID } from './tile.grid.ts';

type PropertyType = 'String' | 'Number' | 'Boolean';

/** A layer as it is called within tiles. */
export interface TileLayer {
  id: string;
  title: string;
  description: string;
  type: GeometryType;
  minZoom: number;
  maxZoom: number;
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

/** The layers of tiles that a collection makes. */
export function tileLayersOf({ id, title, description, geometry, fields }: Collection): TileLayer[] {
  const features: TileLayer = {
    id,
    title,
    description,
    type: geometry!.type,
    minZoom: 0,
    maxZoom: GRID.maxZoom,
    properties: [
      { name: 'id', title: 'Identifier', type: 'String' },
      ...fields.map((field) => ({ name: field.name, title: field.title, type: TYPES[typeOf(field)] })),
    ],
  };
  return [features];
}
