-- Consents to joint things other than zones: each participant decides about exactly one proposal (docs/decisions/0053-joint-consents-and-impact.md).
CREATE TABLE base.joint_proposal (
  id           uuid PRIMARY KEY,
  subject_type text NOT NULL CHECK (subject_type IN ('impact', 'procedure', 'reference')),
  subject      text NOT NULL,
  path         text NOT NULL,
  participants text[] NOT NULL,
  country      text NOT NULL REFERENCES base.country,
  agency       text NOT NULL,
  proposed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  open_until   timestamptz NOT NULL,
  agreed_at    timestamptz,
  ended_at     timestamptz,
  ended_as     text CHECK (ended_as IN ('refused', 'withdrawn')),
  updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  audience     int NOT NULL GENERATED ALWAYS AS (tripoint.country_bits(participants)) STORED,
  CONSTRAINT joint_proposal_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country),
  CONSTRAINT proposer_takes_part CHECK (country = ANY (participants)),
  CONSTRAINT joint_proposal_stays_open CHECK (open_until > proposed_at),
  CONSTRAINT joint_proposal_end_is_whole CHECK ((ended_at IS NULL) = (ended_as IS NULL))
);
COMMENT ON TABLE base.joint_proposal IS 'Proposals of joint things other than zones. One takes effect when every participant has approved exactly this proposal.';
COMMENT ON COLUMN base.joint_proposal.subject IS 'Id of what is proposed: an assessment of impact, a version of a procedure, a change of reference data.';
COMMENT ON COLUMN base.joint_proposal.path IS 'Path of the subject below the base of the API.';
COMMENT ON COLUMN base.joint_proposal.country IS 'Of the agency that proposes.';
COMMENT ON COLUMN base.joint_proposal.open_until IS 'Deadline for the approvals; without all of them the proposal has expired then.';
COMMENT ON COLUMN base.joint_proposal.agreed_at IS 'When the last participant approved. Written by the trigger of consents alone.';
COMMENT ON COLUMN base.joint_proposal.updated_at IS 'When it was last decided about.';
COMMENT ON COLUMN base.joint_proposal.audience IS 'Bitmask of the participants.';
COMMENT ON CONSTRAINT proposer_takes_part ON base.joint_proposal IS 'A country proposes only what it takes part in.';
COMMENT ON CONSTRAINT joint_proposal_stays_open ON base.joint_proposal IS 'Participants have time to decide.';
COMMENT ON CONSTRAINT joint_proposal_end_is_whole ON base.joint_proposal IS 'What ended says how it ended.';
COMMENT ON CONSTRAINT joint_proposal_subject_type_check ON base.joint_proposal IS 'Each has a branch in base.settle_subject.';
COMMENT ON CONSTRAINT joint_proposal_ended_as_check ON base.joint_proposal IS 'A refusal ends a proposal that waits, a withdrawal also one that was agreed.';
CREATE INDEX joint_proposal_open_idx ON base.joint_proposal (open_until, id);
CREATE INDEX joint_proposal_subject_idx ON base.joint_proposal (subject_type, subject);

CREATE TABLE base.joint_consent (
  id       uuid PRIMARY KEY,
  proposal uuid NOT NULL REFERENCES base.joint_proposal ON DELETE CASCADE,
  country  text NOT NULL REFERENCES base.country,
  agency   text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('approve', 'refuse', 'withdraw')),
  reason   text,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT joint_consent_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country),
  CONSTRAINT refusal_has_a_reason CHECK (decision <> 'refuse' OR reason IS NOT NULL)
);
COMMENT ON TABLE base.joint_consent IS 'Decisions of countries about proposals of joint things. Only added to.';
COMMENT ON COLUMN base.joint_consent.country IS 'Of the agency of the coordinator.';
COMMENT ON CONSTRAINT refusal_has_a_reason ON base.joint_consent IS 'The others must know what to change.';
COMMENT ON CONSTRAINT joint_consent_decision_check ON base.joint_consent IS 'What a participant can say about a proposal.';
CREATE INDEX joint_consent_proposal_idx ON base.joint_consent (proposal, at, id);
