import type { Knex } from 'knex';

/** Triggers that leave an audit entry for every write, and whose data a row is (docs/decisions/0008-audit.md). */
export const up = (db: Knex) =>
  db.raw(`
    CREATE FUNCTION tripoint.zone_countries(tlp text, state text, country text, participants text[]) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT tripoint.country_bits(ARRAY[country])
        | CASE WHEN tlp = 'RED' OR state = 'draft' THEN 0 ELSE tripoint.country_bits(participants) END
    $$;
    COMMENT ON FUNCTION tripoint.zone_countries IS 'Whose data a zone is: a joint zone is that of each participant, from proposal on.';
    CREATE FUNCTION tripoint.concern(tlp text, country text) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE WHEN tlp = 'CLEAR' THEN 0 WHEN country = 'DZA' THEN 2 WHEN country = 'LBY' THEN 4 ELSE 8 END
    $$;
    COMMENT ON FUNCTION tripoint.concern IS 'The country whose data a row is, as a bit; 0 for what is CLEAR.';
    CREATE FUNCTION tripoint.zone_concern(tlp text, state text, country text, participants text[]) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE tlp WHEN 'CLEAR' THEN 0 ELSE tripoint.zone_countries(tlp, state, country, participants) END
    $$;
    GRANT EXECUTE ON FUNCTION tripoint.zone_countries, tripoint.concern, tripoint.zone_concern TO tripoint_service;

    CREATE FUNCTION base.add_write_entry(
      action text, collection text, target text, row_count bigint, shares bigint[], target_readers int, detail text
    ) RETURNS void
    LANGUAGE plpgsql AS $$
    DECLARE
      trace jsonb := nullif(current_setting('tripoint.trace', true), '')::jsonb;
    BEGIN
      INSERT INTO base.audit_entry (agency, country, key_id, subject, roles, action, operation, method, collection,
        target, target_readers, filter_hash, row_count, shares, request_id, purpose, detail)
      VALUES (nullif(current_setting('tripoint.agency', true), ''), trace ->> 'country', (trace ->> 'key')::uuid,
        trace ->> 'subject', string_to_array(trace ->> 'roles', ','), action, trace ->> 'operation', trace ->> 'method', collection, target,
        target_readers, decode(trace ->> 'filterHash', 'hex'), row_count, shares, trace ->> 'requestId',
        trace ->> 'purpose', detail);
    END $$;

    -- Expressions are written over r, a row of the table; over o they are asked of the row as it was.
    CREATE FUNCTION base.audit_writes(
      of_table regclass, collection text, target text, countries text,
      label text DEFAULT 'NULL::text', watched text DEFAULT NULL, key text DEFAULT 'id'
    ) RETURNS void
    LANGUAGE plpgsql AS $make$
    DECLARE
      name text := (SELECT 'audit_' || c.relname FROM pg_class AS c WHERE c.oid = of_table);
      entry text := format($$PERFORM base.add_write_entry(%%L, %L, CASE count(*) WHEN 1 THEN min(w.target) END,
        count(*), ARRAY[count(*) FILTER (WHERE w.bits & 2 <> 0), count(*) FILTER (WHERE w.bits & 4 <> 0),
          count(*) FILTER (WHERE w.bits & 8 <> 0)], bit_or(w.bits), w.detail)
        FROM (SELECT (%s)::text AS target, coalesce(%s, 0) AS bits, %%s AS detail FROM %%s) AS w GROUP BY w.detail$$,
        collection, target, countries);
      was text := regexp_replace(label, '\\mr\\.', 'o.', 'g');
      relabelled text := format($$CASE WHEN (%1$s) IS DISTINCT FROM (%2$s) THEN (%2$s) || ' → ' || (%1$s) END$$, label, was);
      changed text := format('new_rows AS r JOIN old_rows AS o ON o.%1$I = r.%1$I', key)
        || CASE WHEN watched IS NULL THEN '' ELSE format(' WHERE ROW(%s) IS DISTINCT FROM ROW(%s)',
          watched, regexp_replace(watched, '\\mr\\.', 'o.', 'g')) END;
    BEGIN
      EXECUTE format($$
        CREATE FUNCTION base.%I() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $body$
        BEGIN
          IF TG_OP = 'INSERT' THEN %s;
          ELSIF TG_OP = 'UPDATE' THEN %s;
          ELSE %s;
          END IF;
          RETURN NULL;
        END $body$
      $$, name,
        format(entry, 'create', 'NULL::text', 'new_rows AS r'),
        format(entry, 'change', relabelled, changed),
        format(entry, 'remove', 'NULL::text', 'old_rows AS r'));
      EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION base.%I()', of_table, name);
      EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION base.%I()', of_table, name);
      EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION base.%I()', of_table, name);
    END $make$;
    COMMENT ON FUNCTION base.audit_writes IS 'Makes each write of a table leave an entry: its name and id for auditors, whose data a row is (bits), its label, the columns that count as a change.';

    CREATE FUNCTION base.stop_audit(of_table regclass) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      EXECUTE format('DROP TRIGGER audit_insert ON %1$s; DROP TRIGGER audit_update ON %1$s; DROP TRIGGER audit_delete ON %1$s',
        of_table);
      EXECUTE format('DROP FUNCTION base.%I()', (SELECT 'audit_' || c.relname FROM pg_class AS c WHERE c.oid = of_table));
    END $$;

    SELECT base.audit_writes('base.incident', 'incidents', 'r.id', 'tripoint.country_bits(ARRAY[r.owner])',
      label => $$concat_ws(' ', r.tlp, nullif(array_to_string(r.releasable_to, ' '), ''))$$);
    SELECT base.audit_writes('base.report', 'reports', $$r.incident || '/' || r.id$$,
      '(SELECT tripoint.country_bits(ARRAY[i.owner]) FROM base.incident AS i WHERE i.id = r.incident)');
    SELECT base.audit_writes('base.zone', 'zones', 'r.id',
      'tripoint.zone_countries(r.tlp, r.state, r.country, r.participants)',
      label => $$concat_ws(' ', r.tlp, nullif(array_to_string(r.releasable_to, ' '), ''))$$);
    SELECT base.audit_writes('base.crossing_status', 'crossings', 'r.crossing', 'tripoint.country_bits(ARRAY[r.country])');
    SELECT base.audit_writes('base.agency', 'agencies', 'r.id', 'tripoint.country_bits(ARRAY[r.country])');
    SELECT base.audit_writes('base.mandate', 'mandates', 'r.id',
      '(SELECT tripoint.country_bits(ARRAY[a.country]) FROM base.agency AS a WHERE a.id = r.agency)');
    -- that a key was used is no change of it
    SELECT base.audit_writes('base.api_key', 'keys', 'r.id',
      '(SELECT tripoint.country_bits(ARRAY[a.country]) FROM base.agency AS a WHERE a.id = r.agency)',
      watched => 'r.hash, r.agency, r.roles, r.expires_at, r.revoked_at');
  `);

export const down = (db: Knex) =>
  db.raw(`
    SELECT base.stop_audit(t) FROM unnest(ARRAY['base.api_key', 'base.mandate', 'base.agency', 'base.crossing_status',
      'base.zone', 'base.report', 'base.incident']::regclass[]) AS t;
    DROP FUNCTION base.stop_audit(regclass), base.audit_writes(regclass, text, text, text, text, text, text),
      base.add_write_entry(text, text, text, bigint, bigint[], int, text),
      tripoint.zone_concern(text, text, text, text[]), tripoint.concern(text, text),
      tripoint.zone_countries(text, text, text, text[]);
  `);
