-- What the write of an incident pays for nothing (docs/decisions/0045-one-incident-written.md).

-- Triggers alone write the pairs, under a lock that writers of incidents share and writers of zones have alone, from rows that
-- their transaction has just written or read. Revisions with pairs are never deleted (base.keep_proposed), and a trigger
-- deletes the pairs of an incident. Two foreign keys checked each of the five pairs of an incident again, and locked its zones.
ALTER TABLE base.incident_zone DROP CONSTRAINT incident_zone_incident_fkey, DROP CONSTRAINT incident_zone_zone_revision_fkey;
COMMENT ON TABLE base.incident_zone IS 'Pairs of an incident and a zone revision, kept by triggers on both sides: a question about a zone reads an index. No foreign keys, because each incident would pay for them several times.';

-- The foreign keys to base.agency (id, country) say the same.
ALTER TABLE base.incident DROP CONSTRAINT incident_owner_fkey;
ALTER TABLE base.alert DROP CONSTRAINT alert_country_fkey;

-- Called by indexes with the search path of the writer, and by triggers with their own. PostgreSQL plans the expressions of a
-- function again whenever the search path is another one than before.
ALTER FUNCTION tripoint.cell_of SET search_path = '';
