import { createHash } from 'node:crypto'
import { editionFor } from '@art32/press'
import type { FollowTopic } from '@art32/press'
import { documentOf, getEdition } from '../edition/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { isSaidNow, listBulletins, noteBulletinDelivery } from '../incident/index.ts'
import { failureOf, isForGood, isServerAway } from '../notification/index.ts'
import { errorClass } from '../platform/index.ts'
import type { Letter, Log, Mailer } from '../platform/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { letterAbout, noteDelivery } from '../processor/index.ts'
import type { Periods } from '../processor/index.ts'
import { listAdvisories } from '../report/index.ts'
import {
  advisoryLetter,
  bulletinLetter,
  changeLetter,
  confirmLetter,
  editionLetter,
  lapseLetter,
  promisesLess,
  welcomeLetter,
} from './compose.ts'
import type { BulletinTold, Content } from './compose.ts'
import { LapsedLine, wake } from './notice.ts'
import { phrases } from './phrases.ts'
import type { ConfirmJob, LetterJob } from './queues.ts'
import * as store from './store.ts'
import type { SubscriberRow } from './store.ts'
import { confirmDays, endSubscription } from './subscribing.ts'
import type { Subscribing } from './subscribing.ts'

/** What sending letters to subscribers needs of the rest of the server. */
export interface LetterDependencies {
  readonly tenants: Tenants
  readonly mailer: Mailer
  readonly subscribing: Pick<Subscribing, 'confirmToken' | 'endToken'>
  readonly homeOf: (tenant: Tenant) => Promise<string>
  readonly baseUrl: string
  readonly log: Log
  /** The periods of notice of customers' contracts. */
  readonly periods: Periods
  /** For tests: other sizes. */
  readonly batch?: number
}

/** Letters of one tenant that one job sends, and the pause until the next: the mail server has others to serve, too. */
const batchSize = 100
const pauseMs = 5_000

/** Whoever sends letters holds them this long; a job that was killed gives them back by it. */
const claimMs = 10 * 60_000

/** After so many letters refused for good, one after the other, nobody reads there. */
const mostRefused = 3

/** Sends the link to whoever asked. Killed before it is marked as sent, the same letter goes out again under the same id. */
export async function sendConfirmation(
  { tenantId, requestId }: ConfirmJob,
  { tenants, mailer, subscribing, baseUrl, log }: LetterDependencies,
): Promise<void> {
  const letter = await tenants.asSystem(tenantId, async (tx): Promise<Letter | null> => {
    const request = await store.findRequest(tx, requestId)
    if (!request || request.sent_at !== null) return null
    const { publicId, slug, name } = tx.tenant
    // Who follows already keeps their id when they confirm.
    const known = await store.findByAddress(tx, request.email)
    const token = subscribing.confirmToken(publicId, requestId)
    const url = `${baseUrl}/trust/${slug}/confirm?token=${token}&language=${request.language}`
    return {
      ...confirmLetter(name, request, url, confirmDays),
      to: request.email,
      id: idOf(requestId),
      unsubscribe: endLink(tx.tenant, known ?? requestId, request.language, { subscribing, baseUrl }),
    }
  })
  if (!letter) return
  const failure = await failureOf(mailer.send(letter))
  if (failure && !isForGood(failure)) throw failure
  if (failure) log.warn('letter.refused', { tenant: tenantId, error: errorClass(failure) })
  await tenants.asSystem(tenantId, (tx) => store.markSent(tx, requestId))
}

/**
 * Makes letters of what is to be told, and sends a batch of them; what is left waits for the next job, a little later.
 *
 * Before the mail server is asked it is written down that a letter is on its way, and one that was interrupted there is not
 * sent again, since nobody knows whether it arrived: no letter comes twice. Two jobs never hold the same letter.
 *
 * @throws {mail.*} when some letter was not taken; it is tried again, and only it
 */
export async function sendToSubscribers({ tenantId }: LetterJob, dependencies: LetterDependencies): Promise<void> {
  const { tenants, mailer, log, batch = batchSize } = dependencies
  const lost = await tenants.asSystem(tenantId, async (tx) => {
    await spread(tx)
    return await dropInterrupted(tx)
  })
  if (lost > 0) log.warn('letter.interrupted', { tenant: tenantId, count: lost })
  const claimed = await tenants.asSystem(tenantId, (tx) => claim(tx, batch, dependencies))
  const done = new Set<string>()
  let failed: Error | undefined
  for (const { id, subscriberId, letter, told } of claimed.letters) {
    const isWanted = await tenants.asSystem(tenantId, (tx) => setOut(tx, id, told))
    const failure = letter && isWanted ? await failureOf(mailer.send(letter)) : null
    if (failure && !isForGood(failure)) {
      failed = failure
      if (isServerAway(failure)) break
      continue
    }
    if (failure) log.warn('letter.refused', { tenant: tenantId, error: errorClass(failure) })
    await tenants.asSystem(tenantId, async (tx) => {
      if (letter && told && isWanted) await note(tx, told, failure ? 'refused' : 'taken')
      await finish(tx, id, subscriberId, failure !== null)
    })
    done.add(id)
  }
  await tenants.asSystem(tenantId, async (tx) => {
    const left = claimed.letters.filter(({ id }) => !done.has(id)).map(({ id }) => id)
    await tx.sql.query('update subscriber_letter set claimed_until = null where id = any ($1::uuid[])', [left])
    if (!failed && claimed.isMore) await wake(tx, new Date(tx.now.getTime() + pauseMs))
  })
  if (failed) throw failed
}

interface NoticeRow {
  readonly id: string
  readonly kind: 'edition' | 'lapse' | 'processor' | 'advisory' | 'bulletin'
  /** Of an edition, or of its lines that lapsed. */
  readonly edition_id: string | null
  /** Of a processor. */
  readonly change_id: string | null
  /** Of an advisory, and of which of its versions. */
  readonly advisory_id: string | null
  readonly advisory_number: number | null
  readonly lines: unknown
}

/** Makes a letter for each subscriber who wants to hear of a notice: all of them and the mark, or none. */
async function spread(tx: TenantContext): Promise<void> {
  const { rows } = await tx.sql.query<NoticeRow>(
    'select * from subscription_notice where spread_at is null order by at, id for update skip locked',
  )
  for (const notice of rows) {
    const { wanted, before } = await toWhom(tx, notice)
    // Whoever came after the publication read the edition on the page.
    await tx.sql.query(
      `insert into subscriber_letter (id, subscriber_id, notice_id, at)
       select gen_random_uuid(), id, $1, $2 from subscriber where topics && $3::text[] and since <= $4
       on conflict do nothing`,
      [notice.id, tx.now, wanted, before],
    )
    await tx.sql.query('update subscription_notice set spread_at = $2 where id = $1', [notice.id, tx.now])
  }
}

/** What somebody must follow to be told, and since when at the latest. */
async function toWhom(
  tx: TenantContext,
  { kind, edition_id: editionId }: NoticeRow,
): Promise<{ wanted: FollowTopic[]; before: Date }> {
  if (kind === 'processor') return { wanted: ['processors'], before: tx.now }
  if (kind === 'bulletin') return { wanted: ['incident'], before: tx.now }
  if (kind === 'lapse' || kind === 'advisory') return { wanted: [kind], before: tx.now }
  const { row, edition } = await editionOf(tx, editionId ?? '')
  return { wanted: ['edition', ...(promisesLess(edition) ? (['weakened'] as const) : [])], before: row.made_at }
}

async function editionOf(tx: TenantContext, id: string) {
  const row = await getEdition(tx, id)
  return { row, edition: editionFor('public', documentOf(tx, row)) }
}

interface WaitingRow extends SubscriberRow {
  readonly letter_id: string
  readonly notice_id: string | null
}

type Outcome = Parameters<typeof noteDelivery>[1]['outcome']

/** What is written down of a letter: of a change of a processor, or of a bulletin. */
type Told =
  | Omit<Parameters<typeof noteDelivery>[1], 'outcome'>
  | Omit<Parameters<typeof noteBulletinDelivery>[1], 'outcome'>

async function note(tx: TenantContext, told: Told, outcome: Outcome): Promise<void> {
  await ('change_id' in told ? noteDelivery(tx, { ...told, outcome }) : noteBulletinDelivery(tx, { ...told, outcome }))
}

interface Claimed {
  readonly letters: readonly {
    readonly id: string
    readonly subscriberId: string
    readonly letter: Letter | null
    /** What is written down of it, where it tells of a processor or of an incident. */
    readonly told: Told | null
  }[]
  /** Whether more than these wait. */
  readonly isMore: boolean
}

/** Takes a batch of letters and writes them: each notice is composed once in a language, whoever gets it. */
async function claim(tx: TenantContext, batch: number, dependencies: LetterDependencies): Promise<Claimed> {
  const { rows: taken } = await tx.sql.query<{ id: string }>(
    `update subscriber_letter set claimed_until = $1 where id in (
       select id from subscriber_letter where claimed_until is null or claimed_until < $2
       order by at, id limit $3 for update skip locked) returning id`,
    [new Date(tx.now.getTime() + claimMs), tx.now, batch],
  )
  const { rows } = await tx.sql.query<WaitingRow>(
    `select l.id as letter_id, l.notice_id, s.* from subscriber_letter l join subscriber s on s.id = l.subscriber_id
     where l.id = any ($1::uuid[]) order by l.at, l.id`,
    [taken.map(({ id }) => id)],
  )
  const home = await dependencies.homeOf(tx.tenant)
  const composed = new Map<string, Content | null>()
  const changes = await changesOf(tx, dependencies.periods)
  const bulletins = await bulletinsOf(tx, home)
  const letters = []
  for (const row of rows) {
    const change = changes(row.notice_id)
    const bulletin = bulletins.get(row.notice_id ?? '')
    const objectUntil = change?.objectUntil(row.email) ?? ''
    const key = `${row.notice_id ?? row.letter_id} ${row.language} ${objectUntil}`
    const content =
      composed.get(key) ??
      (change
        ? changeLetter(tx.tenant.name, change, { language: row.language, home, objectUntil })
        : bulletin
          ? bulletinLetter(tx.tenant.name, bulletin, row.language)
          : await compose(tx, row, home))
    composed.set(key, content)
    const letter = content && {
      ...content,
      to: row.email,
      id: idOf(row.letter_id),
      unsubscribe: endLink(tx.tenant, row.id, row.language, dependencies),
    }
    const to = { subscriber_id: row.id, mail_id: idOf(row.letter_id) }
    const told: Told | null = change
      ? { ...to, change_id: change.change.id, object_until: objectUntil }
      : bulletin
        ? { ...to, incident_id: bulletin.incidentId, number: bulletin.number }
        : null
    letters.push({ id: row.letter_id, subscriberId: row.id, letter, told })
  }
  const isMore = await tx.sql.query('select 1 from subscriber_letter where claimed_until is null limit 1')
  return { letters, isMore: isMore.rows.length > 0 }
}

/** The change of a processor that a notice tells of; null for any other notice. */
async function changesOf(tx: TenantContext, periods: Periods) {
  const { rows } = await tx.sql.query<{ id: string; change_id: string }>(
    `select id, change_id from subscription_notice where kind = 'processor'
       and id in (select notice_id from subscriber_letter)`,
  )
  const found = new Map<string, Awaited<ReturnType<typeof letterAbout>>>()
  for (const row of rows) found.set(row.id, await letterAbout(tx, row.change_id, periods))
  return (noticeId: string | null) => (noticeId === null ? undefined : found.get(noticeId)) ?? null
}

/** The versions of bulletins of which letters wait; none of one that another one followed, or that was taken back. */
async function bulletinsOf(tx: TenantContext, home: string) {
  const { rows } = await tx.sql.query<{ id: string; bulletin_id: string; bulletin_number: number }>(
    `select id, bulletin_id, bulletin_number from subscription_notice where kind = 'bulletin'
       and id in (select notice_id from subscriber_letter)`,
  )
  const all = rows.length === 0 ? [] : await listBulletins(tx)
  const found = new Map<string, BulletinTold & { readonly incidentId: string }>()
  for (const { id, bulletin_id: incidentId, bulletin_number: number } of rows) {
    const one = all.find((bulletin) => bulletin.incidentId === incidentId)
    const [newest] = one?.versions ?? []
    if (!one || newest?.number !== number) continue
    const isPublic = one.audience === 'public'
    const url = isPublic ? `${home}/incidents/${one.number}` : home
    found.set(id, { incidentId, number, text: newest.text, url, isPublic })
  }
  return found
}

async function compose(tx: TenantContext, row: WaitingRow, home: string): Promise<Content | null> {
  const { name } = tx.tenant
  const url = `${home}?language=${row.language}`
  if (row.notice_id === null) return welcomeLetter(name, row, url)
  const found = await tx.sql.query<NoticeRow>('select * from subscription_notice where id = $1', [row.notice_id])
  const [notice] = found.rows
  if (!notice || notice.kind === 'bulletin') return null
  if (notice.kind === 'advisory') return await advisoryContent(tx, notice, row, home)
  const { edition } = await editionOf(tx, notice.edition_id ?? '')
  if (notice.kind === 'edition') return editionLetter(name, edition, row.language, url)
  return lapseLetter(name, edition, LapsedLine.array().parse(notice.lines), row.language, url)
}

async function advisoryContent(
  tx: TenantContext,
  { advisory_id: id, advisory_number: number }: NoticeRow,
  { language }: WaitingRow,
  home: string,
): Promise<Content | null> {
  const found = id === null ? undefined : (await listAdvisories(tx)).find((one) => one.advisory_id === id)
  // Of a version that another one followed in the meantime nobody needs a letter: theirs is on its way.
  if (!found || found.number !== number) return null
  return advisoryLetter(tx.tenant.name, found, language, `${home}/advisories/${found.tracking_id}?language=${language}`)
}

/**
 * From here on only the answer of the mail server decides.
 *
 * @returns whether it is still to be said: a bulletin may have been taken back, or said better, since the letter was written
 */
async function setOut(tx: TenantContext, id: string, told: Told | null): Promise<boolean> {
  const { sql, now } = tx
  await sql.query(`update subscriber_letter set claimed_until = 'infinity', at = $2 where id = $1`, [id, now])
  if (told === null || 'change_id' in told) return true
  return await isSaidNow(tx, told.incident_id, told.number)
}

/** @returns how many letters were on their way when art32 was killed */
async function dropInterrupted(tx: TenantContext): Promise<number> {
  const { rows } = await tx.sql.query<{
    id: string
    subscriber_id: string
    change_id: string | null
    holds_from: string | null
    bulletin_id: string | null
    bulletin_number: number | null
  }>(
    `with gone as (
       delete from subscriber_letter where claimed_until = 'infinity' and at < $1 returning id, subscriber_id, notice_id)
     select g.id, g.subscriber_id, n.change_id, c.holds_from::text as holds_from, n.bulletin_id, n.bulletin_number from gone g
       left join subscription_notice n on n.id = g.notice_id left join processor_change c on c.id = n.change_id`,
    [new Date(tx.now.getTime() - claimMs)],
  )
  for (const row of rows) {
    const to = { subscriber_id: row.subscriber_id, mail_id: idOf(row.id) }
    if (row.change_id !== null)
      await note(tx, { ...to, change_id: row.change_id, object_until: row.holds_from ?? '' }, 'interrupted')
    if (row.bulletin_id !== null)
      await note(tx, { ...to, incident_id: row.bulletin_id, number: row.bulletin_number ?? 1 }, 'interrupted')
  }
  return rows.length
}

async function finish(tx: TenantContext, id: string, subscriberId: string, isRefused: boolean): Promise<void> {
  await tx.sql.query('delete from subscriber_letter where id = $1', [id])
  const { rows } = await tx.sql.query<{ refused: number }>(
    `update subscriber set refused = case when $2 then refused + 1 else 0 end
     where id = $1 and ($2 or refused > 0) returning refused`,
    [subscriberId, isRefused],
  )
  if ((rows[0]?.refused ?? 0) >= mostRefused) await endSubscription(tx, subscriberId, 'refused')
}

function endLink(
  { publicId, slug }: Tenant,
  id: string,
  language: 'en' | 'de',
  { subscribing, baseUrl }: Pick<LetterDependencies, 'subscribing' | 'baseUrl'>,
): { label: string; url: string } {
  // At the installation, not at a domain of the tenant's own: that one may be given up, and the link must work for ever.
  const token = subscribing.endToken(publicId, id)
  return {
    label: phrases[language].end,
    url: `${baseUrl}/trust/${slug}/unsubscribe?token=${token}&language=${language}`,
  }
}

/** The same letter sent again has the same id; nobody can tell from it what it is the id of. */
function idOf(id: string): string {
  return createHash('sha256').update(`subscription ${id}`).digest('hex').slice(0, 40)
}
