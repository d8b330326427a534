const TYPES: Record<number, string> = { 1: 'Point', 2: 'LineString', 3: 'Polygon', 6: 'MultiPolygon' };

/** Reads well-known binary, little-endian, from nothing that the service uses to write it. */
export function readWkb(bytes: Uint8Array): { type: string; coordinates: unknown } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const count = () => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const number = () => {
    at += 8;
    return view.getFloat64(at - 8, true);
  };
  const list = <T>(read: () => T): T[] => Array.from({ length: count() }, read);
  const position = () => [number(), number()];
  const ring = () => list(position);
  const geometry = (): { type: string; coordinates: unknown } => {
    if (view.getUint8(at++) !== 1) throw new Error('This is not little-endian.');
    const type = TYPES[count()]!;
    if (type === 'Point') return { type, coordinates: position() };
    if (type === 'LineString') return { type, coordinates: ring() };
    if (type === 'Polygon') return { type, coordinates: list(ring) };
    return { type, coordinates: list(() => geometry().coordinates) };
  };
  return geometry();
}
