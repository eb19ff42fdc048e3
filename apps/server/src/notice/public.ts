import { compareSheets } from './compare.ts'
import type { Compared } from './compare.ts'
import type { TenantContext } from '../evidence/index.ts'
import { noticePaper } from './papers.ts'
import { nameOf } from './publish.ts'
import * as store from './store.ts'
import type { AppRow } from './store.ts'

type Language = 'en' | 'de'

/** An app whose notice is published, as everybody sees it. */
export interface PublicApp {
  readonly slug: string
  readonly name: string
  readonly number: number
  readonly at: Date
  readonly isEnded: boolean
}

/** A published notice with the numbers and days of all its versions, the newest first. */
export interface PublicNotice extends PublicApp {
  readonly paper: ReturnType<typeof noticePaper>
  readonly versions: readonly { readonly number: number; readonly at: Date }[]
}

/** Every app with a published notice, by name. What is only drafted is not there. */
export async function listPublicApps(tx: TenantContext, language: Language): Promise<PublicApp[]> {
  const newest = await store.newestVersions(tx)
  return (await store.listApps(tx))
    .flatMap((row): PublicApp[] => {
      const version = newest.get(row.id)
      return version ? [shown(row, version, language)] : []
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, language))
}

/** Whether any notice is published. */
export async function hasNotices(tx: TenantContext): Promise<boolean> {
  return (await store.newestVersions(tx)).size > 0
}

/** A version of a notice as everybody sees it; without a number the newest. */
export async function findPublicNotice(
  tx: TenantContext,
  { slug, number, language }: { slug: string; number: number | null; language: Language },
): Promise<PublicNotice | undefined> {
  const row = (await store.listApps(tx)).find((one) => one.slug === slug)
  const versions = row ? await store.listVersions(tx, row.id) : []
  const wanted = number ?? versions[0]?.number
  if (!row || wanted === undefined) return undefined
  const version = await store.findVersion(tx, row.id, wanted)
  if (!version) return undefined
  return {
    ...shown(row, version, language),
    paper: noticePaper(version.content, version, language),
    versions: versions.map((one) => ({ number: one.number, at: one.at })),
  }
}

/** Two published versions word by word, for everybody. */
export async function comparePublic(
  tx: TenantContext,
  { slug, from, to, language }: { slug: string; from: number; to: number; language: Language },
): Promise<Compared[] | undefined> {
  const row = (await store.listApps(tx)).find((one) => one.slug === slug)
  const before = row && (await store.findVersion(tx, row.id, from))
  const after = row && (await store.findVersion(tx, row.id, to))
  return before && after && compareSheets(before.content.sheets[language], after.content.sheets[language])
}

function shown(
  { slug, ended_at: endedAt }: AppRow,
  { number, at, content }: { number: number; at: Date; content: store.Content },
  language: Language,
): PublicApp {
  return { slug, name: nameOf(content.known.facts, language, slug), number, at, isEnded: endedAt !== null }
}
