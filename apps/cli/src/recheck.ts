import type { Bundle } from '@art32/ledger'
import { linesOf, type OutcomeState } from '@art32/press'
import { checkOf, parseTarget, prove, TargetError, type CheckResult, type Target } from '@art32/probes'
import { editionOf, isRecord, openedAs } from './bundled-edition.ts'
import { isPublicAddress } from './public-address.ts'

/** What a look from the verifier's own machine says of one recorded outcome. */
export interface Rechecked {
  /** Id of the line, its first where several rest on the same outcome. */
  readonly line: string
  readonly check: string
  /** The system as the edition names it. */
  readonly system: string
  readonly recorded: OutcomeState
  /** Null where nothing could be seen from here. */
  readonly now: OutcomeState | null
  readonly result: 'same' | 'different' | 'not-reachable'
  readonly say: string
}

/** For tests: whom to reach, and how long to wait. */
export interface RecheckOptions {
  readonly mayReach?: (address: string) => boolean
  readonly timeoutMs?: number
}

const fromOutside = ['tls', 'http', 'dns']
/** A bundle must not make the verifier knock at half the internet. */
const mostSystems = 50

interface Recorded {
  readonly line: string
  readonly check: string
  readonly system: string
  readonly state: OutcomeState
  readonly params: Readonly<Record<string, unknown>>
  readonly targets: readonly Target[]
}

/**
 * Looks again, from here, at what anybody can see of the systems whose public address stands in the edition.
 *
 * Only a bundle that holds may come here: then the edition is the recorded one. It is still of whoever made it, so only
 * addresses of the public internet are asked, and nothing but what a visitor would ask.
 */
export async function recheck(files: Bundle, options: RecheckOptions = {}): Promise<readonly Rechecked[]> {
  const recorded = recordedOf(files)
  const systems = [...new Set(recorded.map(({ system }) => system))].slice(0, mostSystems)
  const all = await Promise.all(
    systems.map((system) =>
      lookAgain(
        recorded.filter((one) => one.system === system),
        options,
      ),
    ),
  )
  return all.flat()
}

async function lookAgain(
  recorded: readonly Recorded[],
  { mayReach = isPublicAddress, timeoutMs = 20_000 }: RecheckOptions,
): Promise<Rechecked[]> {
  const wanted = new Set(recorded.map(({ check }) => check))
  const targets = recorded
    .flatMap((one) => one.targets)
    .filter(({ connector }, index, them) => them.findIndex((other) => other.connector === connector) === index)
  const { targets: seen } = await prove(targets, {
    timeoutMs,
    attempts: 1,
    only: (check) => wanted.has(check.id),
    parameters: Object.fromEntries(recorded.map(({ check, params }) => [check, params])),
    context: { mayReach },
  })
  const results = new Map(seen.flatMap(({ checks }) => checks.map((one) => [one.check, one])))
  return recorded.map((one) => compare(one, results.get(one.check)))
}

function compare({ line, check, system, state }: Recorded, found: CheckResult | undefined): Rechecked {
  const worst = found?.outcomes.find((outcome) => outcome.state === found.state)
  const base = { line, check, system, recorded: state }
  if (found === undefined || found.state === 'not-evaluated')
    return { ...base, now: null, result: 'not-reachable', say: worst?.say.en ?? 'Nothing was seen of it from here.' }
  const result = found.state === state ? 'same' : 'different'
  return { ...base, now: found.state, result, say: worst?.say.en ?? '' }
}

/** The outcomes that can be looked at again: of the three connectors, on systems that are named by their address. */
function recordedOf(files: Bundle): Recorded[] {
  const edition = editionOf(files)
  const found = new Map<string, Recorded>()
  for (const line of edition === null ? [] : linesOf(edition.sections)) {
    for (const backing of line.parts.flatMap((part) => part.backing)) {
      if (backing.kind !== 'check' || found.has(`${backing.system} ${backing.check}`)) continue
      const connector = checkOf(backing.check)?.connector ?? ''
      const targets = targetsOf(backing.system, connector)
      const record = openedAs(files, backing.leaf, 'outcome')
      if (targets.length === 0 || record === null) continue
      found.set(`${backing.system} ${backing.check}`, {
        line: line.id,
        check: backing.check,
        system: backing.system,
        // A pass that is too old was one; whether it is one today is what is asked.
        state: backing.state === 'stale' ? 'pass' : backing.state,
        params: isRecord(record['params']) ? record['params'] : {},
        targets,
      })
    }
  }
  return [...found.values()]
}

const host =
  /^(?=.{1,253}(?::|$))(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?$/i
const upgrades: Readonly<Record<string, string>> = { 25: 'smtp', 587: 'smtp', 143: 'imap' }

/** A name that somebody gave a system is no address; then it was not meant to be found. */
function targetsOf(label: string, connector: string): Target[] {
  if (!fromOutside.includes(connector)) return []
  const address = label.replace(/^dns:/, '')
  if (!host.test(address) || !/[.:]/.test(address)) return []
  const [name = '', port = '443'] = address.split(':')
  try {
    return parseTarget(connector === 'dns' ? `dns:${name}` : `${upgrades[port] ?? 'https'}://${name}:${port}`).filter(
      (target) => target.connector === connector,
    )
  } catch (error) {
    if (error instanceof TargetError) return []
    throw error
  }
}
