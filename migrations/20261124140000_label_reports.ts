import type { Knex } from 'knex';

/** Reports with a label of their own: seen by whoever may see the incident and the report (docs/decisions/0010-release.md). */
export const up = (db: Knex) =>
  db.raw(`
    SELECT base.stop_audit('base.report');
    ALTER TABLE base.report
      ADD COLUMN owner          text,
      ADD COLUMN incident_owner text,
      ADD COLUMN tlp            text CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
      ADD COLUMN releasable_to  text[] NOT NULL DEFAULT '{}';

    CREATE FUNCTION base.label_for(reporter text, owner text, label text, released_to text[])
    RETURNS TABLE (tlp text, releasable_to text[])
    LANGUAGE sql IMMUTABLE AS $$
      SELECT CASE WHEN label IN ('CLEAR', 'GREEN') THEN label ELSE 'AMBER' END,
             CASE WHEN label IN ('CLEAR', 'GREEN') THEN '{}' ELSE array_remove(owner || released_to, reporter) END
    $$;
    COMMENT ON FUNCTION base.label_for IS 'The audience of an incident in the words of another country, whose report about it leaves its label out.';

    UPDATE base.report AS r SET owner = a.country, incident_owner = i.owner,
      tlp = CASE WHEN a.country <> i.owner THEN l.tlp END,
      releasable_to = CASE WHEN a.country <> i.owner THEN l.releasable_to ELSE '{}' END
    FROM base.incident AS i, base.agency AS a, base.label_for(a.country, i.owner, i.tlp, i.releasable_to) AS l
    WHERE i.id = r.incident AND a.id = r.agency;

    ALTER TABLE base.report
      ALTER COLUMN owner SET NOT NULL,
      ALTER COLUMN incident_owner SET NOT NULL,
      ADD COLUMN own_audience int GENERATED ALWAYS AS (CASE WHEN tlp IS NOT NULL THEN
        tripoint.audience(tlp, owner, releasable_to)
          | CASE tlp WHEN 'RED' THEN 0 ELSE tripoint.country_bits(ARRAY[incident_owner]) END END) STORED,
      ADD COLUMN own_red_agency text GENERATED ALWAYS AS (CASE tlp WHEN 'RED' THEN agency END) STORED,
      ADD CONSTRAINT report_of_others_has_a_label CHECK (tlp IS NOT NULL OR owner = incident_owner);
    COMMENT ON TABLE base.report IS 'Immutable but for its label: the service''s role may change nothing else.';
    COMMENT ON COLUMN base.report.tlp IS 'Its own label, NULL where it follows that of the incident.';
    COMMENT ON COLUMN base.report.audience IS 'Of the incident; who is in it must be in own_audience too.';
    COMMENT ON COLUMN base.report.own_audience IS 'NULL where it follows the incident. The owner country of the incident sees what others report about it, but for RED.';

    CREATE OR REPLACE FUNCTION base.label_report() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      i record;
    BEGIN
      SELECT b.audience, b.red_agency, b.owner, b.tlp, b.releasable_to INTO i FROM base.incident AS b WHERE b.id = NEW.incident;
      NEW.audience := i.audience;
      NEW.red_agency := i.red_agency;
      NEW.incident_owner := i.owner;
      SELECT a.country INTO NEW.owner FROM base.agency AS a WHERE a.id = NEW.agency;
      -- who widens the incident later has no say in what others reported about it
      IF NEW.tlp IS NULL AND NEW.owner <> NEW.incident_owner THEN
        SELECT l.tlp, l.releasable_to INTO NEW.tlp, NEW.releasable_to
        FROM base.label_for(NEW.owner, i.owner, i.tlp, i.releasable_to) AS l;
      END IF;
      RETURN NEW;
    END $$;

    CREATE OR REPLACE VIEW tripoint.report AS
      SELECT id, incident, agency, at, recorded_at, text, severity, certainty, state, counts, point,
             horizontal_accuracy_m, owner, tlp, releasable_to
      FROM base.report
      WHERE ((audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
          OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')))
        AND (own_audience IS NULL
          OR (own_audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
          OR own_red_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')))
      WITH LOCAL CHECK OPTION;
    GRANT UPDATE (tlp, releasable_to) ON tripoint.report TO tripoint_service;

    -- the audience that a report takes over from its incident is no change of the report
    SELECT base.audit_writes('base.report', 'reports', $$r.incident || '/' || r.id$$,
      $$tripoint.country_bits(ARRAY[r.owner, CASE WHEN r.tlp IS DISTINCT FROM 'RED' THEN r.incident_owner END])$$,
      label => $$CASE WHEN r.tlp IS NULL THEN 'as its incident'
        ELSE concat_ws(' ', r.tlp, nullif(array_to_string(r.releasable_to, ' '), '')) END$$,
      watched => 'r.tlp, r.releasable_to');
  `);

export const down = (db: Knex) =>
  db.raw(`
    SELECT base.stop_audit('base.report');
    DROP VIEW tripoint.report;
    ALTER TABLE base.report
      DROP COLUMN own_audience, DROP COLUMN own_red_agency, DROP COLUMN owner, DROP COLUMN incident_owner,
      DROP COLUMN tlp, DROP COLUMN releasable_to;
    DROP FUNCTION base.label_for(text, text, text, text[]);
    COMMENT ON TABLE base.report IS 'Immutable: the service''s role may insert, never update. Seen by whoever sees the incident.';
    COMMENT ON COLUMN base.report.audience IS NULL;
    CREATE OR REPLACE FUNCTION base.label_report() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      SELECT i.audience, i.red_agency INTO NEW.audience, NEW.red_agency
      FROM base.incident AS i WHERE i.id = NEW.incident;
      RETURN NEW;
    END $$;
    CREATE VIEW tripoint.report AS
      SELECT id, incident, agency, at, recorded_at, text, severity, certainty, state, counts, point,
             horizontal_accuracy_m
      FROM base.report
      WHERE (audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
         OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), ''))
      WITH LOCAL CHECK OPTION;
    GRANT SELECT, INSERT ON tripoint.report TO tripoint_service;
    SELECT base.audit_writes('base.report', 'reports', $$r.incident || '/' || r.id$$,
      '(SELECT tripoint.country_bits(ARRAY[i.owner]) FROM base.incident AS i WHERE i.id = r.incident)');
  `);
