import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { keyFor, RESCUE_AGENCY } from '../support/rescue.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { openStream } from '../support/stream.ts';
import { openReceiver } from '../support/webhook.receiver.ts';
import { courierFor, LOCAL } from '../support/webhooks.ts';
import { AUTUMN, stamp } from '../support/worlds.ts';
import { asText } from '../support/xml.ts';

const reporter = as(keyOf('TUN', 'reporter'));

interface World {
  service: TestService;
  api: TestService['api'];
  rescue: Record<string, string>;
  incident: string;
}

let autumn: World;
let actual: World;
beforeAll(async () => {
  autumn = await withDistress(true);
  actual = await withDistress(false);
});
afterAll(() => Promise.all([autumn.service.stop(), actual.service.stop()]));

async function withDistress(isExercise: boolean): Promise<World> {
  const service = await startService({ webhookTargets: LOCAL });
  if (isExercise) await stamp(service.connection, AUTUMN);
  const rescue = await keyFor(service, 'TUN', RESCUE_AGENCY.TUN, ['reporter']);
  const { body } = await service.api
    .post('/v1/incidents')
    .set(reporter)
    .send(anIncident({ kind: 'distress', at: [11.2, 33.1], tlp: 'RED' }))
    .expect(201);
  return { service, api: service.api, rescue, incident: body.id };
}

const read = async ({ api, rescue }: World, path: string) =>
  (await api.get(path).set(rescue).expect(200)).body;

describe('notices of distress and alerts', () => {
  test.each(['/v1/distress', '/v1/distress/open', '/v1/alerts', '/v1/collections/alerts/items'])(
    'say the exercise in %s, in each of them, and nothing in the actual world',
    async (path) => {
      for (const [world, name] of [
        [autumn, 'autumn'],
        [actual, undefined],
      ] as const) {
        const { features } = await read(world, path);
        expect(features.length).toBeGreaterThan(0);
        for (const feature of features) expect(feature.world).toBe(name);
      }
    },
  );

  test('say it when they are read one by one, and when they are downloaded once', async () => {
    for (const path of ['/v1/distress', '/v1/alerts']) {
      const [{ id }] = (await read(autumn, path)).features;
      expect((await read(autumn, `${path}/${id}`)).world).toBe('autumn');
    }
    const { text } = await autumn.api
      .get('/v1/collections/alerts/items?f=geojsonseq')
      .set(autumn.rescue)
      .buffer(true)
      .expect(200);
    expect(text.match(/"world":"autumn"/g)?.length).toBe(text.trim().split('\n').length);
  });
});

describe('the feed and the stream', () => {
  test('a page of the feed says the exercise, and so do its alerts', async () => {
    for (const [world, name] of [
      [autumn, 'autumn'],
      [actual, undefined],
    ] as const) {
      const { cursor, ...page } = await read(world, '/v1/changes');
      expect(page.world).toBe(name);
      const { body } = await world.api
        .post('/v1/incidents')
        .set(reporter)
        .send(anIncident({ kind: 'distress', at: [11.2, 33.1], tlp: 'RED' }))
        .expect(201);
      const later = await read(
        world,
        `/v1/changes?after=${cursor}&include=feature&collections=alerts&wait=10`,
      );
      expect(later.changes[0].feature.world).toBe(name);
      expect(body.world).toBeUndefined();
    }
  });

  test('a stream of an exercise begins with its name', async () => {
    for (const [world, events] of [
      [autumn, ['world', 'ping']],
      [actual, ['ping']],
    ] as const) {
      const server = createServer(world.service.app).listen(0);
      const { port } = server.address() as AddressInfo;
      const stream = await openStream({ port, headers: world.rescue });
      await stream.until((one) => one.events.some(({ event }) => event === 'ping'));
      expect(stream.events.map(({ event }) => event)).toEqual(events);
      if (world === autumn) expect(stream.events[0]!.data).toEqual({ id: 'autumn', names: AUTUMN.names });
      stream.close();
      server.close().closeAllConnections();
    }
  });
});

describe('CAP and Atom', () => {
  test('titles of feeds and notes of messages name the exercise', async () => {
    const xml = async (world: World, path: string) => {
      const { body } = await world.api.get(path).set(world.rescue).buffer(true).parse(asText).expect(200);
      return String(body);
    };
    expect(await xml(autumn, '/v1/alerts.atom')).toContain('<title>Alerts (exercise Autumn)</title>');
    expect(await xml(actual, '/v1/alerts.atom')).toContain('<title>Alerts</title>');
    expect(await xml(autumn, '/v1/incidents.atom')).toContain('<title>Incidents (exercise Autumn)</title>');
    const cap = async (world: World) =>
      xml(world, `/v1/alerts/${(await read(world, '/v1/alerts')).features[0].id}.cap`);
    const message = await cap(autumn);
    expect(message).toContain('<status>Exercise</status>');
    expect(message).toMatch(
      /<note>EXERCISE · EXERCICE · تمرين · autumn · Exercise Autumn: nothing here is real\./,
    );
    expect(await cap(actual)).toContain('<status>Actual</status>');
    expect(await cap(actual)).not.toContain('<note>');
  });
});

describe('webhooks', () => {
  test('each message and the challenge name the exercise', async () => {
    for (const [world, name] of [
      [autumn, 'autumn'],
      [actual, undefined],
    ] as const) {
      const receiver = await openReceiver();
      const owner = await keyFor(world.service, 'TUN', RESCUE_AGENCY.TUN, ['coordinator']);
      await world.api.post('/v1/webhooks').set(owner).send({ url: receiver.url }).expect(201);
      expect(receiver.challenges.map(({ body }) => body.world)).toEqual([name]);
      const courier = courierFor(world.service, {}, { world: worldOf(world) });
      await world.api
        .post('/v1/incidents')
        .set(reporter)
        .send(anIncident({ kind: 'distress', at: [11.2, 33.1], tlp: 'RED' }))
        .expect(201);
      await receiver.until(() => receiver.received.length > 0);
      const { body } = receiver.received[0]!;
      expect([body.type, body.world, body.data.world]).toEqual(['distress', name, name]);
      await courier.stop();
      await receiver.close();
    }
  });
});

const worldOf =
  ({ api }: World) =>
  async () =>
    (await api.get('/v1/world').expect(200)).body;
