import { computed, effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { Proposal } from '../../src/features/consents/proposal.schema.ts';
import type { SupportRequest } from '../../src/features/coordination/request.schema.ts';
import type { Assessment } from '../../src/features/impact/impact.schema.ts';
import type { Reaction } from '../../src/features/impact/reaction.schema.ts';
import type { Zone } from '../../src/features/zones/zone.answer.ts';
import { onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { may, me } from '../api/session.ts';
import { together } from '../api/together.ts';
import { refusalText } from '../app/write.ts';
import { now } from '../words/time.ts';

export type ProposalRow = z.output<typeof Proposal>;
export type RequestRow = z.output<typeof SupportRequest>;
export type AssessmentRow = z.output<typeof Assessment>;
export type ReactionRow = z.output<typeof Reaction>;
export type ZoneRow = z.output<typeof Zone>;

export type Group = 'consents' | 'decisions' | 'owed' | 'reactions' | 'asked' | 'given';

/** What waits, with the row that the service answered. */
export type TrayItem = { key: string; group: Group; dueAt: string | null; since: string } & (
  | { kind: 'zone'; row: ZoneRow }
  | { kind: 'proposal'; row: ProposalRow }
  | { kind: 'request'; row: RequestRow }
  | { kind: 'reaction'; row: ReactionRow }
  | { kind: 'assessment'; row: AssessmentRow }
);

const PAGE = 100;
const DAY_MS = 24 * 3_600_000;

/** Each question to the service, what it answers, and the collections whose changes ask it again. */
const QUESTIONS = {
  consents: { read: readConsents, of: ['zones', 'proposals'] },
  given: { read: readGiven, of: ['proposals'] },
  requests: { read: readRequests, of: ['requests'] },
  reactions: { read: readReactions, of: ['reactions'] },
  decisions: { read: readDecisions, of: ['assessments'] },
} as const;
type Question = keyof typeof QUESTIONS;

const answers = signal<Partial<Record<Question, TrayItem[]>>>({});
export const trayFailure = signal('');
/** Whether everything was read at least once for whoever is signed in. */
export const isRead = computed(() => Object.keys(answers.value).length === Object.keys(QUESTIONS).length);

export const items = computed(() =>
  Object.values(answers.value)
    .flat()
    .filter((item) => item.kind !== 'reaction' || isSoon(item.row.dueAt))
    .sort(byUrgency),
);

/** A proposal past its time is no longer open. */
export const isOverdue = ({ dueAt, kind }: TrayItem): boolean =>
  kind !== 'proposal' && dueAt !== null && Date.parse(dueAt) <= now.value;
const isSoon = (dueAt: string): boolean => Date.parse(dueAt) <= now.value + DAY_MS;

/** What the officer or his agency is to do; what others owe is not counted. */
export const waitingCount = computed(
  () =>
    items.value.filter(
      (item) =>
        ['consents', 'decisions', 'owed'].includes(item.group) ||
        (item.group === 'reactions' && isOverdue(item)),
    ).length,
);

const byUrgency = (a: TrayItem, b: TrayItem): number =>
  (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || a.since.localeCompare(b.since);

interface Waiting {
  features: ZoneRow[];
  proposals: ProposalRow[];
}

async function readConsents(): Promise<TrayItem[]> {
  if (!may('listWaitingConsents')) return [];
  const { features, proposals } = await read<Waiting>('/consents/waiting', { limit: PAGE });
  const zones = features.map(
    (row): TrayItem => ({
      key: `zone/${row.id}/${row.properties.revision}`,
      group: 'consents',
      kind: 'zone',
      dueAt: null,
      since: row.properties.proposedAt ?? row.properties.updatedAt,
      row,
    }),
  );
  return [...zones, ...proposals.map((row) => proposalItem(row, 'consents'))];
}

const proposalItem = (row: ProposalRow, group: Group): TrayItem => ({
  key: `proposal/${row.id}`,
  group,
  kind: 'proposal',
  dueAt: row.openUntil,
  since: row.proposedAt,
  row,
});

/** Approved by the own country, and still to be taken back. */
async function readGiven(): Promise<TrayItem[]> {
  if (!may('addProposalConsent')) return [];
  const { proposals } = await read<{ proposals: ProposalRow[] }>('/proposals', {
    state: 'proposed',
    limit: PAGE,
  });
  const { country } = me.value!;
  return proposals
    .filter(({ awaiting, participants }) => participants.includes(country) && !awaiting.includes(country))
    .map((row) => proposalItem(row, 'given'));
}

async function readRequests(): Promise<TrayItem[]> {
  const { requests } = await read<{ requests: RequestRow[] }>('/requests', {
    state: 'open,accepted',
    limit: PAGE,
  });
  const { agency, country } = me.value!;
  const groupOf = ({ agency: from, to }: RequestRow): Group | undefined => {
    if (from === agency) return 'asked';
    return to.includes(agency) || to.includes(country) ? 'owed' : undefined;
  };
  return requests.flatMap((row): TrayItem[] => {
    const group = groupOf(row);
    const { id, dueAt, createdAt } = row;
    return group ? [{ key: `request/${id}`, group, kind: 'request', dueAt, since: createdAt, row }] : [];
  });
}

async function readReactions(): Promise<TrayItem[]> {
  const { country } = me.value!;
  const { reactions } = await read<{ reactions: ReactionRow[] }>('/reactions', {
    country,
    state: 'open',
    limit: PAGE,
  });
  return reactions.map((row) => ({
    key: `reaction/${row.id}`,
    group: 'reactions',
    kind: 'reaction',
    dueAt: row.dueAt,
    since: row.updatedAt,
    row,
  }));
}

async function readDecisions(): Promise<TrayItem[]> {
  if (!may('decideAssessment')) return [];
  const { country } = me.value!;
  const { assessments } = await read<{ assessments: AssessmentRow[] }>('/assessments', {
    country,
    state: 'proposed',
    limit: PAGE,
  });
  return assessments.map((row) => ({
    key: `assessment/${row.id}`,
    group: 'decisions',
    kind: 'assessment',
    dueAt: null,
    since: row.createdAt,
    row,
  }));
}

const asks = new Map<Question, number>();

async function refresh(question: Question): Promise<void> {
  const asking = me.value;
  if (!asking) return;
  const turn = (asks.get(question) ?? 0) + 1;
  asks.set(question, turn);
  // a later question is under way, or somebody else is signed in
  const isStale = () => asks.get(question) !== turn || me.value !== asking;
  try {
    const answer = await QUESTIONS[question].read();
    if (isStale()) return;
    answers.value = { ...answers.value, [question]: answer };
    trayFailure.value = '';
  } catch (error) {
    if (!isStale()) trayFailure.value = refusalText(error);
  }
}

const ALL = Object.keys(QUESTIONS) as Question[];
const soon = ALL.map((question) => ({
  of: QUESTIONS[question].of as readonly string[],
  refresh: together(() => refresh(question), 100),
}));

/** After a write: what the service says now. */
export const refreshAll = async (): Promise<void> => void (await Promise.all(ALL.map(refresh)));

onReset(() => void refreshAll());
onChange(({ collection }) => {
  for (const { of, refresh } of soon) if (of.includes(collection)) refresh();
});
effect(() => {
  void me.value;
  answers.value = {};
});
