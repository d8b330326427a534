import type pg from 'pg';
import { type Caller, viewerOf } from '../../src/core/caller.ts';

/** The connection becomes what the service is for a caller; without one: before it has said for whom it asks. */
export async function becomeService(client: pg.Client, caller?: Caller): Promise<void> {
  await client.query('SET ROLE tripoint_service');
  await client.query('SET search_path TO tripoint, public');
  await client.query(
    `SELECT set_config('tripoint.viewer', $1, false), set_config('tripoint.agency', $2, false),
            set_config('tripoint.roles', $3, false), set_config('tripoint.trace', '', false),
            set_config('TimeZone', 'UTC', false)`,
    [caller ? String(viewerOf(caller)) : '', caller?.agency ?? '', caller?.roles.join() ?? ''],
  );
}

/** The owner of the tables again. */
export async function becomeOwner(client: pg.Client): Promise<void> {
  await client.query('RESET ROLE');
  await client.query('RESET search_path');
}
