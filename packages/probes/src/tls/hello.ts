/**
 * The first flight of a TLS handshake, written and read by hand (RFC 5246 §7.4, RFC 6101 for SSLv3). The runtime's
 * TLS library no longer speaks SSLv3, RC4, 3DES or export suites, so with it a server that does would look safe. Only
 * what a server says in the clear is read; no key is agreed and nothing is sent after the first message.
 *
 * Everything that is parsed here comes from the other side and may be hostile.
 */

/** Version numbers on the wire. */
export const wireVersion = { SSLv3: 0x0300, '1.0': 0x0301, '1.1': 0x0302, '1.2': 0x0303 } as const

/** A version that this file can speak. */
export type OldVersion = keyof typeof wireVersion

/** What the server said to a ClientHello. */
export type Answer =
  | { readonly said: 'hello'; readonly version: number; readonly suite: number; readonly asksCertificate: boolean }
  | { readonly said: 'alert'; readonly code: number }
  /** Closed the connection in good order without a word. */
  | { readonly said: 'closed' }
  /** Something that is not TLS. */
  | { readonly said: 'nonsense' }

const u8 = (...values: number[]) => Buffer.from(values)
const u16 = (value: number) => u8(value >> 8, value & 0xff)
const sized16 = (body: Buffer) => Buffer.concat([u16(body.length), body])
const extension = (type: number, body: Buffer) => Buffer.concat([u16(type), sized16(body)])

/** Groups and signatures are offered widely: a server that finds no common one refuses, and would look as if it refused the version. */
const groups = [0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x0100, 0x0101, 0x0102, 0x0016, 0x0015, 0x0013]
const signatures = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601,
  0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0302, 0x0202,
]

/**
 * A ClientHello that offers exactly one version as the highest, and these suites.
 *
 * @param random  32 bytes
 * @param serverName  host name for SNI; undefined for an address
 */
export function clientHello(
  version: OldVersion,
  suiteIds: readonly number[],
  random: Buffer,
  serverName?: string,
): Buffer {
  const wire = u16(wireVersion[version])
  const name = Buffer.from(serverName ?? '', 'ascii')
  const extensions = [
    ...(name.length === 0 ? [] : [extension(0, sized16(Buffer.concat([u8(0), sized16(name)])))]),
    extension(10, sized16(Buffer.concat(groups.map(u16)))),
    extension(11, u8(1, 0)),
    ...(version === '1.2' ? [extension(13, sized16(Buffer.concat(signatures.map(u16))))] : []),
    extension(23, Buffer.alloc(0)),
    extension(0xff01, u8(0)),
  ]
  const body = Buffer.concat([
    wire,
    random,
    u8(0),
    sized16(Buffer.concat(suiteIds.map(u16))),
    u8(1, 0),
    ...(version === 'SSLv3' ? [] : [sized16(Buffer.concat(extensions))]),
  ])
  const message = Buffer.concat([u8(1, body.length >> 16), u16(body.length & 0xffff), body])
  // The record of a first hello says SSLv3 or TLS 1.0 for the sake of old servers (RFC 5246 E.1).
  return Buffer.concat([u8(22, 3, version === 'SSLv3' ? 0 : 1), sized16(message)])
}

const alertRecord = 21
const handshakeRecord = 22
const serverHello = 2
const certificateRequest = 13
const serverHelloDone = 14

/**
 * Reads what has arrived so far. `undefined`: not yet enough to tell.
 *
 * A hello is enough for version and suite; reading goes on until the server has finished its flight, since the wish
 * for a client certificate comes later in it.
 *
 * @param ended  the server has closed its side
 */
export function readAnswer(received: Buffer, ended: boolean): Answer | undefined {
  const flight = readRecords(received)
  if (flight === undefined) return { said: 'nonsense' }
  const messages = readMessages(flight.handshake)
  const hello = messages.find((message) => message.type === serverHello)
  const finished = messages.some((message) => message.type === serverHelloDone)
  if (hello !== undefined && (finished || ended || flight.alert !== undefined)) return readHello(hello.body, messages)
  if (flight.alert !== undefined) return { said: 'alert', code: flight.alert }
  return ended ? { said: 'closed' } : undefined
}

/** The hello without the rest of the flight, for a server that stays silent in the middle. */
export function readHelloOnly(received: Buffer): Answer | undefined {
  const flight = readRecords(received)
  const messages = flight === undefined ? [] : readMessages(flight.handshake)
  const hello = messages.find((message) => message.type === serverHello)
  return hello === undefined ? undefined : readHello(hello.body, messages)
}

function readRecords(bytes: Buffer): { handshake: Buffer; alert?: number } | undefined {
  const handshake: Buffer[] = []
  for (let at = 0; at + 5 <= bytes.length;) {
    const type = bytes[at]
    const length = bytes.readUInt16BE(at + 3)
    if (type === undefined || type < 20 || type > 23 || bytes[at + 1] !== 3 || length > 16_640) return undefined
    const body = bytes.subarray(at + 5, at + 5 + length)
    if (type === handshakeRecord) handshake.push(body)
    // A warning (level 1), such as an unknown server name, does not end the handshake.
    if (type === alertRecord && body.length === length && body[0] === 2)
      return { handshake: Buffer.concat(handshake), alert: body[1] ?? 0 }
    at += 5 + length
  }
  if (bytes.length > 0 && bytes.length < 5 && (bytes[0] ?? 0) !== alertRecord && bytes[0] !== handshakeRecord)
    return undefined
  return { handshake: Buffer.concat(handshake) }
}

type Message = { readonly type: number; readonly body: Buffer }

function readMessages(bytes: Buffer): Message[] {
  const messages: Message[] = []
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUIntBE(at + 1, 3)
    if (at + 4 + length > bytes.length) break
    messages.push({ type: bytes[at] ?? 0, body: bytes.subarray(at + 4, at + 4 + length) })
    at += 4 + length
  }
  return messages
}

function readHello(body: Buffer, messages: readonly Message[]): Answer {
  const sessionLength = body[34] ?? 0
  const suiteAt = 35 + sessionLength
  if (body.length < suiteAt + 2) return { said: 'nonsense' }
  return {
    said: 'hello',
    version: body.readUInt16BE(0),
    suite: body.readUInt16BE(suiteAt),
    asksCertificate: messages.some((message) => message.type === certificateRequest),
  }
}
