/** A file of an archive. */
export interface Packed {
  /** Path with slashes, at most 255 bytes. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly executable?: boolean
}

const block = 512

/**
 * Writes a tar archive whose bytes follow from the files alone: sorted by path, one time for all, no owner.
 *
 * @param at the time of every file
 * @source POSIX.1-2024, pax, "ustar Interchange Format"
 */
export function writeTar(files: readonly Packed[], at: Date): Buffer {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const parts = sorted.flatMap((file) => [
    headerOf(file, at),
    file.bytes,
    new Uint8Array(-file.bytes.length & (block - 1)),
  ])
  return Buffer.concat([...parts, new Uint8Array(2 * block)])
}

function headerOf({ path, bytes, executable = false }: Packed, at: Date): Buffer {
  const header = Buffer.alloc(block)
  const [prefix, name] = splitPath(path)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  header.write(name, 0)
  header.write(octal(executable ? 0o755 : 0o644, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(bytes.length, 11), 124)
  header.write(octal(Math.floor(at.getTime() / 1000), 11), 136)
  header.write(' '.repeat(8), 148)
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  header.write(octal(0, 7), 329)
  header.write(octal(0, 7), 337)
  header.write(prefix, 345)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** The format has 100 bytes for the end of a path and 155 for its beginning, and breaks at a slash. */
function splitPath(path: string): readonly [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ['', path]
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)]
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return [prefix, name]
  }
  throw new Error(`${path} is too long for a tar archive: shorten a folder or the name.`)
}
