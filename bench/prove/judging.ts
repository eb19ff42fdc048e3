import { checks, connectors, judge } from '@art32/probes'
import type { Check, Connector, Reading } from '@art32/probes'
import { manyFacts } from '../../packages/probes/src/testing/many-facts.ts'
import type { Shape } from '../../packages/probes/src/testing/many-facts.ts'
import { rounded, type Row } from '../table.ts'

const facts = Number(process.env['ART32_BENCH_FACTS'] ?? 100_000)
const shapes = ['wide', 'deep'] as const satisfies readonly Shape[]
const variants = [0, 1] as const

/** The bar, in milliseconds; what is clearly below it is not measured again. */
const bar = 100

/** What one check takes, each at its worst shape of facts, in milliseconds. */
interface Taken {
  readonly check: string
  /** The check alone. */
  readonly alone: number
  /** With all that the engine makes of it: keys, sentences in two languages, order. */
  readonly whole: number
  readonly outcomes: number
}

/**
 * Every check of every connector whose facts can be many, over so many in the groups that it reads. Measured is the time
 * that the judging thread computes: what else the machine does is no work of a check.
 */
export function measure(): readonly Row[] {
  const rows = connectors.flatMap((connector): Row[] => {
    const own = checks.filter((check) => check.connector === connector.id)
    const taken = own.flatMap((check) => judgeOne(connector, check))
    const alone = taken.toSorted((a, b) => b.alone - a.alone)[0]
    const whole = taken.toSorted((a, b) => b.whole - a.whole)[0]
    if (!alone || !whole) return []
    const over = taken.filter((one) => one.alone >= bar).length
    return [
      {
        what: `${connector.id}: slowest of ${taken.length} checks over ${number(facts)} facts`,
        value: rounded(alone.alone),
        unit: 'ms',
        bar: `below ${bar} ms`,
        note: `${alone.check}, ${number(alone.outcomes)} outcomes; ${over} of ${taken.length} are not below it; with keys and sentences at most ${rounded(whole.whole)} ms (${whole.check}, ${number(whole.outcomes)} outcomes)`,
      },
    ]
  })
  return rows.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
}

const number = (value: number): string => value.toLocaleString('en')

/** Nothing where what the check reads cannot be many. */
function judgeOne(connector: Connector, check: Check): Taken[] {
  const now = new Date()
  const parameters = check.params.parse({})
  let alone = -1
  let worst: Readonly<Record<string, unknown>> | undefined
  for (const shape of shapes)
    for (const variant of variants) {
      const groups = manyFacts(connector, check.reads, { facts, shape, variant })
      if (!groups) continue
      const took = best(() => void check.judge(groups, parameters, now), 3)
      if (took <= alone) continue
      alone = took
      worst = groups
    }
  if (!worst) return []
  const reading = readingOf(worst, now)
  let outcomes = 0
  const whole = best(() => {
    outcomes = judge(check, reading, { system: 'bench', now }).length
  }, 2)
  return [{ check: check.id, alone, whole, outcomes }]
}

const readingOf = (groups: Readonly<Record<string, unknown>>, now: Date): Reading => ({
  read: 'ok',
  complete: true,
  at: now.toISOString(),
  source: 'bench',
  facts: Object.fromEntries(
    Object.entries(groups).map(([name, seen]) => [name, { read: 'ok', complete: true, facts: seen }]),
  ),
})

/** The best of some times: the first one of a check is not compiled yet. */
function best(work: () => void, times: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let time = 0; time < times && least > bar / 2; time += 1) {
    const before = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(before)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}
