CREATE OR REPLACE FUNCTION base.label_for(reporter text, owner text, label text, released_to text[])
RETURNS TABLE (tlp text, releasable_to text[])
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN label IN ('CLEAR', 'GREEN') THEN label ELSE 'AMBER' END,
         CASE WHEN label IN ('CLEAR', 'GREEN') THEN '{}' ELSE array_remove(owner || released_to, reporter) END
$$;
COMMENT ON FUNCTION base.label_for IS 'Audience of an incident as a label of another country, for its report without a label.';
