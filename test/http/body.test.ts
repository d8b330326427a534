import { expect, test } from '@jest/globals';
import request from 'supertest';
import { sampleApp } from './sample.app.ts';

const { app } = sampleApp();
const api = request(app);
const post = (body: string | object, type = 'application/json') =>
  api.post('/v1/echo').set('Content-Type', type).send(body);
const createZone = (body: object) => api.post('/v1/zones').set('Authorization', 'Bearer operator').send(body);

test.each([
  [{}, 'body name: is required (and 1 more, see errors)'],
  [{ name: '', kind: 'buffer' }, 'body name: must have at least 1 characters (got "")'],
  [{ name: 5, kind: 'buffer' }, 'body name: must be a text (got 5)'],
  [{ name: 'a', kind: 'lake' }, 'body kind: must be one of buffer, hazard (got "lake")'],
  [
    { name: 'a', kind: 'buffer', area: { shape: 'blob' } },
    'body area.shape: must be one of circle, strip (got "blob")',
  ],
  [{ name: 'a', kind: 'buffer', area: {} }, 'body area.shape: is required'],
  [
    { name: 'a', kind: 'buffer', area: { shape: 'circle', centre: [1, 'x'] } },
    'body area.centre.1: must be a number (got "x")',
  ],
  [
    { name: 'a', kind: 'buffer', colour: 1 },
    'body colour: is not known; known are name, kind, area, note, priority, labels, validFrom',
  ],
  [
    { name: 'a', kind: 'buffer', constructor: 1 },
    'body constructor: is not known; known are name, kind, area, note, priority, labels, validFrom',
  ],
  [
    { name: 'a', kind: 'buffer', validFrom: 'monday' },
    'body validFrom: must be a date and time such as 2026-01-31T12:00:00Z (got "monday")',
  ],
  [[], 'body: must be an object (got a list of 0)'],
])('the body %j is refused with the value and what is allowed', async (given, detail) => {
  const { body } = await createZone(given).expect(400);
  expect(body.detail).toBe(detail);
});

test.each([
  ['{"a": }', 'line 1, column 7'],
  ['{\n  "a": 1,\n  "b" 2\n}', 'line 3, column 7'],
  ['{"a": tru}', 'line 1, column 10'],
  ['{"a": 1', 'line 1, column 8'],
  ['{"a": "x\ny"}', 'line 1, column 9'],
  ['{} {}', 'line 1, column 4'],
  ['hello', 'line 1, column 1'],
])('broken JSON %j is refused with the position of the fault', async (text, place) => {
  const { body } = await post(text).expect(400);
  expect(body).toMatchObject({ type: '/problems/invalid-json', status: 400 });
  expect(body.detail).toContain(place);
});

test.each([
  ['__proto__ at the top', '{"__proto__": {"a": 1}}', 'body __proto__: is not known'],
  ['__proto__ further down', '{"a": [{"__proto__": 1}]}', 'body a.0.__proto__: is not known'],
  ['NUL in a text', '{"a": ["b\\u0000"]}', 'body a.0: must not hold the character NUL (U+0000)'],
  ['NUL in a name', '{"a\\u0000": 1}', 'body a\0: must not hold the character NUL (U+0000)'],
  ['half a surrogate pair', '{"a": "\\ud800"}', 'body a: must not hold half a surrogate pair'],
  ['no object', 'null', 'body: must be an object (got null)'],
])('a body with %s is refused', async (_what, text, detail) => {
  const { body } = await post(text).expect(400);
  expect(body.detail).toBe(detail);
});

test('100,000 nested arrays are refused and do not break the stack', async () => {
  const { body } = await post(`{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`).expect(400);
  expect(body.detail).toBe('body a.0.0: is nested deeper than 64 levels');
});

test('a body of 500,000 nested arrays that never close is broken JSON', async () => {
  const { body } = await post('['.repeat(500_000)).expect(400);
  expect(body.type).toBe('/problems/invalid-json');
});

test('ten thousand faults of a body are answered with the first fifty', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`p${index}`, 1]));
  const { body } = await createZone(many).expect(400);
  expect(body.errors).toHaveLength(50);
});

test('a body of another type is refused with the supported types', async () => {
  const { body } = await post('<a/>', 'text/xml').expect(415);
  expect(body.detail).toBe(
    'The Content-Type is text/xml; this operation takes application/json, application/geo+json.',
  );
});

test('a body in another charset is refused', async () => {
  const { body } = await post('{}', 'application/json; charset=latin1').expect(415);
  expect(body.type).toBe('/problems/unsupported-media-type');
});

test('a broken compressed body is refused', async () => {
  const { body } = await api
    .post('/v1/echo')
    .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
    .send('not gzip at all')
    .expect(400);
  expect(body.detail).toContain('The compressed body is broken');
});

test('GeoJSON is accepted as a body by default', () =>
  post('{"type": "Feature"}', 'application/geo+json').expect(200));

test('a request without the body it needs is refused', async () => {
  const { body } = await api.post('/v1/echo').expect(400);
  expect(body.detail).toBe('The request has no body, but this operation needs one.');
});

test('a stream of another type is refused', () =>
  api.post('/v1/import').set('Content-Type', 'application/json').send('{}').expect(415));

test('a handler that streams reads the body itself', async () => {
  const { body } = await api
    .post('/v1/import')
    .set('Content-Type', 'text/csv; charset=utf-8')
    .send('id\n1\n');
  expect(body).toEqual({ characters: 5 });
});
