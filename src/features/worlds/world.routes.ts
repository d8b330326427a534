import { operation } from '../../http/operation.ts';
import { World } from './world.schema.ts';
import type { WorldStore } from './world.store.ts';

export const worldOperations = (world: WorldStore) => [
  operation({
    id: 'getWorld',
    method: 'get',
    path: '/world',
    tag: 'Worlds',
    summary: 'Read which world answers here.',
    description:
      'The actual world, or an exercise. Each world has a database of its own: nothing of an exercise is in an answer of the actual world, and keys are of one world.',
    responses: { 200: { description: 'The world.', schema: World } },
    problems: [400],
    handle: async () => ({ body: await world.read() }),
  }),
];
