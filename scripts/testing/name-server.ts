import { createSocket } from 'node:dgram'

/** A real name server on this machine that knows TXT records only. */
export interface NameServer {
  /** `127.0.0.1:port`. */
  readonly address: string
  /** TXT records by name; a name that is not here does not exist. */
  readonly records: Map<string, readonly string[]>
  /** Answers nothing any more while it is true. */
  isMute: boolean
  close(): Promise<void>
}

/** Answers one query over UDP (RFC 1035 §4.1): the question comes back, with a record for each text. */
function answer(query: Buffer, records: ReadonlyMap<string, readonly string[]>): Buffer {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  const question = query.subarray(12, at + 5)
  const texts = records.get(labels.join('.').toLowerCase())
  const head = Buffer.alloc(12)
  query.copy(head, 0, 0, 2)
  // An answer, recursion available; 3: there is no such name.
  head.writeUInt16BE(0x81_80 | (texts === undefined ? 3 : 0), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(texts?.length ?? 0, 6)
  const found = (texts ?? []).map((text) => {
    // A string holds 255 bytes at most; longer texts are several.
    const strings = (text.match(/.{1,255}/gs) ?? ['']).map((part) =>
      Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')]),
    )
    const data = Buffer.concat(strings)
    const record = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255])
    return Buffer.concat([record, data])
  })
  return Buffer.concat([head, question, ...found])
}

/** Starts one. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4')
  const server: NameServer = {
    get address() {
      return `127.0.0.1:${socket.address().port}`
    },
    records: new Map(),
    isMute: false,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
  socket.on('message', (query, from) => {
    if (!server.isMute) socket.send(answer(query, server.records), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return server
}
