import { me } from '../api/session.ts';
import { WorldBanner } from '../app/world.banner.tsx';
import { clockOf, momentOf } from '../words/time.ts';
import { nameIn } from '../words/words.ts';
import { OpenItemList } from './open.item.list.tsx';
import { EntryItem } from './shift.log.tsx';
import { ShiftTimes } from './shift.panel.tsx';
import { PictureFigure } from './shift.sheet.map.tsx';
import { labelText, type ReadySheet, sheet } from './shift.sheet.store.ts';
import { said } from './shift.words.ts';

/** On paper alone: the log of a shift with its open items, or its handover. */
export function ShiftSheet() {
  const ready = sheet.value;
  return ready?.state === 'ready' ? <Sheet sheet={ready} /> : null;
}

function Sheet({ sheet: { whole, open, picture, label, printedAt } }: { sheet: ReadySheet }) {
  const { shift, entries, handover } = whole;
  return (
    <article class="sheet">
      <WorldBanner />
      <p class="sheet-label">{labelText(label)}</p>
      <h1>{handover ? said.sheetTitle() : said.sheetOpen()}</h1>
      <h2>
        {nameIn(me.value?.names)} – <bdi>{shift.place.name}</bdi>
      </h2>
      <ShiftTimes shift={shift} />
      <p class="quiet">{said.printed({ at: momentOf(printedAt), utc: clockOf(printedAt, 'UTC') })}</p>
      {handover?.remark && <p class="remark">{said.remarked({ text: handover.remark })}</p>}
      <h2>{handover ? said.handedItems() : said.openItems()}</h2>
      {handover && !handover.isComplete && <p>{said.incomplete()}</p>}
      <OpenItemList open={open} isPrint />
      <PictureFigure picture={picture} hasMarks={open.items.length > 0} />
      <h2>{said.log()}</h2>
      {entries.length === 0 && <p>{said.noEntries()}</p>}
      <ol class="entries">
        {entries.map((entry) => (
          <EntryItem key={entry.id} entry={entry} />
        ))}
      </ol>
    </article>
  );
}
