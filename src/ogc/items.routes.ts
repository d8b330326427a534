import { operation } from '../http/operation.ts';
import type { Collection } from './collection.sql.ts';
import { downloadReply } from './download/download.reply.ts';
import type { DownloadStore } from './download/download.store.ts';
import { featureParams, Item, ItemCollection } from './item.schema.ts';
import { chooseDownload, DOWNLOADS, ITEM_FORMATS, ITEMS_FORMATS } from './items.formats.ts';
import { itemQuery, itemsQuery } from './items.query.ts';
import { hitsReply, itemReply, pageReply } from './items.reply.ts';
import type { ItemsStore } from './items.store.ts';
import { MEDIA } from './links.ts';

const CRS_HEADER = { 'Content-Crs': 'The reference system of the coordinates, between < and >.' };
const PAGE_HEADERS = {
  ...CRS_HEADER,
  Link: 'The next page.',
  'OGC-NumberMatched': 'How many match in all, where that is known.',
  'OGC-NumberReturned': 'How many this page holds.',
};

/** The features of each layer. Written out for each, because clients look for `/collections/incidents/items`. */
export const itemsOperations = (
  collections: readonly Collection[],
  items: ItemsStore,
  downloads: DownloadStore,
) =>
  collections.flatMap((collection) => {
    const { id, noun, title } = collection;
    const name = noun.charAt(0).toUpperCase() + noun.slice(1);
    return [
      operation({
        id: `list${name}Items`,
        method: 'get',
        path: `/collections/${id}/items`,
        tag: 'Layers',
        summary: `${title} as a layer, with flat properties.`,
        query: itemsQuery(collection, ITEMS_FORMATS),
        responses: {
          200: {
            description: 'A page of features as GeoJSON; the whole selection in other formats.',
            mediaType: MEDIA.geojson,
            schema: ItemCollection,
            also: Object.fromEntries(DOWNLOADS.map(({ mediaType }) => [mediaType, null])),
            headers: PAGE_HEADERS,
          },
        },
        problems: [400],
        async handle({ query, caller, request }) {
          if (query.wantsHits) return hitsReply(request, query, await items.count(caller, collection, query));
          const format = chooseDownload(query.f, request);
          if (format)
            return downloadReply(downloads, caller, { collection, question: query, format }, request);
          return pageReply(request, query, await items.list(caller, collection, query));
        },
      }),

      operation({
        id: `get${name}Item`,
        method: 'get',
        path: `/collections/${id}/items/{featureId}`,
        tag: 'Layers',
        summary: `One feature of the layer ${id}.`,
        params: featureParams,
        query: itemQuery(collection, ITEM_FORMATS),
        responses: {
          200: { description: 'The feature.', mediaType: MEDIA.geojson, schema: Item, headers: CRS_HEADER },
        },
        problems: [400, 404],
        handle: async ({ params: { featureId }, query, caller, request }) =>
          itemReply(
            request,
            collection,
            featureId,
            query.shown.crs,
            await items.find(caller, collection, featureId, query),
          ),
      }),
    ];
  });
