-- A database is one world. Rows of different worlds cannot mix, because PostgreSQL keeps databases apart.
CREATE TABLE base.world (
  is_only      boolean NOT NULL DEFAULT true PRIMARY KEY CHECK (is_only),
  id           text NOT NULL CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(id) <= 40),
  kind         text NOT NULL CHECK (kind IN ('actual', 'exercise')),
  names        jsonb,
  purpose      text,
  participants text[] CHECK (participants <@ ARRAY['DZA', 'LBY', 'TUN'] AND cardinality(participants) > 0),
  starts_at    timestamptz,
  ends_at      timestamptz,
  stamped_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at     timestamptz,
  CONSTRAINT world_is_actual_by_id CHECK ((id = 'actual') = (kind = 'actual')),
  CONSTRAINT world_describes_exercise CHECK (
    num_nonnulls(names, purpose, participants) = CASE kind WHEN 'exercise' THEN 3 ELSE 0 END
    AND (kind = 'exercise' OR num_nonnulls(starts_at, ends_at, ended_at) = 0)),
  CONSTRAINT world_period_is_in_order CHECK (ends_at > starts_at)
);
COMMENT ON TABLE base.world IS 'Which world this database is: the actual one, or an exercise.';
COMMENT ON COLUMN base.world.is_only IS 'One row: a database is one world.';
COMMENT ON COLUMN base.world.id IS 'actual, or the name of the exercise in addresses and files.';
COMMENT ON COLUMN base.world.kind IS 'actual or exercise; also the nature of an incident that names none.';
COMMENT ON COLUMN base.world.names IS 'Of the exercise, by language: en, fr, ar.';
COMMENT ON COLUMN base.world.purpose IS 'What the exercise is for.';
COMMENT ON COLUMN base.world.participants IS 'Countries that take part in the exercise.';
COMMENT ON COLUMN base.world.starts_at IS 'Planned period of the exercise.';
COMMENT ON COLUMN base.world.ends_at IS 'Planned end, exclusive.';
COMMENT ON COLUMN base.world.stamped_at IS 'When the database became this world.';
COMMENT ON COLUMN base.world.ended_at IS 'When the exercise ended. Nothing is written in it afterwards.';
COMMENT ON CONSTRAINT world_id_check ON base.world IS 'Identifiers of worlds stand in addresses and file names.';
COMMENT ON CONSTRAINT world_is_only_check ON base.world IS 'A second row would make a second world.';
COMMENT ON CONSTRAINT world_kind_check ON base.world IS 'The rule for natures knows these two.';
COMMENT ON CONSTRAINT world_participants_check ON base.world IS 'Only countries of this service take part.';
COMMENT ON CONSTRAINT world_is_actual_by_id ON base.world IS 'Whoever reads the id knows whether it is real.';
COMMENT ON CONSTRAINT world_describes_exercise ON base.world IS 'An exercise says what it is; the actual world has no end.';
COMMENT ON CONSTRAINT world_period_is_in_order ON base.world IS 'A period that ends before it begins would be valid at no instant.';

-- An embedded demo that is still one becomes the exercise demo. Every other database was made for real events.
INSERT INTO base.world (id, kind, names, purpose, participants)
SELECT d.id, d.kind, d.names, d.purpose, d.participants
FROM (
  SELECT 0 AS n, 'demo' AS id, 'exercise' AS kind, '{"en": "Demo", "fr": "Démonstration", "ar": "عرض تجريبي"}'::jsonb AS names,
    'Try the service with invented incidents.' AS purpose, ARRAY['DZA', 'LBY', 'TUN'] AS participants
  WHERE EXISTS (SELECT FROM base.api_key AS k WHERE k.is_demo AND k.revoked_at IS NULL)
    AND NOT EXISTS (SELECT FROM base.api_key AS k WHERE NOT k.is_demo AND 'admin' = ANY (k.roles))
    AND EXISTS (SELECT FROM base.incident)
    AND NOT EXISTS (SELECT FROM base.incident AS i WHERE i.nature <> 'exercise')
  UNION ALL SELECT 1, 'actual', 'actual', NULL, NULL, NULL
) AS d
ORDER BY d.n LIMIT 1;
