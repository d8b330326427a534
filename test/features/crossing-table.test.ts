import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { TRAFFIC_CLASSES } from '../../src/features/crossings/crossing.vocabulary.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = (country: CountryCode) => as(keyOf(country, 'operator'));
const state = async (crossing: string, country: CountryCode, body: object) =>
  (await service.api.post(`/v1/crossings/${crossing}/status`).set(operator(country)).send(body).expect(201))
    .body;
const read = async (crossing: string, at?: string) =>
  (await service.api.get(`/v1/crossings/${crossing}`).query({ at }).expect(200)).body.properties;
const withdraw = (crossing: string, id: string, headers = operator('TUN'), reason = 'Meant for Dehiba') =>
  service.api.post(`/v1/crossings/${crossing}/status/${id}/withdrawal`).set(headers).send({ reason });

interface Cell {
  entering: CountryCode;
  traffic: string;
  state: string;
  sides: { country: CountryCode; state: string; basis: string; statement: string | null }[];
}
const cellOf = ({ table }: { table: Cell[] }, entering: CountryCode, traffic: string) =>
  table.find((cell) => cell.entering === entering && cell.traffic === traffic)!;

describe('the table of a crossing', () => {
  test('has a row for each direction and class of traffic, with both sides', async () => {
    const { table } = await read('ras-ajdir');
    expect(table.map(({ entering, traffic }: Cell) => [entering, traffic])).toEqual(
      (['LBY', 'TUN'] as const).flatMap((country) => TRAFFIC_CLASSES.map((one) => [country, one])),
    );
    for (const { sides } of table)
      expect(sides.map(({ country }: Cell['sides'][number]) => country)).toEqual(['LBY', 'TUN']);
  });

  test('says what each state rests on, and that nobody spoke of the rest', async () => {
    const properties = await read('ras-ajdir');
    const [{ id }] = properties.sides[0].statements;
    expect(cellOf(properties, 'TUN', 'goods').sides[0]).toEqual({
      country: 'LBY',
      state: 'open',
      basis: 'statement',
      statement: id,
    });
    expect(cellOf(properties, 'TUN', 'livestock')).toMatchObject({ state: 'unknown' });
    expect(cellOf(properties, 'TUN', 'livestock').sides[0]).toMatchObject({
      basis: 'nothing',
      statement: null,
    });
    expect(properties.status.state).toBe('open');
  });

  test('means the same direction on both sides', async () => {
    const crossing = 'dehiba-wazin';
    const { id } = await state(crossing, 'LBY', { state: 'closed', entering: 'TUN', traffic: ['goods'] });
    const properties = await read(crossing);
    expect(cellOf(properties, 'TUN', 'goods')).toMatchObject({
      state: 'closed',
      sides: [
        { country: 'LBY', state: 'closed', basis: 'statement', statement: id },
        { country: 'TUN', state: 'open' },
      ],
    });
    expect(cellOf(properties, 'LBY', 'goods').state).toBe('open');
    expect(cellOf(properties, 'TUN', 'passengers').state).toBe('open');
    expect(properties.status.state).toBe('restricted');
  });

  test('a newer statement about more traffic replaces a narrower one within it', async () => {
    const crossing = 'el-aioun-babouch';
    await state(crossing, 'TUN', { state: 'closed', traffic: ['goods'] });
    const { id } = await state(crossing, 'TUN', { state: 'open', traffic: ['goods', 'vehicles'] });
    const properties = await read(crossing);
    expect(cellOf(properties, 'TUN', 'goods').sides[1]).toMatchObject({ state: 'open', statement: id });
    expect(properties.status.state).toBe('open');
  });
});

describe('a mistake', () => {
  test('is withdrawn: it counts at no instant, and stays in the history, marked', async () => {
    const crossing = 'bouchebka';
    const { id, ...wrong } = await state(crossing, 'TUN', { state: 'closed', from: '2026-05-01' });
    expect((await read(crossing, '2026-05-02')).status.state).toBe('closed');
    const { body } = await withdraw(crossing, id).expect(200);
    expect(body).toMatchObject({
      ...wrong,
      id,
      withdrawn: { agency: wrong.agency, reason: 'Meant for Dehiba' },
    });
    for (const at of ['2026-05-02', undefined]) {
      const { status, sides } = await read(crossing, at);
      expect(status.state).toBe('open');
      expect(JSON.stringify(sides)).not.toContain(id);
    }
    const history = async (query: object) =>
      (await service.api.get(`/v1/crossings/${crossing}/status`).query(query).expect(200)).body.statements;
    expect(await history({})).toContainEqual(body);
    expect(await history({ withdrawn: true })).toEqual([body]);
    expect(await history({ withdrawn: false })).not.toContainEqual(body);
  });

  test('is withdrawn once, by an operator of its side, with a reason', async () => {
    const crossing = 'bouchebka';
    const { id } = await state(crossing, 'DZA', { state: 'restricted' });
    const { body } = await withdraw(crossing, id).expect(403);
    expect(body.detail).toMatch(/TUN, not for DZA/);
    await withdraw(crossing, id, as(keyOf('DZA', 'reporter'))).expect(403);
    await withdraw('ras-ajdir', id, operator('DZA')).expect(404);
    await withdraw(crossing, id, operator('DZA'), '').expect(400);
    await withdraw(crossing, id, operator('DZA'), 'Ask +216 22 345 678').expect(422);
    await withdraw(crossing, id, operator('DZA')).expect(200);
    expect((await withdraw(crossing, id, operator('DZA')).expect(409)).body.detail).toMatch(/already/);
  });

  test('of the reference data is withdrawn, too', async () => {
    const crossing = 'tarat';
    const [{ id }] = (await read(crossing)).sides[0].statements;
    await withdraw(crossing, id, operator('DZA')).expect(200);
    expect((await read(crossing)).sides[0].state).toBe('unknown');
  });
});

test('a planned closure is announced, and holds when its time comes', async () => {
  const crossing = 'taleb-larbi-hazoua';
  const plan = { state: 'closed', reason: 'Bridge works', from: '2100-03-01', to: '2100-03-03' };
  const { id } = await state(crossing, 'DZA', plan);
  const later = await state(crossing, 'DZA', { ...plan, from: '2100-05-01', to: '2100-05-02' });
  const { sides, status } = await read(crossing);
  expect(status.state).toBe('open');
  expect(sides[0].planned.map((one: { id: string }) => one.id)).toEqual([id, later.id]);
  expect((await read(crossing, '2100-03-02')).status.state).toBe('closed');
  // an early end of the works
  await state(crossing, 'DZA', { state: 'open', from: '2100-03-02' });
  expect((await read(crossing, '2100-03-02T12:00:00Z')).status.state).toBe('open');
  await withdraw(crossing, later.id, operator('DZA')).expect(200);
  expect((await read(crossing)).sides[0].planned).toHaveLength(2);
});
