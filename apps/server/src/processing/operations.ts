import { z } from 'zod'
import { Line } from '../contract/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { Body, missingIn, missingInBody, Said, sides } from './activity.ts'
import { processingErrors } from './errors.ts'
import { recordPaper, recordTable } from './papers.ts'
import { proposals } from './propose.ts'
import { currentRecord, isChanged, recordOf, recordVersion, refuseUnknown } from './record.ts'
import * as store from './store.ts'
import type { ActivityRow } from './store.ts'

/** What the record needs of the rest of the server. */
export interface ProcessingDependencies {
  /** Where people reach the installation; undefined: nowhere that is known. */
  readonly url?: string
}

/** Most activities of one record. */
const mostActivities = 300
/** No number of a version is higher: larger ones than an integer of the database would be its error, not the caller's. */
const mostVersions = 1_000_000

const Name = Line(200).pipe(z.string().min(1))
const given = { name: Name, said: Said.strict() }
const Activity = z.object({
  activityId: z.uuid(),
  side: z.enum(sides),
  name: z.string(),
  said: Said,
  revision: z.int(),
  changedAt: z.iso.datetime(),
  /** What the law wants and is still empty. */
  missing: z.array(z.string()),
})
const Version = z.object({
  number: z.int(),
  role: z.string(),
  at: z.iso.datetime(),
  reviewDue: z.iso.date(),
  activities: z.int().nullable(),
})

/** What can be done with the records of processing activities. */
export function processingOperations({ url }: ProcessingDependencies) {
  return [
    tenantOperation({
      id: 'processing.list',
      summary: 'Lists the processing activities as controller and as processor, who we are, and the versions recorded',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({
        body: Body,
        missing: z.array(z.string()),
        activities: z.array(Activity),
        versions: z.array(Version),
        /** Number of the edition that describes the measures; null: none is published. */
        edition: z.int().nullable(),
        /** Whether the record says something that the newest version does not. */
        isChanged: z.boolean(),
        /** How many customers have an agreement in force. */
        controllers: z.int(),
      }),
      async run(_, tx) {
        const activities = await store.listActivities(tx)
        const now = await recordOf(tx, activities)
        const versions = await store.listVersions(tx)
        const last = versions[0] ? (await store.getVersion(tx, versions[0].number)).content : null
        const processors = now.activities.filter(({ said, side }) => side === 'processor' && said.customerIds === null)
        return {
          body: now.body,
          missing: missingInBody(now.body),
          activities: activities.map(viewActivity),
          versions: versions.map(({ number, role, at, review_due: reviewDue }, index) => ({
            number,
            role,
            at: at.toISOString(),
            reviewDue,
            activities: index === 0 && last ? last.activities.length : null,
          })),
          edition: now.edition,
          isChanged: isChanged(now, last),
          controllers: Math.max(0, ...processors.map(({ controllers }) => controllers?.length ?? 0)),
        }
      },
    }),
    tenantOperation({
      id: 'processing.propose',
      summary: 'Proposes processing activities: templates, what art32 itself stores, and processing for customers',
      needs: 'ledger:read',
      input: z.object({
        /** Left out: the language of the tenant. */
        language: z.enum(['en', 'de']).optional(),
      }),
      output: z.object({
        proposals: z.array(z.object({ template: z.string(), side: z.enum(sides), name: z.string(), said: Said })),
      }),
      async run({ language }, tx) {
        const used = new Set((await store.listActivities(tx)).map(({ template }) => template))
        const all = await proposals(tx, language ?? tx.tenant.language)
        return { proposals: all.filter(({ template }) => !used.has(template)) }
      },
    }),
    tenantOperation({
      id: 'processing.set_body',
      summary: 'Says who we are: name, address, contact, representative and data protection officer',
      needs: 'register:write',
      changes: true,
      input: z.object({ body: Body.strict() }),
      output: z.object({}),
      async run({ body }, tx) {
        const before = await store.findBody(tx)
        await store.setBody(tx, body)
        await tx.append({
          type: 'processing.changed',
          about: { kind: 'tenant', id: tx.tenant.id },
          code: 'body',
          content: { before, after: body },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'processing.add',
      summary: 'Adds a processing activity, of one’s own or from a proposal',
      needs: 'register:write',
      changes: true,
      input: z.object({ side: z.enum(sides), template: Line(60).optional(), ...given }),
      output: z.object({ activityId: z.uuid() }),
      refuses: [processingErrors.too_many, processingErrors.no_customer],
      async run({ side, template, name, said }, tx) {
        if ((await store.listActivities(tx)).length >= mostActivities)
          throw processingErrors.too_many({ most: mostActivities })
        await refuseUnknown(tx, said.customerIds)
        const row: ActivityRow = {
          id: tx.newId(),
          role: side,
          name,
          said,
          template: template ?? null,
          revision: 1,
          ended_at: null,
          changed_at: tx.now,
        }
        await store.saveActivity(tx, row)
        await changed(tx, row, 'added', { after: { side, name, said } })
        return { activityId: row.id }
      },
    }),
    tenantOperation({
      id: 'processing.change',
      summary: 'Changes a processing activity; recorded versions stay as they are',
      needs: 'register:write',
      changes: true,
      input: z.object({ activityId: z.uuid(), revision: z.int(), ...given }),
      output: z.object({ revision: z.int() }),
      refuses: [processingErrors.not_found, processingErrors.stale, processingErrors.no_customer],
      async run({ activityId, revision, name, said }, tx) {
        const before = await store.getActivity(tx, activityId)
        if (before.revision !== revision) throw processingErrors.stale()
        await refuseUnknown(tx, said.customerIds)
        const row = { ...before, name, said, revision: revision + 1, changed_at: tx.now }
        await store.saveActivity(tx, row)
        await changed(tx, row, 'changed', {
          before: { name: before.name, said: before.said },
          after: { name, said },
        })
        return { revision: row.revision }
      },
    }),
    tenantOperation({
      id: 'processing.end',
      summary: 'Ends a processing activity with a reason; recorded versions keep it',
      needs: 'register:write',
      changes: true,
      input: z.object({ activityId: z.uuid(), reason: Line(1_000).pipe(z.string().min(3)) }),
      output: z.object({}),
      refuses: [processingErrors.not_found],
      async run({ activityId, reason }, tx) {
        const row = await store.getActivity(tx, activityId)
        await store.saveActivity(tx, { ...row, ended_at: tx.now })
        await changed(tx, row, 'ended', { before: { name: row.name }, reason: { reason } })
        return {}
      },
    }),
    tenantOperation({
      id: 'processing.record',
      summary: 'Records the record as it is now as the next version, and sets up the duty to review it',
      needs: 'edition:sign',
      changes: true,
      input: z.object({}),
      output: z.object({ number: z.int() }),
      refuses: [processingErrors.empty, processingErrors.incomplete],
      run: async (_, tx) => ({ number: await recordVersion(tx) }),
    }),
    tenantOperation({
      id: 'processing.export',
      summary:
        'Hands out the record of processing activities, a recorded version or as it is now, as document or table',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        /** Left out: as it is now. */
        number: z.coerce.number().int().min(1).max(mostVersions).optional(),
        /** Left out: both records. */
        side: z.enum(sides).optional(),
        format: z.enum(['pdf', 'docx', 'csv', 'json']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [processingErrors.no_version, ...Object.values(paperErrors)],
      async run({ number, side, format, language }, tx) {
        const version = number === undefined ? null : await store.getVersion(tx, number)
        const record = version?.content ?? (await currentRecord(tx))
        const wish = { side: side ?? null, version, page: pageOf(tx, url), language }
        return await paperDownload({
          tx,
          paper: recordPaper(record, wish),
          format,
          name: language === 'de' ? 'verarbeitungsverzeichnis' : 'record-of-processing',
          table: recordTable(record, side ?? null, language),
          data: record,
        })
      },
    }),
  ]
}

function pageOf(tx: TenantContext, url: string | undefined): string | null {
  return url === undefined ? null : new URL(`/trust/${tx.tenant.slug}`, url).href
}

function viewActivity(row: ActivityRow): z.input<typeof Activity> {
  return {
    activityId: row.id,
    side: row.role,
    name: row.name,
    said: row.said,
    revision: row.revision,
    changedAt: row.changed_at.toISOString(),
    missing: missingIn(row.role, row.said),
  }
}

async function changed(
  tx: TenantContext,
  { id }: ActivityRow,
  code: 'added' | 'changed' | 'ended',
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx.append({ type: 'processing.changed', about: { kind: 'processing', id }, code, content })
}
