import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import {
  createKeyFile,
  createNonce,
  fileOutput,
  type Input,
  KeyError,
  openInput,
  type Output,
  type Plan,
  profile,
  readKeyFile,
  readPlan,
  report,
  type RootKey,
  run,
  ShieldError,
  type ShieldReport,
  streamOutput,
  writePlan,
} from '@art32/shield'
import { errorCode, Refusal } from './refusal.ts'
import { sealingOf } from './shield-seal.ts'
import { standardInput } from './standard-input.ts'
import { clean, type Terminal } from './terminal.ts'
import { writeWhole } from './whole-file.ts'

/** Options of `art32 shield`. */
export interface ShieldOptions {
  readonly keyFile?: string
  readonly plan?: string
  readonly report?: string
  readonly tenant: string
  readonly domain?: string
  readonly threads?: string
  readonly longestRecord?: string
  readonly vault?: string
  readonly sealed?: string
}

/** Below this a thread costs more than it saves. */
const SMALL = 4 * 1024 * 1024
const MOST_THREADS = 64

/**
 * Removes personal data from a file or a stream.
 *
 * @param from a file, or `-` for standard input
 * @param to   a file, or `-` for standard output
 * @throws {Refusal} an input, a plan or a key that cannot be used; then there is no output
 */
export async function shield(from: string, to: string, options: ShieldOptions, terminal: Terminal): Promise<0> {
  if (from === to && from !== '-')
    throw new Refusal('The output must not be the input: what is read would be overwritten.')
  if (options.keyFile === undefined) {
    throw new Refusal('Name the file with the key (--key-file <file>). Make one with: art32 shield key <file>')
  }
  return await refusing(async () => {
    const key = readKey(options.keyFile ?? '', terminal)
    const given = options.plan === undefined ? undefined : await planOf(options.plan)
    const input = await openInput(sourceOf(from, terminal), given)
    const done = await closing(input, async () => {
      const plan = inDomain(given ?? (await profile(input, from === '-' ? undefined : from)), options.domain)
      const sealing = sealingOf(plan, options)
      const open = async () => (to === '-' ? streamOutput(process.stdout) : await fileOutput(to))
      return await work(input, open, plan, key, options, terminal, sealing)
    })
    if (options.report !== undefined) {
      await writeWhole(options.report, [`${JSON.stringify(done, null, 2)}\n`], '--report')
    }
    summarise(done, given === undefined, terminal)
  })
}

/** Node ends a process that leaves a file to be closed by nobody, with another status than ours. */
async function closing<T>(input: Input, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } finally {
    await input.begun.source.close()
  }
}

/** What to open: a file by its path, or what comes on standard input. */
function sourceOf(from: string, { input }: Terminal): string | AsyncIterable<Uint8Array> {
  if (from !== '-') return from
  return input === process.stdin ? standardInput(input) : input
}

/**
 * V8 frees what its compilers leave in the background, which waits where all processors are busy: some 30 MB for each thread of a run. No result
 * depends on it.
 */
function freeAtOnce(): void {
  setFlagsFromString('--no-maglev-destroy-on-background')
}

async function work(
  input: Input,
  open: () => Promise<Output>,
  plan: Plan,
  key: RootKey,
  options: ShieldOptions,
  terminal: Terminal,
  sealing: string | undefined,
): Promise<ShieldReport> {
  freeAtOnce()
  const document = createNonce()
  const progress = progressOf(input.size, terminal)
  let opening: Promise<Output> | undefined
  const drop = async () => await (await opening)?.drop()
  const stop = () => {
    void drop()
      .catch(() => undefined)
      .finally(() => process.exit(130))
  }
  // Before there is a file: whoever is told to stop takes it along.
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    opening = open()
    const output = await opening
    const outcome = await run({
      input: input.begun,
      sink: output.sink,
      plan,
      key: { secret: key.secret, tenant: options.tenant, document, sealing },
      threads: threadsFor(input, options.threads),
      longestRecord: positive(options.longestRecord, '--longest-record'),
      progress,
    })
    await output.keep()
    return report(outcome, plan, key.id, document)
  } catch (error) {
    await drop()
    throw error
  } finally {
    process.removeListener('SIGINT', stop)
    process.removeListener('SIGTERM', stop)
    if (terminal.isLive) terminal.err('\r\u001B[K')
  }
}

/**
 * Looks at a file and prints the plan that fits.
 *
 * @throws {Refusal} an input that cannot be read
 */
export async function shieldProfile(from: string, options: { output?: string }, terminal: Terminal): Promise<0> {
  return await refusing(async () => {
    const input = await openInput(sourceOf(from, terminal))
    const plan = await closing(input, async () => await profile(input, from === '-' ? undefined : from))
    const text = writePlan(plan)
    if (options.output === undefined) terminal.out(text)
    else await writeWhole(options.output, [text], '--output')
  })
}

/** Makes a key file. @throws {Refusal} one that is there is never overwritten */
export async function shieldKey(path: string, terminal: Terminal): Promise<0> {
  return await refusing(async () => {
    const { id } = createKeyFile(path)
    terminal.err(
      `${clean(path)} holds a new key, ${id}. Keep it apart from what is made with it: whoever has both can find out who is who. Without it the same person never gets the same pseudonym again.\n`,
    )
    await Promise.resolve()
  })
}

export async function refusing(work: () => Promise<void>): Promise<0> {
  try {
    await work()
    return 0
  } catch (error) {
    if (error instanceof ShieldError || error instanceof KeyError) throw new Refusal(error.message, 2, { cause: error })
    if (errorCode(error) === 'EPIPE') throw new Refusal('Nobody reads the output any more.', 2, { cause: error })
    throw error
  }
}

export function readKey(path: string, terminal: Terminal): RootKey {
  const { key, isExposed } = keyIn(path)
  if (isExposed) terminal.err(`${clean(path)} can be read by others on this machine. Make it yours alone: chmod 600.\n`)
  return key
}

function keyIn(path: string): ReturnType<typeof readKeyFile> {
  try {
    return readKeyFile(path)
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    throw new Refusal(`--key-file: ${clean(path)}: ${error.message}`, 2, { cause: error })
  }
}

export async function planOf(path: string): Promise<Plan> {
  try {
    return readPlan(await readFile(path, 'utf8'), clean(path))
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    throw new Refusal(`--plan: there is no file ${clean(path)}. art32 shield profile <IN> --output <file> writes one.`)
  }
}

export const inDomain = (plan: Plan, domain: string | undefined): Plan =>
  domain === undefined ? plan : readPlan(writePlan({ ...plan, domain }), '--domain')

function threadsFor({ size, compression }: Input, asked: string | undefined): number {
  const threads = asked === '0' ? 0 : positive(asked, '--threads')
  if (threads !== undefined) return Math.min(threads, MOST_THREADS)
  return size !== undefined && size < SMALL && compression === 'none'
    ? 0
    : Math.min(availableParallelism(), MOST_THREADS)
}

export function positive(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new Refusal(`${option}: ${clean(text)} is no number above zero.`)
}

const PROGRESS_MS = 200

/** A line that is written over, where a person watches. */
function progressOf(
  size: number | undefined,
  terminal: Terminal,
): ((bytes: number, records: number) => void) | undefined {
  if (!terminal.isLive) return undefined
  const begun = performance.now()
  let shown = begun
  return (bytes, records) => {
    const now = performance.now()
    if (now - shown < PROGRESS_MS) return
    shown = now
    const share = size === undefined || size === 0 ? '' : `${Math.min(100, Math.floor((bytes / size) * 100))} % · `
    const rate = `${(bytes / 1e3 / (now - begun)).toFixed(0)} MB/s`
    terminal.err(`\r\u001B[K${share}${(bytes / 1e6).toFixed(0)} MB · ${records.toLocaleString('en')} records · ${rate}`)
  }
}

/** What a person has to know, on stderr: what was done, and what to look at. */
export function summarise(done: ShieldReport, isProfiled: boolean, terminal: Terminal): void {
  const changed = done.columns.filter((column) => column.changed > 0)
  const say = (text: string) => terminal.err(`${text}\n`)
  say(
    `${done.records.toLocaleString('en')} records; ${changed.length} of ${done.columns.length} columns changed. Key ${done.keyId}, domain ${clean(done.plan.domain)}.`,
  )
  if (isProfiled) {
    say(
      'No plan was given: one was made from a sample. Look at it (art32 shield profile), correct it, and keep it with your import (--plan).',
    )
  }
  for (const column of done.columns.filter(({ quarantined }) => quarantined > 0)) {
    say(
      `${clean(column.name)}: no plan names this column; its ${column.quarantined.toLocaleString('en')} values were kept back.`,
    )
  }
  if (done.missing.length > 0) say(`In the plan, not in the input: ${clean(done.missing.join(', '))}.`)
  for (const { column, figure } of done.warnings.filter(({ code }) => code === 'drift')) {
    say(
      `${clean(column ?? '')}: ${String(figure)} personal values in a column that should hold none; they were removed. Correct the plan.`,
    )
  }
  const { found, known, blocks, blocksLooked } = done.verification
  for (const [type, count] of Object.entries(found)) {
    say(
      `The output still has ${count.toLocaleString('en')} of type ${clean(type)}. Correct the plan before it is used.`,
    )
  }
  for (const [name, count] of Object.entries(known)) {
    say(
      `${clean(name)}: ${count.toLocaleString('en')} values that another column was to lose stand here. Correct the plan before it is used.`,
    )
  }
  if (blocksLooked < blocks) say(`The output was looked at again in ${blocksLooked} of ${blocks} blocks.`)
  say(done.statement.en)
}
