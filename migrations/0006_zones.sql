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
COMMENT ON TABLE base.zone_revision IS 'Every revision of every zone. The content of a proposed revision never changes.';
COMMENT ON COLUMN base.zone_revision.id IS 'Of the zone: all its revisions have the same.';
COMMENT ON COLUMN base.zone_revision.country IS 'The country that made the zone and writes it.';
COMMENT ON COLUMN base.zone_revision.agency IS 'Owner of the zone; NULL: a zone of law, which needs no consent.';
COMMENT ON COLUMN base.zone_revision.author IS 'Agency that wrote this revision.';
COMMENT ON COLUMN base.zone_revision.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.zone_revision.participants IS 'Countries whose consent it needs.';
COMMENT ON COLUMN base.zone_revision.derived_from IS 'Rule that the area was derived from; NULL: drawn.';
COMMENT ON COLUMN base.zone_revision.valid_to IS 'Exclusive; NULL: no end.';
COMMENT ON COLUMN base.zone_revision.legal_act IS 'Act that the zone rests on.';
COMMENT ON COLUMN base.zone_revision.tlp IS 'Label of the zone: the same in all its revisions.';
COMMENT ON COLUMN base.zone_revision.releasable_to IS 'Countries that an AMBER label adds.';
COMMENT ON COLUMN base.zone_revision.proposed_at IS 'NULL: a draft.';
COMMENT ON COLUMN base.zone_revision.agreed_at IS 'When the last participant approved it; NULL again when one withdraws before it takes effect.';
COMMENT ON COLUMN base.zone_revision.suspended_at IS 'When a participant withdrew while it was in force.';
COMMENT ON COLUMN base.zone_revision.withdrawn_at IS 'When its country ended the zone.';
COMMENT ON COLUMN base.zone_revision.replaced_at IS 'When a newer revision takes its place, perhaps in the future; kept by a trigger.';
COMMENT ON COLUMN base.zone_revision.asked_after IS 'Number of the last decision that no longer counts: a suspension ends earlier consents.';
COMMENT ON COLUMN base.zone_revision.name IS 'Zone and revision, such as z1/2: how the audit log names it.';
COMMENT ON COLUMN base.zone_revision.starts_at IS 'When it takes effect, as far as it is agreed; NULL if the zone was withdrawn before.';
COMMENT ON COLUMN base.zone_revision.effective IS 'Period in which it is in force, as far as it is agreed; NULL: never.';
COMMENT ON COLUMN base.zone_revision.audience IS 'Bitmask of viewers: the owner country; participants from proposal on; those of the label once it is agreed.';
COMMENT ON COLUMN base.zone_revision.red_agency IS 'The only viewer of a RED zone.';
COMMENT ON CONSTRAINT zone_area_is_valid ON base.zone_revision IS 'PostGIS gives wrong answers for invalid areas, and an empty one holds nothing.';
COMMENT ON CONSTRAINT zone_period_is_in_order ON base.zone_revision IS 'A zone that ends before it begins would never be in force.';
CREATE INDEX zone_revision_area_idx ON base.zone_revision USING gist (area);

CREATE TABLE base.zone (
  LIKE base.zone_revision INCLUDING GENERATED INCLUDING COMMENTS,
  face         int NOT NULL,
  shown_to     int NOT NULL,
  shown_during tstzrange NOT NULL,
  PRIMARY KEY (id, face),
  FOREIGN KEY (id, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE
);
COMMENT ON TABLE base.zone IS 'Revisions of zones as viewers are shown them: copies, kept by triggers. Only the label is written here.';
COMMENT ON COLUMN base.zone.face IS '0: what the owner country is shown now. Others exist only while some viewers are shown another revision, or soon will be.';
COMMENT ON COLUMN base.zone.shown_to IS 'Bitmask of those in its audience who are shown this revision and no other.';
COMMENT ON COLUMN base.zone.shown_during IS 'When they are shown it.';
CREATE INDEX zone_area_idx ON base.zone USING gist (area);

CREATE TABLE base.zone_part (
  zone     text NOT NULL,
  area     geometry(Polygon, 4326) NOT NULL,
  revision int NOT NULL,
  FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE
);
COMMENT ON TABLE base.zone_part IS 'The area of a revision in small pieces: point in zone is an index look-up.';
CREATE INDEX zone_part_area_idx ON base.zone_part USING gist (area);
CREATE INDEX zone_part_zone_idx ON base.zone_part (zone, revision);

CREATE TABLE base.zone_edge (
  zone     text NOT NULL,
  line     geometry(LineString, 4326) NOT NULL,
  geog     geography(LineString, 4326) GENERATED ALWAYS AS (line::geography) STORED,
  revision int NOT NULL,
  FOREIGN KEY (zone, revision) REFERENCES base.zone_revision (id, revision) ON DELETE CASCADE
);
COMMENT ON TABLE base.zone_edge IS 'The outline of a revision in short pieces. Edges are straight in longitude and latitude (RFC 7946), so long ones are divided before they become geodesics.';
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
  CONSTRAINT rejection_has_a_reason CHECK (decision <> 'reject' OR coalesce(reason, '') <> ''),
  CONSTRAINT zone_consent_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.zone_consent IS 'Decisions of countries about revisions: only ever inserted into. The last decision of a country counts.';
COMMENT ON COLUMN base.zone_consent.n IS 'Order of decisions about the zone. Callers never see it, because it counts decisions that they may not see.';
COMMENT ON COLUMN base.zone_consent.reason IS 'A rejection needs one.';
COMMENT ON CONSTRAINT rejection_has_a_reason ON base.zone_consent IS 'The country that proposed it must know what to change.';
CREATE INDEX zone_consent_revision_idx ON base.zone_consent (zone, revision, country, n);
