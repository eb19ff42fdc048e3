import { decodeUtf8, isProofText, LedgerError, parsePolicy, parseVkey, type Policy } from '@art32/ledger'
import { readRoots, type Root } from '@art32/timestamp'
import { judgeBundleStamp, judgeClaimStamp } from '../stamp-verdict.ts'
import { Refusal } from '../refusal.ts'
import { verifyProofFile } from '../claim-verification.ts'
import { verifyFiles, type Verification } from '../verification.ts'
import { unpack, UnreadableArchive, type Unreadable } from './unpack.ts'
import { NoSignatures, runWithWebCrypto } from './web-crypto.ts'

/** What a person gave the page. */
export interface Given {
  readonly name: string
  readonly bundle: Uint8Array<ArrayBuffer>
  /** Text of the field; empty where none was given. */
  readonly key: string
  readonly held: Uint8Array | null
  readonly policy: Uint8Array | null
  /** A root certificate for time stamps. */
  readonly root: Uint8Array | null
}

/** What the page shows. */
export type Shown =
  | { readonly kind: 'verified'; readonly verification: Verification; readonly checkpoint: string }
  | {
      readonly kind: 'unreadable'
      readonly why: Unreadable | 'no-bundle' | 'key' | 'held' | 'policy' | 'root' | 'no-signatures' | 'mistake'
    }

/** Checks a bundle as the command line does. Never throws: whatever was given, there is something to say. */
export async function check({ name, bundle, key, held, policy, root }: Given): Promise<Shown> {
  try {
    const proof = proofIn(bundle)
    const files = proof === null ? unpack(bundle) : new Map<string, Uint8Array>()
    const kept = held === null ? [] : [checkpointOf(held)]
    const roots = root === null ? [] : await rootsOf(root)
    const stamp = proof === null ? await judgeBundleStamp(files, roots) : await judgeClaimStamp(proof, roots)
    return await runWithWebCrypto((crypto): Shown => {
      const keys = key.trim() === '' ? undefined : [keyOf(crypto, key)]
      const own = policy === null ? undefined : policyOf(crypto, policy)
      const trust = { keys, held: kept, policy: own, stamp }
      if (proof !== null)
        return { kind: 'verified', verification: verifyProofFile(crypto, proof, name, trust), checkpoint: '' }
      const verification = verifyFiles(crypto, files, name, trust)
      const checkpoint = verification.holds ? decodeUtf8(files.get('checkpoint') ?? new Uint8Array()) : ''
      return { kind: 'verified', verification, checkpoint }
    })
  } catch (error) {
    if (error instanceof UnreadableArchive) return unreadable(error.why)
    if (error instanceof Wrong) return unreadable(error.what)
    if (error instanceof NoSignatures) return unreadable('no-signatures')
    return unreadable(error instanceof Refusal ? 'no-bundle' : 'mistake')
  }
}

/** The text of a proof file; null for anything else. */
function proofIn(bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 64))
  return isProofText(start) ? new TextDecoder().decode(bytes) : null
}

type Why = Extract<Shown, { kind: 'unreadable' }>['why']

const unreadable = (why: Why): Shown => ({ kind: 'unreadable', why })

class Wrong extends Error {
  override readonly name = 'Wrong'
  readonly what: 'key' | 'held' | 'policy' | 'root'

  constructor(what: 'key' | 'held' | 'policy' | 'root', options: { cause?: unknown } = {}) {
    super(what, options)
    this.what = what
  }
}

function keyOf(crypto: Parameters<typeof parseVkey>[0], text: string): ReturnType<typeof parseVkey> {
  try {
    return parseVkey(crypto, text.trim())
  } catch (error) {
    if (error instanceof LedgerError) throw new Wrong('key', { cause: error })
    throw error
  }
}

const longestCheckpoint = 65_536

async function rootsOf(bytes: Uint8Array): Promise<Root[]> {
  if (bytes.length > longestCheckpoint) throw new Wrong('root')
  try {
    return await readRoots(new TextDecoder().decode(bytes))
  } catch (error) {
    throw new Wrong('root', { cause: error })
  }
}

function policyOf(crypto: Parameters<typeof parsePolicy>[0], bytes: Uint8Array): Policy {
  if (bytes.length > longestCheckpoint) throw new Wrong('policy')
  try {
    return parsePolicy(crypto, decodeUtf8(bytes))
  } catch (error) {
    throw new Wrong('policy', { cause: error })
  }
}

function checkpointOf(bytes: Uint8Array): string {
  if (bytes.length > longestCheckpoint) throw new Wrong('held')
  try {
    return decodeUtf8(bytes)
  } catch (error) {
    throw new Wrong('held', { cause: error })
  }
}
