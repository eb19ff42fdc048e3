import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { AdvisoryText, trackingIdOf } from './advisory.ts'
import * as store from './advisory-store.ts'
import type { AdvisoryRow, VersionRow } from './advisory-store.ts'
import { csafOf, csafText } from './csaf.ts'
import type { Publisher } from './csaf.ts'
import { problemOf } from './csaf-rules.ts'
import { scoreOf, severities } from './cvss.ts'
import { advisoryErrors, reportErrors } from './errors.ts'
import { hashOfText } from './intake.ts'
import { Line } from './said.ts'
import { noteNews } from './letters.ts'
import { changeReport, getReport } from './store.ts'

/** What operations on advisories need of the rest of the server. */
export interface AdvisoryDependencies {
  /** The one address at which a tenant's public page really lives. */
  readonly homeOf: (tenant: Tenant) => Promise<string>
  readonly version: string
}

const Id = { advisoryId: z.uuid() }
const Instant = z.iso.datetime()

const AdvisoryLine = z.object({
  advisoryId: z.uuid(),
  trackingId: z.string(),
  title: z.string(),
  /** The newest published version; null: none is. */
  number: z.int().nullable(),
  publishedAt: Instant.nullable(),
  severity: z.enum(severities).nullable(),
  hasDraft: z.boolean(),
})

/** What can be done with advisories. */
export function advisoryOperations(dependencies: AdvisoryDependencies) {
  const publisherOf = async ({ tenant }: TenantContext): Promise<Publisher> => ({
    name: tenant.name,
    home: await dependencies.homeOf(tenant),
    version: dependencies.version,
  })
  return [
    tenantOperation({
      id: 'advisory.list',
      summary: 'Lists advisories, drafts among them',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({ advisories: z.array(AdvisoryLine), pageUrl: z.string() }),
      async run(_, tx) {
        const published = new Map((await store.listPublished(tx)).map((row) => [row.advisory_id, row]))
        return {
          advisories: (await store.listAdvisories(tx)).map((row) => viewLine(row, published.get(row.id))),
          pageUrl: `${await dependencies.homeOf(tx.tenant)}/advisories`,
        }
      },
    }),
    tenantOperation({
      id: 'advisory.show',
      summary: 'Shows an advisory: its draft, its published versions, and what it would be as CSAF 2.0',
      needs: 'ledger:read',
      input: z.object(Id),
      output: AdvisoryLine.extend({
        draft: AdvisoryText,
        reportIds: z.array(z.uuid()),
        versions: z.array(z.object({ number: z.int(), publishedAt: Instant, summary: z.string() })),
        /** Why it cannot be published as it is; null: it can. */
        problem: z.string().nullable(),
        csaf: z.string(),
      }),
      refuses: [advisoryErrors.not_found],
      async run({ advisoryId }, tx) {
        const row = await store.getAdvisory(tx, advisoryId)
        const versions = await store.listVersions(tx, advisoryId)
        const document = documentOf(row, versions, { at: tx.now, summary: '–', publisher: await publisherOf(tx) })
        return {
          ...viewLine(row, versions.at(-1)),
          draft: row.draft,
          reportIds: [...row.report_ids],
          versions: versions.map(({ number, published_at: at, summary }) => ({
            number,
            publishedAt: at.toISOString(),
            summary,
          })),
          problem: problemOf(document),
          csaf: csafText(document),
        }
      },
    }),
    tenantOperation({
      id: 'advisory.create',
      summary: 'Begins an advisory, about reports or about what was found here',
      needs: 'register:write',
      changes: true,
      input: z.object({ text: AdvisoryText, reportIds: z.array(z.uuid()).max(50).default([]) }),
      output: z.object({ advisoryId: z.uuid(), trackingId: z.string() }),
      refuses: [reportErrors.not_found],
      async run({ text, reportIds }, tx) {
        for (const id of reportIds) await getReport(tx, id)
        const year = tx.now.getUTCFullYear()
        const last = await store.lastNumber(tx, trackingIdOf(tx.tenant.slug, year, 0).slice(0, -4))
        const trackingId = trackingIdOf(tx.tenant.slug, year, last + 1)
        const id = tx.newId()
        await store.saveAdvisory(tx, { id, tracking_id: trackingId, draft: text, report_ids: reportIds })
        await changed(tx, id, 'created', text)
        return { advisoryId: id, trackingId }
      },
    }),
    tenantOperation({
      id: 'advisory.change',
      summary: 'Changes the draft of an advisory; what is published stays until another version is',
      needs: 'register:write',
      changes: true,
      input: z.object({ ...Id, text: AdvisoryText, reportIds: z.array(z.uuid()).max(50).default([]) }),
      output: z.object({}),
      refuses: [advisoryErrors.not_found, reportErrors.not_found],
      async run({ advisoryId, text, reportIds }, tx) {
        const row = await store.getAdvisory(tx, advisoryId)
        for (const id of reportIds) await getReport(tx, id)
        await store.saveAdvisory(tx, { ...row, draft: text, report_ids: reportIds })
        await changed(tx, advisoryId, 'changed', text)
        return {}
      },
    }),
    tenantOperation({
      id: 'advisory.discard',
      summary: 'Deletes an advisory that was never published',
      needs: 'register:write',
      changes: true,
      input: z.object(Id),
      output: z.object({}),
      refuses: [advisoryErrors.not_found, advisoryErrors.published],
      async run({ advisoryId }, tx) {
        const row = await store.getAdvisory(tx, advisoryId)
        if ((await store.listVersions(tx, advisoryId)).length > 0) throw advisoryErrors.published()
        await store.deleteAdvisory(tx, advisoryId)
        await changed(tx, advisoryId, 'discarded', row.draft)
        return {}
      },
    }),
    tenantOperation({
      id: 'advisory.publish',
      summary: 'Publishes the draft as the next version: page, feed and CSAF 2.0; subscribers are told once',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        ...Id,
        /** What changed, in a sentence: it stands in the history of versions. */
        summary: Line(500),
      }),
      output: z.object({ number: z.int() }),
      refuses: [advisoryErrors.not_found, advisoryErrors.invalid, advisoryErrors.unchanged],
      async run({ advisoryId, summary }, tx) {
        const row = await store.getAdvisory(tx, advisoryId)
        const versions = await store.listVersions(tx, advisoryId)
        const last = versions.at(-1)
        if (last && JSON.stringify(last.content) === JSON.stringify(row.draft)) throw advisoryErrors.unchanged()
        const number = (last?.number ?? 0) + 1
        const document = documentOf(row, versions, { at: tx.now, summary, publisher: await publisherOf(tx) })
        const problem = problemOf(document)
        if (problem !== null) throw advisoryErrors.invalid({ problem })
        const { content: commitment } = await tx.append({
          type: 'advisory.published',
          about: { kind: 'advisory', id: advisoryId },
          code: number === 1 ? 'first' : 'again',
          content: { content: document },
        })
        if (!commitment) throw bug('an advisory was appended without its commitment')
        await store.addVersion(tx, {
          advisory_id: advisoryId,
          number,
          published_at: tx.now,
          summary,
          content: row.draft,
          document: csafText(document),
          commitment,
        })
        for (const id of row.report_ids) await disclose(tx, id)
        return { number }
      },
    }),
  ]
}

/** What was mended is disclosed by the advisory that tells of it. */
async function disclose(tx: TenantContext, reportId: string): Promise<void> {
  const report = await getReport(tx, reportId, true)
  if (report.state !== 'mended') return
  await changeReport(tx, reportId, { state: 'disclosed', closed_at: tx.now })
  await noteNews(tx, reportId, 'state')
  await tx.append({
    type: 'report.closed',
    about: { kind: 'report', id: reportId },
    code: 'disclosed',
    content: { before: { state: 'mended' }, after: { state: 'disclosed' } },
  })
}

async function changed(tx: TenantContext, id: string, code: string, text: AdvisoryText): Promise<void> {
  await tx.append({
    type: 'advisory.changed',
    about: { kind: 'advisory', id },
    code,
    content: { content: { text: hashOfText(text) } },
  })
}

/** What the next version would be. */
function documentOf(
  { draft, tracking_id: trackingId }: AdvisoryRow,
  versions: readonly VersionRow[],
  { at, summary, publisher }: { at: Date; summary: string; publisher: Publisher },
): object {
  const before = versions.map(({ number, published_at: published, summary: said }) => ({
    number,
    date: published.toISOString(),
    summary: said,
  }))
  const revisions = [...before, { number: versions.length + 1, date: at.toISOString(), summary }]
  return csafOf({ text: draft, trackingId, revisions }, publisher)
}

function viewLine(row: AdvisoryRow, last: VersionRow | undefined): z.input<typeof AdvisoryLine> {
  const { draft } = row
  return {
    advisoryId: row.id,
    trackingId: row.tracking_id,
    title: draft.title,
    number: last?.number ?? null,
    publishedAt: last?.published_at.toISOString() ?? null,
    severity: draft.vector === null ? null : (scoreOf(draft.vector)?.severity ?? null),
    hasDraft: !last || JSON.stringify(last.content) !== JSON.stringify(draft),
  }
}
