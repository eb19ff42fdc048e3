import { planSchema, writePlan } from '@art32/shield'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { addFile, attachFiles, contentErrors, fileErrors, FileShown, listFiles } from '../file/index.ts'
import type { FileInspector } from '../file/index.ts'
import { bug, cleanText } from '../kernel/index.ts'
import type { Upload } from '../kernel/index.ts'
import { scannerErrors } from '../platform/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { shieldErrors } from './errors.ts'
import { openShieldKey } from './key.ts'
import { filterOperation } from './filter.ts'
import type { FilterDependencies } from './filter.ts'
import { cleanName } from './name.ts'
import { previewOf } from './preview.ts'
import { objectOperations } from './objects/operations.ts'
import { record } from './record.ts'
import type { ShieldedReport } from './record.ts'
import { getPlan, hashOfPlan, importLimitMiB, parsePlan, ShieldedUpload } from './shield.ts'
import type { Shield } from './shield.ts'
import * as store from './store.ts'
import { ImportView, PlanView, ReportView, viewImport, viewPlan } from './views.ts'
import type { Report } from './views.ts'

/** What the shield needs of the rest of the server. */
export interface ShieldDependencies extends FilterDependencies {
  /** Whether a tenant may reach this machine itself. */
  readonly mayBeLocal: (tenant: Tenant) => boolean
  readonly shield: Shield
  readonly files: FileInspector
  /** Told in the same transaction that a file went through. */
  readonly shielded: (tx: TenantContext, about: ShieldedReport) => Promise<void>
}

/** YAML or JSON; a plan of a thousand columns is a tenth of this. */
const PlanText = z.string().min(1).max(400_000)
const PlanName = z.string().transform(cleanText).pipe(z.string().min(1).max(100))

/** Of the sample of a preview: 96 KiB, in base64. */
const longestSample = 131_072

/** Imports that are listed. */
const mostListed = 200

const passErrors = [shieldErrors.bad_plan, shieldErrors.unreadable, shieldErrors.empty, shieldErrors.too_large] as const

/** What was looked at, and the plan that fits. Of the bytes nothing is left. */
class ProfiledUpload implements Upload {
  readonly name: string
  readonly bytes = new Uint8Array()
  readonly plan: z.output<typeof planSchema>

  constructor(name: string, plan: z.output<typeof planSchema>) {
    this.name = name
    this.plan = plan
  }
}

/** What can be done with the shield. */
export function shieldOperations({ shield, tenants, files, shielded, mayBeLocal }: ShieldDependencies) {
  return [
    tenantOperation({
      id: 'shield.profile',
      summary:
        'Looks at the first megabyte of a file, or at all of a workbook, and writes the plan that fits; nothing of the file is kept',
      kind: 'upload',
      needs: 'shield:write',
      input: z.object({}),
      output: z.object({ plan: planSchema, text: z.string() }),
      refuses: [shieldErrors.unreadable, shieldErrors.empty],
      inspects: async ({ name, bytes }) => new ProfiledUpload(name, await shield.profile(bytes)),
      run(_, { upload }) {
        if (!(upload instanceof ProfiledUpload)) throw bug('a file that nobody looked at')
        return Promise.resolve({ plan: upload.plan, text: writePlan(upload.plan) })
      },
    }),
    tenantOperation({
      id: 'shield.preview',
      summary: 'Shows the first rows of a file before and after; that somebody looked stands in the ledger',
      needs: 'shield:preview',
      changes: true,
      input: z.object({ plan: PlanText, sample: z.base64().min(1).max(longestSample) }),
      output: z.object({
        columns: z.array(z.string()).nullable(),
        before: z.array(z.array(z.string())),
        after: z.array(z.array(z.string())),
      }),
      refuses: passErrors,
      async run({ plan: text, sample }, tx) {
        const plan = parsePlan(text)
        const shown = await previewOf(Buffer.from(sample, 'base64'), plan, await openShieldKey(tx))
        await tx.append({
          type: 'shield.previewed',
          about: { kind: 'shield', id: tx.newId() },
          content: { after: { plan: hashOfPlan(plan), rows: shown.before.length } },
        })
        return shown
      },
    }),
    tenantOperation({
      id: 'shield.plan_save',
      summary: 'Keeps a plan under a name, as its next version',
      needs: 'shield:write',
      changes: true,
      input: z.object({ name: PlanName, plan: PlanText }),
      output: z.object({ planId: z.uuid(), version: z.int() }),
      refuses: [shieldErrors.bad_plan],
      async run({ name, plan: text }, tx) {
        const plan = parsePlan(text)
        const sha256 = hashOfPlan(plan)
        const { id, version } = await store.savePlan(tx, { name, plan: writePlan(plan), sha256 })
        await tx.append({
          type: 'shield.planned',
          about: { kind: 'shield', id },
          content: { after: { name, version, sha256 } },
        })
        return { planId: id, version }
      },
    }),
    tenantOperation({
      id: 'shield.plan_list',
      summary: 'Lists the newest version of each plan',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({ plans: z.array(PlanView) }),
      run: async (_, tx) => ({ plans: (await store.listPlans(tx)).map(viewPlan) }),
    }),
    tenantOperation({
      id: 'shield.plan_show',
      summary: 'Shows a version of a plan, as people read it and as programs do',
      needs: 'ledger:read',
      input: z.object({ planId: z.uuid() }),
      output: PlanView.extend({ plan: planSchema, text: z.string() }),
      refuses: [shieldErrors.plan_not_found],
      async run({ planId }, tx) {
        const row = await getPlan(tx, planId)
        return { ...viewPlan(row), plan: parsePlan(row.plan), text: row.plan }
      },
    }),
    tenantOperation({
      id: 'shield.import',
      summary:
        'Sends a file through the shield by a plan, and keeps what comes out as an evidence file beside its report',
      kind: 'upload',
      needs: 'shield:write',
      changes: true,
      input: z.object({ planId: z.uuid() }),
      output: z.object({ importId: z.uuid(), report: ReportView, files: z.array(FileShown) }),
      refuses: [
        shieldErrors.plan_not_found,
        shieldErrors.busy,
        shieldErrors.not_kept,
        ...passErrors,
        ...contentErrors,
        scannerErrors.unreachable,
        scannerErrors.no_answer,
        fileErrors.too_many_waiting,
      ],
      passes: {
        limitMiB: importLimitMiB,
        async pass(body, { name, input }, by) {
          const { plan, report, clean } = await shield.pass(body, input.planId, by)
          const keep = async (as: string, bytes: Uint8Array) =>
            await files.inspect({ name: as, bytes }, by, { isShielded: true })
          const file = await keep(cleanName(name), clean)
          const text = Buffer.from(`${JSON.stringify(report, null, 2)}\n`)
          return new ShieldedUpload(plan, report, file, [await keep(`${file.name}.report.json`, text)])
        },
      },
      async run(_, tx) {
        if (!(tx.upload instanceof ShieldedUpload)) throw bug('a file that did not pass the shield')
        return await keepImport(tx, tx.upload, shielded)
      },
    }),
    filterOperation({ shield, tenants }),
    ...objectOperations({ mayBeLocal }),
    tenantOperation({
      id: 'shield.import_list',
      summary: 'Lists what went through the shield, the newest first',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({ imports: z.array(ImportView) }),
      run: async (_, tx) => ({ imports: (await store.listImports(tx, mostListed)).map(viewImport) }),
    }),
    tenantOperation({
      id: 'shield.show',
      summary: 'Shows what the shield found and did in a file: numbers and names of columns, never a value',
      needs: 'ledger:read',
      input: z.object({ importId: z.uuid() }),
      output: ImportView.extend({
        report: ReportView,
        /** The output and the report; none for whoever may not have them, and of what went back to its sender. */
        files: z.array(FileShown),
      }),
      refuses: [shieldErrors.import_not_found],
      async run({ importId }, tx) {
        const row = await store.findImport(tx, importId)
        if (!row) throw shieldErrors.import_not_found()
        const mayHave = tx.caller.permissions.includes('shield:write')
        const kept = mayHave ? ((await listFiles(tx, 'shield', [importId])).get(importId) ?? []) : []
        return { ...viewImport(row), report: ReportView.parse(row.report), files: kept }
      },
    }),
  ]
}

async function keepImport(
  tx: TenantContext,
  { plan, report, files, name }: ShieldedUpload,
  shielded: ShieldDependencies['shielded'],
): Promise<{ importId: string; report: Report; files: z.output<typeof FileShown>[] }> {
  const importId = tx.newId()
  const added = []
  for (const file of files) added.push(await addFile(tx, file))
  const ids = added.map(({ fileId }) => fileId)
  await attachFiles(tx, { kind: 'shield', id: importId }, ids)
  const hashes = files.map(({ sha256 }) => sha256)
  const { view, commitment } = await record(tx, { id: importId, kind: 'import', plan, name, report, files: hashes })
  const hasPseudonyms = report.columns.some(({ did, changed }) => did === 'pseudonym' && changed > 0)
  await shielded(tx, { commitment, hasPseudonyms })
  return { importId, report: view, files: added.map((file) => ({ ...file, shielded: copied(file.shielded) })) }
}

const copied = (counts: Readonly<Record<string, number>> | null) => (counts === null ? null : { ...counts })
