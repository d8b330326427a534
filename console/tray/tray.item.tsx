import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { shell } from '../words/shell.words.ts';
import { agoOf, momentOf } from '../words/time.ts';
import { type Act, actsOf, tellDone } from './tray.acts.ts';
import { drafts, keepDraft } from './tray.drafts.ts';
import { isOverdue, type TrayItem } from './tray.store.ts';
import { said } from './tray.words.ts';

interface ItemParts {
  item: TrayItem;
  title: string;
  /** What it is, as a word before the title. */
  sort: string;
  children: ComponentChildren;
}

/** One thing that waits, and what may be done about it, in place. */
export function ItemCard({ item, title, sort, children }: ItemParts) {
  const id = useId();
  const draft = drafts.value.get(item.key);
  const acts = actsOf(item);
  const act = acts.find((one) => one.id === draft?.act);
  const isLate = isOverdue(item);
  return (
    <li class={`waiting ${isLate ? 'overdue' : ''}`} aria-labelledby={id}>
      <p class="sort">
        <span class="quiet">{sort}</span>
        {isLate && <span class="badge severe">{said.overdue()}</span>}
      </p>
      <h3 id={id}>
        <bdi>{title}</bdi>
      </h3>
      <DueTime item={item} isLate={isLate} />
      {children}
      {acts.length > 0 && (
        <p class="acts">
          {acts.map((one) => (
            <button
              key={one.id}
              type="button"
              class={one.look}
              aria-describedby={id}
              aria-expanded={one.id === act?.id}
              onClick={() => keepDraft(item.key, toggled(one, title, draft))}
            >
              {one.label()}
            </button>
          ))}
        </p>
      )}
      {act && <ActForm key={act.id} act={act} itemKey={item.key} title={title} />}
    </li>
  );
}

// another act keeps what was written; the same one closes the form
const toggled = (act: Act, title: string, draft: { act: string; text: string } | undefined) =>
  draft?.act === act.id ? undefined : { act: act.id, title, text: draft?.text ?? '' };

function DueTime({ item: { dueAt, since }, isLate }: { item: TrayItem; isLate: boolean }) {
  const at = dueAt ?? since;
  const told = { at: momentOf(at), ago: agoOf(at) };
  const text = !dueAt ? said.proposedAt(told) : isLate ? said.overdueSince(told) : said.dueAt(told);
  return (
    <time class={isLate ? 'late' : 'quiet'} dateTime={at}>
      {text}
    </time>
  );
}

function ActForm({ act, itemKey, title }: { act: Act; itemKey: string; title: string }) {
  const { isBusy, failure, write } = useWrite();
  const text = drafts.value.get(itemKey)?.text ?? '';
  const close = () => keepDraft(itemKey, undefined);
  const send = async () => {
    if (act.text?.isNeeded && text.trim() === '') {
      failure.value = said.missing();
      return;
    }
    const isDone = await write(async () => {
      await act.send(text.trim() || undefined);
      return true;
    });
    if (!isDone) return;
    close();
    await tellDone(act, title);
  };
  return (
    <form
      class="act"
      aria-label={act.label()}
      noValidate
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {act.text && (
        <label>
          {act.text.label()}
          <textarea
            rows={2}
            maxLength={500}
            dir="auto"
            aria-required={act.text.isNeeded}
            value={text}
            onInput={({ currentTarget }) =>
              keepDraft(itemKey, { act: act.id, title, text: currentTarget.value })
            }
          />
        </label>
      )}
      <Failure text={failure.value} />
      <p class="acts">
        <button type="submit" class="main" disabled={isBusy.value}>
          {said.confirm()}
        </button>
        <button type="button" onClick={close}>
          {shell.cancel()}
        </button>
      </p>
    </form>
  );
}
