CREATE TRIGGER guard_label BEFORE UPDATE ON base.incident FOR EACH ROW
  WHEN (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to OR OLD.owner <> NEW.owner OR OLD.agency <> NEW.agency)
  EXECUTE FUNCTION base.guard_label();

CREATE OR REPLACE FUNCTION base.place_incident() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  placed base.placement := tripoint.place(NEW.point, NEW.horizontal_accuracy_m);
BEGIN
  NEW.country := placed.country;
  NEW.candidates := placed.candidates;
  NEW.border := placed.border;
  NEW.segment := placed.segment;
  NEW.border_km := placed.border_km;
  NEW.distance_to_border_m := placed.distance_m;
  RETURN NEW;
END $$;
CREATE TRIGGER place_incident BEFORE INSERT OR UPDATE OF point, horizontal_accuracy_m ON base.incident
  FOR EACH ROW EXECUTE FUNCTION base.place_incident();

CREATE OR REPLACE FUNCTION base.require_outcome() RETURNS trigger
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

CREATE OR REPLACE FUNCTION base.revise_incident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER revise_incident BEFORE UPDATE ON base.incident
  FOR EACH ROW EXECUTE FUNCTION base.revise_incident();

CREATE OR REPLACE FUNCTION base.follow_due() RETURNS trigger
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
-- for each row, so that the writers of all other kinds pay nothing
CREATE TRIGGER give_notice AFTER INSERT ON base.incident FOR EACH ROW
  WHEN (NEW.kind = 'distress') EXECUTE FUNCTION base.keep_notice();
CREATE TRIGGER keep_notice AFTER UPDATE ON base.incident FOR EACH ROW
  WHEN (OLD.kind = 'distress' OR NEW.kind = 'distress') EXECUTE FUNCTION base.keep_notice();

CREATE OR REPLACE FUNCTION base.audit_incident() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entry('create', 'incidents', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.owner]), 0) AS bits,
        NULL::text AS detail
      FROM new_rows AS r
    ) AS w GROUP BY w.detail;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entry('change', 'incidents', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.owner]), 0) AS bits,
        CASE WHEN (concat_ws(' ', r.tlp, nullif(array_to_string(r.releasable_to, ' '), ''))) IS DISTINCT FROM (concat_ws(' ', o.tlp, nullif(array_to_string(o.releasable_to, ' '), ''))) THEN (concat_ws(' ', o.tlp, nullif(array_to_string(o.releasable_to, ' '), ''))) || ' → ' || (concat_ws(' ', r.tlp, nullif(array_to_string(r.releasable_to, ' '), ''))) END AS detail
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
    ) AS w GROUP BY w.detail;
  ELSE
    PERFORM base.add_write_entry('remove', 'incidents', CASE count(*) WHEN 1 THEN min(w.target) END,
      count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0),
        count(*) FILTER (WHERE w.bits & 4 <> 0), count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
    FROM (
      SELECT (r.id)::text AS target, coalesce(tripoint.country_bits(ARRAY[r.owner]), 0) AS bits,
        NULL::text AS detail
      FROM old_rows AS r
    ) AS w GROUP BY w.detail;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();

CREATE OR REPLACE FUNCTION base.await_acknowledgement() RETURNS trigger
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

CREATE OR REPLACE FUNCTION base.change_incidents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- rows that are new have no entry yet
    INSERT INTO base.change (collection, id, audience_before, audience_after, red_after, concern)
    SELECT 'incidents', r.id, 0, r.audience, r.red_agency, tripoint.concern(r.tlp, r.owner) FROM new_rows AS r;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT 'incidents', r.id, o.audience, r.audience, o.red_agency, r.red_agency,
      tripoint.concern(o.tlp, o.owner) | tripoint.concern(r.tlp, r.owner)
    FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id ON CONFLICT (epoch, xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
  red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  ELSE
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT 'incidents', o.id, o.audience, 0, o.red_agency, NULL, tripoint.concern(o.tlp, o.owner) FROM old_rows AS o ON CONFLICT (epoch, xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
  red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER change_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();
CREATE TRIGGER change_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();
CREATE TRIGGER change_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();

CREATE OR REPLACE FUNCTION base.join_zones() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.lock_membership(alone => false);
  IF TG_OP = 'UPDATE' THEN
    UPDATE base.report AS r SET audience = i.audience, red_agency = i.red_agency
    FROM written AS i
    WHERE r.incident = i.id AND (r.audience, r.red_agency) IS DISTINCT FROM (i.audience, i.red_agency);
    DELETE FROM base.incident_zone AS m USING written AS i WHERE m.incident = i.id;
  END IF;
  INSERT INTO base.incident_zone (zone, revision, incident, occurred_at, relation, audience, red_agency)
  SELECT z.zone, z.revision, i.id, i.occurred_at, z.relation, i.audience, i.red_agency
  FROM written AS i CROSS JOIN LATERAL base.zones_of(i.point, i.geog, i.horizontal_accuracy_m) AS z;
  RETURN NULL;
END $$;
CREATE TRIGGER join_zones AFTER INSERT ON base.incident REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();
CREATE TRIGGER rejoin_zones AFTER UPDATE ON base.incident REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();

CREATE OR REPLACE FUNCTION base.note_cells() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
    SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
           i.audience, tripoint.concern(i.tlp, i.owner), count(*)
    FROM new_rows AS i WHERE i.audience <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
    SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
           i.audience, tripoint.concern(i.tlp, i.owner), -count(*)
    FROM old_rows AS i WHERE i.audience <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7;
  ELSE
    INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
    SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
           i.audience, tripoint.concern(i.tlp, i.owner), sum(i.n)
    FROM (
      SELECT point, occurred_at, kind, severity, nature, audience, tlp, owner, 1 AS n FROM new_rows
      UNION ALL
      SELECT point, occurred_at, kind, severity, nature, audience, tlp, owner, -1 FROM old_rows
    ) AS i
    WHERE i.audience <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(i.n) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_cells_delete AFTER DELETE ON base.incident
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
CREATE TRIGGER note_cells_insert AFTER INSERT ON base.incident
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
CREATE TRIGGER note_cells_update AFTER UPDATE ON base.incident
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();

CREATE OR REPLACE FUNCTION base.queue_alerts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM base.subscription) THEN RETURN NULL; END IF;
  -- archives that are imported alert nobody
  IF TG_OP = 'INSERT' THEN
    INSERT INTO base.alert_queue (incident, audience_before, closes)
    SELECT n.id, 0, false FROM new_rows AS n WHERE n.occurred_at > n.reported_at - interval '7 days';
  ELSE
    INSERT INTO base.alert_queue (incident, audience_before, red_before, point_before, closes)
    SELECT n.id, o.audience, o.red_agency, o.point,
      n.state IN ('closed', 'cancelled') AND o.state NOT IN ('closed', 'cancelled')
    FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
    WHERE n.occurred_at > n.reported_at - interval '7 days';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER queue_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.queue_alerts();
CREATE TRIGGER queue_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.queue_alerts();

CREATE TRIGGER tell_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('incidents', 'point', 'r.audience');
CREATE TRIGGER tell_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('incidents', 'point', 'r.audience');
CREATE TRIGGER tell_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.tell_change('incidents', 'point', 'r.audience');

CREATE OR REPLACE FUNCTION base.withdraw_alerts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  relabelled uuid[] := ARRAY(
    SELECT n.id FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
    WHERE (o.audience, o.red_agency) IS DISTINCT FROM (n.audience, n.red_agency));
BEGIN
  IF relabelled = '{}' THEN RETURN NULL; END IF;
  -- also where it stays: an alert names its incident only to those who see that
  UPDATE base.alert AS a
  SET is_withdrawn = NOT (
    (i.audience & tripoint.country_bits(ARRAY[a.country])) <> 0 OR coalesce(i.red_agency = a.agency, false)
    OR a.trigger = 'distress' AND EXISTS (SELECT 1 FROM base.distress_notice AS d WHERE d.incident = a.incident))
  FROM base.incident AS i
  WHERE a.incident = ANY (relabelled) AND i.id = a.incident;
  RETURN NULL;
END $$;
CREATE TRIGGER withdraw_alerts AFTER UPDATE ON base.incident
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.withdraw_alerts();
