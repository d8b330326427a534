import { inQuery, invalidInput } from '../core/problem.ts';
import { wantsHtml } from '../http/negotiation.ts';
import { operation } from '../http/operation.ts';
import { readCursorIn } from '../http/paging.ts';
import type { Collection } from './collection/collection.sql.ts';
import { exampleId, featureParams, Item, ItemCollection } from './collection/item.schema.ts';
import { itemQuery, itemsQuery } from './collection/items.query.ts';
import { AS_HTML, MEDIA } from './collection/links.ts';
import type { Downloads } from './download/download.file.reply.ts';
import { ACCEPTED, PREFER } from './download/download.progress.ts';
import { downloadReply } from './download/download.reply.ts';
import { chooseDownload, DOWNLOADS, ITEM_FORMATS, ITEMS_FORMATS } from './items.formats.ts';
import {
  CRS_HEADER,
  hitsReply,
  isPart,
  itemReply,
  PAGE_HEADERS,
  pageReply,
  partReply,
} from './items.reply.ts';
import type { ItemsStore } from './items.store.ts';
import { itemPage } from './pages/item.page.ts';
import { itemsPage } from './pages/items.page.ts';

const MOST_ON_A_PAGE = 1000; // table rows in a browser

interface ItemsRoutes {
  collections: readonly Collection[];
  items: ItemsStore;
  downloads: Downloads;
}

/** The features of each layer. Separate paths, because clients look for `/collections/incidents/items` literally. */
export const itemsOperations = ({ collections, items, downloads }: ItemsRoutes) =>
  collections.flatMap((collection) => {
    const { id, noun } = collection;
    const name = noun.charAt(0).toUpperCase() + noun.slice(1);
    return [
      operation({
        id: `list${name}Items`,
        method: 'get',
        path: `/collections/${id}/items`,
        tag: 'Layers',
        summary: `List ${id} as a layer, with flat properties.`,
        description:
          'Parameters named like a property select equal values; `filter` takes any condition in CQL2; without a key it may be costly only within limits. GeoJSON and HTML come in pages, the other formats hold the whole selection. Files (`fgb`, `gpkg`, `parquet`) redirect to the address of their version, which never changes and serves ranges.',
        headers: PREFER,
        query: itemsQuery(collection, ITEMS_FORMATS),
        responses: {
          200: {
            description: 'One page as GeoJSON; other formats have the whole selection.',
            mediaType: MEDIA.geojson,
            schema: ItemCollection,
            also: { ...AS_HTML, ...Object.fromEntries(DOWNLOADS.map(({ mediaType }) => [mediaType, null])) },
            headers: PAGE_HEADERS,
          },
          202: ACCEPTED,
          302: {
            description: 'A file: `Location` is the address of its version.',
            headers: { Location: 'The address with `version`.' },
          },
          304: { description: 'Unchanged since the version in `If-None-Match`.' },
        },
        problems: [400, 410, 416, 422, 428, 507],
        async handle({ query: asked, caller, request }) {
          const query = { ...asked, until: readCursorIn(request, asked.until) };
          const html = itemsPage(collection, query.shown);
          if (query.wantsHits)
            return { ...hitsReply(request, query, await items.count(caller, collection, query)), html };
          const format = chooseDownload(query.f, request);
          if (format && query.offset) throw invalidInput([inQuery('offset', 'offset-of-file')]);
          if (format) {
            const end = isPart(request, query) ? await items.endOfPart(caller, collection, query) : undefined;
            const question = end === undefined ? query : { ...query, until: end };
            const reply = await downloadReply(downloads, caller, { collection, question, format }, request);
            return partReply(request, format, end, reply);
          }
          const isTooLong = query.limit > MOST_ON_A_PAGE && wantsHtml(request, query.f);
          const limit = isTooLong ? MOST_ON_A_PAGE : query.limit;
          const question = { ...query, limit };
          return { ...pageReply(request, question, await items.list(caller, collection, question)), html };
        },
      }),

      operation({
        id: `get${name}Item`,
        method: 'get',
        path: `/collections/${id}/items/{featureId}`,
        tag: 'Layers',
        summary: `Read one feature of the layer ${id}.`,
        description: 'With flat properties, in the reference system that `crs` names.',
        params: featureParams,
        examples: { params: { featureId: exampleId(collection) } },
        query: itemQuery(collection, ITEM_FORMATS),
        responses: {
          200: {
            description: 'The feature.',
            mediaType: MEDIA.geojson,
            schema: Item,
            also: AS_HTML,
            headers: CRS_HEADER,
          },
        },
        problems: [400, 404],
        async handle({ params: { featureId }, query, caller, request }) {
          const { shown } = query;
          const found = await items.find(caller, collection, featureId, query);
          return {
            ...itemReply(request, collection, featureId, shown.crs, found),
            html: itemPage(collection, shown),
          };
        },
      }),
    ];
  });
