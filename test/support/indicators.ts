import { as, keyOf, type TestService } from './service.ts';

/** What was counted at Bouchebka on some days, with all figures. */
export async function addIndicators({ api }: Pick<TestService, 'api'>): Promise<void> {
  for (const day of ['2026-10-01', '2026-10-02', '2026-10-03'])
    await api
      .post('/v1/crossings/bouchebka/indicators')
      .set(as(keyOf('TUN', 'operator')))
      .send({
        day,
        entering: 'TUN',
        traffic: 'passengers',
        passengers: 4210,
        vehicles: 1180,
        trucks: 7,
        medianWaitingMinutes: 32.5,
        method: 'register',
        note: 'Market day',
      })
      .expect(201);
}
