import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  createVault,
  type Holder,
  readSealedKey,
  readSecretLine,
  reveal,
  type RevealRecord,
  writeSecretLine,
} from '@art32/shield'
import { errorCode, Refusal } from './refusal.ts'
import { refusing } from './shield.ts'
import { vaultIn } from './shield-seal.ts'
import { readPassword } from './password.ts'
import { clean, type Terminal } from './terminal.ts'

/**
 * Makes a vault. Given a folder, the shares lie in files there, one for each person to carry away; given a file, they are shown once.
 *
 * @throws {Refusal} nothing that is there is overwritten
 */
export async function shieldVaultCreate(path: string, people: string, terminal: Terminal): Promise<0> {
  return await refusing(async () => {
    const count = Number(people)
    if (!Number.isInteger(count) || count < 2 || count > 255)
      throw new Refusal(`--people: 2 to 255 people share a vault, any two of whom open it; ${clean(people)} cannot.`)
    const { vault, shares } = createVault(count)
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    const file = isFolder ? join(path, 'vault') : path
    writeSecretLine(file, vault.line)
    for (const [index, share] of shares.entries()) {
      if (isFolder) writeSecretLine(join(path, `share-${index + 1}`), share)
      else terminal.out(`${share}\n`)
    }
    terminal.err(
      `${clean(file)} is the vault ${vault.id}; it seals and is not secret. ${
        isFolder ? 'The files share-1 …' : 'The lines above'
      } are the shares, one for each person: whoever has two of them can reveal what was sealed. ${
        isFolder ? 'Hand them out and delete them here.' : 'They are shown once and kept nowhere.'
      }\n`,
    )
    await Promise.resolve()
  })
}

/** How a value is written where its sealed form stood. What had quotes before it was sealed has them still. */
const encoders: Readonly<Record<'csv' | 'json' | 'text', (value: Uint8Array) => Uint8Array>> = {
  csv: (value) => Buffer.from(Buffer.from(value).toString().replaceAll('"', '""')),
  json: (value) => Buffer.from(JSON.stringify(Buffer.from(value).toString()).slice(1, -1)),
  text: (value) => value,
}

function kindOf(path: string): keyof typeof encoders {
  if (/\.(?:csv|tsv)$/iu.test(path)) return 'csv'
  return /\.(?:json|ndjson|jsonl)$/iu.test(path) ? 'json' : 'text'
}

/** Options of `art32 shield reveal`. */
export interface RevealOptions {
  readonly vault?: string
  readonly sealed?: string
  readonly why?: string
  readonly person?: readonly string[]
  readonly share?: readonly string[]
  readonly log?: string
}

/**
 * Reveals sealed values, or all of them in a file, with the shares of two people. Who and why is on the disk before anything is handed out.
 *
 * @throws {Refusal} a share, a name or a reason is missing or wrong
 */
export async function shieldReveal(what: readonly string[], options: RevealOptions, terminal: Terminal): Promise<0> {
  return await refusing(async () => {
    const [first = ''] = what
    if (first === '') throw new Refusal('Name a file, or the values that are to be revealed.')
    if (options.vault === undefined) throw new Refusal('Name the vault (--vault <file>).')
    if (options.sealed === undefined) throw new Refusal('Name the sealed key that the run wrote (--sealed <file>).')
    if (options.why === undefined || options.why.trim() === '')
      throw new Refusal('Say why, in the words that are to stand in the log (--why <reason>).')
    const revealer = reveal({
      vault: vaultIn(options.vault),
      sealed: [readSealedKey(textOf(options.sealed, '--sealed'))],
      why: options.why,
      people: await holders(options, terminal),
      log: (record) => append(options.log ?? `${options.vault}.log`, record),
    })
    if (what.length === 1 && existsSync(first)) {
      await pipeline(Readable.from(revealer.text(createReadStream(first), encoders[kindOf(first)])), process.stdout, {
        end: false,
      })
      return
    }
    const values = await revealer.values(what)
    for (const value of values) terminal.out(`${value ?? ''}\n`)
    const missed = values.filter((value) => value === undefined).length
    if (missed > 0)
      throw new Refusal(`${missed} of ${values.length} values were not sealed with this key; their lines are empty.`, 1)
  })
}

async function holders({ person = [], share = [] }: RevealOptions, terminal: Terminal): Promise<[Holder, Holder]> {
  const [one, other, ...more] = person
  if (one === undefined || other === undefined || more.length > 0)
    throw new Refusal('Name the two people who reveal, each by --person <name>, in the order of their shares.')
  const holder = async (name: string, path: string | undefined): Promise<Holder> => {
    if (path !== undefined) return { name, share: readSecretLine(path).line }
    terminal.err(`Share of ${clean(name)}. `)
    return { name, share: (await readPassword(terminal, 'share')).trim() }
  }
  // One after the other: each types the own share.
  const first = await holder(one, share[0])
  return [first, await holder(other, share[1])]
}

function textOf(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Refusal(`${option}: ${clean(path)} cannot be read (${errorCode(error) ?? 'unknown'}).`, 2, {
      cause: error,
    })
  }
}

/** One line of JSON, on the disk when this returns. */
function append(path: string, record: RevealRecord): void {
  try {
    const file = openSync(path, 'a', 0o600)
    try {
      writeSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...record })}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw new Refusal(
      `--log: ${clean(path)} cannot be written (${errorCode(error) ?? 'unknown'}), so nothing is revealed.`,
      2,
      {
        cause: error,
      },
    )
  }
}
