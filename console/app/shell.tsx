import { MapPanel } from '../map/map.panel.tsx';
import { TimeBar } from '../time/time.bar.tsx';
import { shell } from '../words/shell.words.ts';
import { show, view } from './address.ts';
import { Header } from './header.tsx';
import { allAsides, allParts, allStrips } from './parts.ts';

/** The one screen: header, strips, the open part at the inline start, the map beside it. */
export function Shell() {
  const shown = allParts().filter(({ isShown }) => isShown?.() ?? true);
  const open = shown.find(({ id }) => id === view.value.part) ?? shown[0]!;
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
        <section class="side" id="panel" tabIndex={-1} aria-label={open.title()}>
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
          <div class="panel">
            <open.Panel key={open.id} />
          </div>
        </section>
        <div class="ground">
          <MapPanel />
          <TimeBar />
        </div>
        {allAsides().map((Aside, index) => (
          <Aside key={index} />
        ))}
      </main>
    </>
  );
}
