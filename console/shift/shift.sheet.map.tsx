import { Entries, Sign } from '../map/map.legend.tsx';
import { said as map } from '../map/map.words.ts';
import { numberOf } from '../words/words.ts';
import { PICTURE_HEIGHT, PICTURE_WIDTH, type Picture } from './print.map.ts';
import { said } from './shift.words.ts';

const PRINTED_METRES = 0.18; // the width of the picture on paper, as in shift.css

/** The map with its scale and a legend of what is on it. */
export function PictureFigure({ picture, hasMarks }: { picture: Picture | undefined; hasMarks: boolean }) {
  if (!picture) return <p>{said.noMap()}</p>;
  const denominator = (picture.metresPerPixel * PICTURE_WIDTH) / PRINTED_METRES;
  return (
    <figure>
      <figcaption>{said.map()}</figcaption>
      <img src={picture.url} alt={said.map()} width={PICTURE_WIDTH} height={PICTURE_HEIGHT} />
      <div class="sheet-scale">
        <ScaleBar metresPerPixel={picture.metresPerPixel} />
        <span>{said.scale({ n: roundTo(denominator, 2) })}</span>
      </div>
      <p class="sheet-credit">{map.credit()}</p>
      <Legend picture={picture} hasMarks={hasMarks} />
    </figure>
  );
}

/** `1234` to `1200`. */
function roundTo(number: number, digits: number): number {
  const unit = 10 ** (Math.floor(Math.log10(number)) - digits + 1);
  return Math.round(number / unit) * unit;
}

/** The longest of 1, 2 or 5 times a power of ten that is shorter than a quarter of the picture. */
function ScaleBar({ metresPerPixel }: { metresPerPixel: number }) {
  const most = (metresPerPixel * PICTURE_WIDTH) / 4;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = power * ([5, 2, 1].find((times) => times * power <= most) ?? 1);
  const width = metres / metresPerPixel;
  const text = numberOf(metres / 1000, { style: 'unit', unit: 'kilometer' });
  return (
    <span class="scale-bar" dir="ltr">
      <svg width={width} height="10" aria-hidden="true">
        <path d={`M1 0V9H${width - 1}V0`} fill="none" stroke="#1c2b33" stroke-width="2" />
      </svg>
      <bdi>{text}</bdi>
    </span>
  );
}

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" width="28" height="24"><circle cx="14" cy="12" r="7" fill="#fff" stroke="#a3142a" stroke-width="3"/></svg>';

function Legend({ picture: { shown }, hasMarks }: { picture: Picture; hasMarks: boolean }) {
  return (
    <div class="map-legend sheet-legend">
      <h3>{map.legend()}</h3>
      <ul>{hasMarks && <Sign svg={MARK} words={said.itemMark()} />}</ul>
      <Entries {...shown} />
    </div>
  );
}
