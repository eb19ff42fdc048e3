import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { constants } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import {
  LedgerError,
  formatPrivateKey,
  formatVkey,
  isKeyOf,
  isPrivateKeyText,
  nameOfKey,
  parseJson,
  parsePrivateKey,
  parseVkey,
  payloadOf,
  signEnvelope,
  verifierKey,
  verifyEnvelope,
} from '@art32/ledger'
import type { Envelope, Signer, VerifierKey } from '@art32/ledger'
import { DrillEnvelope, SignedDrill, audienceServer, drillPayloadType } from '@art32/probes'
import type { DrillAudience, DrillPush } from '@art32/probes'
import { readBounded } from './bundle-source.ts'
import { nodeCrypto } from './node-crypto.ts'
import { Refusal, errorCode } from './refusal.ts'
import { clean, type Terminal } from './terminal.ts'

/** Of a machine or a pipeline, as the server takes it. */
const keyName = /^[a-z0-9][a-z0-9.-]{0,59}$/

/** Headers of a private and a public Ed25519 key in DER (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const spkiLength = 12

/** Where a drill finds its private key. */
export const keyVariable = 'ART32_DRILL_KEY'

/** Options of `art32 drill key`. */
export interface DrillKeyOptions {
  /** Where the private key is kept; without it, it is printed. */
  readonly output?: string
}

/**
 * Makes the pair of keys by which results of drills are signed and verified.
 *
 * @param name of the machine or pipeline that signs
 * @throws {Refusal} no such name, or the file is there
 */
export async function drillKey(name: string, { output }: DrillKeyOptions, terminal: Terminal): Promise<0> {
  if (!keyName.test(name))
    throw new Refusal('The name of a key has lower-case letters, digits, dots and hyphens, as in shop-nightly.')
  const seed = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(pkcs8.length)
  const key = verifierKey(nodeCrypto, signerOf(name, seed))
  const line = `${formatPrivateKey(key, seed)}\n`
  if (output === undefined) terminal.out(`# public key: ${formatVkey(key)}\n${line}`)
  else {
    await keepPrivate(output, line)
    terminal.out(`${formatVkey(key)}\n`)
  }
  terminal.err(
    [
      output === undefined
        ? `Keep the line PRIVATE+KEY… as the secret variable ${keyVariable} of the pipeline. It is not printed again.`
        : `The private key lies in ${clean(output)}, for its owner alone: art32 drill run PLAN --signing-key ${clean(output)}`,
      'Enter the public key at the connection: Systems, keys of the drill. From then on it takes signed results only.',
      '',
    ].join('\n'),
  )
  return 0
}

/** Never over a key that is there: what it signed could not be signed any more. */
async function keepPrivate(path: string, line: string): Promise<void> {
  try {
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      await file.writeFile(line)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    const why = errorCode(error) === 'EEXIST' ? 'is there already; name another file' : 'cannot be written'
    throw new Refusal(`--output: ${clean(path)} ${why}.`, 2, { cause: error })
  }
}

function signerOf(name: string, seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spkiLength)
  return { name, type: 0x01, publicKey, sign: (message) => sign(null, message, key) }
}

/**
 * The key by which a drill signs: of the file, or of the variable.
 *
 * @returns undefined where there is none
 * @throws {Refusal} it is none, or others may read the file
 */
export async function drillSigner(file: string | undefined, terminal: Terminal): Promise<Signer | undefined> {
  const text = file === undefined ? terminal.environment[keyVariable] : await privateText(file)
  // A pipeline sets a secret that it may not see, for example of a fork, to nothing.
  if (text === undefined || (file === undefined && text.trim() === '')) return undefined
  const what = file === undefined ? keyVariable : '--signing-key'
  try {
    // With the line of the public key before it, as it was printed.
    const line = text.split('\n').find((one) => isPrivateKeyText(one.trim())) ?? ''
    const { seed, ...named } = parsePrivateKey(line.trim())
    const signer = signerOf(named.name, seed)
    if (isKeyOf(nodeCrypto, named, signer.publicKey)) return signer
    throw new LedgerError('key', 'Its name does not belong to it: a part of it was changed.')
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    throw new Refusal(`${what} holds no private key of a drill, as art32 drill key prints it.`, 2, { cause: error })
  }
}

async function privateText(path: string): Promise<string> {
  try {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0)
      throw new Refusal(
        `--signing-key: others may read ${clean(path)}. Take their rights away: chmod 600 ${clean(path)}`,
      )
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`--signing-key: ${clean(path)} cannot be read.`, 2, { cause: error })
  }
}

/**
 * For whom a result is signed. What the server says of itself is not asked for: one that others run could have a result signed for
 * another server.
 *
 * @throws {Refusal} it is not said
 */
export function audienceOf(address: string | undefined, tenant: string | undefined): DrillAudience {
  const server = address === undefined ? null : audienceServer(address)
  if (server === null || tenant === undefined)
    throw new Refusal(
      'A signed result says for whom it is: name the server and the tenant, --audience https://art32.example --tenant example.',
    )
  return { server, tenant }
}

/** Signs what a drill saw, in the very bytes that are sent. */
export function signDrill(push: DrillPush, audience: DrillAudience, signer: Signer): Envelope {
  const signed: SignedDrill = { ...push, audience }
  return signEnvelope(nodeCrypto, drillPayloadType, Buffer.from(JSON.stringify(signed), 'utf8'), signer)
}

/** Options of `art32 drill verify`. */
export interface DrillVerifyOptions {
  readonly key?: readonly string[]
  readonly json?: boolean
}

const longest = 8 * 1_048_576

/**
 * Verifies a signed result without a server: what `drill run --output` kept, or what `art32 call outcome.facts` shows.
 *
 * @returns 0 it was signed by one of the keys, 1 it was not
 * @throws {Refusal} (2) it is no signed result, or no key
 */
export async function drillVerify(
  file: string,
  { key: texts = [], json = false }: DrillVerifyOptions,
  terminal: Terminal,
): Promise<0 | 1> {
  const keys = texts.map(publicKey)
  if (keys.length === 0) throw new Refusal('Name the public key that you trust, --key NAME+ID+KEY, once for each.')
  const envelope = await envelopeIn(file)
  const signer = verified(envelope, keys)
  if (signer === null) {
    terminal.err('None of these keys signed it, or it was changed since.\n')
    return 1
  }
  const text = Buffer.from(payloadOf(envelope)).toString('utf8')
  const push = SignedDrill.safeParse(payloadIn(text))
  if (!push.success) throw new Refusal('It was signed, but it is no result of a drill that this release reads.')
  const { drill, at, audience } = push.data
  if (json) terminal.out(`${text}\n`)
  else
    terminal.out(
      `drill ${drill} of ${at}, for ${audience.tenant} at ${audience.server}\nsigned by ${nameOfKey(signer)}\n`,
    )
  return 0
}

function publicKey(text: string): VerifierKey {
  if (isPrivateKeyText(text)) throw new Refusal('--key takes the public key; this is the private one.')
  try {
    return parseVkey(nodeCrypto, text)
  } catch (error) {
    throw error instanceof LedgerError ? new Refusal(`--key: ${error.message}`, 2, { cause: error }) : error
  }
}

function verified(envelope: Envelope, keys: readonly VerifierKey[]): VerifierKey | null {
  try {
    return verifyEnvelope(nodeCrypto, drillPayloadType, envelope, keys)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    if (error.code === 'signature') return null
    throw new Refusal(`This is no signed result of a drill: ${error.message}`, 2, { cause: error })
  }
}

/** Two members of one name would let two readers see two results under one signature. */
function payloadIn(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

async function envelopeIn(path: string): Promise<Envelope> {
  const bytes = await readBounded(path, longest).catch((error: unknown) => {
    throw new Refusal(`${clean(path)} cannot be read.`, 2, { cause: error })
  })
  const value = jsonOf(bytes)
  const envelope = envelopeOf(value) ?? envelopeOf(memberOf(memberOf(value, 'signed'), 'envelope'))
  if (envelope === undefined) throw new Refusal(`${clean(path)} holds no signed result of a drill.`)
  return envelope
}

function envelopeOf(value: unknown): Envelope | undefined {
  return DrillEnvelope.safeParse(value).data
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
