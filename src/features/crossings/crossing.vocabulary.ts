export const CROSSING_KINDS = ['road', 'rail', 'track', 'pedestrian'] as const;

export const CROSSING_STATES = ['open', 'restricted', 'closed', 'unknown'] as const;

/** From the view of the stating country. */
export const DIRECTIONS = ['in', 'out', 'both'] as const;

/** Traffic classes of a statement; an empty list means all. Never about persons. */
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
