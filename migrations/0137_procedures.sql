-- Joint procedures: versions of a document for a zone, a segment or a crossing, each agreed by every participant.
CREATE TABLE base.procedure_version (
  procedure    uuid NOT NULL,
  version      int NOT NULL,
  zone         text,
  segment      text REFERENCES base.segment,
  crossing     text REFERENCES base.crossing,
  country      text NOT NULL REFERENCES base.country,
  agency       text NOT NULL,
  names        jsonb NOT NULL,
  purpose      text NOT NULL,
  documents    jsonb NOT NULL,
  participants text[] NOT NULL,
  valid_from   timestamptz NOT NULL,
  valid_to     timestamptz,
  proposal     uuid NOT NULL UNIQUE REFERENCES base.joint_proposal,
  proposed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  open_until   timestamptz NOT NULL,
  agreed_at    timestamptz,
  ended_at     timestamptz,
  ended_as     text CHECK (ended_as IN ('refused', 'withdrawn')),
  replaced_at  timestamptz,
  name         text GENERATED ALWAYS AS (procedure::text || '/' || version::text) STORED,
  audience     int NOT NULL GENERATED ALWAYS AS (tripoint.country_bits(participants)) STORED,
  effective    tstzrange GENERATED ALWAYS AS (CASE
    WHEN agreed_at IS NOT NULL AND greatest(agreed_at, valid_from) < coalesce(least(valid_to, ended_at, replaced_at), 'infinity')
    THEN tstzrange(greatest(agreed_at, valid_from), least(valid_to, ended_at, replaced_at)) END) STORED,
  PRIMARY KEY (procedure, version),
  CONSTRAINT procedure_has_one_subject CHECK (num_nonnulls(zone, segment, crossing) = 1),
  CONSTRAINT procedure_has_documents CHECK (jsonb_typeof(documents) = 'array' AND documents <> '[]'),
  CONSTRAINT procedure_period_is_in_order CHECK (valid_to > valid_from),
  CONSTRAINT procedure_version_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country)
);
COMMENT ON TABLE base.procedure_version IS 'Every version of every joint procedure. The content of a version never changes; triggers take over what becomes of its proposal.';
COMMENT ON COLUMN base.procedure_version.zone IS 'No foreign key, because no table has one row a zone. A trigger removes the procedures of a zone that is removed.';
COMMENT ON COLUMN base.procedure_version.country IS 'Of the agency that wrote this version.';
COMMENT ON COLUMN base.procedure_version.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.procedure_version.documents IS 'Address, SHA-256 and languages of each file. The service never reads the files.';
COMMENT ON COLUMN base.procedure_version.participants IS 'Countries that had to approve this version: those of the zone, of the border, or of the sides of the crossing, when it was proposed.';
COMMENT ON COLUMN base.procedure_version.valid_to IS 'Exclusive; NULL: no end.';
COMMENT ON COLUMN base.procedure_version.open_until IS 'Of the proposal: deadline for the approvals.';
COMMENT ON COLUMN base.procedure_version.agreed_at IS 'Of the proposal: when the last participant approved this version.';
COMMENT ON COLUMN base.procedure_version.ended_at IS 'Of the proposal: when a participant refused this version or withdrew from it.';
COMMENT ON COLUMN base.procedure_version.replaced_at IS 'When a newer version takes its place, perhaps in the future; kept by a trigger.';
COMMENT ON COLUMN base.procedure_version.name IS 'Procedure and version: how the feed and the audit log name it.';
COMMENT ON COLUMN base.procedure_version.audience IS 'Bitmask of the participants.';
COMMENT ON COLUMN base.procedure_version.effective IS 'Period in which it is in force, as far as it is agreed; NULL: never.';
COMMENT ON CONSTRAINT procedure_has_one_subject ON base.procedure_version IS 'Who must agree hangs on what it is for.';
COMMENT ON CONSTRAINT procedure_has_documents ON base.procedure_version IS 'Participants agree to files, not to a title.';
COMMENT ON CONSTRAINT procedure_period_is_in_order ON base.procedure_version IS 'A version that ends before it begins would never be in force.';
COMMENT ON CONSTRAINT procedure_version_ended_as_check ON base.procedure_version IS 'How proposals end.';
CREATE INDEX procedure_version_zone_idx ON base.procedure_version (zone) WHERE zone IS NOT NULL;
CREATE INDEX procedure_version_segment_idx ON base.procedure_version (segment) WHERE segment IS NOT NULL;
CREATE INDEX procedure_version_crossing_idx ON base.procedure_version (crossing) WHERE crossing IS NOT NULL;
