import { COLLECTIONS } from '../../src/app.ts';
import type { TestService } from './service.ts';

export const LAYERS = COLLECTIONS.map(({ id }) => id);

export const CRS = {
  crs84: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  wgs84: 'http://www.opengis.net/def/crs/EPSG/0/4326',
  mercator: 'http://www.opengis.net/def/crs/EPSG/0/3857',
  utm: 'http://www.opengis.net/def/crs/EPSG/0/32632',
};

export interface Link {
  rel: string;
  href: string;
  type: string;
}

export const linkOf = (links: Link[], rel: string): Link => {
  const found = links.find((link) => link.rel === rel);
  if (!found) throw new Error(`There is no link ${rel} among ${links.map((link) => link.rel)}.`);
  return found;
};

/** Path and query of an address. */
export function pathOf(href: string): string {
  const { pathname, search } = new URL(href);
  return pathname + search;
}

/** The JSON that a link leads to. */
export const follow = async (api: TestService['api'], { href, type }: Link) => {
  const answer = await api.get(pathOf(href)).buffer(true).parse(parseJson).expect(200);
  return { type: answer.headers['content-type'], expected: type, body: answer.body };
};

function parseJson(
  res: { on(event: string, listener: (chunk: string) => void): void; setEncoding?(encoding: string): void },
  done: (error: Error | null, body: unknown) => void,
) {
  let text = '';
  res.setEncoding?.('utf8');
  res.on('data', (chunk) => {
    text += chunk;
  });
  res.on('end', () => done(null, JSON.parse(text)));
}
