const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** The greatest number of single precision that is not above this one. */
export function below(number: number): number {
  single[0] = number;
  // the next number towards minus infinity: bits grow with the distance from 0
  if (single[0]! > number) bits[0]! += single[0]! > 0 ? -1 : 1;
  return single[0]!;
}

/** The least that is not below it. */
export const above = (number: number): number => -below(-number);
