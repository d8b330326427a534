import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { shell } from '../words/shell.words.ts';

interface DialogParts {
  title: string;
  close: () => void;
  children: ComponentChildren;
}

/** A modal dialog: focus stays in it, Escape closes it, and focus returns to where it was. */
export function Dialog({ title, close, children }: DialogParts) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const dialog = element.current!;
    dialog.showModal();
    // the first field, not the button that closes
    dialog.querySelector<HTMLElement>('form :is(input, select, textarea)')?.focus();
    return () => {
      // all but an open dialog is inert, also while it is taken out of the page
      dialog.close();
      before?.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClose={() => element.current && close()}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" onClick={close}>
          {shell.close()}
        </button>
      </div>
      {children}
    </dialog>
  );
}
