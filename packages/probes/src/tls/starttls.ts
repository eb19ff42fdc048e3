import type { Socket } from 'node:net'
import type { Context } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'

/** Protocols that begin in the clear and are then upgraded. `none`: TLS from the first byte. */
export const upgrades = ['none', 'smtp', 'imap', 'postgres'] as const
export type Upgrade = (typeof upgrades)[number]

/** Answers longer than this are no greeting. */
const answerLimit = 8_192

/**
 * Speaks a protocol in the clear up to the point where TLS begins.
 *
 * @returns false when the server says that it does not upgrade; rejects when it says nothing or something else
 * @source RFC 3207 (SMTP), RFC 9051 §6.2.1 (IMAP), the PostgreSQL protocol's SSLRequest
 */
export async function upgrade(socket: Socket, protocol: Upgrade, context: Context): Promise<boolean> {
  if (protocol === 'none') return true
  if (protocol === 'postgres') {
    socket.write(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]))
    return (await answer(socket, /^[SN]$/, context)) === 'S'
  }
  if (protocol === 'imap') {
    await answer(socket, /^\* OK[^\n]*\n/, context)
    socket.write('a1 STARTTLS\r\n')
    return /^a1 OK/im.test(await answer(socket, /^a1 [^\n]*\n/im, context))
  }
  await answer(socket, /^220 [^\n]*\n/m, context)
  socket.write('EHLO localhost\r\n')
  if (!/^250[- ]STARTTLS\s*$/im.test(await answer(socket, /^\d{3} [^\n]*\n/m, context))) return false
  socket.write('STARTTLS\r\n')
  return (await answer(socket, /^\d{3} [^\n]*\n/m, context)).startsWith('220')
}

/** What the server says, up to the end of the answer. */
function answer(socket: Socket, whole: RegExp, { limits: { silenceMs } }: Context): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const settle = (act: () => void) => {
      socket.off('data', hear)
      socket.off('error', fail)
      socket.off('end', end)
      socket.setTimeout(0)
      socket.pause()
      act()
    }
    const fail = (error: Error) => settle(() => reject(error))
    const end = () => fail(new Unreadable('contract', 'the server closed the connection before the upgrade'))
    const hear = (bytes: Buffer) => {
      text += bytes.toString('latin1')
      if (whole.test(text)) settle(() => resolve(text))
      else if (text.length > answerLimit) fail(new Unreadable('contract', 'the answer is not of the expected protocol'))
    }
    socket.setTimeout(silenceMs, () =>
      fail(new Unreadable('unreachable', 'the port took the connection and stayed silent (ETIMEDOUT)')),
    )
    socket.on('data', hear)
    socket.once('error', fail)
    socket.once('end', end)
    socket.resume()
  })
}
