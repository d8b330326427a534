CREATE TABLE base.zone_revision (
  id                    text NOT NULL,
  country               text NOT NULL REFERENCES base.country,
  agency                text,
  author                text,
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
  tlp                   text NOT NULL CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
  releasable_to         text[] NOT NULL DEFAULT '{}',
  source                text,
  revision              int NOT NULL DEFAULT 1,
  created_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  proposed_at           timestamptz,
  agreed_at             timestamptz,
  suspended_at          timestamptz,
  withdrawn_at          timestamptz,
  replaced_at           timestamptz,
  asked_after           int NOT NULL DEFAULT 0,
  name                  text GENERATED ALWAYS AS (id || '/' || revision::text) STORED,
  area_km2              double precision GENERATED ALWAYS AS (ST_Area(area::geography) / 1e6) STORED,
  starts_at             timestamptz GENERATED ALWAYS AS (CASE
    WHEN agreed_at IS NOT NULL AND greatest(agreed_at, valid_from) <= coalesce(withdrawn_at, 'infinity')
    THEN greatest(agreed_at, valid_from) END) STORED,
  effective             tstzrange GENERATED ALWAYS AS (CASE
    WHEN agreed_at IS NOT NULL AND greatest(agreed_at, valid_from)
      < coalesce(least(valid_to, suspended_at, withdrawn_at, replaced_at), 'infinity')
    THEN tstzrange(greatest(agreed_at, valid_from), least(valid_to, suspended_at, withdrawn_at, replaced_at)) END) STORED,
  audience              int GENERATED ALWAYS AS (CASE WHEN tlp = 'RED' THEN 0 ELSE
    tripoint.country_bits(ARRAY[country])
      | CASE WHEN proposed_at IS NOT NULL THEN tripoint.country_bits(participants) ELSE 0 END
      | CASE WHEN agreed_at IS NOT NULL THEN tripoint.audience(tlp, country, releasable_to) ELSE 0 END END) STORED,
  red_agency            text GENERATED ALWAYS AS (CASE tlp WHEN 'RED' THEN agency END) STORED,
  PRIMARY KEY (id, revision),
  CONSTRAINT zone_period_is_in_order CHECK (valid_to > valid_from),
  CONSTRAINT zone_revision_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country),
  CONSTRAINT zone_revision_author_of_country FOREIGN KEY (author, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.zone_revision IS 'Every revision of every zone. Once it is proposed, its content never changes.';
COMMENT ON COLUMN base.zone_revision.tlp IS 'Of the zone: the same in all its revisions.';
COMMENT ON COLUMN base.zone_revision.agreed_at IS 'When the last participant approved it; NULL again when one takes that back before it takes effect.';
COMMENT ON COLUMN base.zone_revision.suspended_at IS 'When a participant withdrew while it was in force.';
COMMENT ON COLUMN base.zone_revision.starts_at IS 'When it takes effect, as it was agreed until now; NULL where the zone was withdrawn before.';
COMMENT ON COLUMN base.zone_revision.replaced_at IS 'When a newer one takes its place, which may lie ahead; kept by a trigger.';
COMMENT ON COLUMN base.zone_revision.asked_after IS 'Decisions up to this one of the zone do not count any more.';
COMMENT ON COLUMN base.zone_revision.effective IS 'When it is in force, as it was agreed until now; NULL: never.';
COMMENT ON COLUMN base.zone_revision.audience IS 'The owner country; participants from its proposal on; those whom the label names once it is agreed.';
CREATE INDEX zone_revision_area_idx ON base.zone_revision USING gist (area);

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

CREATE TABLE base.zone_part (
  zone     text NOT NULL,
  area     geometry(Polygon, 4326) NOT NULL,
  revision int NOT NULL,
  FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE
);
CREATE INDEX zone_part_area_idx ON base.zone_part USING gist (area);
CREATE INDEX zone_part_zone_idx ON base.zone_part (zone, revision);

CREATE TABLE base.zone_edge (
  zone     text NOT NULL,
  line     geometry(LineString, 4326) NOT NULL,
  geog     geography(LineString, 4326) GENERATED ALWAYS AS (line::geography) STORED,
  revision int NOT NULL,
  FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE
);
COMMENT ON TABLE base.zone_edge IS 'The outline in short pieces: edges are straight in longitude and latitude (RFC 7946), so long ones are divided before they become geodesics.';
CREATE INDEX zone_edge_line_idx ON base.zone_edge USING gist (line);
CREATE INDEX zone_edge_geog_idx ON base.zone_edge USING gist (geog);
CREATE INDEX zone_edge_zone_idx ON base.zone_edge (zone, revision);

CREATE TABLE base.zone_consent (
  id       uuid PRIMARY KEY,
  zone     text NOT NULL,
  n        int NOT NULL,
  revision int NOT NULL,
  country  text NOT NULL REFERENCES base.country,
  agency   text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('approve', 'reject', 'withdraw')),
  reason   text,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (zone, n),
  FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision),
  CONSTRAINT rejection_has_a_reason CHECK (decision <> 'reject' OR reason <> ''),
  CONSTRAINT zone_consent_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.zone_consent IS 'What countries decided about revisions of zones: only ever inserted into. The last decision of a country counts.';
COMMENT ON COLUMN base.zone_consent.n IS 'Their order in the zone; not told to callers, because it counts what they may not see.';
CREATE INDEX zone_consent_revision_idx ON base.zone_consent (zone, revision, country, n);
