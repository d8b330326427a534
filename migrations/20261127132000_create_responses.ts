import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;

/** What agencies do about an incident. Nothing that turns people back has a word here. */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.incident_response (
      id           uuid PRIMARY KEY,
      incident     uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
      agency       text NOT NULL REFERENCES base.agency,
      country      text NOT NULL REFERENCES base.country,
      owner        text NOT NULL REFERENCES base.country,
      kind         text NOT NULL CHECK (kind IN ('patrol', 'checkpoint', 'medical', 'rescue', 'fire_response', 'closure',
        'rerouting', 'joint_patrol', 'referral_medical', 'referral_protection')),
      state        text NOT NULL CHECK (state IN ('planned', 'in_progress', 'done')),
      text         text,
      created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
      updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
      own_audience int
    );
    COMMENT ON COLUMN base.incident_response.owner IS 'Of the incident.';
    COMMENT ON COLUMN base.incident_response.own_audience IS 'Of another country about the incident: who saw that then. NULL: whoever sees the incident.';
    CREATE INDEX incident_response_idx ON base.incident_response (incident, created_at, id);

    CREATE FUNCTION base.label_response() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      -- who widens the incident later has no say in what others do about it
      SELECT CASE WHEN NEW.country <> i.owner THEN i.audience END INTO NEW.own_audience
      FROM base.incident AS i WHERE i.id = NEW.incident;
      RETURN NEW;
    END $$;
    CREATE TRIGGER join_incident BEFORE INSERT ON base.incident_response
      FOR EACH ROW EXECUTE FUNCTION base.join_incident();
    CREATE TRIGGER label_response BEFORE INSERT ON base.incident_response
      FOR EACH ROW EXECUTE FUNCTION base.label_response();
    CREATE TRIGGER take_notice AFTER INSERT ON base.incident_response
      FOR EACH ROW EXECUTE FUNCTION base.take_notice();
    CREATE VIEW tripoint.incident_response AS
      SELECT r.id, r.incident, r.agency, r.country, r.kind, r.state, r.text, r.created_at, r.updated_at,
             tripoint.country_bits(ARRAY[r.country, r.owner]) AS concern
      FROM base.incident_response AS r
      WHERE ${VIEWER} > 1 AND (r.own_audience IS NULL OR r.own_audience & ${VIEWER} & 14 <> 0)
        AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = r.incident)
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.incident_response IS 'For agencies that see the incident, and saw it when another country did something about it.';
    GRANT SELECT, INSERT, UPDATE (state, updated_at) ON tripoint.incident_response TO tripoint_service;
    SELECT base.audit_writes('base.incident_response', 'responses', $$r.incident || '/' || r.id$$,
      'tripoint.country_bits(ARRAY[r.country, r.owner])');
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.incident_response;
    SELECT base.stop_audit('base.incident_response');
    DROP TABLE base.incident_response;
    DROP FUNCTION base.label_response();
  `);
