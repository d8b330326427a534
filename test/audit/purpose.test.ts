import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readPurpose } from '../../src/audit/audit.purpose.ts';
import { ask } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

describe('the header X-Purpose', () => {
  const latin1 = (text: string) => Buffer.from(text).toString('latin1');

  test.each([
    ['absent', undefined, undefined],
    ['empty', '', undefined],
    ['in English', 'Joint patrol planning, 24 November', 'Joint patrol planning, 24 November'],
    ['in Arabic, as the bytes of UTF-8', latin1('تخطيط دورية مشتركة'), 'تخطيط دورية مشتركة'],
    ['percent-encoded', encodeURIComponent('Préparation de la réunion'), 'Préparation de la réunion'],
    ['with a percent sign', '100 % of the segment', '100 % of the segment'],
  ])('is read when it is %s', (_, header, purpose) => {
    expect(readPurpose({ 'x-purpose': header as string })).toBe(purpose);
  });

  test.each([
    ['a phone number', 'call +216 98 123 456'],
    ['more than 200 characters', 'x'.repeat(201)],
    ['a control character', 'one\u0007two'],
    ['a change of direction', encodeURIComponent('abc\u202edef')],
  ])('with %s is refused', (_, header) => {
    expect(() => readPurpose({ 'x-purpose': header })).toThrow(/^header X-Purpose: /);
  });
});

describe('a collection that requires a purpose', () => {
  let service: TestService;
  const ids = { amber: '', clear: '' };
  beforeAll(async () => {
    service = await startService({ purposeNeededFor: ['incidents'] });
    const post = async (tlp: string) => {
      const sent = service.api.post('/v1/incidents').set(as(keyOf('TUN', 'reporter')));
      return (await sent.send(anIncident({ tlp })).expect(201)).body.id as string;
    };
    ids.amber = await post('AMBER+STRICT');
    ids.clear = await post('CLEAR');
  });
  afterAll(() => service.stop());

  const read = (path: string, headers = {}) =>
    ask(service, { path, headers: { ...as(keyOf('TUN', 'reader')), ...headers } });

  test('returns non-CLEAR rows to callers with a purpose, and records it', async () => {
    const { status, entries } = await read(`/incidents/${ids.amber}`, { 'X-Purpose': 'Shift report' });
    expect(status).toBe(200);
    expect(entries).toMatchObject([
      { action: 'read', purpose: 'Shift report' },
      { action: 'read-end', purpose: 'Shift report' },
    ]);
  });

  test('refuses others with the remedy, and records that too', async () => {
    const { status, body, entries } = await read(`/incidents/${ids.amber}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      type: '/problems/purpose-needed',
      detail: expect.stringContaining('X-Purpose'),
    });
    expect(JSON.stringify(body)).not.toContain('smuggling');
    expect(entries).toMatchObject([{ action: 'refused', outcome: '400' }]);
  });

  test('does so wherever its rows are returned', async () => {
    const path = '/segments/DZA-TUN-07/incidents?withinMetres=100000';
    const { status, body } = await read(path);
    expect({ status, body }).toMatchObject({ status: 400, body: { type: '/problems/purpose-needed' } });
    expect(await read(path, { 'X-Purpose': 'Shift report' })).toMatchObject({ status: 200 });
  });

  test('accepts writes without a purpose', async () => {
    const { status, entries } = await ask(service, {
      path: '/incidents',
      method: 'post',
      headers: as(keyOf('TUN', 'reporter')),
      body: anIncident(),
    });
    expect({ status, entries }).toMatchObject({ status: 201, entries: [{ action: 'create' }] });
  });

  test('returns CLEAR rows without a purpose', async () => {
    expect(await read(`/incidents/${ids.clear}`)).toMatchObject({ status: 200, entries: [] });
  });
});
