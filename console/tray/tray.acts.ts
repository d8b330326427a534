import { signal } from '@preact/signals';
import { ask } from '../api/request.ts';
import { may } from '../api/session.ts';
import { clockOf } from '../words/time.ts';
import { refreshAll, type TrayItem } from './tray.store.ts';
import { said } from './tray.words.ts';

export interface Act {
  id: string;
  label: () => string;
  look?: 'main';
  /** The text beside it: none, one that may stay empty, or one that the others need. */
  text?: { label: () => string; isNeeded: boolean };
  send: (text: string | undefined) => Promise<unknown>;
}

const reason = { label: () => said.reason(), isNeeded: true };
const note = { label: () => said.note(), isNeeded: false };

const post = (path: string, body: object) => ask(path, { method: 'POST', body });

/** What the officer may do about an item. */
export function actsOf(item: TrayItem): Act[] {
  if (item.kind === 'zone') return zoneActs(item.row.id, item.row.properties.revision);
  if (item.kind === 'proposal') return proposalActs(item.row.id, item.group === 'given');
  if (item.kind === 'request') return requestActs(item.row.id, item.group === 'asked');
  if (item.kind === 'reaction') return reactionActs(item.row.id);
  return assessmentActs(item.row.id);
}

function zoneActs(id: string, revision: number): Act[] {
  if (!may('addZoneConsent')) return [];
  const decide = (decision: string) => (reason?: string) =>
    post(`/zones/${encodeURIComponent(id)}/consents`, { decision, revision, reason });
  return [
    { id: 'approve', label: said.approve, look: 'main', text: note, send: decide('approve') },
    { id: 'reject', label: said.refuse, text: reason, send: decide('reject') },
  ];
}

function proposalActs(id: string, isGiven: boolean): Act[] {
  if (!may('addProposalConsent')) return [];
  const decide = (decision: string) => (reason?: string) =>
    post(`/proposals/${id}/consents`, { decision, reason });
  if (isGiven) return [{ id: 'withdraw', label: said.withdraw, text: reason, send: decide('withdraw') }];
  return [
    { id: 'approve', label: said.approve, look: 'main', text: note, send: decide('approve') },
    { id: 'refuse', label: said.refuse, text: reason, send: decide('refuse') },
  ];
}

function requestActs(id: string, isOwn: boolean): Act[] {
  if (!may('changeRequest')) return [];
  const change = (state: string) => (answer?: string) =>
    ask(`/requests/${id}`, { method: 'PATCH', body: { state, answer } });
  if (isOwn) return [{ id: 'withdraw', label: said.withdraw, send: change('withdrawn') }];
  return [
    { id: 'accept', label: said.accept, look: 'main', text: note, send: change('accepted') },
    {
      id: 'answer',
      label: said.answer,
      text: { label: said.answerText, isNeeded: true },
      send: change('fulfilled'),
    },
    { id: 'decline', label: said.refuse, text: reason, send: change('declined') },
  ];
}

function reactionActs(id: string): Act[] {
  if (!may('completeReaction')) return [];
  const send = (note?: string) => post(`/reactions/${id}/completion`, { note });
  return [{ id: 'done', label: said.done, look: 'main', text: note, send }];
}

function assessmentActs(id: string): Act[] {
  const decide = (decision: string) => (reason?: string) =>
    post(`/assessments/${id}/decision`, { decision, reason });
  return [
    { id: 'assess', label: said.assess, look: 'main', text: note, send: decide('assess') },
    { id: 'decline', label: said.decline, text: reason, send: decide('decline') },
  ];
}

/** What the service has recorded last. */
export const told = signal('');

/** Called after the answer of the service to an act: says so, and reads what waits now. */
export async function tellDone(act: Act, title: string): Promise<void> {
  told.value = said.told({ at: clockOf(Date.now()), act: act.label(), title });
  await refreshAll();
}
