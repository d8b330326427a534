import type { Request } from 'express';
import { z } from 'zod';
import { CRS84, LISTED_CRS } from '../geometry/crs.ts';
import { Link } from '../geometry/feature.schema.ts';
import { linksOfCollection } from './collection.links.ts';
import type { Collection } from './collection.sql.ts';
import type { Extent } from './extent.store.ts';

const GREGORIAN = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian';

const ExtentDocument = z
  .strictObject({
    spatial: z.strictObject({ bbox: z.array(z.array(z.number())), crs: z.string() }).optional(),
    temporal: z.strictObject({ interval: z.array(z.array(z.iso.datetime())), trs: z.string() }).optional(),
  })
  .meta({ id: 'Extent', description: 'Where and when the features lie that the caller sees, roughly.' });

export const CollectionDocument = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    itemType: z.literal('feature'),
    extent: ExtentDocument.optional(),
    crs: z.array(z.string()).optional(),
    storageCrs: z.string().optional(),
    links: z.array(Link),
  })
  .meta({ id: 'Collection', description: 'A layer.' });

export const describeCollection = (request: Request, collection: Collection, extent: Extent) => ({
  id: collection.id,
  title: collection.title,
  description: collection.description,
  itemType: 'feature',
  extent: describeExtent(extent),
  ...(collection.geometry && { crs: LISTED_CRS.map(({ uri }) => uri), storageCrs: CRS84.uri }),
  links: linksOfCollection(request, collection),
});

/** Nothing where the caller sees no feature. */
function describeExtent({ bbox, interval }: Extent) {
  if (!bbox && !interval) return undefined;
  return {
    ...(bbox && { spatial: { bbox: [bbox], crs: CRS84.uri } }),
    ...(interval && { temporal: { interval: [interval], trs: GREGORIAN } }),
  };
}
