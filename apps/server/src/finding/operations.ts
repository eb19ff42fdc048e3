import { z } from 'zod'
import { csvOf, findHistory, HistoryEvent, tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies } from '../evidence/index.ts'
import { addComment, CommentText, CommentView, listComments } from '../measure/index.ts'
import { findingErrors } from './errors.ts'
import { exceptionOperations } from './exception-operations.ts'
import { findingStates } from './finding.ts'
import { countFindingStates, FindingView, listFindings } from './list.ts'
import * as store from './store.ts'

const Key = z.string().max(200)
const lists = ['open', 'excepted', 'closed'] as const
/** So many events of one finding are told; the whole stands in the history of the tenant. */
const mostEvents = 200

/** What can be done with findings and the exceptions from them. */
export function findingOperations({ accountsById }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'finding.list',
      summary: 'Lists findings, worst and oldest first: open with suspected ones, excepted, or closed',
      needs: 'register:read',
      input: z.object({ state: z.enum(lists).default('open') }),
      output: z.object({
        findings: z.array(FindingView),
        counts: z.record(z.enum(findingStates), z.int()),
      }),
      run: async ({ state }, tx) => ({
        findings: await listFindings(tx, [state]),
        counts: await countFindingStates(tx),
      }),
    }),
    tenantOperation({
      id: 'finding.export',
      summary: 'Hands out findings as CSV, all of them or those of one list',
      kind: 'download',
      needs: 'register:read',
      input: z.object({ state: z.enum(lists).optional(), language: z.enum(['en', 'de']).optional() }),
      output: z.unknown(),
      async run({ state, language = 'en' }, tx) {
        const findings = await listFindings(tx, state === undefined ? lists : [state])
        const name = `${tx.tenant.slug}-findings-${tx.now.toISOString().slice(0, 10)}.csv`
        const bytes = csvOf([header, ...findings.map((finding) => rowOf(finding, language))])
        return { name, type: 'text/csv; charset=utf-8', bytes }
      },
    }),
    tenantOperation({
      id: 'finding.history',
      summary: 'Shows what happened to a finding, and what people said about it',
      needs: 'ledger:read',
      input: z.object({ key: Key }),
      output: z.object({
        /** Newest first; without comments, which stand below with their text. */
        events: z.array(HistoryEvent),
        /** Oldest first. */
        comments: z.array(CommentView),
      }),
      refuses: [findingErrors.not_found],
      async run({ key }, tx) {
        const { id } = await store.findFinding(tx, key)
        const events = await findHistory(tx, { id }, mostEvents, accountsById)
        return {
          events: events.filter(({ type }) => !type.startsWith('comment.')),
          comments: await listComments(tx, { kind: 'finding', id }, accountsById),
        }
      },
    }),
    tenantOperation({
      id: 'finding.comment',
      summary: 'Comments on a finding',
      needs: 'comment:write',
      changes: true,
      input: z.object({ key: Key, text: CommentText }),
      output: z.object({ commentId: z.uuid() }),
      refuses: [findingErrors.not_found],
      async run({ key, text }, tx) {
        const { id } = await store.getFinding(tx, key)
        return { commentId: await addComment(tx, { kind: 'finding', id }, text) }
      },
    }),
    tenantOperation({
      id: 'finding.change',
      summary: 'Gives a finding an owner or a due date',
      needs: 'register:write',
      changes: true,
      input: z.object({
        key: Key,
        owner: z.string().trim().max(200).nullable().optional(),
        due: z.iso.date().nullable().optional(),
      }),
      output: z.object({}),
      refuses: [findingErrors.not_found],
      async run({ key, owner, due }, tx) {
        const before = await store.getFinding(tx, key)
        const after = { owner: owner === undefined ? before.owner : owner, due: due === undefined ? before.due : due }
        await store.assign(tx, before.id, after)
        await tx.append({
          type: 'finding.assigned',
          about: { kind: 'finding', id: before.id },
          content: { before: { owner: before.owner, due: before.due }, after },
        })
        return {}
      },
    }),
    ...exceptionOperations({ accountsById }),
  ]
}

const header = [
  'state',
  'severity',
  'check',
  'title',
  'system',
  'subject',
  'says',
  'hint',
  'remedy',
  'owner',
  'due',
  'opened',
  'seen',
  'closed',
  'exception until',
  'exception reason',
  'exception owner',
]

function rowOf(finding: z.input<typeof FindingView>, language: 'en' | 'de') {
  const { exception } = finding
  return [
    finding.state,
    finding.severity,
    finding.check,
    finding.title[language],
    finding.systemName,
    finding.subject,
    finding.say[language],
    finding.hints.map((hint) => hint[language]).join(' '),
    finding.remedy[language],
    finding.owner,
    finding.due,
    finding.openedAt,
    finding.seenAt,
    finding.closedAt,
    exception?.until ?? null,
    exception?.reason ?? null,
    exception?.owner ?? null,
  ]
}
