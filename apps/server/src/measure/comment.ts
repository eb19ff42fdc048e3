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

/**
 * Comments on a measure, such as the advice of the data protection officer (Art. 39(1)(a) GDPR). The text lies beside the
 * ledger and can be taken back; that something was said, by whom and when, stays.
 */
export function commentOperations({
  accountsById,
}: {
  accountsById: (ids: readonly string[]) => Promise<ReadonlyMap<string, { readonly name: string }>>
}) {
  return [
    tenantOperation({
      id: 'comment.list',
      summary: 'Lists the comments on a measure, oldest first',
      needs: 'ledger:read',
      input: z.object({ measureId: z.uuid() }),
      output: z.object({
        comments: z.array(
          z.object({
            commentId: z.uuid(),
            at: z.iso.datetime(),
            name: z.string().nullable(),
            isOwn: z.boolean(),
            /** Null: it was taken back. */
            text: z.string().nullable(),
          }),
        ),
      }),
      refuses: [measureErrors.not_found],
      async run({ measureId }, tx) {
        await store.getMeasure(tx, measureId)
        const { rows } = await tx.sql.query<CommentRow>(
          'select id, account_id, at, commitment from comment where measure_id = $1 order by at, id',
          [measureId],
        )
        const known = await accountsById(rows.map((row) => row.account_id))
        const texts = await listContents(
          tx.sql,
          rows.map((row) => row.commitment),
        )
        return {
          comments: rows.map((row) => ({
            commentId: row.id,
            at: row.at.toISOString(),
            name: known.get(row.account_id)?.name ?? null,
            isOwn: row.account_id === tx.caller.accountId,
            text: textOf(texts.get(row.commitment.toString('base64'))),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'measure.comment',
      summary: 'Comments on a measure',
      needs: 'comment:write',
      changes: true,
      input: z.object({ measureId: z.uuid(), text: z.string().trim().min(1).max(4_000) }),
      output: z.object({ commentId: z.uuid() }),
      refuses: [measureErrors.not_found],
      async run({ measureId, text }, tx) {
        await store.getMeasure(tx, measureId)
        const { comment } = await tx.append({
          type: 'comment.added',
          about: { kind: 'measure', id: measureId },
          content: { comment: { text } },
        })
        if (!comment) throw bug('a comment was appended without its commitment')
        const id = tx.newId()
        await tx.sql.query(
          'insert into comment (id, measure_id, account_id, at, commitment) values ($1, $2, $3, $4, $5)',
          [id, measureId, tx.caller.accountId, tx.now, comment],
        )
        return { commentId: id }
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
        await tx.append({ type: 'comment.withdrawn', about: { kind: 'measure', id: row.measure_id } })
        return {}
      },
    }),
  ]
}

/** A comment of the caller that still has its text. @throws {measure.no_comment} another's alike */
async function ownComment(
  { sql, caller }: TenantContext,
  id: string,
): Promise<CommentRow & { readonly measure_id: string }> {
  const { rows } = await sql.query<CommentRow & { measure_id: string }>(
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
