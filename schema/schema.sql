-- The structure of the database, written by `npm run schema` and compared by test/database/migrations.test.ts.
-- Nothing reads it: migrations/ makes the tables, schema/ functions, views and triggers.
ROLE tripoint_alerter NOLOGIN NOINHERIT;
ROLE tripoint_clock NOLOGIN NOINHERIT;
ROLE tripoint_courier NOLOGIN NOINHERIT;
ROLE tripoint_purger NOLOGIN NOINHERIT;
ROLE tripoint_sealer NOLOGIN NOINHERIT;
ROLE tripoint_service NOLOGIN NOINHERIT;
ROLE tripoint_watch NOLOGIN NOINHERIT;
TABLE base.agency (
  id text NOT NULL,
  country text NOT NULL,
  names jsonb NOT NULL,
  acronym text,
  ministry text,
  type text NOT NULL,
  contact jsonb,
  verified boolean NOT NULL DEFAULT false,
  unverified_items text[] NOT NULL DEFAULT '{}'::text[],
  source text NOT NULL,
  note text,
  revision integer NOT NULL DEFAULT 1,
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
TABLE base.alert (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  agency text NOT NULL,
  country text NOT NULL,
  trigger text NOT NULL,
  subscription uuid,
  incident uuid,
  notice uuid,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  nature text NOT NULL,
  kind text NOT NULL,
  severity text,
  certainty text,
  occurred_at timestamp with time zone NOT NULL,
  point public.geometry(Point,4326) NOT NULL,
  horizontal_accuracy_m double precision NOT NULL,
  border text,
  border_km double precision,
  incident_count integer,
  due_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  is_withdrawn boolean NOT NULL DEFAULT false,
  red_agency text GENERATED ALWAYS AS (
CASE
    WHEN (NOT is_withdrawn) THEN agency
    ELSE NULL::text
END) STORED,
  first_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  triggers text[] NOT NULL,
  subscriptions uuid[] NOT NULL,
  writes xid8[] NOT NULL DEFAULT ARRAY[pg_current_xact_id()],
  segment text,
  assessment uuid,
  reaction uuid
);
TABLE base.alert_queue (
  n bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  incident uuid NOT NULL,
  audience_before integer NOT NULL,
  red_before text,
  point_before public.geometry(Point,4326),
  closes boolean NOT NULL,
  agency text,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
TABLE base.api_key (
  id uuid NOT NULL,
  hash bytea NOT NULL,
  agency text NOT NULL,
  roles text[] NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  country text NOT NULL,
  name text,
  last_used_at timestamp with time zone,
  replaced_by uuid,
  is_demo boolean NOT NULL DEFAULT false
);
TABLE base.assistance (
  id uuid NOT NULL,
  notice uuid NOT NULL,
  incident uuid NOT NULL,
  agency text NOT NULL,
  country text NOT NULL,
  state text NOT NULL,
  outcome text,
  counts jsonb,
  at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
TABLE base.audit_entry (
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  agency text,
  country text,
  key_id uuid,
  subject text,
  roles text[],
  action text NOT NULL,
  operation text,
  method text,
  collection text NOT NULL,
  target text,
  target_readers integer NOT NULL DEFAULT 0,
  filter_hash bytea,
  row_count integer NOT NULL,
  shares integer[] NOT NULL,
  request_id text,
  purpose text,
  outcome text NOT NULL DEFAULT 'done'::text,
  detail text
);
TABLE base.audit_seal (
  id uuid NOT NULL,
  seq bigint NOT NULL,
  txid xid8 NOT NULL,
  entry bigint NOT NULL,
  readers integer NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
TABLE base.audit_sealing (
  is_only boolean NOT NULL DEFAULT true,
  done pg_snapshot NOT NULL,
  target pg_snapshot,
  last_txid xid8,
  last_entry bigint
);
TYPE base.audited (
  target text,
  bits integer,
  detail text
);
TABLE base.border (
  code text NOT NULL,
  countries text[] NOT NULL,
  names jsonb NOT NULL,
  line public.geometry(LineString,4326) NOT NULL,
  length_km double precision NOT NULL,
  official_length_km double precision,
  official_length_source text,
  other_published_lengths jsonb NOT NULL DEFAULT '[]'::jsonb,
  horizontal_accuracy_m double precision NOT NULL,
  horizontal_accuracy_note text,
  legal_basis jsonb NOT NULL DEFAULT '[]'::jsonb,
  source text NOT NULL,
  licence text,
  unverified_items text[] NOT NULL DEFAULT '{}'::text[],
  valid_from timestamp with time zone,
  correction uuid
);
TABLE base.border_edge (
  border text NOT NULL,
  seq integer NOT NULL,
  line public.geometry(LineString,4326) NOT NULL,
  geog public.geography(LineString,4326) GENERATED ALWAYS AS ((line)::public.geography) STORED,
  from_m double precision NOT NULL,
  length_m double precision NOT NULL
);
TABLE base.change (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  collection text NOT NULL,
  id text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  audience_before integer NOT NULL,
  audience_after integer NOT NULL,
  red_before text,
  red_after text,
  concern integer NOT NULL,
  nonce uuid NOT NULL DEFAULT gen_random_uuid(),
  agencies_before text[],
  agencies_after text[]
);
TYPE base.coordination_change (
  collection text,
  id text,
  lane uuid,
  audience_before integer,
  audience_after integer,
  red_before text,
  red_after text,
  agencies_before text[],
  agencies_after text[],
  concern integer
);
TABLE base.correction (
  id uuid NOT NULL,
  agency text NOT NULL,
  country text NOT NULL,
  participants text[] NOT NULL,
  touches text[] NOT NULL,
  source text NOT NULL,
  reason text,
  valid_from timestamp with time zone,
  features jsonb NOT NULL,
  proposal uuid,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  applied_at timestamp with time zone,
  closed_at timestamp with time zone,
  audience integer GENERATED ALWAYS AS (
CASE
    WHEN (applied_at IS NULL) THEN tripoint.country_bits((participants || country))
    ELSE 15
END) STORED,
  concern integer GENERATED ALWAYS AS (
CASE
    WHEN (applied_at IS NULL) THEN tripoint.country_bits((participants || country))
    ELSE 0
END) STORED
);
TYPE base.correction_feature (
  n integer,
  id text,
  is_removed boolean,
  properties jsonb,
  geometry public.geometry
);
TABLE base.country (
  code text NOT NULL,
  names jsonb NOT NULL,
  utc_offset text NOT NULL,
  time_zone text NOT NULL,
  area public.geometry(MultiPolygon,4326) NOT NULL,
  source text NOT NULL,
  licence text
);
TABLE base.country_part (
  country text NOT NULL,
  area public.geometry(Polygon,4326) NOT NULL
);
TABLE base.crossing (
  id text NOT NULL,
  border text NOT NULL,
  segment text NOT NULL,
  border_km double precision NOT NULL,
  point public.geometry(Point,4326) NOT NULL,
  geog public.geography(Point,4326) GENERATED ALWAYS AS ((point)::public.geography) STORED,
  kind text NOT NULL,
  names jsonb NOT NULL,
  aliases text[] NOT NULL DEFAULT '{}'::text[],
  alternatives text[] NOT NULL DEFAULT '{}'::text[],
  horizontal_accuracy_m double precision NOT NULL,
  position_method text,
  unverified_items text[] NOT NULL DEFAULT '{}'::text[],
  source text NOT NULL,
  licence text,
  valid_from timestamp with time zone,
  correction uuid
);
TABLE base.crossing_side (
  crossing text NOT NULL,
  country text NOT NULL,
  names jsonb NOT NULL,
  admin_unit jsonb,
  valid_from timestamp with time zone,
  correction uuid
);
TABLE base.crossing_status (
  id uuid NOT NULL,
  crossing text NOT NULL,
  country text NOT NULL,
  traffic text[] NOT NULL DEFAULT '{}'::text[],
  state text,
  reason text,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  source text NOT NULL,
  agency text,
  recorded_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  entering text,
  hours jsonb,
  withdrawn_at timestamp with time zone,
  withdrawn_by text,
  withdrawal_reason text
);
TABLE base.delivery (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  webhook uuid NOT NULL,
  agency text NOT NULL,
  alert uuid,
  lane uuid NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  next_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  give_up_at timestamp with time zone NOT NULL DEFAULT (clock_timestamp() + '3 days'::interval),
  claimed_until timestamp with time zone,
  attempt integer NOT NULL DEFAULT 0,
  attempts jsonb NOT NULL DEFAULT '[]'::jsonb,
  settled_at timestamp with time zone,
  collection text,
  subject text
);
TABLE base.distress_notice (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  incident uuid NOT NULL,
  nature text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  point public.geometry(Point,4326) NOT NULL,
  horizontal_accuracy_m double precision NOT NULL,
  in_need_best integer,
  in_need_low integer,
  in_need_high integer,
  borders text[] NOT NULL,
  audience integer NOT NULL,
  assistance_due_at timestamp with time zone,
  assisted_at timestamp with time zone,
  incident_agency text NOT NULL,
  incident_audience integer NOT NULL DEFAULT 0,
  incident_red_agency text
);
TABLE base.double_decision (
  n bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  earlier uuid NOT NULL,
  later uuid NOT NULL,
  country text NOT NULL,
  agency text NOT NULL,
  decision text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  own_audience integer NOT NULL,
  concern integer NOT NULL
);
TABLE base.double_queue (
  n bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  incident uuid NOT NULL
);
TABLE base.feed (
  is_one boolean NOT NULL DEFAULT true,
  secret bytea,
  clock_at timestamp with time zone,
  birth uuid,
  purged_xid xid8,
  purged_collection text,
  purged_id text,
  purged_nonce uuid,
  reset_mark uuid,
  lost_at timestamp with time zone
);
TYPE base.foot (
  border text,
  chainage_m double precision,
  distance_m double precision
);
TABLE base.impact_assessment (
  id uuid NOT NULL,
  segment text NOT NULL,
  country text NOT NULL,
  agency text NOT NULL,
  level text NOT NULL,
  aspects text[] NOT NULL,
  rationale text NOT NULL,
  evidence text[] NOT NULL DEFAULT '{}'::text[],
  review_due_at timestamp with time zone NOT NULL,
  lasts_days integer,
  tlp text NOT NULL,
  releasable_to text[] NOT NULL DEFAULT '{}'::text[],
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  assessed_at timestamp with time zone,
  assessed_by text,
  declined_at timestamp with time zone,
  decline_reason text,
  open_until timestamp with time zone,
  agreed_at timestamp with time zone,
  valid_to timestamp with time zone,
  ended_at timestamp with time zone,
  settled_at timestamp with time zone,
  audience integer NOT NULL GENERATED ALWAYS AS (
CASE
    WHEN (assessed_at IS NULL) THEN tripoint.country_bits(ARRAY[country])
    ELSE tripoint.audience(tlp, country, releasable_to)
END) STORED
);
TABLE base.incident WITH (autovacuum_vacuum_insert_scale_factor=0, autovacuum_vacuum_insert_threshold=2000) (
  id uuid NOT NULL,
  kind text NOT NULL,
  severity text NOT NULL,
  certainty text NOT NULL,
  nature text NOT NULL,
  state text NOT NULL DEFAULT 'open'::text,
  occurred_at timestamp with time zone NOT NULL,
  occurred_until timestamp with time zone,
  reported_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  point public.geometry(Point,4326) NOT NULL,
  geog public.geography(Point,4326) GENERATED ALWAYS AS ((point)::public.geography) STORED,
  horizontal_accuracy_m double precision NOT NULL,
  place_text text,
  description text,
  counts_best integer,
  counts_low integer,
  counts_high integer,
  source text NOT NULL DEFAULT ''::text,
  external_id text,
  owner text NOT NULL,
  agency text NOT NULL,
  tlp text NOT NULL DEFAULT 'AMBER+STRICT'::text,
  releasable_to text[] NOT NULL DEFAULT '{}'::text[],
  content_hash bytea NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  country text,
  candidates text[],
  border text,
  segment text,
  border_km double precision,
  distance_to_border_m double precision,
  period tstzrange GENERATED ALWAYS AS (tstzrange(occurred_at, COALESCE(occurred_until, occurred_at), '[]'::text)) STORED,
  audience integer GENERATED ALWAYS AS (tripoint.audience(tlp, owner, releasable_to)) STORED,
  red_agency text GENERATED ALWAYS AS (
CASE tlp
    WHEN 'RED'::text THEN agency
    ELSE NULL::text
END) STORED,
  access_note text
);
TABLE base.incident_acknowledgement (
  incident uuid NOT NULL,
  agency text NOT NULL,
  country text NOT NULL,
  owner text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
TABLE base.incident_cell WITH (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=10000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_vacuum_insert_threshold=10000) (
  level smallint NOT NULL,
  cell integer NOT NULL,
  class integer NOT NULL,
  n integer NOT NULL
);
TABLE base.incident_cell_day (
  level smallint NOT NULL,
  cell integer NOT NULL,
  day date NOT NULL,
  class integer NOT NULL,
  n integer NOT NULL
);
TABLE base.incident_cell_delta (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  cell integer NOT NULL,
  day date NOT NULL,
  kind text NOT NULL,
  severity text NOT NULL,
  nature text NOT NULL,
  audience integer NOT NULL,
  concern integer NOT NULL,
  n integer NOT NULL
);
TABLE base.incident_class (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  severity text NOT NULL,
  nature text NOT NULL,
  audience integer NOT NULL,
  concern integer NOT NULL
);
TABLE base.incident_double (
  earlier uuid NOT NULL,
  later uuid NOT NULL,
  earlier_owner text NOT NULL,
  later_owner text NOT NULL,
  audience integer NOT NULL,
  red_agency text,
  concern integer NOT NULL,
  made_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
TABLE base.incident_due (
  incident uuid NOT NULL,
  due_at timestamp with time zone NOT NULL
);
TABLE base.incident_request (
  id uuid NOT NULL,
  incident uuid,
  agency text NOT NULL,
  country text NOT NULL,
  owner text,
  kind text NOT NULL,
  needs text[] NOT NULL,
  recipients text[] NOT NULL,
  readers integer NOT NULL,
  due_at timestamp with time zone NOT NULL,
  text text NOT NULL,
  state text NOT NULL DEFAULT 'open'::text,
  answer text,
  answered_by text,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  zone text,
  segment text,
  crossing text,
  place public.geometry(Point,4326)
);
TABLE base.incident_response (
  id uuid NOT NULL,
  incident uuid NOT NULL,
  agency text NOT NULL,
  country text NOT NULL,
  owner text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  text text,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  own_audience integer,
  planned_at timestamp with time zone,
  in_progress_at timestamp with time zone,
  done_at timestamp with time zone
);
TABLE base.incident_text WITH (toast_tuple_target=8160) (
  id uuid NOT NULL,
  shape smallint NOT NULL,
  audience integer NOT NULL,
  red_agency text,
  nested text NOT NULL,
  flat text NOT NULL
);
TABLE base.incident_text_renewal (
  is_only boolean NOT NULL DEFAULT true,
  shape smallint NOT NULL,
  last_id uuid
);
TABLE base.incident_zone (
  zone text NOT NULL,
  incident uuid NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  relation text NOT NULL,
  audience integer NOT NULL,
  red_agency text,
  revision integer NOT NULL
);
TABLE base.indicator (
  id uuid NOT NULL,
  crossing text NOT NULL,
  country text NOT NULL,
  entering text,
  day date NOT NULL,
  traffic text,
  passengers integer,
  vehicles integer,
  trucks integer,
  median_waiting_minutes double precision,
  method text NOT NULL,
  agency text NOT NULL,
  note text,
  audience integer NOT NULL DEFAULT 14,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
TABLE base.installation (
  is_only boolean NOT NULL DEFAULT true,
  system_identifier text NOT NULL,
  database oid NOT NULL,
  object oid NOT NULL,
  folder uuid,
  settled_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
TABLE base.joint_consent (
  id uuid NOT NULL,
  proposal uuid NOT NULL,
  country text NOT NULL,
  agency text NOT NULL,
  decision text NOT NULL,
  reason text,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
TABLE base.joint_proposal (
  id uuid NOT NULL,
  subject_type text NOT NULL,
  subject text NOT NULL,
  path text NOT NULL,
  participants text[] NOT NULL,
  country text NOT NULL,
  agency text NOT NULL,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  open_until timestamp with time zone NOT NULL,
  agreed_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_as text,
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  audience integer NOT NULL GENERATED ALWAYS AS (tripoint.country_bits(participants)) STORED
);
TABLE base.kind_limit (
  kind text NOT NULL,
  acknowledge_within interval NOT NULL DEFAULT '24:00:00'::interval,
  assist_within interval
);
TABLE base.legal_hold (
  incident uuid NOT NULL,
  country text NOT NULL,
  agency text NOT NULL,
  reason text NOT NULL,
  placed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
TABLE base.lost_head (
  seal uuid NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  noticed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  accepted_at timestamp with time zone
);
TABLE base.mandate (
  id text NOT NULL,
  agency text NOT NULL,
  function text NOT NULL,
  rank text NOT NULL,
  scope_type text NOT NULL,
  scope_id text NOT NULL,
  valid_from timestamp with time zone,
  valid_from_precision text,
  valid_to timestamp with time zone,
  source text NOT NULL,
  verified boolean NOT NULL DEFAULT false,
  note text,
  revision integer NOT NULL DEFAULT 1,
  updated_at timestamp with time zone NOT NULL DEFAULT now()
);
TABLE base.offer (
  id uuid NOT NULL,
  agency text NOT NULL,
  owner text NOT NULL,
  kind text NOT NULL,
  quantity integer NOT NULL,
  text text,
  point public.geometry(Point,4326) NOT NULL,
  place_text text,
  available_from timestamp with time zone NOT NULL,
  available_until timestamp with time zone,
  tlp text NOT NULL DEFAULT 'AMBER+STRICT'::text,
  releasable_to text[] NOT NULL DEFAULT '{}'::text[],
  revision integer NOT NULL DEFAULT 1,
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  audience integer GENERATED ALWAYS AS (tripoint.audience(tlp, owner, releasable_to)) STORED,
  red_agency text GENERATED ALWAYS AS (
CASE tlp
    WHEN 'RED'::text THEN agency
    ELSE NULL::text
END) STORED
);
TYPE base.placement (
  country text,
  candidates text[],
  border text,
  segment text,
  border_km double precision,
  distance_m double precision,
  line_accuracy_m double precision
);
TABLE base.procedure_version (
  procedure uuid NOT NULL,
  version integer NOT NULL,
  zone text,
  segment text,
  crossing text,
  country text NOT NULL,
  agency text NOT NULL,
  names jsonb NOT NULL,
  purpose text NOT NULL,
  documents jsonb NOT NULL,
  participants text[] NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  proposal uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  open_until timestamp with time zone NOT NULL,
  agreed_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_as text,
  replaced_at timestamp with time zone,
  name text GENERATED ALWAYS AS ((((procedure)::text || '/'::text) || (version)::text)) STORED,
  audience integer NOT NULL GENERATED ALWAYS AS (tripoint.country_bits(participants)) STORED,
  effective tstzrange GENERATED ALWAYS AS (
CASE
    WHEN ((agreed_at IS NOT NULL) AND (GREATEST(agreed_at, valid_from) < COALESCE(LEAST(valid_to, ended_at, replaced_at), 'infinity'::timestamp with time zone))) THEN tstzrange(GREATEST(agreed_at, valid_from), LEAST(valid_to, ended_at, replaced_at))
    ELSE NULL::tstzrange
END) STORED
);
TABLE base.rate_lease (
  minute timestamp with time zone NOT NULL,
  share bytea NOT NULL,
  used integer NOT NULL
);
TABLE base.reaction (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  assessment uuid NOT NULL,
  segment text NOT NULL,
  country text NOT NULL,
  kind text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  done_at timestamp with time zone,
  done_by text,
  note text,
  cancelled_at timestamp with time zone,
  alerted_at timestamp with time zone,
  audience integer NOT NULL
);
TABLE base.reaction_rule (
  kind text NOT NULL,
  level text NOT NULL,
  due_within interval NOT NULL,
  task text NOT NULL,
  source text NOT NULL
);
TABLE base.reference_version (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  collection text NOT NULL,
  id text NOT NULL,
  content jsonb NOT NULL,
  geometry public.geometry(Geometry,4326),
  valid_from timestamp with time zone,
  valid_to timestamp with time zone NOT NULL,
  correction uuid,
  ended_by uuid
);
TABLE base.refused_attempt (
  hour timestamp with time zone NOT NULL,
  key_id uuid,
  subject text,
  agency text,
  country text,
  status integer NOT NULL,
  collection text NOT NULL,
  owner text,
  attempts integer NOT NULL,
  objects integer NOT NULL
);
TABLE base.report (
  id uuid NOT NULL,
  incident uuid NOT NULL,
  agency text NOT NULL,
  at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  text text,
  severity text,
  certainty text,
  state text,
  counts jsonb,
  point public.geometry(Point,4326),
  horizontal_accuracy_m double precision,
  audience integer NOT NULL DEFAULT 0,
  red_agency text,
  owner text NOT NULL,
  incident_owner text NOT NULL,
  tlp text,
  releasable_to text[] NOT NULL DEFAULT '{}'::text[],
  own_audience integer GENERATED ALWAYS AS (
CASE
    WHEN (tlp IS NOT NULL) THEN (tripoint.audience(tlp, owner, releasable_to) |
    CASE tlp
        WHEN 'RED'::text THEN 0
        ELSE tripoint.country_bits(ARRAY[incident_owner])
    END)
    ELSE NULL::integer
END) STORED,
  own_red_agency text GENERATED ALWAYS AS (
CASE tlp
    WHEN 'RED'::text THEN agency
    ELSE NULL::text
END) STORED
);
TABLE base.schema_file (
  path text NOT NULL,
  checksum text NOT NULL,
  objects text[] NOT NULL DEFAULT '{}'::text[],
  applied_at timestamp with time zone NOT NULL DEFAULT now()
);
TABLE base.schema_program (
  is_only boolean NOT NULL DEFAULT true,
  program integer NOT NULL,
  oldest_program integer NOT NULL
);
TABLE base.segment (
  id text NOT NULL,
  border text NOT NULL,
  sequence integer NOT NULL,
  from_km double precision NOT NULL,
  to_km double precision NOT NULL,
  line public.geometry(LineString,4326) NOT NULL,
  geog public.geography(LineString,4326) GENERATED ALWAYS AS ((line)::public.geography) STORED,
  name_basis text,
  admin_units jsonb NOT NULL DEFAULT '{}'::jsonb,
  horizontal_accuracy_m double precision NOT NULL,
  impact_level text,
  source text NOT NULL,
  licence text,
  names jsonb NOT NULL,
  unverified_items text[] NOT NULL DEFAULT '{}'::text[],
  valid_from timestamp with time zone,
  correction uuid
);
TABLE base.session (
  id uuid NOT NULL,
  hash bytea NOT NULL,
  key_id uuid,
  subject text,
  roles text[],
  agency text NOT NULL,
  country text NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  last_used_at timestamp with time zone NOT NULL DEFAULT now(),
  ends_at timestamp with time zone NOT NULL
);
TABLE base.shift (
  id uuid NOT NULL,
  agency text NOT NULL,
  country text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  crossing text,
  previous uuid,
  opened_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  opened_by text NOT NULL,
  offers integer NOT NULL DEFAULT 0,
  offered_at timestamp with time zone,
  offered_by text,
  remark text,
  is_complete boolean,
  closed_at timestamp with time zone,
  closed_by text,
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  state text NOT NULL GENERATED ALWAYS AS (
CASE
    WHEN (closed_at IS NOT NULL) THEN 'closed'::text
    WHEN (offered_at IS NOT NULL) THEN 'offered'::text
    ELSE 'open'::text
END) STORED
);
TABLE base.shift_item (
  shift uuid NOT NULL,
  kind text NOT NULL,
  id uuid NOT NULL,
  incident uuid,
  due_at timestamp with time zone
);
TABLE base.shift_note (
  id uuid NOT NULL,
  shift uuid NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  signer text NOT NULL,
  text text NOT NULL
);
TYPE base.standing (
  audience integer,
  red text,
  concern integer
);
TABLE base.subscription (
  id uuid NOT NULL,
  agency text NOT NULL,
  country text NOT NULL,
  bits integer NOT NULL,
  name text,
  zone text,
  segment text,
  crossing text,
  within_m double precision,
  filter jsonb,
  kinds text[],
  minimum_severity text,
  natures text[] NOT NULL,
  triggers text[] NOT NULL,
  threshold_incidents integer,
  threshold_minutes integer,
  hysteresis_m double precision NOT NULL,
  enabled boolean NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  since timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  suspended_at timestamp with time zone,
  suspended_ms integer,
  suspended_incidents integer
);
TABLE base.subscription_match (
  subscription uuid NOT NULL,
  incident uuid NOT NULL,
  occurred_at timestamp with time zone NOT NULL
);
TABLE base.webhook (
  id uuid NOT NULL,
  agency text NOT NULL,
  country text NOT NULL,
  url text NOT NULL,
  triggers text[],
  is_enabled boolean NOT NULL DEFAULT true,
  secret bytea NOT NULL,
  old_secret bytea,
  old_secret_until timestamp with time zone,
  verified_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  failures integer NOT NULL DEFAULT 0,
  last_error text,
  open_until timestamp with time zone,
  coordination text[]
);
TABLE base.world (
  is_only boolean NOT NULL DEFAULT true,
  id text NOT NULL,
  kind text NOT NULL,
  names jsonb,
  purpose text,
  participants text[],
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  stamped_at timestamp with time zone,
  ended_at timestamp with time zone,
  made_at timestamp with time zone
);
TABLE base.zone (
  id text NOT NULL,
  country text NOT NULL,
  agency text,
  author text,
  kind text NOT NULL,
  names jsonb NOT NULL,
  purpose text,
  participants text[] NOT NULL,
  area public.geometry(MultiPolygon,4326) NOT NULL,
  derived_from jsonb,
  horizontal_accuracy_m double precision,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  legal_act jsonb,
  notes jsonb,
  tlp text NOT NULL,
  releasable_to text[] NOT NULL,
  source text,
  revision integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  proposed_at timestamp with time zone,
  agreed_at timestamp with time zone,
  suspended_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  replaced_at timestamp with time zone,
  asked_after integer NOT NULL,
  name text GENERATED ALWAYS AS (((id || '/'::text) || (revision)::text)) STORED,
  area_km2 double precision GENERATED ALWAYS AS ((public.st_area((area)::public.geography) / ('1000000'::numeric)::double precision)) STORED,
  starts_at timestamp with time zone GENERATED ALWAYS AS (
CASE
    WHEN ((agreed_at IS NOT NULL) AND (GREATEST(agreed_at, valid_from) <= COALESCE(withdrawn_at, 'infinity'::timestamp with time zone))) THEN GREATEST(agreed_at, valid_from)
    ELSE NULL::timestamp with time zone
END) STORED,
  effective tstzrange GENERATED ALWAYS AS (
CASE
    WHEN ((agreed_at IS NOT NULL) AND (GREATEST(agreed_at, valid_from) < COALESCE(LEAST(valid_to, suspended_at, withdrawn_at, replaced_at), 'infinity'::timestamp with time zone))) THEN tstzrange(GREATEST(agreed_at, valid_from), LEAST(valid_to, suspended_at, withdrawn_at, replaced_at))
    ELSE NULL::tstzrange
END) STORED,
  audience integer GENERATED ALWAYS AS (
CASE
    WHEN (tlp = 'RED'::text) THEN 0
    ELSE ((tripoint.country_bits(ARRAY[country]) |
    CASE
        WHEN (proposed_at IS NOT NULL) THEN tripoint.country_bits(participants)
        ELSE 0
    END) |
    CASE
        WHEN (agreed_at IS NOT NULL) THEN tripoint.audience(tlp, country, releasable_to)
        ELSE 0
    END)
END) STORED,
  red_agency text GENERATED ALWAYS AS (
CASE tlp
    WHEN 'RED'::text THEN agency
    ELSE NULL::text
END) STORED,
  face integer NOT NULL,
  shown_to integer NOT NULL,
  shown_during tstzrange NOT NULL
);
TABLE base.zone_consent (
  id uuid NOT NULL,
  zone text NOT NULL,
  n integer NOT NULL,
  revision integer NOT NULL,
  country text NOT NULL,
  agency text NOT NULL,
  decision text NOT NULL,
  reason text,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
);
TABLE base.zone_edge (
  zone text NOT NULL,
  line public.geometry(LineString,4326) NOT NULL,
  geog public.geography(LineString,4326) GENERATED ALWAYS AS ((line)::public.geography) STORED,
  revision integer NOT NULL
);
TABLE base.zone_part (
  zone text NOT NULL,
  area public.geometry(Polygon,4326) NOT NULL,
  revision integer NOT NULL
);
TABLE base.zone_revision (
  id text NOT NULL,
  country text NOT NULL,
  agency text,
  author text,
  kind text NOT NULL,
  names jsonb NOT NULL,
  purpose text,
  participants text[] NOT NULL,
  area public.geometry(MultiPolygon,4326) NOT NULL,
  derived_from jsonb,
  horizontal_accuracy_m double precision,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  legal_act jsonb,
  notes jsonb,
  tlp text NOT NULL,
  releasable_to text[] NOT NULL DEFAULT '{}'::text[],
  source text,
  revision integer NOT NULL DEFAULT 1,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  proposed_at timestamp with time zone,
  agreed_at timestamp with time zone,
  suspended_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  replaced_at timestamp with time zone,
  asked_after integer NOT NULL DEFAULT 0,
  name text GENERATED ALWAYS AS (((id || '/'::text) || (revision)::text)) STORED,
  area_km2 double precision GENERATED ALWAYS AS ((public.st_area((area)::public.geography) / ('1000000'::numeric)::double precision)) STORED,
  starts_at timestamp with time zone GENERATED ALWAYS AS (
CASE
    WHEN ((agreed_at IS NOT NULL) AND (GREATEST(agreed_at, valid_from) <= COALESCE(withdrawn_at, 'infinity'::timestamp with time zone))) THEN GREATEST(agreed_at, valid_from)
    ELSE NULL::timestamp with time zone
END) STORED,
  effective tstzrange GENERATED ALWAYS AS (
CASE
    WHEN ((agreed_at IS NOT NULL) AND (GREATEST(agreed_at, valid_from) < COALESCE(LEAST(valid_to, suspended_at, withdrawn_at, replaced_at), 'infinity'::timestamp with time zone))) THEN tstzrange(GREATEST(agreed_at, valid_from), LEAST(valid_to, suspended_at, withdrawn_at, replaced_at))
    ELSE NULL::tstzrange
END) STORED,
  audience integer GENERATED ALWAYS AS (
CASE
    WHEN (tlp = 'RED'::text) THEN 0
    ELSE ((tripoint.country_bits(ARRAY[country]) |
    CASE
        WHEN (proposed_at IS NOT NULL) THEN tripoint.country_bits(participants)
        ELSE 0
    END) |
    CASE
        WHEN (agreed_at IS NOT NULL) THEN tripoint.audience(tlp, country, releasable_to)
        ELSE 0
    END)
END) STORED,
  red_agency text GENERATED ALWAYS AS (
CASE tlp
    WHEN 'RED'::text THEN agency
    ELSE NULL::text
END) STORED
);
VIEW tripoint.agency WITH (check_option=local) (
  id text,
  country text,
  names jsonb,
  acronym text,
  ministry text,
  type text,
  contact jsonb,
  verified boolean,
  unverified_items text[],
  source text,
  note text,
  revision integer,
  updated_at timestamp with time zone
);
VIEW tripoint.alert WITH (check_option=local) (
  id uuid,
  agency text,
  trigger text,
  subscription uuid,
  incident uuid,
  notice uuid,
  at timestamp with time zone,
  nature text,
  kind text,
  severity text,
  certainty text,
  occurred_at timestamp with time zone,
  point public.geometry(Point,4326),
  horizontal_accuracy_m double precision,
  border text,
  border_km double precision,
  incident_count integer,
  due_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  first_at timestamp with time zone,
  updated_at timestamp with time zone,
  revision integer,
  segment text,
  assessment uuid,
  reaction uuid,
  triggers text[],
  subscriptions uuid[],
  concern integer
);
VIEW tripoint.api_key WITH (check_option=local) (
  id uuid,
  hash bytea,
  agency text,
  country text,
  roles text[],
  name text,
  created_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  replaced_by uuid,
  is_demo boolean
);
VIEW tripoint.assistance WITH (check_option=local) (
  id uuid,
  notice uuid,
  agency text,
  country text,
  state text,
  outcome text,
  counts jsonb,
  at timestamp with time zone,
  recorded_at timestamp with time zone
);
VIEW tripoint.audit_entry (
  id uuid,
  at timestamp with time zone,
  agency text,
  country text,
  action text,
  operation text,
  method text,
  collection text,
  outcome text,
  purpose text,
  detail text,
  target text,
  key_id uuid,
  subject text,
  roles text[],
  request_id text,
  filter_hash bytea,
  row_count integer,
  countries text[]
);
VIEW tripoint.border (
  code text,
  countries text[],
  names jsonb,
  line public.geometry(LineString,4326),
  length_km double precision,
  official_length_km double precision,
  official_length_source text,
  other_published_lengths jsonb,
  horizontal_accuracy_m double precision,
  horizontal_accuracy_note text,
  legal_basis jsonb,
  unverified_items text[],
  source text,
  licence text,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  correction uuid
);
VIEW tripoint.border_edge (
  border text,
  seq integer,
  line public.geometry(LineString,4326),
  geog public.geography(LineString,4326),
  from_m double precision,
  length_m double precision
);
VIEW tripoint.border_version (
  code text,
  countries text[],
  names jsonb,
  line public.geometry(LineString,4326),
  length_km double precision,
  official_length_km double precision,
  official_length_source text,
  other_published_lengths jsonb,
  horizontal_accuracy_m double precision,
  horizontal_accuracy_note text,
  legal_basis jsonb,
  unverified_items text[],
  source text,
  licence text,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  correction uuid
);
VIEW tripoint.change (
  xid xid8,
  collection text,
  id text,
  nonce uuid,
  at timestamp with time zone,
  op text,
  concern integer,
  was_seen boolean
);
VIEW tripoint.correction WITH (check_option=local) (
  id uuid,
  agency text,
  country text,
  participants text[],
  touches text[],
  source text,
  reason text,
  valid_from timestamp with time zone,
  features jsonb,
  proposal uuid,
  created_at timestamp with time zone,
  applied_at timestamp with time zone,
  concern integer
);
VIEW tripoint.country (
  code text,
  names jsonb,
  utc_offset text,
  time_zone text,
  area public.geometry(MultiPolygon,4326),
  source text,
  licence text
);
VIEW tripoint.crossing (
  id text,
  border text,
  segment text,
  border_km double precision,
  point public.geometry(Point,4326),
  geog public.geography(Point,4326),
  kind text,
  names jsonb,
  aliases text[],
  alternatives text[],
  horizontal_accuracy_m double precision,
  position_method text,
  unverified_items text[],
  source text,
  licence text,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  correction uuid
);
VIEW tripoint.crossing_side (
  crossing text,
  country text,
  names jsonb,
  admin_unit jsonb
);
VIEW tripoint.crossing_side_version (
  crossing text,
  country text,
  names jsonb,
  admin_unit jsonb,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone
);
VIEW tripoint.crossing_status WITH (check_option=local) (
  id uuid,
  crossing text,
  country text,
  entering text,
  traffic text[],
  state text,
  hours jsonb,
  reason text,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  source text,
  agency text,
  recorded_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  withdrawn_by text,
  withdrawal_reason text
);
VIEW tripoint.crossing_version (
  id text,
  border text,
  segment text,
  border_km double precision,
  point public.geometry(Point,4326),
  geog public.geography(Point,4326),
  kind text,
  names jsonb,
  aliases text[],
  alternatives text[],
  horizontal_accuracy_m double precision,
  position_method text,
  unverified_items text[],
  source text,
  licence text,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  correction uuid
);
VIEW tripoint.delivery (
  id uuid,
  webhook uuid,
  alert uuid,
  collection text,
  subject text,
  state text,
  attempts jsonb,
  created_at timestamp with time zone,
  next_at timestamp with time zone
);
VIEW tripoint.distress_notice (
  id uuid,
  nature text,
  occurred_at timestamp with time zone,
  point public.geometry(Point,4326),
  horizontal_accuracy_m double precision,
  in_need_best integer,
  in_need_low integer,
  in_need_high integer,
  borders text[],
  concern integer,
  incident uuid,
  assistance_due_at timestamp with time zone,
  assisted_at timestamp with time zone,
  may_assist boolean
);
VIEW tripoint.double_decision WITH (check_option=local) (
  n bigint,
  earlier uuid,
  later uuid,
  country text,
  agency text,
  decision text,
  at timestamp with time zone,
  concern integer
);
VIEW tripoint.feed (
  secret bytea,
  birth uuid,
  xid xid8,
  collection text,
  id text,
  nonce uuid,
  reset_mark uuid,
  held_since timestamp with time zone
);
VIEW tripoint.impact_assessment WITH (check_option=local) (
  id uuid,
  segment text,
  country text,
  agency text,
  level text,
  aspects text[],
  rationale text,
  evidence text[],
  review_due_at timestamp with time zone,
  lasts_days integer,
  tlp text,
  releasable_to text[],
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  assessed_at timestamp with time zone,
  assessed_by text,
  declined_at timestamp with time zone,
  decline_reason text,
  open_until timestamp with time zone,
  agreed_at timestamp with time zone,
  valid_to timestamp with time zone,
  ended_at timestamp with time zone,
  state text,
  concern integer
);
VIEW tripoint.incident WITH (check_option=local) (
  id uuid,
  kind text,
  severity text,
  certainty text,
  nature text,
  state text,
  occurred_at timestamp with time zone,
  occurred_until timestamp with time zone,
  reported_at timestamp with time zone,
  updated_at timestamp with time zone,
  point public.geometry(Point,4326),
  geog public.geography(Point,4326),
  horizontal_accuracy_m double precision,
  place_text text,
  description text,
  counts_best integer,
  counts_low integer,
  counts_high integer,
  source text,
  external_id text,
  owner text,
  agency text,
  tlp text,
  releasable_to text[],
  content_hash bytea,
  revision integer,
  country text,
  candidates text[],
  border text,
  segment text,
  border_km double precision,
  distance_to_border_m double precision,
  period tstzrange,
  access_note text
);
VIEW tripoint.incident_acknowledgement WITH (check_option=local) (
  incident uuid,
  agency text,
  country text,
  at timestamp with time zone,
  concern integer
);
VIEW tripoint.incident_cell (
  level smallint,
  cell integer,
  class integer,
  kind text,
  severity text,
  nature text,
  concern integer,
  n integer
);
VIEW tripoint.incident_cell_day (
  level smallint,
  cell integer,
  day date,
  class integer,
  kind text,
  severity text,
  nature text,
  concern integer,
  n integer
);
VIEW tripoint.incident_cell_delta (
  id bigint,
  cell integer,
  day date,
  kind text,
  severity text,
  nature text,
  concern integer,
  n integer
);
VIEW tripoint.incident_double (
  earlier uuid,
  later uuid,
  made_at timestamp with time zone,
  concern integer,
  state text,
  updated_at timestamp with time zone
);
VIEW tripoint.incident_request WITH (check_option=local) (
  id uuid,
  incident uuid,
  agency text,
  country text,
  kind text,
  needs text[],
  recipients text[],
  due_at timestamp with time zone,
  text text,
  state text,
  answer text,
  answered_by text,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  concern integer,
  zone text,
  segment text,
  crossing text,
  place public.geometry(Point,4326)
);
VIEW tripoint.incident_response WITH (check_option=local) (
  id uuid,
  incident uuid,
  agency text,
  country text,
  kind text,
  state text,
  text text,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  planned_at timestamp with time zone,
  in_progress_at timestamp with time zone,
  done_at timestamp with time zone,
  concern integer
);
VIEW tripoint.incident_text (
  id uuid,
  shape smallint,
  nested text,
  flat text
);
VIEW tripoint.incident_zone (
  zone text,
  revision integer,
  incident uuid,
  occurred_at timestamp with time zone,
  relation text
);
VIEW tripoint.indicator WITH (check_option=local) (
  id uuid,
  crossing text,
  country text,
  entering text,
  day date,
  traffic text,
  passengers integer,
  vehicles integer,
  trucks integer,
  median_waiting_minutes double precision,
  method text,
  agency text,
  note text,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  concern integer
);
VIEW tripoint.joint_consent WITH (check_option=local) (
  id uuid,
  proposal uuid,
  country text,
  agency text,
  decision text,
  reason text,
  at timestamp with time zone
);
VIEW tripoint.joint_proposal WITH (check_option=local) (
  id uuid,
  subject_type text,
  subject text,
  path text,
  participants text[],
  country text,
  agency text,
  proposed_at timestamp with time zone,
  open_until timestamp with time zone,
  agreed_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_as text,
  updated_at timestamp with time zone,
  state text,
  concern integer
);
VIEW tripoint.legal_hold WITH (check_option=local) (
  incident uuid,
  country text,
  agency text,
  reason text,
  placed_at timestamp with time zone
);
VIEW tripoint.mandate WITH (check_option=local) (
  id text,
  agency text,
  function text,
  rank text,
  scope_type text,
  scope_id text,
  valid_from timestamp with time zone,
  valid_from_precision text,
  valid_to timestamp with time zone,
  source text,
  verified boolean,
  note text,
  revision integer,
  updated_at timestamp with time zone
);
VIEW tripoint.offer WITH (check_option=local) (
  id uuid,
  agency text,
  owner text,
  kind text,
  quantity integer,
  text text,
  point public.geometry(Point,4326),
  place_text text,
  available_from timestamp with time zone,
  available_until timestamp with time zone,
  tlp text,
  releasable_to text[],
  revision integer,
  updated_at timestamp with time zone
);
VIEW tripoint.own_red_incident (
  id uuid,
  point public.geometry(Point,4326),
  cell integer,
  kind text,
  severity text,
  nature text,
  occurred_at timestamp with time zone,
  period tstzrange,
  owner text,
  tlp text
);
VIEW tripoint.procedure_version WITH (check_option=local) (
  procedure uuid,
  version integer,
  zone text,
  segment text,
  crossing text,
  country text,
  agency text,
  names jsonb,
  purpose text,
  documents jsonb,
  participants text[],
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  proposal uuid,
  proposed_at timestamp with time zone,
  open_until timestamp with time zone,
  agreed_at timestamp with time zone,
  ended_at timestamp with time zone,
  effective tstzrange,
  state text,
  name text,
  concern integer
);
VIEW tripoint.reaction WITH (check_option=local) (
  id uuid,
  assessment uuid,
  segment text,
  country text,
  kind text,
  due_at timestamp with time zone,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  done_at timestamp with time zone,
  done_by text,
  note text,
  cancelled_at timestamp with time zone,
  state text,
  overdue boolean,
  concern integer
);
VIEW tripoint.reaction_rule (
  kind text,
  level text,
  due_within interval,
  task text,
  source text
);
VIEW tripoint.report WITH (check_option=local) (
  id uuid,
  incident uuid,
  agency text,
  at timestamp with time zone,
  recorded_at timestamp with time zone,
  text text,
  severity text,
  certainty text,
  state text,
  counts jsonb,
  point public.geometry(Point,4326),
  horizontal_accuracy_m double precision,
  owner text,
  tlp text,
  releasable_to text[]
);
VIEW tripoint.schema_file (
  path text,
  checksum text
);
VIEW tripoint.schema_program (
  program integer,
  oldest_program integer
);
VIEW tripoint.segment (
  id text,
  border text,
  sequence integer,
  from_km double precision,
  to_km double precision,
  line public.geometry(LineString,4326),
  geog public.geography(LineString,4326),
  names jsonb,
  name_basis text,
  admin_units jsonb,
  horizontal_accuracy_m double precision,
  impact_level text,
  unverified_items text[],
  source text,
  licence text,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  correction uuid
);
VIEW tripoint.segment_version (
  id text,
  border text,
  sequence integer,
  from_km double precision,
  to_km double precision,
  line public.geometry(LineString,4326),
  geog public.geography(LineString,4326),
  names jsonb,
  name_basis text,
  admin_units jsonb,
  horizontal_accuracy_m double precision,
  impact_level text,
  unverified_items text[],
  source text,
  licence text,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  correction uuid
);
VIEW tripoint.shift WITH (check_option=local) (
  id uuid,
  agency text,
  country text,
  kind text,
  name text,
  crossing text,
  previous uuid,
  opened_at timestamp with time zone,
  opened_by text,
  offers integer,
  offered_at timestamp with time zone,
  offered_by text,
  remark text,
  is_complete boolean,
  closed_at timestamp with time zone,
  closed_by text,
  updated_at timestamp with time zone,
  state text,
  concern integer
);
VIEW tripoint.shift_act (
  id uuid,
  shift uuid,
  at timestamp with time zone,
  signer text,
  action text,
  operation text,
  collection text,
  target text,
  row_count integer,
  concern integer
);
VIEW tripoint.shift_item WITH (check_option=local) (
  shift uuid,
  kind text,
  id uuid,
  incident uuid,
  due_at timestamp with time zone,
  concern integer
);
VIEW tripoint.shift_note WITH (check_option=local) (
  id uuid,
  shift uuid,
  at timestamp with time zone,
  signer text,
  text text,
  concern integer
);
VIEW tripoint.subscription WITH (check_option=local) (
  id uuid,
  agency text,
  name text,
  zone text,
  segment text,
  crossing text,
  within_m double precision,
  filter jsonb,
  kinds text[],
  minimum_severity text,
  natures text[],
  triggers text[],
  threshold_incidents integer,
  threshold_minutes integer,
  hysteresis_m double precision,
  enabled boolean,
  revision integer,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  suspended_at timestamp with time zone,
  suspended_ms integer,
  suspended_incidents integer
);
VIEW tripoint.webhook WITH (check_option=local) (
  id uuid,
  agency text,
  country text,
  url text,
  triggers text[],
  coordination text[],
  is_enabled boolean,
  secret bytea,
  old_secret_until timestamp with time zone,
  verified_at timestamp with time zone,
  created_at timestamp with time zone,
  failures integer,
  last_error text,
  open_until timestamp with time zone
);
VIEW tripoint.world (
  id text,
  kind text,
  names jsonb,
  purpose text,
  participants text[],
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  stamped_at timestamp with time zone,
  ended_at timestamp with time zone
);
VIEW tripoint.zone WITH (check_option=local) (
  id text,
  country text,
  agency text,
  author text,
  kind text,
  names jsonb,
  purpose text,
  participants text[],
  area public.geometry(MultiPolygon,4326),
  derived_from jsonb,
  horizontal_accuracy_m double precision,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  legal_act jsonb,
  notes jsonb,
  state text,
  tlp text,
  releasable_to text[],
  source text,
  revision integer,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  area_km2 double precision,
  proposed_at timestamp with time zone,
  agreed_at timestamp with time zone,
  suspended_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  asked_after integer,
  effective tstzrange,
  starts_at timestamp with time zone,
  is_released boolean,
  agreed boolean
);
VIEW tripoint.zone_consent WITH (check_option=local) (
  id uuid,
  zone text,
  revision integer,
  country text,
  agency text,
  decision text,
  reason text,
  at timestamp with time zone,
  n integer
);
VIEW tripoint.zone_revision WITH (check_option=local) (
  id text,
  country text,
  agency text,
  author text,
  kind text,
  names jsonb,
  purpose text,
  participants text[],
  area public.geometry(MultiPolygon,4326),
  derived_from jsonb,
  horizontal_accuracy_m double precision,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  legal_act jsonb,
  notes jsonb,
  state text,
  tlp text,
  releasable_to text[],
  source text,
  revision integer,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  area_km2 double precision,
  proposed_at timestamp with time zone,
  agreed_at timestamp with time zone,
  suspended_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  asked_after integer,
  effective tstzrange,
  starts_at timestamp with time zone,
  is_released boolean,
  agreed boolean,
  is_replaced boolean
);
CONSTRAINT agency_country_fkey ON base.agency FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT agency_id_check ON base.agency CHECK ((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
CONSTRAINT agency_of_country ON base.agency UNIQUE (id, country);
CONSTRAINT agency_pkey ON base.agency PRIMARY KEY (id);
CONSTRAINT alert_agency_of_country ON base.alert FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT alert_assessment_fkey ON base.alert FOREIGN KEY (assessment) REFERENCES base.impact_assessment(id) ON DELETE CASCADE;
CONSTRAINT alert_has_one_subject ON base.alert CHECK (((num_nonnulls(incident, assessment) = 1) AND ((assessment IS NULL) = (segment IS NULL)) AND ((reaction IS NULL) OR (assessment IS NOT NULL))));
CONSTRAINT alert_incident_fkey ON base.alert FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT alert_pkey ON base.alert PRIMARY KEY (id);
CONSTRAINT alert_reaction_fkey ON base.alert FOREIGN KEY (reaction) REFERENCES base.reaction(id) ON DELETE CASCADE;
CONSTRAINT alert_reasons_are_pairs ON base.alert CHECK (((cardinality(triggers) = cardinality(subscriptions)) AND (trigger = triggers[1])));
CONSTRAINT alert_trigger_check ON base.alert CHECK ((trigger = ANY (ARRAY['enter'::text, 'leave'::text, 'created'::text, 'updated'::text, 'closed'::text, 'threshold'::text, 'overdue'::text, 'impact'::text, 'reaction-overdue'::text, 'distress'::text, 'suspended'::text])));
CONSTRAINT alert_queue_pkey ON base.alert_queue PRIMARY KEY (n);
CONSTRAINT api_key_agency_of_country ON base.api_key FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT api_key_hash_key ON base.api_key UNIQUE (hash);
CONSTRAINT api_key_pkey ON base.api_key PRIMARY KEY (id);
CONSTRAINT api_key_replaced_by_fkey ON base.api_key FOREIGN KEY (replaced_by) REFERENCES base.api_key(id);
CONSTRAINT api_key_roles_are_known ON base.api_key CHECK ((roles <@ ARRAY['reader'::text, 'reporter'::text, 'operator'::text, 'coordinator'::text, 'auditor'::text, 'admin'::text]));
CONSTRAINT api_key_roles_check ON base.api_key CHECK ((cardinality(roles) > 0));
CONSTRAINT assistance_agency_of_country ON base.assistance FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT assistance_country_fkey ON base.assistance FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT assistance_incident_fkey ON base.assistance FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT assistance_outcome_check ON base.assistance CHECK ((outcome = ANY (ARRAY['rescued'::text, 'assisted'::text, 'recovered'::text, 'handed_over'::text, 'not_found'::text, 'false_alarm'::text])));
CONSTRAINT assistance_pkey ON base.assistance PRIMARY KEY (id);
CONSTRAINT assistance_state_check ON base.assistance CHECK ((state = ANY (ARRAY['under_way'::text, 'given'::text])));
CONSTRAINT given_assistance_has_an_outcome ON base.assistance CHECK (((state = 'given'::text) = (outcome IS NOT NULL)));
CONSTRAINT audit_entry_action_check ON base.audit_entry CHECK ((action = ANY (ARRAY['read'::text, 'read-end'::text, 'refused'::text, 'attempts'::text, 'create'::text, 'change'::text, 'remove'::text, 'purge'::text])));
CONSTRAINT audit_entry_pkey ON base.audit_entry PRIMARY KEY (txid, id);
CONSTRAINT audit_entry_purpose_check ON base.audit_entry CHECK ((length(purpose) <= 200));
CONSTRAINT audit_entry_shares_check ON base.audit_entry CHECK ((cardinality(shares) = 3));
CONSTRAINT audit_entry_subject_check ON base.audit_entry CHECK ((length(subject) <= 64));
CONSTRAINT audit_seal_pkey ON base.audit_seal PRIMARY KEY (id);
CONSTRAINT audit_seal_txid_entry_key ON base.audit_seal UNIQUE (txid, entry);
CONSTRAINT audit_sealing_is_only_check ON base.audit_sealing CHECK (is_only);
CONSTRAINT audit_sealing_pkey ON base.audit_sealing PRIMARY KEY (is_only);
CONSTRAINT border_code_check ON base.border CHECK ((code = ANY (ARRAY['DZA-TUN'::text, 'LBY-TUN'::text, 'DZA-LBY'::text])));
CONSTRAINT border_horizontal_accuracy_m_check ON base.border CHECK ((horizontal_accuracy_m >= (0)::double precision));
CONSTRAINT border_pkey ON base.border PRIMARY KEY (code);
CONSTRAINT border_edge_border_fkey ON base.border_edge FOREIGN KEY (border) REFERENCES base.border(code) ON DELETE CASCADE;
CONSTRAINT border_edge_pkey ON base.border_edge PRIMARY KEY (seq, border);
CONSTRAINT change_pkey ON base.change PRIMARY KEY (xid, collection, id);
CONSTRAINT correction_agency_of_country ON base.correction FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT correction_country_fkey ON base.correction FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT correction_pkey ON base.correction PRIMARY KEY (id);
CONSTRAINT country_area_is_valid ON base.country CHECK (public.st_isvalid(area));
CONSTRAINT country_code_check ON base.country CHECK ((code = ANY (ARRAY['DZA'::text, 'LBY'::text, 'TUN'::text])));
CONSTRAINT country_pkey ON base.country PRIMARY KEY (code);
CONSTRAINT country_part_country_fkey ON base.country_part FOREIGN KEY (country) REFERENCES base.country(code) ON DELETE CASCADE;
CONSTRAINT crossing_border_fkey ON base.crossing FOREIGN KEY (border) REFERENCES base.border(code);
CONSTRAINT crossing_id_check ON base.crossing CHECK ((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text));
CONSTRAINT crossing_kind_check ON base.crossing CHECK ((kind = ANY (ARRAY['road'::text, 'rail'::text, 'track'::text, 'pedestrian'::text])));
CONSTRAINT crossing_pkey ON base.crossing PRIMARY KEY (id);
CONSTRAINT crossing_segment_fkey ON base.crossing FOREIGN KEY (segment) REFERENCES base.segment(id);
CONSTRAINT crossing_side_country_fkey ON base.crossing_side FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT crossing_side_crossing_fkey ON base.crossing_side FOREIGN KEY (crossing) REFERENCES base.crossing(id);
CONSTRAINT crossing_side_pkey ON base.crossing_side PRIMARY KEY (crossing, country);
CONSTRAINT crossing_status_agency_of_country ON base.crossing_status FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT crossing_status_crossing_country_fkey ON base.crossing_status FOREIGN KEY (crossing, country) REFERENCES base.crossing_side(crossing, country);
CONSTRAINT crossing_status_entering_a_side ON base.crossing_status FOREIGN KEY (crossing, entering) REFERENCES base.crossing_side(crossing, country);
CONSTRAINT crossing_status_period_is_in_order ON base.crossing_status CHECK ((valid_to > valid_from));
CONSTRAINT crossing_status_pkey ON base.crossing_status PRIMARY KEY (id);
CONSTRAINT crossing_status_says_one_thing ON base.crossing_status CHECK ((num_nulls(state, hours) = 1));
CONSTRAINT crossing_status_state_check ON base.crossing_status CHECK ((state = ANY (ARRAY['open'::text, 'restricted'::text, 'closed'::text, 'unknown'::text])));
CONSTRAINT crossing_status_withdrawal_is_whole ON base.crossing_status CHECK ((num_nulls(withdrawn_at, withdrawn_by, withdrawal_reason) = ANY (ARRAY[0, 3])));
CONSTRAINT crossing_status_withdrawn_by_own_agency ON base.crossing_status FOREIGN KEY (withdrawn_by, country) REFERENCES base.agency(id, country);
CONSTRAINT delivery_alert_fkey ON base.delivery FOREIGN KEY (alert) REFERENCES base.alert(id) ON DELETE CASCADE;
CONSTRAINT delivery_has_one_subject ON base.delivery CHECK (((num_nulls(collection, subject) = ANY (ARRAY[0, 2])) AND ((alert IS NULL) OR (collection IS NULL))));
CONSTRAINT delivery_pkey ON base.delivery PRIMARY KEY (id);
CONSTRAINT delivery_state_check ON base.delivery CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text, 'withdrawn'::text])));
CONSTRAINT delivery_webhook_fkey ON base.delivery FOREIGN KEY (webhook) REFERENCES base.webhook(id) ON DELETE CASCADE;
CONSTRAINT distress_notice_incident_fkey ON base.distress_notice FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT distress_notice_incident_key ON base.distress_notice UNIQUE (incident);
CONSTRAINT distress_notice_pkey ON base.distress_notice PRIMARY KEY (id);
CONSTRAINT double_decision_agency_of_country ON base.double_decision FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT double_decision_country_fkey ON base.double_decision FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT double_decision_decision_check ON base.double_decision CHECK ((decision = ANY (ARRAY['confirm'::text, 'refuse'::text])));
CONSTRAINT double_decision_of_pair ON base.double_decision FOREIGN KEY (earlier, later) REFERENCES base.incident_double(earlier, later) ON DELETE CASCADE;
CONSTRAINT double_decision_pkey ON base.double_decision PRIMARY KEY (n);
CONSTRAINT double_queue_pkey ON base.double_queue PRIMARY KEY (n);
CONSTRAINT feed_is_one_check ON base.feed CHECK (is_one);
CONSTRAINT feed_pkey ON base.feed PRIMARY KEY (is_one);
CONSTRAINT feed_purged_is_whole ON base.feed CHECK ((num_nulls(purged_xid, purged_collection, purged_id, purged_nonce) = ANY (ARRAY[0, 4])));
CONSTRAINT assessment_is_decided_once ON base.impact_assessment CHECK (((num_nonnulls(assessed_at, declined_at) <= 1) AND ((assessed_at IS NULL) = (assessed_by IS NULL)) AND ((declined_at IS NULL) = (decline_reason IS NULL))));
CONSTRAINT critical_lasts_14_days_at_most ON base.impact_assessment CHECK ((((level = 'critical'::text) = (lasts_days IS NOT NULL)) AND COALESCE(((lasts_days >= 1) AND (lasts_days <= 14)), true)));
CONSTRAINT impact_assessment_agency_of_country ON base.impact_assessment FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT impact_assessment_aspects_check ON base.impact_assessment CHECK (((aspects <@ ARRAY['irregularMigration'::text, 'crossBorderCrime'::text, 'savingLives'::text]) AND (cardinality(aspects) > 0)));
CONSTRAINT impact_assessment_assessor_of_country ON base.impact_assessment FOREIGN KEY (assessed_by, country) REFERENCES base.agency(id, country);
CONSTRAINT impact_assessment_country_fkey ON base.impact_assessment FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT impact_assessment_level_check ON base.impact_assessment CHECK ((level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text])));
CONSTRAINT impact_assessment_pkey ON base.impact_assessment PRIMARY KEY (id);
CONSTRAINT impact_assessment_tlp_check ON base.impact_assessment CHECK ((tlp = ANY (ARRAY['CLEAR'::text, 'GREEN'::text, 'AMBER'::text, 'AMBER+STRICT'::text])));
CONSTRAINT incident_agency_of_owner ON base.incident FOREIGN KEY (agency, owner) REFERENCES base.agency(id, country);
CONSTRAINT incident_horizontal_accuracy_m_check ON base.incident CHECK ((horizontal_accuracy_m >= (0)::double precision));
CONSTRAINT incident_nature_check ON base.incident CHECK ((nature = ANY (ARRAY['actual'::text, 'exercise'::text, 'test'::text])));
CONSTRAINT incident_period_is_in_order ON base.incident CHECK ((occurred_until >= occurred_at));
CONSTRAINT incident_pkey ON base.incident PRIMARY KEY (id);
CONSTRAINT incident_state_check ON base.incident CHECK ((state = ANY (ARRAY['open'::text, 'ongoing'::text, 'closed'::text, 'cancelled'::text])));
CONSTRAINT incident_tlp_check ON base.incident CHECK ((tlp = ANY (ARRAY['CLEAR'::text, 'GREEN'::text, 'AMBER'::text, 'AMBER+STRICT'::text, 'RED'::text])));
CONSTRAINT incident_acknowledgement_agency_of_country ON base.incident_acknowledgement FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT incident_acknowledgement_country_fkey ON base.incident_acknowledgement FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT incident_acknowledgement_incident_fkey ON base.incident_acknowledgement FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT incident_acknowledgement_owner_fkey ON base.incident_acknowledgement FOREIGN KEY (owner) REFERENCES base.country(code);
CONSTRAINT incident_acknowledgement_pkey ON base.incident_acknowledgement PRIMARY KEY (incident, agency);
CONSTRAINT incident_cell_pkey ON base.incident_cell PRIMARY KEY (level, class, cell) INCLUDE (n);
CONSTRAINT incident_cell_day_pkey ON base.incident_cell_day PRIMARY KEY (level, cell, day, class);
CONSTRAINT incident_cell_delta_pkey ON base.incident_cell_delta PRIMARY KEY (id);
CONSTRAINT incident_class_kind_severity_nature_audience_concern_key ON base.incident_class UNIQUE (kind, severity, nature, audience, concern);
CONSTRAINT incident_class_pkey ON base.incident_class PRIMARY KEY (id);
CONSTRAINT incident_double_earlier_fkey ON base.incident_double FOREIGN KEY (earlier) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT incident_double_earlier_owner_fkey ON base.incident_double FOREIGN KEY (earlier_owner) REFERENCES base.country(code);
CONSTRAINT incident_double_has_two_owners ON base.incident_double CHECK ((earlier_owner <> later_owner));
CONSTRAINT incident_double_later_fkey ON base.incident_double FOREIGN KEY (later) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT incident_double_later_owner_fkey ON base.incident_double FOREIGN KEY (later_owner) REFERENCES base.country(code);
CONSTRAINT incident_double_pkey ON base.incident_double PRIMARY KEY (earlier, later);
CONSTRAINT incident_due_pkey ON base.incident_due PRIMARY KEY (incident);
CONSTRAINT incident_request_agency_of_country ON base.incident_request FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT incident_request_answered_by_fkey ON base.incident_request FOREIGN KEY (answered_by) REFERENCES base.agency(id);
CONSTRAINT incident_request_country_fkey ON base.incident_request FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT incident_request_crossing_fkey ON base.incident_request FOREIGN KEY (crossing) REFERENCES base.crossing(id);
CONSTRAINT incident_request_has_one_subject ON base.incident_request CHECK ((num_nonnulls(incident, zone, segment, crossing, place) = 1));
CONSTRAINT incident_request_incident_fkey ON base.incident_request FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT incident_request_kind_check ON base.incident_request CHECK ((kind = ANY (ARRAY['information'::text, 'support'::text])));
CONSTRAINT incident_request_owner_fkey ON base.incident_request FOREIGN KEY (owner) REFERENCES base.country(code);
CONSTRAINT incident_request_pkey ON base.incident_request PRIMARY KEY (id);
CONSTRAINT incident_request_recipients_check ON base.incident_request CHECK ((cardinality(recipients) > 0));
CONSTRAINT incident_request_segment_fkey ON base.incident_request FOREIGN KEY (segment) REFERENCES base.segment(id);
CONSTRAINT incident_request_state_check ON base.incident_request CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'fulfilled'::text, 'withdrawn'::text])));
CONSTRAINT incident_response_agency_of_country ON base.incident_response FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT incident_response_country_fkey ON base.incident_response FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT incident_response_incident_fkey ON base.incident_response FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT incident_response_kind_check ON base.incident_response CHECK ((kind = ANY (ARRAY['patrol'::text, 'checkpoint'::text, 'medical'::text, 'rescue'::text, 'fire_response'::text, 'closure'::text, 'rerouting'::text, 'joint_patrol'::text, 'referral_medical'::text, 'referral_protection'::text])));
CONSTRAINT incident_response_owner_fkey ON base.incident_response FOREIGN KEY (owner) REFERENCES base.country(code);
CONSTRAINT incident_response_pkey ON base.incident_response PRIMARY KEY (id);
CONSTRAINT incident_response_state_check ON base.incident_response CHECK ((state = ANY (ARRAY['planned'::text, 'in_progress'::text, 'done'::text])));
CONSTRAINT incident_text_pkey ON base.incident_text PRIMARY KEY (id);
CONSTRAINT incident_text_renewal_is_only_check ON base.incident_text_renewal CHECK (is_only);
CONSTRAINT incident_text_renewal_pkey ON base.incident_text_renewal PRIMARY KEY (is_only);
CONSTRAINT incident_zone_pkey ON base.incident_zone PRIMARY KEY (incident, zone, revision);
CONSTRAINT incident_zone_relation_check ON base.incident_zone CHECK ((relation = ANY (ARRAY['inside'::text, 'edge'::text, 'possible'::text])));
CONSTRAINT indicator_agency_of_country ON base.indicator FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT indicator_entering_a_side ON base.indicator FOREIGN KEY (crossing, entering) REFERENCES base.crossing_side(crossing, country);
CONSTRAINT indicator_figures_are_counts ON base.indicator CHECK ((LEAST((passengers)::double precision, (vehicles)::double precision, (trucks)::double precision, median_waiting_minutes) >= (0)::double precision));
CONSTRAINT indicator_has_a_figure ON base.indicator CHECK ((num_nonnulls(passengers, vehicles, trucks, median_waiting_minutes) > 0));
CONSTRAINT indicator_is_counted_once ON base.indicator UNIQUE NULLS NOT DISTINCT (crossing, country, entering, day, traffic);
CONSTRAINT indicator_method_check ON base.indicator CHECK ((method = ANY (ARRAY['manual'::text, 'register'::text, 'automatic'::text, 'sample'::text, 'estimate'::text])));
CONSTRAINT indicator_of_a_side ON base.indicator FOREIGN KEY (crossing, country) REFERENCES base.crossing_side(crossing, country);
CONSTRAINT indicator_pkey ON base.indicator PRIMARY KEY (id);
CONSTRAINT installation_is_only_check ON base.installation CHECK (is_only);
CONSTRAINT installation_pkey ON base.installation PRIMARY KEY (is_only);
CONSTRAINT joint_consent_agency_of_country ON base.joint_consent FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT joint_consent_country_fkey ON base.joint_consent FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT joint_consent_decision_check ON base.joint_consent CHECK ((decision = ANY (ARRAY['approve'::text, 'refuse'::text, 'withdraw'::text])));
CONSTRAINT joint_consent_pkey ON base.joint_consent PRIMARY KEY (id);
CONSTRAINT joint_consent_proposal_fkey ON base.joint_consent FOREIGN KEY (proposal) REFERENCES base.joint_proposal(id) ON DELETE CASCADE;
CONSTRAINT refusal_has_a_reason ON base.joint_consent CHECK (((decision <> 'refuse'::text) OR (reason IS NOT NULL)));
CONSTRAINT joint_proposal_agency_of_country ON base.joint_proposal FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT joint_proposal_country_fkey ON base.joint_proposal FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT joint_proposal_end_is_whole ON base.joint_proposal CHECK (((ended_at IS NULL) = (ended_as IS NULL)));
CONSTRAINT joint_proposal_ended_as_check ON base.joint_proposal CHECK ((ended_as = ANY (ARRAY['refused'::text, 'withdrawn'::text])));
CONSTRAINT joint_proposal_pkey ON base.joint_proposal PRIMARY KEY (id);
CONSTRAINT joint_proposal_stays_open ON base.joint_proposal CHECK ((open_until > proposed_at));
CONSTRAINT joint_proposal_subject_type_check ON base.joint_proposal CHECK ((subject_type = ANY (ARRAY['impact'::text, 'procedure'::text, 'reference'::text])));
CONSTRAINT proposer_takes_part ON base.joint_proposal CHECK ((country = ANY (participants)));
CONSTRAINT kind_limit_pkey ON base.kind_limit PRIMARY KEY (kind);
CONSTRAINT legal_hold_agency_of_country ON base.legal_hold FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT legal_hold_country_fkey ON base.legal_hold FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT legal_hold_incident_fkey ON base.legal_hold FOREIGN KEY (incident) REFERENCES base.incident(id);
CONSTRAINT legal_hold_pkey ON base.legal_hold PRIMARY KEY (incident);
CONSTRAINT lost_head_pkey ON base.lost_head PRIMARY KEY (seal);
CONSTRAINT mandate_agency_fkey ON base.mandate FOREIGN KEY (agency) REFERENCES base.agency(id);
CONSTRAINT mandate_period_is_in_order ON base.mandate CHECK ((valid_to > valid_from));
CONSTRAINT mandate_pkey ON base.mandate PRIMARY KEY (id);
CONSTRAINT mandate_rank_check ON base.mandate CHECK ((rank = ANY (ARRAY['primary'::text, 'supporting'::text, 'disputed'::text])));
CONSTRAINT mandate_scope_type_check ON base.mandate CHECK ((scope_type = ANY (ARRAY['country-border'::text, 'border'::text, 'segment'::text, 'crossing-side'::text, 'zone'::text])));
CONSTRAINT offer_agency_of_owner ON base.offer FOREIGN KEY (agency, owner) REFERENCES base.agency(id, country);
CONSTRAINT offer_kind_check ON base.offer CHECK ((kind = ANY (ARRAY['technical'::text, 'logistic'::text, 'vehicles'::text, 'aircraft'::text, 'drones'::text, 'sensors'::text, 'communications'::text, 'medical'::text, 'fuel'::text, 'water_food'::text, 'shelter'::text, 'mine_clearance'::text])));
CONSTRAINT offer_owner_fkey ON base.offer FOREIGN KEY (owner) REFERENCES base.country(code);
CONSTRAINT offer_period_is_in_order ON base.offer CHECK ((available_until > available_from));
CONSTRAINT offer_pkey ON base.offer PRIMARY KEY (id);
CONSTRAINT offer_quantity_check ON base.offer CHECK ((quantity >= 0));
CONSTRAINT offer_tlp_check ON base.offer CHECK ((tlp = ANY (ARRAY['CLEAR'::text, 'GREEN'::text, 'AMBER'::text, 'AMBER+STRICT'::text, 'RED'::text])));
CONSTRAINT procedure_has_documents ON base.procedure_version CHECK (((jsonb_typeof(documents) = 'array'::text) AND (documents <> '[]'::jsonb)));
CONSTRAINT procedure_has_one_subject ON base.procedure_version CHECK ((num_nonnulls(zone, segment, crossing) = 1));
CONSTRAINT procedure_period_is_in_order ON base.procedure_version CHECK ((valid_to > valid_from));
CONSTRAINT procedure_version_agency_of_country ON base.procedure_version FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT procedure_version_country_fkey ON base.procedure_version FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT procedure_version_crossing_fkey ON base.procedure_version FOREIGN KEY (crossing) REFERENCES base.crossing(id);
CONSTRAINT procedure_version_ended_as_check ON base.procedure_version CHECK ((ended_as = ANY (ARRAY['refused'::text, 'withdrawn'::text])));
CONSTRAINT procedure_version_pkey ON base.procedure_version PRIMARY KEY (procedure, version);
CONSTRAINT procedure_version_proposal_fkey ON base.procedure_version FOREIGN KEY (proposal) REFERENCES base.joint_proposal(id);
CONSTRAINT procedure_version_proposal_key ON base.procedure_version UNIQUE (proposal);
CONSTRAINT procedure_version_segment_fkey ON base.procedure_version FOREIGN KEY (segment) REFERENCES base.segment(id);
CONSTRAINT rate_lease_pkey ON base.rate_lease PRIMARY KEY (minute, share);
CONSTRAINT reaction_agency_of_country ON base.reaction FOREIGN KEY (done_by, country) REFERENCES base.agency(id, country);
CONSTRAINT reaction_assessment_fkey ON base.reaction FOREIGN KEY (assessment) REFERENCES base.impact_assessment(id) ON DELETE CASCADE;
CONSTRAINT reaction_country_fkey ON base.reaction FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT reaction_is_done_by_an_agency ON base.reaction CHECK ((((done_at IS NULL) = (done_by IS NULL)) AND (num_nonnulls(done_at, cancelled_at) <= 1)));
CONSTRAINT reaction_kind_fkey ON base.reaction FOREIGN KEY (kind) REFERENCES base.reaction_rule(kind);
CONSTRAINT reaction_pkey ON base.reaction PRIMARY KEY (id);
CONSTRAINT reaction_rule_level_check ON base.reaction_rule CHECK ((level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text])));
CONSTRAINT reaction_rule_pkey ON base.reaction_rule PRIMARY KEY (kind);
CONSTRAINT reference_version_period_is_in_order ON base.reference_version CHECK ((valid_to >= valid_from));
CONSTRAINT reference_version_pkey ON base.reference_version PRIMARY KEY (seq);
CONSTRAINT refused_attempt_is_one ON base.refused_attempt UNIQUE NULLS NOT DISTINCT (hour, key_id, subject, agency, status, collection, owner);
CONSTRAINT report_agency_of_owner ON base.report FOREIGN KEY (agency, owner) REFERENCES base.agency(id, country);
CONSTRAINT report_incident_fkey ON base.report FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT report_of_others_has_a_label ON base.report CHECK (((tlp IS NOT NULL) OR (owner = incident_owner)));
CONSTRAINT report_pkey ON base.report PRIMARY KEY (id);
CONSTRAINT report_tlp_check ON base.report CHECK ((tlp = ANY (ARRAY['CLEAR'::text, 'GREEN'::text, 'AMBER'::text, 'AMBER+STRICT'::text, 'RED'::text])));
CONSTRAINT schema_file_pkey ON base.schema_file PRIMARY KEY (path);
CONSTRAINT schema_program_is_only_check ON base.schema_program CHECK (is_only);
CONSTRAINT schema_program_may_run_itself ON base.schema_program CHECK (((oldest_program >= 1) AND (oldest_program <= program)));
CONSTRAINT schema_program_pkey ON base.schema_program PRIMARY KEY (is_only);
CONSTRAINT segment_border_fkey ON base.segment FOREIGN KEY (border) REFERENCES base.border(code);
CONSTRAINT segment_border_sequence_key ON base.segment UNIQUE (border, sequence);
CONSTRAINT segment_check ON base.segment CHECK ((to_km > from_km));
CONSTRAINT segment_impact_level_check ON base.segment CHECK ((impact_level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text])));
CONSTRAINT segment_pkey ON base.segment PRIMARY KEY (id);
CONSTRAINT session_agency_of_country ON base.session FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT session_hash_key ON base.session UNIQUE (hash);
CONSTRAINT session_key_id_fkey ON base.session FOREIGN KEY (key_id) REFERENCES base.api_key(id) ON DELETE CASCADE;
CONSTRAINT session_of_key_or_token ON base.session CHECK ((((key_id IS NULL) = (subject IS NOT NULL)) AND ((key_id IS NULL) = (roles IS NOT NULL))));
CONSTRAINT session_pkey ON base.session PRIMARY KEY (id);
CONSTRAINT session_roles_are_known ON base.session CHECK ((roles <@ ARRAY['reader'::text, 'reporter'::text, 'operator'::text, 'coordinator'::text, 'auditor'::text, 'admin'::text]));
CONSTRAINT shift_agency_of_country ON base.shift FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT shift_crossing_fkey ON base.shift FOREIGN KEY (crossing) REFERENCES base.crossing(id);
CONSTRAINT shift_is_confirmed_by_another_key ON base.shift CHECK (((num_nulls(closed_at, closed_by) = ANY (ARRAY[0, 2])) AND ((closed_at IS NULL) OR COALESCE((closed_by <> offered_by), false))));
CONSTRAINT shift_kind_check ON base.shift CHECK ((kind = ANY (ARRAY['post'::text, 'room'::text])));
CONSTRAINT shift_offer_is_whole ON base.shift CHECK (((num_nulls(offered_at, offered_by, is_complete) = ANY (ARRAY[0, 3])) AND ((remark IS NULL) OR (offered_at IS NOT NULL))));
CONSTRAINT shift_pkey ON base.shift PRIMARY KEY (id);
CONSTRAINT shift_previous_fkey ON base.shift FOREIGN KEY (previous) REFERENCES base.shift(id);
CONSTRAINT shift_item_incident_fkey ON base.shift_item FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT shift_item_kind_check ON base.shift_item CHECK ((kind = ANY (ARRAY['distress'::text, 'request'::text, 'alert'::text, 'reaction'::text])));
CONSTRAINT shift_item_pkey ON base.shift_item PRIMARY KEY (shift, kind, id);
CONSTRAINT shift_item_shift_fkey ON base.shift_item FOREIGN KEY (shift) REFERENCES base.shift(id) ON DELETE CASCADE;
CONSTRAINT shift_note_pkey ON base.shift_note PRIMARY KEY (id);
CONSTRAINT shift_note_shift_fkey ON base.shift_note FOREIGN KEY (shift) REFERENCES base.shift(id) ON DELETE CASCADE;
CONSTRAINT subscription_agency_of_country ON base.subscription FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT subscription_country_fkey ON base.subscription FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT subscription_crossing_fkey ON base.subscription FOREIGN KEY (crossing) REFERENCES base.crossing(id);
CONSTRAINT subscription_has_its_threshold ON base.subscription CHECK ((num_nonnulls(threshold_incidents, threshold_minutes) =
CASE
    WHEN ('threshold'::text = ANY (triggers)) THEN 2
    ELSE 0
END));
CONSTRAINT subscription_has_one_place ON base.subscription CHECK ((num_nonnulls(zone, segment, crossing, filter) <= 1));
CONSTRAINT subscription_is_within ON base.subscription CHECK (((within_m IS NULL) = ((segment IS NULL) AND (crossing IS NULL))));
CONSTRAINT subscription_minimum_severity_check ON base.subscription CHECK ((minimum_severity = ANY (ARRAY['minor'::text, 'moderate'::text, 'severe'::text, 'extreme'::text])));
CONSTRAINT subscription_pkey ON base.subscription PRIMARY KEY (id);
CONSTRAINT subscription_segment_fkey ON base.subscription FOREIGN KEY (segment) REFERENCES base.segment(id);
CONSTRAINT subscription_suspension_is_whole ON base.subscription CHECK (((num_nonnulls(suspended_at, suspended_ms, suspended_incidents) = ANY (ARRAY[0, 3])) AND (NOT (enabled AND (suspended_at IS NOT NULL)))));
CONSTRAINT subscription_match_incident_fkey ON base.subscription_match FOREIGN KEY (incident) REFERENCES base.incident(id) ON DELETE CASCADE;
CONSTRAINT subscription_match_pkey ON base.subscription_match PRIMARY KEY (incident, subscription);
CONSTRAINT subscription_match_subscription_fkey ON base.subscription_match FOREIGN KEY (subscription) REFERENCES base.subscription(id) ON DELETE CASCADE;
CONSTRAINT webhook_agency_of_country ON base.webhook FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT webhook_pkey ON base.webhook PRIMARY KEY (id);
CONSTRAINT world_describes_exercise ON base.world CHECK (((num_nonnulls(names, purpose, participants) =
CASE kind
    WHEN 'exercise'::text THEN 3
    ELSE 0
END) AND ((kind = 'exercise'::text) OR (num_nonnulls(starts_at, ends_at, ended_at) = 0))));
CONSTRAINT world_id_check ON base.world CHECK (((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(id) <= 40)));
CONSTRAINT world_is_actual_by_id ON base.world CHECK (((id = 'actual'::text) = (kind = 'actual'::text)));
CONSTRAINT world_is_only_check ON base.world CHECK (is_only);
CONSTRAINT world_kind_check ON base.world CHECK ((kind = ANY (ARRAY['actual'::text, 'exercise'::text])));
CONSTRAINT world_participants_check ON base.world CHECK (((participants <@ ARRAY['DZA'::text, 'LBY'::text, 'TUN'::text]) AND (cardinality(participants) > 0)));
CONSTRAINT world_period_is_in_order ON base.world CHECK ((ends_at > starts_at));
CONSTRAINT world_pkey ON base.world PRIMARY KEY (is_only);
CONSTRAINT zone_id_revision_fkey ON base.zone FOREIGN KEY (id, revision) REFERENCES base.zone_revision(id, revision) ON DELETE CASCADE;
CONSTRAINT zone_pkey ON base.zone PRIMARY KEY (id, face);
CONSTRAINT rejection_has_a_reason ON base.zone_consent CHECK (((decision <> 'reject'::text) OR (COALESCE(reason, ''::text) <> ''::text)));
CONSTRAINT zone_consent_agency_of_country ON base.zone_consent FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT zone_consent_country_fkey ON base.zone_consent FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT zone_consent_decision_check ON base.zone_consent CHECK ((decision = ANY (ARRAY['approve'::text, 'reject'::text, 'withdraw'::text])));
CONSTRAINT zone_consent_pkey ON base.zone_consent PRIMARY KEY (id);
CONSTRAINT zone_consent_zone_n_key ON base.zone_consent UNIQUE (zone, n);
CONSTRAINT zone_consent_zone_revision_fkey ON base.zone_consent FOREIGN KEY (zone, revision) REFERENCES base.zone_revision(id, revision);
CONSTRAINT zone_edge_zone_revision_fkey ON base.zone_edge FOREIGN KEY (zone, revision) REFERENCES base.zone_revision(id, revision) ON DELETE CASCADE;
CONSTRAINT zone_part_zone_revision_fkey ON base.zone_part FOREIGN KEY (zone, revision) REFERENCES base.zone_revision(id, revision) ON DELETE CASCADE;
CONSTRAINT zone_area_is_valid ON base.zone_revision CHECK ((public.st_isvalid(area) AND (NOT public.st_isempty(area))));
CONSTRAINT zone_period_is_in_order ON base.zone_revision CHECK ((valid_to > valid_from));
CONSTRAINT zone_revision_agency_of_country ON base.zone_revision FOREIGN KEY (agency, country) REFERENCES base.agency(id, country);
CONSTRAINT zone_revision_author_of_country ON base.zone_revision FOREIGN KEY (author, country) REFERENCES base.agency(id, country);
CONSTRAINT zone_revision_country_fkey ON base.zone_revision FOREIGN KEY (country) REFERENCES base.country(code);
CONSTRAINT zone_revision_participants_check ON base.zone_revision CHECK ((cardinality(participants) > 0));
CONSTRAINT zone_revision_pkey ON base.zone_revision PRIMARY KEY (id, revision);
CONSTRAINT zone_revision_tlp_check ON base.zone_revision CHECK ((tlp = ANY (ARRAY['CLEAR'::text, 'GREEN'::text, 'AMBER'::text, 'AMBER+STRICT'::text, 'RED'::text])));
CREATE INDEX alert_assessment_idx ON base.alert USING btree (assessment) WHERE (assessment IS NOT NULL);
CREATE INDEX alert_at_idx ON base.alert USING btree (at);
CREATE UNIQUE INDEX alert_distress_idx ON base.alert USING btree (notice, agency) WHERE (trigger = 'distress'::text);
CREATE INDEX alert_incident_idx ON base.alert USING btree (incident);
CREATE INDEX alert_newest_idx ON base.alert USING btree (agency, at DESC, id DESC);
CREATE INDEX alert_point_idx ON base.alert USING gist (point);
CREATE INDEX alert_reaction_idx ON base.alert USING btree (reaction) WHERE (reaction IS NOT NULL);
CREATE INDEX alert_updated_idx ON base.alert USING btree (agency, updated_at DESC, id DESC);
CREATE INDEX alert_queue_apart_idx ON base.alert_queue USING btree (agency, n) WHERE (agency IS NOT NULL);
CREATE INDEX api_key_country_idx ON base.api_key USING btree (country, id);
CREATE INDEX assistance_incident_idx ON base.assistance USING btree (incident);
CREATE INDEX assistance_notice_idx ON base.assistance USING btree (notice, recorded_at);
CREATE INDEX audit_entry_acts_idx ON base.audit_entry USING btree (agency, at) WHERE (action = ANY (ARRAY['create'::text, 'change'::text, 'remove'::text]));
CREATE INDEX border_line_idx ON base.border USING gist (line);
CREATE INDEX border_edge_geog_idx ON base.border_edge USING gist (geog);
CREATE INDEX border_edge_line_idx ON base.border_edge USING gist (line);
CREATE INDEX correction_newest_idx ON base.correction USING btree (created_at DESC, id DESC);
CREATE INDEX correction_touches_idx ON base.correction USING gin (touches);
CREATE INDEX country_part_area_idx ON base.country_part USING gist (area);
CREATE INDEX crossing_geog_idx ON base.crossing USING gist (geog);
CREATE INDEX crossing_point_idx ON base.crossing USING gist (point);
CREATE INDEX crossing_status_hours_idx ON base.crossing_status USING btree (crossing, country) WHERE ((hours IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX crossing_status_side_idx ON base.crossing_status USING btree (crossing, country, valid_from DESC);
CREATE INDEX delivery_alert_idx ON base.delivery USING btree (alert);
CREATE INDEX delivery_claimed_idx ON base.delivery USING btree (webhook, lane) WHERE ((state = 'pending'::text) AND (claimed_until IS NOT NULL));
CREATE INDEX delivery_dead_idx ON base.delivery USING btree (webhook, seq) WHERE (state = 'dead'::text);
CREATE INDEX delivery_lane_idx ON base.delivery USING btree (webhook, lane, seq) WHERE (state = 'pending'::text);
CREATE INDEX delivery_newest_idx ON base.delivery USING btree (webhook, created_at DESC, id DESC);
CREATE INDEX delivery_reset_idx ON base.delivery USING btree (webhook, seq) WHERE ((state = 'pending'::text) AND (alert IS NULL) AND (collection IS NULL));
CREATE INDEX delivery_settled_idx ON base.delivery USING btree (settled_at) WHERE (state <> 'pending'::text);
CREATE INDEX distress_notice_due_idx ON base.distress_notice USING btree (assistance_due_at, id) WHERE (assisted_at IS NULL);
CREATE INDEX distress_notice_newest_idx ON base.distress_notice USING btree (occurred_at DESC, id DESC);
CREATE INDEX distress_notice_point_idx ON base.distress_notice USING gist (point);
CREATE INDEX double_decision_pair_idx ON base.double_decision USING btree (earlier, later, n);
CREATE INDEX impact_assessment_critical_idx ON base.impact_assessment USING btree (valid_to) WHERE ((level = 'critical'::text) AND (ended_at IS NULL) AND (settled_at IS NULL));
CREATE INDEX impact_assessment_newest_idx ON base.impact_assessment USING btree (created_at, id);
CREATE INDEX impact_assessment_side_idx ON base.impact_assessment USING btree (segment, country, assessed_at DESC);
CREATE INDEX incident_cancelled_idx ON base.incident USING btree (kind) INCLUDE (audience, red_agency, severity, nature) WHERE (state = 'cancelled'::text);
CREATE INDEX incident_cell_10_idx ON base.incident USING btree (((tripoint.cell_of(point) >> 8)), occurred_at DESC, id DESC) INCLUDE (audience, red_agency, point, kind, severity, nature, state);
CREATE INDEX incident_cell_8_idx ON base.incident USING btree (((tripoint.cell_of(point) >> 12)), occurred_at DESC, id DESC) INCLUDE (audience, red_agency, point, kind, severity, nature, state);
CREATE INDEX incident_clear_cell_10_idx ON base.incident USING btree (((tripoint.cell_of(point) >> 8)), occurred_at DESC, id DESC) INCLUDE (audience, red_agency, point, kind, severity, nature, state) WHERE (tlp = 'CLEAR'::text);
CREATE INDEX incident_clear_cell_8_idx ON base.incident USING btree (((tripoint.cell_of(point) >> 12)), occurred_at DESC, id DESC) INCLUDE (audience, red_agency, point, kind, severity, nature, state) WHERE (tlp = 'CLEAR'::text);
CREATE INDEX incident_clear_newest_idx ON base.incident USING btree (occurred_at DESC, id DESC) INCLUDE (audience, red_agency, point) WHERE (tlp = 'CLEAR'::text);
CREATE INDEX incident_clear_point_idx ON base.incident USING gist (point) WHERE (tlp = 'CLEAR'::text);
CREATE UNIQUE INDEX incident_external_idx ON base.incident USING btree (agency, source, external_id);
CREATE INDEX incident_geog_idx ON base.incident USING gist (geog);
CREATE INDEX incident_newest_idx ON base.incident USING btree (occurred_at DESC, id DESC) INCLUDE (audience, red_agency, point);
CREATE INDEX incident_period_idx ON base.incident USING gist (period);
CREATE INDEX incident_point_idx ON base.incident USING gist (point);
CREATE INDEX incident_reach_idx ON base.incident USING gist (base.reach(point, horizontal_accuracy_m));
CREATE INDEX incident_red_idx ON base.incident USING btree (red_agency, tripoint.cell_of(point)) INCLUDE (point, audience, state, kind, severity, nature) WHERE (red_agency IS NOT NULL);
CREATE INDEX incident_updated_idx ON base.incident USING btree (updated_at DESC, id DESC);
CREATE INDEX incident_words_idx ON base.incident USING gin (tripoint.words(place_text));
CREATE INDEX incident_cell_day_idx ON base.incident_cell_day USING btree (level, day, cell);
CREATE INDEX incident_cell_delta_cell_idx ON base.incident_cell_delta USING btree (cell);
CREATE INDEX incident_double_later_idx ON base.incident_double USING btree (later);
CREATE INDEX incident_due_idx ON base.incident_due USING btree (due_at);
CREATE INDEX incident_request_crossing_idx ON base.incident_request USING btree (crossing) WHERE (crossing IS NOT NULL);
CREATE INDEX incident_request_due_idx ON base.incident_request USING btree (due_at, id);
CREATE INDEX incident_request_incident_idx ON base.incident_request USING btree (incident);
CREATE INDEX incident_request_kept_idx ON base.incident_request USING btree (updated_at) WHERE (incident IS NULL);
CREATE INDEX incident_request_place_idx ON base.incident_request USING gist (place) WHERE (place IS NOT NULL);
CREATE INDEX incident_request_segment_idx ON base.incident_request USING btree (segment) WHERE (segment IS NOT NULL);
CREATE INDEX incident_request_zone_idx ON base.incident_request USING btree (zone) WHERE (zone IS NOT NULL);
CREATE INDEX incident_response_idx ON base.incident_response USING btree (incident, created_at, id);
CREATE INDEX incident_zone_newest_idx ON base.incident_zone USING btree (zone, revision, occurred_at DESC, incident DESC);
CREATE INDEX indicator_crossing_idx ON base.indicator USING btree (crossing, day DESC, id DESC);
CREATE INDEX indicator_day_idx ON base.indicator USING btree (day DESC, id DESC);
CREATE INDEX joint_consent_proposal_idx ON base.joint_consent USING btree (proposal, at, id);
CREATE INDEX joint_proposal_open_idx ON base.joint_proposal USING btree (open_until, id);
CREATE INDEX joint_proposal_subject_idx ON base.joint_proposal USING btree (subject_type, subject);
CREATE INDEX mandate_agency_idx ON base.mandate USING btree (agency);
CREATE INDEX mandate_scope_idx ON base.mandate USING btree (scope_type, scope_id);
CREATE INDEX offer_first_idx ON base.offer USING btree (available_from, id);
CREATE INDEX offer_point_idx ON base.offer USING gist (point);
CREATE INDEX procedure_version_crossing_idx ON base.procedure_version USING btree (crossing) WHERE (crossing IS NOT NULL);
CREATE INDEX procedure_version_segment_idx ON base.procedure_version USING btree (segment) WHERE (segment IS NOT NULL);
CREATE INDEX procedure_version_zone_idx ON base.procedure_version USING btree (zone) WHERE (zone IS NOT NULL);
CREATE INDEX reaction_assessment_idx ON base.reaction USING btree (assessment);
CREATE INDEX reaction_due_idx ON base.reaction USING btree (due_at, id);
CREATE INDEX reaction_late_idx ON base.reaction USING btree (due_at) WHERE ((done_at IS NULL) AND (cancelled_at IS NULL) AND (alerted_at IS NULL));
CREATE INDEX reaction_open_idx ON base.reaction USING btree (segment, country) WHERE ((done_at IS NULL) AND (cancelled_at IS NULL));
CREATE INDEX reference_version_correction_idx ON base.reference_version USING btree (ended_by);
CREATE INDEX reference_version_row_idx ON base.reference_version USING btree (collection, id, valid_to);
CREATE INDEX report_incident_idx ON base.report USING btree (incident, at, id);
CREATE INDEX segment_chainage_idx ON base.segment USING btree (border, from_km);
CREATE INDEX segment_geog_idx ON base.segment USING gist (geog);
CREATE INDEX segment_line_idx ON base.segment USING gist (line);
CREATE INDEX session_key_idx ON base.session USING btree (key_id);
CREATE INDEX shift_agency_idx ON base.shift USING btree (agency, opened_at DESC, id DESC);
CREATE UNIQUE INDEX shift_at_place_idx ON base.shift USING btree (agency, kind, lower(name)) WHERE (closed_at IS NULL);
CREATE INDEX shift_newest_idx ON base.shift USING btree (opened_at DESC, id DESC);
CREATE INDEX shift_item_incident_idx ON base.shift_item USING btree (incident);
CREATE INDEX shift_note_idx ON base.shift_note USING btree (shift, at, id);
CREATE INDEX subscription_agency_idx ON base.subscription USING btree (agency, id);
CREATE INDEX subscription_anywhere_idx ON base.subscription USING btree (id) WHERE (enabled AND (num_nonnulls(zone, segment, crossing, filter) = 0));
CREATE INDEX subscription_crossing_idx ON base.subscription USING btree (crossing, within_m) WHERE enabled;
CREATE INDEX subscription_crossing_reach_idx ON base.subscription USING btree (within_m) WHERE (enabled AND (crossing IS NOT NULL));
CREATE INDEX subscription_filter_idx ON base.subscription USING btree (id) WHERE (enabled AND (filter IS NOT NULL));
CREATE INDEX subscription_segment_idx ON base.subscription USING btree (segment, within_m) WHERE enabled;
CREATE INDEX subscription_segment_reach_idx ON base.subscription USING btree (within_m) WHERE (enabled AND (segment IS NOT NULL));
CREATE INDEX subscription_zone_idx ON base.subscription USING btree (zone) WHERE enabled;
CREATE INDEX subscription_match_newest_idx ON base.subscription_match USING btree (subscription, occurred_at);
CREATE INDEX webhook_agency_idx ON base.webhook USING btree (agency, id);
CREATE INDEX zone_area_idx ON base.zone USING gist (area);
CREATE INDEX zone_consent_revision_idx ON base.zone_consent USING btree (zone, revision, country, n);
CREATE INDEX zone_edge_geog_idx ON base.zone_edge USING gist (geog);
CREATE INDEX zone_edge_line_idx ON base.zone_edge USING gist (line);
CREATE INDEX zone_edge_zone_idx ON base.zone_edge USING btree (zone, revision);
CREATE INDEX zone_part_area_idx ON base.zone_part USING gist (area);
CREATE INDEX zone_part_zone_idx ON base.zone_part USING btree (zone, revision);
CREATE INDEX zone_revision_area_idx ON base.zone_revision USING gist (area);
FUNCTION base.add_consent_changes(revisions text[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY 60f0fd707f1a7332;
FUNCTION base.add_coordination_changes(changes base.coordination_change[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY 513faa0f2c57b4cb;
FUNCTION base.add_impact_alerts(a base.impact_assessment, r base.reaction, of_trigger text, direct text) RETURNS void LANGUAGE plpgsql VOLATILE BODY f63f221c16a9a8ba;
FUNCTION base.add_write_entries(action text, collection text, written base.audited[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY 43320b5eaf4e6253;
FUNCTION base.add_write_entry(action text, collection text, target text, row_count bigint, shares bigint[], target_readers integer, detail text) RETURNS void LANGUAGE plpgsql VOLATILE BODY b2a406b0da4b0053;
FUNCTION base.add_zone_change(of_zone text, was base.zone[], "is" base.zone[], since timestamp with time zone, until timestamp with time zone) RETURNS void LANGUAGE plpgsql VOLATILE BODY d8db8e81ab3b748a;
FUNCTION base.address_correction() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 9eef0be25810abef;
FUNCTION base.address_request() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 884a05da9ed0e1d0;
FUNCTION base.agencies_apart() RETURNS TABLE(agency text, behind_ms integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 866f29c724689d37;
FUNCTION base.alert_concern(country text, of_incident uuid) RETURNS integer LANGUAGE plpgsql STABLE BODY 8554787f6a2e2646;
FUNCTION base.alert_late_reaction() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY c66b09a96842143c;
FUNCTION base.alert_rescue(ids uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE SET plan_cache_mode=force_generic_plan BODY 02c0c2c857027cec;
FUNCTION base.announce_reset() RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY cd949068ef44d72f;
FUNCTION base.api_name(of_column text) RETURNS text LANGUAGE sql IMMUTABLE BODY 8d1dac214b9450d7;
FUNCTION base.apply_correction(of_correction uuid) RETURNS void LANGUAGE plpgsql VOLATILE BODY c46f85a5eca52670;
FUNCTION base.assist_within() RETURNS interval LANGUAGE plpgsql STABLE BODY bcbb9bb7609ee310;
FUNCTION base.assistance_of(n base.distress_notice) RETURNS TABLE(id text, audience integer, red text, agencies text[], concern integer) LANGUAGE sql STABLE BODY a257ab00506d282d;
FUNCTION base.audit_agency() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY cd4b77bd3fce221a;
FUNCTION base.audit_alert() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 4838e5df0b7df322;
FUNCTION base.audit_api_key() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY d4b1bf2583365cff;
FUNCTION base.audit_assistance() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 0f1139bc605d901e;
FUNCTION base.audit_correction() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 37acaed941d09ab2;
FUNCTION base.audit_crossing_status() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 41620fc46ec1fd0b;
FUNCTION base.audit_double_decision() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 8d0e067a6f3c11e5;
FUNCTION base.audit_impact_assessment() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY ad86f05226b70868;
FUNCTION base.audit_incident() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 3245b3b0b0332b21;
FUNCTION base.audit_incident_acknowledgement() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 459474b2e04617e5;
FUNCTION base.audit_incident_double() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 44c4b30a6732869b;
FUNCTION base.audit_incident_request() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 6c8215a1eac499f4;
FUNCTION base.audit_incident_response() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 921a1cccea9d45a9;
FUNCTION base.audit_indicator() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 517327254e0f030c;
FUNCTION base.audit_joint_consent() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 020cdf6d1a3798f3;
FUNCTION base.audit_joint_proposal() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY bfc144dabf806b86;
FUNCTION base.audit_json(e base.audit_entry) RETURNS json LANGUAGE sql STABLE BODY 20e7472ce0695d9b;
FUNCTION base.audit_legal_hold() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 65d00c969d747d0c;
FUNCTION base.audit_mandate() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY e2234fc4b419ee9f;
FUNCTION base.audit_offer() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY f77b20d96ca8e897;
FUNCTION base.audit_procedure_version() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY bdca9d874b41fd78;
FUNCTION base.audit_reaction() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 398fe94377591a1c;
FUNCTION base.audit_readers(e base.audit_entry) RETURNS integer LANGUAGE sql STABLE BODY 84acc3077e595128;
FUNCTION base.audit_report() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 06ecb41ff8fbecb6;
FUNCTION base.audit_session() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY f29ddee8fe159f4a;
FUNCTION base.audit_shift() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY d79016440ad1c9c9;
FUNCTION base.audit_shift_item() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY f26636631085d0af;
FUNCTION base.audit_shift_note() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 407fc5267616ca88;
FUNCTION base.audit_subscription() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 4e5fa0175243ca53;
FUNCTION base.audit_text(e base.audit_entry) RETURNS text LANGUAGE sql STABLE BODY a0c04e521e754bba;
FUNCTION base.audit_webhook() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 8fa729dce38a24fe;
FUNCTION base.audit_zone() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY b58c16cb92d0dcf7;
FUNCTION base.audit_zone_consent() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 9ee72b552ea55669;
FUNCTION base.audit_zone_revision() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 522f176bda9dc9c4;
FUNCTION base.border_of_crossing(f base.correction_feature) RETURNS text LANGUAGE sql STABLE BODY e9d15741d5926bd9;
FUNCTION base.borders_of(features jsonb) RETURNS text[] LANGUAGE sql STABLE BODY 541df89fc4d1c00a;
AGGREGATE base.chain(first_link bytea, entry text) RETURNS bytea LANGUAGE internal IMMUTABLE;
FUNCTION base.change_alerts() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 1fc29e4988bf1e1f;
FUNCTION base.change_assessments() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 538d3bd026f238fb;
FUNCTION base.change_assistance() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 8a13c0a64e807acd;
FUNCTION base.change_consents() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY a89bc37a6eac1547;
FUNCTION base.change_coordination() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 842ee8b4af9d4142;
FUNCTION base.change_corrections() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 7bd492e20cc36d8b;
FUNCTION base.change_decided_doubles() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 33b826bd420e33d8;
FUNCTION base.change_doubles() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 38adb0f79e43f505;
FUNCTION base.change_incidents() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY cf0b3733a8472d9b;
FUNCTION base.change_indicator() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 3902a7645e6c63b1;
FUNCTION base.change_offers() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 3801894da967da65;
FUNCTION base.change_open() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 8eeaec6f79096c88;
FUNCTION base.change_procedure() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 96eb9f75ee2aeeaa;
FUNCTION base.change_proposals() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 316f0983ab1dae3c;
FUNCTION base.change_reactions() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 1590ba39794a97f8;
FUNCTION base.change_request() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY fa13bb7514d3f49e;
FUNCTION base.change_revisions() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY c714d5a51f2edb8e;
FUNCTION base.change_shared_of_zone(of_zone text, before base.standing, after base.standing) RETURNS void LANGUAGE plpgsql VOLATILE BODY 80e2a7076c1779c9;
FUNCTION base.change_shift() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 5cbc0cb5de9a4c30;
FUNCTION base.change_shift_note() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY a5b812c64597b295;
FUNCTION base.change_webhook() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY a13ec82162b9a55a;
FUNCTION base.change_zones() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 1fcf7e5f48939069;
FUNCTION base.changed_text(was text, becomes text) RETURNS text LANGUAGE sql IMMUTABLE BODY 608b906536292bff;
FUNCTION base.check_consent() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 544af9ea89b6fad6;
FUNCTION base.check_procedure() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 65ad5df6f7cae0d5;
FUNCTION base.claim_deliveries(lease interval, most integer, most_of_one integer, in_a_row integer, busy uuid[]) RETURNS TABLE(webhook uuid, delivery uuid, attempt integer, lane uuid, seq bigint, collection text, subject text, url text, secrets bytea[], agency text, country text, created_at timestamp with time zone) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY a6a22c2a4e99714f;
FUNCTION base.clear_level(of_segment text, at timestamp with time zone) RETURNS text LANGUAGE sql STABLE BODY 799ddcfd3c345285;
FUNCTION base.close_world() RETURNS void LANGUAGE plpgsql VOLATILE SET search_path=base, public, pg_temp BODY 87557b6924ff3925;
FUNCTION base.coordination_of(of_incident uuid, of_audience integer, of_red_agency text, of_owner text) RETURNS TABLE(collection text, id text, audience integer, red text, concern integer) LANGUAGE sql STABLE BODY 186c70a7b7663ce2;
FUNCTION base.correct_borders(features jsonb, default_source text) RETURNS base.border_edge[] LANGUAGE plpgsql VOLATILE BODY c73feb616c2740eb;
FUNCTION base.correct_crossings(features jsonb, default_source text, moved text[], touched text[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY ecfcd10f6227a4f5;
FUNCTION base.correct_segments(features jsonb, default_source text, moved text[]) RETURNS text[] LANGUAGE plpgsql VOLATILE BODY 09c3cc7044f18378;
FUNCTION base.correct_sides(features jsonb) RETURNS void LANGUAGE plpgsql VOLATILE BODY 227da8e6aa5bd9ea;
FUNCTION base.correction_changes(of_correction uuid) RETURNS TABLE(collection text, id text, was jsonb, becomes jsonb, old_place public.geometry, new_place public.geometry) LANGUAGE sql STABLE BODY 62a92f35a709ad75;
FUNCTION base.count_alert_revision() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 1f219af8420ee0da;
FUNCTION base.cut_border() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 08953b156f1bb46c;
FUNCTION base.cut_country() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 4528798c92ed3d4d;
FUNCTION base.delivery_figures(OUT waiting_seconds double precision, OUT open_circuits integer, OUT dead integer) RETURNS record LANGUAGE sql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 9aef117dc9c78e12;
FUNCTION base.double_viewers(one base.incident, other base.incident, OUT audience integer, OUT red_agency text, OUT concern integer) RETURNS record LANGUAGE sql STABLE BODY 5567d153d851b52e;
FUNCTION base.doubles_of(ids uuid[]) RETURNS TABLE(earlier uuid, later uuid) LANGUAGE sql STABLE BODY 44610162c6f8f338;
FUNCTION base.end_demo_keys() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 22176f8584e7cfd4;
FUNCTION base.end_world() RETURNS boolean LANGUAGE plpgsql VOLATILE SET search_path=base, public, pg_temp BODY 0a8c8aeec0f4dd1e;
FUNCTION base.entries_since(done pg_snapshot, last_txid xid8, last_entry bigint, most integer) RETURNS SETOF base.audit_entry LANGUAGE sql STABLE BODY 07221068d1509664;
FUNCTION base.entries_without_seal(most integer) RETURNS SETOF base.audit_entry LANGUAGE sql STABLE BODY 9c8a47611d3e5ae0;
FUNCTION base.faces_of(of_zone text, at timestamp with time zone) RETURNS TABLE(face integer, revision integer, shown_to integer, shown_during tstzrange) LANGUAGE sql STABLE BODY 2d0a169ba4051046;
FUNCTION base.features_of(features jsonb, of_collection text) RETURNS SETOF base.correction_feature LANGUAGE sql STABLE BODY e5cda09972031ffa;
FUNCTION base.fill_shift() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 7b566fe9cd61ac61;
FUNCTION base.fill_shift_item() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 87767a2acf2f3b3c;
FUNCTION base.fire_overdue(most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 5a769536f86d51c2;
FUNCTION base.follow_assessment() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 72a9ca7b8a957227;
FUNCTION base.follow_consent() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY a797ceee35e81521;
FUNCTION base.follow_due(was base.incident, i base.incident) RETURNS void LANGUAGE plpgsql VOLATILE BODY 4e1381af73a7f8ac;
FUNCTION base.follow_incidents() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 44945afa241cc643;
FUNCTION base.follow_zone() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY c91d6459ddc69e9e;
FUNCTION base.foot_on(edge base.border_edge, point public.geography) RETURNS base.foot LANGUAGE plpgsql STABLE PARALLEL SAFE BODY 0b46caefd7a5caca;
FUNCTION base.foot_on_border(point public.geometry, of_border text) RETURNS base.foot LANGUAGE sql STABLE BODY 41bbcf1e0ec4e99f;
FUNCTION base.gather_incidents(of_zone text, of_revision integer, of_area public.geometry) RETURNS void LANGUAGE plpgsql VOLATILE BODY 918477d446a22459;
FUNCTION base.guard_assessment() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 5ceadb3df56e9c5e;
FUNCTION base.guard_label() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 375e8dc4b060da9e;
FUNCTION base.guard_mandate() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 3e0bdb2460e429eb;
FUNCTION base.guard_owner() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 106a2119d16854b8;
FUNCTION base.guard_request() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY cd81bc7f304e4b6e;
FUNCTION base.guard_revision() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY f550ac1387bb957d;
FUNCTION base.guard_shift() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 1adda568d1497cb6;
FUNCTION base.guard_shift_part() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 2b4766ae2856a0a0;
FUNCTION base.has_left(s base.subscription, i base.incident, clear_m double precision) RETURNS boolean LANGUAGE sql STABLE BODY fa57f2924202b5a5;
FUNCTION base.holds_queue(d base.delivery, moment timestamp with time zone) RETURNS boolean LANGUAGE sql IMMUTABLE BODY 87e699f5bdf39cd1;
FUNCTION base.ids_after(last_id uuid, count bigint) RETURNS TABLE(n bigint, id uuid) LANGUAGE sql VOLATILE BODY 2d2689f588cea825;
FUNCTION base.incident_shape() RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY b14c2803eb480fcc;
FUNCTION base.installation_here(folder uuid) RETURNS base.installation LANGUAGE sql STABLE BODY 6a8acb7d52740be6;
FUNCTION base.is_archive(external_id text, ended_at timestamp with time zone, reported_at timestamp with time zone) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE BODY 601a0d10de6bc142;
FUNCTION base.is_asked_for(s base.subscription, i base.incident) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 1fbbc96ed0465f13;
FUNCTION base.is_double(one base.incident, other base.incident) RETURNS boolean LANGUAGE sql STABLE BODY 788c9590dd030f5d;
FUNCTION base.is_in_force_for(z base.zone, s base.subscription) RETURNS boolean LANGUAGE sql STABLE BODY b60517bb3a8d51a3;
FUNCTION base.is_of_other_server(f base.feed) RETURNS boolean LANGUAGE sql STABLE BODY b7dbcd849bb4ae5b;
FUNCTION base.is_of_world(nature text, world_kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 44ac233bdda0b4ae;
FUNCTION base.is_overtaken(c base.correction) RETURNS boolean LANGUAGE sql STABLE BODY dabf7ff9f2ec12e7;
FUNCTION base.is_shown_for(z base.zone, s base.subscription) RETURNS boolean LANGUAGE sql STABLE BODY 44fa998311376231;
FUNCTION base.join_incident() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY b44942757053775a;
FUNCTION base.join_segments(borders text[], removed text[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY cf7bb44a45ce7a20;
FUNCTION base.join_zones() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 89ebd36915aa297d;
FUNCTION base.keep_assessment() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 6f8fdee824f7a7a6;
FUNCTION base.keep_clocks() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY d059b33098f61c6d;
FUNCTION base.keep_incident_texts() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 7c7b6764afcb3a3b;
FUNCTION base.keep_membership(of_zone text) RETURNS void LANGUAGE plpgsql VOLATILE BODY 4cbcf8cc1ae5403a;
FUNCTION base.keep_notice(was base.incident, i base.incident) RETURNS void LANGUAGE plpgsql VOLATILE BODY 16d3ce372ce5f711;
FUNCTION base.keep_proposal() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 573e1f307ead378f;
FUNCTION base.keep_proposed() RETURNS trigger LANGUAGE plpgsql VOLATILE SET search_path=base, public, pg_temp BODY 93cf9c33a58ff007;
FUNCTION base.keep_reaction() RETURNS trigger LANGUAGE plpgsql VOLATILE SET search_path=base, public, pg_temp BODY 5b15834bb2abe195;
FUNCTION base.keep_stamp() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 47485fcb712b9372;
FUNCTION base.keep_version() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 450de6ff12e05e3f;
FUNCTION base.key_text(roles text[], expires_at timestamp with time zone, revoked_at timestamp with time zone) RETURNS text LANGUAGE sql STABLE BODY 5932e976b6baa6e0;
FUNCTION base.label_double_decision() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY c623d026a80ad676;
FUNCTION base.label_for(reporter text, owner text, label text, released_to text[]) RETURNS TABLE(tlp text, releasable_to text[]) LANGUAGE sql IMMUTABLE BODY b66b86b87f95cd6a;
FUNCTION base.label_report() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 041b5ca18a6e001a;
FUNCTION base.label_response() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 60d748c6648f7128;
FUNCTION base.label_text(tlp text, releasable_to text[]) RETURNS text LANGUAGE sql IMMUTABLE BODY f08f08d2bf119473;
FUNCTION base.last_decision(r base.zone_revision, of_country text) RETURNS text LANGUAGE sql STABLE BODY 8a612ba77e04a903;
FUNCTION base.last_logged(of_collection text, is_like text, after bigint) RETURNS TABLE(target text, agency text, at timestamp with time zone, detail text, becomes text) LANGUAGE plpgsql VOLATILE BODY 6fa08cc490558008;
FUNCTION base.lock_membership(alone boolean) RETURNS void LANGUAGE sql VOLATILE BODY 0292f77b97275f5f;
FUNCTION base.log_attempts() RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY eb97531c12a0d7ef;
FUNCTION base.mandates_at(i base.incident) RETURNS TABLE(agency text, country text, rank text) LANGUAGE sql STABLE BODY d65a019407b567a4;
FUNCTION base.may_see(audience integer, red_agency text, agency text, country text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY ed1f89a5043f8fcc;
FUNCTION base.move_assistance() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 2c94feffd19a66e8;
FUNCTION base.move_incidents(edges base.border_edge[], borders text[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY 3756250ce480d650;
FUNCTION base.move_outlines(f base.correction_feature, was base.border, corrected public.geometry) RETURNS void LANGUAGE plpgsql VOLATILE BODY 99c07df219ea91b2;
FUNCTION base.moved_edges(old_edges base.border_edge[]) RETURNS public.geometry LANGUAGE sql STABLE BODY 6fe084c9e3036bc4;
FUNCTION base.narrower_label(tlp text, released_to text[], other_tlp text, other_released_to text[]) RETURNS TABLE(tlp text, releasable_to text[]) LANGUAGE sql IMMUTABLE BODY cfd2aa31074cd5b9;
FUNCTION base.nearest_foot(point public.geography) RETURNS base.foot LANGUAGE plpgsql STABLE PARALLEL SAFE BODY 8bb47f9a8da331ab;
FUNCTION base.new_km(of_border text, point public.geometry) RETURNS double precision LANGUAGE sql STABLE BODY d5daa5f407a95e5a;
FUNCTION base.next_link(link bytea, first_link bytea, entry text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE BODY a4cc40810aacc0ad;
FUNCTION base.note_cells() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY f4dd29824f613ed4;
FUNCTION base.note_distress(ids uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE SET plan_cache_mode=force_generic_plan BODY 0b8e837fe951d3d5;
FUNCTION base.note_loss(verified_at timestamp with time zone) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY b614163bde4d207d;
FUNCTION base.note_response_state() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 7ad0dbd5af310054;
FUNCTION base.number_consent() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY f18087a481838cb9;
FUNCTION base.number_segments(borders text[], moved text[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY 3a88f9ca99c78d49;
FUNCTION base.open_installation(new_folder uuid, said text) RETURNS void LANGUAGE plpgsql VOLATILE SET search_path=base, public, pg_temp BODY 92ce8c43020f1109;
FUNCTION base.owner_of(collection text, id text) RETURNS text LANGUAGE plpgsql STABLE BODY a0665f401265f01e;
FUNCTION base.permit_removal(f base.correction_feature) RETURNS void LANGUAGE plpgsql VOLATILE BODY 692408a87a8a0e24;
FUNCTION base.place_json(p base.placement) RETURNS jsonb LANGUAGE sql IMMUTABLE BODY 793c7154a172f7c0;
FUNCTION base.placed_again(old_edges base.border_edge[], borders text[], as_caller boolean) RETURNS TABLE(id uuid, was base.placement, becomes base.placement) LANGUAGE plpgsql STABLE BODY 9664b6f26672a06a;
FUNCTION base.procedure_parties_are(parties text[], v base.procedure_version) RETURNS boolean LANGUAGE sql STABLE BODY e3de276a71e87276;
FUNCTION base.procedures_between(since timestamp with time zone, until timestamp with time zone) RETURNS text[] LANGUAGE sql STABLE BODY 5cb1911fdc0ab0c5;
FUNCTION base.purge_alerts(older_than interval, most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 9e1bdd6c75316b84;
FUNCTION base.purge_changes(older_than interval, most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 0eedad753eff98f3;
FUNCTION base.purge_incidents(rules json, most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY d6e2f4f87df46a78;
FUNCTION base.purge_requests(rules json, most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 16a473c3ffa54a55;
FUNCTION base.purge_sessions(idle interval) RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 00c25c54bc58b243;
FUNCTION base.queue_deliveries() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY c1accc0a3e35f57f;
FUNCTION base.queue_doubles() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY ac8aa04e8243f1fe;
FUNCTION base.queue_resets() RETURNS integer LANGUAGE plpgsql VOLATILE BODY 86791d6b61ca5cb8;
FUNCTION base.raise_alerts(numbers text[], asked uuid[], matching uuid[], matched uuid[], late text[] DEFAULT '{}'::text[]) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp, plan_cache_mode=force_generic_plan BODY 3bbb56011d6ab04b;
FUNCTION base.reach(point public.geometry, accuracy_m double precision) RETURNS public.geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 806641bd8c15b3de;
FUNCTION base.reaches(point public.geometry, geog public.geography, accuracy_m double precision, line public.geometry, line_geog public.geography) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 8fe57ad9614f6fe3;
FUNCTION base.record_assistance() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY eb45a98fd00403f2;
FUNCTION base.red_among(red text, ends integer) RETURNS text LANGUAGE sql STABLE BODY 1ef6701e44e1e483;
FUNCTION base.refuse_after_end() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY d07ec1ac4c6bdd27;
FUNCTION base.refuse_change() RETURNS trigger LANGUAGE plpgsql VOLATILE BODY 483cd66a5db94618;
FUNCTION base.refuse_correction(code text, says jsonb) RETURNS void LANGUAGE plpgsql VOLATILE BODY 14bcf1e39fb4c733;
FUNCTION base.relabel_zone() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY b22372d80ca20554;
FUNCTION base.remove_coordination() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 736a9620136e6fec;
FUNCTION base.remove_segments(removed text[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY 33a199f73332693c;
FUNCTION base.remove_shared_of_zone() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY f0c5fb946a15f4cd;
FUNCTION base.replay_entries(after bigint) RETURNS TABLE(kind text, done bigint) LANGUAGE plpgsql VOLATILE SET search_path=base, public, pg_temp BODY 70d1981425abf205;
FUNCTION base.requeue_deliveries() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 265afde03ece30c1;
FUNCTION base.rescue_scopes() RETURNS TABLE(agency text, country text, border text) LANGUAGE sql STABLE BODY a6dff0a4f320035f;
FUNCTION base.revise_incident() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY ae8be27d63ffa75c;
FUNCTION base.seal_audit(most integer, is_thorough boolean DEFAULT false) RETURNS integer LANGUAGE plpgsql VOLATILE BODY 31cae63cfdce8c97;
FUNCTION base.seal_entries(entries base.audit_entry[]) RETURNS void LANGUAGE sql VOLATILE BODY 534036dfc17cd76f;
FUNCTION base.secrets_of_webhook(of_webhook uuid) RETURNS bytea[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 28dcfd780e142b68;
FUNCTION base.segment_at(of_border text, km double precision, removed text[] DEFAULT '{}'::text[]) RETURNS text LANGUAGE sql STABLE BODY 0a94e0e9345f900a;
FUNCTION base.segment_ends(f base.correction_feature, of_border text) RETURNS double precision[] LANGUAGE plpgsql VOLATILE BODY 2ba9826ea4ea2fa8;
FUNCTION base.settle_correction() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY e154d131eaec241a;
FUNCTION base.settle_deliveries(results json, opens_after integer, opens_for interval, opens_at_most interval) RETURNS TABLE(dead integer) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 22a2911f81b2724c;
FUNCTION base.settle_impact(p base.joint_proposal) RETURNS void LANGUAGE plpgsql VOLATILE BODY b684cbbac31452ce;
FUNCTION base.settle_level(of_segment text) RETURNS void LANGUAGE plpgsql VOLATILE BODY 04b233006bc95051;
FUNCTION base.settle_procedure(p base.joint_proposal) RETURNS void LANGUAGE plpgsql VOLATILE BODY 64071cf8f69ddd1d;
FUNCTION base.settle_proposal() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY e5e25514a8d2a59e;
FUNCTION base.settle_reference(p base.joint_proposal) RETURNS void LANGUAGE plpgsql VOLATILE BODY 80ac63d61252737f;
FUNCTION base.settle_rescue_alerts(i base.incident) RETURNS void LANGUAGE plpgsql VOLATILE BODY 02bf195494a42e37;
FUNCTION base.settle_revision() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 9b5d1df0d6b2d8d5;
FUNCTION base.settle_subject(p base.joint_proposal) RETURNS void LANGUAGE plpgsql VOLATILE BODY 9cb36524b25c8c5c;
FUNCTION base.settle_subscription() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 52bef1f378bf50bc;
FUNCTION base.settle_zone(of_zone text) RETURNS void LANGUAGE plpgsql VOLATILE BODY f5802ea0279bcdd4;
FUNCTION base.severity_rank(severity text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY baf09ba053b8d53a;
FUNCTION base.shifted_runs(old_edges base.border_edge[]) RETURNS TABLE(border text, from_km double precision, to_km double precision, shift_km double precision) LANGUAGE sql STABLE BODY 9469fd4b5d3684b6;
FUNCTION base.stage_text(r base.zone_revision) RETURNS text LANGUAGE sql STABLE BODY ddd332d48a3e6386;
FUNCTION base.standing_of(faces base.zone[], at timestamp with time zone) RETURNS base.standing LANGUAGE sql STABLE BODY 155952c03c4f1812;
FUNCTION base.standing_of_ends(of_zone text, ends integer, concern integer) RETURNS base.standing LANGUAGE sql STABLE BODY 2ef4479288d6260a;
FUNCTION base.standing_of_procedure(v base.procedure_version) RETURNS base.standing LANGUAGE sql STABLE BODY 1e5a09bc88b0163e;
FUNCTION base.standing_of_request(q base.incident_request) RETURNS base.standing LANGUAGE sql STABLE BODY 2cef438a419f040d;
FUNCTION base.subscriptions_at(incidents uuid[]) RETURNS TABLE(subscription uuid, incident uuid) LANGUAGE sql STABLE BODY d592dbc8cf251d8f;
FUNCTION base.subscriptions_of(incident base.incident) RETURNS SETOF base.subscription LANGUAGE sql STABLE BODY ba44b3d975e9f6c9;
FUNCTION base.suspend_subscription(of_subscription uuid, of_revision integer, took_ms integer, incidents uuid[]) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY d755fcf18558dab5;
FUNCTION base.sweep_deliveries(kept interval, most integer, OUT died integer, OUT deleted integer) RETURNS record LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY b57c085b6b89f0dc;
FUNCTION base.take_notice() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 50c0552c3c4b6cb8;
FUNCTION base.tell(collection text, row_count bigint, audience integer, agencies text, around public.box2d, hides boolean DEFAULT false) RETURNS void LANGUAGE plpgsql VOLATILE BODY 19ec1dbc168bfd9e;
FUNCTION base.tell_procedures(changed text[]) RETURNS void LANGUAGE plpgsql VOLATILE BODY f121c0e8e13a1a09;
FUNCTION base.tell_time() RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 5fce042faa0dea55;
FUNCTION base.texts_in(list jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT BODY ffbd0034fa280b7e;
FUNCTION base.try_correction(c base.correction) RETURNS void LANGUAGE plpgsql VOLATILE BODY d61a08340188f28d;
FUNCTION base.waiting_alerts(most integer, apart text DEFAULT NULL::text) RETURNS TABLE(numbers text[], incidents uuid[], filters json, late text[]) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp, plan_cache_mode=force_generic_plan BODY 9229b855b3fead0b;
FUNCTION base.was_at(s base.subscription, point public.geometry) RETURNS boolean LANGUAGE sql STABLE BODY 5b1b443fe02d1f10;
FUNCTION base.watch_impact(most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 00d8f36006f9268f;
FUNCTION base.webhook_secrets(w base.webhook) RETURNS bytea[] LANGUAGE sql STABLE BODY eda13cf07a278a2b;
FUNCTION base.withdraw_alerts(relabelled uuid[]) RETURNS void LANGUAGE sql VOLATILE BODY bc89144120c63184;
FUNCTION base.write_incident_texts(ids uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE SET plan_cache_mode=force_generic_plan BODY 6be0a0a76e165e50;
FUNCTION base.write_reactions(a base.impact_assessment, since timestamp with time zone) RETURNS void LANGUAGE plpgsql VOLATILE BODY eb3224d7ae1602f3;
FUNCTION base.write_reference(of_correction uuid, since timestamp with time zone, default_source text, features jsonb) RETURNS base.border_edge[] LANGUAGE plpgsql VOLATILE BODY 029b0464f0d19d23;
FUNCTION base.zones_of(point public.geometry, geog public.geography, accuracy_m double precision) RETURNS TABLE(zone text, revision integer, relation text) LANGUAGE sql STABLE PARALLEL SAFE BODY 1282f4b93a640cfd;
FUNCTION tripoint.any_phrase(phrases text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE BODY 80905ebc5890867b;
FUNCTION tripoint.audience(tlp text, owner text, releasable_to text[]) RETURNS integer LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE BODY 9bec5d4b9ec41770;
FUNCTION tripoint.audit_reads(entries json) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 34e70f33f3e009b2;
FUNCTION tripoint.begin_feed() RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY f8c03058c2c3c4be;
FUNCTION tripoint.box_around(shape public.geometry, metres double precision) RETURNS public.geometry LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE BODY 01b5a81cfc1af71d;
FUNCTION tripoint.caller_agency() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE BODY 83327525e7fe399d;
FUNCTION tripoint.caller_of_key(key_hash bytea) RETURNS TABLE("keyId" uuid, agency text, country text, roles text[], "expiresAt" timestamp with time zone) LANGUAGE sql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 1a4c3072724b11f1;
FUNCTION tripoint.caller_of_session(session_hash bytea, idle interval) RETURNS TABLE("sessionId" uuid, "keyId" uuid, subject text, agency text, country text, roles text[], "expiresAt" timestamp with time zone) LANGUAGE sql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 786ef3c016a45c5d;
FUNCTION tripoint.cell_column(cell integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE BODY 4639ba736649eb11;
FUNCTION tripoint.cell_of(point public.geometry) RETURNS integer LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path="" BODY 040eb1c25b57c604;
FUNCTION tripoint.cells_covering(area public.geometry, level integer) RETURNS integer[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE BODY 45ec8d839808a6f0;
FUNCTION tripoint.changes_only(was jsonb, becomes jsonb, of_table oid, columns text[]) RETURNS boolean LANGUAGE sql STABLE BODY 32e33b0dcf355abd;
FUNCTION tripoint.clip_to(area public.geometry, countries text[]) RETURNS public.geometry LANGUAGE sql STABLE PARALLEL SAFE BODY bca6c221d74f259f;
FUNCTION tripoint.concern(tlp text, country text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY ed2a9defe40f9c08;
FUNCTION tripoint.correction_difference(of_correction uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 0bfd2b6b5242d2ee;
FUNCTION tripoint.country_bits(countries text[]) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 70dfa26d571a9d30;
FUNCTION tripoint.crossing_state(of_crossing text, at timestamp with time zone) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE BODY dbc904d26c58ab3e;
FUNCTION tripoint.cursor_state(of_xid xid8, of_collection text, of_id text, of_nonce uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 46f086c0959a5480;
FUNCTION tripoint.disc(centre public.geometry, radius_m double precision) RETURNS public.geometry LANGUAGE sql STABLE STRICT PARALLEL SAFE BODY d393ab1966ebdff0;
FUNCTION tripoint.end_session(session_hash bytea) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY ec901b125d6e7a9f;
FUNCTION tripoint.fold_incident_cells(most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 81a3047c748d3f70;
FUNCTION tripoint.folded(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE BODY 583445f70bab699d;
FUNCTION tripoint.holds_mandate(of_incident uuid) RETURNS boolean LANGUAGE plpgsql STABLE BODY bebce6b040254243;
FUNCTION tripoint.hours_in(periods tstzmultirange) RETURNS numeric LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE BODY d3c140e711b79193;
FUNCTION tripoint.impact_rank(level text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 11767671bf70e7f1;
FUNCTION tripoint.impact_state(level text, assessed_at timestamp with time zone, declined_at timestamp with time zone, agreed_at timestamp with time zone, valid_to timestamp with time zone, ended_at timestamp with time zone, open_until timestamp with time zone, at timestamp with time zone) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY c3fd5ab6983cee9d;
FUNCTION tripoint.is_auditor() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE BODY d37405cc7f3cc901;
FUNCTION tripoint.is_own(country text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE BODY 4e580465e0303b49;
FUNCTION tripoint.is_replaced(starts_at timestamp with time zone, replaced_at timestamp with time zone, at timestamp with time zone) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 950885f3d0847172;
FUNCTION tripoint.is_shown(audience integer, shown_to integer, red_agency text, country text, viewer integer, agency text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 5ccd8f097e0cfe40;
FUNCTION tripoint.is_table_owner(of_table oid) RETURNS boolean LANGUAGE sql STABLE BODY 74492a06bb74cccb;
FUNCTION tripoint.is_wider(was integer, bits integer) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY a0905176f8935649;
FUNCTION tripoint.lease_requests(of_minute timestamp with time zone, of_share bytea, size integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY a7c5a66d27e4a0a6;
FUNCTION tripoint.link_doubles(most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 244074637f694e42;
FUNCTION tripoint.lock_number(purpose text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY fa70bf6cc7ed6aaa;
FUNCTION tripoint.lock_proposal(of_proposal uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 771e62dcc5af090d;
FUNCTION tripoint.lock_zone(of_zone text) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY d5a90c60ac6dad57;
FUNCTION tripoint.look_at_installation(folder uuid, witness_seal uuid, witness_seq bigint, witness_hash bytea) RETURNS TABLE(fault text, seal uuid, seq bigint, hash bytea) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 64dd0886e5742aea;
FUNCTION tripoint.next_version(of_procedure uuid) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 7e7e60bd04bcae3f;
FUNCTION tripoint.note_attempts(attempts json) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 8bc1ca3c1cf8f669;
FUNCTION tripoint.note_key_use(keys uuid[]) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY c3bc22f4ff9de5f4;
FUNCTION tripoint.note_session_use(sessions uuid[]) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 2044c3c6236b40c9;
FUNCTION tripoint.open_hours(hours jsonb, zone text, during tstzrange) RETURNS tstzmultirange LANGUAGE plpgsql STABLE PARALLEL SAFE BODY e28c73eea30ae610;
FUNCTION tripoint.place(point public.geometry, accuracy_m double precision) RETURNS base.placement LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path=base, public, pg_temp, plan_cache_mode=force_generic_plan BODY fe18d73c5b1f6607;
FUNCTION tripoint.plain_words(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE BODY 236159101ca03bdb;
FUNCTION tripoint.preview_correction(features jsonb, since timestamp with time zone, default_source text) RETURNS TABLE(difference jsonb, incidents jsonb, seen integer[]) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY ae386c9fa7e1c203;
FUNCTION tripoint.procedure_state(agreed_at timestamp with time zone, ended_at timestamp with time zone, ended_as text, open_until timestamp with time zone, effective tstzrange, replaced_at timestamp with time zone, at timestamp with time zone) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 41dce864eab1601c;
FUNCTION tripoint.proposal_state(agreed_at timestamp with time zone, ended_at timestamp with time zone, ended_as text, open_until timestamp with time zone, at timestamp with time zone) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 9f1d5184e51d59b3;
FUNCTION tripoint.renew_incident_texts(most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY cf79a0b05eade1c6;
FUNCTION tripoint.replay_deliveries(of_webhook uuid, single uuid) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 1a9b9eadc0476146;
FUNCTION tripoint.rescue_borders() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY f1f8f9ffa60fd553;
FUNCTION tripoint.responsible(countries text[], borders text[], segments text[], crossings text[], zones text[], of_function text, at timestamp with time zone) RETURNS json LANGUAGE plpgsql STABLE PARALLEL SAFE BODY c6b98189933d23b0;
FUNCTION tripoint.rounded(value double precision, digits integer) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY a133d773fe083ce2;
FUNCTION tripoint.sealing_lag() RETURNS double precision LANGUAGE sql STABLE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 9eda3cc6a43954e4;
FUNCTION tripoint.sees(audience integer, red_agency text, viewer integer, agency text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY df12a9719ab4ea72;
FUNCTION tripoint.side_periods(of_crossing text, of_country text, during tstzrange) RETURNS TABLE(entering text, traffic text, open tstzmultirange, restricted tstzmultirange, closed tstzmultirange, unknown tstzmultirange) LANGUAGE plpgsql STABLE PARALLEL SAFE BODY a3404353bb6d50a1;
FUNCTION tripoint.side_state(of_crossing text, of_country text, at timestamp with time zone) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE BODY 155381f46b62d1b7;
FUNCTION tripoint.side_table(of_crossing text, of_country text, at timestamp with time zone, classes text[] DEFAULT tripoint.traffic_classes()) RETURNS TABLE(entering text, traffic text, state text, basis text, statement uuid) LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode=force_generic_plan BODY 3c988e4d03250a6d;
FUNCTION tripoint.start_session(new_id uuid, new_hash bytea, of_key uuid, of_subject text, of_roles text[], lasts interval, latest_end timestamp with time zone) RETURNS timestamp with time zone LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path=base, public, pg_temp BODY 6bc6160f882b4806;
FUNCTION tripoint.stretch(of_border text, from_km double precision, to_km double precision) RETURNS public.geometry LANGUAGE sql STABLE PARALLEL SAFE BODY 3ea75ea2eb3c34e1;
FUNCTION tripoint.strip(line public.geometry, width_m double precision) RETURNS public.geometry LANGUAGE sql STABLE PARALLEL SAFE BODY ecc6b42f8ca9447f;
FUNCTION tripoint.traffic_classes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 2c3cdded89bbaa28;
FUNCTION tripoint.unaccented(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE BODY 005cd8b7cdd8aa9b;
FUNCTION tripoint.utc(at timestamp with time zone) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE BODY 2145c33eb9169c5f;
FUNCTION tripoint.viewer() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE BODY ff9ff76fcc39532d;
FUNCTION tripoint.words(value text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE BODY b68887aa88b001ed;
FUNCTION tripoint.zone_countries(tlp text, state text, country text, participants text[]) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 3171b0a998193184;
FUNCTION tripoint.zone_state(proposed_at timestamp with time zone, agreed_at timestamp with time zone, starts_at timestamp with time zone, valid_to timestamp with time zone, suspended_at timestamp with time zone, withdrawn_at timestamp with time zone, replaced_at timestamp with time zone, at timestamp with time zone) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE BODY 5cb30cce2dd1813c;
FUNCTION tripoint.zone_viewers(of_zone text) RETURNS text[] LANGUAGE plpgsql VOLATILE BODY 05590d29b60e17d6;
CREATE TRIGGER audit_delete AFTER DELETE ON base.agency REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_agency();
CREATE TRIGGER audit_insert AFTER INSERT ON base.agency REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_agency();
CREATE TRIGGER audit_update AFTER UPDATE ON base.agency REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_agency();
CREATE TRIGGER change_delete AFTER DELETE ON base.agency REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('agencies', 'id', 'whole', '');
CREATE TRIGGER change_insert AFTER INSERT ON base.agency REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('agencies', 'id', 'whole', '');
CREATE TRIGGER change_update AFTER UPDATE ON base.agency REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('agencies', 'id', 'whole', '');
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.agency FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_update AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_alert();
CREATE TRIGGER change_delete AFTER DELETE ON base.alert REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();
CREATE TRIGGER change_insert AFTER INSERT ON base.alert REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();
CREATE TRIGGER change_update AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_alerts();
CREATE TRIGGER count_first_revision BEFORE INSERT ON base.alert FOR EACH ROW EXECUTE FUNCTION base.count_alert_revision();
CREATE TRIGGER count_revision BEFORE UPDATE ON base.alert FOR EACH ROW WHEN (((old.triggers IS DISTINCT FROM new.triggers) OR (old.at IS DISTINCT FROM new.at) OR (old.due_at IS DISTINCT FROM new.due_at) OR (old.severity IS DISTINCT FROM new.severity) OR (old.certainty IS DISTINCT FROM new.certainty) OR (old.is_withdrawn AND (NOT new.is_withdrawn)))) EXECUTE FUNCTION base.count_alert_revision();
CREATE TRIGGER queue_deliveries AFTER INSERT ON base.alert REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.queue_deliveries();
CREATE TRIGGER requeue_deliveries AFTER UPDATE ON base.alert REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.requeue_deliveries();
CREATE TRIGGER write_own BEFORE UPDATE ON base.alert FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.api_key REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();
CREATE TRIGGER audit_insert AFTER INSERT ON base.api_key REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();
CREATE TRIGGER audit_update AFTER UPDATE ON base.api_key REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_api_key();
CREATE TRIGGER end_demo_keys AFTER INSERT ON base.api_key FOR EACH ROW WHEN (((NOT new.is_demo) AND ('admin'::text = ANY (new.roles)))) EXECUTE FUNCTION base.end_demo_keys();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.api_key FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.assistance REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_assistance();
CREATE TRIGGER audit_insert AFTER INSERT ON base.assistance REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_assistance();
CREATE TRIGGER audit_update AFTER UPDATE ON base.assistance REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_assistance();
CREATE TRIGGER change_insert AFTER INSERT ON base.assistance REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_assistance();
CREATE TRIGGER record_assistance BEFORE INSERT ON base.assistance FOR EACH ROW EXECUTE FUNCTION base.record_assistance();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.assistance FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON base.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION base.refuse_change() ENABLE ALWAYS;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON base.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION base.refuse_change() ENABLE ALWAYS;
CREATE TRIGGER change_delete AFTER DELETE ON base.border REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('borders', 'code', 'whole', 'line');
CREATE TRIGGER change_insert AFTER INSERT ON base.border REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('borders', 'code', 'whole', 'line');
CREATE TRIGGER change_update AFTER UPDATE ON base.border REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('borders', 'code', 'whole', 'line');
CREATE TRIGGER cut_border AFTER INSERT OR UPDATE OF line ON base.border FOR EACH ROW EXECUTE FUNCTION base.cut_border();
CREATE TRIGGER keep_version BEFORE INSERT OR DELETE OR UPDATE ON base.border FOR EACH ROW EXECUTE FUNCTION base.keep_version('borders');
CREATE TRIGGER address_correction BEFORE INSERT ON base.correction FOR EACH ROW EXECUTE FUNCTION base.address_correction();
CREATE TRIGGER audit_insert AFTER INSERT ON base.correction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_correction();
CREATE TRIGGER audit_update AFTER UPDATE ON base.correction REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_correction();
CREATE TRIGGER change_insert AFTER INSERT ON base.correction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_corrections();
CREATE TRIGGER change_update AFTER UPDATE ON base.correction REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_corrections();
CREATE TRIGGER settle_correction AFTER INSERT ON base.correction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.settle_correction();
CREATE TRIGGER write_own BEFORE INSERT ON base.correction FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER cut_country AFTER INSERT OR UPDATE OF area ON base.country FOR EACH ROW EXECUTE FUNCTION base.cut_country();
CREATE TRIGGER change_delete AFTER DELETE ON base.crossing REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'id', 'whole', 'point');
CREATE TRIGGER change_insert AFTER INSERT ON base.crossing REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'id', 'whole', 'point');
CREATE TRIGGER change_update AFTER UPDATE ON base.crossing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'id', 'whole', 'point');
CREATE TRIGGER keep_version BEFORE INSERT OR DELETE OR UPDATE ON base.crossing FOR EACH ROW EXECUTE FUNCTION base.keep_version('crossings');
CREATE TRIGGER change_delete AFTER DELETE ON base.crossing_side REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');
CREATE TRIGGER change_insert AFTER INSERT ON base.crossing_side REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');
CREATE TRIGGER change_update AFTER UPDATE ON base.crossing_side REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');
CREATE TRIGGER keep_version BEFORE INSERT OR DELETE OR UPDATE ON base.crossing_side FOR EACH ROW EXECUTE FUNCTION base.keep_version('sides');
CREATE TRIGGER audit_delete AFTER DELETE ON base.crossing_status REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();
CREATE TRIGGER audit_insert AFTER INSERT ON base.crossing_status REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();
CREATE TRIGGER audit_update AFTER UPDATE ON base.crossing_status REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_crossing_status();
CREATE TRIGGER change_delete AFTER DELETE ON base.crossing_status REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');
CREATE TRIGGER change_insert AFTER INSERT ON base.crossing_status REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');
CREATE TRIGGER change_update AFTER UPDATE ON base.crossing_status REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('crossings', 'crossing', 'part', '');
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.crossing_status FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER move_assistance_delete BEFORE DELETE ON base.distress_notice FOR EACH ROW EXECUTE FUNCTION base.move_assistance();
CREATE TRIGGER move_assistance_insert AFTER INSERT ON base.distress_notice FOR EACH ROW EXECUTE FUNCTION base.move_assistance();
CREATE TRIGGER move_assistance_update AFTER UPDATE ON base.distress_notice FOR EACH ROW WHEN (((old.audience IS DISTINCT FROM new.audience) OR (old.borders IS DISTINCT FROM new.borders) OR (old.incident_audience IS DISTINCT FROM new.incident_audience) OR (old.incident_red_agency IS DISTINCT FROM new.incident_red_agency))) EXECUTE FUNCTION base.move_assistance();
CREATE TRIGGER audit_delete AFTER DELETE ON base.double_decision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_double_decision();
CREATE TRIGGER audit_insert AFTER INSERT ON base.double_decision REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_double_decision();
CREATE TRIGGER audit_update AFTER UPDATE ON base.double_decision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_double_decision();
CREATE TRIGGER change_insert AFTER INSERT ON base.double_decision REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_decided_doubles();
CREATE TRIGGER label_double_decision BEFORE INSERT ON base.double_decision FOR EACH ROW EXECUTE FUNCTION base.label_double_decision();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.double_decision FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.impact_assessment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_impact_assessment();
CREATE TRIGGER audit_insert AFTER INSERT ON base.impact_assessment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_impact_assessment();
CREATE TRIGGER audit_update AFTER UPDATE ON base.impact_assessment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_impact_assessment();
CREATE TRIGGER change_insert AFTER INSERT ON base.impact_assessment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_assessments();
CREATE TRIGGER change_update AFTER UPDATE ON base.impact_assessment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_assessments();
CREATE TRIGGER follow_insert AFTER INSERT ON base.impact_assessment FOR EACH ROW EXECUTE FUNCTION base.follow_assessment();
CREATE TRIGGER follow_update AFTER UPDATE ON base.impact_assessment FOR EACH ROW WHEN (((old.assessed_at IS DISTINCT FROM new.assessed_at) OR (old.agreed_at IS DISTINCT FROM new.agreed_at) OR (old.ended_at IS DISTINCT FROM new.ended_at) OR (old.settled_at IS DISTINCT FROM new.settled_at))) EXECUTE FUNCTION base.follow_assessment();
CREATE TRIGGER guard_assessment BEFORE INSERT OR UPDATE ON base.impact_assessment FOR EACH ROW WHEN (((new.assessed_at IS NOT NULL) OR (new.declined_at IS NOT NULL))) EXECUTE FUNCTION base.guard_assessment();
CREATE TRIGGER keep_assessment BEFORE INSERT OR UPDATE ON base.impact_assessment FOR EACH ROW EXECUTE FUNCTION base.keep_assessment();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.impact_assessment FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident();
CREATE TRIGGER change_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();
CREATE TRIGGER change_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();
CREATE TRIGGER change_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_incidents();
CREATE TRIGGER follow_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.follow_incidents();
CREATE TRIGGER follow_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.follow_incidents();
CREATE TRIGGER follow_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.follow_incidents();
CREATE TRIGGER guard_label BEFORE UPDATE ON base.incident FOR EACH ROW WHEN (((old.tlp <> new.tlp) OR (old.releasable_to <> new.releasable_to) OR (old.owner <> new.owner) OR (old.agency <> new.agency))) EXECUTE FUNCTION base.guard_label();
CREATE TRIGGER join_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();
CREATE TRIGGER join_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();
CREATE TRIGGER join_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.join_zones();
CREATE TRIGGER keep_clocks_update AFTER UPDATE ON base.incident FOR EACH ROW WHEN (((old.kind = 'distress'::text) OR (new.kind = 'distress'::text) OR (old.kind <> new.kind) OR (old.state <> new.state))) EXECUTE FUNCTION base.keep_clocks();
CREATE TRIGGER note_cells_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
CREATE TRIGGER note_cells_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
CREATE TRIGGER note_cells_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.note_cells();
CREATE TRIGGER queue_doubles_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.queue_doubles();
CREATE TRIGGER queue_doubles_update AFTER UPDATE ON base.incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.queue_doubles();
CREATE TRIGGER remove_coordination BEFORE DELETE ON base.incident FOR EACH ROW EXECUTE FUNCTION base.remove_coordination();
CREATE TRIGGER revise_incident BEFORE INSERT OR UPDATE ON base.incident FOR EACH ROW EXECUTE FUNCTION base.revise_incident();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.incident FOR EACH ROW WHEN ((NOT tripoint.is_own(new.owner))) EXECUTE FUNCTION base.guard_owner('revision', 'updated_at');
CREATE TRIGGER write_text_delete AFTER DELETE ON base.incident REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.keep_incident_texts();
CREATE TRIGGER write_text_insert AFTER INSERT ON base.incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.keep_incident_texts();
CREATE TRIGGER write_text_update AFTER UPDATE ON base.incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.keep_incident_texts();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_acknowledgement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_acknowledgement();
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_acknowledgement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_acknowledgement();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident_acknowledgement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_acknowledgement();
CREATE TRIGGER change_insert AFTER INSERT ON base.incident_acknowledgement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_coordination('acknowledgements');
CREATE TRIGGER join_incident BEFORE INSERT ON base.incident_acknowledgement FOR EACH ROW EXECUTE FUNCTION base.join_incident();
CREATE TRIGGER take_notice AFTER INSERT ON base.incident_acknowledgement FOR EACH ROW EXECUTE FUNCTION base.take_notice();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.incident_acknowledgement FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_double REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_double();
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_double REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_double();
CREATE TRIGGER change_delete AFTER DELETE ON base.incident_double REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_doubles();
CREATE TRIGGER change_insert AFTER INSERT ON base.incident_double REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_doubles();
CREATE TRIGGER change_update AFTER UPDATE ON base.incident_double REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_doubles();
CREATE TRIGGER address_request BEFORE INSERT ON base.incident_request FOR EACH ROW EXECUTE FUNCTION base.address_request();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_request REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_request();
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_request REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_request();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident_request REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_request();
CREATE TRIGGER change_delete AFTER DELETE ON base.incident_request REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION base.change_request();
CREATE TRIGGER change_insert AFTER INSERT ON base.incident_request REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION base.change_request();
CREATE TRIGGER change_update AFTER UPDATE ON base.incident_request REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION base.change_request();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.incident_request FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_request();
CREATE TRIGGER audit_delete AFTER DELETE ON base.incident_response REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();
CREATE TRIGGER audit_insert AFTER INSERT ON base.incident_response REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();
CREATE TRIGGER audit_update AFTER UPDATE ON base.incident_response REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_incident_response();
CREATE TRIGGER change_insert AFTER INSERT ON base.incident_response REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_coordination('responses');
CREATE TRIGGER change_update AFTER UPDATE ON base.incident_response REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_coordination('responses');
CREATE TRIGGER label_response BEFORE INSERT ON base.incident_response FOR EACH ROW EXECUTE FUNCTION base.label_response();
CREATE TRIGGER note_state_insert BEFORE INSERT ON base.incident_response FOR EACH ROW EXECUTE FUNCTION base.note_response_state();
CREATE TRIGGER note_state_update BEFORE UPDATE ON base.incident_response FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION base.note_response_state();
CREATE TRIGGER take_notice AFTER INSERT ON base.incident_response FOR EACH ROW EXECUTE FUNCTION base.take_notice();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.incident_response FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.indicator REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_indicator();
CREATE TRIGGER audit_insert AFTER INSERT ON base.indicator REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_indicator();
CREATE TRIGGER audit_update AFTER UPDATE ON base.indicator REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_indicator();
CREATE TRIGGER change_delete AFTER DELETE ON base.indicator REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_indicator();
CREATE TRIGGER change_insert AFTER INSERT ON base.indicator REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_indicator();
CREATE TRIGGER change_update AFTER UPDATE ON base.indicator REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_indicator();
CREATE TRIGGER remove_own BEFORE DELETE ON base.indicator FOR EACH ROW WHEN ((NOT tripoint.is_own(old.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.indicator FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.joint_consent REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_consent();
CREATE TRIGGER audit_insert AFTER INSERT ON base.joint_consent REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_consent();
CREATE TRIGGER audit_update AFTER UPDATE ON base.joint_consent REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_consent();
CREATE TRIGGER check_consent BEFORE INSERT ON base.joint_consent FOR EACH ROW EXECUTE FUNCTION base.check_consent();
CREATE TRIGGER follow_consent AFTER INSERT ON base.joint_consent FOR EACH ROW EXECUTE FUNCTION base.follow_consent();
CREATE TRIGGER audit_delete AFTER DELETE ON base.joint_proposal REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_proposal();
CREATE TRIGGER audit_insert AFTER INSERT ON base.joint_proposal REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_proposal();
CREATE TRIGGER audit_update AFTER UPDATE ON base.joint_proposal REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_joint_proposal();
CREATE TRIGGER change_insert AFTER INSERT ON base.joint_proposal REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_proposals();
CREATE TRIGGER change_update AFTER UPDATE ON base.joint_proposal REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_proposals();
CREATE TRIGGER keep_proposal BEFORE INSERT OR UPDATE ON base.joint_proposal FOR EACH ROW EXECUTE FUNCTION base.keep_proposal();
CREATE TRIGGER settle_proposal AFTER UPDATE ON base.joint_proposal FOR EACH ROW WHEN (((old.agreed_at IS DISTINCT FROM new.agreed_at) OR (old.ended_at IS DISTINCT FROM new.ended_at))) EXECUTE FUNCTION base.settle_proposal();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.joint_proposal FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.legal_hold REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_legal_hold();
CREATE TRIGGER audit_insert AFTER INSERT ON base.legal_hold REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_legal_hold();
CREATE TRIGGER audit_update AFTER UPDATE ON base.legal_hold REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_legal_hold();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.legal_hold FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.mandate REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_mandate();
CREATE TRIGGER audit_insert AFTER INSERT ON base.mandate REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_mandate();
CREATE TRIGGER audit_update AFTER UPDATE ON base.mandate REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_mandate();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.mandate FOR EACH ROW EXECUTE FUNCTION base.guard_mandate();
CREATE TRIGGER audit_delete AFTER DELETE ON base.offer REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_offer();
CREATE TRIGGER audit_insert AFTER INSERT ON base.offer REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_offer();
CREATE TRIGGER audit_update AFTER UPDATE ON base.offer REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_offer();
CREATE TRIGGER change_delete AFTER DELETE ON base.offer REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_offers();
CREATE TRIGGER change_insert AFTER INSERT ON base.offer REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_offers();
CREATE TRIGGER change_update AFTER UPDATE ON base.offer REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_offers();
CREATE TRIGGER guard_label BEFORE UPDATE ON base.offer FOR EACH ROW WHEN (((old.tlp <> new.tlp) OR (old.releasable_to <> new.releasable_to) OR (old.owner <> new.owner) OR (old.agency <> new.agency))) EXECUTE FUNCTION base.guard_label();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.offer FOR EACH ROW WHEN ((NOT tripoint.is_own(new.owner))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.procedure_version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_procedure_version();
CREATE TRIGGER audit_insert AFTER INSERT ON base.procedure_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_procedure_version();
CREATE TRIGGER audit_update AFTER UPDATE ON base.procedure_version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_procedure_version();
CREATE TRIGGER change_delete AFTER DELETE ON base.procedure_version REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION base.change_procedure();
CREATE TRIGGER change_insert AFTER INSERT ON base.procedure_version REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION base.change_procedure();
CREATE TRIGGER change_update AFTER UPDATE ON base.procedure_version REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION base.change_procedure();
CREATE TRIGGER check_procedure BEFORE INSERT OR UPDATE ON base.procedure_version FOR EACH ROW EXECUTE FUNCTION base.check_procedure();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.procedure_version FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER alert_late AFTER UPDATE ON base.reaction FOR EACH ROW WHEN (((old.alerted_at IS NULL) AND (new.alerted_at IS NOT NULL))) EXECUTE FUNCTION base.alert_late_reaction();
CREATE TRIGGER audit_delete AFTER DELETE ON base.reaction REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_reaction();
CREATE TRIGGER audit_insert AFTER INSERT ON base.reaction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_reaction();
CREATE TRIGGER audit_update AFTER UPDATE ON base.reaction REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_reaction();
CREATE TRIGGER change_insert AFTER INSERT ON base.reaction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_reactions();
CREATE TRIGGER change_update AFTER UPDATE ON base.reaction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_reactions();
CREATE TRIGGER keep_reaction BEFORE UPDATE ON base.reaction FOR EACH ROW EXECUTE FUNCTION base.keep_reaction();
CREATE TRIGGER write_own BEFORE UPDATE ON base.reaction FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.report REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_report();
CREATE TRIGGER audit_insert AFTER INSERT ON base.report REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_report();
CREATE TRIGGER audit_update AFTER UPDATE ON base.report REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_report();
CREATE TRIGGER guard_label BEFORE UPDATE ON base.report FOR EACH ROW WHEN (((old.tlp IS DISTINCT FROM new.tlp) OR (old.releasable_to <> new.releasable_to) OR (old.owner <> new.owner) OR (old.agency <> new.agency))) EXECUTE FUNCTION base.guard_label();
CREATE TRIGGER label_report BEFORE INSERT ON base.report FOR EACH ROW EXECUTE FUNCTION base.label_report();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.report FOR EACH ROW WHEN ((NOT tripoint.is_own(new.owner))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER change_delete AFTER DELETE ON base.segment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('segments', 'id', 'whole', 'line');
CREATE TRIGGER change_impact_delete AFTER DELETE ON base.segment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('impact', 'id', 'whole', 'line');
CREATE TRIGGER change_impact_insert AFTER INSERT ON base.segment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('impact', 'id', 'whole', 'line');
CREATE TRIGGER change_impact_update AFTER UPDATE ON base.segment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('impact', 'id', 'whole', 'line');
CREATE TRIGGER change_insert AFTER INSERT ON base.segment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('segments', 'id', 'whole', 'line');
CREATE TRIGGER change_update AFTER UPDATE ON base.segment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_open('segments', 'id', 'whole', 'line');
CREATE TRIGGER keep_version BEFORE INSERT OR DELETE OR UPDATE ON base.segment FOR EACH ROW EXECUTE FUNCTION base.keep_version('segments');
CREATE TRIGGER audit_delete AFTER DELETE ON base.session REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_session();
CREATE TRIGGER audit_insert AFTER INSERT ON base.session REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_session();
CREATE TRIGGER audit_delete AFTER DELETE ON base.shift REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift();
CREATE TRIGGER audit_insert AFTER INSERT ON base.shift REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift();
CREATE TRIGGER audit_update AFTER UPDATE ON base.shift REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift();
CREATE TRIGGER change_insert AFTER INSERT ON base.shift REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_shift();
CREATE TRIGGER change_update AFTER UPDATE ON base.shift REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_shift();
CREATE TRIGGER fill_shift BEFORE INSERT ON base.shift FOR EACH ROW EXECUTE FUNCTION base.fill_shift();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.shift FOR EACH ROW EXECUTE FUNCTION base.guard_shift();
CREATE TRIGGER audit_delete AFTER DELETE ON base.shift_item REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_item();
CREATE TRIGGER audit_insert AFTER INSERT ON base.shift_item REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_item();
CREATE TRIGGER audit_update AFTER UPDATE ON base.shift_item REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_item();
CREATE TRIGGER fill_shift_item BEFORE INSERT ON base.shift_item FOR EACH ROW EXECUTE FUNCTION base.fill_shift_item();
CREATE TRIGGER write_own BEFORE INSERT OR DELETE OR UPDATE ON base.shift_item FOR EACH ROW EXECUTE FUNCTION base.guard_shift_part('offered');
CREATE TRIGGER audit_delete AFTER DELETE ON base.shift_note REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_note();
CREATE TRIGGER audit_insert AFTER INSERT ON base.shift_note REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_note();
CREATE TRIGGER audit_update AFTER UPDATE ON base.shift_note REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_shift_note();
CREATE TRIGGER change_insert AFTER INSERT ON base.shift_note REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_shift_note();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.shift_note FOR EACH ROW EXECUTE FUNCTION base.guard_shift_part('open');
CREATE TRIGGER audit_delete AFTER DELETE ON base.subscription REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_subscription();
CREATE TRIGGER audit_insert AFTER INSERT ON base.subscription REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_subscription();
CREATE TRIGGER audit_update AFTER UPDATE ON base.subscription REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_subscription();
CREATE TRIGGER settle_subscription BEFORE INSERT OR UPDATE ON base.subscription FOR EACH ROW EXECUTE FUNCTION base.settle_subscription();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.subscription FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.webhook REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();
CREATE TRIGGER audit_insert AFTER INSERT ON base.webhook REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();
CREATE TRIGGER audit_update AFTER UPDATE ON base.webhook REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_webhook();
CREATE TRIGGER change_webhook BEFORE UPDATE ON base.webhook FOR EACH ROW EXECUTE FUNCTION base.change_webhook();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.webhook FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER keep_stamp BEFORE DELETE OR UPDATE ON base.world FOR EACH ROW EXECUTE FUNCTION base.keep_stamp();
CREATE TRIGGER audit_zone AFTER INSERT OR DELETE OR UPDATE ON base.zone FOR EACH ROW EXECUTE FUNCTION base.audit_zone();
CREATE TRIGGER change_delete AFTER DELETE ON base.zone REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_zones();
CREATE TRIGGER change_insert AFTER INSERT ON base.zone REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_zones();
CREATE TRIGGER change_update AFTER UPDATE ON base.zone REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_zones();
CREATE TRIGGER guard_label BEFORE UPDATE ON base.zone FOR EACH ROW WHEN (((old.tlp <> new.tlp) OR (old.releasable_to <> new.releasable_to) OR (old.country <> new.country) OR (old.agency IS DISTINCT FROM new.agency))) EXECUTE FUNCTION base.guard_label();
CREATE TRIGGER relabel_zone AFTER UPDATE OF tlp, releasable_to ON base.zone FOR EACH ROW WHEN (((old.tlp <> new.tlp) OR (old.releasable_to <> new.releasable_to))) EXECUTE FUNCTION base.relabel_zone();
CREATE TRIGGER remove_shared BEFORE DELETE ON base.zone FOR EACH ROW WHEN ((old.face = 0)) EXECUTE FUNCTION base.remove_shared_of_zone();
CREATE TRIGGER write_own BEFORE UPDATE ON base.zone FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_owner();
CREATE TRIGGER audit_delete AFTER DELETE ON base.zone_consent REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_consent();
CREATE TRIGGER audit_insert AFTER INSERT ON base.zone_consent REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_consent();
CREATE TRIGGER audit_update AFTER UPDATE ON base.zone_consent REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_consent();
CREATE TRIGGER change_insert AFTER INSERT ON base.zone_consent REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_consents();
CREATE TRIGGER number_consent BEFORE INSERT ON base.zone_consent FOR EACH ROW EXECUTE FUNCTION base.number_consent();
CREATE TRIGGER audit_delete AFTER DELETE ON base.zone_revision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();
CREATE TRIGGER audit_insert AFTER INSERT ON base.zone_revision REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();
CREATE TRIGGER audit_update AFTER UPDATE ON base.zone_revision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.audit_zone_revision();
CREATE TRIGGER change_insert AFTER INSERT ON base.zone_revision REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_revisions();
CREATE TRIGGER change_update AFTER UPDATE ON base.zone_revision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION base.change_revisions();
CREATE TRIGGER follow_zone BEFORE INSERT ON base.zone_revision FOR EACH ROW WHEN ((new.revision > 1)) EXECUTE FUNCTION base.follow_zone();
CREATE TRIGGER keep_proposed BEFORE DELETE OR UPDATE ON base.zone_revision FOR EACH ROW WHEN ((old.proposed_at IS NOT NULL)) EXECUTE FUNCTION base.keep_proposed();
CREATE TRIGGER settle_revision AFTER INSERT OR UPDATE ON base.zone_revision FOR EACH ROW EXECUTE FUNCTION base.settle_revision();
CREATE TRIGGER write_own BEFORE INSERT OR UPDATE ON base.zone_revision FOR EACH ROW WHEN ((NOT tripoint.is_own(new.country))) EXECUTE FUNCTION base.guard_revision();
GRANT EXECUTE ON base.add_consent_changes(text[]) TO PUBLIC;
GRANT EXECUTE ON base.add_coordination_changes(base.coordination_change[]) TO PUBLIC;
GRANT EXECUTE ON base.add_impact_alerts(base.impact_assessment,base.reaction,text,text) TO PUBLIC;
GRANT EXECUTE ON base.add_write_entries(text,text,base.audited[]) TO PUBLIC;
GRANT EXECUTE ON base.add_write_entry(text,text,text,bigint,bigint[],integer,text) TO PUBLIC;
GRANT EXECUTE ON base.add_zone_change(text,base.zone[],base.zone[],timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.address_correction() TO PUBLIC;
GRANT EXECUTE ON base.address_request() TO PUBLIC;
GRANT EXECUTE ON base.agencies_apart() TO tripoint_alerter;
GRANT EXECUTE ON base.alert_concern(text,uuid) TO PUBLIC;
GRANT EXECUTE ON base.alert_late_reaction() TO PUBLIC;
GRANT EXECUTE ON base.alert_rescue(uuid[]) TO PUBLIC;
GRANT EXECUTE ON base.announce_reset() TO tripoint_clock;
GRANT EXECUTE ON base.api_name(text) TO PUBLIC;
GRANT EXECUTE ON base.apply_correction(uuid) TO PUBLIC;
GRANT EXECUTE ON base.assist_within() TO PUBLIC;
GRANT EXECUTE ON base.assistance_of(base.distress_notice) TO PUBLIC;
GRANT EXECUTE ON base.audit_agency() TO PUBLIC;
GRANT EXECUTE ON base.audit_alert() TO PUBLIC;
GRANT EXECUTE ON base.audit_api_key() TO PUBLIC;
GRANT EXECUTE ON base.audit_assistance() TO PUBLIC;
GRANT EXECUTE ON base.audit_correction() TO PUBLIC;
GRANT EXECUTE ON base.audit_crossing_status() TO PUBLIC;
GRANT EXECUTE ON base.audit_double_decision() TO PUBLIC;
GRANT SELECT ON base.audit_entry TO tripoint_sealer;
GRANT EXECUTE ON base.audit_impact_assessment() TO PUBLIC;
GRANT EXECUTE ON base.audit_incident() TO PUBLIC;
GRANT EXECUTE ON base.audit_incident_acknowledgement() TO PUBLIC;
GRANT EXECUTE ON base.audit_incident_double() TO PUBLIC;
GRANT EXECUTE ON base.audit_incident_request() TO PUBLIC;
GRANT EXECUTE ON base.audit_incident_response() TO PUBLIC;
GRANT EXECUTE ON base.audit_indicator() TO PUBLIC;
GRANT EXECUTE ON base.audit_joint_consent() TO PUBLIC;
GRANT EXECUTE ON base.audit_joint_proposal() TO PUBLIC;
GRANT EXECUTE ON base.audit_json(base.audit_entry) TO tripoint_sealer;
GRANT EXECUTE ON base.audit_legal_hold() TO PUBLIC;
GRANT EXECUTE ON base.audit_mandate() TO PUBLIC;
GRANT EXECUTE ON base.audit_offer() TO PUBLIC;
GRANT EXECUTE ON base.audit_procedure_version() TO PUBLIC;
GRANT EXECUTE ON base.audit_reaction() TO PUBLIC;
GRANT EXECUTE ON base.audit_readers(base.audit_entry) TO tripoint_sealer;
GRANT EXECUTE ON base.audit_report() TO PUBLIC;
GRANT INSERT, SELECT ON base.audit_seal TO tripoint_sealer;
GRANT SELECT, UPDATE ON base.audit_sealing TO tripoint_sealer;
GRANT EXECUTE ON base.audit_session() TO PUBLIC;
GRANT EXECUTE ON base.audit_shift() TO PUBLIC;
GRANT EXECUTE ON base.audit_shift_item() TO PUBLIC;
GRANT EXECUTE ON base.audit_shift_note() TO PUBLIC;
GRANT EXECUTE ON base.audit_subscription() TO PUBLIC;
GRANT EXECUTE ON base.audit_text(base.audit_entry) TO tripoint_sealer;
GRANT EXECUTE ON base.audit_webhook() TO PUBLIC;
GRANT EXECUTE ON base.audit_zone() TO PUBLIC;
GRANT EXECUTE ON base.audit_zone_consent() TO PUBLIC;
GRANT EXECUTE ON base.audit_zone_revision() TO PUBLIC;
GRANT EXECUTE ON base.border_of_crossing(base.correction_feature) TO PUBLIC;
GRANT EXECUTE ON base.borders_of(jsonb) TO PUBLIC;
GRANT EXECUTE ON base.chain(bytea,text) TO tripoint_sealer;
GRANT EXECUTE ON base.change_alerts() TO PUBLIC;
GRANT EXECUTE ON base.change_assessments() TO PUBLIC;
GRANT EXECUTE ON base.change_assistance() TO PUBLIC;
GRANT EXECUTE ON base.change_consents() TO PUBLIC;
GRANT EXECUTE ON base.change_coordination() TO PUBLIC;
GRANT EXECUTE ON base.change_corrections() TO PUBLIC;
GRANT EXECUTE ON base.change_decided_doubles() TO PUBLIC;
GRANT EXECUTE ON base.change_doubles() TO PUBLIC;
GRANT EXECUTE ON base.change_incidents() TO PUBLIC;
GRANT EXECUTE ON base.change_indicator() TO PUBLIC;
GRANT EXECUTE ON base.change_offers() TO PUBLIC;
GRANT EXECUTE ON base.change_open() TO PUBLIC;
GRANT EXECUTE ON base.change_procedure() TO PUBLIC;
GRANT EXECUTE ON base.change_proposals() TO PUBLIC;
GRANT EXECUTE ON base.change_reactions() TO PUBLIC;
GRANT EXECUTE ON base.change_request() TO PUBLIC;
GRANT EXECUTE ON base.change_revisions() TO PUBLIC;
GRANT EXECUTE ON base.change_shared_of_zone(text,base.standing,base.standing) TO PUBLIC;
GRANT EXECUTE ON base.change_shift() TO PUBLIC;
GRANT EXECUTE ON base.change_shift_note() TO PUBLIC;
GRANT EXECUTE ON base.change_webhook() TO PUBLIC;
GRANT EXECUTE ON base.change_zones() TO PUBLIC;
GRANT EXECUTE ON base.changed_text(text,text) TO PUBLIC;
GRANT EXECUTE ON base.check_consent() TO PUBLIC;
GRANT EXECUTE ON base.check_procedure() TO PUBLIC;
GRANT EXECUTE ON base.claim_deliveries(interval,integer,integer,integer,uuid[]) TO tripoint_courier;
GRANT EXECUTE ON base.clear_level(text,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.coordination_of(uuid,integer,text,text) TO PUBLIC;
GRANT EXECUTE ON base.correct_borders(jsonb,text) TO PUBLIC;
GRANT EXECUTE ON base.correct_crossings(jsonb,text,text[],text[]) TO PUBLIC;
GRANT EXECUTE ON base.correct_segments(jsonb,text,text[]) TO PUBLIC;
GRANT EXECUTE ON base.correct_sides(jsonb) TO PUBLIC;
GRANT EXECUTE ON base.correction_changes(uuid) TO PUBLIC;
GRANT EXECUTE ON base.count_alert_revision() TO PUBLIC;
GRANT EXECUTE ON base.cut_border() TO PUBLIC;
GRANT EXECUTE ON base.cut_country() TO PUBLIC;
GRANT EXECUTE ON base.delivery_figures() TO tripoint_courier;
GRANT EXECUTE ON base.double_viewers(base.incident,base.incident) TO PUBLIC;
GRANT EXECUTE ON base.doubles_of(uuid[]) TO PUBLIC;
GRANT EXECUTE ON base.end_demo_keys() TO PUBLIC;
GRANT EXECUTE ON base.entries_since(pg_snapshot,xid8,bigint,integer) TO tripoint_sealer;
GRANT EXECUTE ON base.entries_without_seal(integer) TO tripoint_sealer;
GRANT EXECUTE ON base.faces_of(text,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.features_of(jsonb,text) TO PUBLIC;
GRANT EXECUTE ON base.fill_shift() TO PUBLIC;
GRANT EXECUTE ON base.fill_shift_item() TO PUBLIC;
GRANT EXECUTE ON base.fire_overdue(integer) TO tripoint_watch;
GRANT EXECUTE ON base.follow_assessment() TO PUBLIC;
GRANT EXECUTE ON base.follow_consent() TO PUBLIC;
GRANT EXECUTE ON base.follow_due(base.incident,base.incident) TO PUBLIC;
GRANT EXECUTE ON base.follow_incidents() TO PUBLIC;
GRANT EXECUTE ON base.follow_zone() TO PUBLIC;
GRANT EXECUTE ON base.foot_on(base.border_edge,public.geography) TO PUBLIC;
GRANT EXECUTE ON base.foot_on_border(public.geometry,text) TO PUBLIC;
GRANT EXECUTE ON base.gather_incidents(text,integer,public.geometry) TO PUBLIC;
GRANT EXECUTE ON base.guard_assessment() TO PUBLIC;
GRANT EXECUTE ON base.guard_label() TO PUBLIC;
GRANT EXECUTE ON base.guard_mandate() TO PUBLIC;
GRANT EXECUTE ON base.guard_owner() TO PUBLIC;
GRANT EXECUTE ON base.guard_request() TO PUBLIC;
GRANT EXECUTE ON base.guard_revision() TO PUBLIC;
GRANT EXECUTE ON base.guard_shift() TO PUBLIC;
GRANT EXECUTE ON base.guard_shift_part() TO PUBLIC;
GRANT EXECUTE ON base.has_left(base.subscription,base.incident,double precision) TO PUBLIC;
GRANT EXECUTE ON base.holds_queue(base.delivery,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.ids_after(uuid,bigint) TO tripoint_sealer;
GRANT EXECUTE ON base.incident_shape() TO PUBLIC;
GRANT EXECUTE ON base.is_archive(text,timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.is_asked_for(base.subscription,base.incident) TO PUBLIC;
GRANT EXECUTE ON base.is_double(base.incident,base.incident) TO PUBLIC;
GRANT EXECUTE ON base.is_in_force_for(base.zone,base.subscription) TO PUBLIC;
GRANT EXECUTE ON base.is_of_other_server(base.feed) TO PUBLIC;
GRANT EXECUTE ON base.is_overtaken(base.correction) TO PUBLIC;
GRANT EXECUTE ON base.is_shown_for(base.zone,base.subscription) TO PUBLIC;
GRANT EXECUTE ON base.join_incident() TO PUBLIC;
GRANT EXECUTE ON base.join_segments(text[],text[]) TO PUBLIC;
GRANT EXECUTE ON base.join_zones() TO PUBLIC;
GRANT EXECUTE ON base.keep_assessment() TO PUBLIC;
GRANT EXECUTE ON base.keep_clocks() TO PUBLIC;
GRANT EXECUTE ON base.keep_incident_texts() TO PUBLIC;
GRANT EXECUTE ON base.keep_membership(text) TO PUBLIC;
GRANT EXECUTE ON base.keep_notice(base.incident,base.incident) TO PUBLIC;
GRANT EXECUTE ON base.keep_proposal() TO PUBLIC;
GRANT EXECUTE ON base.keep_proposed() TO PUBLIC;
GRANT EXECUTE ON base.keep_reaction() TO PUBLIC;
GRANT EXECUTE ON base.keep_stamp() TO PUBLIC;
GRANT EXECUTE ON base.keep_version() TO PUBLIC;
GRANT EXECUTE ON base.key_text(text[],timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.label_double_decision() TO PUBLIC;
GRANT EXECUTE ON base.label_for(text,text,text,text[]) TO PUBLIC;
GRANT EXECUTE ON base.label_report() TO PUBLIC;
GRANT EXECUTE ON base.label_response() TO PUBLIC;
GRANT EXECUTE ON base.label_text(text,text[]) TO PUBLIC;
GRANT EXECUTE ON base.last_decision(base.zone_revision,text) TO PUBLIC;
GRANT EXECUTE ON base.lock_membership(boolean) TO PUBLIC;
GRANT EXECUTE ON base.log_attempts() TO tripoint_sealer;
GRANT EXECUTE ON base.mandates_at(base.incident) TO PUBLIC;
GRANT EXECUTE ON base.may_see(integer,text,text,text) TO PUBLIC;
GRANT EXECUTE ON base.move_assistance() TO PUBLIC;
GRANT EXECUTE ON base.move_incidents(base.border_edge[],text[]) TO PUBLIC;
GRANT EXECUTE ON base.move_outlines(base.correction_feature,base.border,public.geometry) TO PUBLIC;
GRANT EXECUTE ON base.moved_edges(base.border_edge[]) TO PUBLIC;
GRANT EXECUTE ON base.nearest_foot(public.geography) TO PUBLIC;
GRANT EXECUTE ON base.new_km(text,public.geometry) TO PUBLIC;
GRANT EXECUTE ON base.next_link(bytea,bytea,text) TO tripoint_sealer;
GRANT EXECUTE ON base.note_cells() TO PUBLIC;
GRANT EXECUTE ON base.note_distress(uuid[]) TO PUBLIC;
GRANT EXECUTE ON base.note_loss(timestamp with time zone) TO tripoint_clock;
GRANT EXECUTE ON base.note_response_state() TO PUBLIC;
GRANT EXECUTE ON base.number_consent() TO PUBLIC;
GRANT EXECUTE ON base.number_segments(text[],text[]) TO PUBLIC;
GRANT EXECUTE ON base.owner_of(text,text) TO PUBLIC;
GRANT EXECUTE ON base.permit_removal(base.correction_feature) TO PUBLIC;
GRANT EXECUTE ON base.place_json(base.placement) TO PUBLIC;
GRANT EXECUTE ON base.placed_again(base.border_edge[],text[],boolean) TO PUBLIC;
GRANT EXECUTE ON base.procedure_parties_are(text[],base.procedure_version) TO PUBLIC;
GRANT EXECUTE ON base.procedures_between(timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.purge_alerts(interval,integer) TO tripoint_alerter;
GRANT EXECUTE ON base.purge_changes(interval,integer) TO tripoint_clock;
GRANT EXECUTE ON base.purge_incidents(json,integer) TO tripoint_purger;
GRANT EXECUTE ON base.purge_requests(json,integer) TO tripoint_purger;
GRANT EXECUTE ON base.purge_sessions(interval) TO tripoint_purger;
GRANT EXECUTE ON base.queue_deliveries() TO PUBLIC;
GRANT EXECUTE ON base.queue_doubles() TO PUBLIC;
GRANT EXECUTE ON base.raise_alerts(text[],uuid[],uuid[],uuid[],text[]) TO tripoint_alerter;
GRANT EXECUTE ON base.reach(public.geometry,double precision) TO PUBLIC;
GRANT EXECUTE ON base.reaches(public.geometry,public.geography,double precision,public.geometry,public.geography) TO PUBLIC;
GRANT EXECUTE ON base.record_assistance() TO PUBLIC;
GRANT EXECUTE ON base.red_among(text,integer) TO PUBLIC;
GRANT EXECUTE ON base.refuse_after_end() TO PUBLIC;
GRANT EXECUTE ON base.refuse_change() TO PUBLIC;
GRANT EXECUTE ON base.refuse_correction(text,jsonb) TO PUBLIC;
GRANT EXECUTE ON base.relabel_zone() TO PUBLIC;
GRANT EXECUTE ON base.remove_coordination() TO PUBLIC;
GRANT EXECUTE ON base.remove_segments(text[]) TO PUBLIC;
GRANT EXECUTE ON base.remove_shared_of_zone() TO PUBLIC;
GRANT EXECUTE ON base.requeue_deliveries() TO PUBLIC;
GRANT EXECUTE ON base.rescue_scopes() TO PUBLIC;
GRANT EXECUTE ON base.revise_incident() TO PUBLIC;
GRANT EXECUTE ON base.seal_audit(integer,boolean) TO tripoint_sealer;
GRANT EXECUTE ON base.seal_entries(base.audit_entry[]) TO tripoint_sealer;
GRANT EXECUTE ON base.secrets_of_webhook(uuid) TO tripoint_courier;
GRANT EXECUTE ON base.segment_at(text,double precision,text[]) TO PUBLIC;
GRANT EXECUTE ON base.segment_ends(base.correction_feature,text) TO PUBLIC;
GRANT EXECUTE ON base.settle_correction() TO PUBLIC;
GRANT EXECUTE ON base.settle_deliveries(json,integer,interval,interval) TO tripoint_courier;
GRANT EXECUTE ON base.settle_impact(base.joint_proposal) TO PUBLIC;
GRANT EXECUTE ON base.settle_level(text) TO PUBLIC;
GRANT EXECUTE ON base.settle_procedure(base.joint_proposal) TO PUBLIC;
GRANT EXECUTE ON base.settle_proposal() TO PUBLIC;
GRANT EXECUTE ON base.settle_reference(base.joint_proposal) TO PUBLIC;
GRANT EXECUTE ON base.settle_rescue_alerts(base.incident) TO PUBLIC;
GRANT EXECUTE ON base.settle_revision() TO PUBLIC;
GRANT EXECUTE ON base.settle_subject(base.joint_proposal) TO PUBLIC;
GRANT EXECUTE ON base.settle_subscription() TO PUBLIC;
GRANT EXECUTE ON base.settle_zone(text) TO PUBLIC;
GRANT EXECUTE ON base.severity_rank(text) TO PUBLIC;
GRANT EXECUTE ON base.shifted_runs(base.border_edge[]) TO PUBLIC;
GRANT EXECUTE ON base.stage_text(base.zone_revision) TO PUBLIC;
GRANT EXECUTE ON base.standing_of(base.zone[],timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.standing_of_ends(text,integer,integer) TO PUBLIC;
GRANT EXECUTE ON base.standing_of_procedure(base.procedure_version) TO PUBLIC;
GRANT EXECUTE ON base.standing_of_request(base.incident_request) TO PUBLIC;
GRANT EXECUTE ON base.subscriptions_at(uuid[]) TO PUBLIC;
GRANT EXECUTE ON base.subscriptions_of(base.incident) TO PUBLIC;
GRANT EXECUTE ON base.suspend_subscription(uuid,integer,integer,uuid[]) TO tripoint_alerter;
GRANT EXECUTE ON base.sweep_deliveries(interval,integer) TO tripoint_courier;
GRANT EXECUTE ON base.take_notice() TO PUBLIC;
GRANT EXECUTE ON base.tell(text,bigint,integer,text,public.box2d,boolean) TO PUBLIC;
GRANT EXECUTE ON base.tell_procedures(text[]) TO PUBLIC;
GRANT EXECUTE ON base.tell_time() TO tripoint_clock;
GRANT EXECUTE ON base.texts_in(jsonb) TO PUBLIC;
GRANT EXECUTE ON base.try_correction(base.correction) TO PUBLIC;
GRANT EXECUTE ON base.waiting_alerts(integer,text) TO tripoint_alerter;
GRANT EXECUTE ON base.was_at(base.subscription,public.geometry) TO PUBLIC;
GRANT EXECUTE ON base.watch_impact(integer) TO tripoint_watch;
GRANT EXECUTE ON base.webhook_secrets(base.webhook) TO PUBLIC;
GRANT EXECUTE ON base.withdraw_alerts(uuid[]) TO PUBLIC;
GRANT EXECUTE ON base.write_incident_texts(uuid[]) TO PUBLIC;
GRANT EXECUTE ON base.write_reactions(base.impact_assessment,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON base.write_reference(uuid,timestamp with time zone,text,jsonb) TO PUBLIC;
GRANT EXECUTE ON base.zones_of(public.geometry,public.geography,double precision) TO PUBLIC;
GRANT USAGE ON schema base TO tripoint_alerter;
GRANT USAGE ON schema base TO tripoint_clock;
GRANT USAGE ON schema base TO tripoint_courier;
GRANT USAGE ON schema base TO tripoint_purger;
GRANT USAGE ON schema base TO tripoint_sealer;
GRANT USAGE ON schema base TO tripoint_watch;
GRANT USAGE ON schema tripoint TO tripoint_sealer;
GRANT USAGE ON schema tripoint TO tripoint_service;
GRANT UPDATE (acronym) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (contact) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (ministry) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (names) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (note) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (revision) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (source) ON tripoint.agency TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.agency TO tripoint_service;
GRANT UPDATE (type) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (unverified_items) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (verified) ON tripoint.agency TO tripoint_service;
GRANT UPDATE (acknowledged_at) ON tripoint.alert TO tripoint_service;
GRANT SELECT ON tripoint.alert TO tripoint_service;
GRANT EXECUTE ON tripoint.any_phrase(text[]) TO PUBLIC;
GRANT EXECUTE ON tripoint.any_phrase(text[]) TO tripoint_service;
GRANT INSERT, SELECT (agency) ON tripoint.api_key TO tripoint_service;
GRANT INSERT, SELECT (country) ON tripoint.api_key TO tripoint_service;
GRANT SELECT (created_at) ON tripoint.api_key TO tripoint_service;
GRANT INSERT, SELECT, UPDATE (expires_at) ON tripoint.api_key TO tripoint_service;
GRANT INSERT (hash) ON tripoint.api_key TO tripoint_service;
GRANT INSERT, SELECT (id) ON tripoint.api_key TO tripoint_service;
GRANT INSERT, SELECT (is_demo) ON tripoint.api_key TO tripoint_service;
GRANT SELECT (last_used_at) ON tripoint.api_key TO tripoint_service;
GRANT INSERT, SELECT (name) ON tripoint.api_key TO tripoint_service;
GRANT SELECT, UPDATE (replaced_by) ON tripoint.api_key TO tripoint_service;
GRANT SELECT, UPDATE (revoked_at) ON tripoint.api_key TO tripoint_service;
GRANT INSERT, SELECT (roles) ON tripoint.api_key TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.assistance TO tripoint_service;
GRANT EXECUTE ON tripoint.audience(text,text,text[]) TO PUBLIC;
GRANT SELECT ON tripoint.audit_entry TO tripoint_service;
GRANT EXECUTE ON tripoint.audit_reads(json) TO tripoint_service;
GRANT EXECUTE ON tripoint.begin_feed() TO tripoint_service;
GRANT SELECT ON tripoint.border TO tripoint_service;
GRANT SELECT ON tripoint.border_edge TO tripoint_service;
GRANT SELECT ON tripoint.border_version TO tripoint_service;
GRANT EXECUTE ON tripoint.box_around(public.geometry,double precision) TO PUBLIC;
GRANT EXECUTE ON tripoint.box_around(public.geometry,double precision) TO tripoint_service;
GRANT EXECUTE ON tripoint.caller_agency() TO PUBLIC;
GRANT EXECUTE ON tripoint.caller_agency() TO tripoint_service;
GRANT EXECUTE ON tripoint.caller_of_key(bytea) TO tripoint_service;
GRANT EXECUTE ON tripoint.caller_of_session(bytea,interval) TO tripoint_service;
GRANT EXECUTE ON tripoint.cell_column(integer) TO PUBLIC;
GRANT EXECUTE ON tripoint.cell_column(integer) TO tripoint_service;
GRANT EXECUTE ON tripoint.cell_of(public.geometry) TO PUBLIC;
GRANT EXECUTE ON tripoint.cell_of(public.geometry) TO tripoint_service;
GRANT EXECUTE ON tripoint.cells_covering(public.geometry,integer) TO PUBLIC;
GRANT EXECUTE ON tripoint.cells_covering(public.geometry,integer) TO tripoint_service;
GRANT SELECT ON tripoint.change TO tripoint_service;
GRANT EXECUTE ON tripoint.changes_only(jsonb,jsonb,oid,text[]) TO PUBLIC;
GRANT EXECUTE ON tripoint.changes_only(jsonb,jsonb,oid,text[]) TO tripoint_service;
GRANT EXECUTE ON tripoint.clip_to(public.geometry,text[]) TO PUBLIC;
GRANT EXECUTE ON tripoint.clip_to(public.geometry,text[]) TO tripoint_service;
GRANT EXECUTE ON tripoint.concern(text,text) TO PUBLIC;
GRANT EXECUTE ON tripoint.concern(text,text) TO tripoint_service;
GRANT INSERT (agency) ON tripoint.correction TO tripoint_service;
GRANT INSERT (country) ON tripoint.correction TO tripoint_service;
GRANT INSERT (features) ON tripoint.correction TO tripoint_service;
GRANT INSERT (id) ON tripoint.correction TO tripoint_service;
GRANT INSERT (reason) ON tripoint.correction TO tripoint_service;
GRANT INSERT (source) ON tripoint.correction TO tripoint_service;
GRANT SELECT ON tripoint.correction TO tripoint_service;
GRANT INSERT (valid_from) ON tripoint.correction TO tripoint_service;
GRANT EXECUTE ON tripoint.correction_difference(uuid) TO PUBLIC;
GRANT EXECUTE ON tripoint.correction_difference(uuid) TO tripoint_service;
GRANT SELECT ON tripoint.country TO tripoint_service;
GRANT EXECUTE ON tripoint.country_bits(text[]) TO PUBLIC;
GRANT SELECT ON tripoint.crossing TO tripoint_service;
GRANT SELECT ON tripoint.crossing_side TO tripoint_service;
GRANT SELECT ON tripoint.crossing_side_version TO tripoint_service;
GRANT EXECUTE ON tripoint.crossing_state(text,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.crossing_state(text,timestamp with time zone) TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.crossing_status TO tripoint_service;
GRANT UPDATE (withdrawal_reason) ON tripoint.crossing_status TO tripoint_service;
GRANT UPDATE (withdrawn_at) ON tripoint.crossing_status TO tripoint_service;
GRANT UPDATE (withdrawn_by) ON tripoint.crossing_status TO tripoint_service;
GRANT SELECT ON tripoint.crossing_version TO tripoint_service;
GRANT EXECUTE ON tripoint.cursor_state(xid8,text,text,uuid) TO tripoint_service;
GRANT SELECT ON tripoint.delivery TO tripoint_service;
GRANT EXECUTE ON tripoint.disc(public.geometry,double precision) TO PUBLIC;
GRANT EXECUTE ON tripoint.disc(public.geometry,double precision) TO tripoint_service;
GRANT SELECT ON tripoint.distress_notice TO tripoint_service;
GRANT INSERT (agency) ON tripoint.double_decision TO tripoint_service;
GRANT INSERT (decision) ON tripoint.double_decision TO tripoint_service;
GRANT INSERT (earlier) ON tripoint.double_decision TO tripoint_service;
GRANT INSERT (later) ON tripoint.double_decision TO tripoint_service;
GRANT SELECT ON tripoint.double_decision TO tripoint_service;
GRANT EXECUTE ON tripoint.end_session(bytea) TO tripoint_service;
GRANT SELECT ON tripoint.feed TO tripoint_service;
GRANT EXECUTE ON tripoint.fold_incident_cells(integer) TO tripoint_service;
GRANT EXECUTE ON tripoint.folded(text) TO PUBLIC;
GRANT EXECUTE ON tripoint.holds_mandate(uuid) TO PUBLIC;
GRANT EXECUTE ON tripoint.holds_mandate(uuid) TO tripoint_service;
GRANT EXECUTE ON tripoint.hours_in(tstzmultirange) TO PUBLIC;
GRANT EXECUTE ON tripoint.hours_in(tstzmultirange) TO tripoint_service;
GRANT INSERT (agency) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (aspects) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT, UPDATE (assessed_at) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT, UPDATE (assessed_by) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (country) ON tripoint.impact_assessment TO tripoint_service;
GRANT UPDATE (decline_reason) ON tripoint.impact_assessment TO tripoint_service;
GRANT UPDATE (declined_at) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (evidence) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (id) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (lasts_days) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (level) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (rationale) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (releasable_to) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (review_due_at) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (segment) ON tripoint.impact_assessment TO tripoint_service;
GRANT INSERT (tlp) ON tripoint.impact_assessment TO tripoint_service;
GRANT SELECT ON tripoint.impact_assessment TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.impact_assessment TO tripoint_service;
GRANT EXECUTE ON tripoint.impact_rank(text) TO PUBLIC;
GRANT EXECUTE ON tripoint.impact_rank(text) TO tripoint_service;
GRANT EXECUTE ON tripoint.impact_state(text,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.impact_state(text,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone) TO tripoint_service;
GRANT INSERT, SELECT, UPDATE ON tripoint.incident TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.incident_acknowledgement TO tripoint_service;
GRANT SELECT ON tripoint.incident_cell TO tripoint_service;
GRANT SELECT ON tripoint.incident_cell_day TO tripoint_service;
GRANT SELECT ON tripoint.incident_cell_delta TO tripoint_service;
GRANT SELECT ON tripoint.incident_double TO tripoint_service;
GRANT UPDATE (answer) ON tripoint.incident_request TO tripoint_service;
GRANT UPDATE (answered_by) ON tripoint.incident_request TO tripoint_service;
GRANT UPDATE (state) ON tripoint.incident_request TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.incident_request TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.incident_request TO tripoint_service;
GRANT UPDATE (state) ON tripoint.incident_response TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.incident_response TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.incident_response TO tripoint_service;
GRANT SELECT ON tripoint.incident_text TO tripoint_service;
GRANT SELECT ON tripoint.incident_zone TO tripoint_service;
GRANT UPDATE (agency) ON tripoint.indicator TO tripoint_service;
GRANT UPDATE (median_waiting_minutes) ON tripoint.indicator TO tripoint_service;
GRANT UPDATE (method) ON tripoint.indicator TO tripoint_service;
GRANT UPDATE (note) ON tripoint.indicator TO tripoint_service;
GRANT UPDATE (passengers) ON tripoint.indicator TO tripoint_service;
GRANT DELETE, INSERT, SELECT ON tripoint.indicator TO tripoint_service;
GRANT UPDATE (trucks) ON tripoint.indicator TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.indicator TO tripoint_service;
GRANT UPDATE (vehicles) ON tripoint.indicator TO tripoint_service;
GRANT EXECUTE ON tripoint.is_auditor() TO PUBLIC;
GRANT EXECUTE ON tripoint.is_auditor() TO tripoint_service;
GRANT EXECUTE ON tripoint.is_own(text) TO PUBLIC;
GRANT EXECUTE ON tripoint.is_own(text) TO tripoint_service;
GRANT EXECUTE ON tripoint.is_replaced(timestamp with time zone,timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.is_replaced(timestamp with time zone,timestamp with time zone,timestamp with time zone) TO tripoint_service;
GRANT EXECUTE ON tripoint.is_shown(integer,integer,text,text,integer,text) TO PUBLIC;
GRANT EXECUTE ON tripoint.is_shown(integer,integer,text,text,integer,text) TO tripoint_service;
GRANT EXECUTE ON tripoint.is_table_owner(oid) TO PUBLIC;
GRANT EXECUTE ON tripoint.is_table_owner(oid) TO tripoint_service;
GRANT EXECUTE ON tripoint.is_wider(integer,integer) TO PUBLIC;
GRANT INSERT (agency) ON tripoint.joint_consent TO tripoint_service;
GRANT INSERT (country) ON tripoint.joint_consent TO tripoint_service;
GRANT INSERT (decision) ON tripoint.joint_consent TO tripoint_service;
GRANT INSERT (id) ON tripoint.joint_consent TO tripoint_service;
GRANT INSERT (proposal) ON tripoint.joint_consent TO tripoint_service;
GRANT INSERT (reason) ON tripoint.joint_consent TO tripoint_service;
GRANT SELECT ON tripoint.joint_consent TO tripoint_service;
GRANT INSERT (agency) ON tripoint.joint_proposal TO tripoint_service;
GRANT INSERT (country) ON tripoint.joint_proposal TO tripoint_service;
GRANT INSERT (id) ON tripoint.joint_proposal TO tripoint_service;
GRANT INSERT (open_until) ON tripoint.joint_proposal TO tripoint_service;
GRANT INSERT (participants) ON tripoint.joint_proposal TO tripoint_service;
GRANT INSERT (path) ON tripoint.joint_proposal TO tripoint_service;
GRANT INSERT (subject) ON tripoint.joint_proposal TO tripoint_service;
GRANT INSERT (subject_type) ON tripoint.joint_proposal TO tripoint_service;
GRANT SELECT ON tripoint.joint_proposal TO tripoint_service;
GRANT EXECUTE ON tripoint.lease_requests(timestamp with time zone,bytea,integer) TO tripoint_service;
GRANT UPDATE (reason) ON tripoint.legal_hold TO tripoint_service;
GRANT DELETE, INSERT, SELECT ON tripoint.legal_hold TO tripoint_service;
GRANT EXECUTE ON tripoint.link_doubles(integer) TO tripoint_service;
GRANT EXECUTE ON tripoint.lock_number(text) TO PUBLIC;
GRANT EXECUTE ON tripoint.lock_number(text) TO tripoint_service;
GRANT EXECUTE ON tripoint.lock_proposal(uuid) TO tripoint_service;
GRANT EXECUTE ON tripoint.lock_zone(text) TO tripoint_service;
GRANT EXECUTE ON tripoint.look_at_installation(uuid,uuid,bigint,bytea) TO tripoint_service;
GRANT UPDATE (function) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (note) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (rank) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (revision) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (scope_id) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (scope_type) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (source) ON tripoint.mandate TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (valid_from) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (valid_from_precision) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (valid_to) ON tripoint.mandate TO tripoint_service;
GRANT UPDATE (verified) ON tripoint.mandate TO tripoint_service;
GRANT EXECUTE ON tripoint.next_version(uuid) TO tripoint_service;
GRANT EXECUTE ON tripoint.note_attempts(json) TO tripoint_service;
GRANT EXECUTE ON tripoint.note_key_use(uuid[]) TO tripoint_service;
GRANT EXECUTE ON tripoint.note_session_use(uuid[]) TO tripoint_service;
GRANT UPDATE (available_from) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (available_until) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (kind) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (place_text) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (point) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (quantity) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (releasable_to) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (revision) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (text) ON tripoint.offer TO tripoint_service;
GRANT UPDATE (tlp) ON tripoint.offer TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.offer TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.offer TO tripoint_service;
GRANT EXECUTE ON tripoint.open_hours(jsonb,text,tstzrange) TO PUBLIC;
GRANT EXECUTE ON tripoint.open_hours(jsonb,text,tstzrange) TO tripoint_service;
GRANT SELECT ON tripoint.own_red_incident TO tripoint_service;
GRANT EXECUTE ON tripoint.place(public.geometry,double precision) TO PUBLIC;
GRANT EXECUTE ON tripoint.place(public.geometry,double precision) TO tripoint_service;
GRANT EXECUTE ON tripoint.plain_words(text) TO PUBLIC;
GRANT EXECUTE ON tripoint.plain_words(text) TO tripoint_service;
GRANT EXECUTE ON tripoint.preview_correction(jsonb,timestamp with time zone,text) TO PUBLIC;
GRANT EXECUTE ON tripoint.preview_correction(jsonb,timestamp with time zone,text) TO tripoint_service;
GRANT EXECUTE ON tripoint.procedure_state(timestamp with time zone,timestamp with time zone,text,timestamp with time zone,tstzrange,timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.procedure_state(timestamp with time zone,timestamp with time zone,text,timestamp with time zone,tstzrange,timestamp with time zone,timestamp with time zone) TO tripoint_service;
GRANT INSERT (agency) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (country) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (crossing) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (documents) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (names) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (open_until) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (participants) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (procedure) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (proposal) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (purpose) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (segment) ON tripoint.procedure_version TO tripoint_service;
GRANT SELECT ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (valid_from) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (valid_to) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (version) ON tripoint.procedure_version TO tripoint_service;
GRANT INSERT (zone) ON tripoint.procedure_version TO tripoint_service;
GRANT EXECUTE ON tripoint.proposal_state(timestamp with time zone,timestamp with time zone,text,timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.proposal_state(timestamp with time zone,timestamp with time zone,text,timestamp with time zone,timestamp with time zone) TO tripoint_service;
GRANT UPDATE (done_at) ON tripoint.reaction TO tripoint_service;
GRANT UPDATE (done_by) ON tripoint.reaction TO tripoint_service;
GRANT UPDATE (note) ON tripoint.reaction TO tripoint_service;
GRANT SELECT ON tripoint.reaction TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.reaction TO tripoint_service;
GRANT SELECT ON tripoint.reaction_rule TO tripoint_service;
GRANT EXECUTE ON tripoint.renew_incident_texts(integer) TO tripoint_service;
GRANT EXECUTE ON tripoint.replay_deliveries(uuid,uuid) TO tripoint_service;
GRANT UPDATE (releasable_to) ON tripoint.report TO tripoint_service;
GRANT UPDATE (tlp) ON tripoint.report TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.report TO tripoint_service;
GRANT EXECUTE ON tripoint.rescue_borders() TO tripoint_service;
GRANT EXECUTE ON tripoint.responsible(text[],text[],text[],text[],text[],text,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.responsible(text[],text[],text[],text[],text[],text,timestamp with time zone) TO tripoint_service;
GRANT EXECUTE ON tripoint.rounded(double precision,integer) TO PUBLIC;
GRANT EXECUTE ON tripoint.rounded(double precision,integer) TO tripoint_service;
GRANT SELECT ON tripoint.schema_file TO tripoint_service;
GRANT SELECT ON tripoint.schema_program TO tripoint_service;
GRANT EXECUTE ON tripoint.sealing_lag() TO tripoint_service;
GRANT EXECUTE ON tripoint.sees(integer,text,integer,text) TO PUBLIC;
GRANT EXECUTE ON tripoint.sees(integer,text,integer,text) TO tripoint_service;
GRANT SELECT ON tripoint.segment TO tripoint_service;
GRANT SELECT ON tripoint.segment_version TO tripoint_service;
GRANT INSERT (agency) ON tripoint.shift TO tripoint_service;
GRANT UPDATE (closed_at) ON tripoint.shift TO tripoint_service;
GRANT UPDATE (closed_by) ON tripoint.shift TO tripoint_service;
GRANT INSERT (crossing) ON tripoint.shift TO tripoint_service;
GRANT INSERT (id) ON tripoint.shift TO tripoint_service;
GRANT UPDATE (is_complete) ON tripoint.shift TO tripoint_service;
GRANT INSERT (kind) ON tripoint.shift TO tripoint_service;
GRANT INSERT (name) ON tripoint.shift TO tripoint_service;
GRANT UPDATE (offered_at) ON tripoint.shift TO tripoint_service;
GRANT UPDATE (offered_by) ON tripoint.shift TO tripoint_service;
GRANT UPDATE (offers) ON tripoint.shift TO tripoint_service;
GRANT INSERT (opened_by) ON tripoint.shift TO tripoint_service;
GRANT UPDATE (remark) ON tripoint.shift TO tripoint_service;
GRANT SELECT ON tripoint.shift TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.shift TO tripoint_service;
GRANT SELECT ON tripoint.shift_act TO tripoint_service;
GRANT INSERT (due_at) ON tripoint.shift_item TO tripoint_service;
GRANT INSERT (id) ON tripoint.shift_item TO tripoint_service;
GRANT INSERT (kind) ON tripoint.shift_item TO tripoint_service;
GRANT INSERT (shift) ON tripoint.shift_item TO tripoint_service;
GRANT DELETE, SELECT ON tripoint.shift_item TO tripoint_service;
GRANT INSERT (id) ON tripoint.shift_note TO tripoint_service;
GRANT INSERT (shift) ON tripoint.shift_note TO tripoint_service;
GRANT INSERT (signer) ON tripoint.shift_note TO tripoint_service;
GRANT INSERT (text) ON tripoint.shift_note TO tripoint_service;
GRANT SELECT ON tripoint.shift_note TO tripoint_service;
GRANT EXECUTE ON tripoint.side_periods(text,text,tstzrange) TO PUBLIC;
GRANT EXECUTE ON tripoint.side_periods(text,text,tstzrange) TO tripoint_service;
GRANT EXECUTE ON tripoint.side_state(text,text,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.side_state(text,text,timestamp with time zone) TO tripoint_service;
GRANT EXECUTE ON tripoint.side_table(text,text,timestamp with time zone,text[]) TO PUBLIC;
GRANT EXECUTE ON tripoint.side_table(text,text,timestamp with time zone,text[]) TO tripoint_service;
GRANT EXECUTE ON tripoint.start_session(uuid,bytea,uuid,text,text[],interval,timestamp with time zone) TO tripoint_service;
GRANT EXECUTE ON tripoint.stretch(text,double precision,double precision) TO PUBLIC;
GRANT EXECUTE ON tripoint.stretch(text,double precision,double precision) TO tripoint_service;
GRANT EXECUTE ON tripoint.strip(public.geometry,double precision) TO PUBLIC;
GRANT EXECUTE ON tripoint.strip(public.geometry,double precision) TO tripoint_service;
GRANT INSERT (agency) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (crossing) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (enabled) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (filter) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (hysteresis_m) ON tripoint.subscription TO tripoint_service;
GRANT INSERT (id) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (kinds) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (minimum_severity) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (name) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (natures) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (segment) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (threshold_incidents) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (threshold_minutes) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (triggers) ON tripoint.subscription TO tripoint_service;
GRANT DELETE, SELECT ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (within_m) ON tripoint.subscription TO tripoint_service;
GRANT INSERT, UPDATE (zone) ON tripoint.subscription TO tripoint_service;
GRANT EXECUTE ON tripoint.traffic_classes() TO PUBLIC;
GRANT EXECUTE ON tripoint.traffic_classes() TO tripoint_service;
GRANT EXECUTE ON tripoint.unaccented(text) TO PUBLIC;
GRANT EXECUTE ON tripoint.utc(timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.viewer() TO PUBLIC;
GRANT EXECUTE ON tripoint.viewer() TO tripoint_service;
GRANT INSERT, SELECT (agency) ON tripoint.webhook TO tripoint_service;
GRANT INSERT, SELECT, UPDATE (coordination) ON tripoint.webhook TO tripoint_service;
GRANT INSERT, SELECT (country) ON tripoint.webhook TO tripoint_service;
GRANT SELECT (created_at) ON tripoint.webhook TO tripoint_service;
GRANT SELECT (failures) ON tripoint.webhook TO tripoint_service;
GRANT INSERT, SELECT (id) ON tripoint.webhook TO tripoint_service;
GRANT INSERT, SELECT, UPDATE (is_enabled) ON tripoint.webhook TO tripoint_service;
GRANT SELECT, UPDATE (last_error) ON tripoint.webhook TO tripoint_service;
GRANT SELECT, UPDATE (old_secret_until) ON tripoint.webhook TO tripoint_service;
GRANT SELECT (open_until) ON tripoint.webhook TO tripoint_service;
GRANT INSERT, UPDATE (secret) ON tripoint.webhook TO tripoint_service;
GRANT INSERT, SELECT, UPDATE (triggers) ON tripoint.webhook TO tripoint_service;
GRANT DELETE ON tripoint.webhook TO tripoint_service;
GRANT INSERT, SELECT, UPDATE (url) ON tripoint.webhook TO tripoint_service;
GRANT SELECT, UPDATE (verified_at) ON tripoint.webhook TO tripoint_service;
GRANT EXECUTE ON tripoint.words(text) TO PUBLIC;
GRANT EXECUTE ON tripoint.words(text) TO tripoint_service;
GRANT SELECT ON tripoint.world TO tripoint_service;
GRANT UPDATE (releasable_to) ON tripoint.zone TO tripoint_service;
GRANT UPDATE (tlp) ON tripoint.zone TO tripoint_service;
GRANT SELECT ON tripoint.zone TO tripoint_service;
GRANT INSERT, SELECT ON tripoint.zone_consent TO tripoint_service;
GRANT EXECUTE ON tripoint.zone_countries(text,text,text,text[]) TO PUBLIC;
GRANT EXECUTE ON tripoint.zone_countries(text,text,text,text[]) TO tripoint_service;
GRANT UPDATE (agreed_at) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (area) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (author) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (derived_from) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (kind) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (legal_act) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (names) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (participants) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (proposed_at) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (purpose) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (suspended_at) ON tripoint.zone_revision TO tripoint_service;
GRANT DELETE, INSERT, SELECT ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (updated_at) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (valid_from) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (valid_to) ON tripoint.zone_revision TO tripoint_service;
GRANT UPDATE (withdrawn_at) ON tripoint.zone_revision TO tripoint_service;
GRANT EXECUTE ON tripoint.zone_state(timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON tripoint.zone_state(timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone) TO tripoint_service;
GRANT EXECUTE ON tripoint.zone_viewers(text) TO tripoint_service;
COMMENT ON FUNCTION base.add_consent_changes(text[]) IS 'Adds a change of the zone of each of these revisions for those who see both it and its decisions: the participants of the revision. Others learn nothing.';
COMMENT ON FUNCTION base.add_coordination_changes(base.coordination_change[]) IS 'Change feed and webhooks: coordination that is added, changed, shown to somebody else by a label, or removed.';
COMMENT ON FUNCTION base.add_impact_alerts(base.impact_assessment,base.reaction,text,text) IS 'Alerts subscribers of the segment, or of everything, that see what it is about, and one agency without a subscription: one alert each.';
COMMENT ON FUNCTION base.add_write_entries(text,text,base.audited[]) IS 'Adds an entry for each row with a detail, so that it can be replayed after a restore, and one entry for all other rows of the statement. A single row is named.';
COMMENT ON FUNCTION base.add_write_entry(text,text,text,bigint,bigint[],integer,text) IS 'Adds an entry to the audit log, with the caller and the request that the transaction carries.';
COMMENT ON FUNCTION base.add_zone_change(text,base.zone[],base.zone[],timestamp with time zone,timestamp with time zone) IS 'Adds one change for a zone, whatever number of its faces changed: who was shown it, and who is shown it now.';
COMMENT ON FUNCTION base.address_correction() IS 'Works out which countries must agree to a correction and which rows it touches. A country proposes only what it takes part in.';
COMMENT ON FUNCTION base.address_request() IS 'Takes the owner from the incident or zone and the country from the agency, and works out which countries read the request: those at both ends.';
COMMENT ON FUNCTION base.agencies_apart() IS 'Agencies whose filters are evaluated apart, and how far they are behind.';
COMMENT ON base.agency IS 'Bodies of a country that do something at its borders.';
COMMENT ON CONSTRAINT agency_id_check ON base.agency IS 'Identifiers stand in addresses and in the list of recipients, where other characters separate.';
COMMENT ON COLUMN base.agency.contact IS 'A duty desk, never a person.';
COMMENT ON COLUMN base.agency.id IS 'A readable name, such as tun-douane.';
COMMENT ON COLUMN base.agency.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.agency.revision IS 'Counts the changes; its ETag.';
COMMENT ON COLUMN base.agency.unverified_items IS 'Properties that nobody has checked.';
COMMENT ON COLUMN base.agency.verified IS 'Whether somebody checked the row against an official source.';
COMMENT ON base.alert IS 'Alerts of an agency, each as the incident was at that moment. Only this agency sees them.';
COMMENT ON CONSTRAINT alert_has_one_subject ON base.alert IS 'An alert is about an incident, or about a level of impact and perhaps one of its reactions.';
COMMENT ON CONSTRAINT alert_reasons_are_pairs ON base.alert IS 'Each trigger has its subscription, or NULL, and the first trigger is the one of the headline.';
COMMENT ON CONSTRAINT alert_trigger_check ON base.alert IS 'What an alert can be raised for; subscriptions choose among the same words.';
COMMENT ON COLUMN base.alert.assessment IS 'Of impact and reaction-overdue: the assessment.';
COMMENT ON COLUMN base.alert.due_at IS 'Of distress: when assistance is due. Of overdue: when an acknowledgement was due. Of reaction-overdue: when the reaction was due.';
COMMENT ON COLUMN base.alert.first_at IS 'When it was raised first; distress that is opened again moves its time, and its first CAP message keeps this one.';
COMMENT ON COLUMN base.alert.incident IS 'NULL: about a level of impact.';
COMMENT ON COLUMN base.alert.incident_count IS 'Of a threshold: the number of incidents.';
COMMENT ON COLUMN base.alert.is_withdrawn IS 'The agency may no longer see what the alert is about.';
COMMENT ON COLUMN base.alert.notice IS 'For rescue bodies that may not see the incident: its distress notice.';
COMMENT ON COLUMN base.alert.reaction IS 'Of reaction-overdue: the reaction.';
COMMENT ON COLUMN base.alert.red_agency IS 'The only viewer; NULL while withdrawn.';
COMMENT ON COLUMN base.alert.revision IS 'Counts these changes: each one is a CAP message of its own.';
COMMENT ON COLUMN base.alert.segment IS 'Of impact and reaction-overdue: the segment.';
COMMENT ON COLUMN base.alert.subscription IS 'The subscription of the first trigger. NULL: raised without one, for distress and overdue acknowledgements. No foreign key: alerts outlive subscriptions.';
COMMENT ON COLUMN base.alert.subscriptions IS 'For each trigger its subscription; NULL: none.';
COMMENT ON COLUMN base.alert.trigger IS 'The first of its triggers, which a headline names.';
COMMENT ON COLUMN base.alert.triggers IS 'What raised it, with the subscriptions at the same places.';
COMMENT ON COLUMN base.alert.updated_at IS 'When its content last changed, or when its agency saw it again. An acknowledgement is no change.';
COMMENT ON COLUMN base.alert.writes IS 'The transactions that it is about: later triggers of the same ones are added to it.';
COMMENT ON FUNCTION base.alert_concern(text,uuid) IS 'Bitmask of the countries that own an alert: the country of its agency and the owner of its incident.';
COMMENT ON base.alert_distress_idx IS 'Each rescue body is alerted once for a notice.';
COMMENT ON FUNCTION base.alert_late_reaction() IS 'Alerts that a reaction is overdue: the agency that assessed or approved the level for that side, and subscribers.';
COMMENT ON base.alert_queue IS 'Writes of incidents for which alerts have yet to be raised.';
COMMENT ON COLUMN base.alert_queue.agency IS 'Only for the filters of this agency, which are evaluated apart because they are slow. NULL: for everybody.';
COMMENT ON COLUMN base.alert_queue.audience_before IS 'Bitmask of viewers before the write: those who gain the incident get created, not updated.';
COMMENT ON COLUMN base.alert_queue.closes IS 'Whether the write ended the incident.';
COMMENT ON COLUMN base.alert_queue.point_before IS 'Position before the write, for enter and leave.';
COMMENT ON COLUMN base.alert_queue.xid IS 'The transaction that wrote the incident.';
COMMENT ON FUNCTION base.alert_rescue(uuid[]) IS 'Alerts the rescue bodies of both countries at the border of each incident, each once for a notice, with or without a subscription.';
COMMENT ON FUNCTION base.announce_reset() IS 'After a restore: each open stream sends the event reset once, and each webhook a message of type reset. Cursors stay good where their rows are there. Returns the number of queued messages.';
COMMENT ON base.api_key IS 'Keys of systems and desks. Each acts for one agency.';
COMMENT ON CONSTRAINT api_key_roles_are_known ON base.api_key IS 'A misspelt role would silently allow nothing.';
COMMENT ON CONSTRAINT api_key_roles_check ON base.api_key IS 'A key without a role could do nothing, not even read.';
COMMENT ON COLUMN base.api_key.country IS 'Country of the agency: the view filters by it.';
COMMENT ON COLUMN base.api_key.hash IS 'SHA-256 of the key. The key itself is random and stored nowhere.';
COMMENT ON COLUMN base.api_key.is_demo IS 'Made for trying the service; revoked with the first admin key.';
COMMENT ON COLUMN base.api_key.last_used_at IS 'Exact to a minute.';
COMMENT ON COLUMN base.api_key.name IS 'Of the system that holds the key, never of a person.';
COMMENT ON COLUMN base.api_key.replaced_by IS 'The key that rotation made in its place.';
COMMENT ON FUNCTION base.api_name(text) IS 'The name of a column in the API.';
COMMENT ON FUNCTION base.apply_correction(uuid) IS 'Applies a correction in one transaction: reference data, its earlier versions, and the places of incidents.';
COMMENT ON FUNCTION base.assist_within() IS 'How long people in distress may wait for assistance.';
COMMENT ON base.assistance IS 'What was done for people in distress, and its outcome. Immutable.';
COMMENT ON CONSTRAINT assistance_outcome_check ON base.assistance IS 'What became of people in distress; figures are summed by it.';
COMMENT ON CONSTRAINT assistance_state_check ON base.assistance IS 'The clock of a distress notice stops when assistance is given.';
COMMENT ON CONSTRAINT given_assistance_has_an_outcome ON base.assistance IS 'Distress is closed by an outcome, and by nothing else.';
COMMENT ON COLUMN base.assistance.counts IS 'People, by best, low and high estimate.';
COMMENT ON COLUMN base.assistance.notice IS 'No foreign key: the notice goes and comes back with the kind of its incident.';
COMMENT ON COLUMN base.assistance.outcome IS 'Closed list. None of them turns people back.';
COMMENT ON FUNCTION base.assistance_of(base.distress_notice) IS 'Assistance for a distress notice, and who sees it: viewers of the incident, and the rescue bodies of the countries at the border.';
COMMENT ON FUNCTION base.audit_agency() IS 'Audit log: an agency is added, changed or removed.';
COMMENT ON FUNCTION base.audit_alert() IS 'Audit log: an agency acknowledges an alert, each with an entry of its own. All other changes of alerts are the work of the database, not of an agency.';
COMMENT ON FUNCTION base.audit_api_key() IS 'Audit log: a key is made, changed or revoked, with its old and new roles and end. Its use is no change.';
COMMENT ON FUNCTION base.audit_assistance() IS 'Audit log: assistance for people in distress. It counts as data of all countries at the border.';
COMMENT ON FUNCTION base.audit_correction() IS 'Audit log: a correction of the reference data is proposed or applied.';
COMMENT ON FUNCTION base.audit_crossing_status() IS 'Audit log: a country states the status of its side of a crossing, or withdraws a statement. The entry names the crossing.';
COMMENT ON FUNCTION base.audit_double_decision() IS 'Audit log: an owner confirms or refuses that two incidents are one event.';
COMMENT ON base.audit_entry IS 'The audit log: append-only. No entry holds content or identifies a person.';
COMMENT ON CONSTRAINT audit_entry_action_check ON base.audit_entry IS 'Auditors filter by action, and the chain hashes it: nothing else may be in an entry.';
COMMENT ON CONSTRAINT audit_entry_purpose_check ON base.audit_entry IS 'The purpose comes from a header, and an entry is kept for years.';
COMMENT ON CONSTRAINT audit_entry_shares_check ON base.audit_entry IS 'One number for each country, in the order of the bits of audiences.';
COMMENT ON CONSTRAINT audit_entry_subject_check ON base.audit_entry IS 'The subject comes from the token of an issuer, which may be long.';
COMMENT ON COLUMN base.audit_entry.agency IS 'NULL: the owner of the tables, not a caller of the service.';
COMMENT ON COLUMN base.audit_entry.detail IS 'For changes: old and new label or stage.';
COMMENT ON COLUMN base.audit_entry.filter_hash IS 'SHA-256 of path and query parameters, ordered by name.';
COMMENT ON COLUMN base.audit_entry.operation IS 'Id of the operation in the OpenAPI document.';
COMMENT ON COLUMN base.audit_entry.purpose IS 'As the caller gave it.';
COMMENT ON COLUMN base.audit_entry.shares IS 'How many of the rows belong to DZA, LBY and TUN. A row of a joint zone counts for each participant.';
COMMENT ON COLUMN base.audit_entry.subject IS 'Of a token, in place of a key: a hash that tells its subject from others.';
COMMENT ON COLUMN base.audit_entry.target IS 'The row, if it is a single one.';
COMMENT ON COLUMN base.audit_entry.target_readers IS 'Bitmask of the countries whose auditors may know the target of a foreign agency.';
COMMENT ON COLUMN base.audit_entry.txid IS 'Transaction that added it: seals follow the order of commits.';
COMMENT ON base.audit_entry_acts_idx IS 'Writes of an agency in a period: what it did during a shift.';
COMMENT ON FUNCTION base.audit_impact_assessment() IS 'Audit log: a level is proposed, assessed, declined, agreed or ended.';
COMMENT ON FUNCTION base.audit_incident() IS 'Audit log: an incident is created, changed or removed; a changed label with its old and new value, each removed incident by its id.';
COMMENT ON FUNCTION base.audit_incident_acknowledgement() IS 'Audit log: an agency acknowledges an incident.';
COMMENT ON FUNCTION base.audit_incident_double() IS 'Audit log: two incidents are linked as one event, or no longer. For the auditors of owners that see both. Other viewers after a new label are no change of the pair.';
COMMENT ON FUNCTION base.audit_incident_request() IS 'Audit log: a request is made, answered or withdrawn.';
COMMENT ON FUNCTION base.audit_incident_response() IS 'Audit log: an agency responds to an incident.';
COMMENT ON FUNCTION base.audit_indicator() IS 'Audit log: a country adds, corrects or removes counts of its side of a crossing.';
COMMENT ON FUNCTION base.audit_joint_consent() IS 'Audit log: a country decides about a joint proposal. It counts as data of all participants.';
COMMENT ON FUNCTION base.audit_joint_proposal() IS 'Audit log: a joint proposal is made, agreed or ended. It counts as data of all participants.';
COMMENT ON FUNCTION base.audit_json(base.audit_entry) IS 'An entry as JSON, for exports that prove the chain.';
COMMENT ON FUNCTION base.audit_legal_hold() IS 'Audit log: a legal hold is placed, changed or lifted. The entry names the incident.';
COMMENT ON FUNCTION base.audit_mandate() IS 'Audit log: a mandate is added, changed (with its old and new end) or removed. It counts as data of the country of its agency.';
COMMENT ON FUNCTION base.audit_offer() IS 'Audit log: an offer is made or changed; a changed label with its old and new value.';
COMMENT ON FUNCTION base.audit_procedure_version() IS 'Audit log: a version of a procedure is proposed, or follows its proposal, whose entries say what was decided. It counts as data of all participants.';
COMMENT ON FUNCTION base.audit_reaction() IS 'Audit log: a reaction is asked for, done or cancelled.';
COMMENT ON FUNCTION base.audit_readers(base.audit_entry) IS 'Bitmask of the countries whose auditors see an entry: the country of its agency and the owners of the rows; of refused attempts the owners alone.';
COMMENT ON FUNCTION base.audit_report() IS 'Audit log: a report is added or its label changes. An audience that it takes over from its incident is no change of the report.';
COMMENT ON base.audit_seal IS 'The chain over the audit log: each seal holds the hash of its entry and of the seal before it, so that a removed or changed entry shows.';
COMMENT ON COLUMN base.audit_seal.id IS 'How auditors name the entry: in the order of the chain, with a random end, so that ids count nothing.';
COMMENT ON COLUMN base.audit_seal.readers IS 'Bitmask of the countries whose auditors see the entry.';
COMMENT ON COLUMN base.audit_seal.seq IS 'Place in the chain, without gaps.';
COMMENT ON base.audit_sealing IS 'How far sealing has come. One row.';
COMMENT ON CONSTRAINT audit_sealing_is_only_check ON base.audit_sealing IS 'With the primary key: there is one row.';
COMMENT ON COLUMN base.audit_sealing.done IS 'Every entry that is visible in this snapshot has a seal.';
COMMENT ON COLUMN base.audit_sealing.target IS 'Value of done once a long pass has ended, whose last entry is last_entry.';
COMMENT ON FUNCTION base.audit_session() IS 'Audit log: somebody signs in or out, or a session is purged after its end. Its use is no change.';
COMMENT ON FUNCTION base.audit_shift() IS 'Audit log: a shift is opened, offered, taken back or closed, with its old and new state.';
COMMENT ON FUNCTION base.audit_shift_item() IS 'Audit log: open items come into an offer of a handover, or go with it.';
COMMENT ON FUNCTION base.audit_shift_note() IS 'Audit log: a note is added to a shift. The service changes and removes none.';
COMMENT ON FUNCTION base.audit_subscription() IS 'Audit log: a subscription is added, changed or removed.';
COMMENT ON FUNCTION base.audit_text(base.audit_entry) IS 'The text of an entry that is hashed: quoted like a row, so that no two entries have the same text. A later column may join it only where it is not NULL.';
COMMENT ON FUNCTION base.audit_webhook() IS 'Audit log: a webhook is added, changed or removed. Counts of failures are no change.';
COMMENT ON FUNCTION base.audit_zone() IS 'Audit log: a zone is made, relabelled or removed. Entries about its revisions come from their own table.';
COMMENT ON FUNCTION base.audit_zone_consent() IS 'Audit log: a country decides about a revision. It counts as data of all participants.';
COMMENT ON FUNCTION base.audit_zone_revision() IS 'Audit log: a revision is made, changed or removed; with its old and new stage.';
COMMENT ON base.border IS 'The three land borders.';
COMMENT ON CONSTRAINT border_code_check ON base.border IS 'The three borders. The program orders and colours them by code.';
COMMENT ON CONSTRAINT border_horizontal_accuracy_m_check ON base.border IS 'A negative accuracy would put points nearer to the line than they are.';
COMMENT ON COLUMN base.border.code IS 'The two countries in alphabetical order.';
COMMENT ON COLUMN base.border.correction IS 'Correction that made this version; NULL: none.';
COMMENT ON COLUMN base.border.horizontal_accuracy_m IS 'How far the true line may lie from this one.';
COMMENT ON COLUMN base.border.legal_basis IS 'Treaties and acts that fix the line.';
COMMENT ON COLUMN base.border.length_km IS 'Geodesic length of the line.';
COMMENT ON COLUMN base.border.line IS 'Runs from north to south; chainage starts at its first vertex.';
COMMENT ON COLUMN base.border.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.border.official_length_km IS 'As a government publishes it; it differs from the length of the line.';
COMMENT ON COLUMN base.border.other_published_lengths IS 'Lengths of other sources, each with its source.';
COMMENT ON COLUMN base.border.unverified_items IS 'Properties that nobody has checked.';
COMMENT ON COLUMN base.border.valid_from IS 'Start of this version; NULL: the first one.';
COMMENT ON base.border_edge IS 'A border as two-point lines with their geodesic chainage: a fraction of a planar line is not a distance.';
COMMENT ON COLUMN base.border_edge.from_m IS 'Chainage of its first point, in metres.';
COMMENT ON COLUMN base.border_edge.length_m IS 'Geodesic length.';
COMMENT ON COLUMN base.border_edge.seq IS 'Order from north to south.';
COMMENT ON FUNCTION base.border_of_crossing(base.correction_feature) IS 'The border of a crossing of a correction: a new one lies on the nearest.';
COMMENT ON FUNCTION base.borders_of(jsonb) IS 'The borders whose line or segments a correction names.';
COMMENT ON FUNCTION base.chain(bytea,text) IS 'Over an ordered window: hash of each entry together with the hash before it.';
COMMENT ON base.change IS 'The change feed: one row for each feature and transaction, shown once no older transaction runs.';
COMMENT ON COLUMN base.change.agencies_after IS 'Agencies beside the audience that see it. NULL: none.';
COMMENT ON COLUMN base.change.agencies_before IS 'Agencies beside the audience that saw it: rescue bodies, for assistance. NULL: none.';
COMMENT ON COLUMN base.change.audience_after IS 'Bitmask of viewers after it.';
COMMENT ON COLUMN base.change.audience_before IS 'Bitmask of viewers before the transaction, to whom a removal is shown.';
COMMENT ON COLUMN base.change.concern IS 'Bitmask of the countries that own the feature, for the audit log.';
COMMENT ON COLUMN base.change.nonce IS 'Tells this row from another one with the same key in another life of the database. In cursors only.';
COMMENT ON COLUMN base.change.red_after IS 'Agency of a RED feature, after.';
COMMENT ON COLUMN base.change.red_before IS 'Agency of a RED feature, before.';
COMMENT ON COLUMN base.change.xid IS 'Transaction: the order of the feed. After a failover a number may be given again.';
COMMENT ON FUNCTION base.change_alerts() IS 'Change feed and tiles: an alert is added, changed or removed. It concerns the country of its agency and the owner of its incident.';
COMMENT ON FUNCTION base.change_assessments() IS 'Change feed and webhooks: an assessment is made, decided, agreed or ended. Who sees it by its label does so once it is assessed.';
COMMENT ON FUNCTION base.change_assistance() IS 'Change feed and webhooks: assistance for people in distress.';
COMMENT ON FUNCTION base.change_consents() IS 'Change feed: a country decides about a revision, also where that changes no state.';
COMMENT ON FUNCTION base.change_coordination() IS 'Change feed and webhooks: an acknowledgement or a response is added or changed.';
COMMENT ON FUNCTION base.change_corrections() IS 'Change feed: a correction is proposed to its countries, or applied and shown to everybody.';
COMMENT ON FUNCTION base.change_decided_doubles() IS 'Change feed and webhooks: a decision is a change of its pair.';
COMMENT ON FUNCTION base.change_doubles() IS 'Change feed and webhooks: a pair is made, is seen by others after a new label, or goes.';
COMMENT ON FUNCTION base.change_incidents() IS 'Change feed and tiles: an incident is added, changed or removed, with its audience before and after, so that those who lose sight of it learn that it is gone.';
COMMENT ON FUNCTION base.change_indicator() IS 'Change feed: counts are added, corrected or removed.';
COMMENT ON FUNCTION base.change_offers() IS 'Change feed and webhooks: an offer is made, changed or removed, with its audience before and after.';
COMMENT ON FUNCTION base.change_open() IS 'Change feed and tiles, for tables whose rows everybody sees.';
COMMENT ON FUNCTION base.change_procedure() IS 'Change feed and webhooks: a version of a procedure is proposed, decided about, replaced or removed.';
COMMENT ON FUNCTION base.change_proposals() IS 'Change feed and webhooks: a joint proposal is made or decided about.';
COMMENT ON FUNCTION base.change_reactions() IS 'Change feed and webhooks: a reaction is asked for, done, cancelled or overdue.';
COMMENT ON FUNCTION base.change_request() IS 'Change feed and webhooks: a request is made, answered, withdrawn or removed.';
COMMENT ON FUNCTION base.change_revisions() IS 'Change feed: a further revision is proposed, agreed or ended, also where all are still shown an earlier one.';
COMMENT ON FUNCTION base.change_shared_of_zone(text,base.standing,base.standing) IS 'Change feed and webhooks: requests and procedures of a zone that is shown to others than before.';
COMMENT ON FUNCTION base.change_shift() IS 'Change feed: a shift is opened, offered, taken back or closed. Its agency hears of it.';
COMMENT ON FUNCTION base.change_shift_note() IS 'Change feed: a note is added. The agency of the shift hears of it.';
COMMENT ON FUNCTION base.change_webhook() IS 'A new URL must be verified again; a new secret keeps the old one for the overlap; a repaired webhook closes its circuit.';
COMMENT ON FUNCTION base.change_zones() IS 'Change feed and tiles: who was shown what of the zone, and who is shown what now.';
COMMENT ON FUNCTION base.changed_text(text,text) IS 'Detail of an audit entry: old and new value, NULL if they are equal.';
COMMENT ON FUNCTION base.check_consent() IS 'Lets a coordinator of a participant decide for the own country alone: approve or refuse while the proposal waits, withdraw an approval as long as it counts.';
COMMENT ON FUNCTION base.check_procedure() IS 'Refuses a version that some participant would not decide about, one that is in force before all have approved exactly it, and a change of its content, whoever writes.';
COMMENT ON FUNCTION base.claim_deliveries(interval,integer,integer,integer,uuid[]) IS 'Leases the first waiting delivery of each lane and those behind it to one process, which sends them in order.';
COMMENT ON FUNCTION base.clear_level(text,timestamp with time zone) IS 'The level of a segment from CLEAR assessments alone: layers of segments and their tiles are shared by all.';
COMMENT ON FUNCTION base.close_world() IS 'Makes an exercise read-only for the service. Keys stay revocable, and maintenance goes on: sealing, purging, deliveries.';
COMMENT ON COLUMN base.coordination_change.lane IS 'The incident, of a request about something else the request. Webhooks deliver a lane in order.';
COMMENT ON FUNCTION base.coordination_of(uuid,integer,text,text) IS 'Acknowledgements, responses and requests about an incident, and who sees each of them under a label of the incident.';
COMMENT ON FUNCTION base.correct_borders(jsonb,text) IS 'Writes the borders of a correction, and answers the edges from before of those whose line or accuracy changed.';
COMMENT ON FUNCTION base.correct_crossings(jsonb,text,text[],text[]) IS 'Writes the crossings of a correction, and places all crossings again on borders and segments that changed.';
COMMENT ON FUNCTION base.correct_segments(jsonb,text,text[]) IS 'Writes the segments of a correction, and answers the borders whose segments may have changed.';
COMMENT ON FUNCTION base.correct_sides(jsonb) IS 'Writes the sides of a correction. A new crossing comes with both.';
COMMENT ON base.correction IS 'Corrections of the reference data: files with changed borders, segments, crossings and sides. One that is applied never changes.';
COMMENT ON COLUMN base.correction.agency IS 'Agency that proposed it.';
COMMENT ON COLUMN base.correction.applied_at IS 'NULL: not applied.';
COMMENT ON COLUMN base.correction.audience IS 'Bitmask of viewers: the participants and the proposing country, and all viewers once it is applied.';
COMMENT ON COLUMN base.correction.closed_at IS 'When a country refused it or withdrew its approval; NULL: open or applied.';
COMMENT ON COLUMN base.correction.concern IS 'Bitmask of the countries that own it; 0 once it is applied.';
COMMENT ON COLUMN base.correction.country IS 'Country of that agency.';
COMMENT ON COLUMN base.correction.features IS 'The features of the file.';
COMMENT ON COLUMN base.correction.participants IS 'Countries that must agree: both of a line, one of a side.';
COMMENT ON COLUMN base.correction.proposal IS 'Its row in base.joint_proposal, which countries decide about; NULL: the own side alone.';
COMMENT ON COLUMN base.correction.source IS 'Of its rows, unless a row names its own.';
COMMENT ON COLUMN base.correction.touches IS 'Rows that it changes, and the borders of its lines, as collection/id. Of two proposals about one row only the first can be applied.';
COMMENT ON COLUMN base.correction.valid_from IS 'Start of the versions that it makes; NULL until it is applied: from then on.';
COMMENT ON FUNCTION base.correction_changes(uuid) IS 'The rows that a correction made, changed or removed, as they were and as it left them.';
COMMENT ON FUNCTION base.count_alert_revision() IS 'An alert that says something else, or that its agency sees again, has another revision and goes to the top of the Atom feed.';
COMMENT ON base.country IS 'The three countries.';
COMMENT ON CONSTRAINT country_area_is_valid ON base.country IS 'PostGIS gives wrong answers for invalid areas.';
COMMENT ON CONSTRAINT country_code_check ON base.country IS 'ISO 3166-1 alpha-3 of the three countries. Audiences are bits of them.';
COMMENT ON COLUMN base.country.area IS 'With the territorial sea. Along the borders its vertices are those of base.border.';
COMMENT ON COLUMN base.country.code IS 'ISO 3166-1 alpha-3.';
COMMENT ON COLUMN base.country.licence IS 'Of the source; NULL: not stated.';
COMMENT ON COLUMN base.country.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.country.time_zone IS 'Of the IANA time zone database.';
COMMENT ON COLUMN base.country.utc_offset IS 'Such as +01:00.';
COMMENT ON base.country_part IS 'The area of a country in small pieces: point in country is an index look-up.';
COMMENT ON base.crossing IS 'Places where a border may be crossed.';
COMMENT ON CONSTRAINT crossing_id_check ON base.crossing IS 'Identifiers stand in addresses.';
COMMENT ON CONSTRAINT crossing_kind_check ON base.crossing IS 'Kinds that the API describes.';
COMMENT ON COLUMN base.crossing.aliases IS 'Other names of the place.';
COMMENT ON COLUMN base.crossing.alternatives IS 'Diversions that a source reports.';
COMMENT ON COLUMN base.crossing.border_km IS 'Chainage on the border.';
COMMENT ON COLUMN base.crossing.correction IS 'Correction that made this version; NULL: none.';
COMMENT ON COLUMN base.crossing.id IS 'A readable name, such as ras-ajdir.';
COMMENT ON COLUMN base.crossing.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.crossing.position_method IS 'How the position was found.';
COMMENT ON COLUMN base.crossing.unverified_items IS 'Properties that nobody has checked.';
COMMENT ON COLUMN base.crossing.valid_from IS 'Start of this version; NULL: the first one.';
COMMENT ON base.crossing_side IS 'The two sides of a crossing, each with its own names.';
COMMENT ON COLUMN base.crossing_side.admin_unit IS 'Administrative unit at this side.';
COMMENT ON COLUMN base.crossing_side.correction IS 'Correction that made this version; NULL: none.';
COMMENT ON COLUMN base.crossing_side.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.crossing_side.valid_from IS 'Start of this version; NULL: the first one.';
COMMENT ON base.crossing_status IS 'Statements about a side of a crossing: only ever inserted into, and withdrawn. The state at an instant is worked out from them; the stricter side counts.';
COMMENT ON CONSTRAINT crossing_status_period_is_in_order ON base.crossing_status IS 'A period that ends before it begins would be valid at no instant.';
COMMENT ON CONSTRAINT crossing_status_says_one_thing ON base.crossing_status IS 'A state and opening hours have each their newest statement.';
COMMENT ON CONSTRAINT crossing_status_state_check ON base.crossing_status IS 'States that the API describes. What nobody has said is unknown, not open.';
COMMENT ON CONSTRAINT crossing_status_withdrawal_is_whole ON base.crossing_status IS 'A withdrawal has a time, an agency and a reason.';
COMMENT ON COLUMN base.crossing_status.agency IS 'NULL: reference data.';
COMMENT ON COLUMN base.crossing_status.entering IS 'The country that the traffic enters; NULL: both directions.';
COMMENT ON COLUMN base.crossing_status.hours IS 'Opening hours in the local time of the side: weekly, and exceptions by date. NULL: the statement says a state.';
COMMENT ON COLUMN base.crossing_status.recorded_at IS 'When the database received it.';
COMMENT ON COLUMN base.crossing_status.state IS 'NULL: the statement says opening hours.';
COMMENT ON COLUMN base.crossing_status.traffic IS 'Classes of traffic that the statement is about; empty: all.';
COMMENT ON COLUMN base.crossing_status.valid_to IS 'Exclusive; NULL: until another statement.';
COMMENT ON COLUMN base.crossing_status.withdrawal_reason IS 'Why it was withdrawn.';
COMMENT ON COLUMN base.crossing_status.withdrawn_at IS 'A withdrawn statement was a mistake and counts at no instant. NULL: it stands.';
COMMENT ON COLUMN base.crossing_status.withdrawn_by IS 'The agency that withdrew it, of the country of the side.';
COMMENT ON base.crossing_status_hours_idx IS 'Opening hours, for the changes that time alone makes.';
COMMENT ON FUNCTION base.cut_border() IS 'Cuts the line of a border into edges with their geodesic chainage: a fraction of the planar line is not a distance.';
COMMENT ON FUNCTION base.cut_country() IS 'Cuts the area of a country into small pieces, so that "which country is this" is an index look-up.';
COMMENT ON base.delivery IS 'Deliveries of alerts to webhooks, waiting or settled.';
COMMENT ON CONSTRAINT delivery_has_one_subject ON base.delivery IS 'A delivery is about an alert, about coordination, or is a reset.';
COMMENT ON CONSTRAINT delivery_state_check ON base.delivery IS 'Only pending deliveries are sent; the others are settled and purged.';
COMMENT ON COLUMN base.delivery.agency IS 'Of the webhook: its view filters by it.';
COMMENT ON COLUMN base.delivery.alert IS 'NULL: coordination, or a reset, which says that the database was restored.';
COMMENT ON COLUMN base.delivery.attempts IS 'Time, duration and result of each.';
COMMENT ON COLUMN base.delivery.claimed_until IS 'Lease of a process; if that dies, the delivery is sent again afterwards.';
COMMENT ON COLUMN base.delivery.collection IS 'Of coordination: its collection in the change feed.';
COMMENT ON COLUMN base.delivery.give_up_at IS 'Dead letter if not delivered by then.';
COMMENT ON COLUMN base.delivery.id IS 'The webhook-id, the same for each attempt. Random: it says nothing about other deliveries.';
COMMENT ON COLUMN base.delivery.lane IS 'The incident, of a reset the webhook. Deliveries of a lane are sent one after another.';
COMMENT ON COLUMN base.delivery.next_at IS 'Not sent before.';
COMMENT ON COLUMN base.delivery.seq IS 'Order within a lane.';
COMMENT ON COLUMN base.delivery.subject IS 'Of coordination: its id in the change feed. No foreign key: when it is sent, it is looked up as its agency sees it.';
COMMENT ON FUNCTION base.delivery_figures() IS 'Waiting and dead deliveries, for metrics.';
COMMENT ON base.distress_notice IS 'What rescue bodies see of distress, whatever the label of the incident: place, time and number of people. A row of its own: hidden columns could be found by a filter.';
COMMENT ON COLUMN base.distress_notice.assistance_due_at IS 'NULL: nobody waits, because it is an archive or was closed when it became distress.';
COMMENT ON COLUMN base.distress_notice.assisted_at IS 'When assistance was given; stops the clock.';
COMMENT ON COLUMN base.distress_notice.audience IS 'Bitmask of the countries at these borders. Only their rescue bodies see it.';
COMMENT ON COLUMN base.distress_notice.borders IS 'The nearest border; if the country is undetermined, those of all candidates.';
COMMENT ON COLUMN base.distress_notice.id IS 'Random: it says nothing about the incident, not even its time.';
COMMENT ON COLUMN base.distress_notice.in_need_best IS 'People in need, best estimate.';
COMMENT ON COLUMN base.distress_notice.incident_agency IS 'May assist, as rescue bodies may.';
COMMENT ON COLUMN base.distress_notice.incident_audience IS 'Viewers of the incident see the notice too.';
COMMENT ON COLUMN base.distress_notice.incident_red_agency IS 'Of a RED incident: its agency.';
COMMENT ON base.double_decision IS 'What the owners of a pair say about it. Immutable: the last decision of a country counts.';
COMMENT ON CONSTRAINT double_decision_decision_check ON base.double_decision IS 'Decisions that the API describes.';
COMMENT ON COLUMN base.double_decision.concern IS 'Of the pair, then.';
COMMENT ON COLUMN base.double_decision.country IS 'Of the agency; an owner of one of both incidents.';
COMMENT ON COLUMN base.double_decision.own_audience IS 'Bitmask of those who saw the pair then, and the country itself: whoever widens an incident later does not widen it.';
COMMENT ON base.double_queue IS 'Incidents that were written, and whose pairs the job has yet to look for. A queue, so that a write takes as long with a hidden pair as without one.';
COMMENT ON FUNCTION base.double_viewers(base.incident,base.incident) IS 'Who sees both incidents of a pair, and the owners among them.';
COMMENT ON FUNCTION base.doubles_of(uuid[]) IS 'The pairs that these incidents are in.';
COMMENT ON FUNCTION base.end_demo_keys() IS 'Revokes all demo keys with the first admin key: from then on the database is no demo.';
COMMENT ON FUNCTION base.end_world() IS 'Ends an exercise; false: this is none, or it has ended. The entry in the log is for the auditors of all countries.';
COMMENT ON FUNCTION base.entries_since(pg_snapshot,xid8,bigint,integer) IS 'Entries that became visible after a snapshot: of transactions that ran at that time or began later.';
COMMENT ON FUNCTION base.entries_without_seal(integer) IS 'Entries without a seal, oldest first; reads the whole log.';
COMMENT ON FUNCTION base.faces_of(text,timestamp with time zone) IS 'Which revision of a zone each viewer is shown, and when: the agreed one, also suspended or expired, until another takes effect. Viewers without access to it, and all viewers before there is one, see the proposal.';
COMMENT ON FUNCTION base.features_of(jsonb,text) IS 'The features of a correction that belong to a collection.';
COMMENT ON base.feed IS 'State of the change feed. One row.';
COMMENT ON CONSTRAINT feed_is_one_check ON base.feed IS 'With the primary key: there is one row.';
COMMENT ON CONSTRAINT feed_purged_is_whole ON base.feed IS 'A purged change has its whole key and its nonce.';
COMMENT ON COLUMN base.feed.birth IS 'Nonce of the empty feed, made at the first start and not here: images of a database are cloned. NULL: not started yet.';
COMMENT ON COLUMN base.feed.clock_at IS 'Changes that time alone makes are added up to this instant. NULL: not started yet.';
COMMENT ON COLUMN base.feed.lost_at IS 'When a process last found that the newest rows it knew are gone.';
COMMENT ON COLUMN base.feed.purged_collection IS 'See purged_xid.';
COMMENT ON COLUMN base.feed.purged_id IS 'See purged_xid.';
COMMENT ON COLUMN base.feed.purged_nonce IS 'Nonce of the last purged change: a cursor at it is still good.';
COMMENT ON COLUMN base.feed.purged_xid IS 'Key of the last purged change, with the two columns behind it: older cursors have expired. NULL: nothing is purged.';
COMMENT ON COLUMN base.feed.reset_mark IS 'Changes with each announced reset; an open stream that finds another one sends the event reset. NULL: not started yet.';
COMMENT ON COLUMN base.feed.secret IS 'Encrypts cursors: in the open they would show how many transactions there were. NULL: not started yet.';
COMMENT ON FUNCTION base.fill_shift() IS 'Takes the country from the agency, and finds the last shift that was closed at the same post or room.';
COMMENT ON FUNCTION base.fill_shift_item() IS 'Finds the incident of an item, also one that the agency does not see.';
COMMENT ON FUNCTION base.fire_overdue(integer) IS 'Raises alerts for at most so many incidents that no agency has acknowledged in time.';
COMMENT ON FUNCTION base.follow_assessment() IS 'When a level takes effect or ends: its reactions, the level that everybody sees at the segment, the layer of levels, and alerts.';
COMMENT ON FUNCTION base.follow_consent() IS 'The last approval agrees the proposal; a refusal and a withdrawal end it.';
COMMENT ON FUNCTION base.follow_due(base.incident,base.incident) IS 'A closed or cancelled incident waits for no acknowledgement; one of a more urgent kind waits less long.';
COMMENT ON FUNCTION base.follow_incidents() IS 'Alerts rescue bodies of new distress, queues the write for alerts, notes by when an agency must acknowledge the incident, and withdraws alerts and reports coordination when a label changes. Imported archives alert nobody.';
COMMENT ON FUNCTION base.follow_zone() IS 'Takes owner, label and source from the first revision: they are the same in all revisions of a zone.';
COMMENT ON FUNCTION base.foot_on(base.border_edge,public.geography) IS 'The foot of the perpendicular from a point to an edge of a border.';
COMMENT ON FUNCTION base.foot_on_border(public.geometry,text) IS 'The nearest place of one border. Twelve edges, because the index orders by the sphere.';
COMMENT ON FUNCTION base.gather_incidents(text,integer,public.geometry) IS 'Cuts the area of a revision into pieces and edges, and pairs it with the incidents in it. The caller holds the lock of the membership alone.';
COMMENT ON FUNCTION base.guard_assessment() IS 'Lets coordinators alone assess and decline; operators propose.';
COMMENT ON FUNCTION base.guard_label() IS 'Only a coordinator of the owner country widens a label; its agency or a coordinator narrows it. Owner and agency never change.';
COMMENT ON FUNCTION base.guard_mandate() IS 'Refuses a mandate for an agency of another country, whoever writes it.';
COMMENT ON FUNCTION base.guard_owner() IS 'Refuses a row of another country or with an agency of another country, whoever asks for a caller: a forgotten check in the service cannot write for others.';
COMMENT ON FUNCTION base.guard_request() IS 'Lets another country write the answer of a request that it received, and nothing else.';
COMMENT ON FUNCTION base.guard_revision() IS 'Lets participants of another country write what follows from their consent, and nothing else of a revision.';
COMMENT ON FUNCTION base.guard_shift() IS 'Refuses whatever the service writes for another agency, into a closed shift, or into an offer while it is confirmed.';
COMMENT ON FUNCTION base.guard_shift_part() IS 'Refuses notes and items of the shift of another agency, and in another state: a closed shift gets and loses nothing.';
COMMENT ON FUNCTION base.has_left(base.subscription,base.incident,double precision) IS 'Whether an incident lies so far outside that small moves at the edge do not count as leaving (hysteresis).';
COMMENT ON FUNCTION base.holds_queue(base.delivery,timestamp with time zone) IS 'Whether a waiting delivery still keeps its place before or behind a reset: until it has failed three times.';
COMMENT ON FUNCTION base.ids_after(uuid,bigint) IS 'Ids in ascending order, all greater than the last one: 48 bits of time, then random bits.';
COMMENT ON base.impact_assessment IS 'Assessments of the impact level of a segment by one side. The content never changes; the newest that a reader sees is the level of the side for it.';
COMMENT ON CONSTRAINT assessment_is_decided_once ON base.impact_assessment IS 'A proposal of an operator is assessed or declined, with who or why.';
COMMENT ON CONSTRAINT critical_lasts_14_days_at_most ON base.impact_assessment IS 'A critical level is temporary: 14 days, and then agreed again.';
COMMENT ON CONSTRAINT impact_assessment_aspects_check ON base.impact_assessment IS 'What the level is about; at least one.';
COMMENT ON CONSTRAINT impact_assessment_level_check ON base.impact_assessment IS 'The levels of Regulation (EU) 2019/1896, article 34.';
COMMENT ON CONSTRAINT impact_assessment_tlp_check ON base.impact_assessment IS 'Never RED: a side assesses for its whole country.';
COMMENT ON COLUMN base.impact_assessment.agency IS 'That proposed or assessed it.';
COMMENT ON COLUMN base.impact_assessment.agreed_at IS 'Of critical: when the last side approved it.';
COMMENT ON COLUMN base.impact_assessment.assessed_at IS 'When a coordinator assessed it; NULL: an operator proposed it.';
COMMENT ON COLUMN base.impact_assessment.audience IS 'Bitmask of who sees it; before it is assessed its own country.';
COMMENT ON COLUMN base.impact_assessment.country IS 'The side: the country of the agency.';
COMMENT ON COLUMN base.impact_assessment.ended_at IS 'Of critical: when a side refused it or withdrew.';
COMMENT ON COLUMN base.impact_assessment.evidence IS 'What it rests on, in words.';
COMMENT ON COLUMN base.impact_assessment.lasts_days IS 'Of critical: days in force from the agreement on.';
COMMENT ON COLUMN base.impact_assessment.open_until IS 'Of critical: until when both sides must have approved it.';
COMMENT ON COLUMN base.impact_assessment.review_due_at IS 'When it must be looked at again.';
COMMENT ON COLUMN base.impact_assessment.segment IS 'No foreign key: the history outlives a segment that a correction removes.';
COMMENT ON COLUMN base.impact_assessment.settled_at IS 'Of critical: when the end of its time was applied to reactions and segments.';
COMMENT ON COLUMN base.impact_assessment.updated_at IS 'When it was made, decided, agreed or ended.';
COMMENT ON COLUMN base.impact_assessment.valid_to IS 'Of critical: agreed_at and lasts_days.';
COMMENT ON base.incident IS 'Incidents as their reports add up. A trigger places them on the map.';
COMMENT ON CONSTRAINT incident_horizontal_accuracy_m_check ON base.incident IS 'A negative accuracy would make an uncertain place certain.';
COMMENT ON CONSTRAINT incident_nature_check ON base.incident IS 'Exercises and tests are left out unless asked for: every row says which it is.';
COMMENT ON CONSTRAINT incident_period_is_in_order ON base.incident IS 'Filters by time ask whether periods intersect. The range in period refuses such a row first.';
COMMENT ON CONSTRAINT incident_state_check ON base.incident IS 'States between which src/features/incidents/incident.lifecycle.ts allows changes.';
COMMENT ON CONSTRAINT incident_tlp_check ON base.incident IS 'Labels of TLP 2.0. Audiences are computed from them.';
COMMENT ON COLUMN base.incident.access_note IS 'How rescuers reach the place.';
COMMENT ON COLUMN base.incident.agency IS 'Agency that reported it first.';
COMMENT ON COLUMN base.incident.audience IS 'Bitmask of viewers (tripoint.audience).';
COMMENT ON COLUMN base.incident.border IS 'Nearest border.';
COMMENT ON COLUMN base.incident.border_km IS 'Chainage of the nearest point of the border.';
COMMENT ON COLUMN base.incident.candidates IS 'Countries that come into question if it is undetermined.';
COMMENT ON COLUMN base.incident.content_hash IS 'Of the content as first sent: a repeated PUT with other content is refused.';
COMMENT ON COLUMN base.incident.country IS 'ISO 3166-1 alpha-3; undetermined if nearer to a border than its accuracy; NULL outside the three.';
COMMENT ON COLUMN base.incident.counts_best IS 'People or things, best estimate; counts_low and counts_high bound it.';
COMMENT ON COLUMN base.incident.distance_to_border_m IS 'Geodesic distance.';
COMMENT ON COLUMN base.incident.external_id IS 'Id in that system. With agency and source it is the identity of an imported row.';
COMMENT ON COLUMN base.incident.horizontal_accuracy_m IS 'Radius of the circle of error.';
COMMENT ON COLUMN base.incident.kind IS 'Closed list; rules for each kind are in base.kind_limit.';
COMMENT ON COLUMN base.incident.nature IS 'actual, exercise, or test: rows for trying the system.';
COMMENT ON COLUMN base.incident.occurred_until IS 'NULL: a moment, not a period.';
COMMENT ON COLUMN base.incident.owner IS 'Country of the agency: its row.';
COMMENT ON COLUMN base.incident.period IS 'Closed range: datetime filters ask whether it intersects.';
COMMENT ON COLUMN base.incident.place_text IS 'The place in words.';
COMMENT ON COLUMN base.incident.red_agency IS 'The only viewer of a RED incident.';
COMMENT ON COLUMN base.incident.releasable_to IS 'Countries that an AMBER label adds.';
COMMENT ON COLUMN base.incident.reported_at IS 'When the service received it.';
COMMENT ON COLUMN base.incident.revision IS 'Counts reports and changes; its ETag.';
COMMENT ON COLUMN base.incident.segment IS 'Nearest segment.';
COMMENT ON COLUMN base.incident.source IS 'System that an import came from; empty: none.';
COMMENT ON COLUMN base.incident.tlp IS 'Label: who may see it (Traffic Light Protocol 2.0).';
COMMENT ON base.incident_acknowledgement IS 'Agencies that have taken notice of an incident.';
COMMENT ON COLUMN base.incident_acknowledgement.country IS 'Of the agency.';
COMMENT ON COLUMN base.incident_acknowledgement.owner IS 'Of the incident.';
COMMENT ON base.incident_cell IS 'Counts per cell and class, at the levels 0, 6, 8, 10, 12 and 14; level 0 is the whole earth.';
COMMENT ON COLUMN base.incident_cell.class IS 'Row of incident_class.';
COMMENT ON COLUMN base.incident_cell.level IS 'Zoom of the grid of tiles.';
COMMENT ON base.incident_cell_day IS 'Counts per cell, class and day in UTC, at the levels 8 and 14.';
COMMENT ON COLUMN base.incident_cell_day.class IS 'Row of incident_class.';
COMMENT ON COLUMN base.incident_cell_day.level IS 'Zoom of the grid of tiles.';
COMMENT ON base.incident_cell_delta IS 'Changes of counts per cell that no sum contains yet. Append-only, because writers that update one counter wait for each other.';
COMMENT ON COLUMN base.incident_cell_delta.cell IS 'Of level 14 (tripoint.cell_of).';
COMMENT ON COLUMN base.incident_cell_delta.concern IS 'Bitmask of the countries that own the rows.';
COMMENT ON COLUMN base.incident_cell_delta.day IS 'In UTC, on which the incidents began.';
COMMENT ON COLUMN base.incident_cell_delta.n IS 'How many more, or fewer.';
COMMENT ON base.incident_class IS 'What the incidents of one sum have in common. RED incidents have no class.';
COMMENT ON COLUMN base.incident_class.concern IS 'Bitmask of the countries that own the rows.';
COMMENT ON base.incident_double IS 'Pairs of incidents that two countries reported of what is probably one event: same kind and nature, at most six hours apart, circles of error that touch. A job makes them.';
COMMENT ON CONSTRAINT incident_double_has_two_owners ON base.incident_double IS 'A country puts its own double reports in order itself.';
COMMENT ON COLUMN base.incident_double.audience IS 'Bitmask of the countries that see both, as the change feed was told last.';
COMMENT ON COLUMN base.incident_double.concern IS 'Bitmask of the owners that see both. An owner that does not see the other row must not learn of the pair, also not from the audit log.';
COMMENT ON COLUMN base.incident_double.earlier IS 'The incident that was reported first: it is listed where pairs are folded.';
COMMENT ON COLUMN base.incident_double.earlier_owner IS 'Its owner.';
COMMENT ON COLUMN base.incident_double.later_owner IS 'Owner of the other one.';
COMMENT ON COLUMN base.incident_double.red_agency IS 'Agency of a RED one, if it sees the other one: the only viewer.';
COMMENT ON base.incident_due IS 'Incidents that wait for an acknowledgement. A row goes when an agency acknowledges or responds, when the incident ends, and when its alert is raised. No foreign key, because each incident would pay for it.';
COMMENT ON base.incident_external_idx IS 'Identity of an imported incident. Not the external id alone: its uniqueness would reveal hidden rows of other agencies.';
COMMENT ON base.incident_request IS 'Requests for information or support between agencies and countries. Its name is from when all requests were about incidents: older programs read it by this name.';
COMMENT ON CONSTRAINT incident_request_has_one_subject ON base.incident_request IS 'Who reads a request hangs on what it is about.';
COMMENT ON CONSTRAINT incident_request_kind_check ON base.incident_request IS 'What one agency can ask of another.';
COMMENT ON CONSTRAINT incident_request_recipients_check ON base.incident_request IS 'A request to nobody is never answered.';
COMMENT ON CONSTRAINT incident_request_state_check ON base.incident_request IS 'States that an answer or a withdrawal leads to.';
COMMENT ON COLUMN base.incident_request.answered_by IS 'Agency that answered last.';
COMMENT ON COLUMN base.incident_request.country IS 'Of the agency that asks.';
COMMENT ON COLUMN base.incident_request.needs IS 'What support is needed; empty for information.';
COMMENT ON COLUMN base.incident_request.owner IS 'Of the incident or zone; NULL: a request about anything else.';
COMMENT ON COLUMN base.incident_request.place IS 'Where, if it is about nothing that has an id.';
COMMENT ON COLUMN base.incident_request.readers IS 'Bitmask of the countries at both ends.';
COMMENT ON COLUMN base.incident_request.recipients IS 'Agencies and countries.';
COMMENT ON COLUMN base.incident_request.zone IS 'No foreign key, because no table has one row a zone. A trigger removes the requests of a zone that is removed.';
COMMENT ON base.incident_response IS 'What agencies do about an incident.';
COMMENT ON CONSTRAINT incident_response_kind_check ON base.incident_response IS 'Kinds of action that the API describes.';
COMMENT ON CONSTRAINT incident_response_state_check ON base.incident_response IS 'States of an action, in this order.';
COMMENT ON COLUMN base.incident_response.country IS 'Of the agency.';
COMMENT ON COLUMN base.incident_response.done_at IS 'When it came into this state; NULL: not yet.';
COMMENT ON COLUMN base.incident_response.in_progress_at IS 'When it came into this state; NULL: never, or before the service kept it.';
COMMENT ON COLUMN base.incident_response.kind IS 'Closed list. None of them turns people back.';
COMMENT ON COLUMN base.incident_response.own_audience IS 'Bitmask of those who saw the incident when another country responded; NULL: viewers of the incident.';
COMMENT ON COLUMN base.incident_response.owner IS 'Of the incident.';
COMMENT ON COLUMN base.incident_response.planned_at IS 'When it came into this state; NULL: never, or before the service kept it.';
COMMENT ON FUNCTION base.incident_shape() IS 'Version of the texts that base.write_incident_texts makes. A change of them is a new one.';
COMMENT ON base.incident_text IS 'The properties of each incident as JSON texts, which pages show without making them again. Only what is the same for every reader and at every moment.';
COMMENT ON COLUMN base.incident_text.audience IS 'Of the incident.';
COMMENT ON COLUMN base.incident_text.flat IS 'As layers show it.';
COMMENT ON COLUMN base.incident_text.id IS 'Of the incident.';
COMMENT ON COLUMN base.incident_text.nested IS 'As /v1/incidents shows it, without the last brace: answers append members.';
COMMENT ON COLUMN base.incident_text.red_agency IS 'Of the incident.';
COMMENT ON COLUMN base.incident_text.shape IS 'Version of the shape of both texts (base.incident_shape). A program that does not know it makes the texts itself.';
COMMENT ON base.incident_text_renewal IS 'How far the texts of older incidents are made again after a new shape (tripoint.renew_incident_texts). One row.';
COMMENT ON CONSTRAINT incident_text_renewal_is_only_check ON base.incident_text_renewal IS 'With the primary key: there is one row.';
COMMENT ON COLUMN base.incident_text_renewal.last_id IS 'Incidents up to this id have texts of that shape; NULL: all.';
COMMENT ON COLUMN base.incident_text_renewal.shape IS 'The shape that they are given.';
COMMENT ON base.incident_words_idx IS 'Searches by q. Names of other layers are few, and read one by one.';
COMMENT ON base.incident_zone IS 'Pairs of an incident and a zone revision, kept by triggers on both sides: a question about a zone reads an index. No foreign keys, because each incident would pay for them several times.';
COMMENT ON CONSTRAINT incident_zone_relation_check ON base.incident_zone IS 'How certain it is that the incident is in the zone: its whole error circle, its point, or a part of the circle.';
COMMENT ON COLUMN base.incident_zone.audience IS 'Of the incident.';
COMMENT ON COLUMN base.incident_zone.occurred_at IS 'Of the incident, for the order.';
COMMENT ON COLUMN base.incident_zone.red_agency IS 'Of the incident.';
COMMENT ON COLUMN base.incident_zone.relation IS 'inside: the whole circle of error; edge: the point, but the circle crosses the outline; possible: only part of the circle.';
COMMENT ON base.indicator IS 'What one side of a crossing counted on a day, in one direction, of one class of traffic.';
COMMENT ON CONSTRAINT indicator_figures_are_counts ON base.indicator IS 'Nothing is counted below zero.';
COMMENT ON CONSTRAINT indicator_has_a_figure ON base.indicator IS 'A count without a figure says nothing.';
COMMENT ON CONSTRAINT indicator_is_counted_once ON base.indicator IS 'Sending a count again replaces it.';
COMMENT ON CONSTRAINT indicator_method_check ON base.indicator IS 'Ways of counting that the API describes.';
COMMENT ON COLUMN base.indicator.agency IS 'The agency that counted, of the country of the side.';
COMMENT ON COLUMN base.indicator.audience IS 'Bitmask of those who see it: the three countries, as TLP GREEN.';
COMMENT ON COLUMN base.indicator.country IS 'The side that counted.';
COMMENT ON COLUMN base.indicator.day IS 'In the local time of the side.';
COMMENT ON COLUMN base.indicator.entering IS 'The country that the traffic entered; NULL: both directions together.';
COMMENT ON COLUMN base.indicator.median_waiting_minutes IS 'Half of those who crossed waited longer.';
COMMENT ON COLUMN base.indicator.method IS 'How it was counted.';
COMMENT ON COLUMN base.indicator.traffic IS 'Class of traffic; NULL: all traffic together.';
COMMENT ON base.installation IS 'Where this database was first started, or opened after a restore. A copy elsewhere finds other values. No row: never started.';
COMMENT ON CONSTRAINT installation_is_only_check ON base.installation IS 'One row: a database is in one place.';
COMMENT ON COLUMN base.installation.database IS 'Oid of the database: another one in a copy within the cluster.';
COMMENT ON COLUMN base.installation.folder IS 'Random number in the data folder of the embedded database; NULL: on a server.';
COMMENT ON COLUMN base.installation.object IS 'Oid of this table: another one after a dump was restored into the same database.';
COMMENT ON COLUMN base.installation.system_identifier IS 'Of the cluster: a standby that is promoted keeps it.';
COMMENT ON FUNCTION base.installation_here(uuid) IS 'The identifiers of the place where this database is now.';
COMMENT ON FUNCTION base.is_archive(text,timestamp with time zone,timestamp with time zone) IS 'Whether an imported incident was old when its source delivered it: nobody waits for an answer.';
COMMENT ON FUNCTION base.is_asked_for(base.subscription,base.incident) IS 'Whether kind, nature and severity of an incident match a subscription, wherever it happened.';
COMMENT ON FUNCTION base.is_double(base.incident,base.incident) IS 'Whether two countries probably reported one event: same kind and nature, at most six hours apart, circles of error that touch.';
COMMENT ON FUNCTION base.is_in_force_for(base.zone,base.subscription) IS 'Whether the agency of a subscription is shown this zone and the zone is active.';
COMMENT ON FUNCTION base.is_of_other_server(base.feed) IS 'Whether the feed holds a transaction that this server has not reached: a dump was restored into a fresh server, whose next changes would sort before the old ones.';
COMMENT ON FUNCTION base.is_of_world(text,text) IS 'Whether an incident of this nature belongs into such a world: exercises into exercises, everything else into the actual world.';
COMMENT ON FUNCTION base.is_overtaken(base.correction) IS 'Whether another correction of the same rows was applied after this one was proposed: its countries agreed to something else.';
COMMENT ON FUNCTION base.is_shown_for(base.zone,base.subscription) IS 'Whether the view tripoint.zone shows this row to the agency of a subscription.';
COMMENT ON FUNCTION base.join_incident() IS 'Takes the owner from the incident and the country from the agency, so that no caller can claim another one.';
COMMENT ON FUNCTION base.join_segments(text[],text[]) IS 'Refuses segments that leave a gap on their border or overlap, and lets each begin exactly where the one before it ends.';
COMMENT ON FUNCTION base.join_zones() IS 'Pairs incidents with the zones that they lie in, so that a question about a zone reads an index instead of areas, and deletes the pairs of incidents that are purged. Reports take over the new audience.';
COMMENT ON base.joint_consent IS 'Decisions of countries about proposals of joint things. Only added to.';
COMMENT ON CONSTRAINT joint_consent_decision_check ON base.joint_consent IS 'What a participant can say about a proposal.';
COMMENT ON CONSTRAINT refusal_has_a_reason ON base.joint_consent IS 'The others must know what to change.';
COMMENT ON COLUMN base.joint_consent.country IS 'Of the agency of the coordinator.';
COMMENT ON base.joint_proposal IS 'Proposals of joint things other than zones. One takes effect when every participant has approved exactly this proposal.';
COMMENT ON CONSTRAINT joint_proposal_end_is_whole ON base.joint_proposal IS 'What ended says how it ended.';
COMMENT ON CONSTRAINT joint_proposal_ended_as_check ON base.joint_proposal IS 'A refusal ends a proposal that waits, a withdrawal also one that was agreed.';
COMMENT ON CONSTRAINT joint_proposal_stays_open ON base.joint_proposal IS 'Participants have time to decide.';
COMMENT ON CONSTRAINT joint_proposal_subject_type_check ON base.joint_proposal IS 'Each has a branch in base.settle_subject.';
COMMENT ON CONSTRAINT proposer_takes_part ON base.joint_proposal IS 'A country proposes only what it takes part in.';
COMMENT ON COLUMN base.joint_proposal.agreed_at IS 'When the last participant approved. Written by the trigger of consents alone.';
COMMENT ON COLUMN base.joint_proposal.audience IS 'Bitmask of the participants.';
COMMENT ON COLUMN base.joint_proposal.country IS 'Of the agency that proposes.';
COMMENT ON COLUMN base.joint_proposal.open_until IS 'Deadline for the approvals; without all of them the proposal has expired then.';
COMMENT ON COLUMN base.joint_proposal.path IS 'Path of the subject below the base of the API.';
COMMENT ON COLUMN base.joint_proposal.subject IS 'Id of what is proposed: an assessment of impact, a version of a procedure, a change of reference data.';
COMMENT ON COLUMN base.joint_proposal.updated_at IS 'When it was last decided about.';
COMMENT ON FUNCTION base.keep_assessment() IS 'Refuses, whoever writes, to change an assessment, to decide it twice, to assess for a country that is no side, and a critical level that not both sides see or have approved.';
COMMENT ON FUNCTION base.keep_clocks() IS 'Keeps the deadlines for acknowledgement and assistance of changed incidents, and alerts rescue bodies of distress. For each row, so that writers of all other kinds pay nothing.';
COMMENT ON FUNCTION base.keep_incident_texts() IS 'Makes the texts of incidents that are written, and deletes those of incidents that are purged.';
COMMENT ON FUNCTION base.keep_membership(text) IS 'Pairs incidents with the revisions that are in force, agreed for later, or proposed. A suspended or withdrawn zone holds no incidents.';
COMMENT ON FUNCTION base.keep_notice(base.incident,base.incident) IS 'Adds or updates the notice of a changed distress incident, or deletes it when the incident is cancelled or becomes another kind.';
COMMENT ON FUNCTION base.keep_proposal() IS 'Refuses to change a joint proposal, to agree it before every participant has approved, and to revive it after its end, whoever writes it.';
COMMENT ON FUNCTION base.keep_proposed() IS 'Refuses to change or delete the content of a proposed revision: countries consented to exactly this.';
COMMENT ON FUNCTION base.keep_reaction() IS 'A reaction is done or cancelled once, and its content never changes.';
COMMENT ON FUNCTION base.keep_stamp() IS 'A world stays what it is as soon as it holds incidents of its own, and an exercise that has ended stays ended.';
COMMENT ON FUNCTION base.keep_version() IS 'Keeps each earlier version of reference data with its period, whoever changes it.';
COMMENT ON FUNCTION base.key_text(text[],timestamp with time zone,timestamp with time zone) IS 'What a key allows, in words, for the detail of an audit entry.';
COMMENT ON base.kind_limit IS 'Deadlines for each kind of incident, counted from its report.';
COMMENT ON COLUMN base.kind_limit.acknowledge_within IS 'Until an agency must have acknowledged it.';
COMMENT ON COLUMN base.kind_limit.assist_within IS 'Until assistance must have been given; only for distress.';
COMMENT ON FUNCTION base.label_double_decision() IS 'Takes the country from the agency, which owns one of both incidents, and keeps who sees the pair now: whoever widens an incident later does not widen the decision.';
COMMENT ON FUNCTION base.label_for(text,text,text,text[]) IS 'Audience of an incident as a label of another country, for its report without a label.';
COMMENT ON FUNCTION base.label_report() IS 'Takes the audience of the incident over. A report of another country without a label gets that audience as a label of its own: whoever widens the incident later does not widen the report.';
COMMENT ON FUNCTION base.label_response() IS 'Takes the owner from the incident and the country from the agency. A response of another country keeps the audience that the incident had at that time: whoever widens the incident later does not widen it.';
COMMENT ON FUNCTION base.label_text(text,text[]) IS 'A label in words, for the detail of an audit entry.';
COMMENT ON FUNCTION base.last_decision(base.zone_revision,text) IS 'Last decision of a country about a revision that still counts.';
COMMENT ON FUNCTION base.last_logged(text,text,bigint) IS 'The last entry about each row of a collection after a place in the chain, from an export of the log.';
COMMENT ON base.legal_hold IS 'Incidents that no purge deletes. The foreign key refuses to delete them.';
COMMENT ON COLUMN base.legal_hold.reason IS 'Court order or the like.';
COMMENT ON FUNCTION base.lock_membership(boolean) IS 'Lock of the pairs of incidents and zones, shared for writers of incidents and exclusive for writers of zones.';
COMMENT ON FUNCTION base.log_attempts() IS 'Moves the refused attempts of hours that are over to the audit log: one entry for each key, hour, collection, status and owner.';
COMMENT ON base.lost_head IS 'Heads of the audit log that a witness keeps and this database lacks: it is older than the witness.';
COMMENT ON COLUMN base.lost_head.accepted_at IS 'When the operator opened the database without it. NULL: the service is closed.';
COMMENT ON COLUMN base.lost_head.seal IS 'Id of the seal.';
COMMENT ON COLUMN base.lost_head.seq IS 'Place in the chain.';
COMMENT ON base.mandate IS 'Who answers for what, where and when: an agency, a function, a place and a period. The responsible agency is a query over mandates, never a column.';
COMMENT ON CONSTRAINT mandate_period_is_in_order ON base.mandate IS 'A period that ends before it begins would be valid at no instant.';
COMMENT ON CONSTRAINT mandate_rank_check ON base.mandate IS 'Answers about who is responsible are ordered by these ranks.';
COMMENT ON CONSTRAINT mandate_scope_type_check ON base.mandate IS 'Each kind of scope is placed by its own rule (tripoint.responsible).';
COMMENT ON COLUMN base.mandate.function IS 'Such as border_surveillance or search_rescue.';
COMMENT ON COLUMN base.mandate.rank IS 'primary before supporting; disputed where countries or agencies disagree.';
COMMENT ON COLUMN base.mandate.revision IS 'Counts the changes; its ETag.';
COMMENT ON COLUMN base.mandate.scope_id IS 'Country, border, segment, crossing or zone, as scope_type says. No foreign key, because it names one of five tables.';
COMMENT ON COLUMN base.mandate.valid_from_precision IS 'How exactly the source names the day.';
COMMENT ON COLUMN base.mandate.valid_to IS 'Exclusive: the period is half-open.';
COMMENT ON COLUMN base.mandate.verified IS 'Whether somebody checked the row against an official source.';
COMMENT ON FUNCTION base.mandates_at(base.incident) IS 'Mandates that are valid now at the place of an incident. Twin for callers: tripoint.holds_mandate.';
COMMENT ON FUNCTION base.may_see(integer,text,text,text) IS 'Whether an agency sees a row with this audience, for functions that write for other agencies.';
COMMENT ON FUNCTION base.move_assistance() IS 'Change feed: whoever gains or loses a notice gains or loses the assistance for it. Its label, place and kind decide who that is.';
COMMENT ON FUNCTION base.move_incidents(base.border_edge[],text[]) IS 'Writes the places of incidents after a correction, 250 at a time.';
COMMENT ON FUNCTION base.move_outlines(base.correction_feature,base.border,public.geometry) IS 'Exchanges the line of a border in the outlines of its two countries.';
COMMENT ON FUNCTION base.moved_edges(base.border_edge[]) IS 'Edges of borders that a correction removed or made; all edges of a border whose accuracy alone changed.';
COMMENT ON FUNCTION base.narrower_label(text,text[],text,text[]) IS 'The label that exactly the viewers of both labels have.';
COMMENT ON FUNCTION base.nearest_foot(public.geography) IS 'The nearest place of any border.';
COMMENT ON FUNCTION base.new_km(text,public.geometry) IS 'Chainage of a place on a border, in km, rounded to a metre.';
COMMENT ON FUNCTION base.note_cells() IS 'Appends to the counts for tiles of small scales. RED and cancelled incidents are not counted.';
COMMENT ON FUNCTION base.note_distress(uuid[]) IS 'Keeps the notices of those of the incidents that are distress: place, number of people and clock, without anything else of the incident. Its label limits who sees the incident, not who helps.';
COMMENT ON FUNCTION base.note_loss(timestamp with time zone) IS 'For a process whose newest known row of the feed is gone: queues a reset for each webhook, unless another process has done so since that row was last there. Streams find the loss themselves.';
COMMENT ON FUNCTION base.note_response_state() IS 'Keeps when a response came into its state, whoever writes it.';
COMMENT ON FUNCTION base.number_consent() IS 'Lets a country decide for itself alone, by one of its agencies, and numbers the decisions of a zone, so that the last one counts.';
COMMENT ON FUNCTION base.number_segments(text[],text[]) IS 'Numbers the segments of borders from the north, and cuts the lines of those that changed.';
COMMENT ON base.offer IS 'What agencies can lend to others: kind, number, place and period. Rows are ended, not deleted.';
COMMENT ON CONSTRAINT offer_kind_check ON base.offer IS 'Kinds that the API describes.';
COMMENT ON CONSTRAINT offer_period_is_in_order ON base.offer IS 'Filters ask whether it is available at an instant.';
COMMENT ON CONSTRAINT offer_quantity_check ON base.offer IS 'Nobody can lend less than nothing.';
COMMENT ON CONSTRAINT offer_tlp_check ON base.offer IS 'Labels of the Traffic Light Protocol 2.0.';
COMMENT ON COLUMN base.offer.audience IS 'Bitmask of viewers (tripoint.audience).';
COMMENT ON COLUMN base.offer.available_until IS 'NULL: without an end. Half-open: not available at that moment.';
COMMENT ON COLUMN base.offer.kind IS 'As in the needs of requests, without those that are people.';
COMMENT ON COLUMN base.offer.owner IS 'Country of the agency: its row.';
COMMENT ON COLUMN base.offer.place_text IS 'The place in words.';
COMMENT ON COLUMN base.offer.point IS 'Where they are now.';
COMMENT ON COLUMN base.offer.quantity IS 'How many.';
COMMENT ON COLUMN base.offer.red_agency IS 'The only viewer of a RED offer.';
COMMENT ON COLUMN base.offer.releasable_to IS 'Countries that an AMBER label adds.';
COMMENT ON COLUMN base.offer.revision IS 'Counts changes; its ETag.';
COMMENT ON COLUMN base.offer.tlp IS 'Label: who may see it (Traffic Light Protocol 2.0).';
COMMENT ON FUNCTION base.open_installation(uuid,text) IS 'Opens the service after a restore: stores the identifiers of this place, accepts lost heads, ends all sessions, and resets who follows. The entry in the log is for the auditors of all countries.';
COMMENT ON FUNCTION base.owner_of(text,text) IS 'The country that owns a row, whatever its label; NULL if the row is missing.';
COMMENT ON FUNCTION base.permit_removal(base.correction_feature) IS 'Refuses to remove a segment that does not exist, or that a mandate is for.';
COMMENT ON FUNCTION base.place_json(base.placement) IS 'A place on the borders, as in the answer about an incident.';
COMMENT ON FUNCTION base.placed_again(base.border_edge[],text[],boolean) IS 'Incidents that a correction places again, of all or of those that the caller sees, with their place on the borders before and after.';
COMMENT ON FUNCTION base.procedure_parties_are(text[],base.procedure_version) IS 'Whether these are all the countries that must agree to a procedure: those of a revision of the zone, of the border, or of the sides of the crossing.';
COMMENT ON base.procedure_version IS 'Every version of every joint procedure. The content of a version never changes; triggers take over what becomes of its proposal.';
COMMENT ON CONSTRAINT procedure_has_documents ON base.procedure_version IS 'Participants agree to files, not to a title.';
COMMENT ON CONSTRAINT procedure_has_one_subject ON base.procedure_version IS 'Who must agree hangs on what it is for.';
COMMENT ON CONSTRAINT procedure_period_is_in_order ON base.procedure_version IS 'A version that ends before it begins would never be in force.';
COMMENT ON CONSTRAINT procedure_version_ended_as_check ON base.procedure_version IS 'How proposals end.';
COMMENT ON COLUMN base.procedure_version.agreed_at IS 'Of the proposal: when the last participant approved this version.';
COMMENT ON COLUMN base.procedure_version.audience IS 'Bitmask of the participants.';
COMMENT ON COLUMN base.procedure_version.country IS 'Of the agency that wrote this version.';
COMMENT ON COLUMN base.procedure_version.documents IS 'Address, SHA-256 and languages of each file. The service never reads the files.';
COMMENT ON COLUMN base.procedure_version.effective IS 'Period in which it is in force, as far as it is agreed; NULL: never.';
COMMENT ON COLUMN base.procedure_version.ended_at IS 'Of the proposal: when a participant refused this version or withdrew from it.';
COMMENT ON COLUMN base.procedure_version.name IS 'Procedure and version: how the feed and the audit log name it.';
COMMENT ON COLUMN base.procedure_version.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.procedure_version.open_until IS 'Of the proposal: deadline for the approvals.';
COMMENT ON COLUMN base.procedure_version.participants IS 'Countries that had to approve this version: those of the zone, of the border, or of the sides of the crossing, when it was proposed.';
COMMENT ON COLUMN base.procedure_version.replaced_at IS 'When a newer version takes its place, perhaps in the future; kept by a trigger.';
COMMENT ON COLUMN base.procedure_version.valid_to IS 'Exclusive; NULL: no end.';
COMMENT ON COLUMN base.procedure_version.zone IS 'No foreign key, because no table has one row a zone. A trigger removes the procedures of a zone that is removed.';
COMMENT ON FUNCTION base.procedures_between(timestamp with time zone,timestamp with time zone) IS 'Versions of procedures that took effect, were over, or were not approved in time, within a period.';
COMMENT ON FUNCTION base.purge_alerts(interval,integer) IS 'Deletes alerts older than the retention, at most so many at once.';
COMMENT ON FUNCTION base.purge_changes(interval,integer) IS 'Deletes the oldest changes, at most so many, up to the first one within the retention, and notes the last one: older cursors answer 410.';
COMMENT ON FUNCTION base.purge_incidents(json,integer) IS 'Deletes at most so many incidents that nobody has changed for the days of their rule, and leaves a proof in the audit log: rule, number, owners, and a hash of the ids.';
COMMENT ON FUNCTION base.purge_requests(json,integer) IS 'Deletes at most so many requests about zones, segments, crossings and places that nobody has changed, and that were due, for the days of an actual incident of the kind other. Requests about incidents go with them.';
COMMENT ON FUNCTION base.purge_sessions(interval) IS 'Deletes the sessions that have ended by time or with their key, and returns their number.';
COMMENT ON FUNCTION base.queue_deliveries() IS 'Queues a delivery for each enabled and verified webhook of the agency that takes alerts of this kind, so that no alert is lost between its commit and its delivery.';
COMMENT ON FUNCTION base.queue_doubles() IS 'Queues incidents for the job that looks for reports of the same event by other countries. Every write takes the same time, whether there is one or not.';
COMMENT ON FUNCTION base.queue_resets() IS 'Queues a message of type reset for each webhook, unless one is waiting that has not been tried yet.';
COMMENT ON FUNCTION base.raise_alerts(text[],uuid[],uuid[],uuid[],text[]) IS 'Takes writes off the queue and writes the alerts for them in one transaction, so that each alert is raised exactly once. Without numbers it only makes its plans. A write of an incident raises one alert for an agency, with all triggers of all its subscriptions. For late agencies the writes are queued again, for their filters alone. NULL while another process does it.';
COMMENT ON base.rate_lease IS 'Requests of a minute that processes have leased to count by themselves.';
COMMENT ON COLUMN base.rate_lease.share IS 'SHA-256 of the limit, the minute, and the key, subject or address.';
COMMENT ON COLUMN base.rate_lease.used IS 'Requests leased so far, by all processes together.';
COMMENT ON FUNCTION base.reach(public.geometry,double precision) IS 'A box in degrees that contains the whole circle of error. Its width is that at the edge nearer to the pole.';
COMMENT ON FUNCTION base.reaches(public.geometry,public.geography,double precision,public.geometry,public.geography) IS 'Whether the circle of error of a point touches a short line. Ask base.reach first, which has an index.';
COMMENT ON base.reaction IS 'What the level of a segment asks of a side, with its due time. Written when a level takes effect.';
COMMENT ON CONSTRAINT reaction_is_done_by_an_agency ON base.reaction IS 'What is done says who did it, and what was cancelled is not done.';
COMMENT ON COLUMN base.reaction.alerted_at IS 'When agencies were alerted that it is overdue.';
COMMENT ON COLUMN base.reaction.audience IS 'Bitmask of who sees it: its own country, of a critical level both sides.';
COMMENT ON COLUMN base.reaction.cancelled_at IS 'When another level took its place, or the critical one ended.';
COMMENT ON COLUMN base.reaction.country IS 'The side that does it.';
COMMENT ON base.reaction_rule IS 'What each level asks of a side. A level asks also for what the lower ones ask. The regulation names the tasks and no times: the times are a choice of this service.';
COMMENT ON CONSTRAINT reaction_rule_level_check ON base.reaction_rule IS 'The same levels as those of assessments.';
COMMENT ON COLUMN base.reaction_rule.due_within IS 'From the moment when the level takes effect.';
COMMENT ON COLUMN base.reaction_rule.level IS 'The lowest level that asks for it.';
COMMENT ON COLUMN base.reaction_rule.source IS 'Where the task comes from.';
COMMENT ON COLUMN base.reaction_rule.task IS 'What is to be done.';
COMMENT ON FUNCTION base.record_assistance() IS 'Takes the country from the agency and the incident from the notice. Assistance that was given stops the clock of the notice.';
COMMENT ON FUNCTION base.red_among(text,integer) IS 'The only viewer of a RED row, if its country is one of those that share something about the row.';
COMMENT ON base.reference_version IS 'Earlier versions of borders, segments, crossings and their sides: only ever inserted into. Triggers of those tables write them.';
COMMENT ON CONSTRAINT reference_version_period_is_in_order ON base.reference_version IS 'A version that ends before it begins would be in force at no instant.';
COMMENT ON COLUMN base.reference_version.collection IS 'borders, segments, crossings or sides.';
COMMENT ON COLUMN base.reference_version.content IS 'The row without its geometry. JSON, so that the tables may get new columns.';
COMMENT ON COLUMN base.reference_version.correction IS 'Correction that made the version; NULL: none.';
COMMENT ON COLUMN base.reference_version.ended_by IS 'Correction that replaced it; NULL: the owner of the tables changed the row.';
COMMENT ON COLUMN base.reference_version.geometry IS 'Line or point; NULL for a side.';
COMMENT ON COLUMN base.reference_version.id IS 'Id of the row; of a side: crossing/country.';
COMMENT ON COLUMN base.reference_version.valid_from IS 'NULL: the first version.';
COMMENT ON COLUMN base.reference_version.valid_to IS 'Exclusive.';
COMMENT ON FUNCTION base.refuse_after_end() IS 'Refuses a write of the service in an exercise that has ended.';
COMMENT ON FUNCTION base.refuse_change() IS 'Refuses to change or delete entries and seals of the audit log, for its owner and on replicas too: the log proves something only if nobody can rewrite it.';
COMMENT ON FUNCTION base.refuse_correction(text,jsonb) IS 'Refuses a correction: the code of a message and its values.';
COMMENT ON base.refused_attempt IS 'Refused requests for rows that exist, counted for the hours that are not in the audit log yet.';
COMMENT ON COLUMN base.refused_attempt.hour IS 'Its begin.';
COMMENT ON COLUMN base.refused_attempt.key_id IS 'NULL: without a valid key.';
COMMENT ON COLUMN base.refused_attempt.objects IS 'How many different rows, counted by each process.';
COMMENT ON COLUMN base.refused_attempt.owner IS 'The country that owns the rows. NULL: not kept one by one, so that it is unknown whose they are, and whether they exist.';
COMMENT ON COLUMN base.refused_attempt.status IS 'The answer: 401, 403 or 404.';
COMMENT ON FUNCTION base.relabel_zone() IS 'Copies the label of a zone to all its revisions: a label belongs to the zone.';
COMMENT ON FUNCTION base.remove_coordination() IS 'Change feed: what was coordinated about an incident goes with it. Before the rows go, because afterwards nobody knows who saw them.';
COMMENT ON FUNCTION base.remove_segments(text[]) IS 'Removes segments. Requests about one are then about the segment that covers its middle; what cannot move keeps the segment.';
COMMENT ON FUNCTION base.remove_shared_of_zone() IS 'Requests about a zone and its procedures go with it.';
COMMENT ON FUNCTION base.replay_entries(bigint) IS 'Does again what narrowed something after a place in the chain: removals, holds, labels, keys, consents, agreements, mandates, webhooks, the end of an exercise. It widens nothing, and returns numbers of rows.';
COMMENT ON base.report IS 'Statements of agencies about incidents. Immutable but for the label: the service may change nothing else.';
COMMENT ON CONSTRAINT report_of_others_has_a_label ON base.report IS 'A report of another country never follows the label of the incident: whoever widens the incident must not widen the report.';
COMMENT ON CONSTRAINT report_tlp_check ON base.report IS 'Labels of TLP 2.0. Audiences are computed from them.';
COMMENT ON COLUMN base.report.at IS 'Time that the report describes.';
COMMENT ON COLUMN base.report.audience IS 'Bitmask of the incident. A viewer must be in own_audience too.';
COMMENT ON COLUMN base.report.incident_owner IS 'Country that owns the incident.';
COMMENT ON COLUMN base.report.own_audience IS 'Bitmask of its own label; NULL: follows the incident. The owner of the incident sees reports of others, except RED ones.';
COMMENT ON COLUMN base.report.own_red_agency IS 'The only viewer of a RED report.';
COMMENT ON COLUMN base.report.owner IS 'Country of its agency.';
COMMENT ON COLUMN base.report.recorded_at IS 'When the database received it.';
COMMENT ON COLUMN base.report.red_agency IS 'Of the incident.';
COMMENT ON COLUMN base.report.severity IS 'New value; NULL: not changed. The same holds for certainty, state, counts and point.';
COMMENT ON COLUMN base.report.tlp IS 'Its own label; NULL: that of the incident.';
COMMENT ON FUNCTION base.requeue_deliveries() IS 'Queues withdrawn deliveries again once the agency may see the alert again, and an alert for webhooks that take only a trigger that it did not have at first.';
COMMENT ON FUNCTION base.rescue_scopes() IS 'Borders that rescue mandates touch now, whatever their scope.';
COMMENT ON FUNCTION base.revise_incident() IS 'Refuses a nature of another world, counts the revision, works out country, segment and chainage of a new place, and refuses to close distress before its outcome is known. One function, because each step is part of the same new revision.';
COMMENT ON base.schema_file IS 'Files of migrations/ and schema/ that made this database.';
COMMENT ON COLUMN base.schema_file.checksum IS 'SHA-256 of the file.';
COMMENT ON COLUMN base.schema_file.objects IS 'Functions, views and triggers that the file made. They are dropped when it no longer makes them.';
COMMENT ON base.schema_program IS 'Which programs may run on this schema. One row.';
COMMENT ON CONSTRAINT schema_program_is_only_check ON base.schema_program IS 'There is one row: a database has one schema.';
COMMENT ON CONSTRAINT schema_program_may_run_itself ON base.schema_program IS 'A program runs on the schema that it has made.';
COMMENT ON COLUMN base.schema_program.oldest_program IS 'Number of the oldest program that may run on it.';
COMMENT ON COLUMN base.schema_program.program IS 'Number of the program that made it (src/db/program.ts).';
COMMENT ON FUNCTION base.seal_audit(integer,boolean) IS 'Seals at most so many entries and returns their number; 0 while another process seals. Thorough: searches the whole log for entries without a seal.';
COMMENT ON FUNCTION base.seal_entries(base.audit_entry[]) IS 'Appends seals to the chain: each holds the hash of its entry and of the seal before it.';
COMMENT ON FUNCTION base.secrets_of_webhook(uuid) IS 'Secrets of a webhook, for the process that delivers. No view shows them.';
COMMENT ON base.segment IS 'Named stretches of the borders, 40 to 60 km long.';
COMMENT ON CONSTRAINT segment_check ON base.segment IS 'Chainage grows from north to south: a segment of no length holds nothing.';
COMMENT ON CONSTRAINT segment_impact_level_check ON base.segment IS 'Levels of the border impact assessment, in this order.';
COMMENT ON COLUMN base.segment.admin_units IS 'Administrative units on each side.';
COMMENT ON COLUMN base.segment.correction IS 'Correction that made this version; NULL: none.';
COMMENT ON COLUMN base.segment.from_km IS 'Chainage of its northern end.';
COMMENT ON COLUMN base.segment.id IS 'Border and number, such as DZA-TUN-07.';
COMMENT ON COLUMN base.segment.impact_level IS 'NULL: not assessed.';
COMMENT ON COLUMN base.segment.name_basis IS 'Where the names come from.';
COMMENT ON COLUMN base.segment.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.segment.sequence IS 'Order from north to south.';
COMMENT ON COLUMN base.segment.to_km IS 'Chainage of its southern end.';
COMMENT ON COLUMN base.segment.unverified_items IS 'Properties that nobody has checked.';
COMMENT ON COLUMN base.segment.valid_from IS 'Start of this version; NULL: the first one.';
COMMENT ON FUNCTION base.segment_at(text,double precision,text[]) IS 'The segment at a chainage.';
COMMENT ON FUNCTION base.segment_ends(base.correction_feature,text) IS 'Chainages of the ends of a segment of a correction: as given, as drawn, or as they are.';
COMMENT ON base.session IS 'Browsers that are signed in. Each acts as the key or the token that it was signed in with.';
COMMENT ON CONSTRAINT session_of_key_or_token ON base.session IS 'Roles of a key are never copied: they would outlive the key.';
COMMENT ON CONSTRAINT session_roles_are_known ON base.session IS 'A misspelt role would silently allow nothing.';
COMMENT ON COLUMN base.session.ends_at IS 'At the latest: by its age, or with the token.';
COMMENT ON COLUMN base.session.hash IS 'SHA-256 of the secret in the cookie, which is random and stored nowhere.';
COMMENT ON COLUMN base.session.key_id IS 'The key whose roles and end hold; NULL for a token.';
COMMENT ON COLUMN base.session.last_used_at IS 'Exact to a minute.';
COMMENT ON COLUMN base.session.roles IS 'Of the token; those of a key are read from the key.';
COMMENT ON COLUMN base.session.subject IS 'Of the token: a hash of its issuer and subject.';
COMMENT ON FUNCTION base.settle_correction() IS 'Applies a correction of the own side of a crossing at once. All others are checked and proposed to their countries, which have 90 days.';
COMMENT ON FUNCTION base.settle_deliveries(json,integer,interval,interval) IS 'Records attempts: their log, the time of the next one, and the state of the circuits.';
COMMENT ON FUNCTION base.settle_impact(base.joint_proposal) IS 'A critical level takes effect when both sides have approved it, and ends when one refuses or withdraws.';
COMMENT ON FUNCTION base.settle_level(text) IS 'Keeps the level that everybody sees at the segment.';
COMMENT ON FUNCTION base.settle_procedure(base.joint_proposal) IS 'Takes over what became of the proposal of a version. A newer version that is agreed replaces older ones when it takes effect.';
COMMENT ON FUNCTION base.settle_proposal() IS 'A joint proposal that is agreed takes effect, and one that ends loses it, in the transaction of the decision.';
COMMENT ON FUNCTION base.settle_reference(base.joint_proposal) IS 'Applies a correction that all its countries have approved. A withdrawal after that changes nothing: another correction does.';
COMMENT ON FUNCTION base.settle_rescue_alerts(base.incident) IS 'Withdraws alerts from agencies that may see neither the notice nor the incident any more, and takes severity and certainty out where only the notice is visible.';
COMMENT ON FUNCTION base.settle_revision() IS 'Refuses an agreement that a participant has not approved, whoever writes it (a zone without an agency is law). A suspension ends all consents, also those to a revision that waits. What each viewer is shown follows.';
COMMENT ON FUNCTION base.settle_subject(base.joint_proposal) IS 'Applies to its subject that a joint proposal was agreed, refused or withdrawn. A proposal that expires changes nothing, so its subject need not know.';
COMMENT ON FUNCTION base.settle_subscription() IS 'Takes the country from the agency, and where natures are missing, that of the world. A change of what is subscribed to counts the revision and starts over: earlier matches are forgotten and no alert is raised for the past. Enabling ends a suspension.';
COMMENT ON FUNCTION base.settle_zone(text) IS 'Works out from the revisions of a zone when each is replaced, what each viewer is shown (base.zone), and which incidents it holds.';
COMMENT ON FUNCTION base.severity_rank(text) IS 'Severities in order, so that a subscription can ask for a minimum.';
COMMENT ON base.shift IS 'Shifts of an agency at a post or in a room: opened, offered to the next one, and closed when another key of the agency confirms the handover.';
COMMENT ON CONSTRAINT shift_is_confirmed_by_another_key ON base.shift IS 'Both shifts sign: the key that offers a handover cannot confirm it.';
COMMENT ON CONSTRAINT shift_kind_check ON base.shift IS 'A post and a room of the same name are two places.';
COMMENT ON CONSTRAINT shift_offer_is_whole ON base.shift IS 'An offer says when, by which key, and whether it is complete.';
COMMENT ON COLUMN base.shift.closed_at IS 'When the handover was confirmed. From then on nothing of the shift changes.';
COMMENT ON COLUMN base.shift.country IS 'Of the agency.';
COMMENT ON COLUMN base.shift.crossing IS 'The crossing that the post stands at. NULL: none.';
COMMENT ON COLUMN base.shift.is_complete IS 'Whether the handover lists all open items; false: there were more than it can hold.';
COMMENT ON COLUMN base.shift.kind IS 'post: outside, at the border; room: a control or command room.';
COMMENT ON COLUMN base.shift.name IS 'Of the post or room.';
COMMENT ON COLUMN base.shift.offered_at IS 'When the handover was offered. NULL: not offered, or taken back.';
COMMENT ON COLUMN base.shift.offers IS 'Number of the last offer: a confirmation names the offer that it confirms.';
COMMENT ON COLUMN base.shift.opened_by IS 'Id of the key, or the hash of the subject of a token. The same holds for offered_by and closed_by.';
COMMENT ON COLUMN base.shift.previous IS 'The last shift that was closed at the same post or room, when this one was opened.';
COMMENT ON COLUMN base.shift.remark IS 'Of who offers the handover.';
COMMENT ON base.shift_at_place_idx IS 'At a post or in a room an agency has one shift at a time.';
COMMENT ON base.shift_item IS 'Open items that a shift hands over: ids only. Each reader sees those whose row it sees.';
COMMENT ON CONSTRAINT shift_item_kind_check ON base.shift_item IS 'The view asks for each kind whether the reader sees its row: another kind would be shown to everybody.';
COMMENT ON COLUMN base.shift_item.due_at IS 'When it was due, as it stood at the handover.';
COMMENT ON COLUMN base.shift_item.id IS 'Of the distress notice, the request, the alert or the reaction. No foreign key: they are of several tables, and alerts expire.';
COMMENT ON COLUMN base.shift_item.incident IS 'What it is about: a purged incident takes its items with it. Readers see it as far as they see the incident. NULL: a reaction, or a request about something else.';
COMMENT ON base.shift_note IS 'Notes of a shift, immutable. Texts are short and screened.';
COMMENT ON COLUMN base.shift_note.signer IS 'Id of the key, or the hash of the subject of a token.';
COMMENT ON FUNCTION base.shifted_runs(base.border_edge[]) IS 'Stretches of moved borders whose edges stayed, and by how much their chainage changed.';
COMMENT ON FUNCTION base.stage_text(base.zone_revision) IS 'The stage of a zone revision in words, for the detail of an audit entry.';
COMMENT ON FUNCTION base.standing_of(base.zone[],timestamp with time zone) IS 'Who is shown a zone at an instant, and which countries own it, from all its faces.';
COMMENT ON FUNCTION base.standing_of_ends(text,integer,integer) IS 'Who sees what some countries share: all of them, or those that see the zone that it is about.';
COMMENT ON FUNCTION base.standing_of_procedure(base.procedure_version) IS 'Who sees a version of a procedure: the participants that see the zone.';
COMMENT ON FUNCTION base.standing_of_request(base.incident_request) IS 'Who sees a request: the countries at both ends that see the incident or zone; all else that a request is about everybody sees.';
COMMENT ON base.subscription IS 'Which incidents raise alerts for an agency.';
COMMENT ON CONSTRAINT subscription_has_its_threshold ON base.subscription IS 'A threshold needs a number and a time, and they need a threshold.';
COMMENT ON CONSTRAINT subscription_has_one_place ON base.subscription IS 'Matching asks one question: zone, segment, crossing or filter.';
COMMENT ON CONSTRAINT subscription_is_within ON base.subscription IS 'A distance belongs to a segment or a crossing.';
COMMENT ON CONSTRAINT subscription_minimum_severity_check ON base.subscription IS 'Severities of CAP 1.2, which are compared in their order.';
COMMENT ON CONSTRAINT subscription_suspension_is_whole ON base.subscription IS 'A suspension has its time and its cost, and the subscription is disabled.';
COMMENT ON COLUMN base.subscription.bits IS 'Bit of the country, as in audience.';
COMMENT ON COLUMN base.subscription.filter IS 'CQL2, as text or as JSON.';
COMMENT ON COLUMN base.subscription.hysteresis_m IS 'How far outside an incident must lie to have left.';
COMMENT ON COLUMN base.subscription.revision IS 'Counts the changes; its ETag.';
COMMENT ON COLUMN base.subscription.since IS 'Nothing before this instant raises an alert.';
COMMENT ON COLUMN base.subscription.suspended_at IS 'When the service disabled it because its filter was too costly. Enabling it again clears this.';
COMMENT ON COLUMN base.subscription.suspended_incidents IS 'For how many incidents.';
COMMENT ON COLUMN base.subscription.suspended_ms IS 'How long its filter took.';
COMMENT ON COLUMN base.subscription.threshold_incidents IS 'So many incidents within threshold_minutes raise an alert.';
COMMENT ON COLUMN base.subscription.triggers IS 'What raises an alert: enter, leave, created, updated, closed, threshold, overdue.';
COMMENT ON COLUMN base.subscription.within_m IS 'Distance from the segment or crossing.';
COMMENT ON COLUMN base.subscription.zone IS 'Id of a zone. No foreign key: a subscription outlives the zone.';
COMMENT ON base.subscription_match IS 'Incidents that entered a subscription and have not left yet, for subscriptions to enter, leave, threshold or overdue.';
COMMENT ON FUNCTION base.subscriptions_at(uuid[]) IS 'Pairs of an incident and a subscription whose place it lies in and whose agency sees it. Subscriptions with a filter are missing: the service compiles and runs filters.';
COMMENT ON FUNCTION base.subscriptions_of(base.incident) IS 'Subscriptions that match an incident and whose agency sees it; filters with their last result.';
COMMENT ON FUNCTION base.suspend_subscription(uuid,integer,integer,uuid[]) IS 'Disables a subscription whose filter is too costly, and alerts its agency of that with the newest incident that the filter ran for. False if it was changed meanwhile.';
COMMENT ON FUNCTION base.sweep_deliveries(interval,integer) IS 'Gives up what waited too long, and deletes old settled deliveries, at most so many of each.';
COMMENT ON FUNCTION base.take_notice() IS 'An acknowledgement or a response ends the wait for an acknowledgement.';
COMMENT ON FUNCTION base.tell(text,bigint,integer,text,public.box2d,boolean) IS 'Notifies the services what to read again: the collection, who saw and sees the written rows (countries as a bitmask, agencies of RED rows), their bounding box, and whether somebody lost sight of a row. No content, so that a viewer without access notices nothing, not even a slower tile.';
COMMENT ON FUNCTION base.tell_procedures(text[]) IS 'Adds changes that time alone makes to procedures.';
COMMENT ON FUNCTION base.tell_time() IS 'Adds changes that time alone makes: zones that take effect or expire, states of crossings that begin or end, crossings that open or close by their hours, procedures that take effect or are over.';
COMMENT ON FUNCTION base.texts_in(jsonb) IS 'A JSON array of texts; NULL stays NULL.';
COMMENT ON FUNCTION base.try_correction(base.correction) IS 'Refuses a correction that could not be applied. Everything written is taken back.';
COMMENT ON FUNCTION base.waiting_alerts(integer,text) IS 'The oldest queued writes, their incidents, and the filters that the service has to run for them: of all agencies but the late ones, or of one agency that is evaluated apart. At most 0: it only makes its plans.';
COMMENT ON FUNCTION base.was_at(base.subscription,public.geometry) IS 'Whether an earlier position of an incident lay in the place of a subscription.';
COMMENT ON FUNCTION base.watch_impact(integer) IS 'Applies the end of critical levels whose time is over, and notes reactions that are overdue, at most so many at once. Several processes share the work.';
COMMENT ON base.webhook IS 'URL of an agency to which the service posts its alerts.';
COMMENT ON COLUMN base.webhook.coordination IS 'Collections of coordination that it takes; NULL: all.';
COMMENT ON COLUMN base.webhook.failures IS 'Failed attempts in a row.';
COMMENT ON COLUMN base.webhook.old_secret IS 'Also signs until old_secret_until.';
COMMENT ON COLUMN base.webhook.open_until IS 'Until then the circuit is open and nothing is sent; then one delivery tries.';
COMMENT ON COLUMN base.webhook.secret IS 'Signs deliveries (Standard Webhooks).';
COMMENT ON COLUMN base.webhook.triggers IS 'Kinds of alerts that it takes; NULL: all.';
COMMENT ON COLUMN base.webhook.verified_at IS 'When the receiver at this URL answered a challenge. Nothing is delivered before.';
COMMENT ON FUNCTION base.webhook_secrets(base.webhook) IS 'Secrets that sign a delivery: the new one, and the old one while the overlap lasts.';
COMMENT ON FUNCTION base.withdraw_alerts(uuid[]) IS 'Withdraws alerts of incidents that their agencies may no longer see, and restores those that they may see again.';
COMMENT ON base.world IS 'Which world this database is: the actual one, or an exercise.';
COMMENT ON CONSTRAINT world_describes_exercise ON base.world IS 'An exercise says what it is; the actual world has no end.';
COMMENT ON CONSTRAINT world_id_check ON base.world IS 'Identifiers of worlds stand in addresses and file names.';
COMMENT ON CONSTRAINT world_is_actual_by_id ON base.world IS 'Whoever reads the id knows whether it is real.';
COMMENT ON CONSTRAINT world_is_only_check ON base.world IS 'A second row would make a second world.';
COMMENT ON CONSTRAINT world_kind_check ON base.world IS 'The rule for natures knows these two.';
COMMENT ON CONSTRAINT world_participants_check ON base.world IS 'Only countries of this service take part.';
COMMENT ON CONSTRAINT world_period_is_in_order ON base.world IS 'A period that ends before it begins would be valid at no instant.';
COMMENT ON COLUMN base.world.ended_at IS 'When the exercise ended. Nothing is written in it afterwards.';
COMMENT ON COLUMN base.world.ends_at IS 'Planned end, exclusive.';
COMMENT ON COLUMN base.world.id IS 'actual, or the name of the exercise in addresses and files.';
COMMENT ON COLUMN base.world.is_only IS 'One row: a database is one world.';
COMMENT ON COLUMN base.world.kind IS 'actual or exercise; also the nature of an incident that names none.';
COMMENT ON COLUMN base.world.made_at IS 'When the command world new made it; NULL: the world that a database is without the command. Demo data enters no world that was made.';
COMMENT ON COLUMN base.world.names IS 'Of the exercise, by language: en, fr, ar.';
COMMENT ON COLUMN base.world.participants IS 'Countries that take part in the exercise.';
COMMENT ON COLUMN base.world.purpose IS 'What the exercise is for.';
COMMENT ON COLUMN base.world.stamped_at IS 'When the database was made this world; NULL: it has been the actual one since its migration.';
COMMENT ON COLUMN base.world.starts_at IS 'Planned period of the exercise.';
COMMENT ON FUNCTION base.write_incident_texts(uuid[]) IS 'Makes the texts of these incidents as they are now. Who calls it has locked their rows, so that no older text comes after a newer one.';
COMMENT ON FUNCTION base.write_reactions(base.impact_assessment,timestamp with time zone) IS 'Writes what a level asks of its side, of critical of both sides, from base.reaction_rule. Open reactions of the level before are cancelled; their due times hold.';
COMMENT ON FUNCTION base.write_reference(uuid,timestamp with time zone,text,jsonb) IS 'Writes the features of a correction, and answers the edges from before of borders that moved. The triggers of the tables keep the earlier versions and report the changes.';
COMMENT ON base.zone IS 'Revisions of zones as viewers are shown them: copies, kept by triggers. Only the label is written here.';
COMMENT ON COLUMN base.zone.agency IS 'Owner of the zone; NULL: a zone of law, which needs no consent.';
COMMENT ON COLUMN base.zone.agreed_at IS 'When the last participant approved it; NULL again when one withdraws before it takes effect.';
COMMENT ON COLUMN base.zone.asked_after IS 'Number of the last decision that no longer counts: a suspension ends earlier consents.';
COMMENT ON COLUMN base.zone.audience IS 'Bitmask of viewers: the owner country; participants from proposal on; those of the label once it is agreed.';
COMMENT ON COLUMN base.zone.author IS 'Agency that wrote this revision.';
COMMENT ON COLUMN base.zone.country IS 'The country that made the zone and writes it.';
COMMENT ON COLUMN base.zone.derived_from IS 'Rule that the area was derived from; NULL: drawn.';
COMMENT ON COLUMN base.zone.effective IS 'Period in which it is in force, as far as it is agreed; NULL: never.';
COMMENT ON COLUMN base.zone.face IS '0: what the owner country is shown now. Others exist only while some viewers are shown another revision, or soon will be.';
COMMENT ON COLUMN base.zone.id IS 'Of the zone: all its revisions have the same.';
COMMENT ON COLUMN base.zone.legal_act IS 'Act that the zone rests on.';
COMMENT ON COLUMN base.zone.name IS 'Zone and revision, such as z1/2: how the audit log names it.';
COMMENT ON COLUMN base.zone.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.zone.participants IS 'Countries whose consent it needs.';
COMMENT ON COLUMN base.zone.proposed_at IS 'NULL: a draft.';
COMMENT ON COLUMN base.zone.red_agency IS 'The only viewer of a RED zone.';
COMMENT ON COLUMN base.zone.releasable_to IS 'Countries that an AMBER label adds.';
COMMENT ON COLUMN base.zone.replaced_at IS 'When a newer revision takes its place, perhaps in the future; kept by a trigger.';
COMMENT ON COLUMN base.zone.shown_during IS 'When they are shown it.';
COMMENT ON COLUMN base.zone.shown_to IS 'Bitmask of those in its audience who are shown this revision and no other.';
COMMENT ON COLUMN base.zone.starts_at IS 'When it takes effect, as far as it is agreed; NULL if the zone was withdrawn before.';
COMMENT ON COLUMN base.zone.suspended_at IS 'When a participant withdrew while it was in force.';
COMMENT ON COLUMN base.zone.tlp IS 'Label of the zone: the same in all its revisions.';
COMMENT ON COLUMN base.zone.valid_to IS 'Exclusive; NULL: no end.';
COMMENT ON COLUMN base.zone.withdrawn_at IS 'When its country ended the zone.';
COMMENT ON base.zone_consent IS 'Decisions of countries about revisions: only ever inserted into. The last decision of a country counts.';
COMMENT ON CONSTRAINT rejection_has_a_reason ON base.zone_consent IS 'The country that proposed it must know what to change.';
COMMENT ON CONSTRAINT zone_consent_decision_check ON base.zone_consent IS 'The consents of a revision are counted by these decisions.';
COMMENT ON COLUMN base.zone_consent.n IS 'Order of decisions about the zone. Callers never see it, because it counts decisions that they may not see.';
COMMENT ON COLUMN base.zone_consent.reason IS 'A rejection needs one.';
COMMENT ON base.zone_edge IS 'The outline of a revision in short pieces. Edges are straight in longitude and latitude (RFC 7946), so long ones are divided before they become geodesics.';
COMMENT ON base.zone_part IS 'The area of a revision in small pieces: point in zone is an index look-up.';
COMMENT ON base.zone_revision IS 'Every revision of every zone. The content of a proposed revision never changes.';
COMMENT ON CONSTRAINT zone_area_is_valid ON base.zone_revision IS 'PostGIS gives wrong answers for invalid areas, and an empty one holds nothing.';
COMMENT ON CONSTRAINT zone_period_is_in_order ON base.zone_revision IS 'A zone that ends before it begins would never be in force.';
COMMENT ON CONSTRAINT zone_revision_participants_check ON base.zone_revision IS 'A zone without participants would need no consent.';
COMMENT ON CONSTRAINT zone_revision_tlp_check ON base.zone_revision IS 'Labels of TLP 2.0. Audiences are computed from them.';
COMMENT ON COLUMN base.zone_revision.agency IS 'Owner of the zone; NULL: a zone of law, which needs no consent.';
COMMENT ON COLUMN base.zone_revision.agreed_at IS 'When the last participant approved it; NULL again when one withdraws before it takes effect.';
COMMENT ON COLUMN base.zone_revision.asked_after IS 'Number of the last decision that no longer counts: a suspension ends earlier consents.';
COMMENT ON COLUMN base.zone_revision.audience IS 'Bitmask of viewers: the owner country; participants from proposal on; those of the label once it is agreed.';
COMMENT ON COLUMN base.zone_revision.author IS 'Agency that wrote this revision.';
COMMENT ON COLUMN base.zone_revision.country IS 'The country that made the zone and writes it.';
COMMENT ON COLUMN base.zone_revision.derived_from IS 'Rule that the area was derived from; NULL: drawn.';
COMMENT ON COLUMN base.zone_revision.effective IS 'Period in which it is in force, as far as it is agreed; NULL: never.';
COMMENT ON COLUMN base.zone_revision.id IS 'Of the zone: all its revisions have the same.';
COMMENT ON COLUMN base.zone_revision.legal_act IS 'Act that the zone rests on.';
COMMENT ON COLUMN base.zone_revision.name IS 'Zone and revision, such as z1/2: how the audit log names it.';
COMMENT ON COLUMN base.zone_revision.names IS 'By language: en, fr, ar.';
COMMENT ON COLUMN base.zone_revision.participants IS 'Countries whose consent it needs.';
COMMENT ON COLUMN base.zone_revision.proposed_at IS 'NULL: a draft.';
COMMENT ON COLUMN base.zone_revision.red_agency IS 'The only viewer of a RED zone.';
COMMENT ON COLUMN base.zone_revision.releasable_to IS 'Countries that an AMBER label adds.';
COMMENT ON COLUMN base.zone_revision.replaced_at IS 'When a newer revision takes its place, perhaps in the future; kept by a trigger.';
COMMENT ON COLUMN base.zone_revision.starts_at IS 'When it takes effect, as far as it is agreed; NULL if the zone was withdrawn before.';
COMMENT ON COLUMN base.zone_revision.suspended_at IS 'When a participant withdrew while it was in force.';
COMMENT ON COLUMN base.zone_revision.tlp IS 'Label of the zone: the same in all its revisions.';
COMMENT ON COLUMN base.zone_revision.valid_to IS 'Exclusive; NULL: no end.';
COMMENT ON COLUMN base.zone_revision.withdrawn_at IS 'When its country ended the zone.';
COMMENT ON FUNCTION base.zones_of(public.geometry,public.geography,double precision) IS 'Zone revisions that the circle of error of a point touches, and how.';
COMMENT ON tripoint.agency IS 'Everybody sees all agencies.';
COMMENT ON tripoint.alert IS 'Its own agency. The alert names its incident while the agency sees that.';
COMMENT ON FUNCTION tripoint.any_phrase(text[]) IS 'One of the phrases: the beginnings of words that follow each other. An Arabic word may have its article or not.';
COMMENT ON tripoint.api_key IS 'The country of the key. Hashes can be written and not read.';
COMMENT ON tripoint.assistance IS 'Viewers of the notice.';
COMMENT ON FUNCTION tripoint.audience(text,text,text[]) IS 'Label of the Traffic Light Protocol 2.0 as a bitmask of viewers: 1 public, 2 DZA, 4 LBY, 8 TUN; RED is 0.';
COMMENT ON tripoint.audit_entry IS 'Auditors see all entries of their country''s agencies, and of foreign agencies those about their country''s rows. Refused attempts name the key to the owners of the rows, and to nobody else.';
COMMENT ON FUNCTION tripoint.audit_reads(json) IS 'Adds entries of reads, for many callers at once. It cannot add any other entry.';
COMMENT ON FUNCTION tripoint.begin_feed() IS 'Gives a new database the birth, the secret and the clock of its feed. On a server that has not reached the transactions of the feed, the feed begins again: every cursor is lost, and the sealing of the audit log searches from the start.';
COMMENT ON tripoint.border IS 'Everybody.';
COMMENT ON tripoint.border_edge IS 'Everybody.';
COMMENT ON tripoint.border_version IS 'Everybody. The borders as they are, and their earlier versions.';
COMMENT ON FUNCTION tripoint.box_around(public.geometry,double precision) IS 'A box in degrees that contains everything within this geodesic distance of a shape.';
COMMENT ON FUNCTION tripoint.caller_agency() IS 'Agency of the caller, NULL without a key.';
COMMENT ON FUNCTION tripoint.caller_of_key(bytea) IS 'Who acts with a key: agency, country and roles.';
COMMENT ON FUNCTION tripoint.caller_of_session(bytea,interval) IS 'Who acts with a session: a key as it is now, or a token as it was. Nothing once the session, its key or its token has ended.';
COMMENT ON FUNCTION tripoint.cell_column(integer) IS 'Column of a cell; row of a cell shifted by one bit.';
COMMENT ON FUNCTION tripoint.cell_of(public.geometry) IS 'The cell of level 14 of WebMercatorQuad, its column and row interleaved bit by bit: cells of a tile are a range, and a cell of the level above is the number without its last two bits.';
COMMENT ON FUNCTION tripoint.cells_covering(public.geometry,integer) IS 'The cells of a level (tripoint.cell_of) that an area touches.';
COMMENT ON tripoint.change IS 'Viewers who see or saw the feature, once all older transactions have ended: no later commit belongs before these rows.';
COMMENT ON FUNCTION tripoint.changes_only(jsonb,jsonb,oid,text[]) IS 'Whether an update changes these columns alone.';
COMMENT ON FUNCTION tripoint.clip_to(public.geometry,text[]) IS 'The part of an area that lies in the territory of these countries; NULL if there is no such part.';
COMMENT ON FUNCTION tripoint.concern(text,text) IS 'Bit of the country that owns a row; 0 for CLEAR rows.';
COMMENT ON tripoint.correction IS 'The countries that must agree, and the one that proposes it; everybody once it is applied.';
COMMENT ON FUNCTION tripoint.correction_difference(uuid) IS 'What an applied correction changed, as JSON: each row with its properties before and after. Reference data is for everybody.';
COMMENT ON tripoint.country IS 'Everybody.';
COMMENT ON tripoint.crossing IS 'Everybody.';
COMMENT ON tripoint.crossing_side IS 'Everybody.';
COMMENT ON tripoint.crossing_side_version IS 'Everybody. The sides of crossings as they are, and their earlier versions.';
COMMENT ON FUNCTION tripoint.crossing_state(text,timestamp with time zone) IS 'The stricter state of the two sides at an instant.';
COMMENT ON tripoint.crossing_status IS 'Everybody.';
COMMENT ON tripoint.crossing_version IS 'Everybody. The crossings as they are, and their earlier versions.';
COMMENT ON FUNCTION tripoint.cursor_state(xid8,text,text,uuid) IS 'What a cursor of the feed is worth: known (its row is there, or is the last purged one, or the birth), expired (older than the last purged row), lost (the database was restored), behind (a standby has not replayed it), unbegun (begin_feed comes first).';
COMMENT ON tripoint.delivery IS 'The agency of the webhook.';
COMMENT ON FUNCTION tripoint.disc(public.geometry,double precision) IS 'Everything within radius_m of a point: distances from it are exact in the azimuthal equidistant plane.';
COMMENT ON tripoint.distress_notice IS 'Rescue bodies of the countries at the border, and viewers of the incident.';
COMMENT ON tripoint.double_decision IS 'Agencies that see both incidents, and that saw them when it was decided.';
COMMENT ON FUNCTION tripoint.end_session(bytea) IS 'Ends a session at once.';
COMMENT ON tripoint.feed IS 'The service alone: its values reach callers only in sealed cursors. The newest readable row; on an empty feed the last purged one, or the birth.';
COMMENT ON FUNCTION tripoint.fold_incident_cells(integer) IS 'Adds at most so many deltas to the sums, and returns their number; 0 while another process does it. Deltas instead of counters: writers of one cell would wait for each other.';
COMMENT ON FUNCTION tripoint.folded(text) IS 'Lower case, with ß as ss and one sigma, so that texts that differ in case only are equal.';
COMMENT ON FUNCTION tripoint.holds_mandate(uuid) IS 'Whether the agency of the caller holds a mandate at the place of an incident, as far as the caller sees both. Twin for the database: base.mandates_at.';
COMMENT ON FUNCTION tripoint.hours_in(tstzmultirange) IS 'The length of bounded periods in hours.';
COMMENT ON tripoint.impact_assessment IS 'Whoever the label names; before a coordinator has assessed it, its own country.';
COMMENT ON FUNCTION tripoint.impact_rank(text) IS 'Levels in order: the stricter one of two sides counts.';
COMMENT ON FUNCTION tripoint.impact_state(text,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone) IS 'State of an assessment at an instant. A critical one waits for both sides, and expires by the clock.';
COMMENT ON tripoint.incident IS 'Viewers in the audience of its label; RED: its own agency.';
COMMENT ON tripoint.incident_acknowledgement IS 'Agencies that see the incident. Callers without a key see no coordination.';
COMMENT ON tripoint.incident_cell IS 'Viewers in the audience of the class.';
COMMENT ON tripoint.incident_cell_day IS 'Viewers in the audience of the class.';
COMMENT ON tripoint.incident_cell_delta IS 'Viewers in the audience of the incidents.';
COMMENT ON tripoint.incident_double IS 'Agencies that see both incidents. The state follows from the decisions that they see.';
COMMENT ON tripoint.incident_request IS 'The countries at both ends, as long as they see the incident or zone.';
COMMENT ON tripoint.incident_response IS 'Agencies that see the incident, and that saw it when another country responded.';
COMMENT ON tripoint.incident_text IS 'Viewers of the incident.';
COMMENT ON tripoint.incident_zone IS 'Viewers of both the incident and the zone revision.';
COMMENT ON tripoint.indicator IS 'The three countries.';
COMMENT ON FUNCTION tripoint.is_auditor() IS 'Whether the caller audits its country: it then sees what else only the agency itself sees.';
COMMENT ON FUNCTION tripoint.is_own(text) IS 'Whether a country is that of the caller.';
COMMENT ON FUNCTION tripoint.is_replaced(timestamp with time zone,timestamp with time zone,timestamp with time zone) IS 'Whether a newer revision has taken the place of this one at an instant.';
COMMENT ON FUNCTION tripoint.is_shown(integer,integer,text,text,integer,text) IS 'Whether a viewer is shown this row of base.zone. Others may be shown another row of the same zone.';
COMMENT ON FUNCTION tripoint.is_table_owner(oid) IS 'Whether the writer is a migration, a seed, a repair or a function with the rights of the owner: rules for callers do not bind these.';
COMMENT ON FUNCTION tripoint.is_wider(integer,integer) IS 'Whether an audience gains viewers. RED has no bits, so that leaving RED is wider too.';
COMMENT ON tripoint.joint_consent IS 'The participants of the proposal.';
COMMENT ON tripoint.joint_proposal IS 'The participants.';
COMMENT ON FUNCTION tripoint.lease_requests(timestamp with time zone,bytea,integer) IS 'Leases requests of a minute to a process, and answers how many are leased to all. Each new share clears up to a hundred of minutes that have passed.';
COMMENT ON tripoint.legal_hold IS 'The owner country of the incident, as far as the caller sees the incident.';
COMMENT ON FUNCTION tripoint.link_doubles(integer) IS 'Looks for the pairs of at most so many incidents that were written, and returns their number; 0 while another process does it. After the write, not in it: its time would tell whether there is a pair.';
COMMENT ON FUNCTION tripoint.lock_number(text) IS 'Number of an advisory lock by its name.';
COMMENT ON FUNCTION tripoint.lock_proposal(uuid) IS 'Locks a joint proposal that the caller sees until the end of the transaction, so that decisions about it come one after the other.';
COMMENT ON FUNCTION tripoint.lock_zone(text) IS 'Locks a zone until the end of the transaction, so that changes and decisions about it come one after the other.';
COMMENT ON FUNCTION tripoint.look_at_installation(uuid,uuid,bigint,bytea) IS 'Whether this database is the one that was started before (fault: moved to another place, or rewound to before the witness), and the newest seal for the witness. The first start stores the identifiers.';
COMMENT ON tripoint.mandate IS 'Everybody sees all mandates; a mandate for a zone only viewers of the zone, because it shows that the zone exists.';
COMMENT ON FUNCTION tripoint.next_version(uuid) IS 'Number of the next version of a procedure that the caller sees. It counts versions that the caller does not see, and locks the procedure until the end of the transaction.';
COMMENT ON FUNCTION tripoint.note_attempts(json) IS 'Counts refused requests, many at once, if their row exists; it answers nothing, so that the service does not learn which do. Requests without a target were not kept one by one.';
COMMENT ON FUNCTION tripoint.note_key_use(uuid[]) IS 'Notes when keys were last used. Rows that another process is noting too are left to it.';
COMMENT ON FUNCTION tripoint.note_session_use(uuid[]) IS 'Notes when sessions were last used. Rows that another process is noting too are left to it.';
COMMENT ON tripoint.offer IS 'Viewers in the audience of its label; RED: its own agency.';
COMMENT ON FUNCTION tripoint.open_hours(jsonb,text,tstzrange) IS 'Periods in which opening hours are open, in a time zone, within a bounded period.';
COMMENT ON tripoint.own_red_incident IS 'The agency''s own RED incidents, which no sum contains: it counts them one by one.';
COMMENT ON FUNCTION tripoint.place(public.geometry,double precision) IS 'Nearest border, chainage in km, distance in metres (geodesic, WGS 84), and the country or undetermined.';
COMMENT ON FUNCTION tripoint.plain_words(text) IS 'A text without regard to case and accents, and without punctuation, in which the parser sees hosts, paths and signs.';
COMMENT ON FUNCTION tripoint.preview_correction(jsonb,timestamp with time zone,text) IS 'What a correction would change, and which incidents of those that the caller sees it would place again. Everything written is taken back.';
COMMENT ON FUNCTION tripoint.procedure_state(timestamp with time zone,timestamp with time zone,text,timestamp with time zone,tstzrange,timestamp with time zone,timestamp with time zone) IS 'State of a version of a procedure at an instant. Time alone changes it; no job has to run.';
COMMENT ON tripoint.procedure_version IS 'The participants of the version, as long as they see the zone.';
COMMENT ON FUNCTION tripoint.proposal_state(timestamp with time zone,timestamp with time zone,text,timestamp with time zone,timestamp with time zone) IS 'State of a joint proposal at an instant. It expires by the clock; no job has to run.';
COMMENT ON tripoint.reaction IS 'The side that does it; both sides where the level is critical.';
COMMENT ON tripoint.reaction_rule IS 'Everybody.';
COMMENT ON FUNCTION tripoint.renew_incident_texts(integer) IS 'Makes at most so many texts of incidents that have none of the present shape, and returns how many incidents it has passed; 0: all are made, another process makes them, or the next row is being written.';
COMMENT ON FUNCTION tripoint.replay_deliveries(uuid,uuid) IS 'Queues dead deliveries of the caller''s agency again, all or one of them, behind those that wait.';
COMMENT ON tripoint.report IS 'Viewers of the incident who are also in the audience of the report''s own label, if it has one.';
COMMENT ON FUNCTION tripoint.rescue_borders() IS 'Borders that a rescue mandate of the caller''s agency touches now, whatever its scope; NULL: no border.';
COMMENT ON FUNCTION tripoint.responsible(text[],text[],text[],text[],text[],text,timestamp with time zone) IS 'All mandates valid at an instant at a place: primary first, narrower scope before wider.';
COMMENT ON FUNCTION tripoint.rounded(double precision,integer) IS 'The value with so many decimals, as round(numeric) makes it. The planner inlines it.';
COMMENT ON tripoint.schema_file IS 'The service alone, which compares the files with its own.';
COMMENT ON tripoint.schema_program IS 'The service alone, which learns whether it may run.';
COMMENT ON FUNCTION tripoint.sealing_lag() IS 'Age in seconds of the next audit entry to be sealed; 0: all are sealed.';
COMMENT ON FUNCTION tripoint.sees(integer,text,integer,text) IS 'Whether a viewer sees a row. The planner inlines the condition, so that indexes serve it.';
COMMENT ON tripoint.segment IS 'Everybody.';
COMMENT ON tripoint.segment_version IS 'Everybody. The segments as they are, and their earlier versions.';
COMMENT ON tripoint.shift IS 'Its own agency, and the auditors of its country.';
COMMENT ON tripoint.shift_act IS 'Viewers of the shift: what its agency wrote meanwhile, without keys, webhooks, subscriptions and the shifts themselves.';
COMMENT ON tripoint.shift_item IS 'Viewers of the shift, as far as they see the row that the item is about now: auditors of other agencies see no alerts.';
COMMENT ON tripoint.shift_note IS 'Viewers of the shift.';
COMMENT ON FUNCTION tripoint.side_periods(text,text,tstzrange) IS 'Periods of each state of one side of a crossing, for each direction and class of traffic. What nobody spoke of is in none.';
COMMENT ON FUNCTION tripoint.side_state(text,text,timestamp with time zone) IS 'State of one side of a crossing at an instant.';
COMMENT ON FUNCTION tripoint.side_table(text,text,timestamp with time zone,text[]) IS 'State of one side of a crossing at an instant, for each direction and class of traffic, with the statement behind it.';
COMMENT ON FUNCTION tripoint.start_session(uuid,bytea,uuid,text,text[],interval,timestamp with time zone) IS 'Starts a session of the caller and answers when it ends at the latest; NULL: its key has ended. Of more than 500 of one key or subject the least recently used end.';
COMMENT ON FUNCTION tripoint.stretch(text,double precision,double precision) IS 'The line of a border between two chainages.';
COMMENT ON FUNCTION tripoint.strip(public.geometry,double precision) IS 'Everything within width_m of a line, also beyond its ends.';
COMMENT ON tripoint.subscription IS 'Its own agency.';
COMMENT ON FUNCTION tripoint.traffic_classes() IS 'Classes of traffic, in the order of the API.';
COMMENT ON FUNCTION tripoint.unaccented(text) IS 'Without accents and other marks, Arabic vowel signs, hamzas on letters and tatweel among them; letters with strokes and ligatures as plain ones.';
COMMENT ON FUNCTION tripoint.utc(timestamp with time zone) IS 'RFC 3339 in UTC, without fractions of a second that are zero.';
COMMENT ON FUNCTION tripoint.viewer() IS 'Bitmask of the caller: 1 for everybody, and the bit of its country (2 DZA, 4 LBY, 8 TUN).';
COMMENT ON tripoint.webhook IS 'Its own agency. Secrets can be written and not read.';
COMMENT ON FUNCTION tripoint.words(text) IS 'The words of a text, for tripoint.any_phrase. incident_words_idx depends on it.';
COMMENT ON tripoint.world IS 'Everybody.';
COMMENT ON tripoint.zone IS 'One row a zone: the revision that the viewer is shown.';
COMMENT ON tripoint.zone_consent IS 'The participants of the revision.';
COMMENT ON FUNCTION tripoint.zone_countries(text,text,text,text[]) IS 'Bitmask of the countries that own a zone: the country that made it, and each participant from proposal on.';
COMMENT ON tripoint.zone_revision IS 'Viewers in the audience of the revision, while they see the zone: whoever loses the zone loses its past too.';
COMMENT ON FUNCTION tripoint.zone_state(timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone,timestamp with time zone) IS 'State of a revision at an instant. A revision that a newer proposal replaced before it took effect counts as withdrawn.';
COMMENT ON FUNCTION tripoint.zone_viewers(text) IS 'Who sees a zone in force that the caller sees: callers without a key, and countries. Others may be shown the proposal.';
