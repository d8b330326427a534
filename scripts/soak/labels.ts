import type { Caller, CountryCode } from '../../src/core/caller.ts';

/** The label of a row. */
export interface Label {
  owner: CountryCode;
  agency: string | null;
  tlp: string;
  releasableTo: readonly string[];
  /** Of a zone: they see it with any label except RED. */
  participants?: readonly string[];
}

/** The Traffic Light Protocol by its text, independent of the service's bitmasks and views. */
export function maySee({ country, agency }: Caller, label: Label): boolean {
  const { owner, tlp, releasableTo, participants = [] } = label;
  if (tlp === 'RED') return agency !== undefined && agency === label.agency;
  if (tlp === 'CLEAR') return true;
  if (!country) return false;
  if (country === owner || participants.includes(country)) return true;
  return tlp === 'GREEN' || (tlp === 'AMBER' && releasableTo.includes(country));
}

/** The label in a layer feature, where lists are one text. */
export const labelOf = (properties: Record<string, string | null>): Label => ({
  owner: properties.owner as CountryCode,
  agency: properties.agency ?? null,
  tlp: properties.tlp!,
  releasableTo: properties.releasableTo?.split(',') ?? [],
  participants: properties.participants?.split(',') ?? [],
});
