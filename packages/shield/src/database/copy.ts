import { once } from 'node:events'
import type { Client, Connection, Submittable } from 'pg'

/** So much may wait before the server is told to wait. */
const MOST_WAITING = 4 << 20
/** Rows come one by one; they are handed on in pieces of this size. */
const PIECE = 1 << 18

/** What the driver calls on a query in each state; those of COPY are written here, the driver has none. */
abstract class Copy implements Submittable {
  readonly done: Promise<void>
  protected connection: Connection | undefined
  readonly #sql: string
  #resolve: () => void = () => undefined
  #reject: (error: Error) => void = () => undefined
  protected failed: Error | undefined

  constructor(sql: string) {
    this.#sql = sql
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Told where it is waited for.
    this.done.catch(() => undefined)
  }

  submit(connection: Connection): void {
    this.connection = connection
    connection.query(this.#sql)
  }

  handleError(error: Error): void {
    this.failed ??= error
    this.end()
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    this.end()
    if (this.failed === undefined) this.#resolve()
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}

  protected abstract end(): void
}

class CopyOut extends Copy {
  readonly pieces: Buffer[] = []
  waiting = 0
  isOver = false
  wake: (() => void) | undefined
  #open = Buffer.allocUnsafe(PIECE)
  #length = 0

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#length + chunk.length > this.#open.length) {
      this.#close()
      if (chunk.length > PIECE) this.#open = Buffer.allocUnsafe(chunk.length)
    }
    chunk.copy(this.#open, this.#length)
    this.#length += chunk.length
    this.waiting += chunk.length
    if (this.waiting > MOST_WAITING) this.connection?.stream.pause()
  }

  #close(): void {
    if (this.#length === 0) return
    this.pieces.push(this.#open.subarray(0, this.#length))
    this.#open = Buffer.allocUnsafe(PIECE)
    this.#length = 0
    this.wake?.()
  }

  take(): Buffer | undefined {
    const piece = this.pieces.shift()
    this.waiting -= piece?.length ?? 0
    if (this.waiting <= MOST_WAITING / 2 && this.connection?.stream.isPaused() === true) this.connection.stream.resume()
    return piece
  }

  protected end(): void {
    this.#close()
    this.isOver = true
    this.connection?.stream.resume()
    this.wake?.()
  }

  get error(): Error | undefined {
    return this.failed
  }
}

/** The rows of `COPY … TO STDOUT` in pieces, each of whole rows; the server waits while nobody takes them. */
export async function* copyOut(client: Client, sql: string): AsyncGenerator<Buffer, void, undefined> {
  const copy = client.query(new CopyOut(sql))
  const stop = () => {
    copy.handleError(new Error('the connection ended'))
  }
  client.once('end', stop)
  try {
    for (;;) {
      const piece = copy.take()
      if (piece !== undefined) yield piece
      else if (copy.error !== undefined) throw copy.error
      else if (copy.isOver) break
      else {
        await new Promise<void>((resolve) => {
          copy.wake = resolve
          if (copy.pieces.length > 0 || copy.isOver) resolve()
        })
      }
    }
    await copy.done
  } finally {
    client.removeListener('end', stop)
  }
}

class CopyIn extends Copy {
  readonly ready: Promise<void>
  #begin: () => void = () => undefined

  constructor(sql: string) {
    super(sql)
    this.ready = new Promise((resolve) => {
      this.#begin = resolve
    })
  }

  handleCopyInResponse(connection: Connection): void {
    this.connection = connection
    this.#begin()
  }

  protected end(): void {
    this.#begin()
  }

  get error(): Error | undefined {
    return this.failed
  }

  async send(letter: number, bytes: Uint8Array): Promise<void> {
    this.#refuse()
    const stream = this.connection?.stream
    if (stream === undefined) return
    stream.write(headOf(letter, bytes))
    // The bytes are used again once this is done, so what waits to be sent is a copy.
    const isTaken = bytes.length === 0 || stream.write(Buffer.from(bytes))
    if (!isTaken) await Promise.race([once(stream, 'drain'), this.done])
    this.#refuse()
  }

  #refuse(): void {
    if (this.failed !== undefined) throw this.failed
  }
}

/** How a message of the protocol begins (PostgreSQL, section 54.7): its letter and its length. */
function headOf(letter: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(5)
  head[0] = letter
  head.writeInt32BE(bytes.length + 4, 1)
  return head
}

/** Rows on their way into a table. */
export interface Filling {
  write(bytes: Uint8Array): Promise<void>
  /** All rows are there. @throws what the server says of them */
  finish(): Promise<void>
}

/** Begins `COPY … FROM STDIN`. */
export async function copyIn(client: Client, sql: string): Promise<Filling> {
  const copy = client.query(new CopyIn(sql))
  const stop = () => copy.handleError(new Error('the connection ended'))
  client.once('end', stop)
  await copy.ready
  if (copy.error !== undefined) throw copy.error
  return {
    write: async (bytes) => {
      if (bytes.length > 0) await copy.send(0x64, bytes)
    },
    finish: async () => {
      await copy.send(0x63, new Uint8Array(0))
      await copy.done
      client.removeListener('end', stop)
    },
  }
}

class Statement extends Copy {
  handleCopyData(): void {}

  /** Nobody has rows for it. */
  handleCopyInResponse(connection: Connection): void {
    const why = Buffer.from('no rows\0')
    connection.stream.write(Buffer.concat([headOf(0x66, why), why]))
  }

  protected end(): void {}
}

/** Runs one statement of a foreign script. Rows that it gives are dropped, however many they are. */
export async function execute(client: Client, sql: string): Promise<void> {
  await client.query(new Statement(sql)).done
}
