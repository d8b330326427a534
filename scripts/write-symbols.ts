/** Draws the sprite of the map styles into assets/, by a real browser. */
import { writeFileSync } from 'node:fs';
import { SPRITE_IMAGES, type SpriteImage } from '../src/ogc/symbols/sprite.images.ts';
import { openBrowser } from '../test/support/chromium.ts';
import { smallPng } from './small.png.ts';

const COLOURS = 256;
const COLUMNS = 24;
const CELL = 30; // pixels, a little more than the largest picture

const placeOf = (index: number) => ({ x: (index % COLUMNS) * CELL, y: Math.floor(index / COLUMNS) * CELL });
const height = Math.ceil(SPRITE_IMAGES.length / COLUMNS) * CELL;

const positioned = ({ svg }: SpriteImage, index: number): string => {
  const { x, y } = placeOf(index);
  return `<div style="position:absolute;left:${x}px;top:${y}px;line-height:0">${svg}</div>`;
};

const entry = ({ name, size }: SpriteImage, index: number, pixelRatio: number) => {
  const { x, y } = placeOf(index);
  const scaled = { x, y, width: size, height: size };
  const values = Object.entries(scaled).map(([key, value]) => [key, value * pixelRatio]);
  return [name, { ...Object.fromEntries(values), pixelRatio }];
};

const browser = await openBrowser();
for (const [suffix, pixelRatio] of [
  ['', 1],
  ['@2x', 2],
] as const) {
  const page = await browser.newPage({
    viewport: { width: COLUMNS * CELL, height },
    deviceScaleFactor: pixelRatio,
  });
  await page.setContent(
    `<body style="margin:0;background:transparent">${SPRITE_IMAGES.map(positioned).join('')}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(new URL(`../assets/symbols${suffix}.png`, import.meta.url), smallPng(png, COLOURS));
  const index = Object.fromEntries(SPRITE_IMAGES.map((image, i) => entry(image, i, pixelRatio)));
  writeFileSync(new URL(`../assets/symbols${suffix}.json`, import.meta.url), `${JSON.stringify(index)}\n`);
  await page.close();
}
await browser.close();
