import { COUNTRY_CODES, type CountryCode } from '../core/caller.ts';
import type { TLP } from './vocabulary.schema.ts';

export interface Label {
  tlp: (typeof TLP)[number];
  releasableTo: readonly CountryCode[];
}

export const VIEWERS = ['public', ...COUNTRY_CODES] as const;
/** Callers without a key, or the agencies of a country. */
export type Viewer = (typeof VIEWERS)[number];

/**
 * The audience of a label (except RED, which one agency sees).
 * Twin: tripoint.audience in migrations/0001_foundation.sql, compared by test/database/twins.test.ts.
 */
export function audienceOf({ tlp, releasableTo }: Label, owner: CountryCode): readonly Viewer[] {
  if (tlp === 'CLEAR') return VIEWERS;
  if (tlp === 'GREEN') return COUNTRY_CODES;
  if (tlp === 'AMBER') return COUNTRY_CODES.filter((code) => code === owner || releasableTo.includes(code));
  return tlp === 'RED' ? [] : [owner];
}

/** Twin: tripoint.is_wider in schema/release/is_wider.function.sql, compared by test/database/twins.test.ts. */
export const isWider = (was: Label, label: Label, owner: CountryCode): boolean => {
  const before = audienceOf(was, owner);
  return audienceOf(label, owner).some((viewer) => !before.includes(viewer));
};

/** Each country once, in order, without the owner, which always sees it. */
export const releasedTo = ({ releasableTo }: Label, owner: CountryCode): CountryCode[] =>
  COUNTRY_CODES.filter((code) => code !== owner && releasableTo.includes(code));

export const isSameLabel = (one: Label, other: Label, owner: CountryCode): boolean =>
  one.tlp === other.tlp && releasedTo(one, owner).join() === releasedTo(other, owner).join();
