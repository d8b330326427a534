import { type Signal, useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { ask } from '../api/request.ts';
import { may, me } from '../api/session.ts';
import { Dialog } from '../app/dialog.tsx';
import { Failure } from '../app/failure.tsx';
import { BASE } from '../app/place.ts';
import { useWrite } from '../app/write.ts';
import { ReportForm, RequestForm, ResponseForm } from './detail.forms.tsx';
import { ReleaseForm } from './detail.release.tsx';
import { type Detail, type FormParts, refreshDetail } from './detail.store.ts';
import { said } from './detail.words.ts';

interface Act {
  name: 'respond' | 'report' | 'request' | 'release';
  operation: string;
  Form: ComponentType<FormParts>;
}

const ACTS: readonly Act[] = [
  { name: 'respond', operation: 'addResponse', Form: ResponseForm },
  { name: 'report', operation: 'addReport', Form: ReportForm },
  { name: 'request', operation: 'addRequest', Form: RequestForm },
  { name: 'release', operation: 'release', Form: ReleaseForm },
];

/** What this reader's roles allow; the service decides about the rest, and says why not. */
export function DetailActs(shown: Detail) {
  const open = useSignal<Act | undefined>(undefined);
  const { isBusy, failure, write } = useWrite();
  const isKnown = shown.acknowledgements.some(({ agency }) => agency === me.value?.agency);
  const acknowledge = () =>
    write(async () => {
      await ask(`/incidents/${shown.id}/acknowledgements`, { method: 'POST' });
      await refreshDetail();
    });
  return (
    <>
      <fieldset class="acts plain" aria-label={said.acts()}>
        {may('acknowledgeIncident') && !isKnown && (
          <button type="button" class="main" disabled={isBusy.value} onClick={() => void acknowledge()}>
            {said.acknowledge()}
          </button>
        )}
        {ACTS.filter(({ operation }) => may(operation)).map((act) => (
          <button key={act.name} type="button" onClick={() => (open.value = act)}>
            {said[act.name]()}
          </button>
        ))}
        <a href={`${BASE}/incidents/${shown.id}.cap`}>{said.cap({ code: 'CAP' })}</a>
      </fieldset>
      <Failure text={failure.value} />
      {open.value && <ActDialog open={open} shown={shown} />}
    </>
  );
}

function ActDialog({ open, shown }: { open: Signal<Act | undefined>; shown: Detail }) {
  const { name, Form } = open.value!;
  const revision = useSignal(shown.incident.properties.revision);
  const close = () => {
    open.value = undefined;
  };
  return (
    <Dialog title={said[name]()} close={close}>
      {shown.incident.properties.revision !== revision.value && (
        <p class="failure" role="status">
          {said.changed()}
        </p>
      )}
      <Form
        shown={shown}
        done={() => {
          close();
          void refreshDetail();
        }}
      />
    </Dialog>
  );
}
