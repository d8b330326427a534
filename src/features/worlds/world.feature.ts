import type { Database } from '../../db/database.ts';
import type { Feature } from '../feature.ts';
import { worldOperations } from './world.routes.ts';
import { worldStore } from './world.store.ts';

export function worlds(db: Database) {
  const world = worldStore(db);
  const feature: Feature = { operations: worldOperations(world) };
  return { ...feature, identity: world.identity };
}
