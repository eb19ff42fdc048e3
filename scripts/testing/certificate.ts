import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { canonicalize, decodeBase64, openProof, parseLeaf, parseVkey } from '@art32/ledger'
import { ledgerCrypto } from '../../apps/server/src/platform/index.ts'

/** A certificate of deletion with everything that proves it. */
export interface Proven {
  readonly certificate: {
    readonly tenant: { readonly id: string; readonly origin: string }
    readonly lastHead: { readonly size: number } | null
    readonly traces: string
    readonly copies: { readonly made: string; readonly until: null }
  }
  readonly salt: string
  readonly leaf: string
  readonly proof: string
  readonly vkey: string
}

/** Checks a certificate with nothing but itself, as somebody who got it would. */
export function verifyCertificate({ certificate, salt, leaf, proof, vkey }: Proven): void {
  const key = parseVkey(ledgerCrypto, vkey)
  const bytes = decodeBase64(leaf, 'leaf')
  openProof(ledgerCrypto, proof, bytes, { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' })
  const { type, subj, obj } = parseLeaf(bytes)
  expect([type, subj.id]).toEqual(['tenant.closed', certificate.tenant.id])
  const content = Buffer.from(canonicalize(certificate), 'utf8')
  const commitment = createHash('sha256').update(Buffer.from(salt, 'base64')).update(content).digest('base64')
  expect(obj).toEqual([{ c: commitment, n: content.byteLength, role: 'content' }])
}
