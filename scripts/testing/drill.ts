import { randomBytes } from 'node:crypto'
import { formatVkey, signEnvelope, verifierKey } from '@art32/ledger'
import type { Envelope } from '@art32/ledger'
import { drillPayloadType } from '@art32/probes'
import type { DrillAudience, DrillPush } from '@art32/probes'
import { ledgerCrypto, ledgerSigner, newLedgerKey } from '../../apps/server/src/platform/index.ts'

type Facts = Extract<DrillPush['groups']['drill'], { read: 'ok' }>['facts']

/** What a drill sends that went well. @param more what is otherwise @param at when it ended */
export function drillPush(drill: string, more: Partial<Facts> = {}, at = new Date()): DrillPush {
  const endedAt = at.toISOString()
  return {
    format: 'art32.drill/1',
    drill,
    nonce: randomBytes(16).toString('hex'),
    at: endedAt,
    collector: 'test',
    groups: {
      plan: {
        read: 'ok',
        complete: true,
        facts: {
          kind: 'postgres-dump',
          sha256: 'a'.repeat(64),
          expectations: 1,
          allowedRtoSeconds: 3_600,
          allowedRpoSeconds: 93_600,
        },
      },
      drill: {
        read: 'ok',
        complete: true,
        facts: {
          startedAt: new Date(at.getTime() - 60_000).toISOString(),
          endedAt,
          backup: { name: 'shop.dump', at: new Date(at.getTime() - 7_200_000).toISOString() },
          problems: [],
          expectations: [
            { what: 'table', name: 'public.orders', isMet: true, wanted: 'at least 1 rows', seen: '12 rows' },
          ],
          restored: { tables: 1, rows: 12, files: 1, bytes: 4_000 },
          rtoSeconds: 50,
          rpoSeconds: 7_140,
          rpoBy: 'backup',
          isRemoved: true,
          origin: null,
          ...more,
        },
      },
    },
  }
}

/** A key of a drill, and what signs with it. */
export interface DrillSigner {
  /** The public key as it is entered. */
  readonly key: string
  /** Signs what a drill sends, for whom. */
  sign(push: DrillPush, audience: DrillAudience): Envelope
  /** Signs any text, as nothing of ours would. */
  signText(text: string, type?: string): Envelope
}

/** Makes a pair of keys. */
export function newDrillSigner(name = 'test-nightly'): DrillSigner {
  const signer = ledgerSigner(name, newLedgerKey())
  const signText = (text: string, type: string = drillPayloadType) =>
    signEnvelope(ledgerCrypto, type, Buffer.from(text), signer)
  return {
    key: formatVkey(verifierKey(ledgerCrypto, signer)),
    sign: (push, audience) => signText(JSON.stringify({ ...push, audience })),
    signText,
  }
}
