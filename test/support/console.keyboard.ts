import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** What people act on, as the accessibility tree calls it. */
const CONTROLS = new Set([
  'button',
  'checkbox',
  'combobox',
  'DisclosureTriangle',
  'Date',
  'DateTime',
  'InputTime',
  'link',
  'menuitem',
  'option',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
]);
const WITHOUT_A_STOP = new Set(['option']);

interface Stop {
  name: string;
  /** Of the element's own marks: the same before and after. */
  id: number;
  isMarked: boolean;
  isHidden: boolean;
}
interface Box {
  id: number;
  /** What it stands in: only controls of one block have an order that eyes see. */
  block: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Walk {
  stops: Stop[];
  /** Controls of the accessibility tree that Tab did not reach. */
  missed: string[];
  /** Reached more than once before the page ended. */
  repeated: string[];
  /** Reached without a mark that can be seen. */
  unmarked: string[];
  /** Reached while something else lies over them. */
  covered: string[];
  /** Reached against the reading order: from one to another. */
  astray: string[];
}

/**
 * Presses Tab from the first control of the page, or from that of the open dialog which has the focus, until it is there
 * again, and compares with the accessibility tree.
 */
export async function walkThrough(page: Page, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Walk> {
  const expected = await controlsOf(page);
  if ((await page.locator('dialog[open]').count()) === 0) await page.locator('.skip').focus();
  const round: Stop[] = [];
  const most = expected.length * 8 + 20; // a field for a moment has seven stops of its own
  for (let step = 0; step < most; step++) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(stopNow);
    if (stop?.id === round[0]?.id && round.length > 1) break;
    // after the last control the browser has the focus
    if (stop && stop.id !== round.at(-1)?.id) round.push(stop);
  }
  const first = round.findIndex(({ id }) => id === expected[0]?.id);
  const stops = [...round.slice(first), ...round.slice(0, first)];
  const reached = stops.map(({ id }) => id);
  const names = (some: Stop[]) => some.map(({ name }) => name);
  return {
    stops,
    missed: expected.filter(({ id }) => !reached.includes(id)).map(({ name }) => name),
    repeated: names(stops.filter(({ id }, i) => reached.indexOf(id) !== i)),
    unmarked: names(stops.filter(({ isMarked }) => !isMarked)),
    covered: names(stops.filter(({ isHidden }) => isHidden)),
    astray: key === 'Tab' ? await astrayOf(page, stops) : [],
  };
}

/** In one block, the next control is further down, or further on in the same line. */
async function astrayOf(page: Page, stops: readonly Stop[]): Promise<string[]> {
  // all at one moment, since clocks and answers change the lines
  const { boxes, isRightToLeft } = await page.evaluate(boxesNow);
  const boxOf = ({ id }: Stop) => boxes.find((box) => box.id === id);
  return stops.slice(1).flatMap((next, i) => {
    const [a, b] = [boxOf(stops[i]!), boxOf(next)];
    if (!a || !b || a.block !== b.block) return [];
    const isBelow = b.top + b.bottom > a.top + a.bottom + 8;
    const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const isSameLine = overlap > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
    const isOn = isRightToLeft ? b.right <= a.left + 4 : b.left >= a.right - 4;
    return isBelow || (isSameLine && isOn) ? [] : [`${stops[i]!.name} → ${next.name}`];
  });
}

/** In the page. */
function boxesNow(): { boxes: Box[]; isRightToLeft: boolean } {
  const { controlIds } = window as unknown as { controlIds: Map<Element, number> };
  const blocks = [
    ...document.querySelectorAll('dialog, section, aside, nav, search, fieldset, header, form, #map'),
  ];
  const boxes = [...controlIds].map(([element, id]) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { id, block: blocks.findLastIndex((one) => one.contains(element)), left, right, top, bottom };
  });
  return { boxes, isRightToLeft: document.dir === 'rtl' };
}

/** In the page: where the focus is, and whether that can be seen. */
function stopNow(): Stop | undefined {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const rect = element.getBoundingClientRect();
  const { left, right, top, bottom } = rect;
  const hit = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, (left + right) / 2)),
    Math.min(innerHeight - 1, Math.max(0, (top + bottom) / 2)),
  );
  const label = element.closest('label') ?? element;
  const marks = window as unknown as { controlIds: Map<Element, number> };
  if (!marks.controlIds.has(element)) marks.controlIds.set(element, marks.controlIds.size);
  const isOutside = bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth;
  const clip = element
    .closest('.panel, .detail, .map-sheet, .distress, .alarms, dialog')
    ?.getBoundingClientRect();
  const isClipped = clip !== undefined && (bottom <= clip.top || top >= clip.bottom);
  return {
    name: `${element.tagName.toLowerCase()} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60) || element.getAttribute('name') || element.className}`,
    id: marks.controlIds.get(element)!,
    isMarked: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && outlineColor !== 'rgba(0, 0, 0, 0)',
    isHidden: isOutside || isClipped || !(hit && (label.contains(hit) || hit.contains(element))),
  };
}

interface TreeNode {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  backendDOMNodeId?: number;
  properties?: { name: string; value: { value: unknown } }[];
}

/** The enabled controls of the accessibility tree; of a group of radio buttons one. */
async function controlsOf(page: Page): Promise<{ id: number; name: string }[]> {
  const client = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    (window as unknown as { controlIds: Map<Element, number> }).controlIds = new Map();
  });
  const { nodes } = (await client.send('Accessibility.getFullAXTree')) as unknown as { nodes: TreeNode[] };
  const controls = nodes.filter(
    ({ ignored, role, properties }) =>
      !ignored &&
      CONTROLS.has(role?.value ?? '') &&
      !WITHOUT_A_STOP.has(role!.value) &&
      !properties?.some(({ name, value }) => name === 'disabled' && value.value === true),
  );
  const found: { id: number; name: string }[] = [];
  for (const { backendDOMNodeId, role, name } of controls) {
    const { object } = await client.send('DOM.resolveNode', { backendNodeId: backendDOMNodeId! });
    const { result } = await client.send('Runtime.callFunctionOn', {
      objectId: object.objectId!,
      functionDeclaration: idOfControl.toString(),
      returnByValue: true,
    });
    if (result.value >= 0)
      found.push({ id: result.value as number, name: `${role!.value} ${name?.value ?? ''}` });
  }
  await client.detach();
  return found;
}

/** In the page: −1 for parts of a control, and for all but one radio button of a group. */
function idOfControl(this: Element): number {
  if (this.getRootNode() !== document) return -1;
  const marks = window as unknown as { controlIds: Map<Element, number> };
  const radio = this as HTMLInputElement;
  if (radio.type === 'radio') {
    const group = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
      (one) => one.name === radio.name && one.form === radio.form,
    );
    if ((group.find(({ checked }) => checked) ?? group[0]) !== radio) return -1;
  }
  if (!marks.controlIds.has(this)) marks.controlIds.set(this, marks.controlIds.size);
  return marks.controlIds.get(this)!;
}

export const hasFocus = (one: Locator): Promise<boolean> =>
  one.evaluate((element) => element === document.activeElement);

/** What has the focus, for messages and for what must not be lost. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing';
    return `${element.tagName.toLowerCase()} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 80)}`;
  });

export const untilFocus = (one: Locator): Promise<void> => eventually(() => hasFocus(one));

const MOST_STOPS = 250;

/** Tab, until it has the focus. */
export async function reach(one: Locator): Promise<void> {
  const { keyboard } = one.page();
  await one.waitFor();
  for (let step = 0; !(await hasFocus(one)); step++) {
    if (step > MOST_STOPS) throw new Error(`Tab does not reach ${one}.`);
    await keyboard.press('Tab');
  }
}

/** Reaches it, and presses Enter or the given keys. */
export async function press(one: Locator, ...keys: string[]): Promise<void> {
  await reach(one);
  for (const key of keys.length > 0 ? keys : ['Enter']) await one.page().keyboard.press(key);
}

/** Replaces the text of a field. */
export async function type(one: Locator, text: string): Promise<void> {
  await press(one, 'ControlOrMeta+A');
  await one.page().keyboard.type(text);
}
