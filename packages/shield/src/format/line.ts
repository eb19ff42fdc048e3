/** The end of the last whole line of bytes[0, length); all of it when no more will come. */
export function cutLines(bytes: Uint8Array, length: number, last: boolean): number {
  return last ? length : bytes.lastIndexOf(10, length - 1) + 1
}
