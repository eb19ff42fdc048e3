import { checks, connectors, judge } from '@art32/probes'
import type { Check, Connector, Reading } from '@art32/probes'
import { manyFacts } from '../../packages/probes/src/testing/many-facts.ts'
import type { Shape } from '../../packages/probes/src/testing/many-facts.ts'
import { rounded, type Row } from '../table.ts'

const facts = Number(process.env['ART32_BENCH_FACTS'] ?? 100_000)
const shapes = ['wide', 'deep'] as const satisfies readonly Shape[]
const variants = [0, 1] as const

/** How long one check took over facts of one shape. */
interface Taken {
  readonly check: string
  /** Milliseconds of the check alone. */
  readonly alone: number
  /** Milliseconds with all that the engine makes of it: keys, sentences in two languages, order. */
  readonly whole: number
  readonly outcomes: number
}

/** Every check of every connector whose facts can be many, over so many in the groups that it reads. */
export function measure(): readonly Row[] {
  const rows = connectors.flatMap((connector): Row[] => {
    const own = checks.filter((check) => check.connector === connector.id)
    const taken = own.flatMap((check) =>
      shapes.flatMap((shape) => variants.flatMap((variant) => judgeOne(connector, check, { facts, shape, variant }))),
    )
    const alone = taken.toSorted((a, b) => b.alone - a.alone)[0]
    const whole = taken.toSorted((a, b) => b.whole - a.whole)[0]
    if (!alone || !whole) return []
    return [
      {
        what: `${connector.id}: slowest of ${new Set(taken.map(({ check }) => check)).size} checks over ${number(facts)} facts`,
        value: rounded(alone.alone),
        unit: 'ms',
        bar: 'below 100 ms',
        note: `${alone.check}; with keys and sentences at most ${rounded(whole.whole)} ms (${whole.check}, ${number(whole.outcomes)} outcomes)`,
      },
    ]
  })
  return rows.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
}

const number = (value: number): string => value.toLocaleString('en')

/** Nothing where what the check reads cannot be many. */
function judgeOne(connector: Connector, check: Check, wish: Parameters<typeof manyFacts>[2]): Taken[] {
  const groups = manyFacts(connector, check.reads, wish)
  if (!groups) return []
  const now = new Date()
  const parameters = check.params.parse({})
  const reading: Reading = {
    read: 'ok',
    complete: true,
    at: now.toISOString(),
    source: 'bench',
    facts: Object.fromEntries(
      Object.entries(groups).map(([name, seen]) => [name, { read: 'ok', complete: true, facts: seen }]),
    ),
  }
  let outcomes = 0
  const alone = best(() => void check.judge(groups, parameters, now))
  const whole = best(() => {
    outcomes = judge(check, reading, { system: 'bench', now }).length
  })
  return [{ check: check.id, alone, whole, outcomes }]
}

/** The best of three: what the work takes, not what else the machine does. One that is far below or above is not repeated. */
function best(work: () => void): number {
  const times: number[] = []
  do {
    const begun = performance.now()
    work()
    times.push(performance.now() - begun)
  } while (times.length < 3 && Math.min(...times) > 20 && Math.min(...times) < 2_000)
  return Math.min(...times)
}
