import type { ClientConfig } from 'pg';
import type { World } from '../../src/core/world.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { DEMO_WORLD, type Stamp, stampWorld } from '../../src/features/worlds/stamp.store.ts';

/** Makes a database that holds no incidents another world. */
export async function stamp(connection: ClientConfig, world: Stamp): Promise<void> {
  if (!(await asOwner(connection, (knex) => stampWorld(knex, world)))) throw new Error('It holds incidents.');
}

/** Test databases are the actual world, unless they need the demo. */
export const stampDemo = (connection: ClientConfig) => stamp(connection, DEMO_WORLD);

/** For an app without a database. */
export const actualWorld = async (): Promise<World> => ({
  id: 'actual',
  kind: 'actual',
  names: null,
  endedAt: null,
});

export const AUTUMN = {
  kind: 'exercise' as const,
  id: 'autumn',
  names: { en: 'Autumn', fr: 'Automne', ar: 'الخريف' },
  purpose: 'Close a crossing together.',
  participants: ['LBY', 'TUN'],
} satisfies Stamp;
