import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isViewId, viewOf } from '@art32/catalogue'
import { annexPaper, annexSheet, editionFor, presetIds, presetOf, renderJson, renderPaperPage } from '@art32/press'
import type { Language, Paper, PresetId, Visibility } from '@art32/press'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { listSubProcessors } from '../processor/index.ts'
import { typesetPaper } from '../platform/index.ts'
import { editionErrors } from './errors.ts'
import type { EditionDependencies } from './publish.ts'
import * as store from './store.ts'
import type { EditionRow } from './store.ts'

/** Forms in which an annex is handed out. */
export const annexForms = ['pdf', 'docx', 'html'] as const

/** Which annex of an edition, and for whom. */
export interface AnnexWish {
  readonly preset: PresetId
  readonly form: (typeof annexForms)[number]
  /** Of headings and of the words around the measures; null: the edition's. */
  readonly language: Language | null
  readonly audience: Extract<Visibility, 'public' | 'customers'>
}

/** A file to hand out. */
export interface AnnexFile {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

const types: Readonly<Record<AnnexWish['form'], string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
}

/**
 * A published edition as the annex of a contract: made when asked for from what never changes, and kept for a while.
 *
 * @throws {edition.not_published} of a draft: nobody attaches to a contract what nobody signed off
 */
export async function annexOf(
  tx: TenantContext,
  row: EditionRow,
  wish: AnnexWish,
  { url }: Pick<EditionDependencies, 'url'>,
): Promise<AnnexFile> {
  if (row.state !== 'edition') throw editionErrors.not_published()
  const language = wish.language ?? row.language
  const { preset, form, audience } = wish
  const subProcessors = presetOf(preset).subProcessors ? await listSubProcessors(tx, audience, language) : []
  const registered = createHash('sha256').update(JSON.stringify(subProcessors)).digest('hex')
  const bytes = await kept([tx.tenant.id, row.id, preset, language, form, audience, registered].join('/'), async () => {
    const whole = store.documentOf(tx, row)
    const json = renderJson(editionFor('public', whole))
    const sheet = annexSheet(editionFor(audience, whole), presetOf(preset), arrangementOf(preset), {
      language,
      sha256: createHash('sha256').update(json).digest('hex'),
      subProcessors,
      url: url === undefined ? null : new URL(`/trust/${tx.tenant.slug}`, url).href,
    })
    return await render(annexPaper(sheet), form)
  })
  return { name: `${tx.tenant.slug}-${row.number}-${preset}-${language}.${form}`, type: types[form], bytes }
}

async function render(paper: Paper, form: AnnexWish['form']): Promise<Buffer> {
  return form === 'html' ? Buffer.from(renderPaperPage(paper)) : await typesetPaper(paper, form)
}

function arrangementOf(preset: PresetId) {
  const { view } = presetOf(preset)
  if (!isViewId(view)) throw bug('an annex has the headings of a view that is not there')
  return viewOf(view)
}

/** Files that were asked for last; a crowd that asks for the same waits for one. */
const files = new Map<string, { readonly bytes: Promise<Buffer>; readonly at: number }>()
const mostKept = 60
const keptMs = 15 * 60_000

async function kept(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const now = performance.now()
  for (const [old, { at }] of files) if (now - at > keptMs) files.delete(old)
  const found = files.get(key)
  if (found) return await found.bytes
  const bytes = make()
  files.set(key, { bytes, at: now })
  const [oldest] = files.keys()
  if (files.size > mostKept && oldest !== undefined) files.delete(oldest)
  try {
    return await bytes
  } catch (error) {
    // What failed once is tried again.
    files.delete(key)
    throw error
  }
}

/** Hands out an edition as the annex of a contract. */
export function annexOperation(dependencies: Pick<EditionDependencies, 'url'>) {
  return tenantOperation({
    id: 'edition.annex',
    summary: 'Hands out a published edition as the annex of a contract',
    kind: 'download',
    needs: 'register:read',
    input: z.object({
      editionId: z.uuid(),
      preset: z.enum(presetIds),
      format: z.enum(annexForms).default('pdf'),
      /** Left out: the language of the edition. */
      language: z.enum(['en', 'de']).optional(),
      /** Whose lines it holds: those for everybody, or those for customers, too. */
      audience: z.enum(['public', 'customers']).default('public'),
    }),
    output: z.unknown(),
    refuses: [editionErrors.not_found, editionErrors.not_published],
    async run({ editionId, preset, format, language = null, audience }, tx) {
      const row = await store.get(tx, editionId)
      return await annexOf(tx, row, { preset, form: format, language, audience }, dependencies)
    },
  })
}
