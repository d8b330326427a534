-- A handover also lists the reactions that the level of a segment asks of the agency's country.
ALTER TABLE base.shift_item DROP CONSTRAINT shift_item_kind_check;
ALTER TABLE base.shift_item ADD CONSTRAINT shift_item_kind_check CHECK (kind IN ('distress', 'request', 'alert', 'reaction'));
COMMENT ON CONSTRAINT shift_item_kind_check ON base.shift_item IS 'The view asks for each kind whether the reader sees its row: another kind would be shown to everybody.';
COMMENT ON COLUMN base.shift_item.id IS 'Of the distress notice, the request, the alert or the reaction. No foreign key: they are of several tables, and alerts expire.';
COMMENT ON COLUMN base.shift_item.incident IS 'What it is about: a purged incident takes its items with it. Readers see it as far as they see the incident. NULL: a reaction, or a request about something else.';
