-- Test: test/reference/corrections.test.ts
CREATE OR REPLACE FUNCTION base.keep_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
DECLARE
  -- what changes without a new version
  beside CONSTANT text[] := ARRAY['geog', 'impact_level', 'valid_from', 'correction'];
  of_correction CONSTANT uuid := nullif(current_setting('tripoint.correction', true), '');
  since timestamptz := coalesce(nullif(current_setting('tripoint.corrected_from', true), '')::timestamptz, clock_timestamp());
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - beside END;
  id text := coalesce(was ->> 'code', was ->> 'id', (was ->> 'crossing') || '/' || (was ->> 'country'));
  place geometry;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF of_correction IS NOT NULL THEN
      NEW.valid_from := since;
      NEW.correction := of_correction;
    END IF;
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' AND (was = to_jsonb(NEW) - beside OR OLD.correction = of_correction) THEN
    RETURN NEW;
  END IF;
  IF OLD.valid_from > since THEN
    PERFORM base.refuse_correction('correction-too-early', jsonb_build_object('id', id, 'validFrom', tripoint.utc(OLD.valid_from)));
  END IF;
  IF TG_TABLE_NAME = 'crossing' THEN place := OLD.point;
  ELSIF TG_TABLE_NAME <> 'crossing_side' THEN place := OLD.line;
  END IF;
  INSERT INTO base.reference_version (collection, id, content, geometry, valid_from, valid_to, correction, ended_by)
  VALUES (TG_ARGV[0], id, was - 'line' - 'point', place, OLD.valid_from, since, OLD.correction, of_correction);
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  NEW.valid_from := since;
  NEW.correction := of_correction;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION base.keep_version IS 'Keeps each earlier version of reference data with its period, whoever changes it.';
