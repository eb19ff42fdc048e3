import { operate, watch } from './operate.ts'
import { Refusal } from './refusal.ts'
import { Remote } from './remote.ts'
import { clean, type Terminal } from './terminal.ts'

/** Options of `art32 look`. */
export interface LookOptions {
  readonly url?: string
  readonly tenant: string
  /** A run that was cancelled or interrupted. */
  readonly resume?: string
  readonly cancel?: string
}

interface Run {
  readonly done: boolean
  readonly runId: string
  readonly state: string
  readonly connections: number
  readonly finished: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly lines: readonly { readonly systemName: string; readonly state: string }[]
}

/**
 * Lets a server look at the systems of a tenant, and follows it; or cancels a run, or goes on with one.
 *
 * @returns 0 done, 1 looked and something failed, 2 it ended before it was done
 */
export async function look(options: LookOptions, terminal: Terminal): Promise<0 | 1 | 2> {
  if (options.resume !== undefined && options.cancel !== undefined)
    throw new Refusal('Cancel a run or go on with one, not both at once.')
  const remote = await Remote.open(options.url, terminal)
  const ask = <T>(id: string, input: object = {}) => operate<T>(remote, terminal, options.tenant, id, input)
  if (options.cancel !== undefined) {
    await ask('run.cancel', { runId: options.cancel })
    terminal.out('Cancelled. What was collected stays; --resume goes on with what is left.\n')
    return 0
  }
  if (options.resume !== undefined) await ask('run.resume', { runId: options.resume })
  const runId = options.resume ?? (await ask<{ runId: string }>('check.run')).runId
  terminal.out(`Run ${clean(runId)}\n`)
  let last = ''
  for await (const run of watch<Run>(remote, options.tenant, 'run.watch', { runId })) {
    const line = lineOf(run)
    if (line !== last) terminal.out(line)
    last = line
    if (run.done) return end(run, terminal)
  }
  throw new Refusal('The server stopped telling how the run goes on. It goes on there.', 2)
}

function lineOf({ finished, connections, lines }: Run): string {
  const now = lines.filter(({ state }) => state === 'running').map(({ systemName }) => clean(systemName))
  const more = now.length > 3 ? ` and ${now.length - 3} more` : ''
  return `${finished} of ${connections}${now.length === 0 ? '' : `: ${now.slice(0, 3).join(', ')}${more}`}\n`
}

function end({ state, outcomes, runId }: Run, terminal: Terminal): 0 | 1 | 2 {
  const counts = Object.entries(outcomes).filter(([, count]) => count > 0)
  terminal.out(`${counts.map(([name, count]) => `${count} ${clean(name)}`).join(', ') || 'nothing was judged'}\n`)
  if (state === 'done') return (outcomes['fail'] ?? 0) > 0 ? 1 : 0
  terminal.err(`The run was ${clean(state)}. To go on: art32 look --resume ${clean(runId)}\n`)
  return 2
}
