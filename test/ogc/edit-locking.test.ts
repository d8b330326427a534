import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { aFlatIncident, aFlatZone } from '../support/builders.flat.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { editorOf } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const OPERATOR = as(keyOf('TUN', 'operator'));
const editor = (layer: string, headers = OPERATOR) => editorOf(service.api, layer, headers);
const LAYERS = {
  zones: { feature: aFlatZone, change: (n: number) => ({ purpose: `Purpose ${n}` }) },
  incidents: { feature: aFlatIncident, change: (n: number) => ({ countsBest: n }) },
};
const each = Object.entries(LAYERS);

describe.each(each)(
  'ogcapi-features-4/optimistic-locking-etags: a feature of %s',
  (layer, { feature, change }) => {
    const whole = (n: number) => feature(change(n));

    test('has a strong ETag, the same after a write as in a read', async () => {
      const made = await editor(layer).post(whole(1)).expect(201);
      const id = made.headers.location!.split('/items/')[1]!;
      const tags = [made.headers.etag];
      for (const write of [
        () => editor(layer).put(id, whole(2)),
        () => editor(layer).patch(id, { properties: change(3) }),
      ]) {
        tags.push((await write().expect(204)).headers.etag);
        expect((await editor(layer).get(id).expect(200)).headers.etag).toBe(tags.at(-1));
      }
      expect(new Set(tags).size).toBe(3);
      for (const tag of tags) expect(tag).toMatch(/^"[^"]+"$/);
      await service.api
        .get(`/v1/collections/${layer}/items/${id}`)
        .set({ ...OPERATOR, 'If-None-Match': tags.at(-1)! })
        .expect(304);
    });

    test('is written if If-Match has its ETag, and only once', async () => {
      const id = await editor(layer).add(whole(1));
      const tag = async () => (await editor(layer).get(id).expect(200)).headers.etag!;
      let current = await tag();
      for (const write of [
        (ifMatch: string) => editor(layer).put(id, whole(5), { 'If-Match': ifMatch }),
        (ifMatch: string) => editor(layer).patch(id, { properties: change(6) }, { 'If-Match': ifMatch }),
      ]) {
        await write(current).expect(204);
        const { body } = await write(current).expect(412);
        expect(body).toMatchObject({ type: '/problems/precondition-failed', status: 412 });
        expect(body.detail).toMatch(/Read it again/);
        current = await tag();
      }
      await editor(layer).remove(id, { 'If-Match': '"0"' }).expect(412);
      expect(await tag()).toBe(current);
      await editor(layer).remove(id, { 'If-Match': current }).expect(204);
    });

    test('is compared by the rules of HTTP', async () => {
      const id = await editor(layer).add(whole(1));
      const patch = async (header: string, n: number) =>
        (await editor(layer).patch(id, { properties: change(n) }, { 'If-Match': header })).status;
      const tag = async () => (await editor(layer).get(id).expect(200)).headers.etag!;
      expect(await patch(`W/${await tag()}`, 2)).toBe(412);
      expect(await patch((await tag()).slice(1, -1), 2)).toBe(412);
      expect(await patch('', 2)).toBe(412);
      expect(await patch('*', 2)).toBe(204);
      expect(await patch(`"x", ${await tag()}`, 3)).toBe(204);
    });

    test('is locked during the comparison: of many concurrent writes one wins', async () => {
      const id = await editor(layer).add(whole(1));
      const { headers } = await editor(layer).get(id).expect(200);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          editor(layer).patch(id, { properties: change(n + 10) }, { 'If-Match': headers.etag! }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(7).fill(412)]);
    });

    test('matches nothing for a caller that does not see it', async () => {
      const id = await editor(layer).add(whole(1));
      const foreign = editor(layer, as(keyOf('DZA', 'operator')));
      for (const one of [id, uuidv7()])
        for (const tag of ['*', '"1"']) {
          await foreign.patch(one, {}, { 'If-Match': tag }).expect(404);
          await foreign.remove(one, { 'If-Match': tag }).expect(404);
        }
    });
  },
);

describe('ogcapi-features-4/optimistic-locking-etags: PUT on an incident that is not there', () => {
  test('fails with If-Match, even for a hidden incident', async () => {
    const hidden = await editor('incidents').add(aFlatIncident());
    const foreign = editor('incidents', as(keyOf('DZA', 'operator')));
    const answers = [];
    for (const id of [hidden, uuidv7()]) {
      answers.push(await foreign.put(id, aFlatIncident(), { 'If-Match': '"1"' }).expect(412));
      await foreign.get(id).expect(404);
    }
    const [one, other] = answers.map(({ body }) => body.detail);
    expect(one).toBe(other);
  });

  test('creates it with If-None-Match: *, once', async () => {
    const id = uuidv7();
    const put = () => editor('incidents').put(id, aFlatIncident(), { 'If-None-Match': '*' });
    await put().expect(201);
    const { body } = await put().expect(412);
    expect(body.detail).toContain('something is here already');
  });
});

describe('ogcapi-features-4/optimistic-locking-etags: the ETag of one form of a zone', () => {
  const path = (id: string) => [`/v1/zones/${id}`, `/v1/collections/zones/items/${id}`] as const;
  const tagOf = async (address: string) =>
    (await service.api.get(address).set(OPERATOR).expect(200)).headers.etag!;

  test('works for the other one', async () => {
    const { id } = await agreeZone(service.api, 'TUN');
    const [nested, flat] = path(id);
    const write = (address: string, ifMatch: string, purpose: string) =>
      service.api
        .patch(address)
        .set({ ...OPERATOR, 'If-Match': ifMatch })
        .send({ properties: { purpose } });
    const tags = [await tagOf(nested), await tagOf(flat)] as const;
    expect(tags[0]).not.toBe(tags[1]);
    await write(nested, tags[1], 'One').expect(200);
    // the agreed revision is not the newest any more
    for (const tag of tags) await write(flat, tag, 'Two').expect(412);
    await write(flat, await tagOf(`${nested}?revision=latest`), 'Two').expect(204);
    await write(nested, await tagOf(`${flat}?revision=latest`), 'Three').expect(200);
  });
});

describe('an ETag reveals nothing', () => {
  const reader = as(keyOf('LBY', 'reader'));
  const tags = async (paths: string[], headers: Record<string, string>) =>
    Promise.all(
      paths.map(async (path) => (await service.api.get(`/v1${path}`).set(headers).expect(200)).headers.etag),
    );

  test('about a hidden report', async () => {
    const id = await editor('incidents').add(aFlatIncident({ tlp: 'GREEN' }));
    const paths = [`/incidents/${id}`, `/collections/incidents/items/${id}`];
    const before = await tags(paths, reader);
    await service.api
      .post(`/v1/incidents/${id}/reports`)
      .set(OPERATOR)
      .send({ text: 'For us alone.', tlp: 'AMBER+STRICT' })
      .expect(201);
    expect(await tags(paths, reader)).toEqual(before);
  });

  test('about a revision that waits for the consent of others', async () => {
    const { id } = await agreeZone(service.api, 'TUN', { tlp: 'GREEN' });
    const paths = [
      `/zones/${id}`,
      `/zones/${id}?revision=latest`,
      `/collections/zones/items/${id}`,
      `/collections/zones/items/${id}?revision=latest`,
    ];
    const before = await tags(paths, reader);
    const own = await tags(paths, OPERATOR);
    await editor('zones')
      .patch(id, { properties: { purpose: 'Next' } })
      .expect(204);
    expect(await tags(paths, reader)).toEqual(before);
    const now = await tags(paths, OPERATOR);
    expect(now.map((tag, n) => tag === own[n])).toEqual([true, false, true, false]);
  });
});
