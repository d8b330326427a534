import { type Caller, COUNTRY_CODES, type CountryCode, ROLES } from '../../src/core/caller.ts';
import { mayDraft, maySee, maySeeReport, maySeeZone } from '../support/audience.oracle.ts';
import { ANYBODY, type NamedCaller, VIEWERS } from '../support/callers.ts';
import type { Thing } from '../support/label.world.ts';
import { type May, mayConsent, maySeeStrict, NOWHERE } from './questions.ts';
import type { MatrixWorld, Reading, ReadRow, WriteRow, Writing } from './row.ts';

interface Label {
  tlp: string;
  releasableTo: CountryCode[];
}
const GREEN: Label = { tlp: 'GREEN', releasableTo: [] };
const STRICT: Label = { tlp: 'AMBER+STRICT', releasableTo: [] };
const RED: Label = { tlp: 'RED', releasableTo: [] };

/** What has a label, who sees it, and who would with another one. */
interface Subject {
  collection: 'incidents' | 'reports' | 'zones';
  of: 'incident' | 'strictReport' | 'zone' | 'proposal' | 'draft';
  may: May;
  sees(caller: Caller, thing: Thing, label: Label): boolean;
}
const SUBJECTS: Subject[] = [
  {
    collection: 'incidents',
    of: 'incident',
    may: maySee,
    sees: (caller, thing, label) => maySee(caller, { ...thing, ...label }),
  },
  {
    collection: 'reports',
    of: 'strictReport',
    may: maySeeStrict,
    sees: (caller, thing, { tlp, releasableTo }) =>
      maySeeReport(caller, { ...thing, releasableTo, ownTlp: tlp, incident: thing }),
  },
  {
    collection: 'zones',
    of: 'zone',
    may: maySeeZone,
    sees: (caller, thing, label) => maySeeZone(caller, { ...thing, ...label }),
  },
  {
    collection: 'zones',
    of: 'proposal',
    may: mayConsent,
    sees: (caller, thing, label) => mayConsent(caller as NamedCaller, { ...thing, ...label }),
  },
  {
    collection: 'zones',
    of: 'draft',
    may: mayDraft,
    sees: (caller, thing, label) => mayDraft(caller, { ...thing, ...label }),
  },
];

const labelOf = ({ of }: Subject, { tlp, releasableTo }: Thing): Label =>
  of === 'strictReport' ? STRICT : { tlp, releasableTo };
const asked = ({ collection }: Subject, label: Label, id: string) => ({ collection, id, ...label });

const isCoordinatorOf = ({ country, roles }: Caller, owner: CountryCode): boolean =>
  country === owner && roles.includes('coordinator');

/** Somebody sees it who did not: for coordinators of the owner country; all else also for the owning agency. */
export function mayRelabel(caller: Caller, { owner, agency }: Thing, was: Label, label: Label): boolean {
  if (was.tlp === label.tlp && was.releasableTo.join() === label.releasableTo.join()) return true;
  const sees = (viewer: Caller, one: Label) => maySee(viewer, { owner, agency, ...one });
  const isWider = VIEWERS.some((viewer) => sees(viewer, label) && !sees(viewer, was));
  return isCoordinatorOf(caller, owner) || (!isWider && caller.agency === agency);
}

/** As their countries see it, whatever their agency. */
const COUNTRIES: [string, Caller][] = [
  ['public', ANYBODY],
  ...COUNTRY_CODES.map((country): [string, Caller] => [country, { country, agency: 'another', roles: [] }]),
];

export function releaseReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const preview = (subject: Subject, label: Label, thing: Thing): Reading => ({
    path: '/release/preview',
    method: 'post',
    body: () => asked(subject, label, thing[subject.of]),
    bodyOfMissing: () => asked(subject, label, NOWHERE.incident),
    tells: ({ viewers }) =>
      viewers.map(({ viewer, seesNow, seesAfter }: Record<string, unknown>) => [viewer, seesNow, seesAfter]),
    sees: (caller) =>
      subject.may(caller, thing) && isCoordinatorOf(caller, thing.owner)
        ? COUNTRIES.map(([viewer, as]) => [
            viewer,
            subject.sees(as, thing, labelOf(subject, thing)),
            subject.sees(as, thing, label),
          ])
        : undefined,
    hidden: (caller) => (subject.may(caller, thing) ? 403 : 404),
  });
  const previews = (subject: Subject, label: Label, thing: Thing): Reading => {
    const single = preview(subject, label, thing);
    return {
      ...single,
      path: '/releases/preview',
      body: () => ({ releases: [asked(subject, label, thing[subject.of])] }),
      bodyOfMissing: () => ({ releases: [asked(subject, label, NOWHERE.incident)] }),
      tells: ({ previews: [one] }) => single.tells(one),
      hidden: 422,
    };
  };
  return {
    previewRelease: {
      roles: ['coordinator'],
      readings: SUBJECTS.flatMap((subject) =>
        [GREEN, STRICT].flatMap((label) => things.map((thing) => preview(subject, label, thing))),
      ),
    },
    previewReleases: {
      roles: ['coordinator'],
      readings: SUBJECTS.flatMap((subject) => things.map((thing) => previews(subject, GREEN, thing))),
    },
  };
}

export function releaseWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  const writing = (subject: Subject, label: Label, thing: Thing): Writing => ({
    path: '/release',
    method: 'post',
    body: () => asked(subject, label, thing[subject.of]),
    bodyOfMissing: () => asked(subject, label, NOWHERE.incident),
    status: (caller) => {
      if (!subject.may(caller, thing)) return 404;
      const hides = subject.collection === 'zones' && label === RED;
      if (hides && partiesOf(subject, caller, thing).length > 1) return 422;
      return mayRelabel(caller, thing, labelOf(subject, thing), label) ? 200 : 403;
    },
  });
  const inList = (one: Writing): Writing => ({
    ...one,
    path: '/releases',
    body: (caller) => ({ releases: [one.body!(caller)] }),
    bodyOfMissing: (caller) => ({ releases: [one.bodyOfMissing!(caller)] }),
    status: (caller) => (one.status(caller) === 200 ? 200 : 422),
  });
  return {
    releaseMany: {
      roles: ROLES,
      writings: SUBJECTS.flatMap((subject) => things.map((thing) => inList(writing(subject, GREEN, thing)))),
    },
    release: {
      roles: ROLES,
      writings: SUBJECTS.flatMap((subject) =>
        [GREEN, STRICT, RED].flatMap((label) => things.map((thing) => writing(subject, label, thing))),
      ),
    },
  };
}

/** The participants that the caller sees. */
const partiesOf = ({ of }: Subject, caller: NamedCaller, thing: Thing): CountryCode[] =>
  of !== 'zone' || mayConsent(caller, thing) ? thing.participants : thing.agreedBy;
