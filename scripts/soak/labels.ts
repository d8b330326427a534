import type { Caller, CountryCode } from '../../src/core/caller.ts';

/** What says who sees a row. */
export interface Label {
  owner: CountryCode;
  agency: string | null;
  tlp: string;
  releasableTo: readonly string[];
  /** Of a zone: they see it whatever its label, but for RED. */
  participants?: readonly string[];
}

/** The Traffic Light Protocol as it is written, without the bits and views of the service. */
export function maySee({ country, agency }: Caller, label: Label): boolean {
  const { owner, tlp, releasableTo, participants = [] } = label;
  if (tlp === 'RED') return agency !== undefined && agency === label.agency;
  if (tlp === 'CLEAR') return true;
  if (!country) return false;
  if (country === owner || participants.includes(country)) return true;
  return tlp === 'GREEN' || (tlp === 'AMBER' && releasableTo.includes(country));
}

/** What a feature of a layer says of itself, where lists are one text. */
export const labelOf = (properties: Record<string, string | null>): Label => ({
  owner: properties.owner as CountryCode,
  agency: properties.agency ?? null,
  tlp: properties.tlp!,
  releasableTo: properties.releasableTo?.split(',') ?? [],
  participants: properties.participants?.split(',') ?? [],
});
