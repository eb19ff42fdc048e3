import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Attempts } from '../account/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import type { FileInspector, InspectedFile } from '../file/index.ts'
import { answerFromReporter, openLink, receive } from './intake.ts'
import type { Received } from './intake.ts'
import type { Reported } from './said.ts'
import { forgetAddress } from './letter-store.ts'
import { mayReceipt } from './letters.ts'
import { isShownOpen } from './open.ts'

/** How often something is sent, whoever sends it. Counted in the database under keyed hashes. */
export const limits = {
  /** Reports from one network. */
  source: { of: 'report.source', most: 10, minutes: 60 },
  /** Reports to one tenant, from everywhere. */
  tenant: { of: 'report.tenant', most: 60, minutes: 60 },
  /** Answers by one link. */
  link: { of: 'report.link', most: 20, minutes: 60 },
} as const

/** Nobody reads and fills in the form faster; programs do. Milliseconds. */
const leastMs = 3_000
/** A form that was left open for longer is asked for once more; nothing that was typed is lost. */
const mostMs = 24 * 3_600_000

/** A file as a form brings it. */
export interface BroughtFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What became of a report: received; or not taken, since the form is closed, too many wait, or the form was too quick or old. */
export type Sent = Received | 'closed' | 'full' | 'too-quick' | 'too-old'

/** What the pages behind the form do. */
export interface Reporting {
  /** A mark of when a form was handed out, which nobody else can make. */
  stamp(slug: string): string
  /** Counts before anything is read. @throws {account.too_many_attempts} */
  admit(slug: string, group: string): Promise<void>
  /** @throws {file.*} for a file that is not taken: nothing is kept then */
  send(
    slug: string,
    form: {
      readonly said: Reported
      readonly language: 'en' | 'de'
      readonly files: readonly BroughtFile[]
      readonly stamp: string
    },
  ): Promise<Sent>
  /** What whoever reported says more. @returns false where nothing is kept; null for a link that opens nothing */
  answer(slug: string, token: string, said: string, files: readonly BroughtFile[]): Promise<boolean | null>
  /** Whether whoever leaves an address gets letters. */
  readonly sendsLetters: boolean
  /** The tenant's name; pages that end letters open while it rests, too. */
  nameOf(slug: string): Promise<string>
  /** Ends the letters about a report and deletes the address. @returns whether there was one; null for a link that nobody signed */
  endLetters(slug: string, token: string): Promise<boolean | null>
  /** The token of the link in the foot of each letter. It never runs out, since a letter is read when it is read. */
  endToken(publicId: string, reportId: string): string
  /** Works in a tenant, whether or not its form is open: links work on. @returns null where there is no such tenant */
  within<T>(slug: string, work: (tx: TenantContext) => Promise<T>): Promise<T>
}

/** What reporting needs of the rest of the server. */
export interface ReportingDependencies {
  readonly tenants: Tenants
  readonly attempts: Attempts
  readonly files: FileInspector
  readonly mailIsSet: boolean
  readonly key: Uint8Array
  readonly now: () => Date
  /** Where reports were taken in elsewhere: who sends them was counted there, and was given their link. */
  readonly taken?: TakenReport | undefined
}

/** A report that a portal without a database took in. */
export interface TakenReport {
  readonly at: Date
  readonly token: string | null
  /** Notes in the transaction that keeps it that it was kept. @throws where it was kept before */
  readonly claim: (tx: TenantContext) => Promise<void>
}

/** Undoes the transaction: what is not kept leaves no note that it was. */
class TooManyWait extends Error {}

/** @param key signs the marks of forms, and the links that end letters */
export function openReporting({
  tenants,
  attempts,
  files: inspector,
  mailIsSet,
  key,
  now,
  taken,
}: ReportingDependencies): Reporting {
  const sign = (slug: string, at: string) =>
    createHmac('sha256', key).update(`report ${slug} ${at}`).digest('base64url')

  /** When a form was handed out; null for a mark that is not ours. */
  function handedOut(slug: string, stamp: string): number | null {
    const [, at = '', signature = ''] = /^(\d{13})\.([A-Za-z0-9_-]{43})$/.exec(stamp) ?? []
    const wanted = Buffer.from(sign(slug, at))
    const given = Buffer.from(signature)
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? Number(at) : null
  }

  /** Looks at files one after the other, before a transaction begins. */
  async function inspectAll(slug: string, files: readonly BroughtFile[]): Promise<InspectedFile[]> {
    const inspected = []
    for (const file of files) inspected.push(await inspector.inspect(file, { tenantId: slug, accountId: null }))
    return inspected
  }

  /**
   * The same where whoever sent them cannot be asked again: the report is kept without a file that is not taken, and says so.
   *
   * @throws {scanner.*} nobody can look at the moment: it comes again
   */
  async function inspectApart(
    slug: string,
    files: readonly BroughtFile[],
    language: 'en' | 'de',
  ): Promise<{ inspected: InspectedFile[]; refusals: string[] }> {
    const inspected: InspectedFile[] = []
    const refusals: string[] = []
    for (const file of files)
      try {
        inspected.push(...(await inspectAll(slug, [file])))
      } catch (error) {
        if (!(error instanceof AppError) || !error.code.startsWith('file.')) throw error
        refusals.push(`[art32: ${error.say(language)}]`)
      }
    return { inspected, refusals }
  }

  const endToken = (publicId: string, reportId: string) =>
    `${reportId}.${createHmac('sha256', key).update(`end ${publicId} ${reportId}`).digest('base64url')}`

  /** Which report a link to end letters names; null where this tenant did not sign it. */
  function named(publicId: string, token: string): string | null {
    const [, id = ''] = /^([0-9a-f-]{36})\.[A-Za-z0-9_-]{43}$/.exec(token) ?? []
    const wanted = Buffer.from(endToken(publicId, id))
    const given = Buffer.from(token)
    return id !== '' && given.length === wanted.length && timingSafeEqual(given, wanted) ? id : null
  }

  /** Whether a receipt goes out; undefined: there is no address, or no mail server. */
  async function receiptTo(email: string | null): Promise<'queued' | 'withheld' | undefined> {
    if (email === null || !mailIsSet) return undefined
    return (await mayReceipt(attempts, email)) ? 'queued' : 'withheld'
  }

  return {
    sendsLetters: mailIsSet,
    endToken,
    nameOf: (slug) => tenants.asSystem(slug, ({ tenant }) => Promise.resolve(tenant.name), { evenSuspended: true }),
    async endLetters(slug, token) {
      return await tenants.asSystem(
        slug,
        async (tx) => {
          const id = named(tx.tenant.publicId, token)
          if (id === null) return null
          const had = await forgetAddress(tx, id)
          if (had)
            await tx.append({
              type: 'report.changed',
              about: { kind: 'report', id },
              code: 'address-deleted',
              by: 'system',
            })
          return had
        },
        { evenSuspended: true },
      )
    },
    stamp(slug) {
      const at = String(now().getTime())
      return `${at}.${sign(slug, at)}`
    },
    async admit(slug, group) {
      if (taken) return
      await attempts.guard(
        [
          { ...limits.source, who: group },
          { ...limits.tenant, who: slug },
        ],
        () => Promise.resolve(),
        () => 'counts',
      )
    },
    async send(slug, { said, language, files, stamp }) {
      const age = now().getTime() - (handedOut(slug, stamp) ?? 0)
      if (!taken && age < leastMs) return 'too-quick'
      if (!taken && age > mostMs) return 'too-old'
      // Nobody makes the scanner work, or the ledger grow, at a form that is closed or by a link that opens nothing.
      if (files.length > 0 && !(await tenants.asSystem(slug, isShownOpen))) return 'closed'
      const { inspected, refusals } = taken
        ? await inspectApart(slug, files, language)
        : { inspected: await inspectAll(slug, files), refusals: [] }
      const whole = { ...said, description: [said.description, ...refusals].join('\n\n') }
      const receipt = await receiptTo(said.email)
      return await tenants
        .asSystem<Sent>(slug, async (tx) => {
          if (!(await isShownOpen(tx))) return 'closed'
          await taken?.claim(tx)
          const known = taken && { receivedAt: taken.at < tx.now ? taken.at : tx.now, link: taken.token ?? undefined }
          const kept = await receive(tx, {
            said: whole,
            language,
            files: inspected,
            source: 'form',
            receipt,
            ...known,
          })
          if (!kept) throw new TooManyWait()
          return kept
        })
        .catch((error: unknown) => {
          if (error instanceof TooManyWait) return 'full'
          throw error
        })
    },
    async answer(slug, token, said, files) {
      await attempts.guard(
        [{ ...limits.link, who: `${slug} ${token}` }],
        () => Promise.resolve(),
        () => 'counts',
      )
      if (!(await tenants.asSystem(slug, (tx) => openLink(tx, token)))) return null
      const inspected = await inspectAll(slug, files)
      return await tenants.asSystem(slug, async (tx) => {
        const report = await openLink(tx, token)
        return report ? await answerFromReporter(tx, report, said, inspected) : null
      })
    },
    within: (slug, work) => tenants.asSystem(slug, work),
  }
}
