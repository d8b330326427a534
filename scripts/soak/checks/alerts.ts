import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../client.ts';
import type { Delivered, Receiver } from '../receiver.ts';
import type { Agent } from '../world.ts';
import type { Written } from '../writers.ts';

const SETTLE_MS = 60_000;

interface Alerted {
  agent: Agent;
  /** The agency's subscription. */
  subscription: string;
}

/** Subscribes agencies, each with a webhook, to each incident that becomes visible to them, and to its end. */
export async function subscribe(
  { surely }: Client,
  agents: readonly Agent[],
  receiver: Receiver,
): Promise<Alerted[]> {
  const alerted: Alerted[] = [];
  for (const agent of agents) {
    const asked = { triggers: ['created', 'updated', 'closed'], natures: ['actual', 'exercise', 'test'] };
    const { status, body } = await surely(agent, 'POST', '/subscriptions', asked);
    const hook = await surely(agent, 'POST', '/webhooks', { url: receiver.urlOf(agent.agency!) });
    if (status !== 201 || hook.status !== 201 || !hook.body.verifiedAt)
      throw new Error(`${agent.name} could not subscribe: ${JSON.stringify([body, hook.body])}`);
    alerted.push({ agent, subscription: body.id });
  }
  return alerted;
}

/** Each agency was alerted once of each visible incident of the run, and each alert arrived in order, at this agency only. */
export async function checkAlerts(
  client: Client,
  { alerted, written }: { alerted: readonly Alerted[]; written: Written },
  { received }: Receiver,
): Promise<string[]> {
  const startedMs = performance.now();
  const isOver = () => performance.now() - startedMs > SETTLE_MS;
  const faults: string[] = [];
  for (const { agent, subscription } of alerted) {
    const come = () => received.get(agent.agency!) ?? [];
    const look = () => compare(client, { agent, subscription, written, come: come() });
    let found = await look();
    while (found.length > 0 && !isOver()) {
      await sleep(200);
      found = await look();
    }
    faults.push(...found.map((fault) => `${agent.name} by webhook: ${fault}`));
  }
  return faults;
}

interface Told extends Alerted {
  written: Written;
  come: readonly Delivered[];
}

async function compare(client: Client, { agent, subscription, written, come }: Told): Promise<string[]> {
  const incidents = await idsOf(client, agent, 'incidents/items?');
  const created = await idsOf(
    client,
    agent,
    `alerts/items?subscription=${subscription}&trigger=created&properties=incident&`,
  );
  const alerts = await idsOf(client, agent, `alerts/items?subscription=${subscription}&`);
  const arrived = new Set(come.map(({ id }) => id));
  const told = [...created.values()].map(({ incident }) => incident);
  return [
    ...[...incidents.keys()]
      .filter((id) => written.acknowledged.has(id) && !told.includes(id))
      .map((id) => `got no alert about ${id}`),
    ...told.filter((id, n) => told.indexOf(id) !== n).map((id) => `got two alerts about ${id}`),
    ...[...alerts.keys()].filter((id) => !arrived.has(id)).map((id) => `alert ${id} has not come`),
    ...come
      .filter(({ properties }) => properties.agency !== agent.agency)
      .map(({ id }) => `alert ${id} is not its own`),
    // an alert that was withdrawn for a while goes to the end of the queue
    ...disorder(
      come.filter(
        ({ properties }) =>
          properties.subscriptions.includes(subscription) &&
          written.labels.get(`incidents/${properties.incident}`)?.length === 1,
      ),
    ),
  ];
}

/** Order faults of one incident, without duplicates. */
function disorder(come: readonly Delivered[]): string[] {
  const last = new Map<string, string>();
  const heard = new Set<string>();
  return come.flatMap(({ id, properties: { incident, at } }) => {
    if (heard.has(id)) return [];
    heard.add(id);
    const moment = comparable(at);
    const before = last.get(incident) ?? '';
    last.set(incident, moment);
    return moment < before ? [`alert ${id} of ${moment} came behind one of ${before} about ${incident}`] : [];
  });
}

/** With six digits of a second: the text of a time has no zeros at its end. */
export const comparable = (at: string): string =>
  at.replace(/(\.\d+)?(Z|\+00:00)$/, (_, digits = '.') => digits.padEnd(7, '0'));

/** The features of a layer, by id. */
async function idsOf(
  { surely }: Client,
  agent: Agent,
  question: string,
): Promise<Map<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>();
  let next: string | undefined = `/collections/${question}limit=10000&skipGeometry=true`;
  while (next) {
    const { status, body } = await surely(agent, 'GET', next);
    if (status !== 200) throw new Error(`${next} was answered with ${status}.`);
    for (const { id, properties } of body.features) found.set(id, properties);
    const link = body.links.find(({ rel }: { rel: string }) => rel === 'next');
    next = link?.href.slice(link.href.indexOf('/v1') + 3);
  }
  return found;
}
