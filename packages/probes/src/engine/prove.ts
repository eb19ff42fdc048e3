import { getServers } from 'node:dns'
import { setTimeout as sleep } from 'node:timers/promises'
import { checks as allChecks, connectorOf } from '../registry.ts'
import { isFor } from './check.ts'
import type { Check } from './check.ts'
import { collect } from './connector.ts'
import type { Context, Sent } from './connector.ts'
import { openDeadline } from './deadline.ts'
import { judge, rollUp } from './judge.ts'
import type { Outcome, OutcomeState } from './judge.ts'
import { unseen } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Target } from './target.ts'

/** One check on one target: its state is the worst over the subjects. */
export type CheckResult = {
  readonly check: string
  readonly state: OutcomeState
  readonly outcomes: readonly Outcome[]
}

/** All that was seen of one target and what was judged from it. Holds no settings. */
export type TargetResult = {
  readonly system: string
  readonly connector: string
  readonly reading: Reading
  readonly checks: readonly CheckResult[]
  readonly attempts: number
  readonly tookMs: number
  /** What was asked of others, and how often; the first two hundred kinds. */
  readonly requests: readonly AskedOften[]
}

/** Requests of one kind. */
export type AskedOften = Sent & { readonly times: number }

/** The whole run; plain JSON, in the order of the targets. */
export type ProveResult = {
  readonly schema: 'art32.prove/1'
  readonly startedAt: string
  readonly finishedAt: string
  readonly counts: Readonly<Record<OutcomeState, number>>
  readonly targets: readonly TargetResult[]
}

/** What happens while it runs. `target` is the index in the list. */
export type ProveEvent =
  | { readonly kind: 'started'; readonly target: number; readonly system: string; readonly connector: string }
  | {
      readonly kind: 'retry'
      readonly target: number
      readonly system: string
      readonly why: string
      readonly inMs: number
    }
  | {
      readonly kind: 'finished'
      readonly target: number
      readonly total: number
      readonly done: number
      readonly result: TargetResult
    }

/** How to run; every value has a default. */
export type ProveOptions = {
  /** Targets looked at at once (default 16). */
  readonly concurrency?: number
  /** Fewer at once for single connectors, for example `{ git: 2 }`. */
  readonly perConnector?: Readonly<Record<string, number>>
  /**
   * Time for one target with all its attempts, in milliseconds (default 30,000). A target that keeps answering gets more,
   * at most twenty times as much.
   */
  readonly timeoutMs?: number
  /** Looks at a target that is unreachable or throttled (default 2). */
  readonly attempts?: number
  /** First pause before another look, in milliseconds, doubled each time, with jitter (default 500). */
  readonly backoffMs?: number
  /** Parameters by check id, over the defaults. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Only these checks (default all of the connector). */
  readonly only?: (check: Check, target: Target) => boolean
  readonly context?: Partial<Omit<Context, 'signal'>>
  readonly signal?: AbortSignal
  readonly onProgress?: (event: ProveEvent) => void
}

const defaults = { concurrency: 16, timeoutMs: 30_000, attempts: 2, backoffMs: 500 }

/** The world as it is: system clock, chance, the name servers of the machine, no address forbidden. */
export function defaultContext(signal: AbortSignal, given: Partial<Omit<Context, 'signal'>> = {}): Context {
  return {
    now: () => new Date(),
    random: Math.random,
    resolver: getServers(),
    limits: { silenceMs: 5_000, answerBytes: 1_048_576 },
    mayReach: () => true,
    pseudonym: (person) => person,
    ...given,
    signal,
  }
}

/**
 * Looks at every target and judges what it saw. Knows no schedule and no database. A target that hangs uses up its
 * own time and one place in the queue; nothing else waits for it.
 */
export async function prove(targets: readonly Target[], options: ProveOptions = {}): Promise<ProveResult> {
  const now = options.context?.now ?? (() => new Date())
  const startedAt = now().toISOString()
  const results = Array.from<TargetResult>({ length: targets.length })
  await proveEach(targets, options, (result, index) => {
    results[index] = result
  })
  return {
    schema: 'art32.prove/1',
    startedAt,
    finishedAt: now().toISOString(),
    counts: count(results),
    targets: results,
  }
}

/**
 * As `prove`, but hands each result over and forgets it. A look keeps its place in the queue until `keep` is done with
 * it: where results are stored more slowly than systems answer, looks wait and memory does not grow.
 *
 * @throws what `keep` throws first; no further look begins then, and those under way are waited for
 */
export async function proveEach(
  targets: readonly Target[],
  options: ProveOptions,
  keep: (result: TargetResult, index: number) => void | Promise<void>,
): Promise<void> {
  let done = 0
  await inTurns(targets, options, async (target, index) => {
    options.onProgress?.({ kind: 'started', target: index, system: target.system, connector: target.connector })
    const result = await proveTarget(target, options, (why, inMs) =>
      options.onProgress?.({ kind: 'retry', target: index, system: target.system, why, inMs }),
    )
    await keep(result, index)
    done += 1
    options.onProgress?.({ kind: 'finished', target: index, total: targets.length, done, result })
  })
}

async function proveTarget(
  target: Target,
  options: ProveOptions,
  onRetry: (why: string, inMs: number) => void,
): Promise<TargetResult> {
  const began = performance.now()
  const { reading, attempts, requests } = await look(target, options, onRetry)
  const now = (options.context?.now ?? (() => new Date()))()
  const checks = allChecks
    .filter((check) => isFor(check, target.connector) && (options.only?.(check, target) ?? true))
    .map((check) => {
      const parameters = options.parameters?.[check.id] ?? {}
      const outcomes = judge(check, reading, { system: target.system, now, parameters })
      return { check: check.id, state: rollUp(outcomes), outcomes }
    })
  return {
    system: target.system,
    connector: target.connector,
    reading,
    checks,
    attempts,
    requests,
    tookMs: Math.round(performance.now() - began),
  }
}

async function look(
  target: Target,
  options: ProveOptions,
  onRetry: (why: string, inMs: number) => void,
): Promise<{ reading: Reading; attempts: number; requests: AskedOften[] }> {
  const { timeoutMs, attempts, backoffMs } = { ...defaults, ...options }
  const deadline = openDeadline(timeoutMs)
  const signal = options.signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, options.signal])
  const asked = openRecord()
  const sent = (request: Sent): void => {
    asked.note(request)
    deadline.note(request)
  }
  const context = defaultContext(signal, { ...options.context, sent })
  try {
    const connector = connectorOf(target.connector)
    if (connector === undefined) {
      const missing = unseen('not-configured', `there is no connector "${target.connector}"`)
      return {
        reading: { ...missing, at: context.now().toISOString(), source: target.connector },
        attempts: 0,
        requests: [],
      }
    }
    for (let attempt = 1; ; attempt += 1) {
      const reading = await collect(connector, target.settings, context)
      const pauseMs = again(reading, backoffMs * 2 ** (attempt - 1) * (0.5 + context.random()))
      if (pauseMs === undefined || attempt >= attempts || signal.aborted || !deadline.has(pauseMs))
        return { reading, attempts: attempt, requests: asked.all() }
      onRetry(reading.read === 'no' ? reading.why : '', Math.round(pauseMs))
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    deadline.end()
  }
}

const mostKinds = 200

/** Counts requests by their kind. */
function openRecord(): { note: (sent: Sent) => void; all: () => AskedOften[] } {
  const kinds = new Map<string, AskedOften>()
  return {
    note(sent) {
      const key = JSON.stringify([sent.method, sent.host, sent.path, sent.status])
      const known = kinds.get(key)
      if (known || kinds.size < mostKinds) kinds.set(key, { ...sent, times: (known?.times ?? 0) + 1 })
    },
    all: () => [...kinds.values()],
  }
}

/** How long to wait before another look, or undefined where another look would see the same. */
function again(reading: Reading, backoffMs: number): number | undefined {
  if (reading.read === 'ok' || (reading.why !== 'unreachable' && reading.why !== 'throttled')) return undefined
  return Math.max(backoffMs, reading.retryAfterMs ?? 0)
}

/** Runs work over targets, so many at once as the limits allow; one that must wait for its connector lets others pass. */
function inTurns(
  targets: readonly Target[],
  options: ProveOptions,
  work: (target: Target, index: number) => Promise<void>,
): Promise<void> {
  const waiting = targets.map((target, index) => ({ target, index }))
  const limit = options.concurrency ?? defaults.concurrency
  const busy = new Map<string, number>()
  const busyWith = (connector: string) => busy.get(connector) ?? 0
  let active = 0
  const failures: unknown[] = []
  return new Promise((resolve, reject) => {
    const start = (): void => {
      while (active < limit && failures.length === 0) {
        const at = waiting.findIndex(
          ({ target: { connector } }) => busyWith(connector) < (options.perConnector?.[connector] ?? limit),
        )
        const next = at < 0 ? undefined : waiting.splice(at, 1)[0]
        if (next === undefined) break
        const { connector } = next.target
        active += 1
        busy.set(connector, busyWith(connector) + 1)
        void work(next.target, next.index)
          .catch((reason: unknown) => void failures.push(reason))
          .then(() => {
            active -= 1
            busy.set(connector, busyWith(connector) - 1)
            start()
          })
      }
      if (active > 0) return
      if (failures.length > 0) reject(failures[0])
      else resolve()
    }
    start()
  })
}

function count(results: readonly TargetResult[]): Record<OutcomeState, number> {
  const counts = { pass: 0, fail: 0, info: 0, 'not-evaluated': 0, 'not-applicable': 0, stale: 0 }
  for (const result of results) for (const { state } of result.checks) counts[state] += 1
  return counts
}
