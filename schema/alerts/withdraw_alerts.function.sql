-- Test: test/exchange/alerts.test.ts
CREATE OR REPLACE FUNCTION base.withdraw_alerts(relabelled uuid[]) RETURNS void
LANGUAGE sql AS $$
  -- also rows that keep their value: the view of an alert names its incident only to viewers of it, so it changes too
  UPDATE base.alert AS a
  SET is_withdrawn = NOT (
    (i.audience & tripoint.country_bits(ARRAY[a.country])) <> 0 OR coalesce(i.red_agency = a.agency, false)
    OR a.trigger = 'distress' AND EXISTS (SELECT 1 FROM base.distress_notice AS d WHERE d.incident = a.incident))
  FROM base.incident AS i
  WHERE a.incident = ANY (relabelled) AND i.id = a.incident
$$;
COMMENT ON FUNCTION base.withdraw_alerts IS 'Withdraws alerts of incidents that their agencies may no longer see, and restores those that they may see again.';
