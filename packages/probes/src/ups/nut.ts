import type { Socket } from 'node:net'
import type { Context } from '../engine/connector.ts'
import { openSocket } from '../engine/network.ts'
import { Unreadable } from '../engine/reading.ts'

/** A conversation with upsd, the server of NUT. */
export type Nut = {
  /** `LIST <what>`: the lines between BEGIN and END, without their first words. */
  readonly list: (what: string) => Promise<string[]>
  readonly close: () => void
}

/** What upsd says instead of an answer, and what that means. */
const errors: Readonly<Record<string, () => Unreadable>> = {
  'UNKNOWN-UPS': () =>
    new Unreadable('not-configured', 'the server does not know this power supply', { needs: 'name' }),
  'ACCESS-DENIED': () => new Unreadable('denied', 'the server refused access', { needs: 'LISTEN and the firewall' }),
  'DRIVER-NOT-CONNECTED': () => new Unreadable('unreachable', 'the server has lost its driver'),
  'DATA-STALE': () => new Unreadable('unreachable', 'the power supply has not answered its driver for a while'),
  'INVALID-ARGUMENT': () => new Unreadable('not-configured', 'the server cannot list this'),
  'UNKNOWN-COMMAND': () => new Unreadable('not-configured', 'the server is too old to list this'),
}

/** Opens the conversation. One question at a time; silence and endless answers end it. */
export async function openNut(address: string, port: number, context: Context): Promise<Nut> {
  const socket = await openSocket(address, port, context)
  const next = lines(socket, context)
  return {
    list: async (what) => {
      socket.write(`LIST ${what}\n`)
      const first = await next()
      if (first !== `BEGIN LIST ${what}`) throw refusal(first)
      const found: string[] = []
      const start = `${what} `
      for (let line = await next(); line !== `END LIST ${what}`; line = await next()) {
        if (!line.startsWith(start)) throw refusal(line)
        found.push(line.slice(start.length))
      }
      return found
    },
    close: () => socket.destroy(),
  }
}

function refusal(line: string): Unreadable {
  const known = errors[/^ERR ([A-Z-]+)/.exec(line)?.[1] ?? '']
  return known?.() ?? new Unreadable('contract', 'the server does not answer as NUT does')
}

/** Lines of a socket, one after the other. */
function lines(socket: Socket, { limits }: Context): () => Promise<string> {
  let waiting = ''
  let received = 0
  let ended: Error | undefined
  let wake: (() => void) | undefined
  const end = (error: Error) => {
    ended ??= error
    socket.destroy()
    wake?.()
  }
  socket.setTimeout(limits.silenceMs, () => end(new Unreadable('unreachable', 'no answer in time (ETIMEDOUT)')))
  socket.on('error', end)
  socket.on('close', () => end(new Unreadable('unreachable', 'the server closed the connection')))
  socket.on('data', (data: Buffer) => {
    received += data.length
    waiting += data.toString('utf8')
    if (received > limits.answerBytes) end(new Unreadable('contract', 'the answer does not end'))
    wake?.()
  })
  return async () => {
    for (;;) {
      const at = waiting.indexOf('\n')
      if (at >= 0) {
        const line = waiting.slice(0, at).trimEnd()
        waiting = waiting.slice(at + 1)
        return line
      }
      if (ended !== undefined) throw ended
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}

/** Variables of `LIST VAR`: `battery.charge "100"`, with `\"` and `\\` inside. */
export function parseVariables(list: readonly string[]): Map<string, string> {
  return new Map(
    list.flatMap((line): [string, string][] => {
      const [, name, value] = /^([\w.-]+) "((?:[^"\\]|\\.)*)"$/.exec(line) ?? []
      return name === undefined || value === undefined ? [] : [[name, value.replaceAll(/\\(.)/g, '$1')]]
    }),
  )
}
