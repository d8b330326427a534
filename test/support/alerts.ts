import { type Sql, sql } from '../../src/db/sql.ts';
import { asTableOwner } from './audit.ts';
import type { TestService } from './service.ts';

type Service = Pick<TestService, 'db'>;

const add = ({ db }: Service, agency: string, which: Sql) =>
  asTableOwner<{ id: string }>(
    db,
    sql`INSERT INTO base.alert (agency, country, trigger, subscription, incident, nature, kind, severity, certainty,
          occurred_at, point, horizontal_accuracy_m, border, border_km, due_at)
        SELECT a.id, a.country, 'created', gen_random_uuid(), i.id, i.nature, i.kind, i.severity, i.certainty,
          i.occurred_at, i.point, i.horizontal_accuracy_m, i.border, i.border_km, now()
        FROM base.incident AS i JOIN base.agency AS a ON a.id = ${agency} WHERE ${which}
        RETURNING id`,
  );

/** An alert about an incident for an agency. */
export async function addAlert(service: Service, agency: string, incident: string): Promise<string> {
  const [row] = await add(service, agency, sql`i.id = ${incident}`);
  return row!.id;
}

/** One of every incident that there is. */
export const addAlerts = (service: Service, agency: string) => add(service, agency, sql`true`);
