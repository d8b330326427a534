import { effect, signal } from '@preact/signals';
import { may, me } from '../api/session.ts';
import { show } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { addNote, type Entry, shortKey, type WholeShift } from './shift.store.ts';
import { said } from './shift.words.ts';

const ROWS = 100;

/** Typed and not yet taken: kept while the officer looks at something else, and gone when he signs out. */
const drafts = signal<Record<string, string>>({});
effect(() => {
  if (!me.value) drafts.value = {};
});
const keepDraft = (shift: string, text: string) => {
  drafts.value = { ...drafts.value, [shift]: text };
};

export function ShiftLog({ whole: { shift, entries }, isMine }: { whole: WholeShift; isMine: boolean }) {
  const newest = entries.slice(-ROWS).reverse();
  return (
    <section aria-label={said.log()}>
      <h2>{said.log()}</h2>
      {isMine && shift.state === 'open' && may('addShiftEntry') && <NoteForm shift={shift.id} />}
      {newest.length === 0 && <p class="quiet">{said.noEntries()}</p>}
      {entries.length > ROWS && <p class="quiet">{said.newest({ n: ROWS })}</p>}
      <ol class="entries" aria-label={said.log()}>
        {newest.map((entry) => (
          <EntryItem key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function NoteForm({ shift }: { shift: string }) {
  const { isBusy, failure, write } = useWrite();
  return (
    <form
      class="shift-form"
      aria-label={said.note()}
      onSubmit={async (event) => {
        event.preventDefault();
        const done = await write(async () => {
          await addNote(shift, drafts.value[shift] ?? '');
          return true;
        });
        if (done) keepDraft(shift, '');
      }}
    >
      <label>
        {said.note()}
        <textarea
          rows={2}
          required
          maxLength={1000}
          dir="auto"
          aria-describedby="shift-note-note"
          value={drafts.value[shift] ?? ''}
          onInput={({ currentTarget }) => keepDraft(shift, currentTarget.value)}
        />
      </label>
      <p id="shift-note-note" class="quiet">
        {said.noteNote()}
      </p>
      <Failure text={failure.value} />
      <p class="acts">
        <button type="submit" class="main" disabled={isBusy.value}>
          {said.addNote()}
        </button>
      </p>
    </form>
  );
}

/** A note in its words, or what the agency did. */
export function EntryItem({ entry }: { entry: Entry }) {
  const { kind, at, by, text } = entry;
  return (
    <li class={kind}>
      <time dateTime={at}>{momentOf(at)}</time>{' '}
      {kind === 'note' ? <bdi class="said">{text}</bdi> : <Act entry={entry} />}{' '}
      <bdi class="quiet" dir="ltr">
        {shortKey(by)}
      </bdi>
    </li>
  );
}

function Act({ entry: { action, collection, target, rows } }: { entry: Entry }) {
  const words = said.act({
    action: value('action', action ?? ''),
    what: value('collection', collection ?? ''),
  });
  return (
    <span>
      {collection === 'incidents' && target ? (
        <button type="button" class="link" onClick={() => show({ incident: target })}>
          {words}
        </button>
      ) : (
        words
      )}
      {rows !== null && rows > 1 && <bdi dir="ltr"> × {rows}</bdi>}
    </span>
  );
}
