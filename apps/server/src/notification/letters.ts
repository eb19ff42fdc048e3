import { createHash } from 'node:crypto'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, bug } from '../kernel/index.ts'
import { errorClass } from '../platform/index.ts'
import type { Letter, Log, Mailer } from '../platform/index.ts'
import type { Choices } from './choice.ts'
import { kinds } from './kind.ts'
import type { Kind, Rhythm } from './kind.ts'
import { phrases } from './phrases.ts'

/** The queue of letters that are due; its payload is a `LetterJob`. */
export const letterQueue = 'notification.letters'

/** Letters of one rhythm in one tenant. */
export interface LetterJob {
  readonly tenantId: string
  readonly rhythm: Rhythm
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How long what is told at once is gathered into one letter. */
const gatherMs = 60_000

/** Letters of a day leave from 05:00 UTC on, those of a week on Mondays; tenants are spread over half an hour. */
export function whenDue(rhythm: Rhythm, now: Date, tenantId: string): Date {
  if (rhythm === 'now') return new Date(now.getTime() + gatherMs)
  const spread = (Number.parseInt(tenantId.slice(0, 4), 16) % 1_800) * 1_000
  const today = Math.floor(now.getTime() / dayMs) * dayMs + 5 * hourMs + spread
  const days = Array.from({ length: 8 }, (_, n) => new Date(today + n * dayMs))
  const due = days.find((day) => day > now && (rhythm === 'daily' || day.getUTCDay() === 1))
  return due ?? new Date(today + 8 * dayMs)
}

/** What sending letters needs of the rest of the server. */
export interface LetterDependencies {
  readonly tenants: Tenants
  readonly mailer: Mailer
  readonly choices: Choices
  readonly baseUrl: string
  readonly log: Log
  readonly accountsById: (ids: readonly string[]) => Promise<ReadonlyMap<string, { readonly email: string }>>
}

interface ItemRow {
  readonly id: string
  readonly account_id: string
  readonly kind: Kind
  readonly code: string | null
  readonly language: 'en' | 'de' | null
}

/** Begins the kind of what is being told at this moment. */
const telling = 'telling:'

/** What was begun to be told so long ago was interrupted. */
const interruptedAfterMs = 10 * 60_000

/**
 * Sends each person one letter of everything that waits for them in this rhythm, at most once: that it is being told is
 * written down before the mail server is asked, and a letter that was interrupted is not sent again, since nobody knows
 * whether it was taken. What it told of stands in the workplace. Nothing to say is no letter.
 *
 * @throws {mail.*} when some letter was not taken; it is tried again, and only it
 */
export async function sendLetters({ tenantId, rhythm }: LetterJob, dependencies: LetterDependencies): Promise<void> {
  const { tenants, mailer, choices, baseUrl, accountsById, log } = dependencies
  const within = <T>(work: (tx: TenantContext) => Promise<T>) =>
    tenants.asSystem(tenantId, work, { evenSuspended: true })
  const { tenant, items } = await within(async ({ tenant, sql }) => {
    const { rows } = await sql.query<ItemRow>(
      `select i.id, i.account_id, i.kind, i.code, p.language from notification_item i
       left join notification_person p on p.account_id = i.account_id
       where i.rhythm = $1 and not starts_with(i.kind, $2) order by i.at, i.id limit 10000`,
      [rhythm, telling],
    )
    return { tenant, items: rows }
  })
  const lost = await within(dropInterrupted)
  if (lost > 0) log.warn('letter.interrupted', { tenant: tenantId, count: lost })
  const accounts = await accountsById([...new Set(items.map((item) => item.account_id))])
  let failed: Error | undefined
  for (const [accountId, waiting] of Map.groupBy(items, (item) => item.account_id)) {
    const account = accounts.get(accountId)
    const own = await within((tx) => claim(tx, waiting))
    if (own.length === 0) continue
    const ids = own.map((item) => item.id)
    const letter = account && {
      ...compose(own, own[0]?.language ?? tenant.language, tenant, baseUrl),
      to: account.email,
      unsubscribe: choices.unsubscribeLink(tenant.publicId, accountId, own[0]?.language ?? tenant.language),
    }
    const failure = letter ? await failureOf(mailer.send(letter)) : null
    if (failure && !isForGood(failure)) {
      await within((tx) => release(tx, ids))
      failed = failure
      if (isServerAway(failure)) break
      continue
    }
    // Without a trace nobody would know why a person hears nothing.
    if (failure) log.warn('letter.refused', { tenant: tenantId, error: errorClass(failure) })
    await within(({ sql }) => sql.query('delete from notification_item where id = any ($1::uuid[])', [ids]))
  }
  if (failed) throw failed
}

/** @returns those that nobody else is telling already */
async function claim({ sql, now }: TenantContext, items: readonly ItemRow[]): Promise<ItemRow[]> {
  const { rows } = await sql.query<{ id: string }>(
    `update notification_item set kind = $2 || kind, at = $3
     where id = any ($1::uuid[]) and not starts_with(kind, $2) returning id`,
    [items.map(({ id }) => id), telling, now],
  )
  const claimed = new Set(rows.map(({ id }) => id))
  return items.filter(({ id }) => claimed.has(id))
}

/** The mail server did not take it: it is told another time. */
async function release({ sql }: TenantContext, ids: readonly string[]): Promise<void> {
  await sql.query(
    'update notification_item set kind = substr(kind, length($2) + 1) where id = any ($1::uuid[]) and starts_with(kind, $2)',
    [ids, telling],
  )
}

/** @returns how much was being told when art32 was killed */
async function dropInterrupted({ sql, now }: TenantContext): Promise<number> {
  const { rows } = await sql.query<{ id: string }>(
    'delete from notification_item where starts_with(kind, $1) and at < $2 returning id',
    [telling, new Date(now.getTime() - interruptedAfterMs)],
  )
  return rows.length
}

/** Why a letter was not sent; null: it was. */
export async function failureOf(sent: Promise<void>): Promise<Error | null> {
  try {
    await sent
    return null
  } catch (error) {
    return error instanceof Error ? error : bug('a letter failed without an error', error)
  }
}

/** Whether this very letter will never be taken: keeping it would only try the server's patience. */
export function isForGood(error: unknown): boolean {
  return error instanceof AppError && ['mail.refused', 'mail.bad_letter'].includes(error.code)
}

/** Whether no other letter would be taken either. */
export function isServerAway(error: unknown): boolean {
  return error instanceof AppError && ['mail.unreachable', 'mail.not_protected', 'mail.sign_in'].includes(error.code)
}

/** The page on which what a letter tells can be dealt with at once: one click here, one there. */
const pages: readonly (readonly [RegExp, string])[] = [
  [/^(finding|exception)\./, '/findings'],
  [/^platform\.reported$/, '/platforms'],
  [/^guideline\./, '/guidelines'],
  [/^duty\./, '/duties?of=mine'],
  [/^person\.due$/, '/people'],
  [/^processor\./, '/processors'],
  [/^contract\./, '/customers'],
  [/^incident\./, '/incidents'],
  [/^(report\.|advisory\.published)/, '/reports'],
  [/^request\./, '/requests'],
]

function compose(
  items: readonly ItemRow[],
  language: 'en' | 'de',
  tenant: { readonly name: string; readonly slug: string },
  baseUrl: string,
): Pick<Letter, 'language' | 'subject' | 'paragraphs' | 'action' | 'id'> {
  const say = phrases[language]
  const lines = kinds.flatMap((kind) => {
    const codes = items.filter((item) => item.kind === kind).map((item) => item.code)
    return codes.length === 0 ? [] : [say.line(kind, codes)]
  })
  const only = lines.length === 1 ? lines[0] : undefined
  const page = pages.find(([kinds]) => items.every(({ kind }) => kinds.test(kind)))?.[1] ?? ''
  return {
    language,
    subject: `${tenant.name}: ${only ?? say.several(items.length)}`.slice(0, 200).toWellFormed(),
    paragraphs: [say.intro(tenant.name), lines.map((line) => `– ${line}`).join('\n')],
    action: { label: say.open, url: `${baseUrl}/t/${tenant.slug}${page}` },
    id: createHash('sha256')
      .update(items.map((item) => item.id).join())
      .digest('hex')
      .slice(0, 40),
  }
}
