/** A file of an archive. */
export interface TarFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Longest file that is read: an archive of ours has its tables in parts that are much smaller. Bytes. */
const longest = 64 * 1_048_576
const block = 512

/**
 * An archive that any `tar` unpacks, file by file in constant memory.
 *
 * @source POSIX.1-1988 (ustar)
 */
export async function* packTar(files: AsyncIterable<TarFile>): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes } of files) {
    yield header(name, bytes.length)
    yield bytes
    const rest = bytes.length % block
    if (rest > 0) yield new Uint8Array(block - rest)
  }
  yield new Uint8Array(2 * block)
}

function header(name: string, size: number): Buffer {
  const written = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100) throw new RangeError('a name in an archive has at most 100 bytes')
  written.write(name, 0, 'utf8')
  written.write('0000600\x000000000\x000000000\x00', 100, 'latin1')
  written.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  written.write('00000000000\x00        0', 136, 'latin1')
  written.write('ustar\x0000', 257, 'latin1')
  written.write(`${checksum(written).toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return written
}

/** Why an archive cannot be read. */
export class TarError extends Error {}

/** Reads an archive of `packTar`, file by file. Its bytes may be anybody's. @throws {TarError} it is cut off or another form */
export async function* unpackTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const reader = readerOf(bytes)
  for (;;) {
    const head = await reader.take(block)
    if (head.every((byte) => byte === 0)) break
    const size = parseSize(head)
    const name = head.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    const content = await reader.take(size)
    await reader.take((block - (size % block)) % block)
    yield { name, bytes: content }
  }
  // What else follows is no file: but it must have been there, so that whoever reads came to the end of the stream.
  await reader.finish()
}

function parseSize(head: Buffer): number {
  const sum = Number.parseInt(head.toString('latin1', 148, 154), 8)
  const blanked = Buffer.from(head)
  blanked.fill(' ', 148, 156)
  const size = Number.parseInt(head.toString('latin1', 124, 135), 8)
  if (sum !== checksum(blanked) || !(size >= 0 && size <= longest)) throw new TarError('a file in it is damaged')
  return size
}

function checksum(head: Buffer): number {
  let sum = 0
  for (const byte of head) sum += byte
  return sum
}

function readerOf(bytes: AsyncIterable<Uint8Array>): {
  take(length: number): Promise<Buffer>
  finish(): Promise<void>
} {
  const parts = bytes[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array()
  return {
    async take(length) {
      const taken: Uint8Array[] = []
      let missing = length
      while (missing > 0) {
        if (held.length === 0) {
          const next = await parts.next()
          if (next.done === true) throw new TarError('it is cut off')
          held = next.value
        }
        const piece = held.subarray(0, missing)
        taken.push(piece)
        held = held.subarray(piece.length)
        missing -= piece.length
      }
      return Buffer.concat(taken)
    },
    async finish() {
      for (let next = await parts.next(); next.done !== true; next = await parts.next());
    },
  }
}
