import './tray.css';
import { me } from '../api/session.ts';
import { Failure } from '../app/failure.tsx';
import type { Part } from '../app/parts.ts';
import { shell } from '../words/shell.words.ts';
import { told } from './tray.acts.ts';
import { keepDraft, leftDrafts } from './tray.drafts.ts';
import { TrayCard } from './tray.facts.tsx';
import {
  type Group,
  isOverdue,
  isRead,
  items,
  type TrayItem,
  trayFailure,
  waitingCount,
} from './tray.store.ts';
import { said } from './tray.words.ts';

export const trayPart: Part = {
  id: 'tray',
  title: () => said.title(),
  count: () => waitingCount.value,
  isShown: () => me.value !== null,
  Panel: Tray,
};

const GROUPS: readonly Group[] = ['consents', 'decisions', 'owed', 'reactions', 'asked', 'given'];
const MOST = 30;

function Tray() {
  if (!me.value) return <p>{said.signedOut()}</p>;
  const late = items.value.filter(isOverdue);
  const isLate = new Set(late.map(({ key }) => key));
  return (
    <>
      <Failure text={trayFailure.value} />
      <p role="status" class={told.value ? 'told' : 'unseen'}>
        {told.value}
      </p>
      <LeftDrafts />
      <p class="quiet" aria-live="polite">
        {!isRead.value
          ? shell.loading()
          : waitingCount.value === 0
            ? said.empty()
            : said.waiting({ n: waitingCount.value })}
      </p>
      <Section title={said.overdue()} rows={late} />
      {GROUPS.map((group) => (
        <Section
          key={group}
          title={said[group]()}
          rows={items.value.filter((item) => item.group === group && !isLate.has(item.key))}
        />
      ))}
    </>
  );
}

function Section({ title, rows }: { title: string; rows: readonly TrayItem[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="group">
      <h2>
        {title} <span class="quiet">{rows.length}</span>
      </h2>
      <ul class="rows" aria-label={title}>
        {rows.slice(0, MOST).map((item) => (
          <TrayCard key={item.key} item={item} />
        ))}
      </ul>
      {rows.length > MOST && <p class="quiet">{said.more({ n: MOST })}</p>}
    </section>
  );
}

/** What an officer wrote about something that a colleague has settled meanwhile. */
function LeftDrafts() {
  return (
    <>
      {leftDrafts.value.map(([key, { title, text }]) => (
        <div key={key} class="left" role="alert">
          <p>{said.left({ title, text })}</p>
          <button type="button" onClick={() => keepDraft(key, undefined)}>
            {said.discard()}
          </button>
        </div>
      ))}
    </>
  );
}
