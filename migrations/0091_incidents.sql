-- The properties of incidents as JSON, kept beside the rows (docs/decisions/0041-kept-texts.md). A table of its own: in
-- base.incident the texts would make each row so wide that PostgreSQL moves parts of it elsewhere. No foreign key, because
-- each incident would pay for it: triggers write and delete the rows. Long descriptions stay in the row, uncompressed.
CREATE TABLE base.incident_text (
  id         uuid PRIMARY KEY,
  shape      smallint NOT NULL,
  audience   int NOT NULL,
  red_agency text,
  nested     text NOT NULL,
  flat       text NOT NULL
) WITH (toast_tuple_target = 8160);
COMMENT ON TABLE base.incident_text IS 'The properties of each incident as JSON texts, which pages show without making them again. Only what is the same for every reader and at every moment.';
COMMENT ON COLUMN base.incident_text.id IS 'Of the incident.';
COMMENT ON COLUMN base.incident_text.shape IS 'Version of the shape of both texts (base.incident_shape). A program that does not know it makes the texts itself.';
COMMENT ON COLUMN base.incident_text.audience IS 'Of the incident.';
COMMENT ON COLUMN base.incident_text.red_agency IS 'Of the incident.';
COMMENT ON COLUMN base.incident_text.nested IS 'As /v1/incidents shows it, without the last brace: answers append members.';
COMMENT ON COLUMN base.incident_text.flat IS 'As layers show it.';

CREATE TABLE base.incident_text_renewal (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  shape   smallint NOT NULL,
  last_id uuid
);
COMMENT ON TABLE base.incident_text_renewal IS 'How far the texts of older incidents are made again after a new shape (tripoint.renew_incident_texts). One row.';
COMMENT ON COLUMN base.incident_text_renewal.shape IS 'The shape that they are given.';
COMMENT ON COLUMN base.incident_text_renewal.last_id IS 'Incidents up to this id have texts of that shape; NULL: all.';
COMMENT ON CONSTRAINT incident_text_renewal_is_only_check ON base.incident_text_renewal IS 'With the primary key: there is one row.';
INSERT INTO base.incident_text_renewal (shape, last_id) VALUES (1, '00000000-0000-0000-0000-000000000000');
