/** What can go wrong, told apart by who can do something about it. */
export type ErrorFamily = 'refusal' | 'outage' | 'bug'

/** Values an error may carry: ids, numbers, dates and enum values. Never names, addresses or free text. */
export type ErrorParams = Readonly<Record<string, string | number | boolean>>

/** One entry of a module's table of errors. `say` may name parameters as {name}. */
export interface ErrorDefinition {
  readonly code: string
  readonly status: number
  readonly family: ErrorFamily
  readonly say: { readonly en: string; readonly de: string }
}

/**
 * The one error class of the server. `code` is `<module>.<reason>` from a closed table; `cause` is kept to the end.
 *
 * A refusal is something the caller can act on (4xx), an outage something we depend on (502/503, retryable),
 * a bug a broken invariant (500, opaque outside).
 */
export class AppError extends Error {
  readonly definition: ErrorDefinition
  readonly params: ErrorParams

  constructor(definition: ErrorDefinition, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(fill(definition.say.en, params), options)
    this.name = 'AppError'
    this.definition = definition
    this.params = params
  }

  get code(): string {
    return this.definition.code
  }

  /** The sentence in the reader's language, with the parameters filled in. */
  say(language: 'en' | 'de'): string {
    return fill(this.definition.say[language], this.params)
  }
}

function fill(sentence: string, params: ErrorParams): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

type ErrorTable = Readonly<Record<string, { status: number; family?: ErrorFamily; en: string; de: string }>>

/**
 * Declares a module's errors once: `const measureErrors = defineErrors('measure', { not_found: … })`.
 *
 * @returns one constructor per reason: `throw measureErrors.not_found({ id })`; its `.definition` goes into `refuses`
 */
export function defineErrors<T extends ErrorTable>(module: string, table: T): { readonly [K in keyof T]: ErrorMaker } {
  const entries = Object.entries(table).map(([reason, { status, family, en, de }]) => {
    const definition: ErrorDefinition = {
      code: `${module}.${reason}`,
      status,
      family: family ?? (status >= 500 ? 'outage' : 'refusal'),
      say: { en, de },
    }
    const make = (params?: ErrorParams, options?: { cause?: unknown }) => new AppError(definition, params, options)
    return [reason, Object.assign(make, { definition })] as const
  })
  // Object.fromEntries forgets the keys it was given; they are exactly those of the table.
  return Object.fromEntries(entries) as { [K in keyof T]: ErrorMaker }
}

/** Makes one error of the table; its definition is listed in an operation's `refuses`. */
export interface ErrorMaker {
  (params?: ErrorParams, options?: { cause?: unknown }): AppError
  readonly definition: ErrorDefinition
}

const bugs = defineErrors('art32', {
  bug: {
    status: 500,
    family: 'bug',
    en: 'art32 made a mistake ({what}).',
    de: 'art32 hat einen Fehler gemacht ({what}).',
  },
})

/** An invariant is broken: our fault, never the caller's. `what` names the invariant and holds no data. */
export function bug(what: string, cause?: unknown): AppError {
  return bugs.bug({ what }, { cause })
}
