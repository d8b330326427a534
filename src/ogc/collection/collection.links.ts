import type { Request } from 'express';
import type { Link } from '../../geometry/feature.schema.ts';
import type { Collection } from './collection.sql.ts';
import { htmlLink, MEDIA, REL, urlOf } from './links.ts';

/** Links to the parts of a layer. */
export function linksOfCollection(request: Request, { id, title, geometry }: Collection): Link[] {
  const path = `/collections/${id}`;
  const link = (rel: string, type: string, rest: string, what: string): Link => ({
    href: urlOf(request, path + rest),
    rel,
    type,
    title: `${title}: ${what}`,
  });
  return [
    link('self', MEDIA.json, '', 'this description'),
    htmlLink(urlOf(request, path)),
    link('items', MEDIA.geojson, '/items', 'the features'),
    htmlLink(urlOf(request, `${path}/items`), 'items'),
    link('describedby', MEDIA.schema, '/schema/feature', 'JSON Schema of a GeoJSON feature'),
    link(REL.schema, MEDIA.schema, '/schema', 'properties with their roles'),
    link(REL.queryables, MEDIA.schema, '/queryables', 'properties for filters'),
    // the name that GDAL 3.10 looks for
    link('queryables', MEDIA.schema, '/queryables', 'properties for filters'),
    link(REL.sortables, MEDIA.schema, '/sortables', 'what can be sorted by'),
    ...(geometry
      ? [
          link(REL.tilesets, MEDIA.json, '/tiles', 'vector tiles'),
          link('stylesheet', MEDIA.style, '/style', 'a style for MapLibre'),
        ]
      : []),
  ];
}
