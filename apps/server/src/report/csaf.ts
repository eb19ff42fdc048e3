import { createHash } from 'node:crypto'
import { scoreOf } from './cvss.ts'
import type { AdvisoryText, Revision } from './advisory.ts'

/** Who publishes, and where. */
export interface Publisher {
  readonly name: string
  /** Where the tenant's public page lives, without a slash at the end. */
  readonly home: string
  readonly version: string
}

/** The folder of what everybody may read. */
export const whiteFolder = 'csaf/white'

/** The name of a document's file: its id in small letters, and `_` for what is none of `+`, `-`, a letter or a digit (CSAF 2.0 §5.1). */
export function fileNameOf(trackingId: string): string {
  return `${trackingId.toLowerCase().replaceAll(/[^+\-a-z0-9]+/g, '_')}.json`
}

/** Where a document lies below the folder: by the year in which it was first released (CSAF 2.0 §7.1.11). */
export function pathOf(trackingId: string, firstRelease: string): string {
  return `${firstRelease.slice(0, 4)}/${fileNameOf(trackingId)}`
}

/** The address at which names of a publisher are its own. */
export function namespaceOf({ home }: Pick<Publisher, 'home'>): string {
  return new URL(home).origin
}

/** What a document is made of: the text, what it is called, and every version of it up to this one. */
export interface AdvisorySource {
  readonly text: AdvisoryText
  readonly trackingId: string
  readonly revisions: readonly Revision[]
}

/**
 * An advisory as CSAF 2.0, profile `csaf_security_advisory`.
 *
 * CSAF 2.0 has no place for a score of CVSS 4.0: the vector stands in a note, its word in the aggregate severity and in a
 * threat, and no score of another version is made up from it.
 *
 * @source OASIS Common Security Advisory Framework Version 2.0, 18 November 2022, sections 3, 4.4 and 5.1
 */
export function csafOf({ text, trackingId, revisions }: AdvisorySource, publisher: Publisher): object {
  const first = revisions[0]?.date ?? ''
  const last = revisions.at(-1)
  const { tree, affected, fixed } = productsOf(text, publisher.name)
  const scored = text.vector === null ? null : scoreOf(text.vector)
  const url = `${publisher.home}/${whiteFolder}/${pathOf(trackingId, first)}`
  return {
    document: {
      category: 'csaf_security_advisory',
      csaf_version: '2.0',
      lang: text.language,
      title: text.title,
      ...(scored && scored.severity !== 'none'
        ? { aggregate_severity: { namespace: cvssSource, text: severityWord(scored.severity) } }
        : {}),
      distribution: { tlp: { label: 'WHITE', url: 'https://www.first.org/tlp/v1/' } },
      notes: [
        { category: 'summary', text: text.summary, title: words[text.language].summary },
        ...(text.details === ''
          ? []
          : [{ category: 'details', text: text.details, title: words[text.language].details }]),
      ],
      publisher: { category: 'vendor', name: publisher.name, namespace: namespaceOf(publisher) },
      references: [{ category: 'self', summary: words[text.language].self, url }, ...text.references.map(externalOf)],
      tracking: {
        id: trackingId,
        status: 'final',
        version: String(last?.number ?? 1),
        initial_release_date: first,
        current_release_date: last?.date ?? first,
        generator: { date: last?.date ?? first, engine: { name: 'art32', version: publisher.version } },
        revision_history: revisions.map(({ number, date, summary }) => ({ number: String(number), date, summary })),
      },
    },
    product_tree: tree,
    vulnerabilities: [
      {
        ...(text.credit === '' ? {} : { acknowledgments: [{ summary: text.credit }] }),
        ...(text.cve === null ? {} : { cve: text.cve }),
        ids: [{ system_name: publisher.name, text: trackingId }],
        notes: [
          { category: 'description', text: text.summary, title: words[text.language].summary },
          ...(scored
            ? [
                {
                  category: 'other',
                  text: `${scored.score.toFixed(1)} (${severityWord(scored.severity)}) ${scored.vector}`,
                  title: 'CVSS v4.0',
                },
              ]
            : []),
        ],
        product_status: {
          ...(fixed.length === 0 ? {} : { fixed }),
          ...(affected.length === 0 ? {} : { known_affected: affected }),
        },
        ...(affected.length === 0 ? {} : { remediations: remediationsOf(text, affected) }),
        ...(scored && scored.severity !== 'none' && affected.length > 0
          ? {
              threats: [
                {
                  category: 'impact',
                  details: severityWord(scored.severity),
                  product_ids: affected,
                },
              ],
            }
          : {}),
        title: text.title,
      },
    ],
  }
}

/** A document exactly as it is given out and hashed: names in order (test 6.2.13), two spaces, one line break at the end. */
export function csafText(document: object): string {
  return `${JSON.stringify(inOrder(document), null, 2)}\n`
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, inOrder(one)]),
  )
}

const cvssSource = 'https://www.first.org/cvss/v4.0/specification-document'

const words = {
  en: { summary: 'Summary', details: 'Details', self: 'This advisory as CSAF', none: 'No remedy is available yet.' },
  de: {
    summary: 'Zusammenfassung',
    details: 'Einzelheiten',
    self: 'Dieser Sicherheitshinweis als CSAF',
    none: 'Eine Abhilfe gibt es noch nicht.',
  },
} as const

function severityWord(severity: string): string {
  return `${severity.slice(0, 1).toUpperCase()}${severity.slice(1)}`
}

function externalOf({ summary, url }: { summary: string; url: string }): object {
  return { category: 'external', summary, url }
}

/** What a name of a version holds when it is a range (CSAF 2.0, test 6.1.31). */
const range =
  /[<>=*]|\b(?:after|all|before|earlier|first|last|later|less|prior|versions?|vor|bis|ab|alle|älter|und)\b/iu

interface Products {
  readonly tree: object
  readonly affected: string[]
  readonly fixed: string[]
}

function productsOf({ products }: AdvisoryText, vendor: string): Products {
  const affected: string[] = []
  const fixed: string[] = []
  const branches = products.map(({ name, affected: bad, fixed: good }, product) => {
    const leaf = (version: string, kind: 'affected' | 'fixed', index: number) => {
      const id = `CSAFPID-${product + 1}-${kind === 'affected' ? 'A' : 'F'}${index + 1}`
      ;(kind === 'affected' ? affected : fixed).push(id)
      return {
        category: range.test(version) ? 'product_version_range' : 'product_version',
        name: version,
        product: { name: `${vendor} ${name} ${version}`, product_id: id },
      }
    }
    const versions = [
      ...bad.map((version, index) => leaf(version, 'affected', index)),
      ...good.map((version, index) => leaf(version, 'fixed', index)),
    ]
    return { branches: versions, category: 'product_name', name }
  })
  return { tree: { branches: [{ branches, category: 'vendor', name: vendor }] }, affected, fixed }
}

function remediationsOf({ remedy, workaround, language }: AdvisoryText, affected: readonly string[]): object[] {
  const one = (category: string, details: string) => ({ category, details, product_ids: [...affected] })
  const found = [
    ...(remedy === '' ? [] : [one('vendor_fix', remedy)]),
    ...(workaround === '' ? [] : [one('workaround', workaround)]),
  ]
  return found.length === 0 ? [one('none_available', words[language].none)] : found
}

/** SHA-256 and SHA-512 of a document, as files beside it say them (CSAF 2.0 §7.1.18). */
export function hashFile(text: string, name: string, algorithm: 'sha256' | 'sha512'): string {
  return `${createHash(algorithm).update(text).digest('hex')}  ${name}\n`
}
