import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, bug, operationsFor } from '../kernel/index.ts'
import { notificationErrors } from './errors.ts'
import { defaultRhythm, kinds, rhythms } from './kind.ts'
import type { Kind, Rhythm } from './kind.ts'
import { phrases } from './phrases.ts'

/** Links by which a person is told no more, without signing in. */
export interface Choices {
  unsubscribeLink(publicId: string, accountId: string, language: 'en' | 'de'): { label: string; url: string }
  /** Ends all letters of the tenant to the person that the token names. @throws {notification.link_invalid} */
  unsubscribe(token: string): Promise<void>
}

/** @param key signs the links; they never run out, since a letter is read when it is read */
export function openChoices({
  tenants,
  key,
  baseUrl,
}: {
  tenants: Tenants
  key: Uint8Array
  baseUrl: string
}): Choices {
  const sign = (named: string) => createHmac('sha256', key).update(named).digest('base64url')
  return {
    unsubscribeLink(publicId, accountId, language) {
      const named = `${publicId}.${accountId}`
      const token = `${named}.${sign(named)}`
      return { label: phrases[language].unsubscribe, url: `${baseUrl}/unsubscribe?token=${token}` }
    },
    async unsubscribe(token) {
      const match = /^(([a-z2-7]{12})\.([0-9a-f-]{36}))\.([A-Za-z0-9_-]{43})$/.exec(token)
      const [, named = '', publicId = '', accountId = '', signature = ''] = match ?? []
      if (!match || !timingSafeEqual(Buffer.from(signature), Buffer.from(sign(named))))
        throw notificationErrors.link_invalid()
      try {
        await tenants.asSystem(publicId, (tx) => silence(tx, accountId), { evenSuspended: true })
      } catch (error) {
        // A tenant that is gone writes to nobody.
        if (!(error instanceof AppError) || error.code !== 'tenant.not_found') throw error
      }
    },
  }
}

async function silence(tx: TenantContext, accountId: string): Promise<void> {
  const { rows } = await tx.sql.query('select 1 from membership where account_id = $1', [accountId])
  if (rows.length === 0) return
  if (await choose(tx, accountId, new Map(kinds.map((kind) => [kind, 'never']))))
    await tx.append({ type: 'notification.changed', about: { kind: 'account', id: accountId }, code: 'unsubscribed' })
}

/** @returns whether anything is another choice than before */
async function choose(tx: TenantContext, accountId: string, wanted: ReadonlyMap<Kind, Rhythm>): Promise<boolean> {
  let changed = false
  for (const [kind, rhythm] of wanted) {
    const { rows } = await tx.sql.query(
      `insert into notification_choice (account_id, kind, rhythm) values ($1, $2, $3)
       on conflict (account_id, kind) do update set rhythm = excluded.rhythm
         where notification_choice.rhythm <> excluded.rhythm returning kind`,
      [accountId, kind, rhythm],
    )
    changed ||= rows.length > 0
    if (rhythm === 'never')
      await tx.sql.query('delete from notification_item where account_id = $1 and kind = $2', [accountId, kind])
  }
  return changed
}

const publicOperation = operationsFor<unknown>('public')

/** What a person chooses to be told, in each tenant. */
export function choiceOperations({ choices, mailIsSet }: { choices: Choices; mailIsSet: boolean }) {
  const Choice = z.object({ kind: z.enum(kinds), rhythm: z.enum(rhythms) })
  return [
    tenantOperation({
      id: 'notification.show',
      summary: 'Shows what the caller is told by mail in this tenant, and how soon',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        /** Without a mail server nothing is sent. */
        mailIsSet: z.boolean(),
        /** null: the language of the tenant. */
        language: z.enum(['en', 'de']).nullable(),
        tenantLanguage: z.enum(['en', 'de']),
        choices: z.array(Choice),
      }),
      async run(_, { sql, caller, tenant }) {
        const { rows } = await sql.query<{ kind: string; rhythm: Rhythm }>(
          'select kind, rhythm from notification_choice where account_id = $1',
          [caller.accountId],
        )
        const person = await sql.query<{ language: 'en' | 'de' | null }>(
          'select language from notification_person where account_id = $1',
          [caller.accountId],
        )
        return {
          mailIsSet,
          language: person.rows[0]?.language ?? null,
          tenantLanguage: tenant.language,
          choices: kinds.map((kind) => ({
            kind,
            rhythm: rows.find((row) => row.kind === kind)?.rhythm ?? defaultRhythm(kind, caller.role),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'notification.choose',
      summary: 'Chooses what the caller is told by mail in this tenant, how soon and in which language',
      needs: 'register:read',
      changes: true,
      input: z.object({
        choices: z.array(Choice.strict()).max(kinds.length),
        language: z.enum(['en', 'de']).nullable().optional(),
      }),
      output: z.object({}),
      async run({ choices: wanted, language }, tx) {
        const { accountId } = tx.caller
        if (accountId === null) throw bug('art32 itself chose what it is told')
        await choose(tx, accountId, new Map(wanted.map(({ kind, rhythm }) => [kind, rhythm])))
        if (language !== undefined)
          await tx.sql.query(
            `insert into notification_person (account_id, language) values ($1, $2)
             on conflict (account_id) do update set language = excluded.language`,
            [accountId, language],
          )
        await tx.append({ type: 'notification.changed', about: { kind: 'account', id: accountId } })
        return {}
      },
    }),
    publicOperation({
      id: 'notification.unsubscribe',
      summary: 'Ends all letters of a tenant to the person that the link in a letter names',
      needs: null,
      changes: true,
      input: z.object({ token: z.string().max(200) }),
      output: z.object({}),
      refuses: [notificationErrors.link_invalid],
      async run({ token }) {
        await choices.unsubscribe(token)
        return {}
      },
    }),
  ]
}
