import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { findDay } from '../duty/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { bug } from '../kernel/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { audiences, bulletinStates, BulletinText, isSame } from './bulletin.ts'
import { bulletinPaper, bulletinTable } from './bulletin-papers.ts'
import type { Told } from './bulletin-papers.ts'
import { incidentErrors } from './errors.ts'
import * as store from './store.ts'
import * as bulletins from './store-bulletin.ts'
import type { BulletinRow } from './store-bulletin.ts'
import { iso } from './views.ts'

const Instant = z.iso.datetime()
const Id = { incidentId: z.uuid() }

const Words = z.object({ title: z.string(), happened: z.string(), advice: z.string(), change: z.string() })
const Said = z.object({
  state: z.enum(bulletinStates),
  texts: z.object({ en: Words.optional(), de: Words.optional() }),
})

const BulletinView = z.object({
  audience: z.enum(audiences),
  draft: Said,
  revision: z.int(),
  /** What it is called outside; null: no version was published. */
  number: z.int().nullable(),
  closedAt: Instant.nullable(),
  withdrawnAt: Instant.nullable(),
  /** Whether the draft says something else than the newest version. */
  hasDraft: z.boolean(),
  /** The newest first. */
  versions: z.array(
    Said.extend({
      number: z.int(),
      publishedAt: Instant,
      /** Letters to subscribers, by what became of them. */
      letters: z.object({ taken: z.int(), refused: z.int(), interrupted: z.int() }),
    }),
  ),
})

/** What operations on bulletins need of the rest of the server. */
export interface BulletinDependencies {
  readonly mailIsSet: boolean
  /** The one address at which a tenant's public page really lives. */
  readonly homeOf: (tenant: Tenant) => Promise<string>
}

/** What is said of an incident to users: written, looked at, published in versions, closed, taken back. */
export function bulletinOperations({ mailIsSet, homeOf }: BulletinDependencies) {
  return [
    tenantOperation({
      id: 'incident.bulletin',
      summary: 'Shows what is said of an incident to users: the draft, every version, and what became of its letters',
      needs: 'ledger:read',
      input: z.object(Id),
      output: z.object({ bulletin: BulletinView.nullable(), pageUrl: z.string(), mailIsSet: z.boolean() }),
      refuses: [incidentErrors.not_found],
      async run({ incidentId }, tx) {
        await store.getIncident(tx, incidentId)
        const row = await bulletins.findBulletin(tx, incidentId)
        const home = await homeOf(tx.tenant)
        const isShown = row?.number !== null && row?.audience === 'public'
        return {
          bulletin: row && (await view(tx, row)),
          pageUrl: isShown && row ? `${home}/incidents/${row.number}` : `${home}/incidents`,
          mailIsSet,
        }
      },
    }),
    tenantOperation({
      id: 'incident.draft_bulletin',
      summary: 'Writes what users are to be told of an incident; nobody outside reads it before it is published',
      needs: 'incident:write',
      changes: true,
      input: z.object({
        ...Id,
        audience: z.enum(audiences).default('public'),
        text: BulletinText,
        /** Of the draft that was changed; null: there was none. */
        revision: z.int().nullable().default(null),
      }),
      output: z.object({ revision: z.int() }),
      refuses: [
        incidentErrors.not_found,
        incidentErrors.drill_only,
        incidentErrors.bulletin_changed,
        incidentErrors.bulletin_withdrawn,
        incidentErrors.audience_fixed,
      ],
      async run({ incidentId, audience, text, revision }, tx) {
        const { source } = await store.getIncident(tx, incidentId)
        if (source === 'drill') throw incidentErrors.drill_only()
        const row = await bulletins.findBulletin(tx, incidentId)
        if ((row?.revision ?? null) !== revision) throw incidentErrors.bulletin_changed()
        if (row?.withdrawn_at) throw incidentErrors.bulletin_withdrawn()
        // What was said to few does not become public by another version, and what was public stays it.
        if (row && row.number !== null && row.audience !== audience) throw incidentErrors.audience_fixed()
        const next = (row?.revision ?? 0) + 1
        await bulletins.saveBulletin(tx, {
          ...(row ?? { incident_id: incidentId, number: null, closed_at: null, withdrawn_at: null }),
          audience,
          draft: text,
          revision: next,
        })
        await changed(tx, incidentId, 'bulletin-drafted', { audience, text })
        return { revision: next }
      },
    }),
    tenantOperation({
      id: 'incident.publish',
      summary: 'Publishes the draft that was looked at as the next version; subscribers are told once',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        ...Id,
        /** Of the draft that was looked at: another one is not published. */
        revision: z.int(),
      }),
      output: z.object({ number: z.int() }),
      refuses: [
        incidentErrors.not_found,
        incidentErrors.drill_only,
        incidentErrors.no_bulletin,
        incidentErrors.bulletin_changed,
        incidentErrors.bulletin_unchanged,
        incidentErrors.bulletin_withdrawn,
        incidentErrors.no_letters,
      ],
      run: async ({ incidentId, revision }, tx) => ({ number: await publish(tx, { incidentId, revision, mailIsSet }) }),
    }),
    tenantOperation({
      id: 'incident.close_bulletin',
      summary: 'Says that nothing more is to come on what users were told; another version opens it again',
      needs: 'edition:sign',
      changes: true,
      input: z.object(Id),
      output: z.object({}),
      refuses: [incidentErrors.not_found, incidentErrors.no_bulletin, incidentErrors.bulletin_over],
      async run({ incidentId }, tx) {
        const row = await getPublished(tx, incidentId)
        await bulletins.saveBulletin(tx, { ...row, closed_at: tx.now })
        await store.addEntry(tx, { incidentId, kind: 'bulletin-closed' })
        await changed(tx, incidentId, 'bulletin-closed', { number: row.number })
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.withdraw_bulletin',
      summary:
        'Takes back what users were told: its texts are read by nobody outside any more, and waiting letters are not sent',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        ...Id,
        /** For the record here; nobody outside reads it. */
        reason: z.string().trim().min(3).max(1_000),
      }),
      output: z.object({}),
      refuses: [incidentErrors.not_found, incidentErrors.no_bulletin, incidentErrors.bulletin_withdrawn],
      async run({ incidentId, reason }, tx) {
        const row = await getPublished(tx, incidentId, { evenClosed: true })
        await bulletins.saveBulletin(tx, { ...row, withdrawn_at: tx.now })
        await store.addEntry(tx, { incidentId, kind: 'unpublished', text: reason })
        await tx.append({
          type: 'notice.withdrawn',
          about: { kind: 'incident', id: incidentId },
          content: { after: { number: row.number, reason } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.bulletin_paper',
      summary: 'Hands out what users were told of an incident: every version, and what became of its letters',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        ...Id,
        format: z.enum(['pdf', 'docx', 'csv', 'json']),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [incidentErrors.not_found, incidentErrors.no_bulletin, ...Object.values(paperErrors)],
      async run({ incidentId, format, language }, tx) {
        const told = await toldOf(tx, incidentId)
        // What nobody outside was told stays here.
        const { draft: _, hasDraft: __, ...data } = await view(tx, told.row)
        return await paperDownload({
          tx,
          paper: bulletinPaper(told, language),
          format,
          name: `incident-${told.incident.number}-bulletin`,
          table: bulletinTable(told, language),
          data,
        })
      },
    }),
  ]
}

async function toldOf(tx: TenantContext, incidentId: string): Promise<Told> {
  const incident = await store.getIncident(tx, incidentId)
  const row = await bulletins.findBulletin(tx, incidentId)
  if (!row) throw incidentErrors.no_bulletin()
  return {
    incident,
    row,
    versions: await bulletins.listVersions(tx, [incidentId]),
    letters: await bulletins.countDeliveries(tx, incidentId),
    timeZone: (await findDay(tx)).timeZone,
  }
}

/** Publishes exactly the draft of that revision, once: the next one has another. @returns the number of the version */
async function publish(
  tx: TenantContext,
  { incidentId, revision, mailIsSet }: { incidentId: string; revision: number; mailIsSet: boolean },
): Promise<number> {
  const { source } = await store.getIncident(tx, incidentId)
  if (source === 'drill') throw incidentErrors.drill_only()
  const row = await bulletins.findBulletin(tx, incidentId)
  if (!row) throw incidentErrors.no_bulletin()
  if (row.withdrawn_at) throw incidentErrors.bulletin_withdrawn()
  if (row.revision !== revision) throw incidentErrors.bulletin_changed()
  if (row.audience === 'subscribers' && !mailIsSet) throw incidentErrors.no_letters()
  const last = (await bulletins.listVersions(tx, [incidentId])).at(-1)
  if (last && isSame(last.content, row.draft)) throw incidentErrors.bulletin_unchanged()
  const number = (last?.number ?? 0) + 1
  const { content: commitment } = await tx.append({
    type: 'notice.published',
    about: { kind: 'incident', id: incidentId },
    code: number === 1 ? 'first' : 'again',
    content: { content: { audience: row.audience, number, text: row.draft } },
  })
  if (!commitment) throw bug('a bulletin was appended without its commitment')
  await bulletins.saveBulletin(tx, {
    ...row,
    number: row.number ?? (await bulletins.nextNumber(tx)),
    // What changed is said anew of each version.
    draft: withoutChange(row.draft),
    revision: revision + 1,
    closed_at: null,
  })
  await bulletins.addVersion(tx, {
    incident_id: incidentId,
    number,
    published_at: tx.now,
    content: row.draft,
    commitment,
  })
  await store.addEntry(tx, { incidentId, kind: 'published', text: titlesOf(row.draft) })
  return number
}

function withoutChange({ state, texts: { en, de } }: BulletinText): BulletinText {
  return {
    state,
    texts: { ...(en ? { en: { ...en, change: '' } } : {}), ...(de ? { de: { ...de, change: '' } } : {}) },
  }
}

function titlesOf({ texts }: BulletinText): string {
  return [texts.en?.title, texts.de?.title].filter((one) => one !== undefined).join(' · ')
}

/** A bulletin that stands. @throws {incident.not_found | incident.no_bulletin | incident.bulletin_withdrawn | incident.bulletin_over} */
async function getPublished(tx: TenantContext, incidentId: string, { evenClosed = false } = {}): Promise<BulletinRow> {
  await store.getIncident(tx, incidentId)
  const row = await bulletins.findBulletin(tx, incidentId)
  if (!row || row.number === null) throw incidentErrors.no_bulletin()
  if (evenClosed && row.withdrawn_at) throw incidentErrors.bulletin_withdrawn()
  if (!evenClosed && (row.withdrawn_at ?? row.closed_at)) throw incidentErrors.bulletin_over()
  return row
}

async function view(tx: TenantContext, row: BulletinRow): Promise<z.input<typeof BulletinView>> {
  const versions = await bulletins.listVersions(tx, [row.incident_id])
  const counts = await bulletins.countDeliveries(tx, row.incident_id)
  const last = versions.at(-1)
  const count = (number: number, outcome: (typeof counts)[number]['outcome']) =>
    counts.find((one) => one.number === number && one.outcome === outcome)?.count ?? 0
  return {
    audience: row.audience,
    draft: row.draft,
    revision: row.revision,
    number: row.number,
    closedAt: iso(row.closed_at),
    withdrawnAt: iso(row.withdrawn_at),
    hasDraft: !last || !isSame(last.content, row.draft),
    versions: versions.toReversed().map(({ number, published_at: at, content }) => ({
      number,
      publishedAt: at.toISOString(),
      ...content,
      letters: {
        taken: count(number, 'taken'),
        refused: count(number, 'refused'),
        interrupted: count(number, 'interrupted'),
      },
    })),
  }
}

async function changed(tx: TenantContext, id: string, code: string, after: object): Promise<void> {
  await tx.append({ type: 'incident.changed', about: { kind: 'incident', id }, code, content: { after } })
}
