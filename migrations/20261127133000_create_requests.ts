import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;

/** What agencies ask of others about an incident: for information or support. */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.incident_request (
      id          uuid PRIMARY KEY,
      incident    uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
      agency      text NOT NULL REFERENCES base.agency,
      country     text NOT NULL REFERENCES base.country,
      owner       text NOT NULL REFERENCES base.country,
      kind        text NOT NULL CHECK (kind IN ('information', 'support')),
      needs       text[] NOT NULL,
      recipients  text[] NOT NULL CHECK (cardinality(recipients) > 0),
      readers     int NOT NULL,
      due_at      timestamptz NOT NULL,
      text        text NOT NULL,
      state       text NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'accepted', 'declined', 'fulfilled', 'withdrawn')),
      answer      text,
      answered_by text REFERENCES base.agency,
      created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
      updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    COMMENT ON COLUMN base.incident_request.owner IS 'Of the incident.';
    COMMENT ON COLUMN base.incident_request.recipients IS 'Agencies and countries.';
    COMMENT ON COLUMN base.incident_request.readers IS 'The countries of both ends, as bits.';
    CREATE INDEX incident_request_due_idx ON base.incident_request (due_at, id);
    CREATE INDEX incident_request_incident_idx ON base.incident_request (incident);

    CREATE FUNCTION base.address_request() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      NEW.readers := tripoint.country_bits(NEW.country || NEW.recipients || ARRAY(
        SELECT a.country FROM base.agency AS a WHERE a.id = ANY (NEW.recipients)));
      RETURN NEW;
    END $$;
    -- by their names: first whose incident it is, then who reads it
    CREATE TRIGGER join_incident BEFORE INSERT ON base.incident_request
      FOR EACH ROW EXECUTE FUNCTION base.join_incident();
    CREATE TRIGGER join_readers BEFORE INSERT ON base.incident_request
      FOR EACH ROW EXECUTE FUNCTION base.address_request();
    CREATE VIEW tripoint.incident_request AS
      SELECT q.id, q.incident, q.agency, q.country, q.kind, q.needs, q.recipients, q.due_at, q.text, q.state, q.answer,
             q.answered_by, q.created_at, q.updated_at, q.readers AS concern
      FROM base.incident_request AS q
      WHERE q.readers & ${VIEWER} <> 0 AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = q.incident)
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.incident_request IS 'For the countries of both ends, as long as they see the incident.';
    GRANT SELECT, INSERT, UPDATE (state, answer, answered_by, updated_at) ON tripoint.incident_request TO tripoint_service;
    SELECT base.audit_writes('base.incident_request', 'requests', 'r.id', 'r.readers');
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.incident_request;
    SELECT base.stop_audit('base.incident_request');
    DROP TABLE base.incident_request;
    DROP FUNCTION base.address_request();
  `);
