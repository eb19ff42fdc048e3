import { recomputeVerdict } from '@art32/probes'
import { fileRefusal, readBounded } from './bundle-source.ts'
import { Refusal } from './refusal.ts'
import { clean, type Terminal } from './terminal.ts'

/** Options of `art32 recompute`. */
export interface RecomputeOptions {
  readonly json?: boolean
}

const longest = 64 * 1_048_576

/**
 * Computes a verdict again by the check of this release, without a server: for the release that has the version of that day.
 *
 * @returns 0 the same state, 1 another
 * @throws {Refusal} it cannot be computed here
 */
export async function recompute(file: string, { json = false }: RecomputeOptions, terminal: Terminal): Promise<0 | 1> {
  const found = recomputeVerdict(await read(file))
  if (found.can === 'no') throw refusalOf(found)
  const { check, version, kept, state, outcomes } = found
  if (json) terminal.out(`${JSON.stringify(outcomes, null, 2)}\n`)
  else for (const { state: one, say } of outcomes) terminal.out(`${one.padEnd(14)} ${clean(say.en)}\n`)
  terminal.err(
    state === kept
      ? `The same verdict by ${check} version ${version}: ${state}.\n`
      : `Another verdict by ${check} version ${version}: ${state}; kept is ${clean(kept)}.\n`,
  )
  return state === kept ? 0 : 1
}

function refusalOf(found: Extract<ReturnType<typeof recomputeVerdict>, { can: 'no' }>): Refusal {
  if (found.why === 'form') return new Refusal('This is not what "art32 call outcome.facts" prints.')
  if (found.why === 'no-check') return new Refusal(`This release has no check ${clean(found.check)}.`)
  const { check, version, running, release } = found
  const where = release === null ? 'In which release that lies is not known.' : `That lies in release ${release}.`
  return new Refusal(`${check} judged by version ${version}; this release has version ${running}. ${where}`)
}

async function read(file: string): Promise<unknown> {
  const bytes = await readBounded(file, longest).catch((error: unknown) => {
    throw fileRefusal(error, 'recompute') ?? error
  })
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    // What it holds is not repeated: it may be personal.
    return undefined
  }
}
