import { z } from 'zod'
import { withNames } from '../check/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { reviewErrors } from './errors.ts'
import { say } from './leaving.ts'
import type { OwnDependencies } from './own.ts'
import { settleRemovals } from './removal.ts'
import { reviewPaper, reviewTable } from './review-paper.ts'
import { decisions } from './review-store.ts'
import * as store from './review-store.ts'
import type { LineRow, ReviewRow, Tally } from './review-store.ts'
import { getOpen, signReview, startReview } from './sitting.ts'
import { hold } from './store.ts'

const Instant = z.iso.datetime()
const Reason = z.string().trim().min(3).max(1_000)
const pageSize = 50
/** The most lines that one decision takes. */
const mostAtOnce = 500

const ReviewView = z.object({
  reviewId: z.uuid(),
  startedAt: Instant,
  signedAt: Instant.nullable(),
  role: z.string().nullable(),
  listHash: z.string().nullable(),
  lines: z.int(),
  decided: z.int(),
  keep: z.int(),
  remove: z.int(),
  ask: z.int(),
  /** Asked, and not answered. */
  asking: z.int(),
  /** To be removed, and not seen closed. */
  open: z.int(),
})

const LineView = z.object({
  line: z.int(),
  systemName: z.string(),
  isOwn: z.boolean(),
  account: z.string(),
  /** What stands for the mail address or the name; the name itself for whoever must act. */
  person: z.string().nullable(),
  holder: z.string().nullable(),
  isAdmin: z.boolean(),
  isActive: z.boolean().nullable(),
  rights: z.array(z.string()),
  usedAt: Instant.nullable(),
  seenAt: Instant.nullable(),
  changes: z.array(z.string()),
  before: z.enum(decisions).nullable(),
  beforeOn: z.iso.date().nullable(),
  decision: z.enum(decisions).nullable(),
  reason: z.string(),
  asked: z.string().nullable(),
  answer: z.enum(['keep', 'remove']).nullable(),
  answerReason: z.string(),
  state: z.enum(['open', 'disabled', 'gone', 'said']).nullable(),
})

/** What can be done with reviews of access. */
export function accessReviewOperations(dependencies: OwnDependencies) {
  const { accountsById } = dependencies
  const namesOf = async (lines: readonly LineRow[]) =>
    await accountsById([...new Set(lines.flatMap(({ asked_account: id }) => id ?? []))])
  return [
    tenantOperation({
      id: 'review.list',
      summary: 'Lists reviews of access, the one that goes on first, with what was decided',
      needs: 'access:read',
      input: z.object({}),
      output: z.object({
        reviews: z.array(ReviewView),
        /** Who can be asked. */
        people: z.array(z.object({ accountId: z.uuid(), name: z.string() })),
      }),
      async run(_, tx) {
        const { rows } = await tx.sql.query<{ account_id: string }>('select account_id from membership')
        const names = await accountsById(rows.map((row) => row.account_id))
        return {
          reviews: (await store.listReviews(tx)).map((row) => viewReview(row, row)),
          people: [...names].map(([accountId, { name }]) => ({ accountId, name })),
        }
      },
    }),
    tenantOperation({
      id: 'review.show',
      summary:
        'Shows the accounts of a review, a page of them: whose, with which rights, what changed, what was decided',
      needs: 'access:read',
      input: z.object({
        reviewId: z.uuid(),
        /** The id of a system, or `art32`. */
        system: z.string().max(40).optional(),
        of: z.enum(['open', 'changed', 'remove', 'ask']).optional(),
        page: z.coerce.number().int().min(0).max(10_000).default(0),
      }),
      output: z.object({
        review: ReviewView,
        systems: z.array(
          z.object({ system: z.string(), name: z.string(), lines: z.int(), decided: z.int(), changed: z.int() }),
        ),
        found: z.int(),
        page: z.int(),
        pages: z.int(),
        lines: z.array(LineView),
      }),
      refuses: [reviewErrors.not_found],
      async run({ reviewId, system, of, page }, tx) {
        const review = await getReview(tx, reviewId)
        const systems = await store.listSystems(tx, reviewId)
        const tally = store.tallyIn(systems)
        const isAll = system === undefined && of === undefined
        const found = isAll ? tally.lines : await store.countLines(tx, reviewId, { system, of })
        const pages = Math.max(1, Math.ceil(found / pageSize))
        const shown = Math.min(page, pages - 1)
        const lines = await store.listLines(tx, reviewId, { system, of }, { from: shown * pageSize, size: pageSize })
        const names = await namesOf(lines)
        return await withNames(tx, {
          review: viewReview(review, tally),
          systems: systems.map(({ system: id, name, lines: all, decided, changed }) => ({
            system: id,
            name,
            lines: all,
            decided,
            changed,
          })),
          found,
          page: shown,
          pages,
          lines: lines.map((line) => viewLine(line, names)),
        })
      },
    }),
    tenantOperation({
      id: 'review.start',
      summary: 'Begins a review of all accounts over all connections and of art32 itself, as they are now',
      needs: 'register:write',
      changes: true,
      input: z.object({}),
      output: z.object({ reviewId: z.uuid() }),
      refuses: [reviewErrors.under_way],
      async run(_, tx) {
        return { reviewId: await startReview(tx, dependencies) }
      },
    }),
    tenantOperation({
      id: 'review.decide',
      summary: 'Decides on accounts of a review: keep, remove, or ask a member; may be changed until it is signed off',
      needs: 'register:write',
      changes: true,
      input: z.object({
        reviewId: z.uuid(),
        lines: z.array(z.int().min(1)).min(1).max(mostAtOnce),
        decision: z.enum(decisions),
        reason: z.string().trim().max(1_000).default(''),
        askedAccount: z.uuid().nullable().default(null),
      }),
      output: z.object({}),
      refuses: [reviewErrors.not_found, reviewErrors.closed, reviewErrors.line_not_found, reviewErrors.nobody_to_ask],
      async run({ reviewId, lines, decision, reason, askedAccount }, tx) {
        const asked = decision === 'ask' ? await memberOf(tx, askedAccount) : null
        await getOpen(tx, reviewId)
        const unique = [...new Set(lines)]
        if ((await store.decide(tx, reviewId, unique, { decision, reason, asked })) !== unique.length)
          throw reviewErrors.line_not_found()
        await tx.append({
          type: decision === 'ask' ? 'review.asked' : 'review.decided',
          about: { kind: 'review', id: reviewId },
          code: decision,
          content: { after: { lines: unique.length, decision }, ...(reason === '' ? {} : { reason: { reason } }) },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'review.sign',
      summary: 'Signs a review off: its record backs the measure, does the duty, and what is to go is looked for',
      needs: 'register:write',
      changes: true,
      input: z.object({ reviewId: z.uuid() }),
      output: z.object({
        listHash: z.string(),
        /** Duties that ask for it. */
        duties: z.array(z.object({ title: z.string(), isSigned: z.boolean() })),
      }),
      refuses: [reviewErrors.not_found, reviewErrors.closed, reviewErrors.undecided],
      async run({ reviewId }, tx) {
        const duties = await signReview(tx, reviewId, dependencies)
        return { listHash: (await getReview(tx, reviewId)).list_hash ?? '', duties }
      },
    }),
    tenantOperation({
      id: 'review.drop',
      summary: 'Drops a review that goes on, with a reason; nothing of it counts',
      needs: 'register:write',
      changes: true,
      input: z.object({ reviewId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [reviewErrors.not_found, reviewErrors.closed],
      async run({ reviewId, reason }, tx) {
        await getOpen(tx, reviewId)
        await store.drop(tx, reviewId)
        await tx.append({
          type: 'review.dropped',
          about: { kind: 'review', id: reviewId },
          content: { reason: { reason } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'review.questions',
      summary: 'Lists the accounts about which the caller was asked, and has not answered',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({ questions: z.array(LineView.extend({ reviewId: z.uuid() })) }),
      async run(_, tx) {
        const lines = await store.listAsked(tx, tx.caller.accountId)
        const names = await namesOf(lines)
        const questions = lines.map((line) => ({ ...viewLine(line, names), reviewId: line.review_id }))
        return { questions: await withNames(tx, questions) }
      },
    }),
    tenantOperation({
      id: 'review.answer',
      summary: 'Answers whether an account is still needed, by whoever was asked',
      needs: 'duty:sign',
      changes: true,
      input: z.object({
        reviewId: z.uuid(),
        line: z.int().min(1),
        answer: z.enum(['keep', 'remove']),
        reason: Reason,
      }),
      output: z.object({}),
      refuses: [reviewErrors.not_asked],
      async run({ reviewId, line, answer, reason }, tx) {
        await hold(tx)
        const asked = (await store.listAsked(tx, tx.caller.accountId)).find(
          (one) => one.review_id === reviewId && one.line === line,
        )
        if (!asked) throw reviewErrors.not_asked()
        await store.answer(tx, asked.id, { said: answer, reason })
        await tx.append({
          type: 'review.answered',
          about: { kind: 'review', id: reviewId },
          code: answer,
          content: { after: { line, answer }, reason: { reason } },
        })
        await settleRemovals(tx, dependencies)
        await say(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'review.confirm',
      summary: 'Says by name that an account to be removed is gone, where no connection can look',
      needs: 'register:write',
      changes: true,
      input: z.object({ reviewId: z.uuid(), line: z.int().min(1), reason: Reason }),
      output: z.object({}),
      refuses: [reviewErrors.not_found, reviewErrors.line_not_found],
      async run({ reviewId, line, reason }, tx) {
        await hold(tx)
        await getReview(tx, reviewId)
        // Only what no look ever saw: of everything else a look has the word.
        const found = (await store.listRemovals(tx)).find(
          (one) => one.line === line && one.review_id === reviewId && one.seen_at === null && one.system_id !== null,
        )
        if (!found) throw reviewErrors.line_not_found()
        await store.setState(tx, found.id, 'said', tx.now)
        await tx.append({
          type: 'review.decided',
          about: { kind: 'review', id: reviewId },
          code: 'said',
          content: { after: { line, state: 'said' }, reason: { reason } },
        })
        await say(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'review.export',
      summary: 'Hands out a review with its decisions and the hash of its list, as table or document',
      kind: 'download',
      needs: 'access:read',
      input: z.object({
        reviewId: z.uuid(),
        format: z.enum(['pdf', 'docx', 'csv']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [reviewErrors.not_found, ...Object.values(paperErrors)],
      async run({ reviewId, format, language }, tx) {
        const review = await getReview(tx, reviewId)
        const lines = await store.listLines(tx, reviewId)
        const tally = await store.tallyOf(tx, reviewId)
        const paper = await withNames(tx, reviewPaper(review, tally, lines, language))
        const table = await withNames(tx, reviewTable(lines, language))
        return await paperDownload({ tx, paper, format, name: 'access-review', table })
      },
    }),
  ]
}

async function getReview(tx: TenantContext, reviewId: string): Promise<ReviewRow> {
  const review = await store.findReview(tx, reviewId)
  if (!review) throw reviewErrors.not_found()
  return review
}

async function memberOf({ sql }: TenantContext, accountId: string | null): Promise<string> {
  const { rows } = await sql.query<{ account_id: string }>('select account_id from membership where account_id = $1', [
    accountId,
  ])
  if (!rows[0]) throw reviewErrors.nobody_to_ask()
  return rows[0].account_id
}

function viewReview(row: ReviewRow, tally: Tally): z.output<typeof ReviewView> {
  const { lines, keep, remove, ask, asking, open } = tally
  return {
    reviewId: row.id,
    startedAt: row.started_at.toISOString(),
    signedAt: row.signed_at?.toISOString() ?? null,
    role: row.role,
    listHash: row.list_hash,
    lines,
    decided: keep + remove + ask,
    keep,
    remove,
    ask,
    asking,
    open: row.signed_at === null ? 0 : open,
  }
}

function viewLine(row: LineRow, names: ReadonlyMap<string, { readonly name: string }>): z.output<typeof LineView> {
  return {
    line: row.line,
    systemName: row.system_name,
    isOwn: row.system_id === null,
    account: row.account,
    person: row.person,
    holder: row.holder,
    isAdmin: row.is_admin,
    isActive: row.is_active,
    rights: [...row.rights],
    usedAt: row.used_at?.toISOString() ?? null,
    seenAt: row.seen_at?.toISOString() ?? null,
    changes: [...row.changes],
    before: row.before,
    beforeOn: row.before_on,
    decision: row.decision,
    reason: row.reason,
    asked: row.asked_account === null ? null : (names.get(row.asked_account)?.name ?? null),
    answer: row.answer,
    answerReason: row.answer_reason,
    state: row.state,
  }
}
