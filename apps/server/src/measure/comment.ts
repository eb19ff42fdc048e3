import { z } from 'zod'
import { erase, listContents, tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { measureErrors } from './errors.ts'
import * as store from './store.ts'

interface CommentRow {
  readonly id: string
  readonly account_id: string
  readonly at: Date
  readonly commitment: Buffer
}

/** What somebody said something about. */
interface About {
  readonly kind: 'measure' | 'finding'
  readonly id: string
}

/** Names of accounts; unknown ones are missing. */
type AccountsById = (ids: readonly string[]) => Promise<ReadonlyMap<string, { readonly name: string }>>

/** A comment as pages show it. */
export const CommentView = z.object({
  commentId: z.uuid(),
  at: z.iso.datetime(),
  name: z.string().nullable(),
  isOwn: z.boolean(),
  /** Null: it was taken back. */
  text: z.string().nullable(),
})

/** What a comment may say. */
export const CommentText = z.string().trim().min(1).max(4_000)

/** What was said about a thing, oldest first. */
export async function listComments(
  tx: TenantContext,
  { kind, id }: About,
  accountsById: AccountsById,
): Promise<z.input<typeof CommentView>[]> {
  const { rows } = await tx.sql.query<CommentRow>(
    `select id, account_id, at, commitment from comment where ${columns[kind]} = $1 order by at, id`,
    [id],
  )
  const known = await accountsById(rows.map((row) => row.account_id))
  const texts = await listContents(
    tx.sql,
    rows.map((row) => row.commitment),
  )
  return rows.map((row) => ({
    commentId: row.id,
    at: row.at.toISOString(),
    name: known.get(row.account_id)?.name ?? null,
    isOwn: row.account_id === tx.caller.accountId,
    text: textOf(texts.get(row.commitment.toString('base64'))),
  }))
}

/** Keeps what the caller says about a thing that is known to exist. @returns its id */
export async function addComment(tx: TenantContext, about: About, text: string): Promise<string> {
  const { comment } = await tx.append({ type: 'comment.added', about, content: { comment: { text } } })
  if (!comment) throw bug('a comment was appended without its commitment')
  const id = tx.newId()
  await tx.sql.query(
    `insert into comment (id, ${columns[about.kind]}, account_id, at, commitment) values ($1, $2, $3, $4, $5)`,
    [id, about.id, tx.caller.accountId, tx.now, comment],
  )
  return id
}

const columns: Readonly<Record<About['kind'], string>> = { measure: 'measure_id', finding: 'finding_id' }

/**
 * Comments on a measure, such as the advice of the data protection officer (Art. 39(1)(a) GDPR), or on a finding. The text
 * lies beside the ledger and can be taken back; that something was said, by whom and when, stays.
 */
export function commentOperations({ accountsById }: { accountsById: AccountsById }) {
  return [
    tenantOperation({
      id: 'comment.list',
      summary: 'Lists the comments on a measure, oldest first',
      needs: 'ledger:read',
      input: z.object({ measureId: z.uuid() }),
      output: z.object({ comments: z.array(CommentView) }),
      refuses: [measureErrors.not_found],
      async run({ measureId }, tx) {
        await store.getMeasure(tx, measureId)
        return { comments: await listComments(tx, { kind: 'measure', id: measureId }, accountsById) }
      },
    }),
    tenantOperation({
      id: 'measure.comment',
      summary: 'Comments on a measure',
      needs: 'comment:write',
      changes: true,
      input: z.object({ measureId: z.uuid(), text: CommentText }),
      output: z.object({ commentId: z.uuid() }),
      refuses: [measureErrors.not_found],
      async run({ measureId, text }, tx) {
        await store.getMeasure(tx, measureId)
        return { commentId: await addComment(tx, { kind: 'measure', id: measureId }, text) }
      },
    }),
    tenantOperation({
      id: 'comment.withdraw',
      summary: "Takes one's own comment back: its text is erased, the ledger keeps that there was one",
      needs: 'comment:write',
      changes: true,
      input: z.object({ commentId: z.uuid() }),
      output: z.object({}),
      refuses: [measureErrors.no_comment],
      async run({ commentId }, tx) {
        const row = await ownComment(tx, commentId)
        await erase(tx.sql, row.commitment, tx.now)
        await tx.append({ type: 'comment.withdrawn', about: aboutOf(row) })
        return {}
      },
    }),
  ]
}

type PlacedComment = CommentRow & { readonly measure_id: string | null; readonly finding_id: string | null }

function aboutOf({ measure_id: measureId, finding_id: findingId }: PlacedComment): About {
  if (measureId !== null) return { kind: 'measure', id: measureId }
  if (findingId !== null) return { kind: 'finding', id: findingId }
  throw bug('a comment on nothing')
}

/** A comment of the caller that still has its text. @throws {measure.no_comment} another's alike */
async function ownComment({ sql, caller }: TenantContext, id: string): Promise<PlacedComment> {
  const { rows } = await sql.query<PlacedComment>(
    `select c.* from comment c join opening o on o.commitment = c.commitment
     where c.id = $1 and c.account_id = $2 and o.erased_at is null for update of c`,
    [id, caller.accountId],
  )
  if (!rows[0]) throw measureErrors.no_comment()
  return rows[0]
}

function textOf(content: unknown): string | null {
  return z.object({ text: z.string() }).safeParse(content).data?.text ?? null
}
