import type { Log } from '../log.ts'
import { hintId, isMakeshift, makeshift } from './certificate.ts'
import { AcmeFailure } from './failure.ts'
import type { FailureCode } from './failure.ts'
import { askHint, nameOf as certificateName, renewalOf } from './hint.ts'
import { newKey, openKeep } from './keep.ts'
import type { AcmeKeep } from './keep.ts'
import { openLine } from './line.ts'
import type { Line } from './line.ts'
import { order } from './order.ts'
import type { AcmeSetting } from './setting.ts'

const minute = 60_000
const day = 86_400_000
/** An authority that forgives five failed proofs an hour and fifty certificates a week is never at its limit. */
export const mostTriesADay = 6
/** Longer than a day nobody is left alone: to ask once a day harms no authority, and an answer that says 2099 is none. */
const longestWaitMs = day

/** The certificate of this installation, and what keeps it valid. */
export interface Acme {
  /** What is answered at `/.well-known/acme-challenge/<token>`; null: nothing is. */
  challenge(path: string): string | null
  /**
   * Looks whether a certificate is due, and orders it. Never throws: what went wrong stands in the log and in the folder.
   *
   * @param hurry by a person who has mended something: not after a wait of our own, but after one that the authority asked for
   */
  attend(hurry?: boolean): Promise<void>
  /** Gives up what is under way; an order that was begun is gone on with at the next start. */
  stop(): Promise<void>
}

/** What it takes to order. */
export interface AcmeOptions {
  readonly setting: AcmeSetting
  /** The file of `setting.authorityFile`; null: none. */
  readonly ca: string | null
  readonly now: () => Date
  /** From 0 to 1. */
  readonly random: () => number
  readonly log: Log
  /** Whether it is this process that orders. */
  readonly mayOrder: () => Promise<boolean>
  /** There is another certificate. */
  readonly renewed: () => void
  /** Other times than the usual ones, for tests. */
  readonly times?: Partial<AcmeTimes>
}

/** How long is waited, in milliseconds. */
export interface AcmeTimes {
  /** For one answer, to its last byte. */
  readonly answer: number
  /** For a whole order. */
  readonly order: number
  /** Between two questions whether something is ready. */
  readonly pause: number
}

const usualTimes: AcmeTimes = { answer: 20_000, order: 10 * minute, pause: 2_000 }

/**
 * Makes sure that there is something to speak TLS with: the certificate that was kept, or one of our own hand until an
 * authority gave one.
 *
 * @throws {AcmeFailure} disk
 */
export async function prepareServed({ folder, name }: AcmeSetting, now: Date): Promise<void> {
  const keep = openKeep(folder)
  const present = keep.present()
  const isFit = present !== null && (!isMakeshift(present) || present.validToDate > now)
  if (isFit) return
  const key = newKey()
  keep.serve(await makeshift(name, key, now), key)
}

/** Opens the keeping of the certificate. */
export function openAcme(options: AcmeOptions): Acme {
  const { setting, log } = options
  const keep = openKeep(setting.folder)
  const challenges = new Map<string, string>()
  const ending = new AbortController()
  let underWay: Promise<void> | null = null
  return {
    challenge(path) {
      const token = /^\/\.well-known\/acme-challenge\/([A-Za-z0-9_-]{1,200})$/.exec(path)?.[1]
      return token === undefined ? null : (challenges.get(token) ?? null)
    },
    async attend(hurry = false) {
      underWay ??= attendOnce({ ...options, keep, challenges, ending: ending.signal }, hurry)
        .catch((error: unknown) => {
          // The state itself could not be written.
          log.error('acme.failed', { code: codeOf(error), attempt: keep.state.failures })
        })
        .finally(() => (underWay = null))
      await underWay
    },
    async stop() {
      ending.abort()
      await underWay
    },
  }

  function codeOf(error: unknown): FailureCode {
    return error instanceof AcmeFailure ? error.code : 'disk'
  }
}

/** All of it for one look. */
interface Attending extends AcmeOptions {
  readonly keep: AcmeKeep
  readonly challenges: Map<string, string>
  readonly ending: AbortSignal
}

async function attendOnce(attending: Attending, hurry: boolean): Promise<void> {
  const { keep, now, ending, mayOrder, log, renewed } = attending
  if (ending.aborted) return
  if (!(await isDue(attending))) return
  const at = now().getTime()
  const tries = keep.state.tries.filter((one) => one <= at && one > at - day)
  const wait = waitOf(keep, at)
  if (wait !== null && (wait.said || !hurry)) return
  if (tries.length >= mostTriesADay) return
  if (!(await mayOrder())) {
    fail(attending, new AcmeFailure('elsewhere'))
    return
  }
  // Before anything is asked: a process that dies again and again is counted, too.
  keep.change({ tries: [...tries, at] })
  try {
    const { chain, key } = await placeOrder(attending)
    keep.serve(chain, key)
    keep.change({ order: null, failures: 0, wait: null, failure: null, hint: null })
    log.warn('acme.renewed')
    renewed()
  } catch (error) {
    if (ending.aborted) return
    fail(attending, error instanceof AcmeFailure ? error : new AcmeFailure('answer', { cause: error }))
  }
}

/** A wait that is in force; a clock that was set back makes none that is longer than it can be. */
function waitOf({ state }: AcmeKeep, at: number): { readonly said: boolean } | null {
  const { wait } = state
  return wait !== null && wait.until > at && wait.until <= at + 2 * longestWaitMs ? wait : null
}

async function isDue(attending: Attending): Promise<boolean> {
  const { keep, setting, now } = attending
  const present = keep.present()
  if (present === null || isMakeshift(present)) return true
  if (present.checkHost(setting.name, { subject: 'never' }) === undefined) return true
  await refreshHint(attending)
  return renewalOf(present, keep.state.hint) <= now().getTime()
}

/** Asks anew when the authority wants it renewed, where it is time; whether it answers is of no weight. */
async function refreshHint(attending: Attending): Promise<void> {
  const { keep, now, random, setting } = attending
  const present = keep.present()
  const at = now().getTime()
  const { hint } = keep.state
  if (present === null) return
  const isFresh = hint?.certificate === certificateName(present) && hint.askAgain > at && hint.askAgain <= at + day
  if (isFresh) return
  const none = { certificate: certificateName(present), at: null, askAgain: at + day / 4 }
  const line = lineOf(attending, attending.ending)
  const asking = { directory: setting.directory, line, now: now(), random: random() }
  const found = await askHint(present, asking).catch(() => null)
  // What was known of this certificate stays while nobody answers.
  const known = hint?.certificate === none.certificate ? hint.at : null
  keep.change({ hint: found ?? { ...none, at: known } })
}

async function placeOrder(attending: Attending): Promise<{ readonly chain: string; readonly key: string }> {
  const { setting, keep, challenges, now, times, ending } = attending
  const { order: orderMs, pause } = { ...usualTimes, ...times }
  const signal = AbortSignal.any([ending, AbortSignal.timeout(orderMs)])
  const present = keep.present()
  const isReal = present !== null && !isMakeshift(present)
  return await order({
    setting,
    keep,
    line: lineOf(attending, signal),
    challenges,
    now,
    pauseMs: pause,
    signal,
    // Only where the authority has an opinion on renewals does it know what is meant.
    replaces: isReal && (keep.state.hint?.at ?? null) !== null ? await hintId(present) : null,
  })
}

function lineOf({ setting, ca, now, times }: Attending, signal: AbortSignal): Line {
  const { answer } = { ...usualTimes, ...times }
  return openLine({ directory: setting.directory, ca, answerMs: answer, signal, now })
}

/** Notes a failure, and when it is tried again: after 5 minutes, 15, 45 …, a day at most, each a little off. */
function fail({ keep, now, random, log }: Attending, failure: AcmeFailure): void {
  const at = now().getTime()
  const failures = Math.min(keep.state.failures + 1, 1_000)
  const own = Math.min(5 * minute * 3 ** (failures - 1), longestWaitMs) * (0.8 + 0.4 * random())
  const said = Math.min(failure.retryAfterMs ?? 0, longestWaitMs)
  log.error('acme.failed', { code: failure.code, attempt: failures })
  keep.change({
    failures,
    failure: { at, code: failure.code },
    wait: { until: at + Math.round(Math.max(own, said)), said: said > 0 },
  })
}
