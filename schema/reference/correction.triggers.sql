-- Test: test/reference/corrections.test.ts
CREATE OR REPLACE FUNCTION base.address_correction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  SELECT array_agg(DISTINCT c.country ORDER BY c.country), array_agg(DISTINCT t.row)
  INTO NEW.participants, NEW.touches
  FROM jsonb_array_elements(NEW.features) WITH ORDINALITY AS f (e, n)
  CROSS JOIN LATERAL (SELECT f.e ->> 'collection' AS collection, f.e ->> 'id' AS id) AS k
  CROSS JOIN LATERAL (SELECT CASE k.collection
    WHEN 'borders' THEN k.id
    WHEN 'segments' THEN (base.borders_of(jsonb_build_array(f.e)))[1]
    WHEN 'crossings' THEN (SELECT base.border_of_crossing(c) FROM base.features_of(jsonb_build_array(f.e), 'crossings') AS c)
    END AS border) AS b
  CROSS JOIN LATERAL unnest(CASE k.collection WHEN 'sides' THEN ARRAY[split_part(k.id, '/', 2)] ELSE string_to_array(b.border, '-') END) AS c (country)
  CROSS JOIN LATERAL unnest(CASE WHEN k.collection IN ('borders', 'segments') THEN ARRAY['borders/' || b.border] ELSE '{}' END || (k.collection || '/' || k.id)) AS t (row);
  IF NEW.participants IS NULL THEN
    PERFORM base.refuse_correction(
      CASE NEW.features -> 0 ->> 'collection' WHEN 'crossings' THEN 'crossing-incomplete' ELSE 'segment-unknown' END,
      jsonb_build_object('n', 1, 'segment', NEW.features -> 0 ->> 'id', 'crossing', NEW.features -> 0 ->> 'id'));
  END IF;
  IF NEW.country <> ALL (NEW.participants) THEN
    PERFORM base.refuse_correction('correction-not-yours', jsonb_build_object('participants', NEW.participants));
  END IF;
  IF NEW.participants <> ARRAY[NEW.country] THEN NEW.proposal := gen_random_uuid(); END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.address_correction IS 'Works out which countries must agree to a correction and which rows it touches. A country proposes only what it takes part in.';
CREATE TRIGGER address_correction BEFORE INSERT ON base.correction
  FOR EACH ROW EXECUTE FUNCTION base.address_correction();

CREATE TRIGGER write_own BEFORE INSERT ON base.correction
  FOR EACH ROW WHEN (NOT tripoint.is_own(NEW.country)) EXECUTE FUNCTION base.guard_owner();

-- Test: test/audit/operations.test.ts
CREATE OR REPLACE FUNCTION base.audit_correction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM base.add_write_entries('create', 'corrections', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(r.participants || r.country), NULL)::base.audited FROM new_rows AS r));
  ELSE
    PERFORM base.add_write_entries('change', 'corrections', ARRAY(
      SELECT ROW(r.id, tripoint.country_bits(r.participants || r.country), 'applied')::base.audited
      FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id WHERE o.applied_at IS NULL AND r.applied_at IS NOT NULL));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.audit_correction IS 'Audit log: a correction of the reference data is proposed or applied.';
CREATE TRIGGER audit_insert AFTER INSERT ON base.correction REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_correction();
CREATE TRIGGER audit_update AFTER UPDATE ON base.correction REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.audit_correction();

-- Test: test/reference/corrections.test.ts
CREATE OR REPLACE FUNCTION base.change_corrections() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO base.change (collection, id, audience_before, audience_after, concern)
    SELECT 'corrections', r.id, 0, r.audience, r.concern FROM new_rows AS r;
  ELSE
    INSERT INTO base.change AS c (collection, id, audience_before, audience_after, concern)
    SELECT 'corrections', r.id, o.audience, r.audience, o.concern | r.concern FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id
    ON CONFLICT (xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
      concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at;
  END IF;
  PERFORM base.tell('corrections', count(*), bit_or(r.audience), NULL, NULL) FROM new_rows AS r;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.change_corrections IS 'Change feed: a correction is proposed to its countries, or applied and shown to everybody.';
CREATE TRIGGER change_insert AFTER INSERT ON base.correction REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_corrections();
CREATE TRIGGER change_update AFTER UPDATE ON base.correction REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.change_corrections();

-- after the entries above, so that they say first that it was made
-- Test: test/reference/corrections.test.ts
CREATE OR REPLACE FUNCTION base.settle_correction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  c base.correction;
BEGIN
  FOR c IN SELECT o.* FROM base.correction AS o JOIN new_rows AS n ON n.id = o.id LOOP
    IF c.proposal IS NULL THEN
      PERFORM base.apply_correction(c.id);
    ELSE
      PERFORM base.try_correction(c);
      INSERT INTO base.joint_proposal (id, subject_type, subject, path, participants, country, agency, open_until)
      VALUES (c.proposal, 'reference', c.id, '/corrections/' || c.id, c.participants, c.country, c.agency, clock_timestamp() + interval '90 days');
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION base.settle_correction IS 'Applies a correction of the own side of a crossing at once. All others are checked and proposed to their countries, which have 90 days.';
CREATE TRIGGER settle_correction AFTER INSERT ON base.correction REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION base.settle_correction();
