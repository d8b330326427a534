import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { overdueStore } from '../../src/features/coordination/overdue.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { subscriptionSteps, triggersOf } from '../support/subscriptions.ts';

let service: TestService;
let steps: ReturnType<typeof subscriptionSteps>;
beforeAll(async () => {
  service = await startService();
  steps = subscriptionSteps(service);
});
afterAll(() => service.stop());

/** As if it had waited for a day, and then some. */
async function letDayPass(incident: string): Promise<void> {
  await asTableOwner(
    service.db,
    sql`UPDATE base.incident_due SET due_at = due_at - interval '25 hours' WHERE incident = ${incident}`,
  );
  await steps.tell();
  await overdueStore(service.db).fire();
}

// Libya has no mandate at the border between the two others: only a subscription tells it.
const toldOf = async (subscription: string) =>
  (await steps.alerts('LBY', subscription)).flatMap((alert) =>
    triggersOf(alert, subscription).map((trigger) => [trigger, alert.properties.incident]),
  );

test('alerts subscribers of matching incidents without acknowledgement in time', async () => {
  const [all, fuel, fire, early] = [
    await steps.subscribe('LBY', { triggers: ['overdue'] }),
    await steps.subscribe('LBY', { triggers: ['overdue'], filter: "kind = 'smuggling_fuel'" }),
    await steps.subscribe('LBY', { triggers: ['overdue'], kinds: ['fire'] }),
    await steps.subscribe('LBY', { triggers: ['created'] }),
  ];
  const incident = await steps.report({ kind: 'smuggling_fuel', at: [8.42, 35.2] });
  await letDayPass(incident);
  expect(await toldOf(all)).toEqual([['overdue', incident]]);
  expect(await toldOf(fuel)).toEqual([['overdue', incident]]);
  expect(await toldOf(fire)).toEqual([]);
  expect(await toldOf(early)).toEqual([['created', incident]]);
  const [alert, ...more] = await steps.alerts('LBY', all);
  // one alert for both subscriptions
  expect(more).toEqual([]);
  expect(alert!.properties.subscriptions.toSorted()).toEqual([all, fuel].toSorted());
  expect(alert!.properties).toMatchObject({ acknowledgementDueAt: expect.stringMatching(/Z$/) });
  await overdueStore(service.db).fire();
  expect(await toldOf(all)).toHaveLength(1);
});

test('raises no alert for hidden or acknowledged incidents', async () => {
  const all = await steps.subscribe('LBY', { triggers: ['overdue'] });
  const hidden = await steps.report({ tlp: 'AMBER', releasableTo: ['DZA'], at: [8.42, 35.2] });
  const known = await steps.report({ at: [8.42, 35.2] });
  await service.api
    .post(`/v1/incidents/${known}/acknowledgements`)
    .set(as(keyOf('TUN', 'reporter')))
    .expect(({ status }) => expect([200, 201]).toContain(status));
  for (const incident of [hidden, known]) await letDayPass(incident);
  expect(await toldOf(all)).toEqual([]);
});
