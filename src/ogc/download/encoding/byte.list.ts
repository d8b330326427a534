const FIRST_BYTES = 1 << 16;

/** Bytes that grow. */
export function byteList() {
  let bytes = Buffer.allocUnsafe(FIRST_BYTES);
  let used = 0;
  const reserve = (more: number): void => {
    if (used + more > bytes.length) bytes = Buffer.concat([bytes.subarray(0, used)], 2 * (used + more));
  };
  return {
    /** So many bytes can be written behind `end`. */
    reserve: (more: number): Buffer => {
      reserve(more);
      return bytes;
    },
    end: () => used,
    moveEnd: (end: number): void => {
      used = end;
    },
    append(more: Uint8Array): void {
      reserve(more.length);
      bytes.set(more, used);
      used += more.length;
    },
    /** Valid until the next change. */
    all: (): Buffer => bytes.subarray(0, used),
    /** A copy; the list is empty then. */
    take(): Uint8Array {
      const taken = Uint8Array.prototype.slice.call(bytes, 0, used);
      used = 0;
      return taken;
    },
    clear: (): void => {
      used = 0;
    },
  };
}
export type ByteList = ReturnType<typeof byteList>;

const ASCII = 0x80;

/** Returns the end. Most texts are short and plain: a call for each would take longer than their letters. */
export function writeText(bytes: Buffer, start: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ASCII) return start + bytes.write(text, start);
    bytes[start + i] = code;
  }
  return start + text.length;
}
