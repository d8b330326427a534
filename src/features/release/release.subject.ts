import type { CountryCode } from '../../core/caller.ts';
import type { Label, Viewer } from '../label.audience.ts';
import type { OwnedRow } from '../label.permission.ts';
import type { ReleaseRequest } from './release.schema.ts';

/** The properties of a GET answer that determine its viewers. */
export interface LabelledProperties extends Label {
  agency: string | null;
  owner?: CountryCode;
  /** Of a zone: owner and participants. */
  country?: CountryCode;
  participants?: readonly CountryCode[];
  state?: string;
  /** Of an incident. */
  zones?: readonly string[];
  followsIncident?: boolean;
}

export type ReleaseAnswer = Record<string, unknown> & { properties?: LabelledProperties };

/** A current revision of a zone; `isReleased`: all have approved it, so the label applies. */
export interface CurrentRevision {
  isReleased: boolean;
  answer: ReleaseAnswer;
}

export interface ReleaseSubject {
  answer: ReleaseAnswer;
  owned: OwnedRow;
  label: LabelledProperties;
  /** The incident of a report. */
  incident?: LabelledProperties | undefined;
  /** Of a zone: a viewer gets the first one that it sees. */
  revisions?: readonly CurrentRevision[] | undefined;
  /** Of an incident: the viewers of its zones. */
  zoneViewers: ReadonlyMap<string, readonly Viewer[]>;
  /** About an incident. */
  reports?: readonly LabelledProperties[] | undefined;
}

export const labelledOf = (answer: ReleaseAnswer): LabelledProperties =>
  answer.properties ?? (answer as unknown as LabelledProperties);

export const ownedOf = (
  { collection }: ReleaseRequest,
  { owner, country, agency }: LabelledProperties,
): OwnedRow => ({
  owner: (collection === 'zones' ? country : owner)!,
  agency,
});
