import { sql } from '../../src/db/sql.ts';
import { addAlert } from './alerts.ts';
import { asTableOwner } from './audit.ts';
import type { TestService } from './service.ts';

export interface DeadLetter {
  webhook: string;
  delivery: string;
  alert: string;
}

/** A webhook of an agency that did not take an alert about an incident. */
export async function addDeadLetter(
  service: Pick<TestService, 'db'>,
  agency: string,
  incident: string,
  url = 'https://192.0.2.1/hook',
): Promise<DeadLetter> {
  const [hook] = await asTableOwner<{ id: string }>(
    service.db,
    sql`INSERT INTO base.webhook (id, agency, country, url, secret, verified_at)
        SELECT gen_random_uuid(), a.id, a.country, ${url}, '\\x00', now()
        FROM base.agency AS a WHERE a.id = ${agency} RETURNING id`,
  );
  const alert = await addAlert(service, agency, incident);
  const [delivery] = await asTableOwner<{ id: string }>(
    service.db,
    sql`UPDATE base.delivery SET state = 'dead', settled_at = now() WHERE webhook = ${hook!.id} RETURNING id`,
  );
  await asTableOwner(service.db, sql`UPDATE base.webhook SET is_enabled = false WHERE id = ${hook!.id}`);
  return { webhook: hook!.id, delivery: delivery!.id, alert };
}
