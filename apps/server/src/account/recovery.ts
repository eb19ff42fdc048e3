import { randomBytes } from 'node:crypto'
import { DatabaseError } from 'pg'
import type { Pool, PoolClient } from 'pg'
import { AppError } from '../kernel/index.ts'
import { errorClass } from '../platform/index.ts'
import type { Letter, Log, Mailer, Passwords } from '../platform/index.ts'
import type { Account, Accounts } from './account.ts'
import { linkLimits, refuseWeak } from './account.ts'
import type { Attempts } from './attempts.ts'
import { accountErrors } from './errors.ts'
import { letters } from './letters.ts'
import type { LetterLanguage } from './letters.ts'
import { networkOf } from './network.ts'
import { canonicalAddress } from './sign-in-form.ts'
import { digest, inTransaction } from './transaction.ts'

/** Minutes until a link by mail must have been used. @source OWASP Forgot Password Cheat Sheet */
export const linkMinutes = 30

/** Passwords that were forgotten, and addresses that change: both by a link that works once. */
export interface Recovery {
  /** Whether letters are sent at all. */
  readonly byMail: boolean
  /**
   * Sends a link to whoever has an account with a password under this address. It answers before it looks, so that
   * neither the answer nor its time tells whether there is one.
   *
   * @throws {account.too_many_attempts} also for an address that nobody has
   */
  requestReset(input: { email: string; language: LetterLanguage }, peer: string): Promise<void>
  /** A link for an account, for whoever runs the machine to hand over; null where nobody has this address. */
  issueResetLink(email: string): Promise<string | null>
  /** Makes a link for some account, uses it twice and undoes both; null where there is no account yet. */
  tryOut(): Promise<{ ttlSeconds: number; hashed: boolean; singleUse: boolean } | null>
  /**
   * Sets a password by a token. All sessions end, and all other links of the account.
   *
   * @throws {account.link_invalid | account.password_too_short | account.password_common | account.too_many_attempts}
   */
  reset(input: { token: string; password: string; language: LetterLanguage }, peer: string): Promise<void>
  /**
   * Asks whoever reads the new address whether it is theirs; until then nothing changes. The old one is told.
   *
   * @throws {account.password_wrong | account.no_mail | account.too_many_attempts}
   */
  requestAddress(headers: Headers, input: { password: string; email: string; language: LetterLanguage }): Promise<void>
  /** Changes the address by a token. @throws {account.link_invalid | account.mail_taken | account.too_many_attempts} */
  confirmAddress(input: { token: string; language: LetterLanguage }, peer: string): Promise<void>
}

/** What recovery needs of the rest of the server. */
export interface RecoveryOptions {
  readonly pool: Pool
  readonly baseUrl: string
  readonly passwords: Passwords
  readonly accounts: Accounts
  readonly attempts: Attempts
  readonly mailer: Mailer
  readonly log: Log
  readonly now: () => Date
}

type Purpose = 'reset' | 'address'
type Held = Account & { readonly newEmail: string | null }

/** Opens what helps people back into their accounts. */
export function openRecovery({
  pool,
  baseUrl,
  passwords,
  accounts,
  attempts,
  mailer,
  log,
  now,
}: RecoveryOptions): Recovery {
  /** Beside the answer, which must not tell by its time or its failure what is done here. */
  function aside(work: () => Promise<unknown>): void {
    setImmediate(() => {
      work().catch((error: unknown) => log.warn('letter.failed', { error: errorClass(error) }))
    })
  }

  async function send(letter: Letter): Promise<void> {
    if (mailer.isSet) await mailer.send(letter)
  }

  /** Stores a link. @returns its token */
  async function keep(
    client: Pool | PoolClient,
    purpose: Purpose,
    accountId: string,
    email: string | null = null,
  ): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    await client.query('delete from account_link where expires_at <= $1', [now()])
    await client.query(
      'insert into account_link (token_hash, account_id, purpose, email, expires_at) values ($1, $2, $3, $4, $5)',
      [digest(token), accountId, purpose, email, new Date(now().getTime() + linkMinutes * 60_000)],
    )
    return token
  }

  async function issue(purpose: Purpose, accountId: string, email: string | null = null): Promise<string> {
    const token = await keep(pool, purpose, accountId, email)
    // Behind the #: it stands in no log of a proxy and in no Referer.
    return `${baseUrl}/${purpose === 'reset' ? 'reset' : 'address'}#${token}`
  }

  /** Accounts without a password sign in elsewhere; a reset must not open a second door. */
  async function findWithPassword(email: string): Promise<Account | undefined> {
    const { rows } = await pool.query<Account>(
      `select account.id, name, email from account join credential on "userId" = account.id
       where email = lower($1) and "providerId" = 'credential' and password is not null`,
      [email],
    )
    return rows[0]
  }

  /** The account that a token speaks for. */
  async function find(purpose: Purpose, token: string): Promise<Held> {
    const { rows } = await pool.query<Held>(
      `select account.id, account.name, account.email, account_link.email as "newEmail"
       from account_link join account on account.id = account_id
       where token_hash = $1 and purpose = $2 and expires_at > $3`,
      [digest(token), purpose, now()],
    )
    if (!rows[0]) throw accountErrors.link_invalid()
    return rows[0]
  }

  /** Uses a token up in a transaction; the account is held first, so that two tokens of it wait for each other. */
  async function use(client: PoolClient, purpose: Purpose, token: string, accountId: string): Promise<void> {
    await client.query('select 1 from account where id = $1 for update', [accountId])
    const { rowCount } = await client.query(
      'delete from account_link where token_hash = $1 and purpose = $2 and account_id = $3 and expires_at > $4',
      [digest(token), purpose, accountId, now()],
    )
    if (rowCount !== 1) throw accountErrors.link_invalid()
    await client.query('delete from account_link where account_id = $1', [accountId])
  }

  return {
    byMail: mailer.isSet,

    async requestReset({ email, language }, peer) {
      const limits = [
        { of: 'reset.network', who: networkOf(peer), most: 20 },
        { of: 'reset.address', who: canonicalAddress(email), most: 5 },
      ]
      await attempts.guard(
        limits,
        () => Promise.resolve(),
        () => 'counts',
      )
      if (!mailer.isSet) return
      aside(async () => {
        const account = await findWithPassword(email)
        if (account) await send(letters[language].reset(account, await issue('reset', account.id)))
      })
    },

    async issueResetLink(email) {
      const account = await findWithPassword(email)
      return account ? await issue('reset', account.id) : null
    },

    async tryOut() {
      const { rows: accounts } = await pool.query<{ id: string }>('select id from account limit 1')
      const [account] = accounts
      if (!account) return null
      const client = await pool.connect()
      try {
        await client.query('begin')
        const token = await keep(client, 'reset', account.id)
        const { rows } = await client.query<{ ends: Date; isHidden: boolean }>(
          `select expires_at as ends, strpos(account_link::text || encode(token_hash, 'escape'), $2) = 0 as "isHidden"
           from account_link where token_hash = $1`,
          [digest(token), token],
        )
        const [stored] = rows
        const ttlSeconds = stored ? Math.ceil((stored.ends.getTime() - now().getTime()) / 1_000) : 0
        await use(client, 'reset', token, account.id)
        const singleUse = await use(client, 'reset', token, account.id).then(() => false, isSpent)
        return { ttlSeconds, hashed: stored?.isHidden === true, singleUse }
      } finally {
        await client.query('rollback').finally(() => client.release())
      }
    },

    async reset({ token, password, language }, peer) {
      const account = await attempts.guard(
        linkLimits(peer),
        async () => {
          const held = await find('reset', token)
          await refuseWeak(password, held)
          const hash = await passwords.hash(password)
          await inTransaction(pool, async (client) => {
            await use(client, 'reset', token, held.id)
            const { rowCount } = await client.query(
              `update credential set password = $2, "updatedAt" = $3 where "userId" = $1 and "providerId" = 'credential'`,
              [held.id, hash, now()],
            )
            if (rowCount !== 1) throw accountErrors.link_invalid()
            await client.query('delete from session where "userId" = $1', [held.id])
          })
          return held
        },
        () => 'taken-back',
      )
      aside(() => send(letters[language].passwordChanged(account, baseUrl)))
    },

    async requestAddress(headers, { password, email, language }) {
      if (!mailer.isSet) throw accountErrors.no_mail()
      const { account } = await accounts.confirm(headers, password)
      await attempts.guard(
        [{ of: 'address.account', who: account.id, most: 5 }],
        () => Promise.resolve(),
        () => 'counts',
      )
      const wanted = email.toLowerCase()
      if (wanted === account.email) return
      aside(async () => {
        const { rows } = await pool.query('select 1 from account where email = $1', [wanted])
        const write = letters[language]
        // Whoever asked learns nothing of other accounts; whoever reads that mail does.
        if (rows.length > 0) return await send(write.addressTaken(wanted))
        await send(write.confirmAddress(wanted, await issue('address', account.id, wanted)))
        await send(write.addressWanted(account))
      })
    },

    async confirmAddress({ token, language }, peer) {
      const before = await attempts.guard(
        linkLimits(peer),
        async () => {
          const held = await find('address', token)
          await inTransaction(pool, async (client) => {
            await use(client, 'address', token, held.id)
            await client.query(
              'update account set email = $2, "emailVerified" = true, "updatedAt" = $3 where id = $1',
              [held.id, held.newEmail, now()],
            )
          }).catch((error: unknown) => {
            throw isTaken(error) ? accountErrors.mail_taken() : error
          })
          return held
        },
        () => 'taken-back',
      )
      aside(() => send(letters[language].addressChanged(before)))
    },
  }
}

function isSpent(error: unknown): true {
  if (error instanceof AppError && error.code === 'account.link_invalid') return true
  throw error
}

/** Somebody else took the address meanwhile. @source PostgreSQL, appendix A: 23505 is unique_violation */
function isTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23505'
}
