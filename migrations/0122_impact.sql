-- Impact levels of segments, side by side, and what each level asks for (docs/decisions/0053-joint-consents-and-impact.md).
CREATE TABLE base.impact_assessment (
  id             uuid PRIMARY KEY,
  segment        text NOT NULL,
  country        text NOT NULL REFERENCES base.country,
  agency         text NOT NULL,
  level          text NOT NULL CHECK (level IN ('low', 'medium', 'high', 'critical')),
  aspects        text[] NOT NULL
    CHECK (aspects <@ ARRAY['irregularMigration', 'crossBorderCrime', 'savingLives'] AND cardinality(aspects) > 0),
  rationale      text NOT NULL,
  evidence       text[] NOT NULL DEFAULT '{}',
  review_due_at  timestamptz NOT NULL,
  lasts_days     int,
  tlp            text NOT NULL CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT')),
  releasable_to  text[] NOT NULL DEFAULT '{}',
  created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  assessed_at    timestamptz,
  assessed_by    text,
  declined_at    timestamptz,
  decline_reason text,
  open_until     timestamptz,
  agreed_at      timestamptz,
  valid_to       timestamptz,
  ended_at       timestamptz,
  settled_at     timestamptz,
  audience       int NOT NULL GENERATED ALWAYS AS (CASE WHEN assessed_at IS NULL THEN tripoint.country_bits(ARRAY[country])
    ELSE tripoint.audience(tlp, country, releasable_to) END) STORED,
  CONSTRAINT impact_assessment_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country),
  CONSTRAINT impact_assessment_assessor_of_country FOREIGN KEY (assessed_by, country) REFERENCES base.agency (id, country),
  CONSTRAINT critical_lasts_14_days_at_most CHECK (
    (level = 'critical') = (lasts_days IS NOT NULL) AND coalesce(lasts_days >= 1 AND lasts_days <= 14, true)),
  CONSTRAINT assessment_is_decided_once CHECK (
    num_nonnulls(assessed_at, declined_at) <= 1 AND (assessed_at IS NULL) = (assessed_by IS NULL)
    AND (declined_at IS NULL) = (decline_reason IS NULL))
);
COMMENT ON TABLE base.impact_assessment IS 'Assessments of the impact level of a segment by one side. The content never changes; the newest that a reader sees is the level of the side for it.';
COMMENT ON COLUMN base.impact_assessment.segment IS 'No foreign key: the history outlives a segment that a correction removes.';
COMMENT ON COLUMN base.impact_assessment.country IS 'The side: the country of the agency.';
COMMENT ON COLUMN base.impact_assessment.agency IS 'That proposed or assessed it.';
COMMENT ON COLUMN base.impact_assessment.evidence IS 'What it rests on, in words.';
COMMENT ON COLUMN base.impact_assessment.review_due_at IS 'When it must be looked at again.';
COMMENT ON COLUMN base.impact_assessment.lasts_days IS 'Of critical: days in force from the agreement on.';
COMMENT ON COLUMN base.impact_assessment.updated_at IS 'When it was made, decided, agreed or ended.';
COMMENT ON COLUMN base.impact_assessment.assessed_at IS 'When a coordinator assessed it; NULL: an operator proposed it.';
COMMENT ON COLUMN base.impact_assessment.open_until IS 'Of critical: until when both sides must have approved it.';
COMMENT ON COLUMN base.impact_assessment.agreed_at IS 'Of critical: when the last side approved it.';
COMMENT ON COLUMN base.impact_assessment.valid_to IS 'Of critical: agreed_at and lasts_days.';
COMMENT ON COLUMN base.impact_assessment.ended_at IS 'Of critical: when a side refused it or withdrew.';
COMMENT ON COLUMN base.impact_assessment.settled_at IS 'Of critical: when the end of its time was applied to reactions and segments.';
COMMENT ON COLUMN base.impact_assessment.audience IS 'Bitmask of who sees it; before it is assessed its own country.';
COMMENT ON CONSTRAINT impact_assessment_level_check ON base.impact_assessment IS 'The levels of Regulation (EU) 2019/1896, article 34.';
COMMENT ON CONSTRAINT impact_assessment_aspects_check ON base.impact_assessment IS 'What the level is about; at least one.';
COMMENT ON CONSTRAINT impact_assessment_tlp_check ON base.impact_assessment IS 'Never RED: a side assesses for its whole country.';
COMMENT ON CONSTRAINT critical_lasts_14_days_at_most ON base.impact_assessment IS 'A critical level is temporary: 14 days, and then agreed again.';
COMMENT ON CONSTRAINT assessment_is_decided_once ON base.impact_assessment IS 'A proposal of an operator is assessed or declined, with who or why.';
CREATE INDEX impact_assessment_side_idx ON base.impact_assessment (segment, country, assessed_at DESC);
CREATE INDEX impact_assessment_newest_idx ON base.impact_assessment (created_at, id);
CREATE INDEX impact_assessment_critical_idx ON base.impact_assessment (valid_to)
  WHERE level = 'critical' AND ended_at IS NULL AND settled_at IS NULL;

CREATE TABLE base.reaction_rule (
  kind       text PRIMARY KEY,
  level      text NOT NULL CHECK (level IN ('low', 'medium', 'high', 'critical')),
  due_within interval NOT NULL,
  task       text NOT NULL,
  source     text NOT NULL
);
COMMENT ON TABLE base.reaction_rule IS 'What each level asks of a side. A level asks also for what the lower ones ask. The regulation names the tasks and no times: the times are a choice of this service.';
COMMENT ON COLUMN base.reaction_rule.level IS 'The lowest level that asks for it.';
COMMENT ON COLUMN base.reaction_rule.due_within IS 'From the moment when the level takes effect.';
COMMENT ON COLUMN base.reaction_rule.task IS 'What is to be done.';
COMMENT ON COLUMN base.reaction_rule.source IS 'Where the task comes from.';
COMMENT ON CONSTRAINT reaction_rule_level_check ON base.reaction_rule IS 'The same levels as those of assessments.';
INSERT INTO base.reaction_rule (kind, level, due_within, task, source) VALUES
  ('regular_control', 'low', '72 hours', 'Organise regular control on the basis of risk analysis.', 'Regulation (EU) 2019/1896, article 35(1)(a)'),
  ('resources_ready', 'low', '72 hours', 'Keep sufficient personnel and resources available for the segment.', 'Regulation (EU) 2019/1896, article 35(1)(a)'),
  ('control_measures', 'medium', '48 hours', 'Take appropriate control measures at the segment.', 'Regulation (EU) 2019/1896, article 35(1)(b)'),
  ('centre_notified', 'medium', '24 hours', 'Notify the national coordination centre of the measures.', 'Regulation (EU) 2019/1896, article 35(1)(b)'),
  ('neighbour_contacted', 'medium', '24 hours', 'Contact the coordination centre of the other side.', 'Regulation (EU) 2019/1896, article 35(3)'),
  ('reinforced_control', 'high', '24 hours', 'Take reinforced control measures at the segment.', 'Regulation (EU) 2019/1896, article 35(1)(c)'),
  ('support_given', 'high', '24 hours', 'Give the authorities at the segment the necessary support.', 'Regulation (EU) 2019/1896, article 35(1)(c)'),
  ('joint_measures', 'critical', '12 hours', 'Agree with the other side who does what, and begin.', 'Regulation (EU) 2019/1896, article 35(1)(d)');

CREATE TABLE base.reaction (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  assessment   uuid NOT NULL REFERENCES base.impact_assessment ON DELETE CASCADE,
  segment      text NOT NULL,
  country      text NOT NULL REFERENCES base.country,
  kind         text NOT NULL REFERENCES base.reaction_rule,
  due_at       timestamptz NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_at      timestamptz,
  done_by      text,
  note         text,
  cancelled_at timestamptz,
  alerted_at   timestamptz,
  audience     int NOT NULL,
  CONSTRAINT reaction_agency_of_country FOREIGN KEY (done_by, country) REFERENCES base.agency (id, country),
  CONSTRAINT reaction_is_done_by_an_agency CHECK (
    (done_at IS NULL) = (done_by IS NULL) AND num_nonnulls(done_at, cancelled_at) <= 1)
);
COMMENT ON TABLE base.reaction IS 'What the level of a segment asks of a side, with its due time. Written when a level takes effect.';
COMMENT ON COLUMN base.reaction.country IS 'The side that does it.';
COMMENT ON COLUMN base.reaction.cancelled_at IS 'When another level took its place, or the critical one ended.';
COMMENT ON COLUMN base.reaction.alerted_at IS 'When agencies were alerted that it is overdue.';
COMMENT ON COLUMN base.reaction.audience IS 'Bitmask of who sees it: its own country, of a critical level both sides.';
COMMENT ON CONSTRAINT reaction_is_done_by_an_agency ON base.reaction IS 'What is done says who did it, and what was cancelled is not done.';
CREATE INDEX reaction_due_idx ON base.reaction (due_at, id);
CREATE INDEX reaction_open_idx ON base.reaction (segment, country) WHERE done_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX reaction_late_idx ON base.reaction (due_at)
  WHERE done_at IS NULL AND cancelled_at IS NULL AND alerted_at IS NULL;
CREATE INDEX reaction_assessment_idx ON base.reaction (assessment);
