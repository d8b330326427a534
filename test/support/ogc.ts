import { describeTripoint } from '../../src/app.ts';
import type { TestService } from './service.ts';

export const { collections: COLLECTIONS } = describeTripoint();
export const LAYERS = COLLECTIONS.map(({ id }) => id);
/** As callers without a key find them in the list of layers. */
export const OPEN_LAYERS = COLLECTIONS.filter(({ isForAgencies }) => !isForAgencies).map(({ id }) => id);

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

/** A client of a layer that writes as a GIS does. */
export const editorOf = (api: TestService['api'], layer: string, headers: Record<string, string>) => {
  const path = (id = '') => `/v1/collections/${layer}/items${id && `/${id}`}`;
  const send = (
    method: 'post' | 'put' | 'patch',
    id: string,
    body: object,
    more: Record<string, string> = {},
  ) =>
    api[method](path(id))
      .set({ 'Content-Type': method === 'patch' ? 'application/merge-patch+json' : 'application/geo+json' })
      .set({ ...headers, ...more })
      .send(JSON.stringify(body));
  return {
    get: (id: string, query = '') => api.get(path(id) + query).set(headers),
    post: (body: object, more?: Record<string, string>) => send('post', '', body, more),
    put: (id: string, body: object, more?: Record<string, string>) => send('put', id, body, more),
    patch: (id: string, body: object, more?: Record<string, string>) => send('patch', id, body, more),
    remove: (id: string, more: Record<string, string> = {}) =>
      api.delete(path(id)).set({ ...headers, ...more }),
    options: (id?: string) => api.options(path(id)).set(headers),
    /** The id of a new feature. */
    async add(body: object): Promise<string> {
      const { headers: answered } = await send('post', '', body).expect(201);
      return answered.location!.split('/items/')[1]!;
    },
  };
};
