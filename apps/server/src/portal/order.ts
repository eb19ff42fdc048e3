import { isViewId, viewOf, views } from '@art32/catalogue'
import { arrange, presetIds, presets } from '@art32/press'
import type { EditionDocument, PageOptions } from '@art32/press'
import { annexOf } from '../edition/index.ts'
import type { EditionDependencies, EditionRow } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** In which order, and as which annex, a visitor asks for the edition. */
export interface Asked {
  readonly language: 'en' | 'de' | null
  /** The order of headings; what is none is the document's own. */
  readonly view?: string | null
  /** The annex of a contract. */
  readonly preset?: string | null
}

/**
 * The edition in the order of headings that a visitor asks for, with links to the others and to the annexes.
 *
 * @param base path of the tenant's public page
 */
export function orderOf(
  edition: EditionDocument,
  { view, language }: Asked,
  base: string,
): { edition: EditionDocument; options: Pick<PageOptions, 'orders' | 'annexes'> } {
  const chosen = view !== undefined && view !== null && isViewId(view) ? viewOf(view) : null
  const words = language ?? edition.language
  const pathOf = (id: string | null) => {
    const query = new URLSearchParams({
      ...(id === null ? {} : { view: id }),
      ...(language === null ? {} : { language }),
    })
    return query.size === 0 ? base || '/' : `${base}?${query.toString()}`
  }
  return {
    edition: chosen ? arrange(edition, chosen, words) : edition,
    options: {
      orders: [null, ...views].map((one) => ({
        title: one === null ? null : one.title[words],
        path: pathOf(one?.id ?? null),
        current: (one?.id ?? null) === (chosen?.id ?? null),
      })),
      ...(edition.state === 'edition'
        ? {
            annexes: presets.map(({ id, name }) => ({
              name: name[words],
              paths: (['pdf', 'docx', 'html'] as const).map((form) => ({
                form,
                path: `${base}/annex.${form}?${new URLSearchParams({ preset: id, language: words }).toString()}`,
              })),
            })),
          }
        : {}),
    },
  }
}

/** The newest edition as the annex of a contract, for everybody; null where no such annex is known, or nothing is published. */
export async function annexAnswer(
  tx: TenantContext,
  row: EditionRow,
  file: 'annex.pdf' | 'annex.docx' | 'annex.html',
  { preset: asked, language }: Asked,
  dependencies: EditionDependencies,
): Promise<Response | null> {
  const preset = presetIds.find((id) => id === asked)
  if (preset === undefined || row.state !== 'edition') return null
  const form = file === 'annex.pdf' ? 'pdf' : file === 'annex.docx' ? 'docx' : 'html'
  const { name, type, bytes } = await annexOf(tx, row, { preset, form, language, audience: 'public' }, dependencies)
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'cache-control': 'no-cache',
      'content-disposition': `attachment; filename="${name}"`,
    },
  })
}
