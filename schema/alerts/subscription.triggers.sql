-- Test: test/exchange/subscriptions.test.ts, test/exchange/alert-triggers.test.ts
CREATE OR REPLACE FUNCTION base.settle_subscription() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF NEW.natures IS NULL THEN
    NEW.natures := ARRAY(SELECT w.kind FROM base.world AS w);
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT a.country, tripoint.country_bits(ARRAY[a.country]) INTO NEW.country, NEW.bits
    FROM base.agency AS a WHERE a.id = NEW.agency;
    RETURN NEW;
  END IF;
  IF NEW.enabled THEN
    NEW.suspended_at := NULL;
    NEW.suspended_ms := NULL;
    NEW.suspended_incidents := NULL;
  END IF;
  NEW.revision := OLD.revision + 1;
  NEW.updated_at := clock_timestamp();
  IF NOT OLD.enabled OR NOT NEW.enabled OR ROW(NEW.zone, NEW.segment, NEW.crossing, NEW.within_m, NEW.filter, NEW.kinds, NEW.minimum_severity, NEW.natures) IS DISTINCT FROM ROW(OLD.zone, OLD.segment, OLD.crossing, OLD.within_m, OLD.filter, OLD.kinds, OLD.minimum_severity, OLD.natures) THEN
    NEW.since := NEW.updated_at;
    DELETE FROM base.subscription_match AS m WHERE m.subscription = NEW.id;
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.settle_subscription IS 'Takes the country from the agency, and where natures are missing, that of the world. A change of what is subscribed to counts the revision and starts over: earlier matches are forgotten and no alert is raised for the past. Enabling ends a suspension.';
CREATE TRIGGER settle_subscription BEFORE INSERT OR UPDATE ON base.subscription
  FOR EACH ROW EXECUTE FUNCTION base.settle_subscription();

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_subscription() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'subscriptions', ARRAY(
      SELECT ROW(r.id, r.bits, NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'subscriptions', ARRAY(
      SELECT ROW(r.id, r.bits, NULL)::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'subscriptions', ARRAY(
      SELECT ROW(r.id, r.bits, NULL)::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_subscription IS 'Audit log: a subscription is added, changed or removed.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.subscription REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_subscription();
CREATE TRIGGER audit_update AFTER UPDATE ON base.subscription REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_subscription();
CREATE TRIGGER audit_delete AFTER DELETE ON base.subscription REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_subscription();

CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.subscription
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();
