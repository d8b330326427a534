CREATE OR REPLACE FUNCTION base.follow_zone() RETURNS trigger
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

CREATE OR REPLACE FUNCTION base.keep_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION base.ask_again() RETURNS trigger
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

-- Whatever the service writes: nothing is agreed that a participant has not approved. What came without an agency is law.
CREATE OR REPLACE FUNCTION base.require_consents() RETURNS trigger
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

CREATE OR REPLACE FUNCTION base.settle_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.settle_zone(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER settle_insert AFTER INSERT ON base.zone_revision
  FOR EACH ROW EXECUTE FUNCTION base.settle_revision();
CREATE TRIGGER settle_update AFTER UPDATE ON base.zone_revision
  FOR EACH ROW WHEN (OLD.replaced_at IS NOT DISTINCT FROM NEW.replaced_at) EXECUTE FUNCTION base.settle_revision();

CREATE OR REPLACE FUNCTION base.audit_zone_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entry('create', 'revisions', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.name)::text AS target, coalesce(tripoint.zone_countries(r.tlp, CASE WHEN r.proposed_at IS NULL THEN 'draft' END, r.country, r.participants), 0) AS bits,
        NULL::text AS detail
      FROM new_rows AS r
    ) AS w GROUP BY w.detail;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entry('change', 'revisions', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.name)::text AS target, coalesce(tripoint.zone_countries(r.tlp, CASE WHEN r.proposed_at IS NULL THEN 'draft' END, r.country, r.participants), 0) AS bits,
        CASE WHEN (CASE WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN r.suspended_at IS NOT NULL THEN 'suspended' WHEN r.agreed_at IS NOT NULL THEN 'agreed' WHEN r.proposed_at IS NOT NULL THEN 'proposed' ELSE 'draft' END) IS DISTINCT FROM (CASE WHEN o.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN o.suspended_at IS NOT NULL THEN 'suspended' WHEN o.agreed_at IS NOT NULL THEN 'agreed' WHEN o.proposed_at IS NOT NULL THEN 'proposed' ELSE 'draft' END) THEN (CASE WHEN o.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN o.suspended_at IS NOT NULL THEN 'suspended' WHEN o.agreed_at IS NOT NULL THEN 'agreed' WHEN o.proposed_at IS NOT NULL THEN 'proposed' ELSE 'draft' END) || ' → ' || (CASE WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN r.suspended_at IS NOT NULL THEN 'suspended' WHEN r.agreed_at IS NOT NULL THEN 'agreed' WHEN r.proposed_at IS NOT NULL THEN 'proposed' ELSE 'draft' END) END AS detail
      FROM new_rows AS r JOIN old_rows AS o ON o.name = r.name WHERE ROW(r.updated_at, r.proposed_at, r.agreed_at, r.suspended_at, r.withdrawn_at) IS DISTINCT FROM ROW(o.updated_at, o.proposed_at, o.agreed_at, o.suspended_at, o.withdrawn_at)
    ) AS w GROUP BY w.detail;
  ELSE
    PERFORM base.add_write_entry('remove', 'revisions', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.name)::text AS target, coalesce(tripoint.zone_countries(r.tlp, CASE WHEN r.proposed_at IS NULL THEN 'draft' END, r.country, r.participants), 0) AS bits,
        NULL::text AS detail
      FROM old_rows AS r
    ) AS w GROUP BY w.detail;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_delete AFTER DELETE ON base.zone_revision
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();
CREATE TRIGGER audit_insert AFTER INSERT ON base.zone_revision
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();
CREATE TRIGGER audit_update AFTER UPDATE ON base.zone_revision
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();
