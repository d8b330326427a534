import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { pagesIn } from '../../src/core/catalogue.ts';
import { ask } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { CRS, LAYERS, type Link, pathOf } from '../support/ogc.ts';
import { addressesIn, BROWSER, PAGES, readPage, shapesOf } from '../support/pages.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const HOST = 'http://layers.example';
const OUTLANDISH = {
  id: uuidv7(),
  placeText: `<script>alert("x")</script> <img src=x onerror='y'> & &amp; \u202eback\u202c`,
  description: `</td></script> ${'a long story, '.repeat(30)}حريق قرب المعبر`,
};

let service: TestService;
beforeAll(async () => {
  service = await startService({ withDemo: true, publicUrl: HOST });
  const { id, ...properties } = OUTLANDISH;
  await service.api
    .post('/v1/incidents')
    .set(as(keyOf('TUN', 'reporter')))
    .send(
      anIncident({
        id,
        ...properties,
        tlp: 'CLEAR',
        kind: 'fire',
        occurredAt: '2026-11-01T06:30:15.5+01:00',
      }),
    )
    .expect(201);
});
afterAll(() => service.stop());

const page = async (path: string, headers = {}) => (await readPage(service.api, path, headers)).text;
const get = async (path: string) => (await service.api.get(path).expect(200)).body;
const items = '/v1/collections/incidents/items';
const ours = (address: string) =>
  address.startsWith('/') || address.startsWith(`${HOST}/`) || address === '#main';

describe('ogcapi-common-1/html, ogcapi-features-1/html: every document is a page, too', () => {
  describe.each(PAGES)('%s', (path) => {
    test('is HTML for browsers and with f=html, and JSON for all others', async () => {
      const asked = (headers: Record<string, string>, f = '') =>
        service.api.get(f ? `${path}${path.includes('?') ? '&' : '?'}f=${f}` : path).set(headers);
      for (const [headers, f] of [
        [{ Accept: BROWSER }, ''],
        [{ Accept: 'text/html' }, ''],
        [{ Accept: 'application/json' }, 'html'],
      ] as const)
        expect((await asked(headers, f).expect(200)).headers).toMatchObject({
          'content-type': 'text/html; charset=utf-8',
          vary: expect.stringContaining('Accept'),
        });
      for (const [headers, f] of [
        [{ Accept: '*/*' }, ''],
        [{ Accept: '' }, ''],
        [{ Accept: 'application/json' }, ''],
        [{ Accept: BROWSER }, 'json'],
      ] as const)
        expect((await asked(headers, f).expect(200)).headers['content-type']).toMatch(/json/);
    });

    test('has a language, a title and one heading', async () => {
      const text = await page(path);
      expect(text).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
      expect(text).toMatch(/<title>[^<]+<\/title>/);
      expect(text.match(/<h1\b/g)).toHaveLength(1);
      expect(text.match(/<main\b/g)).toHaveLength(1);
    });

    test.each([
      ['fr', 'ltr', 'Se connecter'],
      ['ar', 'rtl', 'تسجيل الدخول'],
    ])(
      'speaks %s to whoever prefers it, and names what stays English',
      async (language, direction, signIn) => {
        const { text, headers } = await readPage(service.api, path, { 'Accept-Language': language });
        expect(headers['content-language']).toBe(language);
        expect(headers.vary).toMatch(/Accept-Language/);
        expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
        expect(text).toContain(signIn);
        const english = Object.values(pagesIn('en')).filter(
          (word): word is string => typeof word === 'string' && word.length > 9 && word !== 'Conformance',
        );
        const said = text
          .replace(/<div lang="en" dir="ltr">.*<\/main>/s, '')
          .replace(/<(\w+)[^>]* lang="en"[^>]*>.*?<\/\1>/gs, '');
        expect(english.filter((word) => said.includes(`>${word}<`))).toEqual([]);
      },
    );

    test('links to its document, and the document to it', async () => {
      const text = await page(path);
      const [alternate] = /<link rel="alternate"[^>]*>/.exec(text)!;
      const [href] = addressesIn(alternate, 'href');
      const { headers, body, text: json } = await service.api.get(href!).set('Accept', BROWSER).expect(200);
      expect(headers['content-type']).toMatch(/json/);
      const { links } = (Object.keys(body).length ? body : JSON.parse(json)) as { links?: Link[] };
      if (!links) return;
      const [link] = links.filter(({ rel, type }) => rel === 'alternate' && type === 'text/html');
      expect(await page(pathOf(link!.href), { Accept: 'application/json' })).toContain('<!doctype html>');
    });

    test('loads nothing from other hosts, and has no inline script or style', async () => {
      const { text, headers } = await readPage(service.api, path);
      const pictures = (address: string) => address.startsWith('data:image/svg+xml,');
      expect(addressesIn(text, 'src').filter((address) => !ours(address) && !pictures(address))).toEqual([]);
      const links = addressesIn(text, 'href').filter((address) => !ours(address));
      expect(links.filter((address) => !address.startsWith('http://www.opengis.net/spec/'))).toEqual([]);
      for (const [, attributes, code] of text.matchAll(/<script([^>]*)>(.*?)<\/script>/gs))
        if (!attributes!.includes('type="application/json"')) expect(code).toBe('');
      expect(text).not.toMatch(/<style|\sstyle=|\son\w+=/);
      const policy = headers['content-security-policy']!;
      expect(policy).toMatch(/default-src 'none'/);
      expect(policy).not.toMatch(/unsafe|https?:/);
    });

    test('has only working links', async () => {
      const text = await page(path);
      const addresses = [...addressesIn(text, 'href'), ...addressesIn(text, 'src')].filter(
        (address) => ours(address) && !address.startsWith('#') && !address.includes('sortby='),
      );
      for (const address of new Set(addresses)) {
        const { status } = await service.api.get(pathOf(new URL(address, HOST).href));
        const asksForKey = address === '/v1/me' || address.includes('/v1/procedures');
        expect([address, asksForKey ? status === 401 : status < 400]).toEqual([address, true]);
      }
    });
  });

  test('each layer has its own pages', async () => {
    for (const id of LAYERS) {
      const text = await page(`/v1/collections/${id}/items?limit=2`);
      const { features } = await get(`/v1/collections/${id}/items?limit=2`);
      for (const feature of features) {
        expect(text).toContain(`data-id="${feature.id}"`);
        expect(await page(`/v1/collections/${id}/items/${feature.id}`)).toContain(`<td>${feature.id}</td>`);
      }
    }
  });
});

// As they are sent by QGIS 3.40, GDAL 3.10, requests (OWSLib), curl and fetch.
describe.each([
  'application/json',
  'application/geo+json, application/json',
  'application/geo+json, application/json;q=0.9, */*;q=0.1',
  'application/geo+json',
  'application/schema+json',
  'application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json',
  '*/*',
])('a request with Accept %s', (accept) => {
  test.each(PAGES)('gets JSON at %s', async (path) => {
    const { headers } = await service.api.get(path).set('Accept', accept).expect(200);
    expect(headers['content-type']).toMatch(/json/);
  });
});

describe('a table', () => {
  test('escapes texts', async () => {
    for (const path of [`${items}?ids=${OUTLANDISH.id}`, `${items}/${OUTLANDISH.id}`]) {
      const text = await page(path);
      expect(text).not.toMatch(/<script>|<img src=x/);
      expect(text).toContain(
        '<div class="text" dir="auto">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &lt;img src=x onerror=&#39;y&#39;&gt; &amp; &amp;amp; \u202eback\u202c</div>',
      );
      expect(text).toContain('حريق قرب المعبر</div>');
    }
  });

  test('shows times in UTC for humans and machines', async () => {
    expect(await page(`${items}?ids=${OUTLANDISH.id}`)).toContain(
      '<time datetime="2026-11-01T05:30:15.5Z">2026-11-01 05:30:15.5 UTC</time>',
    );
    expect(await page('/v1/collections/zones/items/exercise-jefara')).toMatch(
      /<time datetime="2026-09-01T00:00:00Z">2026-09-01 00:00 UTC<\/time>/,
    );
  });

  test('has a column with a sort link for each requested property', async () => {
    const text = await page(`${items}?properties=kind,countsBest&limit=3&sortby=kind`);
    const columns = [...text.matchAll(/<th scope="col" data-name="(\w+)" aria-sort="(\w+)">/g)];
    expect(columns.map(([, name, order]) => [name, order])).toEqual([
      ['kind', 'ascending'],
      ['countsBest', 'none'],
    ]);
    const [href] = addressesIn(text, 'href').filter((address) => address.includes('sortby=-kind'));
    expect(await page(href!)).toContain('data-name="kind" aria-sort="descending"');
  });

  test('links from page to page to the end, and back to the first', async () => {
    const seen: string[] = [];
    let path: string | undefined = `${items}?limit=2&kind=distress,fire&f=html`;
    while (path) {
      const text: string = await page(path);
      seen.push(...[...text.matchAll(/data-id="([^"]+)"/g)].map(([, id]) => id!));
      if (path.includes('cursor=')) expect(text).toContain('First page');
      const [next] = /<a class="button" rel="next"[^>]*>/.exec(text) ?? [];
      path = next && pathOf(addressesIn(next, 'href')[0]!);
    }
    const { features } = await get(`${items}?limit=1000&kind=distress,fire`);
    expect(features.length).toBeGreaterThan(4);
    expect(seen).toEqual(features.map(({ id }: { id: string }) => id));
  });

  test('names the next page as a page in its header, too', async () => {
    const { headers } = await readPage(service.api, `${items}?limit=1`);
    expect(headers.link).toMatch(/rel="next"; type="text\/html"$/);
  });

  test('has at most 1000 rows, whatever limit says', async () => {
    const features = Array.from({ length: 1100 }, (_, n) =>
      anIncident({ source: 'many', externalId: `many-${n}`, tlp: 'CLEAR' }),
    );
    await service.api
      .post('/v1/incidents/import')
      .set({ ...as(keyOf('TUN', 'reporter')), 'Content-Type': 'application/geo+json' })
      .send(JSON.stringify({ type: 'FeatureCollection', features }))
      .expect(200);
    const text = await page(`${items}?limit=10000&source=many`);
    expect([...text.matchAll(/<tr data-id=/g)]).toHaveLength(1000);
    expect(text).toContain('rel="next"');
    expect((await get(`${items}?limit=10000&source=many`)).features).toHaveLength(1100);
  });

  test('is missing for a count only, or without matches', async () => {
    const hits = await page(`${items}?resultType=hits&kind=fire`);
    const { numberMatched } = await get(`${items}?resultType=hits&kind=fire`);
    expect(hits).toContain(`${numberMatched} match.`);
    expect(hits).not.toContain('<table');
    const nothing = await page(`${items}?source=nowhere`);
    expect(nothing).toContain('Nothing matches.');
    expect(nothing).not.toMatch(/<table|id="map"/);
  });
});

describe('a map', () => {
  test('draws the features of the page, and only them', async () => {
    const { features } = await get('/v1/collections/segments/items?limit=7');
    const shapes = shapesOf(await page('/v1/collections/segments/items?limit=7'));
    expect(shapes.features).toEqual(
      features.map(({ id, geometry }: { id: string; geometry: unknown }) => ({
        type: 'Feature',
        geometry,
        properties: expect.objectContaining({ id }),
      })),
    );
  });

  test.each(['/v1/collections/agencies/items', `${items}?skipGeometry=true`, `${items}?crs=${CRS.utm}`])(
    'is omitted without anything to draw, or not in degrees: %s',
    async (path) => {
      expect(await page(path)).not.toContain('id="map"');
    },
  );
});

describe('the form', () => {
  test('shows the request, and keeps parameters without a field', async () => {
    const text = await page(
      `${items}?kind=fire&sortby=-kind&filter=severity%3D'minor'&limit=10&cursor=`.replace('&cursor=', ''),
    );
    expect(text).toContain('<option selected>fire</option>');
    expect(text).toContain('<input type="hidden" name="sortby" value="-kind">');
    expect(text).toContain('name="filter" value="severity=&#39;minor&#39;"');
    expect(text).toMatch(/<details class="filter" hidden open>/);
  });

  test('sends only parameters of the layer', async () => {
    for (const id of LAYERS) {
      const form = /<form.*?<\/form>/s.exec(await page(`/v1/collections/${id}/items?limit=1`))![0];
      for (const [, name, choices] of form.matchAll(/<select name="(\w+)">(.*?)<\/select>/gs)) {
        const value = [...choices!.matchAll(/<option[^>]*>([^<]+)<\/option>/g)].at(-1)![1];
        await readPage(service.api, `/v1/collections/${id}/items?${name}=${encodeURIComponent(value!)}`);
      }
    }
  });
});

describe('a page of labelled rows', () => {
  test('is visible, cached and audited like its document', async () => {
    const { body } = await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ tlp: 'AMBER+STRICT' }))
      .expect(201);
    const reader = as(keyOf('TUN', 'reader'));
    for (const path of [
      `/collections/incidents/items?ids=${body.id}`,
      `/collections/incidents/items/${body.id}`,
    ]) {
      const json = await ask(service, { path, headers: reader });
      const html = await ask(service, { path, headers: { ...reader, Accept: BROWSER } });
      expect(json.entries.length).toBeGreaterThan(0);
      expect(html.entries).toEqual(json.entries);
      expect(html.text).toContain(`>${body.id}</`);
      const seen = await readPage(service.api, `/v1${path}`, reader);
      expect(seen.headers['cache-control']).toBe('private, no-cache');
    }
    await service.api.get(`${items}/${body.id}`).set('Accept', BROWSER).expect(404);
    expect(await page(`${items}?ids=${body.id}`)).toContain('Nothing matches.');
  });

  test('has its own ETag, with which it is not sent twice', async () => {
    const json = await service.api.get(`${items}?limit=3`).expect(200);
    const { headers } = await readPage(service.api, `${items}?limit=3`);
    expect(headers.etag).not.toBe(json.headers.etag);
    const again = (etag: string) =>
      service.api.get(`${items}?limit=3`).set({ Accept: BROWSER, 'If-None-Match': etag });
    await again(headers.etag!).expect(304);
    await again(json.headers.etag!).expect(200);
  });
});

describe('a problem', () => {
  test.each([
    ['/v1/collections/nowhere', 404, 'There is no layer nowhere'],
    [`${items}?bbox=1,2`, 400, 'bbox'],
    ['/v1/nothing/<b>here</b>', 404, 'Nothing is served'],
    ['/v1/keys', 401, 'This needs a key'],
  ])('is an HTML page for browsers: %s', async (path, status, words) => {
    const { text, headers } = await service.api.get(path).set('Accept', BROWSER).expect(status);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers.vary).toContain('Accept');
    expect(text).toContain(words);
    expect(text).not.toContain('<b>');
    const { headers: plain } = await service.api.get(path).expect(status);
    expect(plain['content-type']).toBe('application/problem+json');
  });

  test('links to its meaning', async () => {
    const { text } = await service.api.get('/v1/collections/nowhere').set('Accept', BROWSER);
    const [type] = addressesIn(text, 'href').filter((address) => address.startsWith('/problems/'));
    expect(await page(type!)).toContain('Nothing that this caller may see is at this address.');
    expect(await page('/problems')).toContain(`<a href="${type}">`);
    expect((await get(type!)).type).toBe(type);
  });

  test('is JSON with f=json', async () => {
    const answer = await service.api.get('/v1/collections/nowhere?f=json').set('Accept', BROWSER).expect(404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });
});

test('the root redirects to the landing page', async () => {
  expect((await service.api.get('/').expect(302)).headers.location).toBe('/v1/');
});

test('the page of a problem lists each fault once', async () => {
  const faultsAt = async (path: string) => {
    const { text } = await service.api.get(path).set('Accept', BROWSER).expect(400);
    return text.match(/must be at least 1|must be west,south/g);
  };
  expect(await faultsAt('/v1/zones?limit=0')).toHaveLength(1);
  expect(await faultsAt('/v1/zones?limit=0&bbox=1')).toHaveLength(2);
});
