export const CROSSING_KINDS = ['road', 'rail', 'track', 'pedestrian'] as const;

export const CROSSING_STATES = ['open', 'restricted', 'closed', 'unknown'] as const;

/**
 * Traffic classes of a statement; an empty list means all. Never about persons.
 * Twin: tripoint.traffic_classes in schema/crossings/crossing_state.functions.sql, compared by test/database/twins.test.ts.
 */
export const TRAFFIC_CLASSES = [
  'passengers',
  'goods',
  'vehicles',
  'pedestrians',
  'humanitarian',
  'emergency',
  'diplomatic',
  'livestock',
  'hazardous_goods',
] as const;

/** What the state of one class of traffic rests on. */
export const BASES = ['statement', 'hours', 'nothing'] as const;

/** In the order of ISO 8601. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
