CREATE OR REPLACE FUNCTION base.withdraw_alerts(relabelled uuid[]) RETURNS void
LANGUAGE sql AS $$
  -- also where it stays: an alert names its incident only to those who see that
  UPDATE base.alert AS a
  SET is_withdrawn = NOT (
    (i.audience & tripoint.country_bits(ARRAY[a.country])) <> 0 OR coalesce(i.red_agency = a.agency, false)
    OR a.trigger = 'distress' AND EXISTS (SELECT 1 FROM base.distress_notice AS d WHERE d.incident = a.incident))
  FROM base.incident AS i
  WHERE a.incident = ANY (relabelled) AND i.id = a.incident
$$;
COMMENT ON FUNCTION base.withdraw_alerts IS 'Agencies lose alerts of incidents that they may no longer see.';
