import type { Knex } from 'knex';

const VIEWER = `(SELECT nullif(current_setting('tripoint.viewer', true), '')::int)`;
const AGENCY = `(SELECT nullif(current_setting('tripoint.agency', true), ''))`;

const ASKED = ['zone', 'segment', 'crossing', 'within_m', 'filter', 'kinds', 'minimum_severity', 'natures'];
const askedOf = (row: string): string => ASKED.map((column) => `${row}.${column}`).join(', ');
const WRITTEN = `name, ${ASKED.join(', ')}, triggers, threshold_incidents, threshold_minutes, hysteresis_m, enabled`;

/** What agencies want to be told of (docs/decisions/0019-alerts.md). */
export const up = (db: Knex) =>
  db.raw(`
    CREATE TABLE base.subscription (
      id                  uuid PRIMARY KEY,
      agency              text NOT NULL REFERENCES base.agency,
      country             text NOT NULL REFERENCES base.country,
      bits                int NOT NULL,
      name                text,
      zone                text,
      segment             text REFERENCES base.segment,
      crossing            text REFERENCES base.crossing,
      within_m            double precision,
      filter              jsonb,
      kinds               text[],
      minimum_severity    text CHECK (minimum_severity IN ('minor', 'moderate', 'severe', 'extreme')),
      natures             text[] NOT NULL,
      triggers            text[] NOT NULL,
      threshold_incidents int,
      threshold_minutes   int,
      hysteresis_m        double precision NOT NULL,
      enabled             boolean NOT NULL,
      revision            int NOT NULL DEFAULT 1,
      created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
      updated_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
      since               timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT subscription_has_one_place CHECK (num_nonnulls(zone, segment, crossing, filter) <= 1),
      CONSTRAINT subscription_is_within CHECK ((within_m IS NULL) = (segment IS NULL AND crossing IS NULL)),
      CONSTRAINT subscription_has_its_threshold CHECK (
        num_nonnulls(threshold_incidents, threshold_minutes) = CASE WHEN 'threshold' = ANY (triggers) THEN 2 ELSE 0 END)
    );
    COMMENT ON COLUMN base.subscription.bits IS 'Of the country, as in audience.';
    COMMENT ON COLUMN base.subscription.zone IS 'An id, whatever becomes of the zone.';
    COMMENT ON COLUMN base.subscription.filter IS 'CQL2: a text, or an object of its JSON.';
    COMMENT ON COLUMN base.subscription.since IS 'What was so before is no news.';
    CREATE INDEX subscription_agency_idx ON base.subscription (agency, id);
    CREATE INDEX subscription_zone_idx ON base.subscription (zone) WHERE enabled;
    CREATE INDEX subscription_segment_idx ON base.subscription (segment, within_m) WHERE enabled;
    CREATE INDEX subscription_crossing_idx ON base.subscription (crossing, within_m) WHERE enabled;
    CREATE INDEX subscription_segment_reach_idx ON base.subscription (within_m) WHERE enabled AND segment IS NOT NULL;
    CREATE INDEX subscription_crossing_reach_idx ON base.subscription (within_m) WHERE enabled AND crossing IS NOT NULL;
    CREATE INDEX subscription_anywhere_idx ON base.subscription (id)
      WHERE enabled AND num_nonnulls(zone, segment, crossing, filter) = 0;
    CREATE INDEX subscription_filter_idx ON base.subscription (id) WHERE enabled AND filter IS NOT NULL;

    CREATE TABLE base.subscription_match (
      subscription uuid NOT NULL REFERENCES base.subscription ON DELETE CASCADE,
      incident     uuid NOT NULL REFERENCES base.incident ON DELETE CASCADE,
      occurred_at  timestamptz NOT NULL,
      PRIMARY KEY (incident, subscription)
    );
    COMMENT ON TABLE base.subscription_match IS 'What is in and has not left yet, for subscriptions to which that matters.';
    CREATE INDEX subscription_match_newest_idx ON base.subscription_match (subscription, occurred_at);

    CREATE FUNCTION base.settle_subscription() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = base, public, pg_temp AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        SELECT a.country, tripoint.country_bits(ARRAY[a.country]) INTO NEW.country, NEW.bits
        FROM base.agency AS a WHERE a.id = NEW.agency;
        RETURN NEW;
      END IF;
      NEW.revision := OLD.revision + 1;
      NEW.updated_at := clock_timestamp();
      IF NOT OLD.enabled OR NOT NEW.enabled OR ROW(${askedOf('NEW')}) IS DISTINCT FROM ROW(${askedOf('OLD')}) THEN
        NEW.since := NEW.updated_at;
        DELETE FROM base.subscription_match AS m WHERE m.subscription = NEW.id;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER settle_subscription BEFORE INSERT OR UPDATE ON base.subscription
      FOR EACH ROW EXECUTE FUNCTION base.settle_subscription();

    CREATE VIEW tripoint.subscription AS
      SELECT id, agency, ${WRITTEN}, revision, created_at, updated_at
      FROM base.subscription WHERE agency = ${AGENCY} AND ${VIEWER} > 0
      WITH LOCAL CHECK OPTION;
    COMMENT ON VIEW tripoint.subscription IS 'Of its agency alone.';
    GRANT SELECT, DELETE, INSERT (id, agency, ${WRITTEN}), UPDATE (${WRITTEN}) ON tripoint.subscription TO tripoint_service;
    SELECT base.audit_writes('base.subscription', 'subscriptions', 'r.id', 'r.bits');

    CREATE UNIQUE INDEX alert_created_idx ON base.alert (subscription, incident) WHERE trigger = 'created';
  `);

export const down = (db: Knex) =>
  db.raw(`
    DROP INDEX base.alert_created_idx;
    SELECT base.stop_audit('base.subscription');
    DROP VIEW tripoint.subscription;
    DROP TABLE base.subscription_match, base.subscription;
    DROP FUNCTION base.settle_subscription();
  `);
