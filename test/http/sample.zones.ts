import { z } from 'zod';
import { issue, message } from '../../src/core/catalogue.ts';
import { notFound, Problem } from '../../src/core/problem.ts';
import { operation } from '../../src/http/operation.ts';
import { created, geojson, JsonText, noContent } from '../../src/http/reply.ts';

const Kind = z.enum(['buffer', 'hazard']).meta({ id: 'Kind', description: 'What a zone is for.' });
const ZoneId = z
  .string()
  .regex(/^[a-z-]+$/, issue('slug-form'))
  .meta({ description: 'Id of a zone.', example: 'ghadames' });
const Position = z
  .tuple([z.number(), z.number()])
  .meta({ id: 'Position', description: 'Longitude, latitude.' });
const Circle = z.strictObject({ shape: z.literal('circle'), centre: Position }).meta({ id: 'Circle' });
const Strip = z
  .strictObject({ shape: z.literal('strip'), from: Position, to: Position })
  .meta({ id: 'Strip' });

const Zone = z
  .strictObject({
    name: z.string().min(1).max(40).meta({ description: 'What people call it.', example: 'Ghadames' }),
    kind: Kind,
    area: z.discriminatedUnion('shape', [Circle, Strip]).optional(),
    note: z.string().nullable().optional(),
    priority: z.int().min(1).max(5).default(3),
    labels: z.record(z.string(), z.string()).optional(),
    validFrom: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({ id: 'Zone', description: 'A monitored area.' });

const ZoneQuery = z.strictObject({
  limit: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ id: 'limit', description: 'Most zones on a page.', example: 5 }),
  kind: z.array(Kind).optional().meta({ description: 'Only of these kinds.' }),
  near: z.coerce.number().optional().meta({ description: 'Only near this chainage.' }),
  open: z.boolean().optional().meta({ description: 'Only open ones.' }),
  name: z.string().max(20).optional(),
});

const ZonePage = z.object({ query: z.unknown(), zones: z.array(Zone) }).meta({ id: 'ZonePage' });
const Anything = z.looseObject({});

export const zoneSamples = [
  operation({
    id: 'getZone',
    method: 'get',
    path: '/zones/{zoneId}',
    tag: 'Zones',
    summary: 'Read a zone.',
    params: z.strictObject({ zoneId: ZoneId }),
    responses: { 200: { description: 'The zone.', mediaType: 'application/geo+json', schema: Anything } },
    problems: [404],
    handle: async ({ params }) => {
      if (params.zoneId === 'nowhere') throw notFound('zone', params.zoneId);
      return geojson(new JsonText(`{"id": "${params.zoneId}"}`));
    },
  }),
  operation({
    id: 'listZones',
    method: 'get',
    path: '/zones',
    tag: 'Zones',
    summary: 'List zones.',
    query: ZoneQuery,
    examples: { query: { kind: ['hazard'] } },
    responses: { 200: { description: 'A page.', schema: ZonePage, headers: { Link: 'The next page.' } } },
    problems: [400],
    handle: async ({ query }) => ({
      body: { query, zones: [] },
      headers: { Link: '</v1/zones>; rel="next"' },
    }),
  }),
  operation({
    id: 'createZone',
    method: 'post',
    path: '/zones',
    tag: 'Zones',
    summary: 'Create a zone.',
    roles: ['operator', 'coordinator'],
    body: Zone,
    examples: { body: { name: 'Ghadames', kind: 'buffer' } },
    responses: { 201: { description: 'The zone.', schema: Zone, headers: { Location: 'Where it is.' } } },
    problems: [409],
    handle: async ({ body }) => {
      if (body.name === 'taken')
        throw new Problem({
          status: 409,
          slug: 'id-taken',
          says: message('id-taken', { id: 'taken' }),
          extra: { takenBy: 'x' },
        });
      return created('/zones/new', body);
    },
  }),
  operation({
    id: 'previewZone',
    method: 'get',
    path: '/zones/preview',
    tag: 'Zones',
    summary: 'A path beside /zones/{zoneId}, written after it.',
    responses: { 200: { description: 'The preview.', schema: Anything } },
    problems: [],
    handle: async () => ({ body: { preview: true } }),
  }),
  operation({
    id: 'removeZone',
    method: 'delete',
    path: '/zones/{zoneId}',
    tag: 'Zones',
    summary: 'Remove a zone.',
    params: z.strictObject({ zoneId: ZoneId }),
    responses: { 204: { description: 'It is gone.' } },
    problems: [],
    handle: async () => noContent(),
  }),
];
