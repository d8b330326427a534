import { expect, test } from '@jest/globals';
import { describeApi } from '../../src/http/openapi/document.ts';
import { info, validate } from './described.schema.ts';
import { samples } from './sample.operations.ts';

// biome-ignore lint/suspicious/noExplicitAny: the test walks freely in the document
const document = describeApi(samples, info) as any;

test('the document of the samples is valid OpenAPI 3.0.3', async () => {
  expect(document.openapi).toBe('3.0.3');
  expect(await validate(document)).toBe('valid');
});

test('a union told apart by a property maps to its named branches', () => {
  const area = document.components.schemas.Zone.properties.area;
  expect(area.oneOf).toEqual([
    { $ref: '#/components/schemas/Circle' },
    { $ref: '#/components/schemas/Strip' },
  ]);
  expect(area.discriminator).toEqual({
    propertyName: 'shape',
    mapping: { circle: '#/components/schemas/Circle', strip: '#/components/schemas/Strip' },
  });
});

test('a parameter with a lower-case id is shared', () => {
  expect(document.paths['/zones'].get.parameters[0]).toEqual({ $ref: '#/components/parameters/limit' });
  expect(document.components.parameters.limit).toEqual({
    name: 'limit',
    in: 'query',
    description: 'Most zones on a page.',
    style: 'form',
    explode: false,
    example: 5,
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
  });
  expect(document.components.schemas.limit).toBeUndefined();
});

test('a list in the query is one text with commas, and has the example of the operation', () => {
  expect(document.paths['/zones'].get.parameters[1]).toEqual({
    name: 'kind',
    in: 'query',
    description: 'Only of these kinds.',
    style: 'form',
    explode: false,
    example: ['hazard'],
    schema: { type: 'array', items: { $ref: '#/components/schemas/Kind' } },
  });
});

test('a path parameter is required and described', () => {
  expect(document.paths['/zones/{zoneId}'].get.parameters).toEqual([
    {
      name: 'zoneId',
      in: 'path',
      required: true,
      description: 'Id of a zone.',
      example: 'ghadames',
      schema: { type: 'string', pattern: '^[a-z-]+$' },
    },
    { $ref: '#/components/parameters/purpose' },
  ]);
});

test('keys are needed where there are roles, and optional elsewhere', () => {
  const { get, post } = document.paths['/zones'];
  const withKey = [{ bearer: [] }, { apiKey: [] }, { basic: [] }, { session: [] }];
  expect(post.security).toEqual(withKey);
  expect(get.security).toBeUndefined();
  expect(document.security).toEqual([{}, ...withKey]);
  expect(post.description).toBe('Roles: operator, coordinator.');
  expect(Object.keys(document.components.securitySchemes)).toEqual(['bearer', 'apiKey', 'basic', 'session']);
});

test('problems are shared responses of type problem+json', () => {
  const { responses } = document.paths['/zones'].post;
  expect(Object.keys(responses)).toEqual(['201', '400', '409', 'default']);
  expect(responses[409]).toEqual({ $ref: '#/components/responses/409' });
  expect(document.components.responses[409].content).toEqual({
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    'text/html': {},
  });
});

test('a body is described with all its media types and its example', () => {
  const { requestBody } = document.paths['/zones'].post;
  expect(requestBody.required).toBe(true);
  expect(Object.keys(requestBody.content)).toEqual(['application/json', 'application/geo+json']);
  expect(requestBody.content['application/json'].example).toEqual({ name: 'Ghadames', kind: 'buffer' });
});

test('a stream is described as bytes: without a schema in answers', () => {
  expect(document.paths['/import'].post.requestBody).toEqual({
    description: 'Lines of zones.',
    required: true,
    content: { 'text/csv': { schema: { type: 'string', format: 'binary' } } },
  });
  expect(document.paths['/export'].get.responses[200].content).toEqual({ 'text/csv': {} });
});

test('headers of an answer are described', () => {
  expect(document.paths['/zones'].get.responses[200].headers).toEqual({
    Link: { description: 'The next page.', schema: { type: 'string' } },
  });
});

test('two operations of one name are refused', () => {
  expect(() => describeApi([...samples, samples[0]!], info)).toThrow('Two operations are called getZone');
});
