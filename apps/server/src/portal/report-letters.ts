import { html } from '@art32/press'
import type { Markup } from '@art32/press'
import type { ReportLetterRow, ReportRow, Reporting } from '../report/index.ts'
import { reportWords } from './report-words.ts'
import { sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** What the page of a report says of letters: whether one with a link is on its way, went out, or never will. */
export function letterLines(
  { email }: ReportRow,
  receipt: ReportLetterRow | undefined,
  language: 'en' | 'de',
): { readonly keep: string; readonly letters: string | null } {
  const say = reportWords[language]
  const holdsLink =
    receipt?.state === 'queued' || receipt?.state === 'sending' || (receipt?.token_hash ?? null) !== null
  const keep = holdsLink ? say.keepToo : say.keep
  if (receipt === undefined) return { keep, letters: email === null ? null : say.letters.none }
  if (email === null) return { keep, letters: say.letters.ended }
  // After another link was made, the one in the letter opens nothing.
  if (receipt.state === 'sent' && !holdsLink) return { keep, letters: say.letters.replaced }
  return { keep, letters: say.letters[receipt.state] }
}

/** The page by which letters end. Looking at it changes nothing: programs that look through mail open links, and post nothing. */
export async function lettersPage(
  { slug, place, reporting }: { readonly slug: string; readonly place: Place; readonly reporting: Reporting },
  request: Request,
): Promise<{ readonly body: string; readonly status: number }> {
  const say = reportWords[place.language].ending
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const tenant = await reporting.nameOf(slug)
  const shown = (title: string, body: Markup, status = 200) => ({
    body: sheetPage(place, { title, over: tenant, index: false, isBeside: false, body }),
    status,
  })
  if (request.method !== 'POST') {
    const action = `${place.base}/report/letters?token=${encodeURIComponent(token)}&language=${place.language}`
    return shown(
      say.title,
      html`<p>${say.text}</p>
        <form method="post" action="${action}"><button type="submit">${say.button}</button></form>`,
    )
  }
  const had = await reporting.endLetters(slug, token)
  if (had === null) return shown(say.broken, html`<p>${say.brokenText}</p>`, 400)
  return shown(say.done, html`<p>${had ? say.doneText : say.nothingText}</p>`)
}
