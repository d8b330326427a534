import type { Position } from 'geojson';
import { useEffect } from 'preact/hooks';
import { borderLength } from '../map/border.km.ts';
import { centre } from '../map/map.handle.ts';
import { value } from '../words/values.ts';
import { Choice, Group } from './draft.fields.tsx';
import { canRedo, canUndo, type Draft, draft, redo, ring, set, setRing, undo } from './draft.store.ts';
import { asked } from './draft.words.ts';
import { showHandles } from './km.handles.ts';
import { BORDERS } from './zone.answer.ts';
import { sideText } from './zone.facts.ts';
import { said } from './zone.words.ts';

/** Where the zone is: by kilometres of a border, or drawn. */
export function AreaFields() {
  const { source, base } = draft.value!;
  const sources: [Draft['source'], string][] = [
    ...(base ? [['kept', asked.kept()] as [Draft['source'], string]] : []),
    ['border', asked.byBorder()],
    ['drawn', asked.byHand()],
  ];
  return (
    <Group label={asked.area()}>
      <p class="checks">
        {sources.map(([one, label]) => (
          <label key={one}>
            <input
              type="radio"
              name="source"
              checked={source === one}
              onChange={() => set({ source: one })}
            />
            {label}
          </label>
        ))}
      </p>
      {source === 'border' && <StretchFields />}
      {source === 'drawn' && <CornerFields />}
    </Group>
  );
}

function StretchFields() {
  useEffect(() => showHandles(), []);
  const { border, side } = draft.value!;
  const most = borderLength(border);
  return (
    <>
      <p class="quiet">{asked.handleNote()}</p>
      <Choice
        label={asked.border()}
        chosen={border}
        values={BORDERS}
        wordOf={(one) => value('border', one)}
        choose={chooseBorder}
      />
      <div class="pair">
        <Kilometres label={asked.fromKm()} name="fromKm" most={most} />
        <Kilometres label={asked.toKm()} name="toKm" most={most} />
        <Kilometres label={asked.widthKm()} name="widthKm" most={100} />
        <Choice
          label={said.side()}
          chosen={side}
          values={['both', ...border.split('-')]}
          wordOf={sideText}
          choose={(side) => set({ side })}
        />
      </div>
    </>
  );
}

/** Another line has other neighbours, and another length. */
function chooseBorder(border: string): void {
  const { fromKm, toKm } = draft.value!;
  const most = Math.floor(borderLength(border) ?? Number(toKm));
  const to = Math.min(Number(toKm), most);
  const from = Math.min(Number(fromKm), Math.max(0, to - 1));
  set({ border, side: 'both', participants: border.split('-'), fromKm: String(from), toKm: String(to) });
}

interface KilometresParts {
  label: string;
  name: 'fromKm' | 'toKm' | 'widthKm';
  most: number | undefined;
}

function Kilometres({ label, name, most }: KilometresParts) {
  return (
    <label>
      {label}
      <input
        type="number"
        dir="ltr"
        step="any"
        min={0}
        max={most}
        required
        value={draft.value![name]}
        onInput={({ currentTarget }) => set({ [name]: currentTarget.value })}
      />
    </label>
  );
}

const MOST_LISTED = 100; // a longer outline is edited on the map

/** The library for drawing comes when somebody draws. */
function drawOnceLoaded(): () => void {
  let isClosed = false;
  let close = () => {};
  void import('./free.drawing.ts').then(({ openDrawing }) => {
    if (!isClosed) close = openDrawing();
  });
  return () => {
    isClosed = true;
    close();
  };
}

/** The corners as numbers, for those who draw without a pointer, and for exact places. */
function CornerFields() {
  useEffect(drawOnceLoaded, []);
  const corners = ring.value;
  const change = (index: number, corner: Position) =>
    setRing(corners.map((one, i) => (i === index ? corner : one)));
  return (
    <>
      <p class="quiet">{asked.drawNote()}</p>
      <p class="acts">
        <button type="button" aria-disabled={!canUndo.value} onClick={undo}>
          {asked.undo()}
        </button>
        <button type="button" aria-disabled={!canRedo.value} onClick={redo}>
          {asked.redo()}
        </button>
        <button type="button" aria-disabled={corners.length === 0} onClick={() => setRing([])}>
          {asked.startOver()}
        </button>
      </p>
      {corners.length > 0 && (
        <p class="corner-names" aria-hidden="true">
          <span>{asked.latitudes()}</span>
          <span>{asked.longitudes()}</span>
        </p>
      )}
      <ol class="corners" aria-label={asked.corners()}>
        {corners.slice(0, MOST_LISTED).map((corner, i) => (
          <Corner
            key={i}
            n={i + 1}
            corner={corner}
            change={(to) => change(i, to)}
            remove={() => setRing(corners.filter((_, other) => other !== i))}
          />
        ))}
      </ol>
      <p class="acts">
        <button
          type="button"
          onClick={() => setRing([...corners, rounded(centre.peek().lon, centre.peek().lat)])}
        >
          {asked.addCorner()}
        </button>
      </p>
    </>
  );
}

interface CornerParts {
  n: number;
  corner: Position;
  change: (corner: Position) => void;
  remove: () => void;
}

function Corner({ n, corner: [lon, lat], change, remove }: CornerParts) {
  return (
    <li>
      <Degrees label={asked.latitude({ n })} degrees={lat!} most={90} change={(to) => change([lon!, to])} />
      <Degrees label={asked.longitude({ n })} degrees={lon!} most={180} change={(to) => change([to, lat!])} />
      <button
        type="button"
        aria-label={asked.removeCorner({ n })}
        title={asked.removeCorner({ n })}
        onClick={remove}
      >
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );
}

interface DegreesParts {
  label: string;
  degrees: number;
  most: number;
  change: (degrees: number) => void;
}

function Degrees({ label, degrees, most, change }: DegreesParts) {
  return (
    <input
      type="number"
      dir="ltr"
      aria-label={label}
      step="any"
      min={-most}
      max={most}
      required
      value={degrees}
      onChange={({ currentTarget }) => {
        if (Number.isFinite(currentTarget.valueAsNumber)) change(currentTarget.valueAsNumber);
      }}
    />
  );
}

/** To a metre or so. */
export const rounded = (lon: number, lat: number): Position => [
  Number(lon.toFixed(5)),
  Number(lat.toFixed(5)),
];
