import { createHash, randomUUID } from 'node:crypto'
import type { Tenants } from '../evidence/index.ts'
import type { Upload } from '../kernel/index.ts'
import type { Scanner } from '../platform/index.ts'
import { fileErrors } from './errors.ts'
import { cleanName } from './name.ts'
import { endingsOf, typeOf, workbook } from './type.ts'

/** A file that was looked at: what it is by its bytes, its hash, its cleaned name. Still kept nowhere. */
export class InspectedFile implements Upload {
  readonly name: string
  readonly bytes: Buffer
  /** By content. */
  readonly type: string
  /** In hexadecimal. */
  readonly sha256: string
  /** Without a scanner nobody looked, which is not clean. */
  readonly scan: 'clean' | 'not-scanned'
  /** What the shield took out of it, by type; null: it is no table and no text, or its names are needed. */
  readonly shielded: Readonly<Record<string, number>> | null
  /** Why its names are needed, as who brings it says. */
  readonly namesFor: string | null

  constructor(
    name: string,
    bytes: Buffer,
    type: string,
    scan: 'clean' | 'not-scanned',
    how: { readonly shielded?: Readonly<Record<string, number>> | null; readonly namesFor?: string | null } = {},
  ) {
    this.name = cleanName(name, endingsOf(type))
    this.bytes = bytes
    this.type = type
    this.sha256 = createHash('sha256').update(bytes).digest('hex')
    this.scan = scan
    this.shielded = how.shielded ?? null
    this.namesFor = how.namesFor ?? null
  }
}

/** What is said of a file beside its bytes. */
export interface Handling {
  /** It went through the shield already. */
  readonly isShielded?: true
  /** Why its names are needed: then it is kept as it is, and this beside it. */
  readonly namesFor?: string | undefined
}

/** Takes personal data out of a table or a text. @returns what is kept, and what was taken out, by type */
export type Clean = (
  bytes: Uint8Array,
  by: { readonly tenantId: string },
) => Promise<{ readonly bytes: Uint8Array; readonly removed: Readonly<Record<string, number>> }>

/** What passes the shield: an XML document, a letter or a PDF is evidence as it was written. */
const shieldedTypes: ReadonlySet<string> = new Set(['text/plain', 'text/csv', 'application/json', workbook])

/** Looks at files before anything is kept of them. */
export interface FileInspector {
  /**
   * What a file is, and whether something is in it. Takes its time, so it is done before a transaction begins.
   *
   * Where malware is found, that is recorded in the tenant's ledger, by hash and without the content, and told to its owners.
   *
   * @param by for whom; null: somebody without an account
   * @throws one of `contentErrors`, {file.is_malware}, {scanner.unreachable | scanner.no_answer}
   */
  inspect(
    given: { readonly name: string; readonly bytes: Uint8Array },
    by: { readonly tenantId: string; readonly accountId: string | null },
    how?: Handling,
  ): Promise<InspectedFile>
}

/**
 * Opens the look at files.
 *
 * @param scanner null: none is set, and no file is called clean
 * @param clean what tables and texts pass before they are kept
 */
export function openInspector(
  scanner: Scanner | null,
  tenants: Pick<Tenants, 'asSystem'>,
  clean: Clean | null = null,
): FileInspector {
  return {
    async inspect(given, by, { isShielded = false, namesFor = null } = {}) {
      const bytes = Buffer.from(given.bytes.buffer, given.bytes.byteOffset, given.bytes.byteLength)
      const type = await typeOf(bytes)
      const found = scanner ? await scanner.scan(bytes) : null
      const inspected = new InspectedFile(given.name, bytes, type, scanner ? 'clean' : 'not-scanned')
      if (found !== null) {
        await recordFound(tenants, inspected, found, by)
        throw fileErrors.is_malware()
      }
      if (namesFor !== null) return new InspectedFile(given.name, bytes, type, inspected.scan, { namesFor })
      if (clean === null || isShielded || !shieldedTypes.has(type)) return inspected
      const { bytes: kept, removed } = await clean(bytes, by)
      // Of a file whose every value was taken out, nothing may be left.
      if (kept.length === 0) throw fileErrors.empty()
      return new InspectedFile(given.name, Buffer.from(kept), type, inspected.scan, { shielded: removed })
    },
  }
}

async function recordFound(
  tenants: Pick<Tenants, 'asSystem'>,
  { sha256, bytes, type }: InspectedFile,
  found: string,
  { tenantId, accountId }: Parameters<FileInspector['inspect']>[1],
): Promise<void> {
  await tenants.asSystem(
    tenantId,
    async ({ append }) => {
      await append({
        type: 'evidence.refused',
        about: { kind: 'file', id: randomUUID() },
        code: 'malware',
        content: { file: { sha256, size: bytes.length, type, found } },
      })
    },
    accountId === null ? {} : { inNameOf: accountId },
  )
}
