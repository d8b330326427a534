import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;

/** The mandates at the place of an incident, over the alias i: of any function, on both sides of the border. */
const mandatesAt = (schema: string): string => `
        SELECT m.agency, a.country, m.rank
        FROM ${schema}.mandate AS m JOIN ${schema}.agency AS a ON a.id = m.agency
        WHERE (m.valid_from IS NULL OR m.valid_from <= now()) AND (m.valid_to IS NULL OR m.valid_to > now())
          AND CASE m.scope_type
            WHEN 'country-border' THEN EXISTS (SELECT 1 FROM ${schema}.border AS b
              WHERE (b.code = i.border OR b.countries <@ i.candidates) AND m.scope_id = ANY (b.countries))
            WHEN 'border' THEN m.scope_id = i.border OR EXISTS (SELECT 1 FROM ${schema}.border AS b
              WHERE b.code = m.scope_id AND b.countries <@ i.candidates)
            WHEN 'segment' THEN m.scope_id = i.segment
            WHEN 'crossing-side' THEN EXISTS (SELECT 1 FROM ${schema}.crossing AS c
              WHERE c.id = m.scope_id AND ST_DWithin(c.geog, i.geog, 5000 + i.horizontal_accuracy_m))
            ELSE EXISTS (SELECT 1 FROM ${schema}.incident_zone AS p
              JOIN ${schema}.zone_revision AS z ON z.id = p.zone AND z.revision = p.revision
              WHERE p.incident = i.id AND p.zone = m.scope_id AND p.relation <> 'possible' AND z.effective @> now())
          END`;

/** Who has taken notice of an incident, and who is alerted when nobody has in time (docs/decisions/0021-coordination.md). */
export const up = (db: Knex) =>
  db.raw(`
    DO $$ BEGIN
      CREATE ROLE tripoint_watch NOLOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    DO $$ BEGIN
      EXECUTE format('GRANT tripoint_watch TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END $$;

    CREATE FUNCTION base.mandates_at(i base.incident) RETURNS TABLE (agency text, country text, rank text)
    LANGUAGE sql STABLE AS $$ ${mandatesAt('base')}
    $$;
    CREATE FUNCTION tripoint.holds_mandate(of_incident uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN EXISTS (
        SELECT 1 FROM tripoint.incident AS i CROSS JOIN LATERAL (${mandatesAt('tripoint')}
        ) AS h
        WHERE i.id = of_incident AND h.agency = nullif(current_setting('tripoint.agency', true), '')
      );
    END $$;
    COMMENT ON FUNCTION tripoint.holds_mandate IS 'Whether the agency of the caller holds a mandate, as far as it sees it, at the place of an incident that it sees.';
    GRANT EXECUTE ON FUNCTION tripoint.holds_mandate TO tripoint_service;

    CREATE TABLE base.incident_due (
      incident uuid PRIMARY KEY,
      due_at   timestamptz NOT NULL
    );
    COMMENT ON TABLE base.incident_due IS 'Incidents of which no agency has taken notice yet; gone when one has, when it is over, and when that was told of. No reference, which each incident would pay for.';
    CREATE INDEX incident_due_idx ON base.incident_due (due_at);

    CREATE FUNCTION base.await_acknowledgement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      INSERT INTO base.incident_due (incident, due_at)
      SELECT r.id, r.reported_at + k.acknowledge_within
      FROM new_rows AS r JOIN base.kind_limit AS k ON k.kind = r.kind
      WHERE r.nature <> 'test' AND r.state IN ('open', 'ongoing')
        AND NOT base.is_archive(r.external_id, upper(r.period), r.reported_at);
      RETURN NULL;
    END $$;
    CREATE TRIGGER await_acknowledgement AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION base.await_acknowledgement();

    CREATE FUNCTION base.follow_due() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF NEW.state IN ('closed', 'cancelled') THEN DELETE FROM base.incident_due WHERE incident = NEW.id;
      ELSE
        UPDATE base.incident_due AS d SET due_at = least(d.due_at, NEW.updated_at + k.acknowledge_within)
        FROM base.kind_limit AS k WHERE d.incident = NEW.id AND k.kind = NEW.kind;
      END IF;
      RETURN NULL;
    END $$;
    -- for each row, so that what changes nothing else pays nothing
    CREATE TRIGGER follow_due AFTER UPDATE ON base.incident FOR EACH ROW
      WHEN (OLD.kind <> NEW.kind OR OLD.state <> NEW.state AND NEW.state IN ('closed', 'cancelled'))
      EXECUTE FUNCTION base.follow_due();

    CREATE FUNCTION base.join_incident() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      SELECT i.owner INTO NEW.owner FROM base.incident AS i WHERE i.id = NEW.incident;
      SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
      RETURN NEW;
    END $$;
    CREATE FUNCTION base.take_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      DELETE FROM base.incident_due WHERE incident = NEW.incident;
      RETURN NULL;
    END $$;

    CREATE TABLE base.incident_acknowledgement (
      incident uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
      agency   text NOT NULL REFERENCES base.agency,
      country  text NOT NULL REFERENCES base.country,
      owner    text NOT NULL REFERENCES base.country,
      at       timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (incident, agency)
    );
    COMMENT ON COLUMN base.incident_acknowledgement.owner IS 'Of the incident.';
    CREATE TRIGGER join_incident BEFORE INSERT ON base.incident_acknowledgement
      FOR EACH ROW EXECUTE FUNCTION base.join_incident();
    CREATE TRIGGER take_notice AFTER INSERT ON base.incident_acknowledgement
      FOR EACH ROW EXECUTE FUNCTION base.take_notice();
    CREATE VIEW tripoint.incident_acknowledgement AS
      SELECT a.incident, a.agency, a.country, a.at, tripoint.country_bits(ARRAY[a.country, a.owner]) AS concern
      FROM base.incident_acknowledgement AS a
      WHERE ${VIEWER} > 1 AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = a.incident)
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.incident_acknowledgement IS 'For agencies that see the incident: what is done about it is for nobody without a key.';
    GRANT SELECT, INSERT ON tripoint.incident_acknowledgement TO tripoint_service;
    SELECT base.audit_writes('base.incident_acknowledgement', 'acknowledgements', 'r.incident',
      'tripoint.country_bits(ARRAY[r.country, r.owner])', key => 'incident');

    CREATE FUNCTION base.fire_overdue(most int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      fired base.incident_due[];
    BEGIN
      WITH due AS (
        SELECT d.incident FROM base.incident_due AS d WHERE d.due_at <= clock_timestamp()
        ORDER BY d.due_at LIMIT most FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM base.incident_due AS d USING due WHERE d.incident = due.incident RETURNING d.incident, d.due_at
      )
      SELECT array_agg(ROW(g.incident, g.due_at)::base.incident_due) INTO fired FROM gone AS g;
      IF fired IS NULL THEN RETURN 0; END IF;

      INSERT INTO base.alert (agency, country, trigger, subscription, incident, nature, kind, severity, certainty,
        occurred_at, point, horizontal_accuracy_m, border, border_km, due_at)
      SELECT s.agency, s.country, 'overdue', s.id, i.id, i.nature, i.kind, i.severity, i.certainty, i.occurred_at, i.point,
        i.horizontal_accuracy_m, i.border, i.border_km, f.due_at
      FROM unnest(fired) AS f JOIN base.incident AS i ON i.id = f.incident
      CROSS JOIN LATERAL base.subscriptions_of(i) AS s
      WHERE s.enabled AND 'overdue' = ANY (s.triggers) AND base.may_see(i.audience, i.red_agency, s.agency, s.country);
      -- those who must act, subscribed or not
      INSERT INTO base.alert (agency, country, trigger, incident, nature, kind, severity, certainty, occurred_at, point,
        horizontal_accuracy_m, border, border_km, due_at)
      SELECT t.agency, t.country, 'overdue', i.id, i.nature, i.kind, i.severity, i.certainty, i.occurred_at, i.point,
        i.horizontal_accuracy_m, i.border, i.border_km, f.due_at
      FROM unnest(fired) AS f JOIN base.incident AS i ON i.id = f.incident
      CROSS JOIN LATERAL (
        SELECT i.agency, i.owner AS country
        UNION SELECT m.agency, m.country FROM base.mandates_at(i) AS m WHERE m.rank = 'primary'
      ) AS t
      WHERE base.may_see(i.audience, i.red_agency, t.agency, t.country) AND NOT EXISTS (
        SELECT 1 FROM base.alert AS a WHERE a.incident = i.id AND a.agency = t.agency AND a.trigger = 'overdue');
      RETURN cardinality(fired);
    END $$;
    COMMENT ON FUNCTION base.fire_overdue IS 'Alerts of up to so many incidents of which no agency has taken notice in time.';
    REVOKE EXECUTE ON FUNCTION base.fire_overdue FROM PUBLIC;
    GRANT USAGE ON SCHEMA base TO tripoint_watch;
    GRANT EXECUTE ON FUNCTION base.fire_overdue TO tripoint_watch;
  `);

export const down = (db: Knex) =>
  db.raw(`
    REVOKE USAGE ON SCHEMA base FROM tripoint_watch;
    DROP FUNCTION base.fire_overdue(int);
    DROP VIEW tripoint.incident_acknowledgement;
    SELECT base.stop_audit('base.incident_acknowledgement');
    DROP TABLE base.incident_acknowledgement;
    DROP FUNCTION base.take_notice(), base.join_incident();
    DROP TRIGGER follow_due ON base.incident;
    DROP TRIGGER await_acknowledgement ON base.incident;
    DROP FUNCTION base.follow_due(), base.await_acknowledgement();
    DROP TABLE base.incident_due;
    DROP FUNCTION tripoint.holds_mandate(uuid), base.mandates_at(base.incident);
  `);
