import type { Knex } from 'knex';

const SEES = `((i.audience & s.bits) <> 0 OR i.red_agency = s.agency)`;
// as tripoint.zone has it, for the agency of the subscription
const SHOWN = `z.shown_during @> statement_timestamp() AND ((z.audience & z.shown_to & s.bits) <> 0
  OR (z.red_agency = s.agency AND (z.shown_to & tripoint.country_bits(ARRAY[z.country])) <> 0))`;
const IN_FORCE = `tripoint.zone_state(z.proposed_at, z.agreed_at, z.starts_at, z.valid_to, z.suspended_at, z.withdrawn_at,
  z.replaced_at, statement_timestamp()) = 'active'`;
const SEVERITIES = `ARRAY['minor', 'moderate', 'severe', 'extreme']`;

const near = (table: 'segment' | 'crossing'): string => `
      SELECT s.id, i.id
      FROM base.incident AS i
      CROSS JOIN LATERAL (
        SELECT g.id, ST_Distance(g.geog, i.geog) AS distance_m FROM base.${table} AS g
        WHERE ST_DWithin(g.geog, i.geog, (
          SELECT max(r.within_m) FROM base.subscription AS r WHERE r.enabled AND r.${table} IS NOT NULL))
        OFFSET 0 -- or the distance would be worked out for each subscription
      ) AS g
      JOIN base.subscription AS s ON s.${table} = g.id AND s.within_m >= g.distance_m AND s.enabled
      WHERE i.id = ANY (incidents) AND ${SEES}`;

const wasNear = (table: 'segment' | 'crossing'): string => `
        WHEN s.${table} IS NOT NULL THEN EXISTS (SELECT 1 FROM base.${table} AS g
          WHERE g.id = s.${table} AND ST_DWithin(g.geog, point::geography, s.within_m))`;

const isFar = (table: 'segment' | 'crossing'): string => `
        WHEN s.${table} IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM base.${table} AS g
          WHERE g.id = s.${table} AND ST_DWithin(g.geog, i.geog, s.within_m + clear_m))`;

/** Writers of incidents leave a note; what follows from it is worked out behind them, and told once. */
export const up = (db: Knex) =>
  db.raw(`
    DO $$ BEGIN
      CREATE ROLE tripoint_alerter NOLOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    DO $$ BEGIN
      EXECUTE format('GRANT tripoint_alerter TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN NULL;
    END $$;

    CREATE TABLE base.alert_queue (
      n               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at              timestamptz NOT NULL DEFAULT clock_timestamp(),
      incident        uuid NOT NULL,
      audience_before int NOT NULL,
      red_before      text,
      point_before    geometry(Point, 4326),
      closes          boolean NOT NULL
    );
    COMMENT ON TABLE base.alert_queue IS 'Writes of incidents that nobody has been told of yet.';

    CREATE FUNCTION base.queue_alerts() RETURNS trigger
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

    CREATE FUNCTION base.is_asked_for(s base.subscription, i base.incident) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT (s.kinds IS NULL OR i.kind = ANY (s.kinds)) AND i.nature = ANY (s.natures)
        AND (s.minimum_severity IS NULL
          OR array_position(${SEVERITIES}, i.severity) >= array_position(${SEVERITIES}, s.minimum_severity))
    $$;
    COMMENT ON FUNCTION base.is_asked_for IS 'Whether a subscription asks for what happened, wherever it was.';

    CREATE FUNCTION base.subscriptions_at(incidents uuid[]) RETURNS TABLE (subscription uuid, incident uuid)
    LANGUAGE sql STABLE AS $$
      SELECT s.id, i.id
      FROM base.incident AS i
      JOIN base.incident_zone AS m ON m.incident = i.id AND m.relation <> 'possible'
      JOIN base.zone AS z ON z.id = m.zone AND z.revision = m.revision
      JOIN base.subscription AS s ON s.zone = m.zone AND s.enabled
      WHERE i.id = ANY (incidents) AND ${SEES} AND ${SHOWN} AND ${IN_FORCE}
      UNION ALL ${near('segment')}
      UNION ALL ${near('crossing')}
      UNION ALL
      SELECT s.id, i.id FROM base.incident AS i JOIN base.subscription AS s
        ON s.enabled AND num_nonnulls(s.zone, s.segment, s.crossing, s.filter) = 0
      WHERE i.id = ANY (incidents) AND ${SEES}
    $$;
    COMMENT ON FUNCTION base.subscriptions_at IS 'Where incidents are that the agency sees; filters are asked by the service.';

    CREATE FUNCTION base.was_at(s base.subscription, point geometry) RETURNS boolean
    LANGUAGE sql STABLE AS $$
      SELECT CASE
        WHEN s.zone IS NOT NULL THEN EXISTS (SELECT 1 FROM base.zone AS z
          WHERE z.id = s.zone AND ${SHOWN} AND ST_Intersects(z.area, point))
        ${wasNear('segment')}
        ${wasNear('crossing')}
        ELSE true END
    $$;

    CREATE FUNCTION base.has_left(s base.subscription, i base.incident, clear_m double precision) RETURNS boolean
    LANGUAGE sql STABLE AS $$
      SELECT CASE
        WHEN s.zone IS NOT NULL THEN EXISTS (SELECT 1 FROM base.zone AS z
          WHERE z.id = s.zone AND ${SHOWN} AND ${IN_FORCE} AND NOT EXISTS (
            SELECT 1 FROM base.zone_edge AS e WHERE e.zone = z.id AND e.revision = z.revision
              AND e.line && base.reach(i.point, clear_m) AND ST_DWithin(e.geog, i.geog, clear_m)))
        ${isFar('segment')}
        ${isFar('crossing')}
        ELSE s.filter IS NOT NULL END
    $$;
    COMMENT ON FUNCTION base.has_left IS 'Of one that is outside: whether it is so far outside that it is no trembling at the edge.';

    CREATE FUNCTION base.subscriptions_of(incident base.incident) RETURNS SETOF base.subscription
    LANGUAGE sql STABLE AS $$
      SELECT s.* FROM base.subscription AS s
      WHERE s.enabled AND base.is_asked_for(s, incident) AND (
        s.id IN (SELECT l.subscription FROM base.subscriptions_at(ARRAY[incident.id]) AS l)
        OR (s.filter IS NOT NULL AND ((incident.audience & s.bits) <> 0 OR incident.red_agency = s.agency) AND EXISTS (
          SELECT 1 FROM base.subscription_match AS m WHERE m.incident = incident.id AND m.subscription = s.id)))
    $$;
    COMMENT ON FUNCTION base.subscriptions_of IS 'Those that an incident matches, of agencies that see it; filters as they were last asked.';

    CREATE FUNCTION base.waiting_alerts(most int) RETURNS TABLE (numbers text[], incidents uuid[], filters json)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      SELECT array_agg(q.n::text), array_agg(DISTINCT q.incident) INTO numbers, incidents
      FROM (SELECT q.n, q.incident FROM base.alert_queue AS q ORDER BY q.n LIMIT most) AS q;
      IF numbers IS NULL THEN RETURN; END IF;
      SELECT json_agg(json_build_object('id', f.id, 'revision', f.revision, 'filter', f.filter, 'country', f.country,
        'agency', CASE WHEN f.sees_red THEN f.agency END)) INTO filters
      FROM (
        SELECT s.id, s.revision, s.filter, s.country, s.agency, bool_or(coalesce(i.red_agency = s.agency, false)) AS sees_red
        FROM base.subscription AS s JOIN base.incident AS i ON i.id = ANY (incidents) AND ${SEES}
        WHERE s.enabled AND s.filter IS NOT NULL AND (base.is_asked_for(s, i) OR EXISTS (
          SELECT 1 FROM base.subscription_match AS m WHERE m.incident = i.id AND m.subscription = s.id))
        GROUP BY s.id) AS f;
      RETURN NEXT;
    END $$;

    CREATE FUNCTION base.raise_alerts(numbers text[], asked uuid[], matching uuid[], matched uuid[]) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      claimed base.alert_queue[];
      ids uuid[];
      raised int;
      moment timestamptz := clock_timestamp();
    BEGIN
      -- one at a time over all processes: what is in and what has left is worked out in order
      IF NOT pg_try_advisory_xact_lock(7462303) THEN RETURN NULL; END IF;
      -- Locked, so that no label narrows meanwhile, which would not see these alerts. One that is being written is left for
      -- the next pass: nobody waits here.
      WITH free AS (
        SELECT i.id FROM base.incident AS i
        WHERE i.id IN (SELECT q.incident FROM base.alert_queue AS q WHERE q.n = ANY (numbers::bigint[]))
        FOR SHARE SKIP LOCKED
      )
      SELECT array_agg(f.id) INTO ids FROM free AS f;
      WITH gone AS (
        DELETE FROM base.alert_queue AS q
        WHERE q.n = ANY (numbers::bigint[]) AND (q.incident = ANY (ids)
          OR NOT EXISTS (SELECT 1 FROM base.incident AS i WHERE i.id = q.incident))
        RETURNING q AS note
      )
      SELECT array_agg(g.note) INTO claimed FROM gone AS g;
      IF claimed IS NULL THEN RETURN 0; END IF;

      WITH located AS MATERIALIZED (
        SELECT l.subscription, l.incident FROM base.subscriptions_at(ids) AS l
        UNION ALL
        SELECT s.id, i.id FROM unnest(matching, matched) AS f (subscription, incident)
        JOIN base.subscription AS s ON s.id = f.subscription AND s.enabled
        JOIN base.incident AS i ON i.id = f.incident AND i.id = ANY (ids)
        WHERE ${SEES}
      ), event AS (
        SELECT c.n, c.at, c.incident, c.audience_before, c.red_before, c.point_before, c.closes FROM unnest(claimed) AS c
      ), pair AS MATERIALIZED (
        SELECT l.subscription, l.incident,
          bool_or(v.is_news) AS is_news,
          bool_or(NOT v.is_news AND NOT e.closes) AS is_updated,
          bool_or(NOT v.is_news AND e.closes) AS is_closed,
          (array_agg(e.point_before ORDER BY e.n))[1] AS point_before
        FROM located AS l
        JOIN base.subscription AS s ON s.id = l.subscription
        JOIN base.incident AS i ON i.id = l.incident
        JOIN event AS e ON e.incident = l.incident AND e.at >= s.since
        CROSS JOIN LATERAL (SELECT (e.audience_before & s.bits) = 0 AND e.red_before IS DISTINCT FROM s.agency AS is_news) AS v
        WHERE base.is_asked_for(s, i)
        GROUP BY l.subscription, l.incident
      ), entered AS (
        INSERT INTO base.subscription_match AS m (subscription, incident, occurred_at)
        SELECT p.subscription, p.incident, i.occurred_at
        FROM pair AS p JOIN base.subscription AS s ON s.id = p.subscription JOIN base.incident AS i ON i.id = p.incident
        WHERE s.triggers && ARRAY['enter', 'leave', 'threshold'] OR ('overdue' = ANY (s.triggers) AND s.filter IS NOT NULL)
        ON CONFLICT DO NOTHING
        RETURNING m.subscription, m.incident, m.occurred_at
      ), gone AS (
        DELETE FROM base.subscription_match AS m USING base.subscription AS s, base.incident AS i
        WHERE m.incident = ANY (ids) AND s.id = m.subscription AND i.id = m.incident AND s.enabled AND ${SEES}
          AND (s.filter IS NULL OR s.id = ANY (asked))
          AND NOT EXISTS (SELECT 1 FROM located AS l WHERE l.subscription = m.subscription AND l.incident = m.incident)
          AND base.has_left(s, i, greatest(s.hysteresis_m, i.horizontal_accuracy_m))
        RETURNING m.subscription, m.incident
      ), added AS (
        SELECT s.id AS subscription, count(*) AS n, (array_agg(e.incident ORDER BY e.occurred_at DESC, e.incident))[1] AS incident
        FROM entered AS e JOIN base.subscription AS s ON s.id = e.subscription
        WHERE e.occurred_at > now() - make_interval(mins => s.threshold_minutes)
        GROUP BY s.id
      ), reached AS (
        SELECT a.subscription, a.incident, (b.n + a.n)::int AS n
        FROM added AS a JOIN base.subscription AS s ON s.id = a.subscription
        CROSS JOIN LATERAL (
          -- entries of this statement are not seen yet: those that were there before
          SELECT count(*) AS n FROM base.subscription_match AS m JOIN base.incident AS i ON i.id = m.incident
          WHERE m.subscription = s.id AND m.occurred_at > now() - make_interval(mins => s.threshold_minutes)
            AND ${SEES} AND base.is_asked_for(s, i)
            AND NOT EXISTS (SELECT 1 FROM gone AS g WHERE g.subscription = m.subscription AND g.incident = m.incident)
        ) AS b
        WHERE b.n < s.threshold_incidents AND b.n + a.n >= s.threshold_incidents
      ), fired AS (
        SELECT p.subscription, p.incident, t.trigger, NULL::int AS n
        FROM pair AS p JOIN base.subscription AS s ON s.id = p.subscription JOIN base.incident AS i ON i.id = p.incident
        LEFT JOIN entered AS e ON e.subscription = p.subscription AND e.incident = p.incident
        CROSS JOIN LATERAL (VALUES
          ('created', p.is_news),
          ('updated', p.is_updated AND NOT p.is_news),
          ('closed', p.is_closed AND NOT p.is_news),
          -- one that was in before the subscription began has not entered
          ('enter', e.incident IS NOT NULL AND (p.is_news OR i.reported_at >= s.since OR NOT base.was_at(s, p.point_before)))
        ) AS t (trigger, holds)
        WHERE t.holds AND t.trigger = ANY (s.triggers)
        UNION ALL
        SELECT g.subscription, g.incident, 'leave', NULL FROM gone AS g JOIN base.subscription AS s ON s.id = g.subscription
        WHERE 'leave' = ANY (s.triggers)
        UNION ALL SELECT r.subscription, r.incident, 'threshold', r.n FROM reached AS r
      )
      INSERT INTO base.alert (agency, country, trigger, subscription, incident, nature, kind, severity, certainty,
        occurred_at, point, horizontal_accuracy_m, border, border_km, incident_count, at)
      SELECT s.agency, s.country, f.trigger, s.id, i.id, i.nature, i.kind, i.severity, i.certainty, i.occurred_at, i.point,
        i.horizontal_accuracy_m, i.border, i.border_km, f.n,
        -- in the order in which they are told, also by webhooks; some clocks know milliseconds only
        moment + interval '1 microsecond' * row_number() OVER (ORDER BY i.id,
          array_position(ARRAY['created', 'enter', 'updated', 'threshold', 'leave', 'closed'], f.trigger))
      FROM fired AS f JOIN base.subscription AS s ON s.id = f.subscription JOIN base.incident AS i ON i.id = f.incident
      ON CONFLICT (subscription, incident) WHERE trigger = 'created' DO NOTHING;
      GET DIAGNOSTICS raised = ROW_COUNT;
      RETURN raised;
    END $$;
    COMMENT ON FUNCTION base.raise_alerts IS 'Takes notes off the queue and tells agencies of them, in one transaction; NULL while another does.';

    CREATE FUNCTION base.purge_alerts(older_than interval, most int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      purged int;
    BEGIN
      DELETE FROM base.alert AS a USING (
        SELECT o.id FROM base.alert AS o WHERE o.at < now() - older_than ORDER BY o.at LIMIT most FOR UPDATE SKIP LOCKED
      ) AS due WHERE a.id = due.id;
      GET DIAGNOSTICS purged = ROW_COUNT;
      RETURN purged;
    END $$;
    CREATE INDEX alert_at_idx ON base.alert (at);

    REVOKE EXECUTE ON FUNCTION base.waiting_alerts, base.raise_alerts, base.purge_alerts FROM PUBLIC;
    GRANT USAGE ON SCHEMA base TO tripoint_alerter;
    GRANT EXECUTE ON FUNCTION base.waiting_alerts, base.raise_alerts, base.purge_alerts TO tripoint_alerter;
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP TRIGGER queue_insert ON base.incident;
    DROP TRIGGER queue_update ON base.incident;
    DROP INDEX base.alert_at_idx;
    DROP FUNCTION base.purge_alerts(interval, int), base.raise_alerts(text[], uuid[], uuid[], uuid[]), base.waiting_alerts(int), base.subscriptions_of(base.incident),
      base.has_left(base.subscription, base.incident, double precision), base.was_at(base.subscription, geometry),
      base.subscriptions_at(uuid[]), base.is_asked_for(base.subscription, base.incident), base.queue_alerts();
    DROP TABLE base.alert_queue;
    REVOKE USAGE ON SCHEMA base FROM tripoint_alerter;
  `);
