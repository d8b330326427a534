-- Before a row is written

-- Test: test/zones/net.test.ts
CREATE OR REPLACE FUNCTION base.follow_zone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  SELECT r.country, r.agency, r.tlp, r.releasable_to, r.source, r.created_at
  INTO STRICT NEW.country, NEW.agency, NEW.tlp, NEW.releasable_to, NEW.source, NEW.created_at
  FROM base.zone_revision AS r WHERE r.id = NEW.id AND r.revision = 1;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.follow_zone IS 'Takes owner, label and source from the first revision: they are the same in all revisions of a zone.';
CREATE TRIGGER follow_zone BEFORE INSERT ON base.zone_revision
  FOR EACH ROW WHEN (NEW.revision > 1) EXECUTE FUNCTION base.follow_zone();

-- The function compares, not the condition of the trigger: pg_dump writes the operator of geometries in a condition
-- without its schema, and pg_restore then loses the trigger.
-- Test: test/zones/net.test.ts, test/database/restore.test.ts
CREATE OR REPLACE FUNCTION base.keep_proposed() RETURNS trigger
LANGUAGE plpgsql SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND
    ROW(OLD.id, OLD.revision, OLD.country, OLD.agency, OLD.author, OLD.kind, OLD.names, OLD.purpose, OLD.participants,
      OLD.area, OLD.derived_from, OLD.horizontal_accuracy_m, OLD.valid_from, OLD.valid_to, OLD.legal_act, OLD.notes,
      OLD.source, OLD.created_at, OLD.updated_at, OLD.proposed_at)
    IS NOT DISTINCT FROM
    ROW(NEW.id, NEW.revision, NEW.country, NEW.agency, NEW.author, NEW.kind, NEW.names, NEW.purpose, NEW.participants,
      NEW.area, NEW.derived_from, NEW.horizontal_accuracy_m, NEW.valid_from, NEW.valid_to, NEW.legal_act, NEW.notes,
      NEW.source, NEW.created_at, NEW.updated_at, NEW.proposed_at)
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'revision % has been proposed: it never changes', OLD.name
    USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_proposed_never_changes';
END $$;
COMMENT ON FUNCTION base.keep_proposed IS 'Refuses to change or delete the content of a proposed revision: countries consented to exactly this.';
CREATE TRIGGER keep_proposed BEFORE UPDATE OR DELETE ON base.zone_revision
  FOR EACH ROW WHEN (OLD.proposed_at IS NOT NULL) EXECUTE FUNCTION base.keep_proposed();

-- Test: test/database/ownership.test.ts, test/zones/net.test.ts
CREATE OR REPLACE FUNCTION base.guard_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tripoint.is_table_owner(TG_RELID) THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND (tripoint.country_bits(NEW.participants) & coalesce(tripoint.viewer(), 0)) <> 0
    AND tripoint.changes_only(to_jsonb(OLD), to_jsonb(NEW), TG_RELID, ARRAY['agreed_at', 'suspended_at'])
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a zone of % is written by its agencies', NEW.country USING ERRCODE = 'with_check_option_violation';
END $$;
COMMENT ON FUNCTION base.guard_revision IS 'Lets participants of another country write what follows from their consent, and nothing else of a revision.';
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.zone_revision
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_revision();

-- After a row is written

-- Twin: judge in src/features/zones/zone.lifecycle.ts, compared by test/zones/net.test.ts.
-- Test: test/zones/net.test.ts, test/zones/consent.test.ts
CREATE OR REPLACE FUNCTION base.settle_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.suspended_at IS NULL AND NEW.suspended_at IS NOT NULL THEN
    UPDATE base.zone_revision AS r SET agreed_at = NULL, asked_after = c.n
    FROM (SELECT max(n) AS n FROM base.zone_consent WHERE zone = NEW.id) AS c
    WHERE r.id = NEW.id AND r.revision > NEW.revision AND c.n IS NOT NULL;
  END IF;
  IF NEW.agreed_at IS NOT NULL AND (NEW.agency IS NOT NULL OR NEW.revision > 1)
    AND (TG_OP = 'INSERT' OR (OLD.agreed_at, OLD.participants, OLD.agency)
      IS DISTINCT FROM (NEW.agreed_at, NEW.participants, NEW.agency))
    AND EXISTS (SELECT 1 FROM unnest(NEW.participants) AS p (country)
                WHERE base.last_decision(NEW, p.country) IS DISTINCT FROM 'approve')
  THEN RAISE EXCEPTION 'not every participant has approved %', NEW.name
    USING ERRCODE = 'check_violation', CONSTRAINT = 'every_participant_has_approved_it';
  END IF;
  -- settle_zone itself writes replaced_at
  IF TG_OP = 'INSERT' OR OLD.replaced_at IS NOT DISTINCT FROM NEW.replaced_at THEN
    PERFORM base.settle_zone(NEW.id);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.settle_revision IS 'Refuses an agreement that a participant has not approved, whoever writes it (a zone without an agency is law). A suspension ends all consents, also those to a revision that waits. What each viewer is shown follows.';
CREATE TRIGGER settle_revision AFTER INSERT OR UPDATE ON base.zone_revision
  FOR EACH ROW EXECUTE FUNCTION base.settle_revision();

-- After a statement

-- Test: test/audit/writes.test.ts
CREATE OR REPLACE FUNCTION base.audit_zone_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'revisions', ARRAY(
      SELECT ROW(r.name,
          tripoint.zone_countries(r.tlp, CASE WHEN r.proposed_at IS NULL THEN 'draft' END, r.country, r.participants),
          NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'revisions', ARRAY(
      SELECT ROW(r.name,
          tripoint.zone_countries(r.tlp, CASE WHEN r.proposed_at IS NULL THEN 'draft' END, r.country, r.participants),
          base.changed_text(base.stage_text(o::base.zone_revision), base.stage_text(r::base.zone_revision)))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.name = r.name
      WHERE (r.updated_at, r.proposed_at, r.agreed_at, r.suspended_at, r.withdrawn_at)
        IS DISTINCT FROM (o.updated_at, o.proposed_at, o.agreed_at, o.suspended_at, o.withdrawn_at)));
  ELSE
    PERFORM base.add_write_entries('remove', 'revisions', ARRAY(
      SELECT ROW(r.name,
          tripoint.zone_countries(r.tlp, CASE WHEN r.proposed_at IS NULL THEN 'draft' END, r.country, r.participants),
          NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_zone_revision IS 'Audit log: a revision is made, changed or removed; with its old and new stage.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.zone_revision REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();
CREATE TRIGGER audit_update AFTER UPDATE ON base.zone_revision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();
CREATE TRIGGER audit_delete AFTER DELETE ON base.zone_revision REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();

-- Each step of a first revision changes base.zone; a later revision waits beside the agreed one.
-- Test: test/exchange/feed-consents.test.ts
CREATE OR REPLACE FUNCTION base.change_revisions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_consent_changes(ARRAY(SELECT r.name FROM new_rows AS r WHERE r.revision > 1));
  ELSE
    PERFORM base.add_consent_changes(ARRAY(
      SELECT r.name FROM new_rows AS r JOIN old_rows AS o ON o.name = r.name
      WHERE r.revision > 1 AND (r.proposed_at, r.agreed_at, r.suspended_at, r.withdrawn_at)
        IS DISTINCT FROM (o.proposed_at, o.agreed_at, o.suspended_at, o.withdrawn_at)));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_revisions IS 'Change feed: a further revision is proposed, agreed or ended, also where all are still shown an earlier one.';
CREATE TRIGGER change_insert AFTER INSERT ON base.zone_revision REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_revisions();
CREATE TRIGGER change_update AFTER UPDATE ON base.zone_revision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_revisions();
