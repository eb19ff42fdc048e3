import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** The test file of EICAR, put together here, so that no scanner takes this source for it. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join(''),
)

/** A daemon that speaks as clamd does, and knows one signature. */
export interface Clamd {
  readonly port: number
  /** How many bytes each scan brought. */
  readonly scans: number[]
  /** What it does from now on. */
  behave(how: 'as clamd' | 'silent' | 'size limit' | 'nonsense' | 'hang up'): void
  stop(): Promise<void>
}

/**
 * Strict where clamd is: the command ends with NUL, each chunk has its length in front, nothing comes after the empty one.
 *
 * @source clamd(8), INSTREAM
 */
export async function startClamd(): Promise<Clamd> {
  const scans: number[] = []
  const open = new Set<Socket>()
  let how: Parameters<Clamd['behave']>[0] = 'as clamd'
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => undefined)
    if (how === 'hang up') return void socket.destroy()
    let given = Buffer.alloc(0)
    socket.on('data', (part) => {
      given = Buffer.concat([given, Buffer.from(part)])
      const said = how === 'silent' ? null : answerTo(given, how)
      if (said === null) return
      if (said.bytes !== null) scans.push(said.bytes)
      socket.end(`${said.text}\0`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    scans,
    behave: (next) => (how = next),
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const command = 'zINSTREAM\0'

/** Null: more has to come. */
function answerTo(given: Buffer, how: string): { text: string; bytes: number | null } | null {
  if (how === 'nonsense') return { text: '220 mail.example.com ESMTP', bytes: null }
  if (how === 'size limit') return { text: 'INSTREAM size limit exceeded. ERROR', bytes: null }
  if (given.length < command.length) return null
  if (given.toString('latin1', 0, command.length) !== command) return { text: 'UNKNOWN COMMAND', bytes: null }
  const parts: Buffer[] = []
  for (let at = command.length; at + 4 <= given.length;) {
    const length = given.readUInt32BE(at)
    if (length === 0) {
      const bytes = Buffer.concat(parts)
      const isWhole = at + 4 === given.length
      const text = bytes.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK'
      return { text: isWhole ? text : 'COMMAND READ TIMED OUT', bytes: bytes.length }
    }
    if (at + 4 + length > given.length) return null
    parts.push(given.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}
