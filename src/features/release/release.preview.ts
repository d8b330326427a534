import type { CountryCode } from '../../core/caller.ts';
import { audienceOf, type Label, releasedTo, VIEWERS, type Viewer } from '../label.audience.ts';
import type { ReleasePreview, ReleaseRequest } from './release.schema.ts';
import {
  type CurrentRevision,
  type LabelledProperties,
  labelledOf,
  type ReleaseAnswer,
  type ReleaseSubject,
} from './release.subject.ts';

interface Audience {
  viewers: readonly Viewer[];
  agencyAlone: string | null;
}

/** The viewers of an incident or report under a label, and for RED the only agency. */
function viewersOf({ owned, incident }: Pick<ReleaseSubject, 'owned' | 'incident'>, label: Label): Audience {
  const isRed = label.tlp === 'RED';
  const own = audienceOf(label, owned.owner);
  if (!incident) return { viewers: own, agencyAlone: isRed ? owned.agency : null };

  // a report needs both its own and the incident's audience; the incident's owner sees all except RED
  const around = audienceOf(incident, incident.owner!);
  const sees = (viewer: Viewer) => own.includes(viewer) || (!isRed && viewer === incident.owner);
  return {
    viewers: around.filter(sees),
    agencyAlone: isRed || incident.tlp === 'RED' ? (isRed ? owned : incident).agency : null,
  };
}

/** The label of a zone applies once a revision is agreed; participants see proposals in any case. */
function seesRevision(
  viewer: Viewer,
  { isReleased, answer }: CurrentRevision,
  { owner, label }: { owner: CountryCode; label: Label },
): boolean {
  const { state, participants = [] } = labelledOf(answer);
  if (label.tlp === 'RED') return false;
  if (viewer === owner) return true;
  if (state !== 'draft' && participants.some((country) => country === viewer)) return true;
  return isReleased && audienceOf(label, owner).includes(viewer);
}

/** The answer for each viewer under a label, before the label is set in it; undefined for 404. */
function answersWith(subject: ReleaseSubject, label: Label): (viewer: Viewer) => ReleaseAnswer | undefined {
  const { owned, answer, revisions } = subject;
  if (revisions)
    return (viewer) =>
      revisions.find((revision) => seesRevision(viewer, revision, { owner: owned.owner, label }))?.answer;
  const { viewers } = viewersOf(subject, label);
  return (viewer) => (viewers.includes(viewer) ? answer : undefined);
}

export function previewOf(
  subject: ReleaseSubject,
  { collection, id, tlp, releasableTo }: ReleaseRequest,
): ReleasePreview {
  const { owned, label } = subject;
  const wanted: Label = { tlp, releasableTo: releasedTo({ tlp, releasableTo }, owned.owner) };
  const before = answersWith(subject, label);
  const after = answersWith(subject, wanted);
  return {
    collection,
    id,
    ...owned,
    now: {
      tlp: label.tlp,
      releasableTo: [...label.releasableTo],
      agencyAlone: viewersOf(subject, label).agencyAlone,
    },
    after: {
      tlp,
      releasableTo: [...wanted.releasableTo],
      agencyAlone: viewersOf(subject, wanted).agencyAlone,
    },
    viewers: VIEWERS.map((viewer) => {
      const answer = after(viewer);
      return {
        viewer,
        seesNow: before(viewer) !== undefined,
        seesAfter: answer !== undefined,
        answer: answer ? (relabelled(answer, viewer, subject, wanted) as never) : null,
        reports: countReports(viewer, subject, wanted),
      };
    }),
  };
}

function relabelled(
  answer: ReleaseAnswer,
  viewer: Viewer,
  { zoneViewers }: ReleaseSubject,
  wanted: Label,
): ReleaseAnswer {
  const label = labelledOf(answer);
  const changed = {
    ...label,
    ...wanted,
    ...(label.zones && { zones: label.zones.filter((id) => zoneViewers.get(id)?.includes(viewer)) }),
    ...(label.followsIncident !== undefined && { followsIncident: false }),
  };
  return answer.properties ? { ...answer, properties: changed } : { ...changed };
}

function countReports(viewer: Viewer, { label, reports }: ReleaseSubject, wanted: Label): number | null {
  if (!reports) return null;
  const incident = { ...label, ...wanted };
  const isSeen = (report: LabelledProperties) => {
    const owned = { owner: report.owner!, agency: report.agency };
    const own = report.followsIncident ? wanted : report;
    return viewersOf({ owned, incident }, own).viewers.includes(viewer);
  };
  return reports.filter(isSeen).length;
}
