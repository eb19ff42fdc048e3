import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proportionalMiB } from '../memory.ts'
import { startProcess, type Started } from '../process.ts'
import { rounded, type Row } from '../table.ts'
import type { Installation } from './art32.process.ts'
import type { Directory } from './vendor.process.ts'

/** More, such as 50,000, by the variable only: the vendor's pace makes that a matter of patience. */
const sizes = (process.env['ART32_BENCH_ACCOUNTS'] ?? '1000,10000').split(',').map(Number)

/** Directories of several sizes, each by a fresh installation: connected, collected page by page, stored and judged. */
export async function measure(): Promise<readonly Row[]> {
  const taken: Taken[] = []
  for (const accounts of sizes) taken.push(await take(accounts))
  const [smallest, ...larger] = taken
  return [
    ...taken.map(({ accounts, seconds, requests }): Row => ({
      what: `${accounts.toLocaleString('en')} accounts of a directory collected, stored and judged`,
      value: rounded(seconds),
      unit: 's',
      note: `${requests} requests at the pace that the vendor allows`,
    })),
    ...taken.map(({ accounts, before, peak, facts }): Row => ({
      what: `memory of the server at most, with ${accounts.toLocaleString('en')} accounts`,
      value: rounded(peak),
      unit: 'MiB',
      bare: { what: 'before it', value: rounded(before) },
      note: `proportional set size; ${rounded(facts)} MiB of facts`,
    })),
    ...larger.map(({ accounts, peak }): Row => ({
      what: `what each account more costs, ${accounts.toLocaleString('en')} beside ${smallest?.accounts.toLocaleString('en')}`,
      value: rounded(((peak - (smallest?.peak ?? 0)) * 1_024) / (accounts - (smallest?.accounts ?? 0))),
      unit: 'KiB',
    })),
  ]
}

interface Taken {
  readonly accounts: number
  readonly seconds: number
  readonly requests: number
  /** MiB. */
  readonly before: number
  readonly peak: number
  readonly facts: number
}

async function take(accounts: number): Promise<Taken> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-directory-')))
  const art32 = await startProcess<Installation>(new URL('art32.process.ts', import.meta.url), folder)
  const vendor = await startProcess<Directory>(new URL('vendor.process.ts', import.meta.url), String(accounts))
  try {
    const taken = await look(art32, vendor.said)
    const [mistakes] = await vendor.stop()
    if (mistakes !== '[]') throw new Error(`the vendor was asked against its description: ${mistakes}`)
    return { accounts, ...taken }
  } finally {
    await art32.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Connects the directory, and looks at it once. */
async function look({ pid, said }: Started<Installation>, { settings }: Directory): Promise<Omit<Taken, 'accounts'>> {
  const ask = callerOf(said)
  const { connections } = await ask<{ connections: readonly string[] }>('connection/add', {
    connector: 'entra',
    settings,
  })
  const before = proportionalMiB(pid)
  const begun = performance.now()
  const { runId } = await ask<{ runId: string }>('check/run', { connectionIds: connections })
  const peak = await peakUntil(pid, finish(said, runId))
  const seconds = (performance.now() - begun) / 1_000
  return { seconds, before, peak, ...(await lookOf(ask)) }
}

type Ask = <T>(operation: string, input?: object) => Promise<T>

/** Changes take an input as JSON; what only reads takes none here. */
function callerOf({ api, headers }: Installation): Ask {
  return async <T>(operation: string, input?: object) => {
    const response = await fetch(`${api}/${operation}`, {
      headers,
      ...(input === undefined ? {} : { method: 'POST', body: JSON.stringify(input) }),
    })
    if (!response.ok) throw new Error(`${operation} was answered with ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
}

/** Follows a run to its end. @throws where it was interrupted or something of the directory was not seen */
async function finish({ api, headers }: Installation, runId: string): Promise<void> {
  const response = await fetch(`${api}/run/watch?runId=${runId}`, { headers })
  let last = ''
  const decoder = new TextDecoder()
  for await (const bytes of response.body ?? []) last = (last + decoder.decode(bytes, { stream: true })).slice(-20_000)
  const line =
    last
      .split('\n')
      .findLast((one) => one.startsWith('data: '))
      ?.slice(6) ?? '{}'
  const { state, outcomes } = JSON.parse(line) as { state?: string; outcomes?: Record<string, number> }
  if (state !== 'done' || outcomes?.['not-evaluated'] !== 0)
    throw new Error(`the directory was not seen in full: ${line}`)
}

/** The most memory of a process, in MiB, until some work is done. */
async function peakUntil(pid: number, work: Promise<void>): Promise<number> {
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, proportionalMiB(pid))
  }, 50)
  await work.finally(() => clearInterval(timer))
  return peak
}

/** How large the facts of the look are, and how many requests led to them. */
async function lookOf(ask: Ask): Promise<{ facts: number; requests: number }> {
  const { outcomes } = await ask<{ outcomes: readonly { id: string }[] }>('outcome/list')
  const { facts, requests } = await ask<{ facts: unknown; requests: readonly { times: number }[] }>(
    `outcome/facts?outcomeId=${outcomes[0]?.id}`,
  )
  return {
    facts: JSON.stringify(facts).length / 1_048_576,
    requests: requests.reduce((sum, { times }) => sum + times, 0),
  }
}
