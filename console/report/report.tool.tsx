import { signal } from '@preact/signals';
import { may } from '../api/session.ts';
import { show, view } from '../app/address.ts';
import { Dialog } from '../app/dialog.tsx';
import { change } from './report.draft.ts';
import { severityOfKey } from './report.fields.tsx';
import { confirmedAt } from './report.panel.tsx';
import { said } from './report.words.ts';

const isHelpOpen = signal(false);

export const mayReport = (): boolean => may('putIncident');

function openReport(): void {
  confirmedAt.value = 0;
  show({ part: 'report' }, { isStep: true });
}

/** In the header: the button of the report, and that of the keys. */
export function ReportTool() {
  return (
    <>
      {mayReport() && (
        <button type="button" class="main" aria-keyshortcuts="N" onClick={openReport}>
          {said.open()}
        </button>
      )}
      <button type="button" aria-keyshortcuts="?" onClick={() => (isHelpOpen.value = true)}>
        {said.keys()}
      </button>
      {isHelpOpen.value && <KeysHelp />}
    </>
  );
}

function KeysHelp() {
  const keys: [string, string][] = [
    ['N', said.keyReport()],
    ['1 2 3 4', said.keySeverity()],
    ['?', said.keyHelp()],
    ['Esc', said.keyEscape()],
  ];
  return (
    <Dialog title={said.keysTitle()} close={() => (isHelpOpen.value = false)}>
      <dl class="facts">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd dir="ltr">{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{said.keyNote()}</p>
    </Dialog>
  );
}

/** Keys of one letter, while nobody types and no dialog is open. */
export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const severity = view.value.part === 'report' ? severityOfKey(event.key) : undefined;
    if (severity) change({ severity });
    else if (event.key === '?') isHelpOpen.value = true;
    // by the place of the key too, because an Arabic keyboard has another letter there
    else if ((event.key.toLowerCase() === 'n' || event.code === 'KeyN') && mayReport()) openReport();
    else return;
    event.preventDefault();
  });
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]') !== null;
