import { operation } from '../../http/operation.ts';
import { JsonText } from '../../http/reply.ts';
import { LocateQuery, Location } from './locate.schema.ts';
import type { LocateStore } from './locate.store.ts';

export const locateOperations = (places: LocateStore) => [
  operation({
    id: 'locate',
    method: 'get',
    path: '/locate',
    tag: 'Questions',
    summary: 'Locate a point, with its responsible agencies.',
    description:
      'Country, nearest border with chainage, zones, nearest crossings and responsible agencies of a point.',
    query: LocateQuery,
    examples: { query: { lon: 11.2, lat: 33.1, accuracyMetres: 500 } },
    responses: {
      200: { description: 'Country, nearest border, zones, crossings and agencies.', schema: Location },
    },
    problems: [400],
    handle: async ({ query, caller }) => ({ body: new JsonText(await places.locate(caller, query)) }),
  }),
];
