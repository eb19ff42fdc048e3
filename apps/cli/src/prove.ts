import { readFileSync } from 'node:fs'
import {
  checks,
  isFor,
  parseTarget,
  prove as look,
  readTargets,
  TargetError,
  type Check,
  type ProveEvent,
  type Target,
} from '@art32/probes'
import { openExceptions } from './prove-exceptions.ts'
import { outputsOf, tell } from './prove-output.ts'
import { verdictOf, type ProvePolicy } from './prove-policy.ts'
import { summariseTarget } from './prove-report.ts'
import { Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'

/** Options of `art32 prove`. */
export interface ProveOptions {
  readonly target?: readonly string[]
  /** A file that lists connectors with their settings. */
  readonly connections?: string
  readonly host?: boolean
  readonly only?: readonly string[]
  readonly param?: readonly string[]
  /** Seconds for one target, as typed. */
  readonly timeout: string
  readonly json?: boolean
  /** The form on stdout. */
  readonly format?: string
  /** Files, each alone or as `form=file`. */
  readonly output?: readonly string[]
  readonly failOn: ProvePolicy['failOn']
  readonly failOnNotEvaluated?: boolean
  /** A file of declared exceptions. */
  readonly exceptions?: string
}

/**
 * Looks at systems without a server and tells what was judged.
 *
 * @returns the exit status: 1 if it is not in order by the policy, 3 if nothing could be looked at
 */
export async function prove(options: ProveOptions, release: string, terminal: Terminal): Promise<0 | 1 | 3> {
  const outputs = await outputsOf(options)
  const exceptions = openExceptions(options.exceptions, new Date())
  const wanted = checksOf(options.only ?? [])
  const parameters = parametersOf(options.param ?? [])
  const targets = targetsOf(options).filter(({ connector }) => wanted.some((check) => isFor(check, connector)))
  if (targets.length === 0) throw new Refusal('None of the checks in --only looks at these targets.')
  const progress = new Progress(terminal, targets.length)
  const result = await look(targets, {
    timeoutMs: millisecondsOf(options.timeout),
    parameters,
    only: (check) => wanted.includes(check),
    onProgress: (event) => progress.tell(event),
  })
  progress.end()
  await tell(result, outputs, exceptions, release, terminal)
  const { exit, say } = verdictOf(result, {
    failOn: options.failOn,
    failOnNotEvaluated: options.failOnNotEvaluated === true,
    isExcepted: (outcome) => exceptions.of(outcome) !== undefined,
  })
  terminal.err([...exceptions.notes(result), say].map((line) => `${line}\n`).join(''))
  return exit
}

/** The text of a target may hold a password, so only its position is told. */
function targetsOf({ target = [], connections, host }: ProveOptions): Target[] {
  const named = target.flatMap((text, index) => {
    try {
      return parseTarget(text)
    } catch (error) {
      if (error instanceof TargetError) throw new Refusal(`--target ${index + 1}: ${error.message}`)
      throw error
    }
  })
  const listed = connections === undefined ? [] : targetsIn(connections)
  const all = [...named, ...listed, ...(host === true ? parseTarget('host') : [])]
  if (all.length === 0)
    throw new Refusal(
      'Name what to look at: --target https://www.example.com, --connections FILE, or --host for this machine.',
    )
  return all.filter(({ system }, index) => all.findIndex((one) => one.system === system) === index)
}

function targetsIn(file: string): Target[] {
  try {
    return readTargets(readFileSync(file, 'utf8'), process.env)
  } catch (error) {
    if (error instanceof TargetError) throw new Refusal(`--connections: ${error.message}`)
    throw new Refusal(`--connections: ${file} cannot be read.`)
  }
}

function checksOf(lists: readonly string[]): readonly Check[] {
  const ids = lists.flatMap((list) => list.split(',')).map((id) => id.trim())
  return ids.length === 0 ? checks : ids.map(checkNamed)
}

function checkNamed(id: string): Check {
  const check = checks.find((one) => one.id === id)
  if (check !== undefined) return check
  const near = checks.filter((one) => one.id.split('.')[0] === id.split('.')[0])
  const known = (near.length > 0 ? near : checks).map((one) => one.id).join(', ')
  throw new Refusal(`There is no check of this name. ${near.length > 0 ? 'Near it' : 'There are'}: ${known}.`)
}

/** `tls.expiry.days=30` → `{ 'tls.expiry': { days: 30 } }`, refused unless the check takes it. */
function parametersOf(texts: readonly string[]): Record<string, Record<string, unknown>> {
  const parameters: Record<string, Record<string, unknown>> = {}
  for (const text of texts) {
    const [, id, name, value] = /^([\w.-]+)\.(\w+)=(.*)$/s.exec(text) ?? []
    if (id === undefined || name === undefined || value === undefined)
      throw new Refusal('A parameter is written as check.name=value, for example --param tls.protocols.minVersion=1.3')
    const check = checkNamed(id)
    ;(parameters[id] ??= {})[name] = valueFor(check, name, value)
  }
  return parameters
}

function valueFor(check: Check, name: string, text: string): unknown {
  const names = Object.keys(check.params.shape)
  if (!names.includes(name))
    throw new Refusal(
      `${check.id} has no parameter "${name}"; ${names.length === 0 ? 'it takes none' : `it takes ${names.join(', ')}`}.`,
    )
  const forms: unknown[] = [
    text,
    Number(text),
    text === 'true' ? true : text === 'false' ? false : undefined,
    text.split(','),
  ]
  const form = forms.find((value) => check.params.safeParse({ [name]: value }).success)
  if (form === undefined) throw new Refusal(`The value of ${check.id}.${name} is not one that the check can judge by.`)
  return form
}

const longestSeconds = 3_600

function millisecondsOf(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= longestSeconds))
    throw new Refusal(`--timeout takes seconds, more than 0 and at most ${longestSeconds}.`)
  return seconds * 1000
}

/** Says on stderr how far it is: one line that is written over for a person, else a line for each target. */
class Progress {
  readonly #terminal: Terminal
  readonly #total: number
  readonly #open = new Set<string>()
  #done = 0

  constructor(terminal: Terminal, total: number) {
    this.#terminal = terminal
    this.#total = total
  }

  tell(event: ProveEvent): void {
    if (event.kind === 'started') this.#open.add(event.system)
    if (event.kind === 'finished') {
      this.#open.delete(event.result.system)
      this.#done = event.done
      if (!this.#terminal.isLive) this.#terminal.err(`${summariseTarget(event.result)}\n`)
    }
    if (this.#terminal.isLive) this.#draw()
  }

  end(): void {
    if (this.#terminal.isLive) this.#terminal.err(eraseLine)
  }

  #draw(): void {
    const line = `${this.#done} of ${this.#total} looked at; ${[...this.#open].join(', ')}`
    this.#terminal.err(`${eraseLine}${line.slice(0, this.#terminal.columns - 1)}`)
  }
}

/** Back to the first column, and everything on the line away. */
const eraseLine = '\r\u001B[2K'
