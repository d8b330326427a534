import type { Request } from 'express';
import { z } from 'zod';
import { publishedIn } from '../core/world.ts';
import { type Link, Links } from '../geometry/feature.schema.ts';
import { basePathOf, docsPath } from '../http/api.path.ts';
import { exerciseOf } from '../http/exercise.answer.ts';
import { operation } from '../http/operation.ts';
import { selfUrl } from '../http/paging.ts';
import { DOCUMENT_QUERY } from './collection/document.query.ts';
import { AS_HTML, MEDIA, REL, selfLinks, urlOf } from './collection/links.ts';
import type { Publication } from './collection/publication.ts';
import { CONFORMS_TO } from './conformance.ts';
import { conformancePage, landingPage } from './pages/landing.page.ts';

const LandingPage = z
  .strictObject({
    title: z.string().meta({ description: 'Name of the service.' }),
    description: z.string().meta({ description: 'What the service holds.' }),
    attribution: z.string().meta({ description: 'Sources to name beside the data.' }),
    links: Links,
  })
  .meta({ id: 'LandingPage', description: 'Links to everything.' });

const Conformance = z
  .strictObject({ conformsTo: z.array(z.string()).meta({ description: 'URIs of the classes.' }) })
  .meta({ id: 'Conformance', description: 'Declared conformance classes of OGC standards.' });

/** OGC API – Common: the landing page and the conformance declaration. */
export const landingOperations = (publication: Publication) => [
  operation({
    id: 'getLandingPage',
    method: 'get',
    path: '/',
    tag: 'Layers',
    summary: 'Read the landing page.',
    description: 'Links to the API document, the conformance classes, the layers and the tiles.',
    query: DOCUMENT_QUERY,
    responses: { 200: { description: 'Links to all resources.', schema: LandingPage, also: AS_HTML } },
    problems: [400],
    handle: async ({ request }) => ({
      body: { ...publishedIn(exerciseOf(request), publication), links: landingLinks(request) },
      html: landingPage,
    }),
  }),

  operation({
    id: 'getConformance',
    method: 'get',
    path: '/conformance',
    tag: 'Layers',
    summary: 'List the declared conformance classes.',
    description: 'Clients read here which parts of the OGC standards they may use.',
    query: DOCUMENT_QUERY,
    responses: { 200: { description: 'URIs of the classes.', schema: Conformance, also: AS_HTML } },
    problems: [400],
    handle: async () => ({ body: { conformsTo: CONFORMS_TO }, html: conformancePage }),
  }),
];

const landingLinks = (request: Request): Link[] => [
  ...selfLinks(request, MEDIA.json),
  {
    href: urlOf(request, '/openapi.json'),
    rel: 'service-desc',
    type: MEDIA.openapi,
    title: 'The API, OpenAPI 3.0',
  },
  {
    href: new URL(docsPath(basePathOf(request)), selfUrl(request)).href,
    rel: 'service-doc',
    type: MEDIA.html,
    title: 'The API, to read',
  },
  {
    href: urlOf(request, '/conformance'),
    rel: 'conformance',
    type: MEDIA.json,
    title: 'Conformance classes',
  },
  { href: urlOf(request, '/functions'), rel: REL.functions, type: MEDIA.json, title: 'Functions of filters' },
  { href: urlOf(request, '/collections'), rel: 'data', type: MEDIA.json, title: 'The layers' },
  { href: urlOf(request, '/tiles'), rel: REL.tilesets, type: MEDIA.json, title: 'Tiles of all layers' },
  {
    href: urlOf(request, '/tileMatrixSets'),
    rel: REL.tilingSchemes,
    type: MEDIA.json,
    title: 'How tiles are cut',
  },
  { href: urlOf(request, '/style'), rel: 'stylesheet', type: MEDIA.style, title: 'A style for MapLibre' },
];
