import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

interface Counts {
  total: number;
  interval: string;
  counts: { from: string; to: string; total: number; severity: Record<string, number> }[];
}

describe('the counts of incidents by time', () => {
  let service: TestService;
  const reporter = as(keyOf('TUN', 'reporter'));
  const DAY = '2026-02-01';

  beforeAll(async () => {
    service = await startService();
    const times = ['00:00:00', '00:59:59.999', '01:00:00', '05:30:00', '23:59:59.999'];
    for (const [i, time] of times.entries())
      await report({ occurredAt: `${DAY}T${time}Z`, tlp: i === 3 ? 'AMBER+STRICT' : 'CLEAR' });
    await report({ occurredAt: '2026-01-31T23:59:59Z', tlp: 'CLEAR' });
    await report({ occurredAt: '2026-02-02T00:00:00Z', tlp: 'CLEAR' });
    await report({ occurredAt: `${DAY}T12:00:00Z`, tlp: 'CLEAR', severity: 'extreme', kind: 'fire' });
  });
  afterAll(() => service?.stop());

  const report = (change: Record<string, unknown>) =>
    service.api.post('/v1/incidents').set(reporter).send(anIncident(change)).expect(201);
  const ask = async (query: string, headers: Record<string, string> = {}): Promise<Counts> =>
    (await service.api.get(`/v1/incidents/counts?${query}`).set(headers).expect(200)).body;

  test('have every interval of the period, and the ends belong to the next one', async () => {
    const { total, counts, interval } = await ask(`datetime=${DAY}`, reporter);
    expect(interval).toBe('PT1H');
    expect(counts).toHaveLength(24);
    expect(counts[0]).toEqual({
      from: '2026-02-01T00:00:00Z',
      to: '2026-02-01T01:00:00Z',
      total: 2,
      severity: { moderate: 2 },
    });
    expect(counts[1]!.total).toBe(1);
    expect(counts[12]).toMatchObject({ total: 1, severity: { extreme: 1 } });
    expect(counts[23]!.total).toBe(1);
    expect(total).toBe(6);
  });

  test('hold what the caller sees, as the list does', async () => {
    for (const headers of [{}, reporter, as(keyOf('LBY', 'reader'))]) {
      const { total } = await ask(`datetime=${DAY}`, headers);
      const { body } = await service.api.get(`/v1/incidents?datetime=${DAY}&limit=1000`).set(headers);
      expect(total).toBe(body.features.length);
    }
    expect((await ask(`datetime=${DAY}`)).counts[5]!.total).toBe(0);
  });

  test('take the filters of the list', async () => {
    expect((await ask(`datetime=${DAY}&kind=fire`)).total).toBe(1);
    expect((await ask(`datetime=${DAY}&bbox=20,20,21,21`)).total).toBe(0);
    expect((await ask(`datetime=${DAY}&severity=moderate&border=DZA-TUN`, reporter)).total).toBe(5);
  });

  test('a last interval may be shorter, and begins where the others end', async () => {
    const { counts } = await ask(
      'datetime=2026-02-01T00:30:00Z/2026-02-01T13:00:00Z&interval=PT6H',
      reporter,
    );
    expect(counts.map(({ from, to }) => [from.slice(11, 16), to.slice(11, 16)])).toEqual([
      ['00:30', '06:30'],
      ['06:30', '12:30'],
      ['12:30', '13:00'],
    ]);
    expect(counts.map(({ total }) => total)).toEqual([3, 1, 0]);
  });

  test('a cancelled incident is not counted', async () => {
    const { body } = await report({ occurredAt: '2026-03-01T10:00:00Z', tlp: 'CLEAR' });
    expect((await ask('datetime=2026-03-01')).total).toBe(1);
    await service.api
      .post(`/v1/incidents/${body.id}/reports`)
      .set(reporter)
      .send({ text: 'A false alarm.', state: 'cancelled' })
      .expect(201);
    expect((await ask('datetime=2026-03-01')).total).toBe(0);
  });

  test.each([
    ['without a period', ''],
    ['with an open period', 'datetime=2026-01-01/..'],
    ['with too many intervals', 'datetime=2026-01-01/2026-03-01&interval=PT5M'],
    ['with another interval', `datetime=${DAY}&interval=PT7M`],
    ['in a zone that is not there', `datetime=${DAY}&within=nowhere`],
  ])('%s are refused', (_how, query) => service.api.get(`/v1/incidents/counts?${query}`).expect(400));
});
