import { X509Certificate, createHash, generateKeyPairSync } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AcmeFailure, acmeFailures } from './failure.ts'
import type { FailureCode } from './failure.ts'
import { servedFile } from './setting.ts'

const codes = Object.keys(acmeFailures) as [FailureCode, ...FailureCode[]]
const instant = z.number().int()

const State = z.object({
  /** Our account at an authority. */
  account: z.object({ directory: z.string(), url: z.string() }).nullable(),
  /** An order under way. */
  order: z.object({ directory: z.string(), name: z.string(), url: z.string() }).nullable(),
  /** When an order was tried within the last day, in milliseconds. */
  tries: z.array(instant).max(100),
  /** Tries since the last certificate. */
  failures: z.number().int().min(0),
  /** Before this nothing is tried, in milliseconds; `said`: by the authority. */
  wait: z.object({ until: instant, said: z.boolean() }).nullable(),
  /** How the last try ended; null: well, or none was made. */
  failure: z.object({ at: instant, code: z.enum(codes) }).nullable(),
  /** When the authority wants a certificate to be renewed (RFC 9773). */
  hint: z.object({ certificate: z.string(), at: instant.nullable(), askAgain: instant }).nullable(),
})

/** What is known of orders. */
export type AcmeState = z.output<typeof State>

const nothing: AcmeState = {
  account: null,
  order: null,
  tries: [],
  failures: 0,
  wait: null,
  failure: null,
  hint: null,
}

/** What an installation keeps of its certificates: a folder that nobody else may enter. */
export interface AcmeKeep {
  readonly state: AcmeState
  /** @throws {AcmeFailure} disk */
  change(part: Partial<AcmeState>): void
  /** The key of the account at this authority, made once. PEM. @throws {AcmeFailure} disk */
  accountKey(directory: string): string
  /** The key of the certificate that is ordered, made once for each. PEM. @throws {AcmeFailure} disk */
  nextKey(): string
  /** The certificate that is served; null: there is none. */
  present(): X509Certificate | null
  /** Puts a certificate and its key in the place of those that are served, in one step. @throws {AcmeFailure} disk */
  serve(chain: string, key: string): void
}

/** Opens the folder; makes it where there is none. @throws {AcmeFailure} disk */
export function openKeep(folder: string): AcmeKeep {
  onDisk(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  })
  let state = readState(folder)
  const next = join(folder, 'next.pem')
  return {
    get state() {
      return state
    },
    change(part) {
      const changed = { ...state, ...part }
      write(join(folder, 'acme.json'), `${JSON.stringify(changed)}\n`)
      state = changed
    },
    accountKey: (directory) => keyAt(join(folder, `account-${shortOf(directory)}.pem`)),
    nextKey: () => keyAt(next),
    present: () => readServed(folder),
    serve(chain, key) {
      write(servedFile(folder), `${key}${chain}`)
      onDisk(() => rmSync(next, { force: true }))
    },
  }
}

/** What is known of orders, for whoever looks from beside. */
export function readState(folder: string): AcmeState {
  try {
    return State.parse(JSON.parse(readFileSync(join(folder, 'acme.json'), 'utf8')))
  } catch {
    // None yet, or damaged: what it held can be found out again.
    return nothing
  }
}

function readServed(folder: string): X509Certificate | null {
  try {
    return new X509Certificate(readFileSync(servedFile(folder)))
  } catch {
    return null
  }
}

/** An account belongs to one authority. */
function shortOf(directory: string): string {
  return createHash('sha256').update(directory).digest('hex').slice(0, 12)
}

function keyAt(path: string): string {
  return onDisk(() => {
    if (existsSync(path)) return readFileSync(path, 'utf8')
    const key = newKey()
    write(path, key)
    return key
  })
}

/** ECDSA on P-256: what every authority takes and every browser knows. PEM. */
export function newKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
}

/** Whole under another name, then in place: a crash leaves the old or the new. */
function write(path: string, text: string): void {
  onDisk(() => {
    const draft = `${path}.part`
    rmSync(draft, { force: true })
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    renameSync(draft, path)
  })
}

function onDisk<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw cause instanceof AcmeFailure ? cause : new AcmeFailure('disk', { cause })
  }
}
