-- In plpgsql: planned once for each connection.
CREATE OR REPLACE FUNCTION base.alert_concern(country text, of_incident uuid) RETURNS int
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN tripoint.concern('RED', alert_concern.country)
    | coalesce((SELECT tripoint.concern(i.tlp, i.owner) FROM base.incident AS i WHERE i.id = of_incident), 0);
END $$;
COMMENT ON FUNCTION base.alert_concern IS 'Bitmask of the countries that own an alert: the country of its agency and the owner of its incident.';
