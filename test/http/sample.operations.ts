import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { operation } from '../../src/http/operation.ts';
import { JsonText } from '../../src/http/reply.ts';
import { zoneSamples } from './sample.zones.ts';

const ok = { 200: { description: 'It went well.', schema: z.looseObject({}) } };

export const samples = [
  ...zoneSamples,
  operation({
    id: 'echo',
    method: 'post',
    path: '/echo',
    tag: 'Other',
    summary: 'Answer the body.',
    body: z.looseObject({}),
    responses: ok,
    problems: [],
    handle: async ({ body }) => ({ body }),
  }),
  operation({
    id: 'importZones',
    method: 'post',
    path: '/import',
    tag: 'Other',
    summary: 'Read the request itself.',
    streams: { 'text/csv': 'Lines of zones.' },
    responses: ok,
    problems: [],
    handle: async ({ request }) => ({ body: { characters: (await text(request)).length } }),
  }),
  operation({
    id: 'exportZones',
    method: 'get',
    path: '/export',
    tag: 'Other',
    summary: 'Answer a stream.',
    query: z.strictObject({ breaks: z.enum(['before', 'after']).optional() }),
    responses: { 200: { description: 'CSV.', mediaType: 'text/csv' } },
    problems: [],
    handle: async ({ query }) => ({ body: Readable.from(lines(query.breaks)) }),
  }),
  operation({
    id: 'misbehave',
    method: 'get',
    path: '/misbehave/{how}',
    tag: 'Other',
    summary: 'Do what no handler should.',
    params: z.strictObject({ how: z.string() }),
    responses: { 200: { description: 'Fine.', schema: z.object({ fine: z.literal(true) }) } },
    problems: [],
    handle: async ({ params }) => misbehave(params.how),
  }),
  operation({
    id: 'getTile',
    method: 'get',
    path: '/tile',
    tag: 'Other',
    summary: 'Answer bytes.',
    responses: { 200: { description: 'A tile.', mediaType: 'application/vnd.mapbox-vector-tile' } },
    problems: [],
    handle: async () => ({ body: new Uint8Array([26, 0, 255]) }),
  }),
];

async function* lines(breaks: 'before' | 'after' | undefined) {
  if (breaks === 'before') throw new Error('the secret of the database');
  yield 'id,name\n';
  if (breaks === 'after') throw new Error('the secret of the database');
  yield 'a,غدامس\n';
}

let release = (): void => {};
/** Lets the request that hangs come to its end. */
export const endHanging = (): void => release();

const hang = () =>
  new Promise<void>((resolve) => {
    release = resolve;
  });

async function misbehave(how: string) {
  if (how === 'throw') throw new Error('the secret of the database');
  if (how === 'hang') await hang();
  if (how === 'wrong-status') return { status: 202, body: { fine: true } };
  if (how === 'wrong-body') return { body: new JsonText('{"fine": false}') };
  if (how === 'extra-property') return { body: { fine: true, more: 1 } };
  return { body: { fine: true } };
}
