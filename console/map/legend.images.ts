import { BORDER_COLOUR, INK, PAPER, SEVERITY_COLOURS } from '../../src/ogc/symbols/symbol.palette.ts';

const svg = (width: number, height: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;

export const strokeSvg = (colour: string): string =>
  svg(26, 14, `<path d="M1 7h24" stroke="${colour}" stroke-width="5"/>`);

export const areaSvg = (colour: string): string =>
  svg(
    26,
    16,
    `<path d="M1 1h24v14H1z" fill="${colour}" fill-opacity="0.2" stroke="${colour}" stroke-width="1.5"/>`,
  );

/** A border and the band in which it runs. */
export const BAND = svg(
  26,
  14,
  `<path d="M1 7h24" stroke="${BORDER_COLOUR}" stroke-opacity="0.2" stroke-width="12"/><path d="M1 7h24" stroke="${BORDER_COLOUR}" stroke-width="2"/>`,
);

/** A cell with its count. */
export const CELL = svg(
  28,
  28,
  `<circle cx="14" cy="14" r="10" fill="${SEVERITY_COLOURS.severe.fill}" fill-opacity="0.82" stroke="${INK}"/><text x="14" y="18" font-family="sans-serif" font-size="11" text-anchor="middle" fill="${PAPER}">7</text>`,
);
