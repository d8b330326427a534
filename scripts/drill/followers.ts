import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../test/support/eventually.ts';
import { type Answer, clientOf } from '../soak/client.ts';
import { openReceiver } from '../soak/receiver.ts';
import type { World } from '../soak/world.ts';

const LAYER = 'incidents';

/** The programs of docs/examples, a webhook, and somebody who writes what they follow. */
export async function openFollowers(url: string, world: World) {
  const { once, surely } = clientOf([url]);
  const [reader, coordinator] = [world.of('TUN', 'reader'), world.of('TUN', 'coordinator')];
  const reporter = world.of('TUN', 'reporter');
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-followers-'));
  const receiver = await openReceiver();
  const children: ChildProcess[] = [];
  const { NODE_OPTIONS: _, ...rest } = process.env;
  const env = {
    ...rest,
    TRIPOINT_URL: url,
    TRIPOINT_KEY: reader.headers.Authorization!.slice('Bearer '.length),
  };
  let heard = '';

  function example(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    return child;
  }

  const cursor = async (): Promise<string> => (await created(surely(reader, 'GET', '/changes'), 200)).cursor;
  const cursorFile = () => readFile(join(folder, 'cursor'), 'utf8').catch(() => '');

  await created(
    surely(coordinator, 'POST', '/subscriptions', { triggers: ['created'], natures: ['test'] }),
    201,
  );
  await created(surely(coordinator, 'POST', '/webhooks', { url: receiver.urlOf(coordinator.agency!) }), 201);
  example('docs/examples/follow.mjs', folder);
  example('docs/examples/listen.mjs', `collections=${LAYER}`).stdout!.on('data', (text) => {
    heard += text;
  });
  await eventually(async () => (await cursorFile()) !== '');

  const resetsHeard = () => heard.match(/^reset /gm)?.length ?? 0;
  const resetsReceived = () => receiver.resets.get(coordinator.agency!) ?? 0;
  const delivered = () => receiver.received.get(coordinator.agency!)?.length ?? 0;

  const write = async (): Promise<string> =>
    (await created(once(reporter, 'POST', '/incidents', anIncident()), 201)).id;

  return {
    /** Resolves once the stream, which pauses before it connects again, has one of the new incidents. */
    async resume(): Promise<void> {
      const ids: string[] = [];
      await eventually(async () => {
        ids.push(await write());
        await sleep(200);
        return ids.some((id) => heard.includes(id));
      });
    },

    /** Resolves once the stream, the copy and the webhook have them. */
    async write(count: number): Promise<void> {
      const [deliveredBefore, ids] = [delivered(), [] as string[]];
      for (let n = 0; n < count; n++) ids.push(await write());
      const isCopied = async () => {
        const files = await readdir(join(folder, LAYER));
        return ids.every((id) => files.includes(`${id}.geojson`));
      };
      await eventually(isCopied);
      await eventually(() => ids.every((id) => heard.includes(id)));
      await eventually(() => delivered() >= deliveredBefore + count);
    },

    cursor,

    /** Each cursor gets its answer, the copy is the layer, and there was one reset each. */
    async check(answers: Record<string, number>): Promise<string> {
      for (const [after, expected] of Object.entries(answers)) {
        const { status } = await surely(reader, 'GET', `/changes?after=${after}`);
        if (status !== expected) throw new Error(`A cursor got ${status} in place of ${expected}.`);
      }
      const { features } = await created(
        surely(reader, 'GET', `/collections/${LAYER}/items?limit=1000`),
        200,
      );
      const shown = features.map(({ id }: { id: string }) => `${id}.geojson`).sort();
      // with a gap it never would be
      await eventually(async () => (await readdir(join(folder, LAYER))).sort().join() === shown.join());
      const resets = [resetsHeard(), resetsReceived()];
      if (resets.join() !== '1,1') throw new Error(`Resets of stream and webhook: ${resets.join(' and ')}.`);
      return `closed until opened, ${shown.length} features copied as they are, one reset on the stream and one at the webhook`;
    },

    async close(): Promise<void> {
      for (const child of children) child.kill('SIGKILL');
      receiver.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const anIncident = () => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [9, 34] },
  properties: {
    kind: 'fire',
    severity: 'minor',
    certainty: 'observed',
    nature: 'test',
    occurredAt: new Date().toISOString(),
    horizontalAccuracyMetres: 100,
    tlp: 'GREEN',
  },
});

async function created(asked: Promise<Answer | undefined>, expected: number): Promise<Answer['body']> {
  const answer = await asked;
  if (answer?.status !== expected) throw new Error(`${answer?.status}: ${JSON.stringify(answer?.body)}`);
  return answer.body;
}
