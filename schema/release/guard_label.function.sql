-- Twin: refusalOf in src/features/label.permission.ts, compared by test/release/labels.test.ts.
-- With the rights of its caller: only so can it tell the owner of the tables from the service.
-- Test: test/release/release.test.ts, test/database/labels.test.ts
CREATE OR REPLACE FUNCTION base.guard_label() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner text;
  is_moved boolean;
  was int;
  bits int;
  is_coordinator boolean;
BEGIN
  -- migrations, seeds and repairs
  IF tripoint.is_table_owner(TG_RELID) THEN RETURN NEW; END IF;
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
    tripoint.country_bits(ARRAY[owner]) & tripoint.viewer() <> 0
    AND 'coordinator' = ANY (string_to_array(current_setting('tripoint.roles', true), ',')), false);

  IF is_coordinator THEN RETURN NEW; END IF;
  IF tripoint.is_wider(was, bits) THEN
    RAISE EXCEPTION 'Only a coordinator of % lets more see this.', owner USING ERRCODE = 'TLP01';
  END IF;
  IF OLD.agency IS DISTINCT FROM tripoint.caller_agency() THEN
    RAISE EXCEPTION 'Only % or a coordinator of % lets fewer see this.', coalesce(OLD.agency, 'its agency'), owner
      USING ERRCODE = 'TLP01';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.guard_label IS 'Only a coordinator of the owner country widens a label; its agency or a coordinator narrows it. Owner and agency never change.';
