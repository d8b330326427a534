import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { positionOf } from '../support/builders.reference.ts';
import { aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { randomNumbers } from '../support/random.ts';
import { releaseSteps } from '../support/release.ts';
import { keyFor, RESCUE_AGENCY } from '../support/rescue.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { eastOf, subscriptionSteps, triggersOf } from '../support/subscriptions.ts';
import { asText, parseXml } from '../support/xml.ts';

let service: TestService;
let steps: ReturnType<typeof subscriptionSteps>;
let release: ReturnType<typeof releaseSteps>['release'];
beforeAll(async () => {
  service = await startService();
  steps = subscriptionSteps(service);
  release = releaseSteps(service).release;
});
afterAll(() => service.stop());

const { lon, lat } = positionOf('bouchebka');
const HERE = [lon, lat] as const;
const near = { crossing: 'bouchebka', withinMetres: 5000 };
const [IN, BAND, OUT] = [1000, 5150, 8000].map((metres) => eastOf(HERE, metres)) as [
  [number, number],
  [number, number],
  [number, number],
];

describe('a subscription', () => {
  test('to created alerts once per incident near its crossing', async () => {
    const id = await steps.subscribe('DZA', { ...near, triggers: ['created'] });
    const incident = await steps.report({ at: IN });
    await steps.report({ at: OUT });
    expect(await steps.heard('DZA', id)).toEqual(['created']);
    const [told] = await steps.alerts('DZA', id);
    expect(told!.properties).toMatchObject({ incident, reasons: expect.arrayContaining([`created:${id}`]) });
    await steps.add(incident, { text: 'Seen again.' });
    await steps.move(incident, OUT);
    await steps.move(incident, IN);
    expect(await steps.heard('DZA', id)).toEqual(['created']);
  });

  test('to updated and closed alerts on both', async () => {
    const id = await steps.subscribe('DZA', { ...near, triggers: ['updated', 'closed'] });
    const incident = await steps.report({ at: IN });
    expect(await steps.heard('DZA', id)).toEqual([]);
    await steps.add(incident, { severity: 'extreme' });
    expect(await steps.heard('DZA', id)).toEqual(['updated']);
    await steps.add(incident, { state: 'closed' });
    expect(await steps.heard('DZA', id)).toEqual(['updated', 'closed']);
  });

  test.each([
    ['kinds', { kinds: ['fire', 'flood'] }, { kind: 'fire' }, { kind: 'distress' }],
    ['severity', { minimumSeverity: 'severe' }, { severity: 'extreme' }, { severity: 'moderate' }],
    ['nature', { natures: ['test'] }, { nature: 'test' }, { nature: 'actual' }],
    ['filter', { filter: "placeText = 'Ridge'" }, { placeText: 'Ridge' }, { placeText: 'Wadi' }],
    [
      'filter as JSON',
      { filter: { op: '=', args: [{ property: 'kind' }, 'flood'] } },
      { kind: 'flood' },
      { kind: 'fire' },
    ],
    ['segment', { segment: 'DZA-TUN-07', withinMetres: 0 }, {}, {}],
  ])('with %s alerts only on matches', async (what, wanted, fitting, other) => {
    const id = await steps.subscribe('DZA', { ...wanted, triggers: ['created'] });
    const incident = await steps.report({ at: IN, ...fitting });
    await steps.report({ at: IN, ...other });
    await steps.tell();
    const told = (await steps.alerts('DZA', id)).map(({ properties }) => properties.incident);
    expect(told).toEqual(what === 'segment' ? [] : [incident]);
    await steps.remove('DZA', id).expect(204);
  });

  test('to a segment measures from its line', async () => {
    const { body } = await service.api
      .get(`/v1/incidents/${await steps.report({ at: OUT })}`)
      .set(as(keyOf('TUN', 'reader')));
    const { segment, distanceToBorderMetres: metres } = body.properties;
    const within = (withinMetres: number) =>
      steps.subscribe('TUN', { segment, withinMetres, triggers: ['created'] });
    const [short, long] = [await within(metres - 20), await within(metres + 20)];
    await steps.report({ at: OUT });
    expect(await steps.heard('TUN', long)).toEqual(['created']);
    expect(await steps.heard('TUN', short)).toEqual([]);
  });

  test('to a threshold alerts when it is reached, and again after it was not', async () => {
    const id = await steps.subscribe('DZA', {
      ...near,
      triggers: ['threshold'],
      threshold: { incidents: 3, minutes: 60 },
    });
    await steps.report({ at: IN }, 3700);
    await steps.report({ at: IN }, 1800);
    const second = await steps.report({ at: IN }, 1700);
    expect(await steps.heard('DZA', id)).toEqual([]);
    await steps.report({ at: IN }, 60);
    await steps.report({ at: IN }, 60);
    expect(await steps.heard('DZA', id)).toEqual(['threshold']);
    expect((await steps.alerts('DZA', id))[0]!.properties.incidentCount).toBe(4);
    const last = await steps.report({ at: IN }, 60);
    expect(await steps.heard('DZA', id)).toEqual(['threshold']);
    // 1,800 and 60 seconds ago are two, with one more there are three again
    for (const gone of [second, last]) await steps.move(gone, OUT);
    await steps.tell();
    const [first] = await steps.alerts('DZA', id);
    await steps.move(first!.properties.incident, OUT);
    expect(await steps.heard('DZA', id)).toEqual(['threshold']);
    await steps.report({ at: IN }, 60);
    expect(await steps.heard('DZA', id)).toEqual(['threshold', 'threshold']);
  });

  test('that is removed or disabled raises no more alerts', async () => {
    const [gone, asleep] = [
      await steps.subscribe('DZA', { ...near, triggers: ['created'] }),
      await steps.subscribe('DZA', { ...near, triggers: ['created', 'enter'] }),
    ];
    const incident = await steps.report({ at: IN });
    await steps.remove('DZA', gone).expect(204);
    await steps.change('DZA', asleep, { enabled: false }).expect(200);
    expect(await steps.heard('DZA', gone)).toEqual([]);
    expect(await steps.heard('DZA', asleep)).toEqual([]);
    await steps.change('DZA', asleep, { enabled: true }).expect(200);
    await steps.add(incident, { text: 'Seen again.' });
    expect(await steps.heard('DZA', asleep)).toEqual([]);
  });

  test('raises no alerts for archives and hidden incidents', async () => {
    const id = await steps.subscribe('DZA', { ...near, triggers: ['created', 'enter'] });
    await steps.report({ at: IN }, 8 * 86_400);
    await steps.report({ at: IN, tlp: 'AMBER+STRICT' });
    await steps.report({ at: IN, tlp: 'RED' });
    const hidden = await steps.report({ at: IN, tlp: 'AMBER', releasableTo: ['LBY'] });
    expect(await steps.heard('DZA', id)).toEqual([]);
    await release(hidden, { tlp: 'GREEN' });
    expect((await steps.heard('DZA', id)).sort()).toEqual(['created', 'enter']);
    await release(hidden, { tlp: 'AMBER+STRICT' });
    expect(await steps.heard('DZA', id)).toEqual([]);
    await release(hidden, { tlp: 'GREEN' });
    expect((await steps.heard('DZA', id)).sort()).toEqual(['created', 'enter']);
  });

  test('of other agencies work despite a failing filter', async () => {
    const filter = 'countsBest * 1e308 * 1e10 > 1';
    const broken = await steps.subscribe('DZA', { filter, triggers: ['created'] });
    const good = await steps.subscribe('DZA', { filter: 'countsLow = 0', triggers: ['created'] });
    await steps.report({ at: IN, counts: { best: 1, low: 0 } });
    expect(await steps.heard('DZA', good)).toEqual(['created']);
    expect(await steps.heard('DZA', broken)).toEqual([]);
    expect(steps.failed.length).toBeGreaterThan(0);
    for (const id of [broken, good]) await steps.remove('DZA', id).expect(204);
  });
});

describe('of a zone', () => {
  const around = (change: object = {}) =>
    agreeZone(service.api, 'TUN', { geometry: aSquare([lon, lat], 0.05), participants: ['TUN'], ...change });

  test('a subscription alerts on enter and leave while the zone is in force', async () => {
    const zone = await around();
    const id = await steps.subscribe('TUN', { zone: zone.id, triggers: ['enter', 'leave'] });
    const incident = await steps.report({ at: OUT });
    expect(await steps.heard('TUN', id)).toEqual([]);
    await steps.move(incident, IN);
    expect(await steps.heard('TUN', id)).toEqual(['enter']);
    await steps.move(incident, OUT);
    expect(await steps.heard('TUN', id)).toEqual(['enter', 'leave']);
    await service.api
      .delete(`/v1/zones/${zone.id}`)
      .set(as(keyOf('TUN', 'operator')))
      .expect(204);
    await steps.move(incident, IN);
    expect(await steps.heard('TUN', id)).toEqual(['enter', 'leave']);
  });

  test('an incident inside before the subscription has not entered', async () => {
    const zone = await around();
    const [resting, moving] = [await steps.report({ at: IN }), await steps.report({ at: OUT })];
    await steps.tell();
    const id = await steps.subscribe('TUN', { zone: zone.id, triggers: ['enter'] });
    await steps.add(resting, { text: 'Seen again.' });
    expect(await steps.heard('TUN', id)).toEqual([]);
    await steps.move(moving, IN);
    expect(await steps.heard('TUN', id)).toEqual(['enter']);
  });

  test('a zone that the agency does not see cannot be subscribed to', async () => {
    const zone = await around();
    const { body } = await steps.send('LBY', { zone: zone.id, triggers: ['enter'] }).expect(422);
    expect(body.errors).toEqual([
      {
        in: 'body',
        path: 'zone',
        code: 'no-such',
        params: { noun: 'zone', id: zone.id },
        message: `there is no zone with id ${zone.id}`,
      },
    ]);
  });
});

test('a point that moves around the edge enters and leaves by its path', async () => {
  const next = randomNumbers(7);
  const id = await steps.subscribe('TUN', { ...near, triggers: ['enter', 'leave'] });
  const incident = await steps.report({ at: OUT });
  const expected: string[] = [];
  let isIn = false;
  for (let n = 0; n < samples(60, 40); n++) {
    countRuns();
    const metres = [1000, 4700, 4900, 5100, 5150, 5400, 5700, 8000][Math.floor(next() * 8)]!;
    const accuracy = next() < 0.5 ? 50 : 500;
    await steps.move(incident, eastOf(HERE, metres), accuracy);
    await steps.tell();
    if (metres < 5000 && !isIn) expected.push('enter');
    if (metres > 5000 + Math.max(250, accuracy) && isIn) expected.push('leave');
    isIn = metres < 5000 || (isIn && metres <= 5000 + Math.max(250, accuracy));
  }
  expect(expected.length).toBeGreaterThan(8);
  expect(await steps.heard('TUN', id)).toEqual(expected);
}, 60_000);

test('a point that jitters at the edge enters once', async () => {
  const id = await steps.subscribe('TUN', { ...near, triggers: ['enter', 'leave'] });
  const incident = await steps.report({ at: IN });
  for (let n = 0; n < 10; n++) {
    await steps.move(incident, n % 2 ? IN : BAND);
    await steps.tell();
  }
  expect(await steps.heard('TUN', id)).toEqual(['enter']);
});

test('changes between two passes raise alerts in order', async () => {
  const id = await steps.subscribe('TUN', { triggers: ['updated', 'closed'] });
  const incidents = [];
  for (let n = 0; n < 6; n++) incidents.push(await steps.report());
  await steps.tell();
  for (const incident of incidents) {
    await steps.add(incident, { severity: 'severe' });
    await steps.add(incident, { state: 'closed' });
  }
  await steps.tell();
  const told = await steps.alerts('TUN', id);
  for (const incident of incidents) {
    const own = told.filter(({ properties }) => properties.incident === incident);
    expect(own.map((one) => triggersOf(one, id))).toEqual([['updated', 'closed']]);
  }
});

describe('one write raises one alert for an agency', () => {
  test('with all triggers of all its subscriptions, and a later write another one', async () => {
    const rescue = await keyFor(service, 'LBY', RESCUE_AGENCY.LBY, ['operator', 'reporter']);
    const subscribe = async (body: object) =>
      (await service.api.post('/v1/subscriptions').set(rescue).send(body).expect(201)).body.id as string;
    const first = await subscribe({ triggers: ['created', 'updated'] });
    const second = await subscribe({ triggers: ['enter', 'created'], filter: "kind = 'distress'" });
    const alertsOf = async (incident: string) => {
      await steps.tell();
      const { body } = await service.api.get(`/v1/alerts?incident=${incident}`).set(rescue).expect(200);
      return body.features.map(({ id, properties }: { id: string; properties: object }) => ({
        id,
        ...properties,
      }));
    };
    const incident = await steps.report({ at: [11.2, 33.1], kind: 'distress' });
    const [alert, ...more] = await alertsOf(incident);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({ trigger: 'distress', triggers: ['distress', 'created', 'enter'] });
    expect(alert.subscriptions.toSorted()).toEqual([first, second].toSorted());
    expect(alert.reasons.toSorted()).toEqual(
      ['distress', `created:${first}`, `created:${second}`, `enter:${second}`].toSorted(),
    );
    for (const trigger of ['distress', 'enter'])
      expect((await service.api.get(`/v1/alerts?trigger=${trigger}`).set(rescue)).body.features[0].id).toBe(
        alert.id,
      );
    const cap = await service.api
      .get(`/v1/alerts/${alert.id}.cap`)
      .set(rescue)
      .buffer()
      .parse(asText)
      .expect(200);
    const message = parseXml(String(cap.body)).alert;
    expect(message.identifier).toBe(`tripoint.alert.${alert.id}.2`);
    expect(message.info[0].headline).toMatch(
      /^Assistance needed, Reported, Entered a watched area – People in distress/,
    );
    await steps.add(incident, { severity: 'extreme' });
    expect((await alertsOf(incident)).map(({ triggers }: { triggers: string[] }) => triggers)).toEqual([
      ['updated'],
      ['distress', 'created', 'enter'],
    ]);
    // the rescue body keeps the notice, and nothing that it heard as a viewer of the incident
    await release(incident, { tlp: 'AMBER+STRICT' });
    const [left, ...others] = (await service.api.get('/v1/alerts').set(rescue)).body.features;
    expect(others).toEqual([]);
    expect(left).toMatchObject({
      id: alert.id,
      properties: { incident: null, triggers: ['distress'], subscriptions: [], reasons: ['distress'] },
    });
  });
});
