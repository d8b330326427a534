import { z } from 'zod';
import { inQuery, invalidInput } from '../../core/problem.ts';
import { readFeature } from '../../http/feature.reply.ts';
import { operation } from '../../http/operation.ts';
import { collectionReply } from '../../http/paging.ts';
import { geojson, JsonText } from '../../http/reply.ts';
import { PROCEDURES_HEADER, proceduresLink, withProcedures } from '../../ogc/collection/procedures.link.ts';
import { BorderCode } from '../vocabulary.schema.ts';
import {
  AtQuery,
  Border,
  BorderCollection,
  BorderPoint,
  BorderPointQuery,
  BorderQuery,
  Segment,
  SegmentCollection,
  SegmentId,
  SegmentQuery,
} from './border.schema.ts';
import type { BorderStore } from './border.store.ts';

const GEOJSON = 'application/geo+json';

export const borderOperations = (borders: BorderStore) => [
  operation({
    id: 'listBorders',
    method: 'get',
    path: '/borders',
    tag: 'Borders',
    summary: 'List the borders.',
    description: 'Each with its line, its lengths and its legal basis.',
    query: BorderQuery,
    responses: { 200: { description: 'Borders by code.', mediaType: GEOJSON, schema: BorderCollection } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      collectionReply(request, await borders.listBorders(caller, query)),
  }),

  operation({
    id: 'getBorder',
    method: 'get',
    path: '/borders/{code}',
    tag: 'Borders',
    summary: 'Read one border.',
    description: 'The line runs from north to south; chainage (`borderKm`) is measured along it.',
    params: z.strictObject({ code: BorderCode }),
    query: AtQuery,
    responses: { 200: { description: 'The border.', mediaType: GEOJSON, schema: Border } },
    problems: [400, 404],
    handle: async ({ params, query, caller }) =>
      readFeature('border', params.code, await borders.findBorder(caller, params.code, query.at)),
  }),

  operation({
    id: 'getBorderPoint',
    method: 'get',
    path: '/borders/{code}/points',
    tag: 'Borders',
    summary: 'Read the point of a border at a chainage.',
    description:
      'Where `km 412` of a border is. The opposite question, which chainage is nearest to a point, is answered by `locate`.',
    params: z.strictObject({ code: BorderCode }),
    query: BorderPointQuery,
    responses: { 200: { description: 'The point.', mediaType: GEOJSON, schema: BorderPoint } },
    problems: [400, 422],
    async handle({ params: { code }, query: { km }, caller }) {
      const { lengthKm, feature } = await borders.findPoint(caller, code, km);
      if (feature === null) throw invalidInput([inQuery('km', 'too-large', { maximum: lengthKm })], 422);
      return geojson(new JsonText(feature));
    },
  }),

  operation({
    id: 'listSegments',
    method: 'get',
    path: '/segments',
    tag: 'Borders',
    summary: 'List the segments of the borders.',
    description: 'A segment is a named stretch of a border, about 50 km long.',
    query: SegmentQuery,
    examples: { query: { border: 'DZA-TUN', limit: 5 } },
    responses: {
      200: { description: 'Segments, north to south.', mediaType: GEOJSON, schema: SegmentCollection },
    },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      collectionReply(request, await borders.listSegments(caller, query)),
  }),

  operation({
    id: 'getSegment',
    method: 'get',
    path: '/segments/{segmentId}',
    tag: 'Borders',
    summary: 'Read one segment.',
    description: 'With its line, its chainage and its impact level.',
    params: z.strictObject({ segmentId: SegmentId }),
    query: AtQuery,
    responses: {
      200: { description: 'The segment.', mediaType: GEOJSON, schema: Segment, headers: PROCEDURES_HEADER },
    },
    problems: [400, 404],
    async handle({ params: { segmentId }, query, caller, request }) {
      const reply = readFeature('segment', segmentId, await borders.findSegment(caller, segmentId, query.at));
      return withProcedures(reply, proceduresLink(request, 'segment', segmentId));
    },
  }),
];
