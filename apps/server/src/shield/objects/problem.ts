import { AppError } from '../../kernel/index.ts'
import { allObjectErrors, isPassing, objectErrors } from '../../platform/index.ts'
import { shieldErrors } from '../errors.ts'

/** Why something did not go through, as it is kept: a code, and what its sentence names. */
export interface Problem {
  readonly code: string
  readonly about: Readonly<Record<string, string | number>>
}

const definitions: ReadonlyMap<string, AppError['definition']> = new Map(
  [...allObjectErrors, ...Object.values(shieldErrors)].map(({ definition }) => [definition.code, definition]),
)

/** What no other object of the same store would be spared. */
const ofTheStore: ReadonlySet<string> = new Set(
  [
    objectErrors.bad_endpoint,
    objectErrors.not_allowed,
    objectErrors.wrong_key,
    objectErrors.no_bucket,
    objectErrors.other_region,
    objectErrors.clock,
    shieldErrors.enter_again,
    shieldErrors.store_not_found,
    shieldErrors.bad_plan,
  ].map(({ definition }) => definition.code),
)

/** Who is to do something about it: nobody but time, whoever set the store up, or whoever has the object. */
export function kindOf(error: unknown): 'passing' | 'store' | 'object' {
  if (isPassing(error)) return 'passing'
  return error instanceof AppError && ofTheStore.has(error.code) ? 'store' : 'object'
}

/** An error as it is kept: what is none of ours is a bug, of which nothing is told. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof AppError) || !definitions.has(error.code))
    return { code: shieldErrors.failed.definition.code, about: {} }
  const about = Object.entries(error.params).filter(([, value]) => typeof value !== 'boolean')
  return { code: error.code, about: Object.fromEntries(about) as Problem['about'] }
}

/** What is kept as a sentence in both languages. */
export function sayProblem(code: string, about: Problem['about'] = {}): { code: string; en: string; de: string } {
  const error = new AppError(definitions.get(code) ?? shieldErrors.failed.definition, about)
  return { code, en: error.say('en'), de: error.say('de') }
}
