import { html, longDay, pageStyle, paperBody } from '@art32/press'
import type { Markup } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { comparePublic, findPublicNotice, listPublicApps } from '../notice/index.ts'
import type { PublicApp, PublicNotice } from '../notice/index.ts'
import type { Made } from './cache.ts'
import { languageQuery, portalStyle, sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** Where a notice is shown. */
interface Around {
  readonly place: Place
  /** Whether a document is published, to lead back to. */
  readonly hasDocument: boolean
}

const stylesheet = 'notices/style.css'

/** Whether a file below the public page is one of privacy notices: `notices`, `notices/<app>` and its versions. */
export function isNotice(file: string): boolean {
  return file === 'notices' || file.startsWith('notices/')
}

/** The list of privacy notices, one of them, a version of it, or two versions word by word; null where there is nothing. */
export async function noticeFile(tx: TenantContext, file: string, around: Around): Promise<Made | null> {
  if (file === stylesheet) return made('text/css; charset=utf-8', `${pageStyle()}${portalStyle}${own}`)
  const { language } = around.place
  if (file === 'notices') {
    const apps = await listPublicApps(tx, language)
    return apps.length === 0 ? null : made(htmlType, listPage(tx.tenant.name, apps, around))
  }
  const match = /^notices\/([a-z0-9][a-z0-9-]{0,39})(?:\/([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?)?$/.exec(file)
  if (!match) return null
  const [, slug = '', first, second] = match
  if (first !== undefined && second !== undefined)
    return await comparePage(tx, { slug, from: Number(first), to: Number(second) }, around)
  const notice = await findPublicNotice(tx, { slug, number: first === undefined ? null : Number(first), language })
  return notice ? made(htmlType, noticePage(tx.tenant.name, notice, around)) : null
}

const htmlType = 'text/html; charset=utf-8'

function made(type: string, body: string): Made {
  return { type, body, until: null, isForAll: true }
}

function listPage(tenant: string, apps: readonly PublicApp[], { place, hasDocument }: Around): string {
  const { base, language } = place
  const words = say[language]
  return sheetPage(place, {
    title: words.title,
    over: tenant,
    here: `${base}/notices`,
    style: `${base}/${stylesheet}`,
    ...(hasDocument ? {} : { back: null }),
    body: html`<p class="lead">${words.lead}</p>
      <ul class="entries">
        ${apps.map(
          ({ slug, name, number, at, isEnded }) =>
            html`<li>
              <a class="name" href="${base}/notices/${slug}${languageQuery(language)}">${name}</a>
              <p class="quiet">
                ${words.version(number, longDay(at.toISOString(), language))}${isEnded ? ` · ${words.ended}` : null}
              </p>
            </li> `,
        )}
      </ul>`,
  })
}

function noticePage(tenant: string, notice: PublicNotice, { place }: Around): string {
  const { base, language } = place
  const words = say[language]
  const { slug, number, at, versions, paper, isEnded } = notice
  const newest = versions[0]?.number ?? number
  const here = `${base}/notices/${slug}`
  return sheetPage(place, {
    title: paper.title,
    over: tenant,
    here: number === newest ? here : `${here}/${number}`,
    style: `${base}/${stylesheet}`,
    back: { href: `${base}/notices${languageQuery(language)}`, text: words.all },
    index: number === newest,
    body: html`<p class="lead">${paper.subtitle ?? ''}</p>
      <p>${words.version(number, longDay(at.toISOString(), language))}</p>
      ${
        number === newest
          ? null
          : html`<p class="refused" role="note">
              ${words.old} <a href="${here}${languageQuery(language)}">${words.newest}</a>
            </p>`
      }
      ${isEnded ? html`<p class="refused" role="note">${words.endedLong}</p>` : null}
      ${paperBody({ ...paper, by: tenant, date: at.toISOString() })} ${versionsOf(notice, here, language)}`,
  })
}

function versionsOf({ versions, number }: PublicNotice, here: string, language: 'en' | 'de'): Markup {
  const words = say[language]
  return html`<h2>${words.versions}</h2>
    <ul class="entries">
      ${versions.map(
        (one, index) =>
          html`<li>
            ${one.number === number ? html`<strong>${words.version(one.number, longDay(one.at.toISOString(), language))}</strong>` : html`<a href="${here}/${one.number}${languageQuery(language)}">${words.version(one.number, longDay(one.at.toISOString(), language))}</a>`}
            ${
              versions[index + 1] === undefined
                ? null
                : html`<p>
                    <a href="${here}/${versions[index + 1]?.number ?? 1}-${one.number}${languageQuery(language)}"
                      >${words.compare(versions[index + 1]?.number ?? 1)}</a
                    >
                  </p>`
            }
          </li> `,
      )}
    </ul>`
}

async function comparePage(
  tx: TenantContext,
  { slug, from, to }: { slug: string; from: number; to: number },
  { place }: Around,
): Promise<Made | null> {
  const { base, language } = place
  const words = say[language]
  const parts = await comparePublic(tx, { slug, from, to, language })
  if (!parts) return null
  const changed = parts.filter((one) => one.isChanged)
  return made(
    htmlType,
    sheetPage(place, {
      title: words.compared(from, to),
      over: `${tx.tenant.name} · ${parts[0]?.title ?? ''}`,
      here: `${base}/notices/${slug}/${from}-${to}`,
      style: `${base}/${stylesheet}`,
      back: { href: `${base}/notices/${slug}${languageQuery(language)}`, text: words.newest },
      index: false,
      body: html`<p class="lead">${changed.length === 0 ? words.same : words.how}</p>
        ${changed.map(
          ({ title, runs }) =>
            html`<h2>${title}</h2>
              <p>
                ${runs.map(({ in: side, text }) =>
                  side === 'both' ? text : side === 'before' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`,
                )}
              </p> `,
        )}`,
    }),
  )
}

const own = `main p{white-space:normal}
main>ul:not(.entries){max-width:var(--measure)}
del{color:var(--quiet)}
ins{font-weight:600;text-decoration:underline}
`

const say = {
  en: {
    title: 'Privacy notices',
    lead: 'What is processed about people who use these apps, why, and for how long (Art. 13 and 14 GDPR).',
    all: 'All privacy notices',
    version: (number: number, day: string) => `Version ${number} of ${day}`,
    versions: 'Versions',
    old: 'This is an earlier version. It does not hold any more.',
    newest: 'The version that holds',
    ended: 'ended',
    endedLong: 'This app has ended. Its privacy notice stays readable.',
    compare: (number: number) => `What changed since version ${number}`,
    compared: (from: number, to: number) => `Versions ${from} and ${to} compared`,
    how: 'Crossed out is what stood in the first one only, underlined what stands in the second one only.',
    same: 'Both versions say the same in this language.',
  },
  de: {
    title: 'Datenschutzhinweise',
    lead: 'Was über die Menschen verarbeitet wird, die diese Apps nutzen, wofür und wie lange (Art. 13 und 14 DSGVO).',
    all: 'Alle Datenschutzhinweise',
    version: (number: number, day: string) => `Version ${number} vom ${day}`,
    versions: 'Versionen',
    old: 'Das ist eine frühere Version. Sie gilt nicht mehr.',
    newest: 'Die geltende Version',
    ended: 'beendet',
    endedLong: 'Diese App ist beendet. Ihre Datenschutzhinweise bleiben lesbar.',
    compare: (number: number) => `Was sich seit Version ${number} geändert hat`,
    compared: (from: number, to: number) => `Version ${from} und ${to} im Vergleich`,
    how: 'Durchgestrichen ist, was nur in der ersten steht, unterstrichen, was nur in der zweiten steht.',
    same: 'Beide Versionen sagen in dieser Sprache dasselbe.',
  },
} as const
