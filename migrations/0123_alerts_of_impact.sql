-- Alerts that are not about an incident: a level of impact, and reactions that are overdue.
ALTER TABLE base.alert
  ALTER COLUMN incident DROP NOT NULL,
  ADD COLUMN segment text,
  ADD COLUMN assessment uuid REFERENCES base.impact_assessment ON DELETE CASCADE,
  ADD COLUMN reaction uuid REFERENCES base.reaction ON DELETE CASCADE,
  DROP CONSTRAINT alert_trigger_check,
  ADD CONSTRAINT alert_trigger_check CHECK (trigger IN ('enter', 'leave', 'created', 'updated', 'closed', 'threshold', 'overdue',
    'impact', 'reaction-overdue', 'distress', 'suspended')),
  ADD CONSTRAINT alert_has_one_subject CHECK (num_nonnulls(incident, assessment) = 1
    AND (assessment IS NULL) = (segment IS NULL) AND (reaction IS NULL OR assessment IS NOT NULL));
COMMENT ON COLUMN base.alert.incident IS 'NULL: about a level of impact.';
COMMENT ON COLUMN base.alert.segment IS 'Of impact and reaction-overdue: the segment.';
COMMENT ON COLUMN base.alert.assessment IS 'Of impact and reaction-overdue: the assessment.';
COMMENT ON COLUMN base.alert.reaction IS 'Of reaction-overdue: the reaction.';
COMMENT ON COLUMN base.alert.due_at IS 'Of distress: when assistance is due. Of overdue: when an acknowledgement was due. Of reaction-overdue: when the reaction was due.';
COMMENT ON CONSTRAINT alert_trigger_check ON base.alert IS 'What an alert can be raised for; subscriptions choose among the same words.';
COMMENT ON CONSTRAINT alert_has_one_subject ON base.alert IS 'An alert is about an incident, or about a level of impact and perhaps one of its reactions.';
CREATE INDEX alert_assessment_idx ON base.alert (assessment) WHERE assessment IS NOT NULL;
CREATE INDEX alert_reaction_idx ON base.alert (reaction) WHERE reaction IS NOT NULL;
