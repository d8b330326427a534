import { expect, test } from '@jest/globals';
import request from 'supertest';
import { sampleApp } from './sample.app.ts';

const { app } = sampleApp();
const api = request(app);

test.each([
  ['limit=0', 'query limit: must be at least 1 (got 0)'],
  ['limit=101', 'query limit: must be at most 100 (got 101)'],
  ['limit=1.5', 'query limit: must be a whole number (got 1.5)'],
  ['limit=abc', 'query limit: must be a number (got "abc")'],
  ['limit=', 'query limit: must be a number (got "")'],
  ['limit=0x10', 'query limit: must be a number (got "0x10")'],
  ['limit=%205', 'query limit: must be a number (got " 5")'],
  ['near=', 'query near: must be a number (got "")'],
  ['near=1e999', 'query near: must be a number (got Infinity)'],
  ['open=yes', 'query open: must be true or false (got "yes")'],
  ['limit=5&limit=6', 'query limit: is given 2 times, give it once'],
  ['limt=5', 'query limt: is not known; known are limit, kind, near, open, name'],
  ['__proto__=5', 'query __proto__: is not known; known are limit, kind, near, open, name'],
  ['constructor=5', 'query constructor: is not known; known are limit, kind, near, open, name'],
  ['kind=buffer,lake', 'query kind.1: must be one of buffer, hazard (got "lake")'],
  ['kind=', 'query kind.0: must be one of buffer, hazard (got "")'],
  ['name=a%00b', 'query name: must not hold the character NUL (U+0000)'],
  [
    'name=aaaaaaaaaaaaaaaaaaaaaaaaa',
    'query name: must have at most 20 characters (got "aaaaaaaaaaaaaaaaaaaaaaaaa")',
  ],
])('the query %s is refused with the value and what is allowed', async (query, detail) => {
  const { body } = await api.get(`/v1/zones?${query}`).expect(400);
  expect(body).toMatchObject({ type: '/problems/invalid-request', status: 400, detail });
  expect(body.errors[0]).toMatchObject({ in: 'query', path: detail.split(/[ :]/)[1] });
});

test.each([
  ['', { limit: 10 }],
  ['limit=7', { limit: 7 }],
  ['near=-1.5e2', { limit: 10, near: -150 }],
  ['open=false', { limit: 10, open: false }],
  ['kind=buffer', { limit: 10, kind: ['buffer'] }],
  ['kind=buffer,hazard', { limit: 10, kind: ['buffer', 'hazard'] }],
  ['kind=buffer&kind=hazard', { limit: 10, kind: ['buffer', 'hazard'] }],
])('the query "%s" is read as its schema declares', async (query, expected) => {
  const { body } = await api.get(`/v1/zones?${query}`).expect(200);
  expect(body.query).toEqual(expected);
});

test('a query on an operation without one is refused', async () => {
  const { body } = await api.get('/v1/zones/preview?x=1').expect(400);
  expect(body.detail).toBe('query x: is not known; this operation takes none');
});

test('all faults of a query are listed, the first one in the detail', async () => {
  const { body } = await api.get('/v1/zones?limit=x&open=x&oops=1').expect(400);
  expect(body.detail).toContain('(and 2 more, see errors)');
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['limit', 'open', 'oops']);
});

test.each([
  ['/v1/zones/UPPER', 'path zoneId: must be lower-case words joined by hyphens (got "UPPER")'],
  ['/v1/zones/a%00b', 'path zoneId: must not hold the character NUL (U+0000)'],
  ['/v1/zones/%E0%A4%A', "The path is not valid percent-encoding. Failed to decode param '%E0%A4%A'."],
])('the path %s is refused with the value', async (path, detail) => {
  const { body } = await api.get(path).expect(400);
  expect(body).toMatchObject({ type: '/problems/invalid-request', detail, instance: path });
});
