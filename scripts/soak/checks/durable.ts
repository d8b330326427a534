import type { Client } from '../client.ts';
import type { World } from '../world.ts';
import type { Written } from '../writers.ts';
import { readLayers } from './copies.ts';

/** No acknowledged write is lost: some agency sees each incident. */
export async function checkDurable(
  client: Client,
  world: World,
  { acknowledged }: Written,
): Promise<string[]> {
  const there = new Set<string>();
  for (const reporter of world.reporters)
    for (const key of (await readLayers(client, reporter)).keys()) there.add(key);
  return [...acknowledged]
    .filter((id) => !there.has(`incidents/${id}`))
    .map((id) => `incidents/${id} was acknowledged and is lost`);
}
