/** Milliseconds with fraction that processes of one machine can compare. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}
