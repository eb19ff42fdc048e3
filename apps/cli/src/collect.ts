import { writeFileSync } from 'node:fs'
import { collectHost, defaultContext, ownComputerId } from '@art32/probes'
import { Refusal } from './refusal.ts'
import { Remote } from './remote.ts'
import type { Terminal } from './terminal.ts'

/** Options of `art32 collect host`. */
export interface CollectOptions {
  /** The server to send to. */
  readonly push?: string
  readonly tenant?: string
  readonly label?: string
  readonly output?: string
  readonly id?: boolean
}

const labelPattern = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/

/** Prints what this computer says about itself, writes it to a file, or sends it. */
export async function collectThisHost(options: CollectOptions, version: string, terminal: Terminal): Promise<0> {
  const { push, tenant, label, output } = options
  if (options.id === true) {
    terminal.out(`${await ownId()}\n`)
    return 0
  }
  if (label !== undefined && !labelPattern.test(label))
    throw new Refusal('--label takes what stands on the sticker, as NB-017: letters, digits, spaces, ".", "_" and "-".')
  if (push !== undefined && tenant === undefined)
    throw new Refusal('--push sends into a tenant: name it, --tenant example.')
  // Whoever has no token is told before a minute of looking.
  const remote = push === undefined ? undefined : await Remote.open(push, terminal)
  const facts = await refusing(collectHost({ label, collector: `art32 ${version}` }, contextOf()))
  if (remote && tenant !== undefined) {
    const path = `/api/tenants/${encodeURIComponent(tenant)}/computer/push`
    const headers = { 'content-type': 'application/json' }
    await remote.send(path, { method: 'POST', headers, body: JSON.stringify(facts) })
    terminal.err('Sent.\n')
  } else if (output === undefined) terminal.out(`${JSON.stringify(facts, null, 2)}\n`)
  else writeFileSync(output, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 })
  return 0
}

const longestMs = 120_000
const contextOf = () => defaultContext(AbortSignal.timeout(longestMs))
const ownId = () => refusing(ownComputerId())

/** What the computer itself lacks is told as it is; the texts of the collector name no place and no person. */
async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : 'This computer could not be looked at.', 2, {
      cause: error,
    })
  }
}
