import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  canonicalize,
  LedgerError,
  parseCanonical,
  parseCheckpoint,
  parseNote,
  type Json,
  type Signer,
  verifierKey,
  type WitnessedHead,
} from '@art32/ledger'
import { nodeCrypto } from './node-crypto.ts'
import { Refusal, errorCode } from './refusal.ts'

const format = 'art32.witness/1'

/** What a witness keeps: its key, and of each log the last checkpoint that it cosigned. */
export interface WitnessState {
  readonly signer: Signer
  headOf(origin: string): WitnessedHead | undefined
  /** Returns when the disk has it. */
  keep(origin: string, head: WitnessedHead & { readonly checkpoint: string }): Promise<void>
  /** Keeps the first checkpoint that contradicts the one that was cosigned: together they convict the log. */
  keepConflict(origin: string, checkpoint: string): Promise<void>
  close(): Promise<void>
}

interface Log {
  readonly checkpoint: string
  readonly conflict?: string
}

interface Content {
  readonly name: string
  /** PKCS #8 DER in base64. */
  readonly key: string
  readonly logs: Map<string, Log>
}

/**
 * Opens the file of a witness, or makes a new one with a new key.
 *
 * @param name of a new witness; of one that is there it must be the same or undefined
 * @throws {Refusal} no such folder, another process has it, not the file of a witness
 */
export async function openWitnessState(path: string, name: string | undefined): Promise<WitnessState> {
  const file = resolve(path)
  const lock = await takeLock(`${file}.lock`)
  try {
    const content = (await load(file, name)) ?? (await create(file, name))
    return stateOf(file, content, lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

function stateOf(file: string, content: Content, lock: Lock): WitnessState {
  const { logs } = content
  const write = async (origin: string, log: Log) => {
    await lock.check()
    // Only what the disk has is known: a head in memory that a crash would lose must not be answered from.
    await save(file, { ...content, logs: new Map([...logs, [origin, log]]) })
    logs.set(origin, log)
  }
  return {
    signer: signerOf(content),
    headOf(origin) {
      const log = logs.get(origin)
      return log === undefined ? undefined : parseCheckpoint(parseNote(log.checkpoint).text)
    },
    async keep(origin, { checkpoint }) {
      await write(origin, { ...logs.get(origin), checkpoint })
    },
    async keepConflict(origin, conflict) {
      const log = logs.get(origin)
      if (log !== undefined && log.conflict === undefined) await write(origin, { ...log, conflict })
    },
    close: () => lock.release(),
  }
}

function signerOf({ name, key: base64 }: Content): Signer {
  const key = createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Refusal('The key in the state is no Ed25519 key.')
  const publicKey = Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
  return { name, type: 0x04, publicKey, sign: (message) => sign(null, message, key) }
}

async function create(file: string, name: string | undefined): Promise<Content> {
  if (name === undefined)
    throw new Refusal(
      'A new witness needs a name: --name and an address of yours without https://, as in example.org/witness.',
    )
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const content: Content = { name, key, logs: new Map() }
  try {
    verifierKey(nodeCrypto, signerOf(content))
  } catch (error) {
    if (error instanceof LedgerError) throw new Refusal(`--name: ${error.message}`, 2, { cause: error })
    throw error
  }
  await save(file, content)
  return content
}

async function load(file: string, name: string | undefined): Promise<Content | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw new Refusal(`--state: ${file} cannot be read (${errorCode(error)}).`, 2, { cause: error })
  }
  const content = contentOf(text)
  // Going on with a new key or without its memory is what a witness must never do by itself.
  if (content === null)
    throw new Refusal(
      `--state: ${file} is not the file of a witness. Restore it from a copy; do not begin anew under the same name.`,
    )
  if (name !== undefined && name !== content.name)
    throw new Refusal(`--name: the witness in ${file} has another name. Leave --name out, or use another file.`)
  return content
}

function contentOf(text: string): Content | null {
  try {
    const content = fieldsOf(parseCanonical(text))
    const { name, key } = content
    if (content['format'] !== format || typeof name !== 'string' || typeof key !== 'string') return null
    const logs = new Map<string, Log>()
    for (const [origin, value] of Object.entries(fieldsOf(content['logs']))) {
      const { checkpoint, conflict } = fieldsOf(value)
      if (typeof checkpoint !== 'string' || !(conflict === undefined || typeof conflict === 'string')) return null
      if (parseCheckpoint(parseNote(checkpoint).text).origin !== origin) return null
      logs.set(origin, conflict === undefined ? { checkpoint } : { checkpoint, conflict })
    }
    const read = { name, key, logs }
    signerOf(read)
    return read
  } catch (error) {
    if (error instanceof LedgerError || (error instanceof Error && 'code' in error)) return null
    throw error
  }
}

function fieldsOf(value: Json | undefined): Readonly<Record<string, Json | undefined>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LedgerError('json', 'The state has an object here.')
  return value as Readonly<Record<string, Json | undefined>>
}

/** Whole or not at all, and on the disk when this returns: file, name and folder. */
async function save(file: string, { name, key, logs }: Content): Promise<void> {
  const draft = `${file}.part`
  try {
    await rm(draft, { force: true })
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(
        canonicalize({
          format,
          key,
          logs: Object.fromEntries([...logs].map(([origin, log]) => [origin, { ...log }])),
          name,
        }),
      )
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
    const folder = await open(dirname(file), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch (error) {
    throw new Refusal(`--state: ${file} cannot be written (${errorCode(error)}).`, 2, { cause: error })
  }
}

/** That no other process works on the same file: each would cosign another history. */
interface Lock {
  /** @throws {Refusal} where somebody else took it meanwhile */
  check(): Promise<void>
  release(): Promise<void>
}

/** A lock of a process that was killed is taken over. */
async function takeLock(path: string): Promise<Lock> {
  const mine = `${process.pid} ${randomUUID()}`
  const holder = () => readFile(path, 'utf8').catch(() => '')
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(path, 'wx', 0o600)
      await handle.writeFile(mine)
      await handle.close()
      return {
        async check() {
          // Two that take over the same dead lock at once both get here; the one that lost it signs nothing.
          if ((await holder()) !== mine) throw new Refusal('Another witness has taken over the state.')
        },
        async release() {
          if ((await holder()) === mine) await rm(path, { force: true })
        },
      }
    } catch (error) {
      if (errorCode(error) !== 'EEXIST')
        throw new Refusal(`--state: the folder of ${path} cannot be written (${errorCode(error)}).`, 2, {
          cause: error,
        })
      const pid = Number.parseInt(await holder(), 10)
      if (isAlive(pid))
        throw new Refusal(`Another witness, process ${pid}, has this state. If that is none, remove ${path}.`)
      await rm(path, { force: true })
    }
  }
  throw new Refusal(`Other processes are taking the same state. If there are none, remove ${path}.`)
}

function isAlive(pid: number): boolean {
  // The first process of a container has the same number again after a restart.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
