import { effect, signal } from '@preact/signals';
import { read } from '../api/request.ts';
import { me } from '../api/session.ts';
import { world } from '../app/world.banner.tsx';
import { refusalText } from '../app/write.ts';
import { language } from '../words/language.ts';
import { momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { isolated, nameIn } from '../words/words.ts';
import { type OpenItems, readHanded, readOpenNow } from './open.items.store.ts';
import { setPageRules } from './page.rules.ts';
import { drawPicture, type Mark, type Picture } from './print.map.ts';
import { chosen, type Shift, shiftFailure, type WholeShift } from './shift.store.ts';
import { said } from './shift.words.ts';

export interface ReadySheet {
  state: 'ready';
  whole: WholeShift;
  open: OpenItems;
  picture: Picture | undefined;
  /** The strictest of what is on it. */
  label: Label;
  printedAt: number;
}

/** What is printed instead of the screen. */
export const sheet = signal<{ state: 'preparing' } | ReadySheet | undefined>(undefined);

const LABELS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
type Label = (typeof LABELS)[number];
/** A shift is for its agency and the auditors of its country. */
const OF_SHIFTS: Label = 'AMBER+STRICT';

effect(() => {
  void chosen.value;
  void language.value;
  void me.value;
  sheet.value = undefined;
});

export async function printShift(whole: WholeShift): Promise<void> {
  sheet.value = { state: 'preparing' };
  try {
    const { handover, shift } = whole;
    const open = await (handover ? readHanded(handover, shift) : readOpenNow(shift));
    const picture = await drawPicture(marksOf(open), await placesOf(shift));
    const label = labelOf(open, picture);
    sheet.value = { state: 'ready', whole, open, picture, label, printedAt: Date.now() };
    setPageRules({ label: labelText(label), foot: footOf(shift) });
    await isShown();
    print();
  } catch (error) {
    sheet.value = undefined;
    shiftFailure.value = refusalText(error);
  }
}

export const labelText = (label: Label): string =>
  [`TLP:${label}`, value('tlp', label), exerciseText()].filter(Boolean).join(' · ');

const exerciseText = (): string =>
  world.value?.kind === 'exercise' ? said.exercise({ name: nameIn(world.value.names, world.value.id) }) : '';

const footOf = ({ place, openedAt }: Shift): string =>
  [nameIn(me.value?.names), place.name, momentOf(openedAt)].map(isolated).join(' · ');

const isShown = async (): Promise<void> => {
  await Promise.all(
    [...document.querySelectorAll<HTMLImageElement>('.sheet img')].map((image) => image.decode()),
  );
  await new Promise((resolve) => requestAnimationFrame(resolve));
};

function labelOf({ sources }: OpenItems, picture: Picture | undefined): Label {
  const ofItems = [...sources.incidents.values()].map(({ properties }) => properties.tlp);
  const labels = [...ofItems, ...(picture?.labels ?? [])] as Label[];
  return LABELS[Math.max(...[OF_SHIFTS, ...labels].map((one) => LABELS.indexOf(one)))]!;
}

/** Items at one place share a mark. */
function marksOf({ items, sources: { incidents, notices, alerts, requests } }: OpenItems): Mark[] {
  const marks = new Map<string, Mark>();
  items.forEach(({ id, incident }, index) => {
    const place =
      notices.get(id) ?? incidents.get(incident ?? requests.get(id)?.incident ?? '') ?? alerts.get(id);
    if (!place?.geometry) return;
    const at = place.geometry.coordinates.slice(0, 2) as [number, number];
    const before = marks.get(String(at));
    marks.set(String(at), { at, numbers: before ? `${before.numbers}, ${index + 1}` : String(index + 1) });
  });
  return [...marks.values()];
}

async function placesOf({ place }: Shift): Promise<[number, number][]> {
  if (!place.crossing) return [];
  const { geometry } = await read<{ geometry: { coordinates: [number, number] } }>(
    `/crossings/${place.crossing}`,
  );
  return [geometry.coordinates];
}
