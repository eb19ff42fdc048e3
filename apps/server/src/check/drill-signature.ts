import { hash } from 'node:crypto'
import {
  LedgerError,
  canonicalize,
  decodeUtf8,
  formatVkey,
  isPrivateKeyText,
  isWeakKey,
  nameOfKey,
  parseJson,
  parseVkey,
  payloadOf,
  verifyEnvelope,
} from '@art32/ledger'
import type { VerifierKey } from '@art32/ledger'
import { SignedDrill, audienceServer, drillPayloadType } from '@art32/probes'
import type { DrillAudience, DrillEnvelope, DrillSigning } from '@art32/probes'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import { guardFacts } from '../shield/index.ts'
import { drillErrors } from './drill-errors.ts'

/** A signed result whose signature was verified. */
export interface VerifiedDrill {
  /** In its one spelling, as it stands at the connection. */
  readonly key: string
  readonly signing: DrillSigning
  /** The envelope as it came, with the key, for whoever verifies it later; null: not kept. */
  readonly evidence: Buffer | null
}

/** For whom a result has to be signed to be taken here. @param baseUrl the address of the installation */
export function audienceOf(tx: TenantContext, baseUrl: string): DrillAudience {
  const server = audienceServer(baseUrl)
  if (server === null) throw bug('the installation has no address')
  return { server, tenant: tx.tenant.slug }
}

/**
 * What is inside of an envelope. Attacker-controlled: it says of which drill it is, and so by which keys it has to be verified, before it is.
 *
 * @throws {drill.bad_envelope}
 */
export function openDrill(envelope: DrillEnvelope): SignedDrill {
  const parsed = SignedDrill.safeParse(jsonIn(envelope))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw drillErrors.bad_envelope({ place: ['payload', ...(issue?.path ?? [])].join('.') })
}

/** Two members of one name would let two readers see two results under one signature. */
function jsonIn(envelope: DrillEnvelope): unknown {
  try {
    return parseJson(decodeUtf8(payloadOf(envelope)))
  } catch (error) {
    throw error instanceof LedgerError ? drillErrors.bad_envelope({ place: 'payload' }, { cause: error }) : error
  }
}

/**
 * Verifies a signed result by the keys of its drill, and that it was meant for here.
 *
 * @param keys as they stand at the connection
 * @throws {drill.no_key | drill.bad_envelope | drill.wrong_signature | drill.other_audience}
 */
export function verifyDrill(
  envelope: DrillEnvelope,
  push: SignedDrill,
  keys: readonly string[],
  here: DrillAudience,
): VerifiedDrill {
  if (keys.length === 0) throw drillErrors.no_key()
  const key = signerOf(envelope, keys)
  if (push.audience.server !== here.server || push.audience.tenant !== here.tenant)
    throw drillErrors.other_audience({ ...here })
  // Facts that name a person are kept without the name, which a signed text cannot be: then it does not stay.
  const isKept = Object.keys(guardFacts('drill', push.groups).found).length === 0
  const sha256 = hash('sha256', canonicalize(envelope))
  const vkey = formatVkey(key)
  return {
    key: vkey,
    signing: { by: nameOfKey(key), envelope: { sha256, isKept } },
    evidence: isKept ? Buffer.from(canonicalize({ envelope, key: vkey }), 'utf8') : null,
  }
}

function signerOf(envelope: DrillEnvelope, keys: readonly string[]): VerifierKey {
  try {
    const known = keys.map((key) => parseVkey(ledgerCrypto, key))
    return verifyEnvelope(ledgerCrypto, drillPayloadType, envelope, known)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    if (error.code === 'signature') throw drillErrors.wrong_signature({}, { cause: error })
    throw drillErrors.bad_envelope({ place: error.place ?? 'envelope' }, { cause: error })
  }
}

/** Names of keys: of a machine or a pipeline, short enough for a line. */
const keyName = /^[a-z0-9][a-z0-9.-]{0,59}$/

/**
 * A public key of a drill in its one spelling.
 *
 * @param text as somebody entered it
 * @throws {drill.private_key | drill.bad_key | drill.weak_key}
 */
export function readDrillKey(text: string): string {
  if (isPrivateKeyText(text)) throw drillErrors.private_key()
  try {
    const key = parseVkey(ledgerCrypto, text)
    if (key.type !== 0x01 || !keyName.test(key.name)) throw drillErrors.bad_key()
    if (isWeakKey(key.publicKey)) throw drillErrors.weak_key()
    return formatVkey(key)
  } catch (error) {
    throw error instanceof LedgerError ? drillErrors.bad_key({}, { cause: error }) : error
  }
}

/** 33 bytes in base64: the type and the public key. */
const keyLength = 44

/** Whether two keys in their one spelling are one public key, whatever their names. */
export function isSameDrillKey(one: string, other: string): boolean {
  return one.slice(-keyLength) === other.slice(-keyLength)
}
