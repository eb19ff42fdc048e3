import { compareWords } from '@art32/press'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { cleanText } from '../kernel/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { approve, checkMeasures, review, withdraw } from './approve.ts'
import { guidelineErrors } from './errors.ts'
import { todayOf } from '../calendar/index.ts'
import { inForce } from './guideline.ts'
import { acceptancesPaper, acceptancesTable, versionPaper } from './papers.ts'
import type { Acceptance } from './papers.ts'
import * as store from './store.ts'
import type { GuidelineRow, VersionRow } from './store.ts'
import { fillTemplate, findTemplate, templateIds, templates } from './templates/fill.ts'
import { AcceptanceView, GuidelineView, standings, VersionView, viewGuideline, viewVersion } from './views.ts'
import type { AccountsById, Standing } from './views.ts'

const Title = z.string().transform(cleanText).pipe(z.string().min(3).max(200))
const Body = z.string().max(60_000).transform(cleanText).pipe(z.string().min(20).max(50_000))
const Reason = z.string().trim().min(3).max(1_000)
const Measures = z.array(z.string().max(80)).max(40)
const ReviewMonths = z.int().min(1).max(60)

/** What guidelines need of the rest of the server. */
export interface GuidelineDependencies {
  readonly accountsById: AccountsById
}

/** What can be done with guidelines. */
export function guidelineOperations({ accountsById }: GuidelineDependencies) {
  return [
    tenantOperation({
      id: 'guideline.templates',
      summary: 'Lists the templates for guidelines that come with art32, with what each covers',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        templates: z.array(
          z.object({
            template: z.enum(templateIds),
            title: z.object({ en: z.string(), de: z.string() }),
            about: z.object({ en: z.string(), de: z.string() }),
            measures: z.array(z.string()),
          }),
        ),
      }),
      run: () =>
        Promise.resolve({
          templates: templates.map(({ id, title, about, measures }) => ({
            template: id,
            title,
            about,
            measures: [...measures],
          })),
        }),
    }),
    tenantOperation({
      id: 'guideline.list',
      summary: 'Lists the guidelines with their state, their review and how many members accepted them',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({ guidelines: z.array(GuidelineView) }),
      run: async (_, tx) => ({ guidelines: (await standings(tx)).map(viewGuideline) }),
    }),
    tenantOperation({
      id: 'guideline.show',
      summary: 'Shows a guideline with its draft, its versions and who accepted the one in force',
      needs: 'register:read',
      input: z.object({ guidelineId: z.uuid() }),
      output: z.object({
        guideline: GuidelineView,
        draft: z.object({
          title: z.string(),
          body: z.string(),
          measures: z.array(z.string()),
          reviewMonths: z.int(),
          /** Send it back with a change; another's change in between is refused. */
          revision: z.int(),
          writtenBy: z.string().nullable(),
          writtenAt: z.iso.datetime(),
        }),
        versions: z.array(VersionView),
        /** By name, for whoever manages guidelines or members; null for everybody else. */
        acceptances: z.array(AcceptanceView).nullable(),
      }),
      refuses: [guidelineErrors.not_found],
      async run({ guidelineId }, tx) {
        const row = await store.getGuideline(tx, guidelineId)
        const [standing] = await standings(tx, row)
        if (!standing) throw guidelineErrors.not_found()
        const names = await accountsById(peopleOf(standing))
        return {
          guideline: viewGuideline(standing),
          draft: {
            title: row.title,
            body: row.body,
            measures: [...row.measures],
            reviewMonths: row.review_months,
            revision: row.revision,
            writtenBy: row.written_by === null ? null : (names.get(row.written_by)?.name ?? null),
            writtenAt: row.written_at.toISOString(),
          },
          versions: standing.versions.map((version) => viewVersion(version, names)),
          acceptances: maySeeNames(tx) ? acceptancesOf(standing, names) : null,
        }
      },
    }),
    tenantOperation({
      id: 'guideline.create',
      summary: 'Makes a guideline as a draft, from a template with the names filled in or from a text of your own',
      needs: 'register:write',
      changes: true,
      input: z.object({
        template: z.enum(templateIds).optional(),
        /** Left out: the language of the tenant. */
        language: z.enum(['en', 'de']).optional(),
        title: Title.optional(),
        body: Body.optional(),
        /** Roles whom people turn to, as the text of a template names them; no names of persons. */
        contact: z.string().transform(cleanText).pipe(z.string().min(2).max(100)).optional(),
        privacyContact: z.string().transform(cleanText).pipe(z.string().min(2).max(100)).optional(),
      }),
      output: z.object({ guidelineId: z.uuid() }),
      refuses: [guidelineErrors.no_text, guidelineErrors.no_template],
      async run(input, tx) {
        const language = input.language ?? tx.tenant.language
        const template = input.template === undefined ? undefined : findTemplate(input.template)
        if (input.template !== undefined && !template) throw guidelineErrors.no_template()
        const filled = template && fillTemplate(template, language, { tenant: tx.tenant.name, ...input })
        const title = input.title ?? filled?.title
        const body = input.body ?? filled?.body
        if (title === undefined || body === undefined) throw guidelineErrors.no_text()
        const row: GuidelineRow = {
          id: tx.newId(),
          title,
          body,
          language,
          template: template?.id ?? null,
          measures: template?.measures ?? [],
          review_months: 12,
          revision: 1,
          written_by: tx.caller.accountId,
          written_at: tx.now,
        }
        await store.saveGuideline(tx, row)
        await changed(tx, row, 'created')
        return { guidelineId: row.id }
      },
    }),
    tenantOperation({
      id: 'guideline.change',
      summary: 'Changes the draft of a guideline; what is approved stays as it is',
      needs: 'register:write',
      changes: true,
      input: z.object({
        guidelineId: z.uuid(),
        revision: z.int(),
        title: Title,
        body: Body,
        measures: Measures,
        reviewMonths: ReviewMonths,
      }),
      output: z.object({ revision: z.int() }),
      refuses: [guidelineErrors.not_found, guidelineErrors.stale, guidelineErrors.no_such_measure],
      async run({ guidelineId, revision, title, body, measures, reviewMonths }, tx) {
        const before = await store.getGuideline(tx, guidelineId, true)
        if (before.revision !== revision) throw guidelineErrors.stale()
        const kept = [...new Set(measures)].toSorted()
        checkMeasures(kept)
        const row: GuidelineRow = {
          ...before,
          title,
          body,
          measures: kept,
          review_months: reviewMonths,
          revision: revision + 1,
          written_by: tx.caller.accountId,
          written_at: tx.now,
        }
        await store.saveGuideline(tx, row)
        await changed(tx, row, 'changed')
        return { revision: row.revision }
      },
    }),
    tenantOperation({
      id: 'guideline.discard',
      summary: 'Deletes a guideline that was never approved',
      needs: 'register:write',
      changes: true,
      input: z.object({ guidelineId: z.uuid() }),
      output: z.object({}),
      refuses: [guidelineErrors.not_found, guidelineErrors.approved_already],
      async run({ guidelineId }, tx) {
        const row = await store.getGuideline(tx, guidelineId, true)
        if ((await store.listVersions(tx, guidelineId)).length > 0) throw guidelineErrors.approved_already()
        await store.deleteGuideline(tx, guidelineId)
        await changed(tx, row, 'discarded')
        return {}
      },
    }),
    tenantOperation({
      id: 'guideline.approve',
      summary: 'Approves the draft as the next version, in force from a day; members are asked to accept it',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ guidelineId: z.uuid(), revision: z.int(), effectiveFrom: z.iso.date() }),
      output: z.object({ versionId: z.uuid() }),
      refuses: [
        guidelineErrors.not_found,
        guidelineErrors.stale,
        guidelineErrors.same_text,
        guidelineErrors.open_place,
        guidelineErrors.own_text,
        guidelineErrors.bad_start,
      ],
      run: async (input, tx) => ({ versionId: await approve(tx, input) }),
    }),
    tenantOperation({
      id: 'guideline.review',
      summary: 'Records that the version in force was looked at again and stays as it is',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ guidelineId: z.uuid() }),
      output: z.object({ reviewDue: z.iso.date() }),
      refuses: [guidelineErrors.not_found, guidelineErrors.nothing_approved],
      run: async ({ guidelineId }, tx) => ({ reviewDue: await review(tx, guidelineId) }),
    }),
    tenantOperation({
      id: 'guideline.withdraw',
      summary: 'Withdraws a guideline with a reason; its versions and acceptances stay on record',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ guidelineId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [guidelineErrors.not_found, guidelineErrors.nothing_approved],
      async run({ guidelineId, reason }, tx) {
        await withdraw(tx, guidelineId, reason)
        return {}
      },
    }),
    tenantOperation({
      id: 'guideline.mine',
      summary: 'Lists the guidelines in force, and when the caller accepted each',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        guidelines: z.array(
          z.object({
            guidelineId: z.uuid(),
            versionId: z.uuid(),
            number: z.int(),
            title: z.string(),
            language: z.enum(['en', 'de']),
            body: z.string(),
            effectiveFrom: z.iso.date(),
            /** Null: not yet. */
            acceptedAt: z.iso.datetime().nullable(),
          }),
        ),
      }),
      async run(_, tx) {
        const me = tx.caller.accountId
        const all = await standings(tx)
        return {
          guidelines: all.flatMap(({ row, current, accepted }) =>
            current
              ? [
                  {
                    guidelineId: row.id,
                    versionId: current.id,
                    number: current.number,
                    title: current.title,
                    language: row.language,
                    body: current.body,
                    effectiveFrom: current.effective_from,
                    acceptedAt: (me === null ? undefined : accepted.get(me))?.toISOString() ?? null,
                  },
                ]
              : [],
          ),
        }
      },
    }),
    tenantOperation({
      id: 'guideline.accept',
      summary: 'Says that the caller read and accepts the version in force',
      needs: 'register:read',
      changes: true,
      input: z.object({ versionId: z.uuid() }),
      output: z.object({ acceptedAt: z.iso.datetime() }),
      refuses: [guidelineErrors.no_version, guidelineErrors.not_in_force, guidelineErrors.not_a_member],
      run: async ({ versionId }, tx) => ({ acceptedAt: await accept(tx, versionId) }),
    }),
    tenantOperation({
      id: 'guideline.compare',
      summary: 'Compares two versions of a guideline word by word, or a version with the draft',
      needs: 'register:read',
      input: z.object({
        guidelineId: z.uuid(),
        from: z.coerce.number().int().min(1),
        /** Left out: the draft. */
        to: z.coerce.number().int().min(1).optional(),
      }),
      output: z.object({
        /** Paragraph by paragraph, each as runs. */
        paragraphs: z.array(z.array(z.object({ in: z.enum(['both', 'before', 'after']), text: z.string() }))),
      }),
      refuses: [guidelineErrors.not_found, guidelineErrors.no_version],
      async run({ guidelineId, from, to }, tx) {
        const row = await store.getGuideline(tx, guidelineId)
        const versions = await store.listVersions(tx, guidelineId)
        const before = numbered(versions, from)
        const after = to === undefined ? row : numbered(versions, to)
        return { paragraphs: compareTexts(`${before.title}\n\n${before.body}`, `${after.title}\n\n${after.body}`) }
      },
    }),
    tenantOperation({
      id: 'guideline.document',
      summary: 'Hands out an approved version of a guideline as PDF, Word document or JSON',
      kind: 'download',
      needs: 'register:read',
      input: z.object({
        guidelineId: z.uuid(),
        /** Left out: the version in force, or the newest. */
        number: z.coerce.number().int().min(1).optional(),
        format: z.enum(['pdf', 'docx', 'json']).default('pdf'),
      }),
      output: z.unknown(),
      refuses: [guidelineErrors.not_found, guidelineErrors.no_version, ...Object.values(paperErrors)],
      async run({ guidelineId, number, format }, tx) {
        const [standing] = await standings(tx, await store.getGuideline(tx, guidelineId))
        const newest = standing?.current ?? standing?.versions[0]
        if (!standing || !newest) throw guidelineErrors.no_version()
        const version = number === undefined ? newest : numbered(standing.versions, number)
        const names = await accountsById(version.approved_by === null ? [] : [version.approved_by])
        return await paperDownload({
          tx,
          paper: versionPaper(standing, version, names),
          format,
          name: `guideline-${version.number}`,
        })
      },
    }),
    tenantOperation({
      id: 'guideline.acceptances',
      summary: 'Hands out who accepted which guideline and when, and who has not, as table or document',
      kind: 'download',
      needs: 'access:read',
      input: z.object({
        guidelineId: z.uuid().optional(),
        format: z.enum(['pdf', 'docx', 'csv']).default('csv'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [guidelineErrors.not_found, ...Object.values(paperErrors)],
      async run({ guidelineId, format, language }, tx) {
        const row = guidelineId === undefined ? null : await store.getGuideline(tx, guidelineId)
        const found = await standings(tx, row)
        const names = await accountsById([...new Set(found.flatMap(peopleOf))])
        const all = found.map((standing) => ({ standing, acceptances: acceptancesOf(standing, names) }))
        const paper = acceptancesPaper(all, language)
        return await paperDownload({ tx, paper, format, name: 'guidelines', table: acceptancesTable(all) })
      },
    }),
  ]
}

async function accept(tx: TenantContext, versionId: string): Promise<string> {
  const me = tx.caller.accountId
  const members = await store.listMembers(tx)
  if (me === null || !members.some(({ accountId }) => accountId === me)) throw guidelineErrors.not_a_member()
  const version = await store.getVersion(tx, versionId)
  // Held, so that nobody approves or withdraws meanwhile.
  await store.getGuideline(tx, version.guideline_id, true)
  const versions = await store.listVersions(tx, version.guideline_id)
  if (inForce(versions, await todayOf(tx))?.id !== versionId) throw guidelineErrors.not_in_force()
  if (!(await store.addAcceptance(tx, versionId, me))) {
    const before = (await store.listAcceptances(tx, [versionId])).find((one) => one.account_id === me)
    return (before?.at ?? tx.now).toISOString()
  }
  await tx.append({
    type: 'guideline.accepted',
    about: { kind: 'guideline', id: version.guideline_id },
    content: { content: { version: version.id, number: version.number } },
  })
  return tx.now.toISOString()
}

async function changed(tx: TenantContext, row: GuidelineRow, code: 'created' | 'changed' | 'discarded'): Promise<void> {
  const { title, body, measures, review_months: reviewMonths } = row
  await tx.append({
    type: 'guideline.changed',
    about: { kind: 'guideline', id: row.id },
    code,
    content: { after: { title, body, measures, reviewMonths } },
  })
}

function maySeeNames({ caller: { permissions } }: TenantContext): boolean {
  return permissions.includes('access:read') || permissions.includes('edition:sign')
}

function peopleOf({ row, versions, accepted, members }: Standing): string[] {
  const approvers = versions.flatMap(({ approved_by: by }) => by ?? [])
  return [
    ...new Set([...(row.written_by === null ? [] : [row.written_by]), ...approvers, ...accepted.keys(), ...members]),
  ]
}

/** Who accepted, in the order in which they did, also who has left since; then the members who have not. */
function acceptancesOf(
  { current, accepted, members }: Standing,
  names: ReadonlyMap<string, { readonly name: string }>,
): Acceptance[] {
  if (!current) return []
  const nameOf = (id: string) => names.get(id)?.name ?? null
  return [
    ...[...accepted].map(([id, at]) => ({ name: nameOf(id), version: current.number, at: at.toISOString() })),
    ...members.filter((id) => !accepted.has(id)).map((id) => ({ name: nameOf(id), version: current.number, at: null })),
  ]
}

function numbered(versions: readonly VersionRow[], number: number): VersionRow {
  const found = versions.find((one) => one.number === number)
  if (!found) throw guidelineErrors.no_version()
  return found
}

/** Word by word, and paragraphs stay paragraphs: each line break is a word of its own while they are compared. */
function compareTexts(before: string, after: string) {
  // Of the private use area: a sign that no text has for itself, and no white space.
  const mark = '\uE000'
  const marked = (text: string) => text.replaceAll(mark, ' ').replaceAll(/\n+/g, ` ${mark} `)
  const paragraphs: { in: 'both' | 'before' | 'after'; text: string }[][] = [[]]
  for (const run of compareWords(marked(before), marked(after)))
    for (const [index, text] of run.text.split(mark).entries()) {
      // A break that is gone divides nothing any more.
      if (index > 0 && run.in !== 'before') paragraphs.push([])
      if (text.trim() !== '') paragraphs.at(-1)?.push({ in: run.in, text })
    }
  return paragraphs.filter((runs) => runs.length > 0)
}
