import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createKey } from '../../src/access/key.store.ts';
import type { Role } from '../../src/core/caller.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, callerOf } from '../support/callers.ts';
import { settled } from '../support/feed.ts';
import type { Answer } from '../support/http.client.ts';
import { AUTUMN, type NewWorld, openNewWorld } from '../support/new.worlds.ts';
import { openProcesses, type Processes } from '../support/processes.ts';
import { RESCUE_AGENCY } from '../support/rescue.ts';
import { copyOf, type ServedWorlds, serveWorlds } from '../support/served.worlds.ts';
import { agencyOf, keyOf, startService } from '../support/service.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';

const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const EXERCISE = '/exercises/autumn/v1';
const RAS_AJDIR = '/crossings/ras-ajdir';
const AT_RAS_AJDIR: [number, number] = [11.56, 33.14];

onServer('a drill at Ras Ajdir, beside the actual world', () => {
  let processes: Processes;
  let exercise: NewWorld;
  let worlds: ServedWorlds;
  let receiver: Receiver;
  let before: Map<string, string>;
  const closings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    processes = await openProcesses();
    receiver = await openReceiver();
    const actual = await startService();
    await actual.api
      .post('/v1/incidents')
      .set(callerOf('TUN', 'reporter').headers)
      .send(anIncident({ kind: 'distress', at: AT_RAS_AJDIR, tlp: 'CLEAR' }))
      .expect(201);
    await settled(actual);
    await actual.disconnect();
    const copy = await copyOf(actual);
    exercise = await openNewWorld(processes);
    await exercise.run('world', 'new', ...AUTUMN, '--from', copy.url, '--mandates', '--zones', '--statuses');
    closings.push(copy.drop, actual.stop, exercise.drop);
    worlds = await serveWorlds({ DATABASE_URL: copy.url, WORLDS: `autumn=${exercise.url}` });
  }, 120_000);
  afterAll(async () => {
    await worlds?.stop();
    await receiver.close();
    await processes.end();
    for (const close of closings.reverse()) await close();
  });

  const keyIn = async (agency: string, ...roles: Role[]) => {
    const { key } = await asOwner(exercise.url, (knex) => createKey(knex, { agency, roles, name: 'drill' }));
    return { Authorization: `Bearer ${key}` };
  };
  const send = async (path: string, headers: object, body: object, method = 'post'): Promise<Answer> => {
    const answer = await worlds.client.ask({ prefix: EXERCISE, path, method, headers: { ...headers }, body });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer;
  };
  const get = (path: string, headers: object = {}, prefix = EXERCISE) =>
    worlds.client.ask({ prefix, path, headers: { ...headers } });

  /** What the actual world answers, to everybody who might notice the drill. */
  async function actualAnswers(): Promise<Map<string, string>> {
    const answers = new Map<string, string>();
    // a statement without an end still counts then; without `at` an answer names the moment of the question
    const at = 'at=2099-01-01';
    const paths = [
      `${RAS_AJDIR}?${at}`,
      `${RAS_AJDIR}/status`,
      `/crossings?limit=1000&${at}`,
      `/crossings/nearest?lon=11.5&lat=33.1&${at}`,
      '/incidents?limit=1000',
      '/collections/incidents/items?f=csv',
      '/tiles/WebMercatorQuad/7/51/68',
      '/distress',
      '/alerts',
      '/incidents.atom',
      '/locate?lon=11.56&lat=33.14',
    ];
    for (const caller of [ANYBODY, callerOf('TUN', 'operator'), callerOf('LBY', 'coordinator')])
      for (const path of paths) {
        const { status, text } = await get(path, caller.headers, '/v1');
        const isRefused = caller === ANYBODY && ['/alerts', '/distress'].includes(path);
        expect([path, status]).toEqual([path, isRefused ? 401 : 200]);
        const body = text.replace(/"(timeStamp|requestId)":"[^"]+"/g, '').replace(/<updated>[^<]+/, '');
        answers.set(`${caller.name} ${path}`, body);
      }
    return answers;
  }

  test('is told from the first report to the handover, and changes no byte of the actual world', async () => {
    before = await actualAnswers();
    const guard = agencyOf(keyOf('TUN', 'reporter'));
    const [leaving, coming] = [await keyIn(guard, 'reporter', 'operator'), await keyIn(guard, 'operator')];
    const libya = await keyIn(RESCUE_AGENCY.LBY, 'coordinator', 'reporter');

    // the rescue body of the other side is told at its own address
    await send('/webhooks', libya, { url: receiver.url });
    const place = { kind: 'post', name: 'Ras Ajdir entry', crossing: 'ras-ajdir' };
    const shift = (await send('/shifts', leaving, { place })).body.id as string;

    await send(`${RAS_AJDIR}/status`, leaving, {
      state: 'closed',
      reason: 'Flood in the drill',
      source: 'drill',
    });
    expect((await get(RAS_AJDIR)).body.properties.status).toMatchObject({ state: 'closed' });
    const report = anIncident({
      kind: 'distress',
      at: AT_RAS_AJDIR,
      tlp: 'AMBER+STRICT',
      occurredAt: new Date().toISOString(),
      counts: { best: 12 },
    });
    const incident = (await send('/incidents', leaving, report)).body.id as string;

    await receiver.until(() =>
      receiver.received.some(({ body }) => body.data?.properties?.trigger === 'distress'),
    );
    const message = receiver.received.find(({ body }) => body.data?.properties?.trigger === 'distress')!;
    expect(message.body).toMatchObject({ world: 'autumn' });
    expect(message.body.data.properties).toMatchObject({ nature: 'exercise', incident: null });
    const notices = (await get('/distress', libya)).body.features;
    expect(notices).toHaveLength(1);
    await send(`/distress/${notices[0].id}/assistance`, libya, { state: 'under_way' });
    const { headers, text } = await get(`/incidents/${incident}.cap`, leaving);
    expect(headers.get('tripoint-world')).toBe('autumn');
    expect(text).toContain('<status>Exercise</status>');

    // the shift ends, and the next one takes over what is open
    const offered = (await send(`/shifts/${shift}/handover`, leaving, { remark: 'Twelve people wait.' }))
      .body;
    expect(JSON.stringify(offered.items)).toContain(notices[0].id);
    await send(`/shifts/${shift}/handover/confirmation`, coming, { offer: 1 });
    expect((await get(`/shifts/${shift}`, leaving)).body.state).toBe('closed');

    expect(await actualAnswers()).toEqual(before);
  }, 60_000);
});
