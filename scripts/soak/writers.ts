import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import type { Answer, Client } from './client.ts';
import type { Label } from './labels.ts';
import type { Agent, World } from './world.ts';

/** The writes, as known to the writers. */
export interface Written {
  tried: number;
  answered: number;
  /** Incidents whose creation was acknowledged. */
  acknowledged: Set<string>;
  /** Every requested label, by collection and id: each viewer must be in the audience of one of them. */
  labels: Map<string, Label[]>;
}

interface Incident {
  id: string;
  author: Agent;
}
interface Zone {
  id: string;
  owner: CountryCode;
  participants: CountryCode[];
}

const NEIGHBOURS: Record<CountryCode, CountryCode> = { DZA: 'TUN', LBY: 'TUN', TUN: 'DZA' };
const PLACES: Record<CountryCode, [lon: number, lat: number]> = {
  DZA: [8, 34.5],
  LBY: [11.8, 32],
  TUN: [9, 34],
};

export const writtenNothing = (): Written => ({
  tried: 0,
  answered: 0,
  acknowledged: new Set(),
  labels: new Map(),
});

/** Reports, releases, withdrawals, cancellations and the life of zones, at random. */
export function writersOf(client: Client, world: World, written: Written) {
  const incidents: Incident[] = [];
  const zones: Zone[] = [];
  const one = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
  const country = () => one(COUNTRY_CODES);
  const labelOf = (owner: CountryCode) =>
    one([
      { tlp: 'CLEAR' },
      { tlp: 'GREEN' },
      { tlp: 'AMBER', releasableTo: [NEIGHBOURS[owner]] },
      { tlp: 'AMBER+STRICT' },
      { tlp: 'RED' },
    ]);
  const note = (
    key: string,
    agent: Agent,
    { tlp, releasableTo = [] }: ReturnType<typeof labelOf>,
    more = {},
  ) => {
    const label = { owner: agent.country!, agency: agent.agency!, tlp, releasableTo, ...more };
    written.labels.set(key, [...(written.labels.get(key) ?? []), label]);
  };

  async function create(tlp?: string): Promise<string> {
    const author = one(world.reporters);
    const label = tlp ? { tlp } : labelOf(author.country!);
    const id = uuidv7();
    note(`incidents/${id}`, author, label);
    const [lon, lat] = PLACES[author.country!];
    const body = {
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lon + Math.random() / 2, lat + Math.random() / 2] },
      properties: {
        kind: one(['fire', 'flood', 'smuggling_fuel', 'distress']),
        severity: one(['minor', 'moderate', 'severe']),
        certainty: 'observed',
        occurredAt: new Date().toISOString(),
        horizontalAccuracyMetres: 100,
        ...label,
      },
    };
    const { status } = await client.surely(author, 'PUT', `/incidents/${id}`, body);
    if (status !== 201 && status !== 200) throw new Error(`An incident was answered with ${status}.`);
    written.acknowledged.add(id);
    incidents.push({ id, author });
    return id;
  }

  const report = ({ id, author }: Incident) =>
    client.once(author, 'POST', `/incidents/${id}/reports`, {
      ...one([
        { severity: 'severe' },
        { severity: 'minor' },
        { state: 'cancelled' },
        { text: 'Seen again.' },
      ]),
    });

  const release = ({ id, author }: Incident, by: Agent) => {
    const label = labelOf(author.country!);
    note(`incidents/${id}`, author, label);
    return client.once(by, 'POST', '/release', { collection: 'incidents', id, releasableTo: [], ...label });
  };

  async function draft(): Promise<Answer | undefined> {
    const owner = country();
    const operator = world.of(owner, 'operator');
    const participants = [owner, NEIGHBOURS[owner]];
    const label = labelOf(owner);
    const [lon, lat] = PLACES[owner];
    const [west, south] = [lon + Math.random() / 2, lat + Math.random() / 2];
    const ring = [
      [0, 0],
      [0.1, 0],
      [0.1, 0.1],
      [0, 0.1],
      [0, 0],
    ].map(([x, y]) => [west + x!, south + y!]);
    const answer = await client.once(operator, 'POST', '/zones', {
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [ring] },
      properties: { names: { en: 'Soak' }, kind: 'exercise', purpose: 'Watch', participants, ...label },
    });
    if (answer?.status !== 201) return answer;
    const { id } = answer.body;
    note(`zones/${id}`, operator, label, { participants });
    zones.push({ id, owner, participants });
    return answer;
  }

  const work = ({ id, owner, participants }: Zone) => {
    const operator = world.of(owner, 'operator');
    return one([
      () => client.once(operator, 'POST', `/zones/${id}/proposal`),
      async () => {
        const known = await client.once(operator, 'GET', `/zones/${id}?revision=latest`);
        const revision = known?.body?.properties?.revision;
        for (const country of participants)
          await client.once(world.of(country, 'coordinator'), 'POST', `/zones/${id}/consents`, {
            decision: 'approve',
            revision,
          });
        return known;
      },
      () =>
        client.once(operator, 'PATCH', `/zones/${id}`, { properties: { purpose: one(['Watch', 'Search']) } }),
      () => client.once(operator, 'DELETE', `/zones/${id}`),
    ])();
  };

  function next(): Promise<unknown> {
    const chance = Math.random();
    const incident = one(incidents);
    if (!incident || chance < 0.5) return create();
    if (chance < 0.7) return report(incident);
    if (chance < 0.8) return release(incident, world.of(incident.author.country!, 'coordinator'));
    if (chance < 0.9) return release(incident, incident.author);
    return zones.length === 0 || chance < 0.93 ? draft() : work(one(zones));
  }

  return {
    /** The final mark, visible to everyone. */
    mark: () => create('CLEAR'),
    /** Writes at a rate for a duration. */
    async write(perSecond: number, seconds: number): Promise<void> {
      const underWay: Promise<unknown>[] = [];
      const startedMs = performance.now();
      for (let n = 0; performance.now() - startedMs < seconds * 1000; n++) {
        written.tried++;
        underWay.push(
          next().then((answer) => {
            if (answer !== undefined) written.answered++;
          }),
        );
        await sleep(Math.max(0, startedMs + ((n + 1) * 1000) / perSecond - performance.now()));
      }
      await Promise.all(underWay);
    },
  };
}
