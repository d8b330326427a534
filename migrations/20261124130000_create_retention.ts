import type { Knex } from 'knex';

/** What keeps an incident from being purged, and the purge of what has outlived its retention. */
export const up = (db: Knex) =>
  db.raw(`
    DO $$ BEGIN
      CREATE ROLE tripoint_purger NOLOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    DO $$ BEGIN
      EXECUTE format('GRANT tripoint_purger TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END $$;

    CREATE TABLE base.legal_hold (
      incident  uuid PRIMARY KEY REFERENCES base.incident,
      country   text NOT NULL REFERENCES base.country,
      agency    text NOT NULL REFERENCES base.agency,
      reason    text NOT NULL,
      placed_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    COMMENT ON TABLE base.legal_hold IS 'Incidents that no purge takes. The reference refuses to delete one that is held.';
    CREATE VIEW tripoint.legal_hold AS
      SELECT h.incident, h.country, h.agency, h.reason, h.placed_at
      FROM base.legal_hold AS h
      WHERE (tripoint.country_bits(ARRAY[h.country]) & (SELECT nullif(current_setting('tripoint.viewer', true), '')::int)) <> 0
        AND EXISTS (SELECT 1 FROM tripoint.incident AS i WHERE i.id = h.incident)
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.legal_hold IS 'For the owner country of the incident, as far as the caller sees the incident.';
    GRANT SELECT, INSERT, UPDATE, DELETE ON tripoint.legal_hold TO tripoint_service;
    SELECT base.audit_writes('base.legal_hold', 'incidents', 'r.incident', 'tripoint.country_bits(ARRAY[r.country])',
      key => 'incident');

    CREATE INDEX incident_updated_idx ON base.incident (updated_at);

    CREATE FUNCTION base.purge_incidents(rules json, most int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      purged int;
    BEGIN
      WITH rule AS (
        SELECT r.nature, r.kind, now() - r.days * interval '1 day' AS before, r.days
        FROM json_to_recordset(rules) AS r (nature text, kind text, days int) WHERE r.days >= 1
      ), due AS (
        SELECT i.id, i.nature, i.kind, i.owner, r.days, r.before
        FROM base.incident AS i JOIN rule AS r ON r.nature = i.nature AND r.kind = i.kind
        WHERE i.updated_at < (SELECT max(before) FROM rule) AND i.updated_at < r.before
          AND NOT EXISTS (SELECT 1 FROM base.legal_hold AS h WHERE h.incident = i.id)
        ORDER BY i.updated_at LIMIT most
        FOR UPDATE OF i SKIP LOCKED
      ), gone AS (
        DELETE FROM base.incident AS i USING due AS d WHERE i.id = d.id RETURNING d.*
      ), proof AS (
        INSERT INTO base.audit_entry (action, collection, target_readers, row_count, shares, detail)
        SELECT 'purge', 'incidents', bit_or(tripoint.country_bits(ARRAY[g.owner])), count(*),
          ARRAY[count(*) FILTER (WHERE g.owner = 'DZA'), count(*) FILTER (WHERE g.owner = 'LBY'),
            count(*) FILTER (WHERE g.owner = 'TUN')],
          format('%s %s, unchanged for %s days; SHA-256 of the ids in order: %s', g.nature, g.kind, g.days,
            encode(sha256(convert_to(string_agg(g.id::text, E'\\n' ORDER BY g.id), 'UTF8')), 'hex'))
        FROM gone AS g GROUP BY g.nature, g.kind, g.days
      )
      SELECT count(*) INTO purged FROM gone;
      RETURN purged;
    END $$;
    COMMENT ON FUNCTION base.purge_incidents IS 'Deletes up to so many incidents that nothing has changed for the days of their rule, and leaves the proof: which rule, how many, whose, and a hash of their ids.';
    REVOKE EXECUTE ON FUNCTION base.purge_incidents FROM PUBLIC;
    GRANT USAGE ON SCHEMA base TO tripoint_purger;
    GRANT EXECUTE ON FUNCTION base.purge_incidents TO tripoint_purger;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP FUNCTION base.purge_incidents(json, int);
    DROP INDEX base.incident_updated_idx;
    SELECT base.stop_audit('base.legal_hold');
    DROP VIEW tripoint.legal_hold;
    DROP TABLE base.legal_hold;
  `);
