import { fstatSync, read } from 'node:fs'
import { Socket } from 'node:net'
import { promisify } from 'node:util'

/** What a pipe of Linux holds is a quarter of it. */
const ROOM = 1 << 18
const STDIN = 0

/**
 * What comes on standard input, in pieces that lie in one buffer: each is there until the next one is asked for. `process.stdin` allocates for every
 * piece, and of a fast pipe 70 MB of them wait for the garbage collector.
 *
 * @param fallback what reads it where it is neither pipe nor file (a terminal)
 */
export function standardInput(fallback: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const about = fstatSync(STDIN)
  if (about.isFIFO() || about.isSocket()) return piped()
  return about.isFile() ? filed() : fallback
}

async function* filed(): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(ROOM)
  for (;;) {
    const { bytesRead } = await promisify(read)(STDIN, buffer, 0, buffer.length, null)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

async function* piped(): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(ROOM)
  let length = 0
  let wake: (error?: Error) => void = () => {}
  const socket = new Socket({
    fd: STDIN,
    writable: false,
    onread: {
      buffer,
      // Not to read on: it would overwrite what was not looked at yet.
      callback: (bytes) => {
        length = bytes
        wake()
        return false
      },
    },
  })
  socket.once('end', () => wake())
  socket.once('error', (error) => wake(error))
  try {
    for (;;) {
      length = 0
      await new Promise<void>((resolve, reject) => {
        wake = (error) => (error === undefined ? resolve() : reject(error))
        socket.resume()
      })
      if (length === 0) return
      yield buffer.subarray(0, length)
    }
  } finally {
    socket.destroy()
  }
}
