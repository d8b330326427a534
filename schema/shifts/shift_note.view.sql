CREATE VIEW tripoint.shift_note AS
  SELECT n.id, n.shift, n.at, n.signer, n.text,
         (SELECT tripoint.country_bits(ARRAY[s.country]) FROM base.shift AS s WHERE s.id = n.shift) AS concern
  FROM base.shift_note AS n
  WHERE (SELECT tripoint.viewer()) > 1 AND EXISTS (SELECT 1 FROM tripoint.shift AS s WHERE s.id = n.shift)
  WITH LOCAL CHECK OPTION;
COMMENT ON VIEW tripoint.shift_note IS 'Viewers of the shift.';
GRANT SELECT, INSERT (id, shift, signer, text) ON tripoint.shift_note TO tripoint_service;
