-- What follows when a level takes effect or ends.

-- Test: test/impact/impact.test.ts, test/impact/reactions.test.ts
CREATE OR REPLACE FUNCTION base.write_reactions(a base.impact_assessment, since timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  sides text[] := ARRAY[a.country];
  moment timestamptz := clock_timestamp();
  due base.reaction[];
BEGIN
  IF a.level = 'critical' THEN
    sides := (SELECT b.countries FROM base.segment AS s JOIN base.border AS b ON b.code = s.border WHERE s.id = a.segment);
  END IF;
  SELECT array_agg(r) INTO due FROM base.reaction AS r JOIN base.impact_assessment AS o ON o.id = r.assessment
  WHERE r.segment = a.segment AND r.country = ANY (sides) AND r.done_at IS NULL AND r.cancelled_at IS NULL
    AND (o.level = 'critical') = (a.level = 'critical');
  -- another level of the same side, or the critical one before; the reactions of the other kind of level stay
  UPDATE base.reaction AS r SET cancelled_at = moment, updated_at = moment
  FROM base.impact_assessment AS o
  WHERE o.id = r.assessment AND r.segment = a.segment AND r.country = ANY (sides) AND r.done_at IS NULL
    AND r.cancelled_at IS NULL AND (o.level = 'critical') = (a.level = 'critical');
  INSERT INTO base.reaction (assessment, segment, country, kind, due_at, audience)
  SELECT a.id, a.segment, c.country, k.kind,
    -- assessed again before its time: who waited waits no longer than before
    least(since + k.due_within, (SELECT min(d.due_at) FROM unnest(due) AS d WHERE d.kind = k.kind AND d.country = c.country)),
    tripoint.country_bits(sides)
  FROM unnest(sides) AS c (country) CROSS JOIN base.reaction_rule AS k
  WHERE tripoint.impact_rank(k.level) <= tripoint.impact_rank(a.level);
END $$;
COMMENT ON FUNCTION base.write_reactions IS 'Writes what a level asks of its side, of critical of both sides, from base.reaction_rule. Open reactions of the level before are cancelled; their due times hold.';

CREATE OR REPLACE FUNCTION base.clear_level(of_segment text, at timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT e.level FROM (
    (SELECT DISTINCT ON (a.country) a.level FROM base.impact_assessment AS a
     WHERE a.segment = of_segment AND a.tlp = 'CLEAR' AND a.level <> 'critical' AND a.assessed_at <= clear_level.at
     ORDER BY a.country, a.assessed_at DESC, a.id DESC)
    UNION ALL
    SELECT a.level FROM base.impact_assessment AS a
    WHERE a.segment = of_segment AND a.tlp = 'CLEAR' AND a.level = 'critical' AND a.agreed_at <= clear_level.at
      AND a.valid_to > clear_level.at AND a.ended_at IS NULL
  ) AS e ORDER BY tripoint.impact_rank(e.level) DESC LIMIT 1
$$;
COMMENT ON FUNCTION base.clear_level IS 'The level of a segment from CLEAR assessments alone: layers of segments and their tiles are shared by all.';

-- Test: test/impact/impact.test.ts
CREATE OR REPLACE FUNCTION base.settle_level(of_segment text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  -- both sides may assess at the same time: the later one sees what the other wrote
  PERFORM 1 FROM base.segment AS s WHERE s.id = of_segment FOR NO KEY UPDATE;
  UPDATE base.segment AS s SET impact_level = e.level
  FROM (SELECT base.clear_level(of_segment, clock_timestamp()) AS level) AS e
  WHERE s.id = of_segment AND s.impact_level IS DISTINCT FROM e.level;
END $$;
COMMENT ON FUNCTION base.settle_level IS 'Keeps the level that everybody sees at the segment.';

-- Test: test/impact/impact.test.ts, test/impact/critical.property.test.ts
CREATE OR REPLACE FUNCTION base.settle_impact(p base.joint_proposal) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE base.impact_assessment AS a SET agreed_at = p.agreed_at, ended_at = p.ended_at, updated_at = p.updated_at,
    valid_to = p.agreed_at + make_interval(days => a.lasts_days)
  WHERE a.id = p.subject::uuid;
END $$;
COMMENT ON FUNCTION base.settle_impact IS 'A critical level takes effect when both sides have approved it, and ends when one refuses or withdraws.';

-- Test: test/impact/reactions.test.ts
CREATE OR REPLACE FUNCTION base.watch_impact(most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  expired int;
  late int;
BEGIN
  WITH due AS (
    SELECT a.id FROM base.impact_assessment AS a
    WHERE a.level = 'critical' AND a.ended_at IS NULL AND a.settled_at IS NULL AND a.valid_to <= clock_timestamp()
    ORDER BY a.valid_to LIMIT most FOR UPDATE SKIP LOCKED
  )
  UPDATE base.impact_assessment AS a SET settled_at = clock_timestamp(), updated_at = clock_timestamp()
  FROM due WHERE a.id = due.id;
  GET DIAGNOSTICS expired = ROW_COUNT;
  WITH due AS (
    SELECT r.id FROM base.reaction AS r
    WHERE r.done_at IS NULL AND r.cancelled_at IS NULL AND r.alerted_at IS NULL AND r.due_at <= clock_timestamp()
    ORDER BY r.due_at LIMIT most FOR UPDATE SKIP LOCKED
  )
  UPDATE base.reaction AS r SET alerted_at = clock_timestamp(), updated_at = clock_timestamp() FROM due WHERE r.id = due.id;
  GET DIAGNOSTICS late = ROW_COUNT;
  RETURN greatest(expired, late);
END $$;
COMMENT ON FUNCTION base.watch_impact IS 'Applies the end of critical levels whose time is over, and notes reactions that are overdue, at most so many at once. Several processes share the work.';
REVOKE EXECUTE ON FUNCTION base.watch_impact FROM PUBLIC;
GRANT EXECUTE ON FUNCTION base.watch_impact TO tripoint_watch;
