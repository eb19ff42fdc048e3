import { createHash } from 'node:crypto'
import { canonicalJson } from '@art32/press'
import { z } from 'zod'
import { todayOf } from '../calendar/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { addDuration, bug, cleanText } from '../kernel/index.ts'
import { endAttestations, attest } from '../measure/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { auditKinds, severities, stateOf } from './audit.ts'
import { collectReview, collectSample } from './collect.ts'
import { auditErrors } from './errors.ts'
import { auditPaper, auditTable } from './papers.ts'
import * as store from './store.ts'
import type { CountedRow, ItemRow } from './store.ts'
import { AuditView, ItemView, viewAudit, viewItem } from './views.ts'
import type { Names } from './views.ts'

const text = (least: number, most: number) => z.string().transform(cleanText).pipe(z.string().min(least).max(most))
const Reason = text(3, 2_000)
const pageSize = 50

/** The measure of the catalogue behind which a signed audit stands. */
const standsBehind = { review: 'measure-review', internal: 'internal-audit' } as const

/** What audits need of the rest of the server. */
export interface AuditDependencies {
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
}

/** What can be done with audits. */
export function auditOperations({ accountsById }: AuditDependencies) {
  const namesOf = async (rows: readonly CountedRow[]): Promise<Names> =>
    await accountsById([...new Set(rows.flatMap(({ signed_by: by }) => by ?? []))])
  return [
    tenantOperation({
      id: 'audit.list',
      summary: 'Lists reviews and internal audits with what is open in each',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({ audits: z.array(AuditView) }),
      async run(_, tx) {
        const rows = await store.listAudits(tx)
        const names = await namesOf(rows)
        return { audits: rows.map((row) => viewAudit(row, names)) }
      },
    }),
    tenantOperation({
      id: 'audit.show',
      summary: 'Shows an audit with a page of what is looked at',
      needs: 'ledger:read',
      input: z.object({
        auditId: z.uuid(),
        show: z.enum(store.shownItems).default('all'),
        page: z.coerce.number().int().min(0).max(10_000).default(0),
      }),
      output: z.object({ audit: AuditView, items: z.array(ItemView), pages: z.int() }),
      refuses: [auditErrors.not_found],
      async run({ auditId, show, page }, tx) {
        const row = await store.getAudit(tx, auditId)
        const items = await store.listItems(tx, auditId, { show, page, size: pageSize })
        const total = { undecided: row.undecided, findings: row.findings, 'to-do': row.to_do, all: row.items }[show]
        return {
          audit: viewAudit(row, await namesOf([row])),
          items: items.map(viewItem),
          pages: Math.max(1, Math.ceil(total / pageSize)),
        }
      },
    }),
    tenantOperation({
      id: 'audit.plan',
      summary: 'Plans a review of the measures or an internal audit for a day',
      needs: 'register:write',
      changes: true,
      input: z.object({
        kind: z.enum(auditKinds),
        title: text(3, 200),
        scope: text(0, 2_000),
        plannedOn: z.iso.date(),
      }),
      output: z.object({ auditId: z.uuid() }),
      async run({ kind, title, scope, plannedOn }, tx) {
        const id = tx.newId()
        await store.addAudit(tx, { id, kind, title, scope, planned_on: plannedOn })
        await tx.append({
          type: 'audit.planned',
          about: { kind: 'audit', id },
          code: kind,
          content: { after: { title, scope, plannedOn } },
        })
        return { auditId: id }
      },
    }),
    tenantOperation({
      id: 'audit.open',
      summary:
        'Collects what is looked at: all since the last review, or a sample of the lines that are said to be in place',
      needs: 'register:write',
      changes: true,
      /** `sample` counts for an internal audit. */
      input: z.object({ auditId: z.uuid(), sample: z.int().min(1).max(500).default(20) }),
      output: z.object({ items: z.int() }),
      refuses: [auditErrors.not_found, auditErrors.already_open, auditErrors.one_review, auditErrors.no_document],
      run: async ({ auditId, sample }, tx) => ({ items: await open(tx, auditId, sample) }),
    }),
    tenantOperation({
      id: 'audit.note',
      summary: 'Adds something that whoever looks saw themselves',
      needs: 'register:write',
      changes: true,
      input: z.object({ auditId: z.uuid(), title: text(3, 500) }),
      output: z.object({}),
      refuses: [auditErrors.not_found, auditErrors.not_open],
      async run({ auditId, title }, tx) {
        await opened(tx, auditId)
        await store.addItems(tx, auditId, [{ about_kind: 'own', about_id: '', title, reasons: ['own'], detail: {} }])
        await tx.append({
          type: 'audit.decided',
          about: { kind: 'audit', id: auditId },
          code: 'noted',
          content: { after: { title } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'audit.decide',
      summary: 'Says of an item that it is fine, or that it is a finding that somebody follows up',
      needs: 'register:write',
      changes: true,
      input: z.object({
        itemId: z.uuid(),
        verdict: z.enum(['fine', 'finding']),
        note: text(0, 2_000).default(''),
        /** Needed for a finding, as are note, owner and day. */
        severity: z.enum(severities).optional(),
        owner: text(0, 100).default(''),
        due: z.iso.date().optional(),
      }),
      output: z.object({ undecided: z.int() }),
      refuses: [auditErrors.no_item, auditErrors.not_open, auditErrors.no_follow_up],
      run: async (input, tx) => ({ undecided: await decide(tx, input) }),
    }),
    tenantOperation({
      id: 'audit.sign',
      summary: 'Signs an audit with its conclusion; nothing of it changes afterwards',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ auditId: z.uuid(), conclusion: text(10, 5_000) }),
      output: z.object({}),
      refuses: [auditErrors.not_found, auditErrors.not_open, auditErrors.undecided],
      async run({ auditId, conclusion }, tx) {
        await sign(tx, auditId, conclusion)
        return {}
      },
    }),
    tenantOperation({
      id: 'audit.cancel',
      summary: 'Gives up an audit that is not signed, with a reason; it stays on record',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ auditId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [auditErrors.not_found, auditErrors.not_open],
      async run({ auditId, reason }, tx) {
        const state = stateOf(await store.getAudit(tx, auditId, true))
        if (state !== 'planned' && state !== 'open') throw auditErrors.not_open()
        await store.cancelAudit(tx, auditId, reason)
        await tx.append({
          type: 'audit.cancelled',
          about: { kind: 'audit', id: auditId },
          content: { reason: { reason } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'audit.done',
      summary: 'Says what was done about a finding of a signed audit',
      needs: 'register:write',
      changes: true,
      input: z.object({ itemId: z.uuid(), note: Reason }),
      output: z.object({}),
      refuses: [auditErrors.no_item, auditErrors.nothing_to_do],
      async run({ itemId, note }, tx) {
        const audit = await store.getAudit(tx, (await store.getItem(tx, itemId)).audit_id, true)
        // Read again, held: somebody may have closed it meanwhile.
        const item = await store.getItem(tx, itemId)
        if (stateOf(audit) !== 'signed' || item.verdict !== 'finding' || item.done_at !== null)
          throw auditErrors.nothing_to_do()
        await store.closeItem(tx, itemId, note)
        await tx.append({
          type: 'audit.done',
          about: { kind: 'audit', id: audit.id },
          content: { after: { item: itemId, position: item.position, note } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'audit.export',
      summary: 'Hands out the record of an audit as document, table or data',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        auditId: z.uuid(),
        format: z.enum(['pdf', 'docx', 'csv', 'json']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [auditErrors.not_found, ...Object.values(paperErrors)],
      async run({ auditId, format, language }, tx) {
        const row = await store.getAudit(tx, auditId)
        const audit = viewAudit(row, await namesOf([row]))
        const items = (await allItems(tx, auditId)).map(viewItem)
        return await paperDownload({
          tx,
          paper: auditPaper(audit, items, language),
          format,
          name: row.kind === 'review' ? 'review' : 'internal-audit',
          table: auditTable(items),
          data: { format: 'art32.audit/1', audit, items },
        })
      },
    }),
  ]
}

async function allItems(tx: TenantContext, auditId: string): Promise<ItemRow[]> {
  return await store.listItems(tx, auditId, { show: 'all', page: 0, size: 100_000 })
}

/** @throws {audit.not_found | not_open} */
async function opened(tx: TenantContext, auditId: string): Promise<CountedRow> {
  const row = await store.getAudit(tx, auditId, true)
  if (stateOf(row) !== 'open') throw auditErrors.not_open()
  return row
}

async function open(tx: TenantContext, auditId: string, sample: number): Promise<number> {
  if ((await store.getAudit(tx, auditId)).kind === 'review') await store.holdReviews(tx)
  const row = await store.getAudit(tx, auditId, true)
  if (stateOf(row) !== 'planned') throw auditErrors.already_open()
  if (row.kind === 'review') {
    const others = await store.listAudits(tx)
    if (others.some((one) => one.kind === 'review' && stateOf(one) === 'open')) throw auditErrors.one_review()
  }
  const since = row.kind === 'review' ? await store.lastReview(tx) : null
  const seed = row.kind === 'internal' ? tx.newId() : null
  const drawn = seed === null ? null : await collectSample(tx, seed, sample)
  const items = drawn?.items ?? (await collectReview(tx, since))
  const population = drawn?.population ?? null
  await store.openAudit(tx, { id: auditId, since, seed, population })
  await store.addItems(tx, auditId, items)
  await tx.append({
    type: 'audit.opened',
    about: { kind: 'audit', id: auditId },
    code: row.kind,
    content: {
      after: {
        since: since?.toISOString() ?? null,
        seed,
        population,
        items: items.length,
        sha256: digestOf(items.map(({ about_kind: kind, about_id: id, reasons }) => ({ kind, id, reasons }))),
      },
    },
  })
  return items.length
}

interface Deciding {
  readonly itemId: string
  readonly verdict: 'fine' | 'finding'
  readonly note: string
  readonly severity?: (typeof severities)[number] | undefined
  readonly owner: string
  readonly due?: string | undefined
}

async function decide(tx: TenantContext, { itemId, verdict, note, severity, owner, due }: Deciding): Promise<number> {
  const item = await store.getItem(tx, itemId)
  const audit = await opened(tx, item.audit_id)
  const isFollowed = severity !== undefined && due !== undefined && note.length >= 3 && owner !== ''
  if (verdict === 'finding' && !isFollowed) throw auditErrors.no_follow_up()
  const said =
    verdict === 'fine'
      ? { verdict, note, severity: null, owner: '', due: null }
      : { verdict, note, severity: severity ?? null, owner, due: due ?? null }
  await store.decideItem(tx, { id: itemId, ...said })
  await tx.append({
    type: 'audit.decided',
    about: { kind: 'audit', id: audit.id },
    code: verdict,
    content: { after: { item: itemId, position: item.position, ...said } },
  })
  return audit.undecided - (item.verdict === null ? 1 : 0)
}

/** A year, and as long again as a twelfth: nobody looks on the very same day. */
const validFor = 'P13M'

async function sign(tx: TenantContext, auditId: string, conclusion: string): Promise<void> {
  const row = await opened(tx, auditId)
  if (row.undecided > 0) throw auditErrors.undecided({ count: row.undecided })
  const sha256 = digestOf((await allItems(tx, auditId)).map(viewItem))
  const commitments = await tx.append({
    type: 'audit.signed',
    about: { kind: 'audit', id: auditId },
    code: row.kind,
    content: { after: { conclusion, items: row.items, findings: row.findings, sha256 } },
  })
  const commitment = commitments['after']
  if (!commitment) throw bug('a signed audit without its commitment')
  await store.signAudit(tx, { id: auditId, conclusion, commitment })
  await endEarlier(tx, row)
  await attest(tx, {
    catalogue_id: standsBehind[row.kind],
    source: 'audit',
    source_id: auditId,
    title: row.title,
    effective_on: await todayOf(tx),
    fresh_until: addDuration(tx.now, validFor),
    evidence: [sha256],
  })
}

/** The newest audit of a kind counts. */
async function endEarlier(tx: TenantContext, { id, kind }: CountedRow): Promise<void> {
  for (const other of await store.listAudits(tx))
    if (other.kind === kind && other.id !== id && other.signed_at !== null)
      await endAttestations(tx, { source: 'audit', source_id: other.id, at: tx.now })
}

/** SHA-256 of canonical JSON (RFC 8785), hex. */
function digestOf(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}
