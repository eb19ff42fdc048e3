import type { Pool, PoolClient } from 'pg'
import { accountErrors } from './errors.ts'
import { newRecoveryCodes } from './recovery-code.ts'
import type { RecoveryCodes } from './recovery-code.ts'
import { newTotpSecret, stepOf, totpUri, typedSecret } from './totp.ts'
import { changeAs } from './transaction.ts'

/** Wrong codes in a row after which none counts for a while, and for how long. At sign-in the library counts on the same row. */
export const codeLock = { most: 10, seconds: 3_600 }

/** How long a confirmation counts. */
const confirmedMs = 10 * 60_000

/** How many factors a session has shown. */
export type Factors = 'one' | 'two'

/** Who asks, in which session. */
export interface OwnSession {
  readonly accountId: string
  readonly sessionId: string
}

/** The second factors of an account, as its owner sees them. */
export interface FactorList {
  readonly totp: { readonly since: Date; readonly recoveryCodes: number } | null
  readonly passkeys: readonly { readonly id: string; readonly name: string; readonly since: Date }[]
}

/** By what somebody confirms that it is they. */
export interface Confirmation {
  readonly password?: string | undefined
  readonly code?: string | undefined
  readonly recoveryCode?: string | undefined
}

/** Second factors: an authenticator app with recovery codes, and passkeys. */
export interface SecondFactors {
  list(accountId: string): Promise<FactorList>
  /** A new secret that counts once a code of it was given. @throws {account.factor_present} */
  beginTotp(account: { id: string; email: string }): Promise<{ secret: string; uri: string }>
  /** @returns the recovery codes, never to be read again @throws {account.code_wrong | account.factor_absent | account.too_many_codes} */
  confirmTotp(own: OwnSession, code: string): Promise<string[]>
  /** All other sessions end. @throws {account.factor_absent} */
  removeTotp(own: OwnSession): Promise<void>
  /** The ones before end. @throws {account.factor_absent} */
  renewRecoveryCodes(accountId: string): Promise<string[]>
  /** The present session has shown a passkey: it was just registered with the person verified. */
  passkeyShown(own: OwnSession): Promise<void>
  renamePasskey(accountId: string, passkeyId: string, name: string): Promise<void>
  /** All other sessions end. @throws {account.passkey_unknown} */
  removePasskey(own: OwnSession, passkeyId: string): Promise<void>
  /** Notes that it is they. @throws {account.factor_asked | account.confirm_refused | account.code_wrong | account.too_many_codes} */
  confirm(own: OwnSession, by: Confirmation): Promise<void>
  /** Uses up a code that the library has found right at sign-in. @param body of that request @throws {account.code_wrong} it was used before */
  useCode(accountId: string, body: unknown): Promise<void>
  /** Which factors an account has. */
  has(accountId: string): Promise<{ totp: boolean; any: boolean }>
}

/** Whether a confirmation still counts. */
export function isConfirmed(confirmedAt: Date | null, now: Date): boolean {
  return confirmedAt !== null && now.getTime() - confirmedAt.getTime() < confirmedMs
}

/** What of accounts the second factors need. */
export interface FactorDependencies {
  readonly pool: Pool
  readonly issuer: string
  readonly recovery: RecoveryCodes
  /** Encrypts as the library reads it, with the installation's secret. */
  readonly encrypt: (secret: string) => Promise<string>
  readonly decrypt: (sealed: string) => Promise<string>
  /** @throws {account.too_many_attempts} */
  readonly isPassword: (accountId: string, password: string) => Promise<boolean>
  readonly now: () => Date
}

interface TotpRow {
  readonly secret: string
  readonly backupCodes: string
  readonly verified: boolean
  readonly used_step: string
  readonly lockedUntil: Date | null
}

type Verdict = 'right' | 'wrong' | 'locked' | 'absent'

export function openFactors(dependencies: FactorDependencies): SecondFactors {
  const { pool, recovery, encrypt, decrypt, now } = dependencies

  /** Judges in a transaction that holds the account's row, so that of two with one code the second finds it used. */
  async function judge(accountId: string, work: (db: PoolClient, row: TotpRow) => Promise<boolean>): Promise<void> {
    const verdict = await changeAs(pool, accountId, async (db): Promise<Verdict> => {
      const { rows } = await db.query<TotpRow>('select * from totp where "userId" = $1 for update', [accountId])
      const row = rows[0]
      if (!row) return 'absent'
      if (row.lockedUntil && row.lockedUntil > now()) return 'locked'
      if (await work(db, row)) {
        await db.query('update totp set "failedVerificationCount" = 0, "lockedUntil" = null where "userId" = $1', [
          accountId,
        ])
        return 'right'
      }
      await db.query(
        `update totp set "failedVerificationCount" = "failedVerificationCount" + 1,
           "lockedUntil" = case when "failedVerificationCount" + 1 >= $2 then $3::timestamptz else null end
         where "userId" = $1`,
        [accountId, codeLock.most, new Date(now().getTime() + codeLock.seconds * 1_000)],
      )
      return 'wrong'
    })
    if (verdict === 'absent') throw accountErrors.factor_absent()
    if (verdict === 'locked') throw accountErrors.too_many_codes()
    if (verdict === 'wrong') throw accountErrors.code_wrong()
  }

  async function takeCode(db: PoolClient, accountId: string, row: TotpRow, code: string): Promise<boolean> {
    const step = stepOf(await decrypt(row.secret), code, now(), Number(row.used_step))
    if (step === null) return false
    await db.query('update totp set used_step = $2 where "userId" = $1', [accountId, step])
    return true
  }

  async function takeRecoveryCode(db: PoolClient, accountId: string, row: TotpRow, code: string): Promise<boolean> {
    const hashes = hashesOf(row.backupCodes)
    const left = hashes.filter((hash) => hash !== recovery.hash(code))
    if (left.length === hashes.length) return false
    await db.query('update totp set "backupCodes" = $2 where "userId" = $1', [accountId, JSON.stringify(left)])
    return true
  }

  async function has(db: Pick<PoolClient, 'query'>, accountId: string): Promise<{ totp: boolean; any: boolean }> {
    const { rows } = await db.query<{ totp: boolean; passkey: boolean }>(
      `select exists (select 1 from totp where "userId" = $1 and verified) as totp,
              exists (select 1 from passkey where "userId" = $1) as passkey`,
      [accountId],
    )
    const { totp = false, passkey = false } = rows[0] ?? {}
    return { totp, any: totp || passkey }
  }

  /** A factor that goes takes all other sessions along; without any left this one has shown one factor. */
  async function afterRemoval(db: PoolClient, { accountId, sessionId }: OwnSession): Promise<void> {
    await db.query('delete from session where "userId" = $1 and id <> $2', [accountId, sessionId])
    if (!(await has(db, accountId)).any) await db.query(`update session set factors = 'one' where id = $1`, [sessionId])
  }

  return {
    has: (accountId) => has(pool, accountId),

    async list(accountId) {
      const totp = await pool.query<{ since: Date; backupCodes: string }>(
        'select since, "backupCodes" from totp where "userId" = $1 and verified',
        [accountId],
      )
      const passkeys = await pool.query<{ id: string; name: string | null; createdAt: Date }>(
        'select id, name, "createdAt" from passkey where "userId" = $1 order by "createdAt", id',
        [accountId],
      )
      const app = totp.rows[0]
      return {
        totp: app ? { since: app.since, recoveryCodes: hashesOf(app.backupCodes).length } : null,
        passkeys: passkeys.rows.map(({ id, name, createdAt }) => ({ id, name: name ?? '', since: createdAt })),
      }
    },

    async beginTotp({ id, email }) {
      const secret = newTotpSecret()
      const { rowCount } = await pool.query(
        `insert into totp ("userId", secret, "backupCodes", verified, since) values ($1, $2, '[]', false, $3)
         on conflict ("userId") do update set secret = excluded.secret, since = excluded.since, used_step = 0,
           "failedVerificationCount" = 0, "lockedUntil" = null
         where not totp.verified`,
        [id, await encrypt(secret), now()],
      )
      if (rowCount !== 1) throw accountErrors.factor_present()
      return { secret: typedSecret(secret), uri: totpUri(secret, email, dependencies.issuer) }
    },

    async confirmTotp({ accountId, sessionId }, code) {
      const codes = newRecoveryCodes()
      await judge(accountId, async (db, row) => {
        if (row.verified) throw accountErrors.factor_present()
        if (!(await takeCode(db, accountId, row, code))) return false
        await db.query('update totp set verified = true, "backupCodes" = $2, since = $3 where "userId" = $1', [
          accountId,
          JSON.stringify(codes.map((one) => recovery.hash(one))),
          now(),
        ])
        await db.query('update account set "twoFactorEnabled" = true where id = $1', [accountId])
        await shown(db, { accountId, sessionId }, now())
        return true
      })
      return codes
    },

    removeTotp: (own) =>
      changeAs(pool, own.accountId, async (db) => {
        const { rowCount } = await db.query('delete from totp where "userId" = $1 and verified', [own.accountId])
        if (rowCount !== 1) throw accountErrors.factor_absent()
        await db.query('update account set "twoFactorEnabled" = false where id = $1', [own.accountId])
        await afterRemoval(db, own)
      }),

    async renewRecoveryCodes(accountId) {
      const codes = newRecoveryCodes()
      await changeAs(pool, accountId, async (db) => {
        const { rowCount } = await db.query('update totp set "backupCodes" = $2 where "userId" = $1 and verified', [
          accountId,
          JSON.stringify(codes.map((one) => recovery.hash(one))),
        ])
        if (rowCount !== 1) throw accountErrors.factor_absent()
      })
      return codes
    },

    passkeyShown: (own) => changeAs(pool, own.accountId, (db) => shown(db, own, now())),

    renamePasskey: (accountId, passkeyId, name) =>
      changeAs(pool, accountId, async (db) => {
        const { rowCount } = await db.query('update passkey set name = $3 where id = $1 and "userId" = $2', [
          passkeyId,
          accountId,
          name,
        ])
        if (rowCount !== 1) throw accountErrors.passkey_unknown()
      }),

    removePasskey: (own, passkeyId) =>
      changeAs(pool, own.accountId, async (db) => {
        const { rowCount } = await db.query('delete from passkey where id = $1 and "userId" = $2', [
          passkeyId,
          own.accountId,
        ])
        if (rowCount !== 1) throw accountErrors.passkey_unknown()
        await afterRemoval(db, own)
      }),

    async confirm(own, { password, code, recoveryCode }) {
      const { accountId } = own
      if (code !== undefined || recoveryCode !== undefined) {
        await judge(accountId, async (db, row) => {
          const isRight =
            row.verified &&
            (code !== undefined
              ? await takeCode(db, accountId, row, code)
              : await takeRecoveryCode(db, accountId, row, recoveryCode ?? ''))
          if (isRight) await shown(db, own, now())
          return isRight
        })
        return
      }
      if ((await has(pool, accountId)).any) throw accountErrors.factor_asked()
      if (!(await dependencies.isPassword(accountId, password ?? ''))) throw accountErrors.confirm_refused()
      await pool.query('update session set "confirmedAt" = $3 where id = $1 and "userId" = $2', [
        own.sessionId,
        accountId,
        now(),
      ])
    },

    async useCode(accountId, body) {
      const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
      const { rows } = await pool.query<TotpRow>('select * from totp where "userId" = $1 and verified', [accountId])
      const row = rows[0]
      const step = row ? stepOf(await decrypt(row.secret), code, now(), Number(row.used_step)) : null
      if (step === null) throw accountErrors.code_wrong()
      const used = await pool.query('update totp set used_step = $2 where "userId" = $1 and used_step < $2', [
        accountId,
        step,
      ])
      if (used.rowCount !== 1) throw accountErrors.code_wrong()
    },
  }
}

async function shown(db: PoolClient, { accountId, sessionId }: OwnSession, at: Date): Promise<void> {
  await db.query(`update session set factors = 'two', "confirmedAt" = $3 where id = $1 and "userId" = $2`, [
    sessionId,
    accountId,
    at,
  ])
}

function hashesOf(json: string): string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
