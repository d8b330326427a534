-- Test: test/restores/replay.test.ts
CREATE OR REPLACE FUNCTION base.narrower_label(tlp text, released_to text[], other_tlp text, other_released_to text[])
RETURNS TABLE (tlp text, releasable_to text[])
LANGUAGE sql IMMUTABLE AS $$
  SELECT l.labels[least(l.one, l.other)], CASE
    WHEN l.one = l.other THEN ARRAY(SELECT c.code FROM unnest(released_to) AS c (code) WHERE c.code = ANY (other_released_to))
    WHEN l.one < l.other THEN released_to
    ELSE other_released_to END
  FROM (
    SELECT k.labels, array_position(k.labels, $1) AS one, array_position(k.labels, $3) AS other
    FROM (SELECT ARRAY['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']) AS k (labels)
  ) AS l
$$;
COMMENT ON FUNCTION base.narrower_label IS 'The label that exactly the viewers of both labels have.';
REVOKE EXECUTE ON FUNCTION base.narrower_label FROM PUBLIC;
