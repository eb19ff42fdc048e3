import { once } from 'node:events'
import { createConnection, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A door in front of a real PostgreSQL: what happens to machines and networks is done to it. */
export interface Door {
  /** The administrator's address through the door, as `ART32_DATABASE_SERVERS` takes it. */
  readonly url: string
  /** Nobody answers; whoever was inside is cut off. */
  shut(): Promise<void>
  open(): Promise<void>
  /** Connections are taken and kept, and nothing is ever answered any more, also to those who are inside. */
  freeze(): void
  thaw(): void
  /** The server says that it is of another version. @param number as `server_version_num`, six digits */
  pretend(number: string | null): void
  close(): Promise<void>
}

/** @param url of a server that listens on a socket only */
export async function openDoor(url: string): Promise<Door> {
  const inside = new URL(url)
  const path = `${inside.searchParams.get('host')}/.s.PGSQL.5432`
  const sockets = new Set<Socket>()
  let isFrozen = false
  let pretended: string | null = null
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  }
  const server = createServer((outer) => {
    const inner = createConnection(path)
    for (const socket of [outer, inner]) keep(socket)
    outer.once('close', () => inner.destroy())
    inner.once('close', () => outer.destroy())
    inner.pipe(rewriting(() => pretended)).pipe(outer)
    outer.pipe(inner)
    if (isFrozen) for (const socket of [outer, inner]) socket.pause()
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  const shut = async () => {
    if (!server.listening) return
    server.close()
    for (const socket of sockets) socket.destroy()
    await once(server, 'close')
  }
  const outside = new URL(inside)
  outside.hostname = '127.0.0.1'
  outside.port = String(port)
  outside.search = '?sslmode=disable'
  return {
    url: outside.href,
    shut,
    open: async () => void (await listen(port)),
    freeze() {
      isFrozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      isFrozen = false
      for (const socket of sockets) socket.resume()
    },
    pretend: (number) => void (pretended = number),
    close: shut,
  }
}

function rewriting(pretended: () => string | null): Transform {
  return new Transform({
    transform(piece: Buffer, _, done) {
      const number = pretended()
      if (number === null) return done(null, piece)
      const text = piece.toString('latin1').replaceAll(/18\d{4}(?=\0)/g, number)
      return done(null, Buffer.from(text, 'latin1'))
    },
  })
}
