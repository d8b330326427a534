import { operation } from '../../http/operation.ts';
import { selfUrl } from '../../http/paging.ts';
import { geojson, JsonText } from '../../http/reply.ts';
import { NearestCrossingCollection, NearestQuery } from './nearest.schema.ts';
import type { NearestStore } from './nearest.store.ts';

const GEOJSON = 'application/geo+json';

export const nearestOperations = (nearest: NearestStore) => [
  operation({
    id: 'listNearestCrossings',
    method: 'get',
    path: '/crossings/nearest',
    tag: 'Questions',
    summary: 'List the nearest crossings to a position, with their responsible agencies.',
    description: 'By geodesic distance. States, mandates and zones are those of one instant.',
    query: NearestQuery,
    examples: { query: { lon: 8.5, lat: 35.4, limit: 3, usable: true } },
    responses: {
      200: { description: 'Nearest first.', mediaType: GEOJSON, schema: NearestCrossingCollection },
    },
    problems: [400],
    async handle({ query, caller, request }) {
      const { features, found } = await nearest.list(caller, query);
      const head = {
        type: 'FeatureCollection',
        timeStamp: new Date().toISOString(),
        numberReturned: found,
        links: [{ href: selfUrl(request).href, rel: 'self', type: GEOJSON, title: 'This page' }],
      };
      return geojson(new JsonText(`${JSON.stringify(head).slice(0, -1)},"features":[${features}]}`));
    },
  }),
];
