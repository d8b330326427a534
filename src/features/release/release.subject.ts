import type { CountryCode } from '../../core/caller.ts';
import type { Label, Viewer } from '../label.audience.ts';
import type { Owned } from '../label.permission.ts';
import type { ReleaseRequest } from './release.schema.ts';

/** The properties of what a GET answers, as far as they say who sees it. */
export interface Labelled extends Label {
  agency: string | null;
  owner?: CountryCode;
  /** Of a zone: its owner and the countries that take part. */
  country?: CountryCode;
  participants?: readonly CountryCode[];
  state?: string;
  /** Of an incident. */
  zones?: readonly string[];
  followsIncident?: boolean;
}

export type Answer = Record<string, unknown> & { properties?: Labelled };

/** A revision of a zone that is not replaced; `isReleased`: all have approved it, so that the label counts. */
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
  /** Of a zone: who sees one of them is shown no later one. */
  revisions?: readonly CurrentRevision[] | undefined;
  /** Of an incident: who is shown its zones. */
  zoneViewers: ReadonlyMap<string, readonly Viewer[]>;
  /** About an incident. */
  reports?: readonly Labelled[] | undefined;
}

export const labelledOf = (answer: Answer): Labelled => answer.properties ?? (answer as unknown as Labelled);

export const ownedOf = ({ collection }: ReleaseRequest, { owner, country, agency }: Labelled): Owned => ({
  owner: (collection === 'zones' ? country : owner)!,
  agency,
});
