import type { PointGeometry } from '../../geometry/point.schema.ts';

/** What a request is about: a row with an id, or a place alone. */
export type RequestSubject =
  | { noun: 'incident' | 'zone' | 'segment' | 'crossing'; id: string }
  | { noun: 'place'; place: PointGeometry };

/** Who may be asked about it. */
export interface SubjectAccess {
  /** The countries that see it. */
  countries: readonly string[];
  /** Of an incident or a zone. */
  label?: { noun: 'incident' | 'zone'; tlp: string; owner: string };
}
