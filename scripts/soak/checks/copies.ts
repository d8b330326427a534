import type { Client } from '../client.ts';
import { type Follower, LAYERS } from '../follower.ts';
import type { Agent } from '../world.ts';

export type Copy = Map<string, unknown>;

/** The layers as a reader sees them: revisions by collection and id. */
export async function readLayers({ surely }: Client, reader: Agent): Promise<Copy> {
  const copy: Copy = new Map();
  for (const layer of LAYERS) {
    let next: string | undefined =
      `/collections/${layer}/items?limit=10000&properties=revision&skipGeometry=true`;
    while (next) {
      const { status, body } = await surely(reader, 'GET', next);
      if (status !== 200) throw new Error(`${next} was answered with ${status}.`);
      for (const { id, properties } of body.features) copy.set(`${layer}/${id}`, properties.revision);
      const link = body.links.find(({ rel }: { rel: string }) => rel === 'next');
      next = link?.href.slice(link.href.indexOf('/v1') + 3);
    }
  }
  return copy;
}

/** Nothing is lost: each copy equals the layers for its reader. */
export async function checkCopies(client: Client, followers: readonly Follower[]): Promise<string[]> {
  const shown = new Map<string, Copy>();
  const faults: string[] = [];
  for (const { reader, way, copy } of followers) {
    const layers = shown.get(reader.name) ?? (await readLayers(client, reader));
    shown.set(reader.name, layers);
    const wrong = [...new Set([...layers.keys(), ...copy.keys()])].filter(
      (key) => layers.get(key) !== copy.get(key),
    );
    for (const key of wrong)
      faults.push(
        `${reader.name} by ${way}: ${key} is ${copy.get(key)} in the copy, and ${layers.get(key)} in the layer`,
      );
  }
  return faults;
}
