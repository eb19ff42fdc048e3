import { canonicalize, encodeBase64, formatProof, formatVkey, parseLeaf, verifierKey } from '@art32/ledger'
import { z } from 'zod'
import { errorClass, isAway, ledgerCrypto, openAlone, partsOf } from '../platform/index.ts'
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
  deleted: z.array(
    z.enum(['database', 'database-login', 'schema', 'schema-login', 'data-key', 'ledger-key', 'name', 'memberships']),
  ),
  /** Whether nothing is left in the files of the database server; with an external one art32 cannot know. */
  traces: z.enum(['removed', 'left-to-the-database-server']),
  copies: z.object({
    made: z.enum(['none', 'sealed', 'log']),
    /** When the last copy that opens at all is gone, where art32 keeps such. */
    until: z.iso.datetime().nullable(),
    says: z.object({ en: z.string(), de: z.string() }),
  }),
})

/** What art32 itself keeps of a tenant beyond its deletion. */
export interface CopiesKept {
  /** Whether backups are made, whose part of each tenant opens with a key that is destroyed with it alone. */
  readonly backups: boolean
  /**
   * The log of the database, in which all tenants lie under the keys of the installation: for how many days it is kept; or, where it
   * was switched off, when the last of it goes, or that it should have gone. Null: there is none.
   */
  readonly log: { readonly days: number } | Date | 'overdue' | null
}

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

type Copies = z.output<typeof Certificate>['copies']

const others = {
  en: 'Copies that the operator made of the data folder, of the disk or of the database server, and what lies in places of backups that are not set any more, are not known to art32; they exist until the operator deletes them.',
  de: 'Kopien, die der Betreiber vom Datenordner, vom Datenträger oder vom Datenbankserver angelegt hat, und was an Orten für Sicherungen liegt, die nicht mehr eingestellt sind, kennt art32 nicht; es gibt sie, bis der Betreiber sie löscht.',
}

const dayMs = 86_400_000

/** A new base is made within a day of the deletion, and it may be another day until the last one before it is taken away. */
const daysOfBase = 2

function copiesOf({ backups, log }: CopiesKept, deletedAt: Date): Copies {
  if (!backups)
    return {
      made: 'none',
      until: null,
      says: {
        en: `art32 makes no backups and holds no copy. ${others.en}`,
        de: `art32 macht keine Sicherungen und hält keine Kopie. ${others.de}`,
      },
    }
  const sealed = {
    en: 'The backups of art32 hold parts of this tenant that open only with a key of its own. It was destroyed with the tenant; its last copy beside the backups is replaced by the next nightly backup.',
    de: 'Die Sicherungen von art32 enthalten Teile dieses Mandanten, die sich nur mit seinem eigenen Schlüssel öffnen lassen. Er wurde mit dem Mandanten vernichtet; seine letzte Kopie neben den Sicherungen ersetzt die nächste nächtliche Sicherung.',
  }
  if (log === null)
    return {
      made: 'sealed',
      until: null,
      says: { en: `${sealed.en} ${others.en}`, de: `${sealed.de} ${others.de}` },
    }
  const { until, says } = logOf(log, deletedAt)
  return {
    made: 'log',
    until: until?.toISOString() ?? null,
    says: { en: `${sealed.en} ${says.en} ${others.en}`, de: `${sealed.de} ${says.de} ${others.de}` },
  }
}

/** What of a tenant lies in the log of the database, and until when. */
function logOf(
  log: NonNullable<CopiesKept['log']>,
  deletedAt: Date,
): { until: Date | null; says: { en: string; de: string } } {
  if (log === 'overdue')
    return {
      until: null,
      says: {
        en: 'The log of the database, which was kept for restores to a moment and is kept no more, holds what was written of it under the keys of the installation. Its time is over, and it could not be taken away yet: it goes as soon as its place can be reached.',
        de: 'Das Journal der Datenbank, das für Wiederherstellungen auf einen Zeitpunkt aufbewahrt wurde und nicht mehr geführt wird, enthält unter den Schlüsseln der Installation, was davon geschrieben wurde. Seine Zeit ist vorbei, und es ließ sich noch nicht entfernen: Es wird entfernt, sobald sein Ort erreichbar ist.',
      },
    }
  if (log instanceof Date) {
    const day = log.toISOString().slice(0, 10)
    return {
      until: log,
      says: {
        en: `The log of the database, which was kept for restores to a moment and is kept no more, holds what was written before it was switched off, under the keys of the installation. The last of it is taken away by ${day}, if its places can be reached.`,
        de: `Das Journal der Datenbank, das für Wiederherstellungen auf einen Zeitpunkt aufbewahrt wurde und nicht mehr geführt wird, enthält unter den Schlüsseln der Installation, was vor dem Abschalten geschrieben wurde. Das Letzte davon wird bis zum ${day} entfernt, sofern die Orte erreichbar sind.`,
      },
    }
  }
  const until = new Date(deletedAt.getTime() + (log.days + daysOfBase) * dayMs)
  const day = until.toISOString().slice(0, 10)
  return {
    until,
    says: {
      en: `The log of the database, kept for restores to a moment, holds what was written until the deletion, under the keys of the installation. It is taken away by ${day}, if backups go on and their places can be reached.`,
      de: `Das Journal der Datenbank, aufbewahrt für Wiederherstellungen auf einen Zeitpunkt, enthält unter den Schlüsseln der Installation, was bis zur Löschung geschrieben wurde. Es wird bis zum ${day} entfernt, sofern weiter gesichert wird und die Orte erreichbar sind.`,
    },
  }
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
  /** Asked at each deletion; none unless told. */
  kept?: () => Promise<CopiesKept>
}): Closings {
  const { registry, databases, ledgers, clock, log, crew = openAlone() } = options
  const kept = options.kept ?? (() => Promise.resolve<CopiesKept>({ backups: false, log: null }))
  const control: store.Queryable = databases.control

  async function finishOne(closing: ClosingTenant): Promise<void> {
    const head = await store.findLastHead(control, closing.id)
    const known = head && parseLeaf(head.leaf).head
    const isTraceless = await registry.destroy(closing)
    const deletedAt = clock.now()
    const certificate: z.output<typeof Certificate> = {
      format: 'art32.certificate-of-deletion/1',
      tenant: { id: closing.id, publicId: closing.publicId, origin: closing.origin, vkey: closing.vkey },
      lastHead: known ? { size: known.size, root: known.root } : null,
      requestedAt: closing.requestedAt.toISOString(),
      deletedAt: deletedAt.toISOString(),
      deleted: [...partsOf(closing.databaseName), 'data-key', 'ledger-key', 'name', 'memberships'],
      traces: isTraceless ? 'removed' : 'left-to-the-database-server',
      copies: copiesOf(await kept(), deletedAt),
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
