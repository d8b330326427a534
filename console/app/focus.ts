/** Parts of the screen in which the focus stays when what had it is gone. */
const BLOCKS = '.panel, .detail, .alarms, .distress, .unsent, .time, .map-tools, .top, dialog';
const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

interface Focused {
  element: HTMLElement;
  /** From the parent upwards: what is taken out of the page has no parent any more. */
  ancestors: Element[];
}

let last: Focused | undefined;
const earlier: HTMLElement[] = [];
const MOST_EARLIER = 20;

/** Keeps the focus when a row vanishes, when a panel changes, and while a button waits for its answer. */
export function keepFocus(): void {
  addEventListener('focusin', ({ target }) => note(target as HTMLElement));
  // whoever presses beside all controls wants no focus
  addEventListener(
    'pointerdown',
    () => {
      last = undefined;
    },
    true,
  );
  new MutationObserver(restore).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['disabled'],
  });
}

function note(element: HTMLElement): void {
  if (last) earlier.push(last.element);
  if (earlier.length > MOST_EARLIER) earlier.shift();
  const ancestors: Element[] = [];
  for (let one = element.parentElement; one; one = one.parentElement) ancestors.push(one);
  last = { element, ancestors };
}

function restore(records: MutationRecord[]): void {
  if (!last || (document.activeElement && document.activeElement !== document.body)) return;
  const { element } = last;
  if (element.isConnected) {
    if (isReady(element)) element.focus();
    return;
  }
  const next = successorOf(last, records);
  if (next) next.focus();
  else document.getElementById('panel')?.focus({ preventScroll: true });
}

const isReady = (one: HTMLElement): boolean => !one.matches(':disabled') && one.checkVisibility();
const controlsIn = (one: Element): HTMLElement[] =>
  [...one.querySelectorAll<HTMLElement>(CONTROLS)].filter(isReady);

/** The opener of what was closed, else the next control of the list, else that of the block. */
function successorOf({ element, ancestors }: Focused, records: MutationRecord[]): HTMLElement | undefined {
  const index = ancestors.findIndex(({ isConnected }) => isConnected);
  const parent = ancestors[index];
  const block = parent?.closest<HTMLElement>(BLOCKS);
  if (!parent || !block || parent.id === 'panel') return undefined;
  const lost = ancestors[index - 1] ?? element;
  if (lost.matches('form, dialog')) {
    const opener = earlier.findLast((one) => parent.contains(one) && isReady(one));
    if (opener) return opener;
  }
  const next = records.find(({ removedNodes }) => [...removedNodes].includes(lost))?.nextSibling;
  const near = parent.matches('body, main') ? [] : controlsIn(parent);
  return (
    near.find((one) => next && isAtOrAfter(one, next)) ??
    near.at(-1) ??
    controlsIn(block).find((one) => isAtOrAfter(one, parent)) ??
    controlsIn(block).at(-1)
  );
}

const isAtOrAfter = (one: Node, other: Node): boolean =>
  other.contains(one) || Boolean(other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
