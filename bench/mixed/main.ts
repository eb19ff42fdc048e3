import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processesOf } from '../../e2e/durability/doomed.ts'
import { quantile } from '../load.ts'
import { proportionalMiB } from '../memory.ts'
import { startProcess } from '../process.ts'
import { rounded, type Row } from '../table.ts'
import { ledgerFaults, mixOf } from './mix.ts'
import type { Seeded } from './mix.ts'
import { pace } from './pace.ts'
import type { Answered, Asked } from './pace.ts'

const tenants = 50
const minutes = Number(process.env['ART32_BENCH_MINUTES'] ?? 10)
const perSecond = 500
/** What is asked beside it of a server that only answers: the same machine in the same moment. */
const barePerSecond = 10
const overloadSeconds = 60
const memoryEveryMs = 5_000

/** A mixed load of signed-in people at a constant pace, and then twice as much of it. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-mixed-')))
  const art32 = await startProcess<Seeded>(new URL('art32.process.ts', import.meta.url), folder, String(tenants))
  const bare = await startProcess<{ url: string }>(new URL('bare.process.ts', import.meta.url))
  try {
    const pids = () => [...new Set([art32.pid, ...processesOf(folder).map(({ pid }) => pid)])]
    const ask = mixOf(art32.said)
    await run(ask, bare.said.url, { perSecond, seconds: 10 })
    const memory = watchMemory(pids)
    const usual = await run(ask, bare.said.url, { perSecond, seconds: minutes * 60 })
    const most = memory.end()
    const double = await run(ask, bare.said.url, { perSecond: 2 * perSecond, seconds: overloadSeconds })
    const written = usual.written + double.written
    return [
      ...usualRows(usual, most),
      ...overloadRows(double),
      {
        what: 'faults of the ledgers afterwards',
        value: await ledgerFaults(art32.said),
        unit: '',
        bar: '0',
        note: `${written} changes acknowledged`,
      },
    ]
  } finally {
    await bare.stop()
    await art32.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a run was answered. */
interface Run {
  readonly answers: readonly Answered[]
  readonly bare: readonly Answered[]
  /** Changes that were acknowledged. */
  readonly written: number
  readonly seconds: number
}

async function run(
  ask: (n: number) => Asked,
  bareUrl: string,
  load: { perSecond: number; seconds: number },
): Promise<Run> {
  const answers: Answered[] = []
  const bare: Answered[] = []
  let written = 0
  await Promise.all([
    pace(load, ask, (answer, { method }) => {
      answers.push(answer)
      if (method === 'POST' && answer.isRight) written++
    }),
    pace(
      { ...load, perSecond: barePerSecond },
      () => ({ method: 'GET', url: bareUrl, headers: {}, says: '{}' }),
      (answer) => bare.push(answer),
    ),
  ])
  return { answers, bare, written, seconds: load.seconds }
}

function watchMemory(pids: () => readonly number[]): { end(): number } {
  let most = 0
  const look = () => {
    most = Math.max(
      most,
      pids().reduce((sum, pid) => sum + proportionalMiB(pid), 0),
    )
  }
  const timer = setInterval(look, memoryEveryMs)
  return {
    end() {
      clearInterval(timer)
      look()
      return most
    },
  }
}

const timesOf = (answers: readonly Answered[]) => answers.map(({ ms }) => ms).toSorted((a, b) => a - b)

function usualRows({ answers, bare, seconds }: Run, mostMiB: number): Row[] {
  const times = timesOf(answers)
  const bareTimes = timesOf(bare)
  const bad = answers.filter(({ isRight }) => !isRight).length
  const quantileRow = (name: string, share: number, bar: string): Row => ({
    what: `${perSecond} requests a second over ${tenants} tenants, ${name}`,
    value: rounded(quantile(times, share)),
    unit: 'ms',
    bare: { what: 'a server that only answers, beside it', value: rounded(quantile(bareTimes, share)) },
    bar,
  })
  return [
    {
      what: `${perSecond} requests a second over ${tenants} tenants, answered`,
      value: rounded(answers.length / seconds),
      unit: '/s',
      bar: `${perSecond} /s for ten minutes`,
      note: `for ${rounded(seconds / 60)} minutes: 80 % one measure, 15 % a page of fifty, 5 % a comment with its leaf; signed in; with all usual limits`,
    },
    quantileRow('p50', 0.5, 'at most 15 ms'),
    quantileRow('p99', 0.99, 'at most 100 ms'),
    { what: 'answers that were no good', value: bad, unit: '', bar: '0' },
    {
      what: 'memory of all processes at most',
      value: rounded(mostMiB),
      unit: 'MiB',
      bar: 'at most 600 MB',
      note: 'proportional set size of the server and PostgreSQL, looked at every five seconds',
    },
  ]
}

function overloadRows({ answers, bare, seconds }: Run): Row[] {
  const good = answers.filter(({ isRight }) => isRight)
  const shed = answers.filter(({ status }) => status === 503 || status === 429).length
  const other = answers.length - good.length - shed
  return [
    {
      what: 'twice as many, answered well',
      value: rounded(good.length / seconds),
      unit: '/s',
      note: `${rounded((shed * 100) / answers.length)} % told to come again, ${other} answered otherwise or not at all`,
    },
    {
      what: 'twice as many, p99 of those answered well',
      value: rounded(quantile(timesOf(good), 0.99)),
      unit: 'ms',
      bare: { what: 'a server that only answers, beside it', value: rounded(quantile(timesOf(bare), 0.99)) },
    },
  ]
}
