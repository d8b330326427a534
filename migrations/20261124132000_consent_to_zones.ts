import type { Knex } from 'knex';

/** What a revision of a zone has been through, and the decisions of the countries about it (docs/decisions/0009-consent.md). */
export const up = (db: Knex) =>
  db.raw(`
    DROP TRIGGER keep_revision ON base.zone;
    DROP TRIGGER next_revision ON base.zone;
    DROP FUNCTION base.keep_revision(), base.next_revision();
    DROP VIEW tripoint.zone_revision;

    ALTER TABLE base.zone_revision
      ADD COLUMN proposed_at  timestamptz,
      ADD COLUMN agreed_at    timestamptz,
      ADD COLUMN suspended_at timestamptz,
      ADD COLUMN withdrawn_at timestamptz,
      ADD COLUMN replaced_at  timestamptz,
      ADD COLUMN asked_after  int NOT NULL DEFAULT 0;
    -- until now a revision took effect when it was written; what the reference data tells of is older than its row
    UPDATE base.zone_revision AS r SET
      proposed_at = CASE WHEN state <> 'draft' THEN w.at END,
      agreed_at = CASE WHEN state NOT IN ('draft', 'proposed') THEN w.at END,
      suspended_at = CASE state WHEN 'suspended' THEN updated_at END,
      withdrawn_at = (SELECT z.updated_at FROM base.zone AS z WHERE z.id = r.id AND z.state = 'withdrawn')
    FROM (SELECT v.id, v.revision, CASE WHEN v.agency IS NULL THEN v.valid_from ELSE v.updated_at END AS at
          FROM base.zone_revision AS v) AS w
    WHERE w.id = r.id AND w.revision = r.revision;

    ALTER TABLE base.zone_revision
      DROP COLUMN audience, DROP COLUMN red_agency, DROP COLUMN area_km2, DROP COLUMN state,
      ALTER COLUMN revision SET DEFAULT 1,
      ALTER COLUMN releasable_to SET DEFAULT '{}',
      ALTER COLUMN created_at SET DEFAULT clock_timestamp(),
      ALTER COLUMN updated_at SET DEFAULT clock_timestamp(),
      ADD FOREIGN KEY (country) REFERENCES base.country,
      ADD FOREIGN KEY (agency) REFERENCES base.agency,
      ADD FOREIGN KEY (author) REFERENCES base.agency,
      ADD CHECK (cardinality(participants) > 0),
      ADD CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
      ADD CONSTRAINT zone_area_is_valid CHECK (ST_IsValid(area) AND NOT ST_IsEmpty(area)),
      ADD CONSTRAINT zone_period_is_in_order CHECK (valid_to > valid_from),
      ADD COLUMN name text GENERATED ALWAYS AS (id || '/' || revision::text) STORED,
      ADD COLUMN area_km2 double precision GENERATED ALWAYS AS (ST_Area(area::geography) / 1e6) STORED,
      ADD COLUMN starts_at timestamptz GENERATED ALWAYS AS (CASE
        WHEN agreed_at IS NOT NULL AND greatest(agreed_at, valid_from) <= coalesce(withdrawn_at, 'infinity')
        THEN greatest(agreed_at, valid_from) END) STORED,
      ADD COLUMN effective tstzrange GENERATED ALWAYS AS (CASE
        WHEN agreed_at IS NOT NULL AND greatest(agreed_at, valid_from)
          < coalesce(least(valid_to, suspended_at, withdrawn_at, replaced_at), 'infinity')
        THEN tstzrange(greatest(agreed_at, valid_from), least(valid_to, suspended_at, withdrawn_at, replaced_at)) END) STORED,
      ADD COLUMN audience int GENERATED ALWAYS AS (CASE WHEN tlp = 'RED' THEN 0 ELSE
        tripoint.country_bits(ARRAY[country])
          | CASE WHEN proposed_at IS NOT NULL THEN tripoint.country_bits(participants) ELSE 0 END
          | CASE WHEN agreed_at IS NOT NULL THEN tripoint.audience(tlp, country, releasable_to) ELSE 0 END END) STORED,
      ADD COLUMN red_agency text GENERATED ALWAYS AS (CASE tlp WHEN 'RED' THEN agency END) STORED;
    COMMENT ON TABLE base.zone_revision IS 'Every revision of every zone. Once it is proposed, its content never changes.';
    COMMENT ON COLUMN base.zone_revision.tlp IS 'Of the zone: the same in all its revisions.';
    COMMENT ON COLUMN base.zone_revision.agreed_at IS 'When the last participant approved it; NULL again when one takes that back before it takes effect.';
    COMMENT ON COLUMN base.zone_revision.suspended_at IS 'When a participant withdrew while it was in force.';
    COMMENT ON COLUMN base.zone_revision.starts_at IS 'When it takes effect, as it was agreed until now; NULL where the zone was withdrawn before.';
    COMMENT ON COLUMN base.zone_revision.replaced_at IS 'When a newer one takes its place, which may lie ahead; kept by a trigger.';
    COMMENT ON COLUMN base.zone_revision.asked_after IS 'Decisions up to this one of the zone do not count any more.';
    COMMENT ON COLUMN base.zone_revision.effective IS 'When it is in force, as it was agreed until now; NULL: never.';
    COMMENT ON COLUMN base.zone_revision.audience IS 'The owner country; participants from its proposal on; those whom the label names once it is agreed.';
    CREATE INDEX zone_revision_area_idx ON base.zone_revision USING gist (area);

    CREATE FUNCTION tripoint.zone_state(proposed_at timestamptz, agreed_at timestamptz, starts_at timestamptz,
      valid_to timestamptz, suspended_at timestamptz, withdrawn_at timestamptz, replaced_at timestamptz, at timestamptz)
    RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE
        WHEN proposed_at IS NULL THEN 'draft'
        WHEN withdrawn_at <= at THEN 'withdrawn'
        WHEN agreed_at IS NULL THEN CASE WHEN replaced_at IS NULL THEN 'proposed' ELSE 'withdrawn' END
        WHEN replaced_at <= starts_at THEN 'withdrawn'
        WHEN starts_at > at THEN 'proposed'
        WHEN replaced_at <= at THEN 'expired'
        WHEN suspended_at <= at THEN 'suspended'
        WHEN valid_to <= at THEN 'expired'
        ELSE 'active' END
    $$;
    COMMENT ON FUNCTION tripoint.zone_state IS 'What a revision is at an instant. One that a newer proposal replaced before it took effect counts as withdrawn.';
    CREATE FUNCTION tripoint.is_replaced(starts_at timestamptz, replaced_at timestamptz, at timestamptz) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT coalesce(replaced_at <= greatest(starts_at, at), false)
    $$;
    GRANT EXECUTE ON FUNCTION tripoint.zone_state, tripoint.is_replaced TO tripoint_service;

    CREATE TABLE base.zone_consent (
      id       uuid PRIMARY KEY,
      zone     text NOT NULL,
      n        int NOT NULL,
      revision int NOT NULL,
      country  text NOT NULL REFERENCES base.country,
      agency   text NOT NULL REFERENCES base.agency,
      decision text NOT NULL CHECK (decision IN ('approve', 'reject', 'withdraw')),
      reason   text,
      at       timestamptz NOT NULL DEFAULT clock_timestamp(),
      UNIQUE (zone, n),
      FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision),
      CONSTRAINT rejection_has_a_reason CHECK (decision <> 'reject' OR reason <> '')
    );
    COMMENT ON TABLE base.zone_consent IS 'What countries decided about revisions of zones: only ever inserted into. The last decision of a country counts.';
    COMMENT ON COLUMN base.zone_consent.n IS 'Their order in the zone; not told to callers, because it counts what they may not see.';
    CREATE INDEX zone_consent_revision_idx ON base.zone_consent (zone, revision, country, n);

    CREATE FUNCTION base.number_consent() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      viewer int := nullif(current_setting('tripoint.viewer', true), '');
    BEGIN
      IF (tripoint.country_bits(ARRAY[NEW.country]) & viewer) <> 0
        AND EXISTS (SELECT 1 FROM base.agency AS a WHERE a.id = NEW.agency AND a.country = NEW.country)
      THEN
        PERFORM 1 FROM base.zone_revision AS r WHERE r.id = NEW.zone AND r.revision = 1 FOR NO KEY UPDATE;
        NEW.n := (SELECT coalesce(max(c.n), 0) + 1 FROM base.zone_consent AS c WHERE c.zone = NEW.zone);
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'an agency decides for its own country' USING ERRCODE = 'with_check_option_violation';
    END $$;
    CREATE TRIGGER number_consent BEFORE INSERT ON base.zone_consent
      FOR EACH ROW EXECUTE FUNCTION base.number_consent();

    CREATE FUNCTION base.last_decision(r base.zone_revision, of_country text) RETURNS text
    LANGUAGE sql STABLE AS $$
      SELECT c.decision FROM base.zone_consent AS c
      WHERE c.zone = r.id AND c.revision = r.revision AND c.country = of_country AND c.n > r.asked_after
      ORDER BY c.n DESC LIMIT 1
    $$;
    -- Whatever the service writes: nothing is agreed that a participant has not approved. What came without an agency is law.
    CREATE FUNCTION base.require_consents() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM unnest(NEW.participants) AS p (country)
                 WHERE base.last_decision(NEW, p.country) IS DISTINCT FROM 'approve')
      THEN RAISE EXCEPTION 'not every participant has approved %', NEW.name
        USING ERRCODE = 'check_violation', CONSTRAINT = 'every_participant_has_approved_it';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER require_consents AFTER INSERT OR UPDATE OF agreed_at, participants, agency ON base.zone_revision
      FOR EACH ROW WHEN (NEW.agreed_at IS NOT NULL AND (NEW.agency IS NOT NULL OR NEW.revision > 1))
      EXECUTE FUNCTION base.require_consents();

    CREATE FUNCTION base.keep_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'revision % has been proposed: it never changes', OLD.name
        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_proposed_never_changes';
    END $$;
    CREATE TRIGGER keep_proposed BEFORE UPDATE ON base.zone_revision FOR EACH ROW
      WHEN (OLD.proposed_at IS NOT NULL AND (
        ROW(OLD.id, OLD.revision, OLD.country, OLD.agency, OLD.author, OLD.kind, OLD.names, OLD.purpose, OLD.participants,
          OLD.area, OLD.derived_from, OLD.horizontal_accuracy_m, OLD.valid_from, OLD.valid_to, OLD.legal_act, OLD.notes,
          OLD.source, OLD.created_at, OLD.updated_at, OLD.proposed_at)
        IS DISTINCT FROM
        ROW(NEW.id, NEW.revision, NEW.country, NEW.agency, NEW.author, NEW.kind, NEW.names, NEW.purpose, NEW.participants,
          NEW.area, NEW.derived_from, NEW.horizontal_accuracy_m, NEW.valid_from, NEW.valid_to, NEW.legal_act, NEW.notes,
          NEW.source, NEW.created_at, NEW.updated_at, NEW.proposed_at)))
      EXECUTE FUNCTION base.keep_proposed();
    CREATE TRIGGER keep_proposed_row BEFORE DELETE ON base.zone_revision FOR EACH ROW
      WHEN (OLD.proposed_at IS NOT NULL) EXECUTE FUNCTION base.keep_proposed();

    CREATE FUNCTION base.follow_zone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      SELECT r.country, r.agency, r.tlp, r.releasable_to, r.source, r.created_at
      INTO STRICT NEW.country, NEW.agency, NEW.tlp, NEW.releasable_to, NEW.source, NEW.created_at
      FROM base.zone_revision AS r WHERE r.id = NEW.id AND r.revision = 1;
      RETURN NEW;
    END $$;
    COMMENT ON FUNCTION base.follow_zone IS 'Whose a zone is and its label are the same in all its revisions.';
    CREATE TRIGGER follow_zone BEFORE INSERT ON base.zone_revision
      FOR EACH ROW WHEN (NEW.revision > 1) EXECUTE FUNCTION base.follow_zone();

    CREATE FUNCTION base.ask_again() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      UPDATE base.zone_revision AS r SET agreed_at = NULL, asked_after = c.n
      FROM (SELECT max(n) AS n FROM base.zone_consent WHERE zone = NEW.id) AS c
      WHERE r.id = NEW.id AND r.revision > NEW.revision AND c.n IS NOT NULL;
      RETURN NULL;
    END $$;
    COMMENT ON FUNCTION base.ask_again IS 'A zone that was suspended needs all consents again, also those given before to what was to come.';
    CREATE TRIGGER ask_again AFTER UPDATE OF suspended_at ON base.zone_revision
      FOR EACH ROW WHEN (OLD.suspended_at IS NULL AND NEW.suspended_at IS NOT NULL) EXECUTE FUNCTION base.ask_again();
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP TRIGGER ask_again ON base.zone_revision;
    DROP TRIGGER follow_zone ON base.zone_revision;
    DROP TRIGGER keep_proposed_row ON base.zone_revision;
    DROP TRIGGER keep_proposed ON base.zone_revision;
    DROP TRIGGER require_consents ON base.zone_revision;
    DROP FUNCTION base.ask_again(), base.follow_zone(), base.keep_proposed(), base.require_consents(),
      base.last_decision(base.zone_revision, text);
    DROP TABLE base.zone_consent;
    DROP FUNCTION base.number_consent(), tripoint.is_replaced(timestamptz, timestamptz, timestamptz);
    DROP INDEX base.zone_revision_area_idx;
    ALTER TABLE base.zone_revision ADD COLUMN state text;
    UPDATE base.zone_revision SET state = tripoint.zone_state(proposed_at, agreed_at, starts_at, valid_to, suspended_at,
      withdrawn_at, replaced_at, now());
    DROP FUNCTION tripoint.zone_state(timestamptz, timestamptz, timestamptz, timestamptz, timestamptz, timestamptz,
      timestamptz, timestamptz);
    ALTER TABLE base.zone_revision
      DROP COLUMN name, DROP COLUMN area_km2, DROP COLUMN starts_at, DROP COLUMN effective, DROP COLUMN audience,
      DROP COLUMN red_agency, DROP COLUMN proposed_at, DROP COLUMN agreed_at, DROP COLUMN suspended_at,
      DROP COLUMN withdrawn_at, DROP COLUMN replaced_at, DROP COLUMN asked_after,
      ALTER COLUMN state SET NOT NULL,
      ALTER COLUMN revision DROP DEFAULT,
      ALTER COLUMN releasable_to DROP DEFAULT,
      ALTER COLUMN created_at DROP DEFAULT,
      ALTER COLUMN updated_at DROP DEFAULT,
      DROP CONSTRAINT zone_revision_country_fkey,
      DROP CONSTRAINT zone_revision_agency_fkey,
      DROP CONSTRAINT zone_revision_author_fkey,
      DROP CONSTRAINT zone_revision_participants_check,
      DROP CONSTRAINT zone_revision_tlp_check,
      DROP CONSTRAINT zone_area_is_valid,
      DROP CONSTRAINT zone_period_is_in_order,
      ADD COLUMN area_km2 double precision, ADD COLUMN audience int, ADD COLUMN red_agency text;
    UPDATE base.zone_revision SET area_km2 = ST_Area(area::geography) / 1e6,
      audience = tripoint.audience(tlp, country, releasable_to)
        | CASE tlp WHEN 'RED' THEN 0 ELSE tripoint.country_bits(participants) END,
      red_agency = CASE tlp WHEN 'RED' THEN agency END;

    CREATE VIEW tripoint.zone_revision AS
      SELECT id, country, agency, author, kind, names, purpose, participants, area, derived_from,
             horizontal_accuracy_m, valid_from, valid_to, legal_act, notes, state, tlp, releasable_to, source,
             revision, created_at, updated_at, area_km2
      FROM base.zone_revision AS r
      WHERE ((audience & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
          OR red_agency = (SELECT nullif(current_setting('tripoint.agency', true), '')))
        AND EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = r.id);
    GRANT SELECT ON tripoint.zone_revision TO tripoint_service;
    CREATE FUNCTION base.keep_revision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      INSERT INTO base.zone_revision (id, country, agency, author, kind, names, purpose, participants, area, derived_from,
        horizontal_accuracy_m, valid_from, valid_to, legal_act, notes, state, tlp, releasable_to, source, revision,
        created_at, updated_at, area_km2, audience, red_agency)
      SELECT id, country, agency, author, kind, names, purpose, participants, area, derived_from,
        horizontal_accuracy_m, valid_from, valid_to, legal_act, notes, state, tlp, releasable_to, source, revision,
        created_at, updated_at, area_km2, audience, red_agency
      FROM base.zone AS z WHERE z.id = NEW.id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER keep_revision AFTER INSERT OR UPDATE ON base.zone
      FOR EACH ROW EXECUTE FUNCTION base.keep_revision();
    CREATE FUNCTION base.next_revision() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.revision := OLD.revision + 1;
      NEW.updated_at := clock_timestamp();
      RETURN NEW;
    END $$;
    CREATE TRIGGER next_revision BEFORE UPDATE ON base.zone
      FOR EACH ROW EXECUTE FUNCTION base.next_revision();
  `);
