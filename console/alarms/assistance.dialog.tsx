import { useSignal } from '@preact/signals';
import { valuesOf } from '../../src/core/vocabulary.ts';
import { ask } from '../api/request.ts';
import { Dialog } from '../app/dialog.tsx';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { value } from '../words/values.ts';
import { type Notice, refreshNotices } from './distress.store.ts';
import { said } from './distress.words.ts';

/** The second of two clicks: what the agency of the reader does, or did. */
export function AssistanceDialog({ notice, close }: { notice: Notice; close: () => void }) {
  const { isBusy, failure, write } = useWrite();
  const helped = useSignal('');
  async function record(body: { state: string; outcome?: string }): Promise<void> {
    const counts = helped.value === '' ? {} : { counts: { best: Number(helped.value) } };
    const path = `/distress/${notice.id}/assistance`;
    const done = await write(() => ask(path, { method: 'POST', body: { ...body, ...counts } }));
    if (!done) return;
    await refreshNotices();
    close();
  }
  return (
    <Dialog title={said.record()} close={close}>
      <div class="assistance">
        <button
          type="button"
          class="main"
          disabled={isBusy.value}
          onClick={() => record({ state: 'under_way' })}
        >
          {value('assistanceState', 'under_way')}
        </button>
        <fieldset>
          <legend>{said.outcomes()}</legend>
          {valuesOf('outcome').map((outcome) => (
            <button
              key={outcome}
              type="button"
              disabled={isBusy.value}
              onClick={() => record({ state: 'given', outcome })}
            >
              {value('outcome', outcome)}
            </button>
          ))}
        </fieldset>
        <label>
          {said.helped()}
          <input
            type="number"
            min="0"
            max="100000"
            dir="ltr"
            value={helped.value}
            onInput={({ currentTarget }) => (helped.value = currentTarget.value)}
          />
        </label>
        <p class="quiet">{said.recordNote()}</p>
        <Failure text={failure.value} />
      </div>
    </Dialog>
  );
}
