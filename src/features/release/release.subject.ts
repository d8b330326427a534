import type { CountryCode } from '../../core/caller.ts';
import type { Label, Viewer } from '../label.audience.ts';
import type { Owned } from '../label.permission.ts';
import type { ReleaseRequest } from './release.schema.ts';

/** The properties of a GET answer that determine its viewers. */
export interface Labelled extends Label {
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

export type Answer = Record<string, unknown> & { properties?: Labelled };

/** A current revision of a zone; `isReleased`: all have approved it, so the label applies. */
export interface CurrentRevision {
  isReleased: boolean;
  answer: Answer;
}

export interface Subject {
  answer: Answer;
  owned: Owned;
  label: Labelled;
  /** The incident of a report. */
  incident?: Labelled | undefined;
  /** Of a zone: a viewer gets the first one that it sees. */
  revisions?: readonly CurrentRevision[] | undefined;
  /** Of an incident: the viewers of its zones. */
  zoneViewers: ReadonlyMap<string, readonly Viewer[]>;
  /** About an incident. */
  reports?: readonly Labelled[] | undefined;
}

export const labelledOf = (answer: Answer): Labelled => answer.properties ?? (answer as unknown as Labelled);

export const ownedOf = ({ collection }: ReleaseRequest, { owner, country, agency }: Labelled): Owned => ({
  owner: (collection === 'zones' ? country : owner)!,
  agency,
});
