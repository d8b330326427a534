import { signal } from '@preact/signals';
import { MapPanel } from '../map/map.panel.tsx';
import { TimeBar } from '../time/time.bar.tsx';
import { shell } from '../words/shell.words.ts';
import { show, view } from './address.ts';
import { Header } from './header.tsx';
import { allAsides, allParts, allStrips, type Part } from './parts.ts';

// as in console.css
const narrow = matchMedia('(max-width: 800px)');
const isNarrow = signal(narrow.matches);
narrow.addEventListener('change', () => {
  isNarrow.value = narrow.matches;
});

/** The one screen: header, strips, the open part at the inline start, the map beside it. */
export function Shell() {
  const shown = allParts().filter(({ isShown }) => isShown?.() ?? true);
  const open = shown.find(({ id }) => id === view.value.part) ?? shown[0]!;
  const panel = <OpenPart key="panel" open={open} />;
  const ground = <Ground key="ground" />;
  const isMapFirst = isNarrow.value && (open.isOnMap || view.value.incident !== '');
  const asides = allAsides().map((Aside, index) => <Aside key={index} />);
  return (
    <>
      <a class="skip" href="#panel">
        {shell.skip()}
      </a>
      <Header />
      {allStrips().map((Strip, index) => (
        <Strip key={index} />
      ))}
      <main>
        <Tabs key="tabs" shown={shown} open={open} />
        {/* the Tab key goes as the eyes go */}
        {isMapFirst ? [ground, ...asides, panel] : [panel, ground, ...asides]}
      </main>
    </>
  );
}

function Tabs({ shown, open }: { shown: readonly Part[]; open: Part }) {
  return (
    <nav class="parts" aria-label={shell.parts()}>
      {shown.map(({ id, title, count }) => (
        <button
          key={id}
          type="button"
          aria-current={id === open.id ? 'page' : undefined}
          onClick={() => show({ part: id, item: '' }, { isStep: true })}
        >
          {title()}
          {count && count() > 0 && <span class="count">{count()}</span>}
        </button>
      ))}
    </nav>
  );
}

function OpenPart({ open }: { open: Part }) {
  return (
    <section class="panel" id="panel" tabIndex={-1} aria-label={open.title()}>
      <open.Panel key={open.id} />
    </section>
  );
}

function Ground() {
  return (
    <div class="ground">
      <MapPanel />
      <TimeBar />
    </div>
  );
}
