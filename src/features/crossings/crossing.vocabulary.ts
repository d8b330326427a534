export const CROSSING_KINDS = ['road', 'rail', 'track', 'pedestrian'] as const;

export const CROSSING_STATES = ['open', 'restricted', 'closed', 'unknown'] as const;

/** As seen from the country that speaks. */
export const DIRECTIONS = ['in', 'out', 'both'] as const;

/** What a statement may be about; none of them means all. Never who somebody is. */
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
