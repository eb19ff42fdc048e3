import { createHash } from 'node:crypto'
import { z } from 'zod'
import { findPublished } from '../edition/index.ts'
import { takeTurn, tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import type { Mailer } from '../platform/index.ts'
import { disclosureErrors } from './errors.ts'
import { disclosureQueue, makeLink } from './letter.ts'
import type { DisclosureJob } from './letter.ts'
import { refusalOf, termsForNew } from './link.ts'
import * as store from './store.ts'
import { typeOf } from './type.ts'

/** What disclosure needs of the rest of the server. */
export interface DisclosureDependencies {
  readonly mailer: Mailer
  readonly baseUrl: string
}

/** Most documents of a tenant, and most days of a link. */
const mostDocuments = 100
const mostDays = 90

const Nothing = z.object({})
const Id = { disclosureId: z.uuid() }
const reason = z.string().trim().min(1).max(500)
const audiences = ['public', 'request'] as const
const widths = ['customers', 'auditors'] as const

const Document = z.object({
  documentId: z.uuid(),
  title: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  sha256: z.string(),
  audience: z.enum(audiences),
  addedAt: z.iso.datetime(),
})

const Request = z.object({
  disclosureId: z.uuid(),
  state: z.enum(['asked', 'granted', 'declined', 'revoked', 'expired', 'used-up']),
  name: z.string(),
  organisation: z.string(),
  email: z.string(),
  reason: z.string(),
  askedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  answer: z.string().nullable(),
  audience: z.enum(widths).nullable(),
  documentIds: z.array(z.uuid()),
  endsAt: z.iso.datetime(),
  termsVersion: z.int().nullable(),
  acceptedAt: z.iso.datetime().nullable(),
  /** What was taken by its link, the last first: `edition`, or the id of a document. */
  uses: z.array(z.object({ at: z.iso.datetime(), what: z.string() })),
})

/** Documents beside the edition, and who gets what is not for everybody. */
export function disclosureOperations({ mailer, baseUrl }: DisclosureDependencies) {
  return [
    tenantOperation({
      id: 'disclosure.list',
      summary: 'Lists the documents beside the edition, the terms, and who asked for what is not public',
      needs: 'ledger:read',
      input: Nothing,
      output: z.object({
        documents: z.array(Document),
        terms: z.object({ version: z.int(), text: z.string(), madeAt: z.iso.datetime() }).nullable(),
        requests: z.array(Request),
      }),
      async run(_, tx) {
        const terms = await store.findTerms(tx)
        const uses = Map.groupBy(await store.listUses(tx), (use) => use.disclosure_id)
        return {
          documents: (await store.listDocuments(tx)).map(viewDocument),
          terms: terms && { version: terms.version, text: terms.text, madeAt: terms.made_at.toISOString() },
          requests: (await store.list(tx)).map((row) => viewRequest(row, uses.get(row.id) ?? [], tx.now)),
        }
      },
    }),
    tenantOperation({
      id: 'disclosure.add_document',
      summary: 'Puts a document beside the edition: for everybody, or on request',
      kind: 'upload',
      needs: 'room:write',
      changes: true,
      input: z.object({ title: z.string().trim().min(1).max(200), audience: z.enum(audiences).default('request') }),
      output: z.object({ documentId: z.uuid() }),
      refuses: [disclosureErrors.wrong_type, disclosureErrors.too_many],
      async run({ title, audience }, tx) {
        if (!tx.upload) throw bug('an upload without a file')
        const { bytes, name } = tx.upload
        const type = typeOf(name, bytes)
        if (type === null) throw disclosureErrors.wrong_type()
        if ((await store.listDocuments(tx)).length >= mostDocuments)
          throw disclosureErrors.too_many({ most: mostDocuments })
        const id = tx.newId()
        const sha256 = createHash('sha256').update(bytes).digest()
        await store.addDocument(tx, { id, title, name, type, sha256, size: bytes.byteLength, audience }, bytes)
        await tx.append({
          type: 'evidence.added',
          about: { kind: 'evidence', id },
          content: { after: { title, name, type, audience, sha256: sha256.toString('hex'), size: bytes.byteLength } },
        })
        return { documentId: id }
      },
    }),
    tenantOperation({
      id: 'disclosure.withdraw_document',
      summary: 'Withdraws a document: its content is deleted, and no link gives it out any more',
      needs: 'room:write',
      changes: true,
      input: z.object({ documentId: z.uuid(), reason }),
      output: Nothing,
      refuses: [disclosureErrors.no_document],
      async run({ documentId, reason: why }, tx) {
        const { title, sha256 } = await store.getDocument(tx, documentId)
        await store.withdrawDocument(tx, documentId)
        await tx.append({
          type: 'evidence.withdrawn',
          about: { kind: 'evidence', id: documentId },
          content: { before: { title, sha256: sha256.toString('hex') }, reason: why },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'disclosure.document',
      summary: 'Hands out a document as its readers get it',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({ documentId: z.uuid() }),
      output: z.unknown(),
      refuses: [disclosureErrors.no_document],
      async run({ documentId }, tx) {
        const { name, type } = await store.getDocument(tx, documentId)
        const bytes = await store.openDocument(tx, documentId)
        if (!bytes) throw disclosureErrors.no_document()
        return { name, type, bytes }
      },
    }),
    tenantOperation({
      id: 'disclosure.set_terms',
      summary: 'Sets the next version of the terms that must be accepted before anything is given out',
      needs: 'room:write',
      changes: true,
      input: z.object({ text: z.string().trim().min(1).max(20_000) }),
      output: z.object({ version: z.int() }),
      async run({ text }, tx) {
        // Two at once make two versions, one after the other.
        await takeTurn(tx, 'disclosure terms')
        const version = ((await store.findTerms(tx))?.version ?? 0) + 1
        const sha256 = createHash('sha256').update(text).digest()
        await tx.sql.query('insert into disclosure_terms (version, text, sha256, made_at) values ($1, $2, $3, $4)', [
          version,
          text,
          sha256,
          tx.now,
        ])
        await tx.append({
          type: 'disclosure.terms-changed',
          about: { kind: 'tenant', id: tx.tenant.id },
          content: { after: { version, sha256: sha256.toString('hex') } },
        })
        return { version }
      },
    }),
    tenantOperation({
      id: 'disclosure.grant',
      summary: 'Grants a request: a link goes to its address, or is shown only now where no mail is sent',
      needs: 'room:write',
      changes: true,
      input: z.object({
        ...Id,
        days: z.int().min(1).max(mostDays),
        /** How much of the edition is shown; null: only documents are given out. */
        audience: z.enum(widths).nullable(),
        documentIds: z.array(z.uuid()).max(mostDocuments).default([]),
      }),
      output: z.object({
        /** Null where the link went by mail: then only who reads that mail can use it. */
        link: z.string().nullable(),
        endsAt: z.iso.datetime(),
      }),
      refuses: [
        disclosureErrors.not_found,
        disclosureErrors.decided,
        disclosureErrors.nothing_chosen,
        disclosureErrors.no_document,
        disclosureErrors.needs_edition,
      ],
      async run({ disclosureId, days, audience, documentIds }, tx) {
        const row = await store.get(tx, disclosureId)
        if (row.state !== 'asked') throw disclosureErrors.decided()
        if (audience === null && documentIds.length === 0) throw disclosureErrors.nothing_chosen()
        if (audience !== null && !(await findPublished(tx))) throw disclosureErrors.needs_edition()
        for (const id of documentIds) await store.getDocument(tx, id)
        const endsAt = new Date(tx.now.getTime() + days * 86_400_000)
        const terms = await termsForNew(tx)
        await tx.sql.query(
          `update disclosure set state = 'granted', decided_at = $2, decided_by = $3, audience = $4, documents = $5,
             ends_at = $6, terms_version = $7 where id = $1`,
          [disclosureId, tx.now, tx.caller.accountId, audience, documentIds, endsAt, terms],
        )
        await tx.append({
          type: 'disclosure.granted',
          about: { kind: 'disclosure', id: disclosureId },
          content: { after: { audience, documents: documentIds, until: endsAt.toISOString(), terms } },
        })
        if (mailer.isSet) await answerByLetter(tx, disclosureId)
        return {
          link: mailer.isSet ? null : await makeLink(tx, disclosureId, baseUrl),
          endsAt: endsAt.toISOString(),
        }
      },
    }),
    tenantOperation({
      id: 'disclosure.decline',
      summary: 'Declines a request; its sender is told by mail, with a sentence of yours if you want',
      needs: 'room:write',
      changes: true,
      input: z.object({ ...Id, answer: z.string().trim().min(1).max(1_000).nullable().default(null) }),
      output: Nothing,
      refuses: [disclosureErrors.not_found, disclosureErrors.decided],
      async run({ disclosureId, answer }, tx) {
        if ((await store.get(tx, disclosureId)).state !== 'asked') throw disclosureErrors.decided()
        await tx.sql.query(
          `update disclosure set state = 'declined', decided_at = $2, decided_by = $3, answer = $4, ends_at = $2
           where id = $1`,
          [disclosureId, tx.now, tx.caller.accountId, answer],
        )
        await tx.append({ type: 'disclosure.declined', about: { kind: 'disclosure', id: disclosureId } })
        if (mailer.isSet) await answerByLetter(tx, disclosureId)
        return {}
      },
    }),
    tenantOperation({
      id: 'disclosure.revoke',
      summary: 'Ends the link of a request at once',
      needs: 'room:write',
      changes: true,
      input: z.object({ ...Id, reason }),
      output: Nothing,
      refuses: [disclosureErrors.not_found, disclosureErrors.not_granted],
      async run({ disclosureId, reason: why }, tx) {
        const row = await store.get(tx, disclosureId)
        if (row.state !== 'granted' || row.ends_at <= tx.now) throw disclosureErrors.not_granted()
        await tx.sql.query(`update disclosure set state = 'revoked', ends_at = $2 where id = $1`, [
          disclosureId,
          tx.now,
        ])
        await tx.append({
          type: 'disclosure.revoked',
          about: { kind: 'disclosure', id: disclosureId },
          content: { reason: why },
        })
        return {}
      },
    }),
  ]
}

async function answerByLetter(tx: TenantContext, disclosureId: string): Promise<void> {
  const job: DisclosureJob = { tenantId: tx.tenant.id, disclosureId }
  await tx.enqueue(disclosureQueue, job)
}

function viewDocument(row: store.DocumentRow): z.input<typeof Document> {
  const { id, title, name, type, size, sha256, audience, added_at: addedAt } = row
  return {
    documentId: id,
    title,
    name,
    type,
    size,
    sha256: sha256.toString('hex'),
    audience,
    addedAt: addedAt.toISOString(),
  }
}

function viewRequest(
  row: store.DisclosureRow,
  uses: readonly { what: string; at: Date }[],
  now: Date,
): z.input<typeof Request> {
  const { id, name, organisation, email, reason: why, answer, audience } = row
  const refusal = row.state === 'granted' ? refusalOf(row, now) : null
  return {
    disclosureId: id,
    state: refusal === 'expired' || refusal === 'used-up' ? refusal : row.state,
    name,
    organisation,
    email,
    reason: why,
    askedAt: row.asked_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    answer,
    audience,
    documentIds: [...row.documents],
    endsAt: row.ends_at.toISOString(),
    termsVersion: row.terms_version,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    uses: uses.map(({ what, at }) => ({ what, at: at.toISOString() })),
  }
}
