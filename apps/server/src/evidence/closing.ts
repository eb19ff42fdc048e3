import { canonicalize, encodeBase64, formatProof, formatVkey, parseLeaf, verifierKey } from '@art32/ledger'
import { z } from 'zod'
import { errorClass, isAway, ledgerCrypto, openAlone } from '../platform/index.ts'
import type { Clock, Crew, Databases, Log } from '../platform/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { ClosingTenant, OpenTenant, Registry } from '../tenant/index.ts'
import { proveInInstance } from './bundle.ts'
import { proveInEarlier } from './earlier.ts'
import type { Ledgers } from './keeper.ts'
import { integratePending } from './sequencer.ts'
import * as store from './store.ts'

/** What was deleted, when, and until when copies may exist. It names nobody: who has the tenant's editions knows its key. */
export const Certificate = z.object({
  format: z.literal('art32.certificate-of-deletion/1'),
  tenant: z.object({ id: z.uuid(), publicId: z.string(), origin: z.string(), vkey: z.string() }),
  /** The last head of its ledger that stands in the instance log. */
  lastHead: z.object({ size: z.int(), root: z.string() }).nullable(),
  requestedAt: z.iso.datetime(),
  deletedAt: z.iso.datetime(),
  deleted: z.array(z.enum(['database', 'database-login', 'data-key', 'ledger-key', 'name', 'memberships'])),
  /** Whether nothing is left in the files of the database server; with an external one art32 cannot know. */
  traces: z.enum(['removed', 'left-to-the-database-server']),
  copies: z.object({ made: z.literal('none'), until: z.null(), says: z.object({ en: z.string(), de: z.string() }) }),
})

/** A certificate of deletion with what proves that the installation recorded it. */
export const ProvenCertificate = z.object({
  certificate: Certificate,
  /** Base64; SHA-256 over the salt and the certificate as canonical JSON (RFC 8785) stands in the leaf. */
  salt: z.string(),
  leaf: z.string(),
  /** C2SP tlog-proof of the leaf in the instance log. */
  proof: z.string(),
  /** The public key of the instance log. */
  vkey: z.string(),
})

const copies: z.output<typeof Certificate>['copies'] = {
  made: 'none',
  until: null,
  says: {
    en: 'art32 holds no copy that opens. Where the operator set up backups by art32, the part of this tenant in each is sealed to a key of its own, which was destroyed; it lies in each place until the next backup there. Other copies that the operator made of the data folder, of the disk or of the database server are not known to art32; they exist until the operator deletes them.',
    de: 'art32 hält keine Kopie, die sich öffnen lässt. Hat der Betreiber Sicherungen durch art32 eingerichtet, so ist der Teil dieses Mandanten in jeder mit einem eigenen Schlüssel versiegelt, der vernichtet wurde; er liegt an jedem Ort noch bis zur nächsten Sicherung dorthin. Andere Kopien, die der Betreiber vom Datenordner, vom Datenträger oder vom Datenbankserver angelegt hat, kennt art32 nicht; es gibt sie, bis der Betreiber sie löscht.',
  },
}

/** How long another process may be at the same deletion. Milliseconds. */
const closingMs = 30_000

/** Deletes tenants for good. */
export interface Closings {
  /** @throws {tenant.not_found | tenant.home_stays | tenant.closing_continues} */
  close(open: OpenTenant, by: string): Promise<void>
  /** After a start: finishes the deletions that a crash interrupted. */
  finish(): Promise<void>
  /** Who asked for a deletion, with the certificate of it. */
  find(tenantId: string): Promise<{ by: string | null; proven: z.output<typeof ProvenCertificate> } | undefined>
  /** The deleted tenants, newest first. */
  list(): Promise<{ tenantId: string; at: Date }[]>
}

/** Opens the deleting of tenants. */
export function openClosings(options: {
  registry: Registry
  databases: Databases
  ledgers: Ledgers
  clock: Clock
  log: Log
  crew?: Pick<Crew, 'hold' | 'tryHold'>
}): Closings {
  const { registry, databases, ledgers, clock, log, crew = openAlone() } = options
  const control: store.Queryable = databases.control

  async function finishOne(closing: ClosingTenant): Promise<void> {
    const head = await store.findLastHead(control, closing.id)
    const known = head && parseLeaf(head.leaf).head
    const isTraceless = await registry.destroy(closing)
    const certificate: z.output<typeof Certificate> = {
      format: 'art32.certificate-of-deletion/1',
      tenant: { id: closing.id, publicId: closing.publicId, origin: closing.origin, vkey: closing.vkey },
      lastHead: known ? { size: known.size, root: known.root } : null,
      requestedAt: closing.requestedAt.toISOString(),
      deletedAt: clock.now().toISOString(),
      deleted: ['database', 'database-login', 'data-key', 'ledger-key', 'name', 'memberships'],
      traces: isTraceless ? 'removed' : 'left-to-the-database-server',
      copies,
    }
    await registry.finishClosing(closing, canonicalize(certificate))
    await integratePending(control, registry.instance)
  }

  const nameOf = (id: string) => `closing ${id}`

  /** Of two processes that are at one deletion, one does it; the other finds nothing left. */
  async function finishHeld(id: string): Promise<void> {
    for (const closing of await registry.listClosing()) if (closing.id === id) await finishOne(closing)
  }

  return {
    async close(open, by) {
      const { id } = open.tenant
      // A tenant whose database is broken must be deletable, too: then its last known head stays the last.
      await ledgers
        .anchor(open)
        .catch((error: unknown) => log.warn('ledger.failed', { error: errorClass(error), tenant: id }))
      const release = await crew.hold(nameOf(id), closingMs)
      if (release === null) throw tenantErrors.closing_continues()
      try {
        if (!(await registry.startClosing(id, by))) throw tenantErrors.not_found()
        try {
          await ledgers.forget(id)
          await finishHeld(id)
        } catch (cause) {
          throw tenantErrors.closing_continues({}, { cause })
        }
      } finally {
        await release()
      }
    },
    async finish() {
      for (const { id } of await registry.listClosing()) {
        const release = await crew.tryHold(nameOf(id))
        // Another process is at it.
        if (release === null) continue
        try {
          await finishHeld(id)
        } catch (error) {
          // Where its server is away, a later start finishes it: the others must not wait for that.
          if (!isAway(error)) throw error
          log.warn('tenant.closing-waits', { tenant: id, error: errorClass(error) })
        } finally {
          await release()
        }
      }
    },
    async find(tenantId) {
      const entry = await store.findClosed(control, tenantId)
      if (!entry) return undefined
      const openings = new Map(
        (await store.listAllOpenings(control, entry.idx, entry.logId)).map((row) => [row.role, row]),
      )
      const { salt, content } = openings.get('content') ?? {}
      if (!salt || !content) return undefined
      const actor = openings.get('actor')?.content
      return {
        by: actor ? (Actor.parse(JSON.parse(actor.toString('utf8'))).account ?? null) : null,
        proven: {
          certificate: Certificate.parse(JSON.parse(content.toString('utf8'))),
          salt: salt.toString('base64'),
          leaf: encodeBase64(entry.leaf),
          ...(entry.logId === null
            ? {
                proof: formatProof(await proveInInstance(control, registry, entry.idx)),
                vkey: formatVkey(verifierKey(ledgerCrypto, registry.instance)),
              }
            : await proveInEarlier(control, entry.logId, entry.idx)),
        },
      }
    },
    list: () => store.listClosed(control),
  }
}

const Actor = z.object({ account: z.uuid().optional() })
