import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;
const AGENCY = `(SELECT nullif(current_setting('tripoint.agency', true), ''))`;

const columns = (
  incident: string,
  notice: string,
  concern: string,
) => `a.id, a.agency, a.trigger, a.subscription, ${incident} AS incident,
        ${notice} AS notice, a.at, a.nature, a.kind, a.severity, a.certainty, a.occurred_at, a.point,
        a.horizontal_accuracy_m, a.border, a.border_km, a.incident_count, a.due_at, a.acknowledged_at,
        ${concern} AS concern`;

const ADD =
  'INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)';
const ONCE =
  'ON CONFLICT (epoch, xid, collection, id) DO UPDATE SET red_after = EXCLUDED.red_after, at = EXCLUDED.at';

const OWNERS = (alert: string): string =>
  `coalesce((SELECT tripoint.concern(i.tlp, i.owner) FROM base.incident AS i WHERE i.id = ${alert}.incident), 0)`;
const OF_AGENCY = (alert: string): string => `tripoint.concern('RED', ${alert}.country)`;

const changeAlerts = (concern: (alert: string) => string) => `
    CREATE OR REPLACE FUNCTION base.change_alerts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO base.change (collection, id, audience_before, audience_after, red_after, concern)
        SELECT 'alerts', r.id, 0, 0, r.red_agency, ${concern('r')} FROM new_rows AS r;
      ELSIF TG_OP = 'UPDATE' THEN
        ${ADD} SELECT 'alerts', r.id, 0, 0, o.red_agency, r.red_agency, ${concern('r')}
        FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id ${ONCE};
      ELSE
        ${ADD} SELECT 'alerts', o.id, 0, 0, o.red_agency, NULL, ${concern('o')} FROM old_rows AS o ${ONCE};
      END IF;
      RETURN NULL;
    END $$;`;

/** Agencies acknowledge their alerts, and lose those about incidents that they may no longer see. */
export const up = (db: Knex) =>
  db.raw(`
    -- without a join, so that the view can be written through
    CREATE OR REPLACE VIEW tripoint.alert AS
      SELECT ${columns(
        '(SELECT i.id FROM tripoint.incident AS i WHERE i.id = a.incident)',
        'CASE WHEN NOT EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = a.incident) THEN a.notice END',
        `${OF_AGENCY('a')} | ${OWNERS('a')}`,
      )}
      FROM base.alert AS a
      WHERE a.red_agency = ${AGENCY} AND ${VIEWER} > 0
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.alert IS 'Of its agency alone. It tells of the incident, which is named where the agency sees it.';
    GRANT UPDATE (acknowledged_at) ON tripoint.alert TO tripoint_service;
    ${changeAlerts((alert) => `${OF_AGENCY(alert)} | ${OWNERS(alert)}`)}

    -- of an alert only what its agency does counts
    SELECT base.audit_writes('base.alert', 'alerts', 'r.id', 'tripoint.country_bits(ARRAY[r.country])',
      watched => 'r.acknowledged_at');
    DROP TRIGGER audit_insert ON base.alert;
    DROP TRIGGER audit_delete ON base.alert;

    CREATE FUNCTION base.withdraw_alerts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      relabelled uuid[] := ARRAY(
        SELECT n.id FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
        WHERE (o.audience, o.red_agency) IS DISTINCT FROM (n.audience, n.red_agency));
    BEGIN
      IF relabelled = '{}' THEN RETURN NULL; END IF;
      -- also where it stays: an alert names its incident only to those who see that
      UPDATE base.alert AS a
      SET is_withdrawn = NOT (
        (i.audience & tripoint.country_bits(ARRAY[a.country])) <> 0 OR coalesce(i.red_agency = a.agency, false)
        OR a.trigger = 'distress' AND EXISTS (SELECT 1 FROM base.distress_notice AS d WHERE d.incident = a.incident))
      FROM base.incident AS i
      WHERE a.incident = ANY (relabelled) AND i.id = a.incident;
      RETURN NULL;
    END $$;
    CREATE TRIGGER withdraw_alerts AFTER UPDATE ON base.incident
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION base.withdraw_alerts();
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP TRIGGER withdraw_alerts ON base.incident;
    DROP FUNCTION base.withdraw_alerts();
    DROP TRIGGER audit_update ON base.alert;
    DROP FUNCTION base.audit_alert();
    ${changeAlerts(OF_AGENCY)}
    DROP VIEW tripoint.alert;
    CREATE VIEW tripoint.alert AS
      SELECT ${columns('i.id', 'CASE WHEN i.id IS NULL THEN a.notice END', OF_AGENCY('a'))}
      FROM base.alert AS a LEFT JOIN tripoint.incident AS i ON i.id = a.incident
      WHERE a.red_agency = ${AGENCY};
    COMMENT ON VIEW tripoint.alert IS 'Of its agency alone. The incident is named where the agency sees it.';
    GRANT SELECT ON tripoint.alert TO tripoint_service;
  `);
