export const INCIDENT_KINDS = [
  'irregular_crossing',
  'smuggling_goods',
  'smuggling_fuel',
  'trafficking_suspected',
  'armed_incident',
  'infiltration_suspected',
  'unattributed_vehicle_or_craft',
  'distress',
  'fire',
  'flood',
  'mine_or_uxo',
  'health_event',
  'crossing_closure',
  'infrastructure',
  'other',
] as const;

/**
 * Common Alerting Protocol 1.2, without its `Unknown`; from the least to the greatest.
 * Twin: base.severity_rank in schema/alerts/matching.functions.sql, compared by test/database/twins.test.ts.
 */
export const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'] as const;
export const CERTAINTIES = ['observed', 'likely', 'possible', 'unlikely'] as const;

export const NATURES = ['actual', 'exercise', 'test'] as const;
export const INCIDENT_STATES = ['open', 'ongoing', 'closed', 'cancelled'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];
