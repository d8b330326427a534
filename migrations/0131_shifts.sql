-- Shifts of agencies, their notes, and what one shift hands over to the next (docs/decisions/0055-shifts.md).
CREATE TABLE base.shift (
  id          uuid PRIMARY KEY,
  agency      text NOT NULL,
  country     text NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('post', 'room')),
  name        text NOT NULL,
  crossing    text REFERENCES base.crossing,
  previous    uuid REFERENCES base.shift,
  opened_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  opened_by   text NOT NULL,
  offers      int NOT NULL DEFAULT 0,
  offered_at  timestamptz,
  offered_by  text,
  remark      text,
  is_complete boolean,
  closed_at   timestamptz,
  closed_by   text,
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  state       text NOT NULL GENERATED ALWAYS AS (CASE
    WHEN closed_at IS NOT NULL THEN 'closed' WHEN offered_at IS NOT NULL THEN 'offered' ELSE 'open' END) STORED,
  CONSTRAINT shift_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country),
  CONSTRAINT shift_offer_is_whole CHECK (num_nulls(offered_at, offered_by, is_complete) IN (0, 3)
    AND (remark IS NULL OR offered_at IS NOT NULL)),
  CONSTRAINT shift_is_confirmed_by_another_key CHECK (num_nulls(closed_at, closed_by) IN (0, 2)
    AND (closed_at IS NULL OR coalesce(closed_by <> offered_by, false)))
);
COMMENT ON TABLE base.shift IS 'Shifts of an agency at a post or in a room: opened, offered to the next one, and closed when another key of the agency confirms the handover.';
COMMENT ON COLUMN base.shift.country IS 'Of the agency.';
COMMENT ON COLUMN base.shift.kind IS 'post: outside, at the border; room: a control or command room.';
COMMENT ON COLUMN base.shift.name IS 'Of the post or room.';
COMMENT ON COLUMN base.shift.crossing IS 'The crossing that the post stands at. NULL: none.';
COMMENT ON COLUMN base.shift.previous IS 'The last shift that was closed at the same post or room, when this one was opened.';
COMMENT ON COLUMN base.shift.opened_by IS 'Id of the key, or the hash of the subject of a token. The same holds for offered_by and closed_by.';
COMMENT ON COLUMN base.shift.offers IS 'Number of the last offer: a confirmation names the offer that it confirms.';
COMMENT ON COLUMN base.shift.offered_at IS 'When the handover was offered. NULL: not offered, or taken back.';
COMMENT ON COLUMN base.shift.remark IS 'Of who offers the handover.';
COMMENT ON COLUMN base.shift.is_complete IS 'Whether the handover lists all open items; false: there were more than it can hold.';
COMMENT ON COLUMN base.shift.closed_at IS 'When the handover was confirmed. From then on nothing of the shift changes.';
COMMENT ON CONSTRAINT shift_offer_is_whole ON base.shift IS 'An offer says when, by which key, and whether it is complete.';
COMMENT ON CONSTRAINT shift_is_confirmed_by_another_key ON base.shift IS 'Both shifts sign: the key that offers a handover cannot confirm it.';
COMMENT ON CONSTRAINT shift_kind_check ON base.shift IS 'A post and a room of the same name are two places.';
CREATE UNIQUE INDEX shift_at_place_idx ON base.shift (agency, kind, lower(name)) WHERE closed_at IS NULL;
COMMENT ON INDEX base.shift_at_place_idx IS 'At a post or in a room an agency has one shift at a time.';
CREATE INDEX shift_agency_idx ON base.shift (agency, opened_at DESC, id DESC);
CREATE INDEX shift_newest_idx ON base.shift (opened_at DESC, id DESC);

CREATE TABLE base.shift_note (
  id     uuid PRIMARY KEY,
  shift  uuid NOT NULL REFERENCES base.shift ON DELETE CASCADE,
  at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  signer text NOT NULL,
  text   text NOT NULL
);
COMMENT ON TABLE base.shift_note IS 'Notes of a shift, immutable. Texts are short and screened.';
COMMENT ON COLUMN base.shift_note.signer IS 'Id of the key, or the hash of the subject of a token.';
CREATE INDEX shift_note_idx ON base.shift_note (shift, at, id);

CREATE TABLE base.shift_item (
  shift    uuid NOT NULL REFERENCES base.shift ON DELETE CASCADE,
  kind     text NOT NULL CHECK (kind IN ('distress', 'request', 'alert')),
  id       uuid NOT NULL,
  incident uuid REFERENCES base.incident ON DELETE CASCADE,
  due_at   timestamptz,
  PRIMARY KEY (shift, kind, id)
);
COMMENT ON TABLE base.shift_item IS 'Open items that a shift hands over: ids only. Each reader sees those whose row it sees.';
COMMENT ON COLUMN base.shift_item.id IS 'Of the distress notice, the request or the alert. No foreign key: they are of several tables, and alerts expire.';
COMMENT ON COLUMN base.shift_item.incident IS 'What it is about: a purged incident takes its items with it. Readers see it as far as they see the incident.';
COMMENT ON COLUMN base.shift_item.due_at IS 'When it was due, as it stood at the handover.';
COMMENT ON CONSTRAINT shift_item_kind_check ON base.shift_item IS 'The view asks for each kind whether the reader sees its row: another kind would be shown to everybody.';
CREATE INDEX shift_item_incident_idx ON base.shift_item (incident);

-- what an agency did during its shift; reads are not in the index
CREATE INDEX audit_entry_acts_idx ON base.audit_entry (agency, at) WHERE action IN ('create', 'change', 'remove');
COMMENT ON INDEX base.audit_entry_acts_idx IS 'Writes of an agency in a period: what it did during a shift.';
