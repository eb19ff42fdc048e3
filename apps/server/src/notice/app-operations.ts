import { z } from 'zod'
import { Line } from '../contract/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { authorities } from '../incident/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { listActivities } from '../processing/index.ts'
import { beginWith } from './begin.ts'
import type { Recorded } from './begin.ts'
import { compareSheets } from './compare.ts'
import { appErrors } from './errors.ts'
import { Facts, Key } from './facts.ts'
import { checkFacts, knownOf, readRegisters } from './know.ts'
import type { Registers } from './know.ts'
import { missingIn } from './missing.ts'
import { categoryTable, noticePaper } from './papers.ts'
import { confirm, contentOf, getLive, isChanged, nameOf, publish, stepBack } from './publish.ts'
import { endRulesOf, refuseLeft } from './rule-keep.ts'
import { linesOf, sheetOf } from './sheet.ts'
import type { Sheet } from './sheet.ts'
import * as store from './store.ts'
import type { AppRow, Content, VersionHead, VersionRow } from './store.ts'

/** Most apps of an organisation. */
const mostApps = 200
/** No number of a version is higher: larger ones than an integer of the database would be its error, not the caller's. */
const mostVersions = 1_000_000

const Said = z.object({ en: z.string(), de: z.string() })
const Version = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  role: z.string(),
  /** What was missing when it was published, as codes. */
  missing: z.array(z.string()),
  reason: z.string(),
})
const AppView = z.object({
  appId: z.uuid(),
  slug: z.string(),
  name: Said,
  /** `draft`: nothing is published; `changed`: the facts say something else by now. */
  state: z.enum(['draft', 'changed', 'published', 'ended']),
  version: Version.nullable(),
  reviewDue: z.iso.date().nullable(),
  isReviewOver: z.boolean(),
  missing: z.int(),
})
const Runs = z.array(z.object({ in: z.enum(['both', 'before', 'after']), text: z.string() }))
const SheetView = z.object({
  title: z.string(),
  about: z.string(),
  sections: z.array(z.object({ key: z.string(), title: z.string(), lines: z.array(z.string()) })),
})

/** What can be done with apps and their privacy notices. */
export function appOperations() {
  return [
    tenantOperation({
      id: 'app.list',
      summary: 'Lists the apps with how their privacy notices stand, and what facts can refer to',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        apps: z.array(AppView),
        choices: z.object({
          processors: z.array(z.object({ id: z.uuid(), name: z.string() })),
          activities: z.array(z.object({ id: z.uuid(), name: z.string() })),
          authorities: z.array(z.object({ id: z.string(), name: z.string(), area: z.string(), country: z.string() })),
        }),
      }),
      async run(_, tx) {
        const registers = await readRegisters(tx)
        const newest = await store.newestVersions(tx)
        return {
          apps: (await store.listApps(tx)).map((row) => viewApp(tx, row, newest.get(row.id), registers)),
          choices: {
            processors: [...registers.processors].map(([id, { name }]) => ({ id, name })),
            activities: [...registers.activities],
            authorities: authorities.map(({ id, name, area, country }) => ({ id, name, area, country })),
          },
        }
      },
    }),
    tenantOperation({
      id: 'app.show',
      summary: 'Shows an app: its facts, what is missing of the notice, the notice as it would read, and its versions',
      needs: 'register:read',
      input: z.object({ appId: z.uuid() }),
      output: z.object({
        app: AppView,
        revision: z.int(),
        facts: Facts,
        missing: z.array(z.object({ code: z.string(), article: z.string(), say: Said })),
        /** The notice as it would be published now, in both languages. */
        preview: z.object({ en: SheetView, de: SheetView }),
        versions: z.array(Version),
      }),
      refuses: [appErrors.not_found],
      async run({ appId }, tx) {
        const row = await store.getApp(tx, appId)
        const registers = await readRegisters(tx)
        const versions = await store.listVersions(tx, appId)
        const last = versions[0] && (await store.findVersion(tx, appId, versions[0].number))
        const known = knownOf(row.facts, registers)
        return {
          app: viewApp(tx, row, last, registers),
          revision: row.revision,
          facts: row.facts,
          missing: missingIn(known),
          preview: { en: viewSheet(sheetOf(known, 'en')), de: viewSheet(sheetOf(known, 'de')) },
          versions: versions.map(viewVersion),
        }
      },
    }),
    tenantOperation({
      id: 'app.add',
      summary:
        'Adds an app or service; the facts of its privacy notice are filled in afterwards, or begin with activities of the record',
      needs: 'register:write',
      changes: true,
      input: z.object({
        /** The end of its public address; it is never used for another app. */
        slug: Key,
        facts: Facts,
        /** Activities of the record, as controller, with which the facts begin. */
        activityIds: z.array(z.uuid()).max(40).default([]),
      }),
      output: z.object({ appId: z.uuid() }),
      refuses: [appErrors.taken, appErrors.too_many, appErrors.twice, appErrors.no_reference],
      async run({ slug, facts: given, activityIds }, tx) {
        const registers = await readRegisters(tx)
        const facts = beginWith(given, await recorded(tx, activityIds), registers.processors, tx.tenant.language)
        checkFacts(facts, registers, null)
        if ((await store.listApps(tx)).length >= mostApps) throw appErrors.too_many({ most: mostApps })
        const row: AppRow = {
          id: tx.newId(),
          slug,
          facts,
          told: 0,
          review_due: null,
          revision: 1,
          ended_at: null,
          changed_at: tx.now,
        }
        await store.addApp(tx, row)
        await changed(tx, row.id, 'added', { after: { slug, facts } })
        return { appId: row.id }
      },
    }),
    tenantOperation({
      id: 'app.change',
      summary: 'Changes the facts of an app; what is published stays as it is until the next version',
      needs: 'register:write',
      changes: true,
      input: z.object({ appId: z.uuid(), revision: z.int(), facts: Facts }),
      output: z.object({ revision: z.int() }),
      refuses: [appErrors.not_found, appErrors.stale, appErrors.twice, appErrors.no_reference, appErrors.rule_left],
      async run({ appId, revision, facts }, tx) {
        const before = await getLive(tx, appId)
        if (before.revision !== revision) throw appErrors.stale()
        checkFacts(facts, await readRegisters(tx), before.facts)
        await refuseLeft(tx, appId, facts)
        const row = { ...before, facts, revision: revision + 1, changed_at: tx.now }
        await store.saveApp(tx, row)
        await changed(tx, appId, 'changed', { before: { facts: before.facts }, after: { facts } })
        return { revision: row.revision }
      },
    }),
    tenantOperation({
      id: 'app.publish',
      summary: 'Publishes the privacy notice as it is now as the next version; one with gaps needs a reason',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        appId: z.uuid(),
        revision: z.int(),
        /** Why it is published although something is missing. */
        reason: Line(1_000).default(''),
      }),
      output: z.object({ number: z.int() }),
      refuses: [appErrors.not_found, appErrors.stale, appErrors.incomplete, appErrors.unchanged],
      run: async (wish, tx) => ({ number: await publish(tx, wish) }),
    }),
    tenantOperation({
      id: 'app.confirm',
      summary: 'Records that the published notice was looked at and is still right, for another year',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ appId: z.uuid() }),
      output: z.object({ reviewDue: z.iso.date() }),
      refuses: [appErrors.not_found, appErrors.not_published, appErrors.differs],
      run: async ({ appId }, tx) => ({ reviewDue: await confirm(tx, appId) }),
    }),
    tenantOperation({
      id: 'app.end',
      summary: 'Ends an app with a reason: its deletion rules end, its published versions stay readable',
      needs: 'register:write',
      changes: true,
      input: z.object({ appId: z.uuid(), reason: Line(1_000).pipe(z.string().min(3)) }),
      output: z.object({}),
      refuses: [appErrors.not_found],
      async run({ appId, reason }, tx) {
        const row = await getLive(tx, appId)
        await store.saveApp(tx, { ...row, ended_at: tx.now })
        await endRulesOf(tx, appId)
        await stepBack(tx, appId)
        await changed(tx, appId, 'ended', { reason: { reason } })
        return {}
      },
    }),
    tenantOperation({
      id: 'app.compare',
      summary: 'Compares two versions of a privacy notice word by word, or one with the notice as it would read now',
      needs: 'register:read',
      input: z.object({
        appId: z.uuid(),
        from: z.coerce.number().int().min(1).max(mostVersions),
        /** Left out: as it would read now. */
        to: z.coerce.number().int().min(1).max(mostVersions).optional(),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.object({
        parts: z.array(z.object({ key: z.string(), title: z.string(), isChanged: z.boolean(), runs: Runs })),
      }),
      refuses: [appErrors.not_found, appErrors.no_version],
      async run({ appId, from, to, language }, tx) {
        const row = await store.getApp(tx, appId)
        const before = await contentAt(tx, row, from)
        const after = await contentAt(tx, row, to)
        return {
          parts: compareSheets(before.content.sheets[language], after.content.sheets[language]).map((part) => ({
            ...part,
            runs: [...part.runs],
          })),
        }
      },
    }),
    tenantOperation({
      id: 'app.export',
      summary: 'Hands out a privacy notice, a version or as it would read now, as document, table or data',
      kind: 'download',
      needs: 'register:read',
      input: z.object({
        appId: z.uuid(),
        /** Left out: as it would read now. */
        number: z.coerce.number().int().min(1).max(mostVersions).optional(),
        format: z.enum(['pdf', 'docx', 'csv', 'json']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [appErrors.not_found, appErrors.no_version, ...Object.values(paperErrors)],
      async run({ appId, number, format, language }, tx) {
        const row = await store.getApp(tx, appId)
        const { content, version } = await contentAt(tx, row, number)
        return await paperDownload({
          tx,
          paper: noticePaper(content, version, language),
          format,
          name: `${language === 'de' ? 'datenschutzhinweise' : 'privacy-notice'}-${row.slug}`,
          table: categoryTable(content, language),
          data: content,
        })
      },
    }),
  ]
}

/** A version, or the notice as it would read now. @throws {app.no_version} */
async function contentAt(
  tx: TenantContext,
  row: AppRow,
  number: number | undefined,
): Promise<{ content: Content; version: VersionHead | null }> {
  if (number === undefined)
    return { content: contentOf(row, knownOf(row.facts, await readRegisters(tx)), 0), version: null }
  const version = await store.findVersion(tx, row.id, number)
  if (!version) throw appErrors.no_version()
  return { content: version.content, version }
}

function viewSheet({ title, about, sections }: Sheet): z.input<typeof SheetView> {
  return { title, about, sections: sections.map((one) => ({ key: one.key, title: one.title, lines: linesOf(one) })) }
}

function viewVersion({ number, at, role, missing, reason }: VersionHead): z.input<typeof Version> {
  return { number, at: at.toISOString(), role, missing: [...missing], reason }
}

function viewApp(
  tx: TenantContext,
  row: AppRow,
  last: VersionRow | undefined,
  registers: Registers,
): z.input<typeof AppView> {
  const known = knownOf(row.facts, registers)
  const isNew = isChanged(known, last?.content)
  return {
    appId: row.id,
    slug: row.slug,
    name: { en: nameOf(row.facts, 'en', row.slug), de: nameOf(row.facts, 'de', row.slug) },
    state: row.ended_at !== null ? 'ended' : last === undefined ? 'draft' : isNew ? 'changed' : 'published',
    version: last ? viewVersion(last) : null,
    reviewDue: row.review_due,
    isReviewOver:
      row.review_due !== null && row.ended_at === null && row.review_due < tx.now.toISOString().slice(0, 10),
    missing: missingIn(known).length,
  }
}

async function changed(
  tx: TenantContext,
  id: string,
  code: 'added' | 'changed' | 'ended',
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx.append({ type: 'app.changed', about: { kind: 'app', id }, code, content })
}

/** Activities of the record as controller. @throws {app.no_reference} */
async function recorded(tx: TenantContext, ids: readonly string[]): Promise<Recorded[]> {
  if (ids.length === 0) return []
  const known = new Map((await listActivities(tx)).flatMap((row) => (row.role === 'controller' ? [[row.id, row]] : [])))
  return [...new Set(ids)].map((id) => {
    const row = known.get(id)
    if (!row) throw appErrors.no_reference()
    return row
  })
}
