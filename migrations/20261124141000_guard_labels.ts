import type { Knex } from 'knex';

/** Who may change a label, decided by the database too (docs/decisions/0010-release.md). */
export const up = (db: Knex) =>
  db.raw(`
    CREATE FUNCTION tripoint.is_wider(was int, bits int) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT bits & ~was <> 0
    $$;
    COMMENT ON FUNCTION tripoint.is_wider IS 'Whether an audience gains anybody. RED has no bits, so that leaving it is wider too.';

    -- As its caller, not as the owner of the tables: only so can it tell the one from the other.
    CREATE FUNCTION base.guard_label() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      owner text;
      is_moved boolean;
      was int;
      bits int;
      is_coordinator boolean;
    BEGIN
      -- migrations, seeds and repairs
      IF pg_has_role(current_user, (SELECT c.relowner FROM pg_class AS c WHERE c.oid = TG_RELID), 'USAGE') THEN
        RETURN NEW;
      END IF;
      IF TG_TABLE_NAME = 'zone' THEN
        owner := OLD.country;
        is_moved := NEW.country <> OLD.country;
      ELSE
        owner := OLD.owner;
        is_moved := NEW.owner <> OLD.owner;
      END IF;
      IF is_moved OR NEW.agency IS DISTINCT FROM OLD.agency THEN
        RAISE EXCEPTION 'Whose this is does not change.' USING ERRCODE = 'TLP01';
      END IF;
      was := tripoint.audience(OLD.tlp, owner, OLD.releasable_to);
      IF TG_TABLE_NAME = 'report' AND OLD.tlp IS NULL THEN was := OLD.audience; END IF;
      bits := tripoint.audience(NEW.tlp, owner, NEW.releasable_to);
      is_coordinator := coalesce(
        tripoint.country_bits(ARRAY[owner]) & nullif(current_setting('tripoint.viewer', true), '')::int <> 0
        AND 'coordinator' = ANY (string_to_array(current_setting('tripoint.roles', true), ',')), false);

      IF is_coordinator THEN RETURN NEW; END IF;
      IF tripoint.is_wider(was, bits) THEN
        RAISE EXCEPTION 'Only a coordinator of % lets more see this.', owner USING ERRCODE = 'TLP01';
      END IF;
      IF OLD.agency IS DISTINCT FROM nullif(current_setting('tripoint.agency', true), '') THEN
        RAISE EXCEPTION 'Only % or a coordinator of % lets fewer see this.', coalesce(OLD.agency, 'its agency'), owner
          USING ERRCODE = 'TLP01';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard_label BEFORE UPDATE ON base.incident FOR EACH ROW
      WHEN (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to OR OLD.owner <> NEW.owner OR OLD.agency <> NEW.agency)
      EXECUTE FUNCTION base.guard_label();
    CREATE TRIGGER guard_label BEFORE UPDATE ON base.report FOR EACH ROW
      WHEN (OLD.tlp IS DISTINCT FROM NEW.tlp OR OLD.releasable_to <> NEW.releasable_to
        OR OLD.owner <> NEW.owner OR OLD.agency <> NEW.agency)
      EXECUTE FUNCTION base.guard_label();
    CREATE TRIGGER guard_label BEFORE UPDATE ON base.zone FOR EACH ROW
      WHEN (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to OR OLD.country <> NEW.country
        OR OLD.agency IS DISTINCT FROM NEW.agency)
      EXECUTE FUNCTION base.guard_label();

    -- Asks the view itself, as each of them, and is the asker again before it answers.
    CREATE FUNCTION tripoint.zone_viewers(of_zone text) RETURNS text[] LANGUAGE plpgsql AS $$
    DECLARE
      asker text := current_setting('tripoint.viewer', true);
      agency text := current_setting('tripoint.agency', true);
      other record;
      viewers text[] := '{}';
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = of_zone AND z.state = 'active') THEN
        RETURN NULL;
      END IF;
      PERFORM set_config('tripoint.agency', '', true);
      FOR other IN SELECT v.name, v.bits
        FROM unnest(ARRAY['public', 'DZA', 'LBY', 'TUN'], ARRAY['1', '3', '5', '9']) AS v (name, bits)
      LOOP
        PERFORM set_config('tripoint.viewer', other.bits, true);
        IF EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = of_zone AND z.state = 'active') THEN
          viewers := viewers || other.name;
        END IF;
      END LOOP;
      PERFORM set_config('tripoint.viewer', asker, true), set_config('tripoint.agency', agency, true);
      RETURN viewers;
    END $$;
    COMMENT ON FUNCTION tripoint.zone_viewers IS 'Who sees a zone in force, where the caller does: callers without a key, and countries. Another may be shown what is proposed.';
    REVOKE EXECUTE ON FUNCTION tripoint.zone_viewers FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.zone_viewers TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP FUNCTION tripoint.zone_viewers(text);
    DROP TRIGGER guard_label ON base.zone;
    DROP TRIGGER guard_label ON base.report;
    DROP TRIGGER guard_label ON base.incident;
    DROP FUNCTION base.guard_label(), tripoint.is_wider(int, int);
  `);
