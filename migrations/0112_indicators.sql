-- What is counted at crossings (docs/decisions/0051-crossings-as-they-are.md).
CREATE TABLE base.indicator (
  id                     uuid PRIMARY KEY,
  crossing               text NOT NULL,
  country                text NOT NULL,
  entering               text,
  day                    date NOT NULL,
  traffic                text,
  passengers             int,
  vehicles               int,
  trucks                 int,
  median_waiting_minutes double precision,
  method                 text NOT NULL CHECK (method IN ('manual', 'register', 'automatic', 'sample', 'estimate')),
  agency                 text NOT NULL,
  note                   text,
  audience               int NOT NULL DEFAULT 14,
  created_at             timestamptz NOT NULL DEFAULT now(),
  updated_at             timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT indicator_of_a_side FOREIGN KEY (crossing, country) REFERENCES base.crossing_side (crossing, country),
  CONSTRAINT indicator_entering_a_side FOREIGN KEY (crossing, entering) REFERENCES base.crossing_side (crossing, country),
  CONSTRAINT indicator_agency_of_country FOREIGN KEY (agency, country) REFERENCES base.agency (id, country),
  CONSTRAINT indicator_is_counted_once UNIQUE NULLS NOT DISTINCT (crossing, country, entering, day, traffic),
  CONSTRAINT indicator_has_a_figure CHECK (num_nonnulls(passengers, vehicles, trucks, median_waiting_minutes) > 0),
  CONSTRAINT indicator_figures_are_counts CHECK (least(passengers, vehicles, trucks, median_waiting_minutes) >= 0)
);
COMMENT ON TABLE base.indicator IS 'What one side of a crossing counted on a day, in one direction, of one class of traffic.';
COMMENT ON COLUMN base.indicator.country IS 'The side that counted.';
COMMENT ON COLUMN base.indicator.entering IS 'The country that the traffic entered; NULL: both directions together.';
COMMENT ON COLUMN base.indicator.day IS 'In the local time of the side.';
COMMENT ON COLUMN base.indicator.traffic IS 'Class of traffic; NULL: all traffic together.';
COMMENT ON COLUMN base.indicator.median_waiting_minutes IS 'Half of those who crossed waited longer.';
COMMENT ON COLUMN base.indicator.method IS 'How it was counted.';
COMMENT ON COLUMN base.indicator.agency IS 'The agency that counted, of the country of the side.';
COMMENT ON COLUMN base.indicator.audience IS 'Bitmask of those who see it: the three countries, as TLP GREEN.';
COMMENT ON CONSTRAINT indicator_method_check ON base.indicator IS 'Ways of counting that the API describes.';
COMMENT ON CONSTRAINT indicator_is_counted_once ON base.indicator IS 'Sending a count again replaces it.';
COMMENT ON CONSTRAINT indicator_has_a_figure ON base.indicator IS 'A count without a figure says nothing.';
COMMENT ON CONSTRAINT indicator_figures_are_counts ON base.indicator IS 'Nothing is counted below zero.';
CREATE INDEX indicator_day_idx ON base.indicator (day DESC, id DESC);
CREATE INDEX indicator_crossing_idx ON base.indicator (crossing, day DESC, id DESC);
