import { setTimeout as sleep } from 'node:timers/promises'
import { operate } from './operate.ts'
import { Refusal } from './refusal.ts'
import { Remote } from './remote.ts'
import { clean, type Terminal } from './terminal.ts'

/** Options of `art32 rejudge`. */
export interface RejudgeOptions {
  readonly url?: string
  readonly tenant: string
  /** Seconds until it stops waiting; the server goes on. */
  readonly wait?: string
}

interface Outdated {
  readonly connections: number
  readonly checks: readonly { readonly id: string; readonly version: number; readonly connections: number }[]
}

/**
 * Lets a server judge what it has seen once more by the checks of its release. Nothing is looked at, nobody is asked.
 *
 * @returns 0 when everything is judged by them
 */
export async function rejudge(options: RejudgeOptions, terminal: Terminal): Promise<0> {
  const remote = await Remote.open(options.url, terminal)
  const ask = <T>(id: string, input: object = {}) => operate<T>(remote, terminal, options.tenant, id, input)
  const before = await ask<Outdated>('check.outdated')
  if (before.connections === 0) {
    terminal.out('Everything was judged by the checks of this release.\n')
    return 0
  }
  for (const { id, version, connections } of before.checks)
    terminal.out(
      `${clean(id)} version ${version}: ${connections} ${connections === 1 ? 'connection' : 'connections'}\n`,
    )
  await ask('check.rejudge')
  const waitMs = 1_000 * secondsOf(options.wait ?? '600')
  for (const until = Date.now() + waitMs; ; await sleep(500)) {
    const { connections } = await ask<Outdated>('check.outdated')
    if (connections === 0) break
    if (Date.now() >= until)
      throw new Refusal(`${connections} connections still wait; the server goes on with them.`, 2)
  }
  terminal.out(`Judged again: ${before.connections} ${before.connections === 1 ? 'connection' : 'connections'}.\n`)
  return 0
}

function secondsOf(text: string): number {
  const seconds = Number(text)
  if (!Number.isFinite(seconds) || seconds < 0) throw new Refusal('--wait takes a number of seconds.')
  return seconds
}
