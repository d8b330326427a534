import type { TestService } from './service.ts';

/** What browsers send. */
export const BROWSER =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

/** Addresses of all kinds of pages. */
export const PAGES = [
  '/v1/',
  '/v1/conformance',
  '/v1/functions',
  '/v1/collections',
  '/v1/collections/incidents',
  '/v1/collections/agencies',
  '/v1/collections/incidents/queryables',
  '/v1/collections/incidents/sortables',
  '/v1/collections/incidents/schema',
  '/v1/collections/incidents/schema/feature',
  '/v1/collections/borders/items',
  '/v1/collections/segments/items',
  '/v1/collections/crossings/items',
  '/v1/collections/agencies/items',
  '/v1/collections/zones/items',
  '/v1/collections/incidents/items?limit=5',
  '/v1/collections/zones/items/exercise-jefara',
  '/v1/collections/agencies/items/dza-anp',
];

export const readPage = async (api: TestService['api'], path: string, headers = {}) =>
  api
    .get(path)
    .set({ Accept: BROWSER, ...headers })
    .expect(200)
    .expect('Content-Type', 'text/html; charset=utf-8');

/** The addresses that an attribute of elements has. */
export const addressesIn = (text: string, attribute: string): string[] =>
  [...text.matchAll(new RegExp(`<[^>]*\\s${attribute}="([^"]*)"`, 'g'))].map(([, address]) =>
    address!.replaceAll('&amp;', '&').replaceAll('&#39;', "'"),
  );

/** The shapes that the map of a page draws. */
export const shapesOf = (text: string): { features: { geometry: unknown; properties: { id: string } }[] } =>
  JSON.parse(/<script type="application\/json" id="shapes">(.*?)<\/script>/s.exec(text)![1]!);
