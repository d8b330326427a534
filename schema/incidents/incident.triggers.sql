-- Before a row is written

CREATE TRIGGER guard_label BEFORE UPDATE ON base.incident FOR EACH ROW
  WHEN (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to OR OLD.owner <> NEW.owner OR OLD.agency <> NEW.agency)
  EXECUTE FUNCTION base.guard_label();

-- Test: test/geodesy/placement.test.ts, test/features/incidents.test.ts, test/coordination/distress.test.ts, test/worlds/natures.test.ts
CREATE OR REPLACE FUNCTION base.revise_incident() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  placed base.placement;
  notice record;
  world record;
BEGIN
  IF NEW.nature IS NULL OR TG_OP = 'INSERT' OR NEW.nature <> OLD.nature THEN
    SELECT w.id, w.kind INTO world FROM base.world AS w;
    NEW.nature := coalesce(NEW.nature, world.kind);
    IF (NEW.nature = 'exercise') <> (world.kind = 'exercise') THEN
      RAISE EXCEPTION '% does not belong into the world %.', NEW.nature, world.id USING ERRCODE = 'TPNAT';
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    NEW.revision := OLD.revision + 1;
    NEW.updated_at := clock_timestamp();
    IF NEW.kind = 'distress' AND NEW.state = 'closed' AND OLD.state <> 'closed' THEN
      SELECT n.id, n.assisted_at INTO notice FROM base.distress_notice AS n WHERE n.incident = NEW.id;
      IF notice.assisted_at IS NULL THEN
        RAISE EXCEPTION 'Nobody has said what became of the people in distress. POST /v1/distress/%/assistance with state given and an outcome first, or cancel the incident if it never happened.',
          notice.id USING ERRCODE = 'TPOUT';
      END IF;
    END IF;
    IF (NEW.point, NEW.horizontal_accuracy_m) IS NOT DISTINCT FROM (OLD.point, OLD.horizontal_accuracy_m) THEN
      RETURN NEW;
    END IF;
  END IF;
  placed := tripoint.place(NEW.point, NEW.horizontal_accuracy_m);
  NEW.country := placed.country;
  NEW.candidates := placed.candidates;
  NEW.border := placed.border;
  NEW.segment := placed.segment;
  NEW.border_km := placed.border_km;
  NEW.distance_to_border_m := placed.distance_m;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.revise_incident IS 'Refuses a nature of another world, counts the revision, works out country, segment and chainage of a new place, and refuses to close distress before its outcome is known. One function, because each step is part of the same new revision.';
CREATE TRIGGER revise_incident BEFORE INSERT OR UPDATE ON base.incident
  FOR EACH ROW EXECUTE FUNCTION base.revise_incident();

-- A text from another country counts the revision and changes nothing else.
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.incident
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.owner)) EXECUTE FUNCTION base.guard_owner('revision', 'updated_at');

-- After a row is written

-- Test: test/coordination/acknowledgements.test.ts, test/coordination/distress.test.ts
CREATE OR REPLACE FUNCTION base.keep_clocks() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  PERFORM base.follow_due(OLD, NEW);
  IF NEW.kind = 'distress' OR OLD.kind = 'distress' THEN PERFORM base.keep_notice(OLD, NEW); END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.keep_clocks IS 'Keeps the deadlines for acknowledgement and assistance of changed incidents, and alerts rescue bodies of distress. For each row, so that writers of all other kinds pay nothing.';
CREATE TRIGGER keep_clocks_update AFTER UPDATE ON base.incident
  FOR EACH ROW WHEN (OLD.kind = 'distress' OR NEW.kind = 'distress' OR OLD.kind <> NEW.kind OR OLD.state <> NEW.state)
  EXECUTE FUNCTION base.keep_clocks();

-- After a statement, with all of its rows

-- Test: test/audit/writes.test.ts, test/audit/replayable.test.ts
CREATE OR REPLACE FUNCTION base.audit_incident() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'incidents', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.owner]), NULL)::base.audited
      FROM new_rows AS r));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM base.add_write_entries('change', 'incidents', ARRAY(
      SELECT ROW(r.id,
          tripoint.country_bits(ARRAY[r.owner]),
          base.changed_text(base.label_text(o.tlp, o.releasable_to), base.label_text(r.tlp, r.releasable_to)))::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id));
  ELSE
    PERFORM base.add_write_entries('remove', 'incidents', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(ARRAY[r.owner]), 'removed')::base.audited
      FROM old_rows AS r));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_incident IS 'Audit log: an incident is created, changed or removed; a changed label with its old and new value, each removed incident by its id.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();

-- Test: test/exchange/feed.test.ts, test/exchange/feed-copy.test.ts
CREATE OR REPLACE FUNCTION base.change_incidents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- new rows have no entry yet
    INSERT INTO base.change (collection, id, audience_before, audience_after, red_after, concern)
    SELECT 'incidents', r.id, 0, r.audience, r.red_agency, tripoint.concern(r.tlp, r.owner) FROM new_rows AS r;
    PERFORM base.tell('incidents', count(*), bit_or(r.audience), string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.point))
    FROM new_rows AS r;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT 'incidents', r.id, o.audience, r.audience, o.red_agency, r.red_agency,
      tripoint.concern(o.tlp, o.owner) | tripoint.concern(r.tlp, r.owner)
    FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
    ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
      red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
    PERFORM base.tell('incidents', count(*), bit_or(r.audience), string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.point),
      EXISTS (SELECT FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
              WHERE (o.audience & ~n.audience) <> 0 OR o.red_agency IS DISTINCT FROM n.red_agency))
    FROM (
      SELECT n.audience, n.red_agency, n.point FROM new_rows AS n
      UNION ALL SELECT o.audience, o.red_agency, o.point FROM old_rows AS o
    ) AS r;
  ELSE
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)
    SELECT 'incidents', o.id, o.audience, 0, o.red_agency, NULL, tripoint.concern(o.tlp, o.owner) FROM old_rows AS o
    ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
      red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
    PERFORM base.tell('incidents', count(*), bit_or(r.audience), string_agg(DISTINCT r.red_agency, ','), ST_Extent(r.point), true)
    FROM old_rows AS r;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_incidents IS 'Change feed and tiles: an incident is added, changed or removed, with its audience before and after, so that those who lose sight of it learn that it is gone.';
CREATE TRIGGER change_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();
CREATE TRIGGER change_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();
CREATE TRIGGER change_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();

-- Test: test/exchange/alert-triggers.test.ts, test/coordination/acknowledgements.test.ts, test/coordination/distress.test.ts
CREATE OR REPLACE FUNCTION base.follow_incidents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  distressed uuid[];
  relabelled uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    distressed := ARRAY(SELECT r.id FROM new_rows AS r WHERE r.kind = 'distress');
    IF distressed <> '{}' THEN
      PERFORM base.note_distress(distressed);
      PERFORM base.alert_rescue(distressed);
    END IF;
    INSERT INTO base.incident_due (incident, due_at)
    SELECT r.id, r.reported_at + k.acknowledge_within
    FROM new_rows AS r JOIN base.kind_limit AS k ON k.kind = r.kind
    WHERE r.nature <> 'test' AND r.state IN ('open', 'ongoing')
      AND NOT base.is_archive(r.external_id, upper(r.period), r.reported_at);
    IF NOT EXISTS (SELECT 1 FROM base.subscription) THEN RETURN NULL; END IF;
    INSERT INTO base.alert_queue (incident, audience_before, closes)
    SELECT n.id, 0, false FROM new_rows AS n WHERE n.occurred_at > n.reported_at - interval '7 days';
  ELSIF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT 1 FROM base.subscription) THEN
      INSERT INTO base.alert_queue (incident, audience_before, red_before, point_before, closes)
      SELECT n.id, o.audience, o.red_agency, o.point,
        n.state IN ('closed', 'cancelled') AND o.state NOT IN ('closed', 'cancelled')
      FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
      WHERE n.occurred_at > n.reported_at - interval '7 days';
    END IF;
    relabelled := ARRAY(
      SELECT n.id FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
      WHERE (o.audience, o.red_agency) IS DISTINCT FROM (n.audience, n.red_agency));
    IF relabelled <> '{}' THEN
      PERFORM base.withdraw_alerts(relabelled);
      PERFORM base.add_coordination_changes(ARRAY(
        SELECT ROW(f.collection, f.id, n.id, b.audience, f.audience, b.red, f.red, NULL, NULL, f.concern)::base.coordination_change
        FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
        CROSS JOIN LATERAL base.coordination_of(o.id, o.audience, o.red_agency, o.owner) AS b
        JOIN LATERAL base.coordination_of(n.id, n.audience, n.red_agency, n.owner) AS f
          ON f.collection = b.collection AND f.id = b.id
        WHERE n.id = ANY (relabelled) AND (b.audience, b.red) IS DISTINCT FROM (f.audience, f.red)));
    END IF;
  ELSE
    DELETE FROM base.incident_due AS d USING old_rows AS o WHERE d.incident = o.id;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.follow_incidents IS 'Alerts rescue bodies of new distress, queues the write for alerts, notes by when an agency must acknowledge the incident, and withdraws alerts and reports coordination when a label changes. Imported archives alert nobody.';
CREATE TRIGGER follow_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.follow_incidents();
CREATE TRIGGER follow_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.follow_incidents();
CREATE TRIGGER follow_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.follow_incidents();

CREATE TRIGGER remove_coordination BEFORE DELETE ON base.incident
  FOR EACH ROW EXECUTE FUNCTION base.remove_coordination();

-- Test: test/database/membership.test.ts, test/incidents/left-rows.test.ts
CREATE OR REPLACE FUNCTION base.join_zones() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  moved uuid[]; -- of an update
BEGIN
  PERFORM base.lock_membership(alone => false);
  IF TG_OP = 'DELETE' THEN
    -- under the lock: a writer of a zone may have paired the incidents meanwhile
    DELETE FROM base.incident_zone AS m USING old_rows AS o WHERE m.incident = o.id;
    RETURN NULL;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE base.report AS r SET audience = i.audience, red_agency = i.red_agency
    FROM new_rows AS i
    WHERE r.incident = i.id AND (r.audience, r.red_agency) IS DISTINCT FROM (i.audience, i.red_agency);
    moved := ARRAY(
      SELECT n.id FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
      WHERE (n.point, n.horizontal_accuracy_m, n.occurred_at, n.audience, n.red_agency)
        IS DISTINCT FROM (o.point, o.horizontal_accuracy_m, o.occurred_at, o.audience, o.red_agency));
    IF moved = '{}' THEN RETURN NULL; END IF;
    DELETE FROM base.incident_zone AS m WHERE m.incident = ANY (moved);
  END IF;
  INSERT INTO base.incident_zone (zone, revision, incident, occurred_at, relation, audience, red_agency)
  SELECT z.zone, z.revision, i.id, i.occurred_at, z.relation, i.audience, i.red_agency
  FROM new_rows AS i CROSS JOIN LATERAL base.zones_of(i.point, i.geog, i.horizontal_accuracy_m) AS z
  WHERE moved IS NULL OR i.id = ANY (moved)
  -- as the larger index has them: neighbours go into pages that have just been read
  ORDER BY z.zone, z.revision, i.occurred_at DESC;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.join_zones IS 'Pairs incidents with the zones that they lie in, so that a question about a zone reads an index instead of areas, and deletes the pairs of incidents that are purged. Reports take over the new audience.';
CREATE TRIGGER join_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();
CREATE TRIGGER join_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();
CREATE TRIGGER join_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();

-- Test: test/ogc/tile-cells.test.ts
CREATE OR REPLACE FUNCTION base.note_cells() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
    SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
           i.audience, tripoint.concern(i.tlp, i.owner), count(*)
    FROM new_rows AS i WHERE i.audience <> 0 AND i.state <> 'cancelled' GROUP BY 1, 2, 3, 4, 5, 6, 7;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
    SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
           i.audience, tripoint.concern(i.tlp, i.owner), -count(*)
    FROM old_rows AS i WHERE i.audience <> 0 AND i.state <> 'cancelled' GROUP BY 1, 2, 3, 4, 5, 6, 7;
  ELSE
    INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
    SELECT tripoint.cell_of(i.point), (i.occurred_at AT TIME ZONE 'UTC')::date, i.kind, i.severity, i.nature,
           i.audience, tripoint.concern(i.tlp, i.owner), sum(i.n)
    FROM (
      SELECT point, occurred_at, kind, severity, nature, state, audience, tlp, owner, 1 AS n FROM new_rows
      UNION ALL
      SELECT point, occurred_at, kind, severity, nature, state, audience, tlp, owner, -1 FROM old_rows
    ) AS i
    WHERE i.audience <> 0 AND i.state <> 'cancelled' GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(i.n) <> 0;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.note_cells IS 'Appends to the counts for tiles of small scales. RED and cancelled incidents are not counted.';
CREATE TRIGGER note_cells_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
CREATE TRIGGER note_cells_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
CREATE TRIGGER note_cells_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();

-- Test: test/incidents/kept-texts.test.ts
CREATE OR REPLACE FUNCTION base.keep_incident_texts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM base.incident_text AS t USING old_rows AS o WHERE t.id = o.id;
  ELSE
    PERFORM base.write_incident_texts(ARRAY(SELECT n.id FROM new_rows AS n));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.keep_incident_texts IS 'Makes the texts of incidents that are written, and deletes those of incidents that are purged.';
CREATE TRIGGER write_text_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.keep_incident_texts();
CREATE TRIGGER write_text_update AFTER UPDATE ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.keep_incident_texts();
CREATE TRIGGER write_text_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.keep_incident_texts();

-- Test: test/incidents/doubles.test.ts
CREATE OR REPLACE FUNCTION base.queue_doubles() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO base.double_queue (incident) SELECT n.id FROM new_rows AS n;
  ELSE
    INSERT INTO base.double_queue (incident)
    SELECT n.id FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id
    WHERE (n.point, n.horizontal_accuracy_m, n.period, n.kind, n.nature, n.state = 'cancelled', n.audience, n.red_agency)
      IS DISTINCT FROM (o.point, o.horizontal_accuracy_m, o.period, o.kind, o.nature, o.state = 'cancelled', o.audience, o.red_agency);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.queue_doubles IS 'Queues incidents for the job that looks for reports of the same event by other countries. Every write takes the same time, whether there is one or not.';
CREATE TRIGGER queue_doubles_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.queue_doubles();
CREATE TRIGGER queue_doubles_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.queue_doubles();
