import type { CountryCode } from '../../access/caller.ts';
import { audienceOf, type Label, releasedTo, VIEWERS, type Viewer } from './release.audience.ts';
import type { Owned } from './release.permission.ts';
import type { ReleasePreview, ReleaseRequest } from './release.schema.ts';

/** The properties of what a GET answers, as far as they say who sees it. */
export interface Labelled extends Label {
  agency: string | null;
  owner?: CountryCode;
  /** Of a zone: its owner, the countries that take part, and how far it has come. */
  country?: CountryCode;
  participants?: readonly CountryCode[];
  state?: string;
  /** Of an incident. */
  zones?: readonly string[];
  followsIncident?: boolean;
}

type Answer = Record<string, unknown> & { properties?: Labelled };

export interface Subject {
  answer: Answer;
  owned: Owned;
  label: Labelled;
  /** The incident of a report. */
  incident?: Labelled | undefined;
  zoneViewers: ReadonlyMap<string, readonly Viewer[]>;
  /** About an incident. */
  reports?: readonly Labelled[] | undefined;
}

export const labelledOf = (answer: Answer): Labelled => answer.properties ?? (answer as unknown as Labelled);

export const ownedOf = ({ collection }: ReleaseRequest, { owner, country, agency }: Labelled): Owned => ({
  owner: (collection === 'zones' ? country : owner)!,
  agency,
});

/** Who sees something with a label, and which agency alone does. */
export function viewersOf(
  { owned, label: { participants = [], state }, incident }: Pick<Subject, 'owned' | 'label' | 'incident'>,
  label: Label,
): { viewers: readonly Viewer[]; agencyAlone: string | null } {
  const isRed = label.tlp === 'RED';
  const own: Viewer[] = [...audienceOf(label, owned.owner)];
  if (!isRed && state !== 'draft') own.push(...participants);
  if (!incident) return { viewers: own, agencyAlone: isRed ? owned.agency : null };

  // a report is seen by those who see it and the incident; the owner of which sees all but what is RED
  if (!isRed) own.push(incident.owner!);
  const around = audienceOf(incident, incident.owner!);
  const agency = isRed ? owned.agency : incident.agency;
  return {
    viewers: own.filter((viewer) => around.includes(viewer)),
    agencyAlone: isRed || incident.tlp === 'RED' ? agency : null,
  };
}

export function previewOf(
  subject: Subject,
  { collection, id, tlp, releasableTo }: ReleaseRequest,
): ReleasePreview {
  const { owned, label } = subject;
  const wanted: Label = { tlp, releasableTo: releasedTo({ tlp, releasableTo }, owned.owner) };
  const before = viewersOf(subject, label);
  const after = viewersOf(subject, wanted);
  return {
    collection,
    id,
    ...owned,
    now: { tlp: label.tlp, releasableTo: [...label.releasableTo], agencyAlone: before.agencyAlone },
    after: { tlp, releasableTo: [...wanted.releasableTo], agencyAlone: after.agencyAlone },
    viewers: VIEWERS.map((viewer) => ({
      viewer,
      seesNow: before.viewers.includes(viewer),
      seesAfter: after.viewers.includes(viewer),
      answer: after.viewers.includes(viewer) ? (answerFor(viewer, subject, wanted) as never) : null,
      reports: countReports(viewer, subject, wanted),
    })),
  };
}

function answerFor(viewer: Viewer, { answer, label, zoneViewers }: Subject, wanted: Label): Answer {
  const changed = {
    ...label,
    ...wanted,
    ...(label.zones && { zones: label.zones.filter((id) => zoneViewers.get(id)?.includes(viewer)) }),
    ...(label.followsIncident !== undefined && { followsIncident: false }),
  };
  return answer.properties ? { ...answer, properties: changed } : { ...changed };
}

function countReports(viewer: Viewer, { label, reports }: Subject, wanted: Label): number | null {
  if (!reports) return null;
  const incident = { ...label, ...wanted };
  const isSeen = (report: Labelled) => {
    const owned = { owner: report.owner!, agency: report.agency };
    const own = report.followsIncident ? wanted : report;
    return viewersOf({ owned, label: report, incident }, own).viewers.includes(viewer);
  };
  return reports.filter(isSeen).length;
}
