import UPNG from 'upng-js';

/** A PNG with a palette of at most so many colours: a fraction of what browsers write. */
export function smallPng(png: Buffer, colours: number): Buffer {
  const image = UPNG.decode(png.buffer.slice(png.byteOffset, png.byteOffset + png.length) as ArrayBuffer);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, colours));
}
