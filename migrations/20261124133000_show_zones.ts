import type { Knex } from 'knex';

// Of a revision, everything that is written and not generated but its id: what is shown of a zone is a copy.
const SHOWN = [
  ...['country', 'agency', 'author', 'kind', 'names', 'purpose', 'participants', 'area', 'derived_from'],
  ...[
    'horizontal_accuracy_m',
    'valid_from',
    'valid_to',
    'legal_act',
    'notes',
    'tlp',
    'releasable_to',
    'source',
  ],
  ...['revision', 'created_at', 'updated_at', 'proposed_at', 'agreed_at', 'suspended_at', 'withdrawn_at'],
  ...['replaced_at', 'asked_after'],
];
const columnsOf = (alias: string): string => SHOWN.map((column) => `${alias}.${column}`).join(', ');

const CONTENT = `id, country, agency, author, kind, names, purpose, participants, area, derived_from,
  horizontal_accuracy_m, valid_from, valid_to, legal_act, notes`;
const STATE = `tripoint.zone_state(proposed_at, agreed_at, starts_at, valid_to, suspended_at, withdrawn_at, replaced_at,
  statement_timestamp()) AS state`;
const STANDING = `proposed_at, agreed_at, suspended_at, withdrawn_at, asked_after, effective, starts_at,
  agreed_at IS NOT NULL AS is_released,
  agreed_at IS NOT NULL AND suspended_at IS NULL AND withdrawn_at IS NULL AS agreed`;
const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;
const AGENCY = `(SELECT nullif(current_setting('tripoint.agency', true), ''))`;

const mandateView = `
  CREATE VIEW tripoint.mandate AS
    SELECT id, agency, function, rank, scope_type, scope_id, valid_from, valid_from_precision, valid_to, source,
           verified, note, revision, updated_at
    FROM base.mandate
    WHERE ${VIEWER} > 0
      AND (scope_type <> 'zone' OR EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = scope_id))
    WITH LOCAL CHECK OPTION;
  COMMENT ON VIEW tripoint.mandate IS 'A mandate for a zone tells of the zone: who does not see the one does not see the other.';
  GRANT SELECT, INSERT, UPDATE ON tripoint.mandate TO tripoint_service;`;

/** Who is shown which revision of a zone, and when; what follows from each event is worked out by the database. */
export const up = (db: Knex) =>
  db.raw(`
    DROP VIEW tripoint.mandate, tripoint.zone, tripoint.incident_zone;
    ALTER TABLE base.zone_part DROP CONSTRAINT zone_part_zone_fkey,
      ADD FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE;
    ALTER TABLE base.zone_edge DROP CONSTRAINT zone_edge_zone_fkey,
      ADD FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE;
    ALTER TABLE base.incident_zone DROP CONSTRAINT incident_zone_zone_fkey,
      ADD FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE;
    SELECT base.stop_audit('base.zone');
    DROP TABLE base.zone;

    CREATE TABLE base.zone (
      LIKE base.zone_revision INCLUDING GENERATED,
      face         int NOT NULL,
      shown_to     int NOT NULL,
      shown_during tstzrange NOT NULL,
      PRIMARY KEY (id, face),
      FOREIGN KEY (id, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE
    );
    COMMENT ON TABLE base.zone IS 'What is shown as the zone: a copy of a revision. Kept by triggers, but for the label, which is written here.';
    COMMENT ON COLUMN base.zone.face IS '0: what the owner country is shown now. Others only while somebody is shown another revision, or soon will be.';
    COMMENT ON COLUMN base.zone.shown_to IS 'Those of its audience who are shown this revision and no other, as bits.';
    CREATE INDEX zone_area_idx ON base.zone USING gist (area);

    CREATE FUNCTION base.faces_of(of_zone text, at timestamptz)
    RETURNS TABLE (face int, revision int, shown_to int, shown_during tstzrange)
    LANGUAGE sql STABLE AS $$
      WITH r AS (
        SELECT v.revision, v.agreed_at, v.starts_at, v.replaced_at, v.audience,
               tripoint.country_bits(ARRAY[v.country]) AS owner
        FROM base.zone_revision AS v WHERE v.id = of_zone
      ), cut AS (
        SELECT c.at, tstzrange(CASE WHEN c.at > faces_of.at THEN c.at END, lead(c.at) OVER (ORDER BY c.at)) AS during
        FROM (SELECT faces_of.at UNION SELECT r.starts_at FROM r WHERE r.starts_at > faces_of.at) AS c (at)
      ), best AS (
        SELECT DISTINCT ON (c.at, b.bit) c.during, b.bit, r.revision, r.owner
        FROM cut AS c CROSS JOIN unnest(ARRAY[1, 2, 4, 8]) AS b (bit) CROSS JOIN r
        CROSS JOIN LATERAL (SELECT CASE
          WHEN tripoint.is_replaced(r.starts_at, r.replaced_at, c.at) THEN NULL
          WHEN r.agreed_at IS NULL THEN 3 -- a draft or what waits
          WHEN r.starts_at > c.at THEN 2
          ELSE 1 END AS rank) AS k
        WHERE k.rank IS NOT NULL AND ((r.audience | r.owner) & b.bit) <> 0
        ORDER BY c.at, b.bit, k.rank, r.starts_at, r.revision DESC
      )
      SELECT (row_number() OVER (ORDER BY lower_inf(f.during) DESC, f.is_owners DESC, f.during, f.revision))::int - 1,
             f.revision, f.shown_to, f.during
      FROM (SELECT during, revision, bit_or(bit) AS shown_to, bool_or(bit = owner) AS is_owners
            FROM best GROUP BY during, revision) AS f
    $$;
    COMMENT ON FUNCTION base.faces_of IS 'Everybody is shown the agreed revision, also a suspended or expired one, until another takes effect; who does not see it, and everybody before there is one, what is proposed.';

    CREATE FUNCTION base.keep_membership(of_zone text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      wanted int[] := ARRAY(
        SELECT v.revision FROM base.zone_revision AS v
        WHERE v.id = of_zone AND v.proposed_at IS NOT NULL AND v.suspended_at IS NULL AND v.withdrawn_at IS NULL
          AND NOT tripoint.is_replaced(v.starts_at, v.replaced_at, clock_timestamp()));
      gathered int[] := ARRAY(SELECT DISTINCT p.revision FROM base.zone_part AS p WHERE p.zone = of_zone);
    BEGIN
      IF wanted @> gathered AND gathered @> wanted THEN RETURN; END IF;
      PERFORM base.lock_membership(alone => true);
      DELETE FROM base.incident_zone AS m WHERE m.zone = of_zone AND m.revision <> ALL (wanted);
      DELETE FROM base.zone_part AS p WHERE p.zone = of_zone AND p.revision <> ALL (wanted);
      DELETE FROM base.zone_edge AS e WHERE e.zone = of_zone AND e.revision <> ALL (wanted);
      PERFORM base.gather_incidents(v.id, v.revision, v.area) FROM base.zone_revision AS v
      WHERE v.id = of_zone AND v.revision = ANY (wanted) AND v.revision <> ALL (gathered);
    END $$;
    COMMENT ON FUNCTION base.keep_membership IS 'Incidents are joined with what is in force, agreed and to come, or proposed; a suspended or withdrawn zone holds none.';

    CREATE FUNCTION base.settle_zone(of_zone text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      moment timestamptz := clock_timestamp();
    BEGIN
      UPDATE base.zone_revision AS r SET replaced_at = n.at
      FROM (
        SELECT o.revision, min(CASE WHEN o.agreed_at IS NULL THEN n.proposed_at ELSE n.starts_at END) AS at
        FROM base.zone_revision AS o LEFT JOIN base.zone_revision AS n ON n.id = o.id AND n.revision > o.revision
        WHERE o.id = of_zone GROUP BY o.revision
      ) AS n
      WHERE r.id = of_zone AND r.revision = n.revision AND r.replaced_at IS DISTINCT FROM n.at;

      INSERT INTO base.zone (id, face, shown_to, shown_during, ${SHOWN.join(', ')})
      SELECT r.id, f.face, f.shown_to, f.shown_during, ${columnsOf('r')}
      FROM base.faces_of(of_zone, moment) AS f JOIN base.zone_revision AS r ON r.id = of_zone AND r.revision = f.revision
      ON CONFLICT (id, face) DO UPDATE SET (shown_to, shown_during, ${SHOWN.join(', ')})
        = ROW(EXCLUDED.shown_to, EXCLUDED.shown_during, ${columnsOf('EXCLUDED')});
      DELETE FROM base.zone AS z
      WHERE z.id = of_zone AND z.face >= (SELECT count(*) FROM base.faces_of(of_zone, moment));
      PERFORM base.keep_membership(of_zone);
    END $$;

    CREATE FUNCTION base.settle_revision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      PERFORM base.settle_zone(NEW.id);
      RETURN NULL;
    END $$;
    CREATE TRIGGER settle_insert AFTER INSERT ON base.zone_revision
      FOR EACH ROW EXECUTE FUNCTION base.settle_revision();
    CREATE TRIGGER settle_update AFTER UPDATE ON base.zone_revision
      FOR EACH ROW WHEN (OLD.replaced_at IS NOT DISTINCT FROM NEW.replaced_at) EXECUTE FUNCTION base.settle_revision();

    -- in place: who waits for the row of a zone finds it again
    CREATE FUNCTION base.relabel_zone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      UPDATE base.zone_revision AS r SET tlp = NEW.tlp, releasable_to = NEW.releasable_to
      WHERE r.id = NEW.id AND (r.tlp, r.releasable_to) IS DISTINCT FROM (NEW.tlp, NEW.releasable_to);
      RETURN NULL;
    END $$;
    CREATE TRIGGER relabel_zone AFTER UPDATE OF tlp, releasable_to ON base.zone
      FOR EACH ROW WHEN (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to)
      EXECUTE FUNCTION base.relabel_zone();

    SELECT base.settle_zone(r.id) FROM base.zone_revision AS r WHERE r.revision = 1 ORDER BY r.id;

    CREATE FUNCTION tripoint.lock_zone(of_zone text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      -- NO KEY: writers of incidents refer to its revisions meanwhile, and would wait for them and be waited for
      PERFORM 1 FROM base.zone AS z
      WHERE z.id = of_zone AND z.face = 0 AND EXISTS (
        SELECT 1 FROM base.zone AS s
        WHERE s.id = z.id AND ((s.audience & s.shown_to & ${VIEWER}) <> 0 OR s.red_agency = ${AGENCY}))
      FOR NO KEY UPDATE OF z;
    END $$;
    COMMENT ON FUNCTION tripoint.lock_zone IS 'Whoever changes a zone or decides about it comes after who began before.';
    REVOKE EXECUTE ON FUNCTION tripoint.lock_zone FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION tripoint.lock_zone TO tripoint_service;

    CREATE VIEW tripoint.zone AS
      SELECT ${CONTENT}, ${STATE}, tlp, releasable_to, source, revision, created_at, updated_at, area_km2, ${STANDING}
      FROM base.zone
      WHERE shown_during @> statement_timestamp() AND ((audience & shown_to & ${VIEWER}) <> 0
        OR (red_agency = ${AGENCY} AND (shown_to & tripoint.country_bits(ARRAY[country])) <> 0))
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.zone IS 'One row per zone: the revision that the caller is shown.';
    GRANT SELECT, UPDATE (tlp, releasable_to) ON tripoint.zone TO tripoint_service;

    CREATE VIEW tripoint.zone_revision AS
      SELECT ${CONTENT}, ${STATE}, tlp, releasable_to, source, revision, created_at, updated_at, area_km2, ${STANDING},
             tripoint.is_replaced(starts_at, replaced_at, statement_timestamp()) AS is_replaced
      FROM base.zone_revision AS r
      WHERE ((audience & ${VIEWER}) <> 0 OR red_agency = ${AGENCY})
        AND (NOT tripoint.is_replaced(starts_at, replaced_at, statement_timestamp())
          OR EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = r.id))
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.zone_revision IS 'Who may no longer see the zone sees none of its past either.';
    GRANT SELECT, INSERT, DELETE, UPDATE (author, kind, names, purpose, participants, area, derived_from, valid_from, valid_to,
      legal_act, updated_at, proposed_at, agreed_at, suspended_at, withdrawn_at) ON tripoint.zone_revision TO tripoint_service;

    CREATE VIEW tripoint.zone_consent AS
      SELECT c.id, c.zone, c.revision, c.country, c.agency, c.decision, c.reason, c.at, c.n
      FROM base.zone_consent AS c
      WHERE EXISTS (
        SELECT 1 FROM tripoint.zone_revision AS r
        WHERE r.id = c.zone AND r.revision = c.revision AND (tripoint.country_bits(r.participants) & ${VIEWER}) <> 0)
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.zone_consent IS 'For the participants of the revision that was decided about.';
    GRANT SELECT, INSERT ON tripoint.zone_consent TO tripoint_service;

    CREATE VIEW tripoint.incident_zone AS
      SELECT m.zone, m.revision, m.incident, m.occurred_at, m.relation FROM base.incident_zone AS m
      WHERE ((m.audience & ${VIEWER}) <> 0 OR m.red_agency = ${AGENCY})
        AND EXISTS (SELECT 1 FROM tripoint.zone AS z WHERE z.id = m.zone AND z.revision = m.revision);
    COMMENT ON VIEW tripoint.incident_zone IS 'A pair tells of both: of the incident, and of the revision that the caller is shown.';
    GRANT SELECT ON tripoint.incident_zone TO tripoint_service;
    ${mandateView}

    CREATE FUNCTION base.audit_zone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    DECLARE
      z base.zone;
      bits int;
      detail text;
    BEGIN
      IF TG_OP = 'DELETE' THEN z := OLD; ELSE z := NEW; END IF;
      bits := tripoint.country_bits(ARRAY[z.country]) | CASE z.tlp WHEN 'RED' THEN 0 ELSE coalesce((
        SELECT bit_or(tripoint.country_bits(r.participants)) FROM base.zone_revision AS r
        WHERE r.id = z.id AND r.proposed_at IS NOT NULL AND r.replaced_at IS NULL), 0) END;
      IF TG_OP = 'UPDATE' THEN
        detail := concat_ws(' ', OLD.tlp, nullif(array_to_string(OLD.releasable_to, ' '), '')) || ' → '
          || concat_ws(' ', NEW.tlp, nullif(array_to_string(NEW.releasable_to, ' '), ''));
      END IF;
      PERFORM base.add_write_entry(CASE TG_OP WHEN 'INSERT' THEN 'create' WHEN 'UPDATE' THEN 'change' ELSE 'remove' END,
        'zones', z.id, 1, ARRAY[(bits >> 1) & 1, (bits >> 2) & 1, (bits >> 3) & 1]::bigint[], bits, detail);
      RETURN NULL;
    END $$;
    COMMENT ON FUNCTION base.audit_zone IS 'That a zone is made, labelled or removed; what happens to its revisions is told of those.';
    CREATE TRIGGER audit_insert AFTER INSERT ON base.zone
      FOR EACH ROW WHEN (NEW.face = 0) EXECUTE FUNCTION base.audit_zone();
    CREATE TRIGGER audit_update AFTER UPDATE ON base.zone
      FOR EACH ROW WHEN (NEW.face = 0 AND (OLD.tlp <> NEW.tlp OR OLD.releasable_to <> NEW.releasable_to))
      EXECUTE FUNCTION base.audit_zone();
    CREATE TRIGGER audit_delete AFTER DELETE ON base.zone
      FOR EACH ROW WHEN (OLD.face = 0) EXECUTE FUNCTION base.audit_zone();
    SELECT base.audit_writes('base.zone_revision', 'revisions', 'r.name',
      $$tripoint.zone_countries(r.tlp, CASE WHEN r.proposed_at IS NULL THEN 'draft' END, r.country, r.participants)$$,
      label => $$CASE WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN r.suspended_at IS NOT NULL THEN 'suspended'
        WHEN r.agreed_at IS NOT NULL THEN 'agreed' WHEN r.proposed_at IS NOT NULL THEN 'proposed' ELSE 'draft' END$$,
      watched => 'r.updated_at, r.proposed_at, r.agreed_at, r.suspended_at, r.withdrawn_at', key => 'name');
    SELECT base.audit_writes('base.zone_consent', 'consents', $$r.zone || '/' || r.revision$$,
      $$(SELECT tripoint.country_bits(v.participants) FROM base.zone_revision AS v
         WHERE v.id = r.zone AND v.revision = r.revision)$$);
  `);

export const down = (db: Knex) =>
  db.raw(`
    SELECT base.stop_audit('base.zone_consent'), base.stop_audit('base.zone_revision'), base.stop_audit('base.zone');
    DROP VIEW tripoint.mandate, tripoint.incident_zone, tripoint.zone_consent, tripoint.zone_revision, tripoint.zone;
    DROP TRIGGER settle_update ON base.zone_revision;
    DROP TRIGGER settle_insert ON base.zone_revision;
    ALTER TABLE base.zone RENAME TO zone_shown;
    ALTER INDEX base.zone_area_idx RENAME TO zone_shown_area_idx;
    ALTER TABLE base.zone_shown RENAME CONSTRAINT zone_pkey TO zone_shown_pkey;
    CREATE TABLE base.zone (
      id                    text PRIMARY KEY,
      country               text NOT NULL REFERENCES base.country,
      agency                text REFERENCES base.agency,
      author                text REFERENCES base.agency,
      kind                  text NOT NULL,
      names                 jsonb NOT NULL,
      purpose               text,
      participants          text[] NOT NULL CHECK (cardinality(participants) > 0),
      area                  geometry(MultiPolygon, 4326) NOT NULL
        CONSTRAINT zone_area_is_valid CHECK (ST_IsValid(area) AND NOT ST_IsEmpty(area)),
      derived_from          jsonb,
      horizontal_accuracy_m double precision,
      valid_from            timestamptz NOT NULL,
      valid_to              timestamptz,
      legal_act             jsonb,
      notes                 jsonb,
      state                 text NOT NULL
        CHECK (state IN ('draft', 'proposed', 'active', 'suspended', 'expired', 'withdrawn')),
      tlp                   text NOT NULL CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
      releasable_to         text[] NOT NULL DEFAULT '{}',
      source                text,
      revision              int NOT NULL DEFAULT 1,
      created_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
      updated_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
      area_km2              double precision GENERATED ALWAYS AS (ST_Area(area::geography) / 1e6) STORED,
      audience              int GENERATED ALWAYS AS (tripoint.audience(tlp, country, releasable_to)
        | CASE tlp WHEN 'RED' THEN 0 ELSE tripoint.country_bits(participants) END) STORED,
      red_agency            text GENERATED ALWAYS AS (CASE tlp WHEN 'RED' THEN agency END) STORED,
      CONSTRAINT zone_period_is_in_order CHECK (valid_to > valid_from)
    );
    COMMENT ON COLUMN base.zone.audience IS 'Participants see a zone whatever its label, but for RED.';
    CREATE INDEX zone_area_idx ON base.zone USING gist (area);
    INSERT INTO base.zone (${CONTENT}, state, tlp, releasable_to, source, revision, created_at, updated_at)
    SELECT ${CONTENT}, tripoint.zone_state(proposed_at, agreed_at, starts_at, valid_to, suspended_at, withdrawn_at, replaced_at,
      now()), tlp, releasable_to, source, revision, created_at, updated_at
    FROM base.zone_shown WHERE face = 0;
    DROP TABLE base.zone_shown;
    DROP FUNCTION tripoint.lock_zone(text), base.relabel_zone(), base.settle_revision(), base.settle_zone(text),
      base.keep_membership(text), base.faces_of(text, timestamptz);

    ALTER TABLE base.zone_part DROP CONSTRAINT zone_part_zone_revision_fkey, ADD FOREIGN KEY (zone) REFERENCES base.zone ON DELETE CASCADE;
    ALTER TABLE base.zone_edge DROP CONSTRAINT zone_edge_zone_revision_fkey, ADD FOREIGN KEY (zone) REFERENCES base.zone ON DELETE CASCADE;
    ALTER TABLE base.incident_zone DROP CONSTRAINT incident_zone_zone_revision_fkey, ADD FOREIGN KEY (zone) REFERENCES base.zone ON DELETE CASCADE;

    CREATE VIEW tripoint.zone AS
      SELECT ${CONTENT}, state, tlp, releasable_to, source, revision, created_at, updated_at, area_km2
      FROM base.zone
      WHERE (audience & ${VIEWER}) <> 0 OR red_agency = ${AGENCY}
      WITH LOCAL CHECK OPTION;
    GRANT SELECT, INSERT, UPDATE ON tripoint.zone TO tripoint_service;
    CREATE VIEW tripoint.incident_zone AS
      SELECT zone, incident, occurred_at, relation FROM base.incident_zone
      WHERE (audience & ${VIEWER}) <> 0 OR red_agency = ${AGENCY};
    GRANT SELECT ON tripoint.incident_zone TO tripoint_service;
    ${mandateView}
    SELECT base.audit_writes('base.zone', 'zones', 'r.id',
      'tripoint.zone_countries(r.tlp, r.state, r.country, r.participants)',
      label => $$concat_ws(' ', r.tlp, nullif(array_to_string(r.releasable_to, ' '), ''))$$);
  `);
