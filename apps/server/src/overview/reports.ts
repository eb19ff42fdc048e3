import { Zip, ZipDeflate } from 'fflate'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { Entrant, Tenants } from '../evidence/index.ts'
import { AppError, defineErrors, operationsFor } from '../kernel/index.ts'
import type { Download } from '../kernel/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { renderReport } from './report-page.ts'
import { loadReport } from './report.ts'

/** So many reports go into one file; they are made one after the other while somebody waits. */
const mostReports = 200

const reportErrors = defineErrors('overview', {
  too_many: {
    status: 409,
    en: 'You may enter {count} tenants; one file holds reports of at most {most}. Ask for the report of each tenant by itself.',
    de: 'Ihnen stehen {count} Mandanten offen; eine Datei fasst Berichte von höchstens {most}. Bitte den Bericht jedes Mandanten einzeln abrufen.',
  },
  busy: {
    status: 409,
    en: 'The reports of all your tenants are being made already. Wait until you have them, then ask again.',
    de: 'Die Berichte aller Ihrer Mandanten werden gerade schon erstellt. Bitte warten, bis sie da sind, und dann erneut abrufen.',
  },
  none: {
    status: 409,
    en: 'There is no tenant that you may enter, so there is nothing to report on.',
    de: 'Ihnen steht kein Mandant offen; es gibt also nichts zu berichten.',
  },
})

/** What reports need of the rest of the server. */
export interface ReportDependencies {
  readonly tenants: Tenants
  /** The tenants that somebody may enter as they have signed in. */
  readonly listTenantsOf: (account: Entrant) => Promise<readonly Tenant[]>
  readonly now: () => Date
}

const ownOperation = operationsFor<{ readonly account: Entrant | null }>('installation')
/** Left out: the language of the tenant. */
const language = z.enum(['en', 'de']).optional()

/** Reports on how tenants stand, for a person to read, print and hand over. */
export function reportOperations({ tenants, listTenantsOf, now }: ReportDependencies) {
  /** Accounts whose reports are being made: one file at a time each, since it opens many databases. */
  const making = new Set<string>()
  return [
    tenantOperation({
      id: 'overview.report',
      summary: 'Hands out a printable report (HTML) on how the tenant stands',
      kind: 'download',
      needs: 'register:read',
      input: z.object({ language }),
      output: z.unknown(),
      async run(input, tx) {
        const report = await loadReport(tx)
        const page = renderReport(report, input.language ?? report.tenant.language)
        return { name: nameOf(tx.tenant.slug, tx.now), type: 'text/html; charset=utf-8', bytes: Buffer.from(page) }
      },
    }),
    ownOperation({
      id: 'overview.reports',
      summary: 'Hands out the reports of all tenants that the caller may enter, as a ZIP file',
      kind: 'download',
      needs: null,
      input: z.object({ language }),
      output: z.unknown(),
      refuses: [reportErrors.too_many, reportErrors.busy, reportErrors.none],
      async run(input, { account }) {
        if (!account) throw reportErrors.none()
        if (making.has(account.id)) throw reportErrors.busy()
        making.add(account.id)
        try {
          return await reportsOf(account, input.language)
        } finally {
          making.delete(account.id)
        }
      },
    }),
  ]

  async function reportsOf(account: Entrant, wanted: 'en' | 'de' | undefined): Promise<Download> {
    const all = await listTenantsOf(account)
    if (all.length > mostReports) throw reportErrors.too_many({ count: all.length, most: mostReports })
    const at = now()
    const zip = openZip(at)
    for (const { slug } of all) {
      const page = await pageOf(slug, account, wanted)
      if (page !== null) zip.add(nameOf(slug, at), page)
    }
    if (zip.isEmpty()) throw reportErrors.none()
    return { name: `reports-${dayOf(at)}.zip`, type: 'application/zip', bytes: zip.end() }
  }

  /** Each tenant decides for itself, in its own database, whether the caller may read it; null where not. */
  async function pageOf(slug: string, account: Entrant, wanted: 'en' | 'de' | undefined): Promise<string | null> {
    try {
      const report = await tenants.within(slug, account, async (tx) =>
        tx.caller.permissions.includes('register:read') ? await loadReport(tx) : null,
      )
      return report && renderReport(report, wanted ?? report.tenant.language)
    } catch (error) {
      // Closed to the caller, suspended or deleted since the list was made.
      if (error instanceof AppError && error.code.startsWith('tenant.')) return null
      throw error
    }
  }
}

function nameOf(slug: string, at: Date): string {
  return `report-${slug}-${dayOf(at)}.html`
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** A ZIP file that grows by one packed file at a time: of the pages only one is in memory. */
function openZip(at: Date) {
  const parts: Uint8Array[] = []
  const failed: Error[] = []
  const zip = new Zip((error, part) => {
    if (error) failed.push(error)
    else parts.push(part)
  })
  return {
    isEmpty: () => parts.length === 0,
    add(name: string, text: string) {
      const file = new ZipDeflate(name, { level: 6 })
      file.mtime = at
      zip.add(file)
      file.push(Buffer.from(text), true)
    },
    end(): Uint8Array {
      zip.end()
      if (failed[0]) throw failed[0]
      return Buffer.concat(parts)
    },
  }
}
