import type { Knex } from 'knex';

const AGENCY = `(SELECT nullif(current_setting('tripoint.agency', true), ''))`;

const ADD =
  'INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)';
const ONCE =
  'ON CONFLICT (epoch, xid, collection, id) DO UPDATE SET red_after = EXCLUDED.red_after, at = EXCLUDED.at';

const EVENTS = [
  ['insert', 'REFERENCING NEW TABLE AS new_rows'],
  ['update', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'],
  ['delete', 'REFERENCING OLD TABLE AS old_rows'],
] as const;

/** Alerts: what an agency is told of, each a row for one agency (docs/decisions/0019-alerts.md). */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.alert (
      id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      agency                text NOT NULL REFERENCES base.agency,
      country               text NOT NULL REFERENCES base.country,
      trigger               text NOT NULL CHECK (trigger IN
        ('enter', 'leave', 'created', 'updated', 'closed', 'threshold', 'overdue', 'distress')),
      subscription          uuid,
      incident              uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
      notice                uuid,
      at                    timestamptz NOT NULL DEFAULT clock_timestamp(),
      nature                text NOT NULL,
      kind                  text NOT NULL,
      severity              text,
      certainty             text,
      occurred_at           timestamptz NOT NULL,
      point                 geometry(Point, 4326) NOT NULL,
      horizontal_accuracy_m double precision NOT NULL,
      border                text,
      border_km             double precision,
      incident_count        int,
      due_at                timestamptz,
      acknowledged_at       timestamptz,
      is_withdrawn          boolean NOT NULL DEFAULT false,
      red_agency            text GENERATED ALWAYS AS (CASE WHEN NOT is_withdrawn THEN agency END) STORED
    );
    COMMENT ON TABLE base.alert IS 'What was so when the agency was told. For that agency alone.';
    COMMENT ON COLUMN base.alert.notice IS 'What rescue bodies see of a distress whose incident they may not see.';
    COMMENT ON COLUMN base.alert.incident_count IS 'Of a threshold: how many there were.';
    COMMENT ON COLUMN base.alert.due_at IS 'Of distress: when assistance is due. Of overdue: when an acknowledgement was due.';
    COMMENT ON COLUMN base.alert.is_withdrawn IS 'The agency may no longer see what it is about.';
    CREATE INDEX alert_newest_idx ON base.alert (agency, at DESC, id DESC);
    CREATE INDEX alert_incident_idx ON base.alert (incident);
    CREATE INDEX alert_point_idx ON base.alert USING gist (point);

    CREATE VIEW tripoint.alert AS
      SELECT a.id, a.agency, a.trigger, a.subscription, i.id AS incident, CASE WHEN i.id IS NULL THEN a.notice END AS notice,
             a.at, a.nature, a.kind, a.severity, a.certainty, a.occurred_at, a.point, a.horizontal_accuracy_m, a.border,
             a.border_km, a.incident_count, a.due_at, a.acknowledged_at, tripoint.concern('RED', a.country) AS concern
      FROM base.alert AS a LEFT JOIN tripoint.incident AS i ON i.id = a.incident
      WHERE a.red_agency = ${AGENCY};
    COMMENT ON VIEW tripoint.alert IS 'Of its agency alone. The incident is named where the agency sees it.';
    GRANT SELECT ON tripoint.alert TO tripoint_service;

    CREATE FUNCTION base.change_alerts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO base.change (collection, id, audience_before, audience_after, red_after, concern)
        SELECT 'alerts', r.id, 0, 0, r.red_agency, tripoint.concern('RED', r.country) FROM new_rows AS r;
      ELSIF TG_OP = 'UPDATE' THEN
        ${ADD} SELECT 'alerts', r.id, 0, 0, o.red_agency, r.red_agency, tripoint.concern('RED', r.country)
        FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id ${ONCE};
      ELSE
        ${ADD} SELECT 'alerts', o.id, 0, 0, o.red_agency, NULL, tripoint.concern('RED', o.country) FROM old_rows AS o ${ONCE};
      END IF;
      RETURN NULL;
    END $$;
    ${EVENTS.map(
      ([event, tables]) => `
    CREATE TRIGGER change_${event} AFTER ${event.toUpperCase()} ON base.alert ${tables}
      FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();
    CREATE TRIGGER tell_${event} AFTER ${event.toUpperCase()} ON base.alert ${tables}
      FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('alerts', 'point', '0');`,
    ).join('')}
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.alert;
    DROP TABLE base.alert;
    DROP FUNCTION base.change_alerts();
  `);
