/** Colours of maps, the same for MapLibre styles, pages and the styles in GeoPackages. */

/** SymbolSeverity of incidents, from the least to the greatest: fill, and the ink that is readable on it. */
export const SEVERITY_COLOURS = {
  minor: { fill: '#f3cf4b', ink: '#20242a' },
  moderate: { fill: '#ef9134', ink: '#20242a' },
  severe: { fill: '#d23b2c', ink: '#ffffff' },
  extreme: { fill: '#7a1552', ink: '#ffffff' },
} as const;

/** Impact level of segments. */
export const IMPACT_COLOURS = {
  low: '#4f8f6b',
  medium: '#c9a227',
  high: '#d9702b',
  critical: '#b3261e',
} as const;

/** Effective state of crossings. */
export const CROSSING_COLOURS = {
  open: '#23794f',
  restricted: '#c98a12',
  closed: '#b3261e',
  unknown: '#6d7480',
} as const;

export const ZONE_COLOURS = {
  joint_monitoring: '#2563a8',
  buffer: '#8a6d1d',
  closed_military: '#9c2c3f',
  patrol_sector: '#3b7d6e',
  sar_responsibility: '#c2571a',
  hazard: '#b03a8a',
  exercise: '#6a5acd',
} as const;

export const BORDER_COLOUR = '#4a3f55';

/** Edges and signs on white. */
export const INK = '#20242a';
export const PAPER = '#ffffff';

export type SymbolSeverity = keyof typeof SEVERITY_COLOURS;
