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
  agreed?: boolean;
  effectiveFrom?: string | null;
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

interface Audience {
  viewers: readonly Viewer[];
  agencyAlone: string | null;
}

/** Who sees an incident, or a report about one, with a label, and which agency alone does. */
function viewersOf({ owned, incident }: Pick<Subject, 'owned' | 'incident'>, label: Label): Audience {
  const isRed = label.tlp === 'RED';
  const own = audienceOf(label, owned.owner);
  if (!incident) return { viewers: own, agencyAlone: isRed ? owned.agency : null };

  // a report is seen by those who see it and the incident; the owner of which sees all but what is RED
  const around = audienceOf(incident, incident.owner!);
  const sees = (viewer: Viewer) => own.includes(viewer) || (!isRed && viewer === incident.owner);
  return {
    viewers: around.filter(sees),
    agencyAlone: isRed || incident.tlp === 'RED' ? (isRed ? owned : incident).agency : null,
  };
}

/** The label of a zone counts once it is agreed; those who take part see it without. */
function viewersOfZone({ answer, owned, label: was, zoneViewers }: Subject, label: Label): Audience {
  if (label.tlp === 'RED') return { viewers: [], agencyAlone: owned.agency };
  const labelled = audienceOf(was, owned.owner);
  const others = (zoneViewers.get(String(answer.id)) ?? []).filter((viewer) => !labelled.includes(viewer));
  const participants = was.state === 'draft' ? [] : (was.participants ?? []);
  const viewers = [
    ...(isAgreed(was) ? audienceOf(label, owned.owner) : [owned.owner]),
    ...participants,
    ...others,
  ];
  return { viewers, agencyAlone: null };
}

const isAgreed = ({ state, agreed, effectiveFrom }: Labelled): boolean =>
  state === 'proposed'
    ? agreed === true
    : state !== 'draft' && (state !== 'withdrawn' || effectiveFrom !== null);

export function previewOf(
  subject: Subject,
  { collection, id, tlp, releasableTo }: ReleaseRequest,
): ReleasePreview {
  const { owned, label } = subject;
  const wanted: Label = { tlp, releasableTo: releasedTo({ tlp, releasableTo }, owned.owner) };
  const audience = collection === 'zones' ? viewersOfZone : viewersOf;
  const before = audience(subject, label);
  const after = audience(subject, wanted);
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
    return viewersOf({ owned, incident }, own).viewers.includes(viewer);
  };
  return reports.filter(isSeen).length;
}
