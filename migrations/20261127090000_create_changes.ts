import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;
const AGENCY = `(SELECT nullif(current_setting('tripoint.agency', true), ''))`;

const ADD = `INSERT INTO base.change AS c (collection, id, audience_before, audience_after, red_before, red_after, concern)`;
// A transaction that changes a feature twice tells of it once: as it was before, and as it is after all.
const ONCE = `ON CONFLICT (epoch, xid, collection, id) DO UPDATE SET audience_after = EXCLUDED.audience_after,
  red_after = EXCLUDED.red_after, concern = c.concern | EXCLUDED.concern, at = EXCLUDED.at`;

/** Tables of which everyone sees all, and what their rows are features of. */
const OPEN = [
  { table: 'border', collection: 'borders', id: 'code' },
  { table: 'segment', collection: 'segments', id: 'id' },
  { table: 'crossing', collection: 'crossings', id: 'id' },
  { table: 'crossing_side', collection: 'crossings', id: 'crossing', partOf: 'crossing' },
  { table: 'crossing_status', collection: 'crossings', id: 'crossing', partOf: 'crossing' },
  { table: 'agency', collection: 'agencies', id: 'id' },
];

const triggers = (table: string, call: string): string => `
  CREATE TRIGGER change_insert AFTER INSERT ON base.${table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION ${call};
  CREATE TRIGGER change_update AFTER UPDATE ON base.${table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION ${call};
  CREATE TRIGGER change_delete AFTER DELETE ON base.${table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION ${call};`;

const withoutTriggers = (table: string): string => `
  DROP TRIGGER change_insert ON base.${table};
  DROP TRIGGER change_update ON base.${table};
  DROP TRIGGER change_delete ON base.${table};`;

// A part that comes or goes changes the whole, which stays.
const openTriggers = ({ table, collection, id, partOf }: (typeof OPEN)[number]): string =>
  triggers(table, `base.change_open('${collection}', '${id}', '${partOf ? 'part' : 'whole'}')`);

/** The feed of changes (docs/decisions/0018-change-feed.md). */
export const up = (db: Knex) =>
  db.raw(`
    DO $$ BEGIN
      CREATE ROLE tripoint_clock NOLOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    DO $$ BEGIN
      EXECUTE format('GRANT tripoint_clock TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END $$;

    CREATE FUNCTION tripoint.feed_epoch() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT hashtextextended(s.system_identifier || '.' || c.timeline_id, 0)
      FROM pg_control_system() AS s, pg_control_checkpoint() AS c
    $$;
    COMMENT ON FUNCTION tripoint.feed_epoch IS 'Another one after a restore or a failover, when numbers of transactions may be given again.';
    GRANT EXECUTE ON FUNCTION tripoint.feed_epoch TO tripoint_service;

    CREATE TABLE base.change (
      epoch           bigint NOT NULL DEFAULT tripoint.feed_epoch(),
      xid             xid8 NOT NULL DEFAULT pg_current_xact_id(),
      collection      text NOT NULL,
      id              text NOT NULL,
      at              timestamptz NOT NULL DEFAULT clock_timestamp(),
      audience_before int NOT NULL,
      audience_after  int NOT NULL,
      red_before      text,
      red_after       text,
      concern         int NOT NULL,
      PRIMARY KEY (epoch, xid, collection, id)
    );
    COMMENT ON TABLE base.change IS 'What transactions did to features: one row for each feature and transaction, read when no older transaction runs any more.';
    CREATE INDEX change_at_idx ON base.change (at);

    CREATE TABLE base.feed (
      is_one     boolean PRIMARY KEY DEFAULT true CHECK (is_one),
      secret     bytea NOT NULL DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
      epoch      bigint NOT NULL DEFAULT tripoint.feed_epoch(),
      purged_xid xid8 NOT NULL DEFAULT '0',
      clock_at   timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    COMMENT ON COLUMN base.feed.secret IS 'Cursors are sealed with it: in the open they would tell how many transactions there were.';
    COMMENT ON COLUMN base.feed.purged_xid IS 'Changes of this transaction and of older ones are no longer kept.';
    COMMENT ON COLUMN base.feed.clock_at IS 'Up to when what time alone changes was told.';
    INSERT INTO base.feed DEFAULT VALUES;

    CREATE FUNCTION base.change_incidents() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        -- rows that are new have no entry yet
        INSERT INTO base.change (collection, id, audience_before, audience_after, red_after, concern)
        SELECT 'incidents', r.id, 0, r.audience, r.red_agency, tripoint.concern(r.tlp, r.owner) FROM new_rows AS r;
      ELSIF TG_OP = 'UPDATE' THEN
        ${ADD}
        SELECT 'incidents', r.id, o.audience, r.audience, o.red_agency, r.red_agency,
          tripoint.concern(o.tlp, o.owner) | tripoint.concern(r.tlp, r.owner)
        FROM new_rows AS r JOIN old_rows AS o ON o.id = r.id ${ONCE};
      ELSE
        ${ADD}
        SELECT 'incidents', o.id, o.audience, 0, o.red_agency, NULL, tripoint.concern(o.tlp, o.owner) FROM old_rows AS o ${ONCE};
      END IF;
      RETURN NULL;
    END $$;
    ${triggers('incident', 'base.change_incidents()')}

    CREATE FUNCTION base.change_open() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      rows text := CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END;
      is_part boolean := TG_ARGV[2] = 'part';
    BEGIN
      EXECUTE format($add$ ${ADD}
        SELECT $1, r.id, $2, $3, NULL, NULL, 0 FROM (SELECT DISTINCT %I AS id FROM %I) AS r ${ONCE} $add$, TG_ARGV[1], rows)
      USING TG_ARGV[0], CASE WHEN TG_OP = 'INSERT' AND NOT is_part THEN 0 ELSE 15 END,
        CASE WHEN TG_OP = 'DELETE' AND NOT is_part THEN 0 ELSE 15 END;
      RETURN NULL;
    END $$;
    ${OPEN.map(openTriggers).join('')}

    CREATE TYPE base.standing AS (audience int, red text, concern int);
    CREATE FUNCTION base.standing_of(faces base.zone[], at timestamptz) RETURNS base.standing
    LANGUAGE sql STABLE AS $$
      SELECT ROW(coalesce(bit_or(z.audience & z.shown_to), 0),
        min(z.red_agency) FILTER (WHERE (z.shown_to & tripoint.country_bits(ARRAY[z.country])) <> 0),
        coalesce(bit_or(CASE WHEN z.tlp = 'CLEAR' AND z.agreed_at IS NOT NULL THEN 0 ELSE tripoint.zone_countries(z.tlp,
          CASE WHEN z.proposed_at IS NULL THEN 'draft' END, z.country, z.participants) END), 0))::base.standing
      FROM unnest(faces) AS z WHERE z.shown_during @> standing_of.at
    $$;
    COMMENT ON FUNCTION base.standing_of IS 'Who is shown a zone, and whose data it is, by what is shown of it to whom at an instant.';

    CREATE FUNCTION base.add_zone_change(of_zone text, was base.zone[], "is" base.zone[], since timestamptz, until timestamptz)
    RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      before base.standing := base.standing_of(was, since);
      after base.standing := base.standing_of("is", until);
    BEGIN
      ${ADD}
      VALUES ('zones', of_zone, before.audience, after.audience, before.red, after.red, before.concern | after.concern) ${ONCE};
    END $$;

    CREATE FUNCTION base.change_zones() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      moment timestamptz := clock_timestamp();
    BEGIN
      IF TG_OP = 'INSERT' THEN
        PERFORM base.add_zone_change(t.id,
          ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id AND NOT EXISTS (
            SELECT 1 FROM new_rows AS n WHERE n.id = z.id AND n.face = z.face)),
          ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id), moment, moment)
        FROM (SELECT DISTINCT id FROM new_rows) AS t;
      ELSIF TG_OP = 'UPDATE' THEN
        PERFORM base.add_zone_change(t.id,
          ARRAY(SELECT o::base.zone FROM old_rows AS o WHERE o.id = t.id) || ARRAY(
            SELECT z FROM base.zone AS z WHERE z.id = t.id AND NOT EXISTS (
              SELECT 1 FROM new_rows AS n WHERE n.id = z.id AND n.face = z.face)),
          ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id), moment, moment)
        FROM (SELECT DISTINCT n.id FROM new_rows AS n JOIN old_rows AS o ON o.id = n.id AND o.face = n.face
              WHERE o IS DISTINCT FROM n) AS t;
      ELSE
        PERFORM base.add_zone_change(t.id,
          ARRAY(SELECT o::base.zone FROM old_rows AS o WHERE o.id = t.id)
            || ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id),
          ARRAY(SELECT z FROM base.zone AS z WHERE z.id = t.id), moment, moment)
        FROM (SELECT DISTINCT id FROM old_rows) AS t;
      END IF;
      RETURN NULL;
    END $$;
    ${triggers('zone', 'base.change_zones()')}

    CREATE FUNCTION base.tell_time() RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      since timestamptz := (SELECT f.clock_at FROM base.feed AS f);
      until timestamptz := clock_timestamp();
      zones text[] := ARRAY(
        SELECT DISTINCT z.id FROM base.zone AS z
        CROSS JOIN unnest(ARRAY[lower(z.shown_during), upper(z.shown_during), z.starts_at, z.valid_to]) AS e (at)
        WHERE e.at > since AND e.at <= until);
      crossings text[] := ARRAY(
        SELECT DISTINCT s.crossing FROM base.crossing_status AS s
        WHERE (s.valid_from > since AND s.valid_from <= until) OR (s.valid_to > since AND s.valid_to <= until));
    BEGIN
      IF zones = '{}' AND crossings = '{}' AND until < since + interval '1 minute' THEN RETURN 0; END IF;
      -- another process may have told of it meanwhile
      UPDATE base.feed SET clock_at = until WHERE clock_at = since;
      IF NOT FOUND THEN RETURN 0; END IF;
      PERFORM base.add_zone_change(t.id, f.faces, f.faces, since, until)
      FROM unnest(zones) AS t (id)
      CROSS JOIN LATERAL (SELECT array_agg(z) AS faces FROM base.zone AS z WHERE z.id = t.id) AS f;
      ${ADD}
      SELECT 'crossings', t.id, 15, 15, NULL, NULL, 0 FROM unnest(crossings) AS t (id) ${ONCE};
      RETURN cardinality(zones) + cardinality(crossings);
    END $$;
    COMMENT ON FUNCTION base.tell_time IS 'Tells of what became other by time alone: zones that take effect or expire, states of crossings that begin or end.';

    CREATE FUNCTION base.purge_changes(older_than interval) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      last xid8;
      purged int;
    BEGIN
      PERFORM 1 FROM base.feed FOR UPDATE;
      -- whole transactions, and none that is younger than one which stays
      SELECT c.xid INTO last FROM base.change AS c
      WHERE c.epoch = tripoint.feed_epoch() AND c.at < now() - older_than
        AND c.xid < pg_snapshot_xmin(pg_current_snapshot()) AND NOT EXISTS (
          SELECT 1 FROM base.change AS k WHERE k.epoch = c.epoch AND k.xid <= c.xid AND k.at >= now() - older_than)
      ORDER BY c.xid DESC LIMIT 1;
      DELETE FROM base.change AS c WHERE c.epoch <> tripoint.feed_epoch() OR c.xid <= last;
      GET DIAGNOSTICS purged = ROW_COUNT;
      UPDATE base.feed SET purged_xid = last WHERE last > purged_xid;
      RETURN purged;
    END $$;
    REVOKE EXECUTE ON FUNCTION base.tell_time, base.purge_changes FROM PUBLIC;
    GRANT USAGE ON SCHEMA base TO tripoint_clock;
    GRANT EXECUTE ON FUNCTION base.tell_time, base.purge_changes TO tripoint_clock;

    CREATE VIEW tripoint.change AS
      SELECT c.xid, c.collection, c.id, c.at,
        CASE WHEN (c.audience_after & ${VIEWER}) <> 0 OR c.red_after = ${AGENCY} THEN 'upsert' ELSE 'remove' END AS op,
        c.concern
      FROM base.change AS c
      WHERE c.epoch = (SELECT tripoint.feed_epoch()) AND c.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
        AND (((c.audience_before | c.audience_after) & ${VIEWER}) <> 0
          OR c.red_before = ${AGENCY} OR c.red_after = ${AGENCY});
    COMMENT ON VIEW tripoint.change IS 'What the caller sees or saw. Of transactions older than all that still run: none that comes later belongs before them.';
    GRANT SELECT ON tripoint.change TO tripoint_service;

    CREATE VIEW tripoint.feed AS
      SELECT f.secret, tripoint.feed_epoch() AS epoch, pg_snapshot_xmin(pg_current_snapshot()) AS xmin,
        CASE WHEN f.epoch = tripoint.feed_epoch() THEN f.purged_xid ELSE '0'::xid8 END AS purged_xid,
        (SELECT c.xid FROM base.change AS c
         WHERE c.epoch = (SELECT tripoint.feed_epoch()) AND c.xid < (SELECT pg_snapshot_xmin(pg_current_snapshot()))
         ORDER BY c.xid DESC LIMIT 1) AS newest_xid,
        (SELECT min(c.at) FROM base.change AS c
         WHERE c.epoch = (SELECT tripoint.feed_epoch()) AND c.xid >= (SELECT pg_snapshot_xmin(pg_current_snapshot()))
        ) AS held_since
      FROM base.feed AS f WHERE ${VIEWER} > 0;
    COMMENT ON VIEW tripoint.feed IS 'Where the feed stands, for the service alone: nothing of it is answered but in sealed cursors.';
    GRANT SELECT ON tripoint.feed TO tripoint_service;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.feed, tripoint.change;
    ${['zone', ...OPEN.map(({ table }) => table), 'incident'].map(withoutTriggers).join('')}
    DROP FUNCTION base.purge_changes(interval), base.tell_time(), base.change_zones(),
      base.add_zone_change(text, base.zone[], base.zone[], timestamptz, timestamptz),
      base.standing_of(base.zone[], timestamptz), base.change_open(), base.change_incidents();
    DROP TYPE base.standing;
    DROP TABLE base.feed, base.change;
    DROP FUNCTION tripoint.feed_epoch();
    REVOKE USAGE ON SCHEMA base FROM tripoint_clock;
  `);
