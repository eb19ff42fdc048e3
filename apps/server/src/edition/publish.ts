import { createHash } from 'node:crypto'
import { zipSync } from 'fflate'
import { editionFor, linesOf } from '@art32/press'
import type { Anchors, EditionDocument, Visibility } from '@art32/press'
import { anchorQueue, bundleOf, findEarlier, findIndexes } from '../evidence/index.ts'
import type { AnchorJob, Stamping, TenantContext, Witnessing } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { verifier } from '../platform/index.ts'
import type { Databases } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import { agreedEditions } from './agreed.ts'
import { changesSince, refuseLessThanAgreed } from './decision.ts'
import { buildEdition, promiseOf } from './edition.ts'
import { editionErrors } from './errors.ts'
import { keptFiles } from './kept.ts'
import * as store from './store.ts'
import type { EditionFile, EditionRow } from './store.ts'

/** What making editions needs of the server. */
export interface EditionDependencies {
  readonly registry: Registry
  readonly databases: Databases
  /** Where people reach the installation; undefined: nowhere that is known. */
  readonly url?: string
  readonly witnessing: Witnessing
  readonly stamping: Stamping
}

/** Who is asked to vouch for the ledger, as an edition names them. */
function askedBy({ witnessing, stamping }: EditionDependencies): Anchors {
  return { witnesses: witnessing.names, timeStamps: stamping.host }
}

/** How many drafts are kept. */
const draftsKept = 5

/** Makes a draft of the register as it is now. @returns its id */
export async function makeDraft(tx: TenantContext, dependencies: EditionDependencies): Promise<string> {
  const head = { state: 'draft', number: null, review: null } as const
  const edition = await buildEdition(tx, head, askedBy(dependencies))
  const id = await keep(tx, edition, 'edition.drafted', null)
  await store.removeOldDrafts(tx, draftsKept)
  return id
}

/**
 * Publishes what a draft promised as the next edition, signed off by the caller.
 *
 * @throws {edition.changed_since} when the register promises something else by now: nobody signs what they did not see
 * @throws {edition.decision_needed} when it promises less than the last edition and nobody decided so
 * @throws {edition.agreed_decision_needed} so too, for an edition that a customer agreed to
 */
export async function sign(tx: TenantContext, editionId: string, dependencies: EditionDependencies): Promise<number> {
  const draft = await store.get(tx, editionId)
  if (draft.state !== 'draft') throw editionErrors.not_a_draft()
  const number = await store.nextNumber(tx)
  // Whoever signs at the same moment waits here for the number: one draft becomes one edition.
  if (!(await store.takeDraft(tx, editionId))) throw editionErrors.not_a_draft()
  const review = { by: tx.caller.role, at: tx.now.toISOString() }
  const edition = await buildEdition(tx, { state: 'edition', number, review }, askedBy(dependencies))
  if (promiseOf(edition) !== promiseOf(store.documentOf(tx, draft))) throw editionErrors.changed_since()
  const last = await store.findLast(tx)
  const changes = last && (await changesSince(tx, store.documentOf(tx, last), edition))
  await refuseLessThanAgreed(tx, await agreedEditions(tx, last?.number ?? null), edition)
  await keep(tx, changes ? { ...edition, changes } : edition, 'edition.published', tx.caller.accountId)
  return number
}

async function keep(
  tx: TenantContext,
  edition: EditionDocument,
  type: 'edition.drafted' | 'edition.published',
  signedBy: string | null,
): Promise<string> {
  const id = tx.newId()
  const shown = editionFor('public', edition)
  const [kept, checker] = await Promise.all([keptFiles(shown), verifier.read()])
  const files: EditionFile[] = [
    ...kept,
    // Of this very release: the bundle can still be checked when art32 has gone on. The log vouches for which one it was.
    { name: verifier.name, type: verifier.type, bytes: checker.bytes },
  ]
  const hashes = Object.fromEntries(
    files.map((file) => [file.name, createHash('sha256').update(file.bytes).digest('hex')]),
  )
  // The public text opens in every bundle; the whole one, with lines for customers and auditors, only for them.
  const { content } = await tx.append({
    type,
    about: { kind: 'edition', id },
    content: { content: { edition: shown, files: hashes }, whole: edition },
  })
  if (!content) throw bug('an edition was appended without its commitment')
  const anchor: AnchorJob = { tenantId: tx.tenant.id, isPublished: type === 'edition.published' }
  await tx.enqueue(anchorQueue, anchor)
  await store.add(
    tx,
    edition,
    { id, commitment: content, signedBy, signedRole: signedBy === null ? null : tx.caller.role },
    files,
  )
  return id
}

/**
 * The proof bundle of an edition, zipped. The same edition, ledger head, cosignatures and time stamp give the same bytes.
 *
 * @param audience whose records are opened; to auditors the whole text is, beside the public one
 */
export async function zipBundle(
  tx: TenantContext,
  row: EditionRow,
  dependencies: EditionDependencies,
  audience: Visibility = 'public',
): Promise<Uint8Array> {
  const { bundle } = await bundleFor(tx, row, dependencies, audience)
  const epoch = new Date('2000-01-01T00:00:00Z')
  return zipSync(Object.fromEntries(bundle), { level: 6, mtime: epoch })
}

/** The same, unpacked, with the leaf of the edition and its text as that audience reads it. */
export async function bundleFor(
  tx: TenantContext,
  row: EditionRow,
  dependencies: EditionDependencies,
  audience: Visibility,
): Promise<{ bundle: Map<string, Uint8Array>; index: number; shown: EditionDocument }> {
  const earlier = await findEarlier(tx.sql, row.commitment)
  const index = earlier?.index ?? (await findIndexes(tx.sql, [row.commitment])).get(row.commitment.toString('base64'))
  if (index === undefined) throw bug('an edition has no place in the ledger')
  const shown = editionFor(audience, store.documentOf(tx, row))
  const disclosed = linesOf(shown.sections).flatMap((line) =>
    line.parts.flatMap((part) => [
      ...(part.confirmedBy ? [{ index: part.confirmedBy.leaf, role: 'confirmation' }] : []),
      ...part.backing.map(({ kind, leaf }) => ({ index: leaf, role: kind === 'check' ? 'outcome' : kind })),
    ]),
  )
  const files = new Map((await store.listFiles(tx, row.id)).map((file) => [file.name, new Uint8Array(file.bytes)]))
  if (audience === 'auditors') disclosed.push({ index, role: 'whole' })
  const bundle = await bundleOf(tx, dependencies, index, disclosed, files, earlier?.log)
  return { bundle, index, shown }
}
