import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;
const AGENCY = `(SELECT nullif(current_setting('tripoint.agency', true), ''))`;

const SEES_INCIDENT = `(incident_audience & ${VIEWER}) <> 0 OR incident_red_agency = ${AGENCY}`;
const RESCUES = `(audience & ${VIEWER}) <> 0 AND borders && (SELECT tripoint.rescue_borders())`;

const KINDS = `irregular_crossing smuggling_goods smuggling_fuel trafficking_suspected armed_incident infiltration_suspected
  unattributed_vehicle_or_craft distress fire flood mine_or_uxo health_event crossing_closure infrastructure other`;

// The rule which borders a mandate touches, over the alias m of a mandate.
const BORDERS_OF_MANDATE = `
          SELECT b.code FROM base.border AS b
          WHERE m.scope_type = 'country-border' AND m.scope_id = ANY (b.countries)
          UNION ALL SELECT m.scope_id WHERE m.scope_type = 'border'
          UNION ALL SELECT s.border FROM base.segment AS s WHERE m.scope_type = 'segment' AND s.id = m.scope_id
          UNION ALL SELECT c.border FROM base.crossing AS c WHERE m.scope_type = 'crossing-side' AND c.id = m.scope_id
          -- in degrees, because it is no distance: areas along a line hold it but for the noise of their making
          UNION ALL SELECT e.border FROM base.zone AS z JOIN base.border_edge AS e ON ST_DWithin(e.line, z.area, 0.001)
          WHERE m.scope_type = 'zone' AND z.id = m.scope_id
          UNION ALL SELECT (base.nearest_foot(ST_PointOnSurface(z.area)::geography)).border FROM base.zone AS z
          WHERE m.scope_type = 'zone' AND z.id = m.scope_id`;
const IS_RESCUE_MANDATE = `m.function IN ('search_rescue', 'civil_protection')
          AND (m.valid_from IS NULL OR m.valid_from <= now()) AND (m.valid_to IS NULL OR m.valid_to > now())`;

/** The clock of distress: who is alerted, by when assistance is due, what was done (docs/decisions/0021-coordination.md). */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.kind_limit (
      kind               text PRIMARY KEY,
      acknowledge_within interval NOT NULL DEFAULT '24 hours',
      assist_within      interval
    );
    COMMENT ON TABLE base.kind_limit IS 'How long each kind of incident may wait, from when it was reported.';
    INSERT INTO base.kind_limit (kind) SELECT regexp_split_to_table('${KINDS}', '\\s+');
    UPDATE base.kind_limit SET acknowledge_within = '30 minutes', assist_within = '6 hours' WHERE kind = 'distress';

    CREATE FUNCTION base.is_archive(external_id text, ended_at timestamptz, reported_at timestamptz) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT external_id IS NOT NULL AND ended_at < reported_at - interval '168 hours'
    $$;
    COMMENT ON FUNCTION base.is_archive IS 'Old when it came from its source: nobody waits for an answer.';

    CREATE FUNCTION base.may_see(audience int, red_agency text, agency text, country text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT audience & (1 | tripoint.country_bits(ARRAY[country])) <> 0 OR coalesce(red_agency = agency, false)
    $$;
    COMMENT ON FUNCTION base.may_see IS 'Whether an agency sees what has this audience, for those who write to others.';

    CREATE FUNCTION base.rescue_scopes() RETURNS TABLE (agency text, country text, border text)
    LANGUAGE sql STABLE AS $$
        SELECT m.agency, a.country, s.border
        FROM base.mandate AS m JOIN base.agency AS a ON a.id = m.agency
        CROSS JOIN LATERAL (${BORDERS_OF_MANDATE}
        ) AS s (border)
        WHERE ${IS_RESCUE_MANDATE}
    $$;
    COMMENT ON FUNCTION base.rescue_scopes IS 'The borders that rescue mandates touch now, whatever their scope.';
    CREATE OR REPLACE FUNCTION tripoint.rescue_borders() RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      RETURN (
        SELECT array_agg(DISTINCT s.border) FROM base.rescue_scopes() AS s
        WHERE s.agency = nullif(current_setting('tripoint.agency', true), '')
      );
    END $$;

    CREATE TABLE base.assistance (
      id          uuid PRIMARY KEY,
      notice      uuid NOT NULL,
      incident    uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
      agency      text NOT NULL REFERENCES base.agency,
      country     text NOT NULL REFERENCES base.country,
      state       text NOT NULL CHECK (state IN ('under_way', 'given')),
      outcome     text CHECK (outcome IN ('rescued', 'assisted', 'recovered', 'handed_over', 'not_found', 'false_alarm')),
      counts      jsonb,
      at          timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT given_assistance_has_an_outcome CHECK ((state = 'given') = (outcome IS NOT NULL))
    );
    COMMENT ON TABLE base.assistance IS 'Immutable: what was done for people in distress, and what came of it.';
    COMMENT ON COLUMN base.assistance.notice IS 'No reference: the notice goes and comes back with the kind of its incident.';
    CREATE INDEX assistance_notice_idx ON base.assistance (notice, recorded_at);
    CREATE INDEX assistance_incident_idx ON base.assistance (incident);

    ALTER TABLE base.distress_notice
      ADD COLUMN assistance_due_at timestamptz,
      ADD COLUMN assisted_at timestamptz,
      ADD COLUMN incident_agency text,
      ADD COLUMN incident_audience int NOT NULL DEFAULT 0,
      ADD COLUMN incident_red_agency text;
    COMMENT ON COLUMN base.distress_notice.assistance_due_at IS 'NULL: nobody waits, because it is an archive or was closed when it became one of distress.';
    COMMENT ON COLUMN base.distress_notice.incident_audience IS 'Who sees the incident sees what was done about it, too.';
    CREATE INDEX distress_notice_due_idx ON base.distress_notice (assistance_due_at, id) WHERE assisted_at IS NULL;
    CREATE UNIQUE INDEX alert_distress_idx ON base.alert (notice, agency) WHERE trigger = 'distress';

    CREATE OR REPLACE FUNCTION base.note_distress(i base.incident) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO base.distress_notice AS n (id, incident, nature, occurred_at, point, horizontal_accuracy_m, in_need_best,
        in_need_low, in_need_high, borders, audience, assistance_due_at, assisted_at, incident_agency, incident_audience,
        incident_red_agency)
      SELECT coalesce((SELECT a.notice FROM base.assistance AS a WHERE a.incident = i.id LIMIT 1), gen_random_uuid()),
        i.id, i.nature, i.occurred_at, i.point, i.horizontal_accuracy_m, i.counts_best, i.counts_low, i.counts_high,
        coalesce(array_agg(b.code ORDER BY b.code), '{}'), coalesce(bit_or(tripoint.country_bits(b.countries)), 0),
        CASE WHEN i.state <> 'closed' AND NOT base.is_archive(i.external_id, upper(i.period), i.reported_at)
          THEN CASE i.revision WHEN 1 THEN i.reported_at ELSE i.updated_at END + base.assist_within() END,
        (SELECT max(a.at) FROM base.assistance AS a WHERE a.incident = i.id AND a.state = 'given'),
        i.agency, i.audience, i.red_agency
      FROM base.border AS b WHERE b.code = i.border OR b.countries <@ i.candidates
      ON CONFLICT (incident) DO UPDATE SET nature = excluded.nature, occurred_at = excluded.occurred_at,
        point = excluded.point, horizontal_accuracy_m = excluded.horizontal_accuracy_m,
        in_need_best = excluded.in_need_best, in_need_low = excluded.in_need_low, in_need_high = excluded.in_need_high,
        borders = excluded.borders, audience = excluded.audience, incident_audience = excluded.incident_audience,
        incident_red_agency = excluded.incident_red_agency;
    END $$;

    CREATE FUNCTION base.assist_within() RETURNS interval
    LANGUAGE sql STABLE AS $$ SELECT k.assist_within FROM base.kind_limit AS k WHERE k.kind = 'distress' $$;

    CREATE FUNCTION base.alert_rescue(i base.incident) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO base.alert (agency, country, trigger, incident, notice, nature, kind, severity, certainty, occurred_at,
        point, horizontal_accuracy_m, border, border_km, due_at)
      SELECT r.agency, r.country, 'distress', i.id, n.id, i.nature, i.kind, CASE WHEN r.sees THEN i.severity END,
        CASE WHEN r.sees THEN i.certainty END, i.occurred_at, i.point, i.horizontal_accuracy_m, i.border, i.border_km,
        n.assistance_due_at
      FROM base.distress_notice AS n CROSS JOIN LATERAL (
        SELECT DISTINCT s.agency, s.country, base.may_see(i.audience, i.red_agency, s.agency, s.country) AS sees
        FROM base.rescue_scopes() AS s
        WHERE s.border = ANY (n.borders) AND tripoint.country_bits(ARRAY[s.country]) & n.audience <> 0
      ) AS r
      WHERE n.incident = i.id AND i.state <> 'closed' AND n.assistance_due_at IS NOT NULL AND n.assisted_at IS NULL
      ON CONFLICT (notice, agency) WHERE trigger = 'distress' DO NOTHING;
    END $$;
    COMMENT ON FUNCTION base.alert_rescue IS 'Alerts the rescue bodies of both countries at the border, each once for a notice.';

    CREATE FUNCTION base.settle_rescue_alerts(i base.incident) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE base.alert AS a SET is_withdrawn = NOT w.knows, severity = CASE WHEN w.sees THEN a.severity END,
        certainty = CASE WHEN w.sees THEN a.certainty END
      FROM (
        SELECT t.id, v.sees, v.sees OR EXISTS (
            SELECT 1 FROM base.distress_notice AS n JOIN base.rescue_scopes() AS s ON s.border = ANY (n.borders)
            WHERE n.id = t.notice AND s.agency = t.agency AND tripoint.country_bits(ARRAY[t.country]) & n.audience <> 0
          ) AS knows
        FROM base.alert AS t
        CROSS JOIN LATERAL (SELECT base.may_see(i.audience, i.red_agency, t.agency, t.country) AS sees) AS v
        WHERE t.incident = i.id AND t.trigger = 'distress'
      ) AS w
      WHERE a.id = w.id AND (a.is_withdrawn = w.knows OR NOT w.sees AND a.severity IS NOT NULL);
    END $$;
    COMMENT ON FUNCTION base.settle_rescue_alerts IS 'Takes back what an agency may no longer know of.';

    CREATE OR REPLACE FUNCTION base.keep_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF NEW.kind = 'distress' AND NEW.state <> 'cancelled' THEN PERFORM base.note_distress(NEW);
      ELSE DELETE FROM base.distress_notice WHERE incident = NEW.id;
      END IF;
      IF TG_OP = 'UPDATE' THEN
        -- help is needed again
        IF OLD.state = 'closed' AND NEW.state <> 'closed' THEN
          UPDATE base.distress_notice SET assisted_at = NULL, assistance_due_at = NEW.updated_at + base.assist_within()
          WHERE incident = NEW.id;
          UPDATE base.alert SET at = NEW.updated_at, due_at = NEW.updated_at + base.assist_within(), acknowledged_at = NULL
          WHERE incident = NEW.id AND trigger = 'distress';
        END IF;
        PERFORM base.settle_rescue_alerts(NEW);
      END IF;
      PERFORM base.alert_rescue(NEW);
      RETURN NULL;
    END $$;

    UPDATE base.distress_notice AS n SET incident_agency = i.agency, incident_audience = i.audience,
      incident_red_agency = i.red_agency, assistance_due_at = CASE WHEN i.state <> 'closed' AND NOT base.is_archive(i.external_id, upper(i.period), i.reported_at)
        THEN i.reported_at + base.assist_within() END
    FROM base.incident AS i WHERE i.id = n.incident;
    ALTER TABLE base.distress_notice ALTER COLUMN incident_agency SET NOT NULL;

    CREATE OR REPLACE VIEW tripoint.distress_notice AS
      SELECT id, nature, occurred_at, point, horizontal_accuracy_m, in_need_best, in_need_low, in_need_high, borders,
             audience AS concern, CASE WHEN ${SEES_INCIDENT} THEN incident END AS incident, assistance_due_at, assisted_at,
             coalesce(${RESCUES}, false) OR coalesce(incident_agency = ${AGENCY}, false) AS may_assist
      FROM base.distress_notice
      WHERE (${RESCUES}) OR ${SEES_INCIDENT};
    COMMENT ON VIEW tripoint.distress_notice IS 'For rescue bodies of the countries at the border, and for who sees the incident.';

    CREATE FUNCTION base.record_assistance() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      SELECT a.country INTO NEW.country FROM base.agency AS a WHERE a.id = NEW.agency;
      SELECT n.incident INTO NEW.incident FROM base.distress_notice AS n WHERE n.id = NEW.notice;
      IF NEW.state = 'given' THEN
        UPDATE base.distress_notice SET assisted_at = NEW.at WHERE id = NEW.notice;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER record_assistance BEFORE INSERT ON base.assistance
      FOR EACH ROW EXECUTE FUNCTION base.record_assistance();
    CREATE VIEW tripoint.assistance AS
      SELECT s.id, s.notice, s.agency, s.country, s.state, s.outcome, s.counts, s.at, s.recorded_at
      FROM base.assistance AS s
      WHERE ${VIEWER} > 0 AND EXISTS (SELECT 1 FROM tripoint.distress_notice AS n WHERE n.id = s.notice)
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.assistance IS 'For who sees the notice.';
    GRANT SELECT, INSERT ON tripoint.assistance TO tripoint_service;
    SELECT base.audit_writes('base.assistance', 'distress', 'r.notice',
      '(SELECT n.audience FROM base.distress_notice AS n WHERE n.id = r.notice)');

    CREATE FUNCTION base.require_outcome() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      notice record;
    BEGIN
      SELECT n.id, n.assisted_at INTO notice FROM base.distress_notice AS n WHERE n.incident = NEW.id;
      IF notice.assisted_at IS NULL THEN
        RAISE EXCEPTION 'Nobody has said what became of the people in distress. POST /v1/distress/%/assistance with state given and an outcome first, or cancel the incident if it never happened.',
          notice.id USING ERRCODE = 'TPOUT';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER require_outcome BEFORE UPDATE ON base.incident FOR EACH ROW
      WHEN (NEW.kind = 'distress' AND NEW.state = 'closed' AND OLD.state <> 'closed')
      EXECUTE FUNCTION base.require_outcome();
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP TRIGGER require_outcome ON base.incident;
    DROP VIEW tripoint.assistance, tripoint.distress_notice;
    SELECT base.stop_audit('base.assistance');
    DROP TABLE base.assistance;
    DROP FUNCTION base.require_outcome(), base.record_assistance(), base.settle_rescue_alerts(base.incident),
      base.alert_rescue(base.incident);
    DROP INDEX base.alert_distress_idx;

    CREATE OR REPLACE FUNCTION base.note_distress(i base.incident) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO base.distress_notice AS n (incident, nature, occurred_at, point, horizontal_accuracy_m, in_need_best,
        in_need_low, in_need_high, borders, audience)
      SELECT i.id, i.nature, i.occurred_at, i.point, i.horizontal_accuracy_m, i.counts_best, i.counts_low, i.counts_high,
        coalesce(array_agg(b.code ORDER BY b.code), '{}'), coalesce(bit_or(tripoint.country_bits(b.countries)), 0)
      FROM base.border AS b WHERE b.code = i.border OR b.countries <@ i.candidates
      ON CONFLICT (incident) DO UPDATE SET nature = excluded.nature, occurred_at = excluded.occurred_at,
        point = excluded.point, horizontal_accuracy_m = excluded.horizontal_accuracy_m,
        in_need_best = excluded.in_need_best, in_need_low = excluded.in_need_low, in_need_high = excluded.in_need_high,
        borders = excluded.borders, audience = excluded.audience;
    END $$;
    CREATE OR REPLACE FUNCTION base.keep_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF NEW.kind = 'distress' AND NEW.state <> 'cancelled' THEN PERFORM base.note_distress(NEW);
      ELSE DELETE FROM base.distress_notice WHERE incident = NEW.id;
      END IF;
      RETURN NULL;
    END $$;
    CREATE OR REPLACE FUNCTION tripoint.rescue_borders() RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      RETURN (
        SELECT array_agg(DISTINCT s.border)
        FROM base.mandate AS m
        CROSS JOIN LATERAL (${BORDERS_OF_MANDATE}
        ) AS s (border)
        WHERE m.agency = nullif(current_setting('tripoint.agency', true), '')
          AND ${IS_RESCUE_MANDATE}
      );
    END $$;
    DROP FUNCTION base.rescue_scopes(), base.assist_within(), base.is_archive(text, timestamptz, timestamptz),
      base.may_see(int, text, text, text);
    ALTER TABLE base.distress_notice DROP COLUMN assistance_due_at, DROP COLUMN assisted_at, DROP COLUMN incident_agency,
      DROP COLUMN incident_audience, DROP COLUMN incident_red_agency;
    DROP TABLE base.kind_limit;
    CREATE VIEW tripoint.distress_notice AS
      SELECT id, nature, occurred_at, point, horizontal_accuracy_m, in_need_best, in_need_low, in_need_high, borders,
             audience AS concern
      FROM base.distress_notice
      WHERE ${RESCUES};
    COMMENT ON VIEW tripoint.distress_notice IS 'For rescue bodies of the countries at the border, and for nobody else: who sees the incident sees it there.';
    GRANT SELECT ON tripoint.distress_notice TO tripoint_service;
  `);
