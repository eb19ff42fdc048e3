import { html } from '@art32/press'
import { followWords, sheetPage } from '../portal/plain.ts'
import type { TakenForm } from '../publication/plain.ts'

/** What a page may say besides that a form was taken. */
type Said = TakenForm | 'refused' | 'tooLarge' | 'tooMany' | 'full' | 'missing'

/** A page that says what became of what was posted. @param shown.link the secret link of whoever posted */
export function messagePage(
  { name, base }: { readonly name: string; readonly base: string },
  language: 'en' | 'de',
  { status, say, link = null }: { readonly status: number; readonly say: Said; readonly link?: string | null },
): Response {
  const words = texts[language]
  const [title, ...paragraphs] = words[say]
  const body = html`${paragraphs.map((text) => html`<p>${text}</p> `)}
  ${
    link === null
      ? null
      : html`<p class="lead"><a href="${link}" rel="noreferrer">${link}</a></p>
          <p>${words.keep}</p>`
  }`
  return new Response(sheetPage({ base, language }, { title: title ?? '', over: name, index: false, body }), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' },
  })
}

const { en, de } = followWords

const texts: Readonly<Record<'en' | 'de', Readonly<Record<Said, readonly string[]>> & { readonly keep: string }>> = {
  en: {
    report: ['Your report was received', 'It is kept sealed, and handed on within minutes.'],
    request: ['Your request was received', 'It is kept sealed, and handed on within minutes.'],
    'report-incident': ['Your report was received', 'Thank you. It is kept sealed, and handed on within minutes.'],
    'documents/request': [
      'Your request was received',
      'If it is granted, a link is sent to the mail address that you gave. It is sent nowhere else, so nobody can ask in your name and read along.',
    ],
    subscribe: [en.asked, en.askedText, en.askedOften],
    confirm: ['Received', 'If the link still works, you are written to from now on; a letter within minutes says so.'],
    unsubscribe: ['Received', 'Your address is deleted within minutes, and you are written to no more.'],
    refused: [
      'Not sent',
      'Something is missing or is not as the form needs it. Nothing was kept. Go back: what you typed is still there.',
    ],
    tooLarge: ['Not sent', 'It is too large. Nothing was kept. Go back and send less, or fewer files.'],
    tooMany: ['Not sent', 'Too much was sent from your network. Nothing was kept. Please try again in an hour.'],
    full: ['Not sent', 'Nothing more can be taken in at the moment, and nothing was kept. Please try again later.'],
    missing: ['This page does not exist', 'There is nothing at this address.'],
    keep: 'This link shows how it stands and what is answered. It opens in a few minutes. Keep it: it is shown only here, and nobody can find it again.',
  },
  de: {
    report: ['Ihre Meldung ist eingegangen', 'Sie liegt versiegelt und wird in wenigen Minuten weitergegeben.'],
    request: ['Ihre Anfrage ist eingegangen', 'Sie liegt versiegelt und wird in wenigen Minuten weitergegeben.'],
    'report-incident': [
      'Ihre Meldung ist eingegangen',
      'Vielen Dank. Sie liegt versiegelt und wird in wenigen Minuten weitergegeben.',
    ],
    'documents/request': [
      'Ihre Anfrage ist eingegangen',
      'Wird sie bewilligt, geht ein Link an die angegebene E-Mail-Adresse. Er geht nirgendwo anders hin; niemand kann also in Ihrem Namen anfragen und mitlesen.',
    ],
    subscribe: [de.asked, de.askedText, de.askedOften],
    confirm: [
      'Eingegangen',
      'Gilt der Link noch, wird Ihnen von nun an geschrieben; eine E-Mail in wenigen Minuten sagt es Ihnen.',
    ],
    unsubscribe: [
      'Eingegangen',
      'Ihre Adresse wird in wenigen Minuten gelöscht, und Ihnen wird nicht mehr geschrieben.',
    ],
    refused: [
      'Nicht gesendet',
      'Etwas fehlt oder ist nicht so, wie das Formular es braucht. Es wurde nichts behalten. Gehen Sie zurück: Was Sie geschrieben haben, steht noch da.',
    ],
    tooLarge: [
      'Nicht gesendet',
      'Es ist zu groß. Es wurde nichts behalten. Gehen Sie zurück und senden Sie weniger oder weniger Dateien.',
    ],
    tooMany: [
      'Nicht gesendet',
      'Aus Ihrem Netz wurde zu viel gesendet. Es wurde nichts behalten. Bitte versuchen Sie es in einer Stunde wieder.',
    ],
    full: [
      'Nicht gesendet',
      'Im Augenblick kann nichts mehr angenommen werden, und es wurde nichts behalten. Bitte versuchen Sie es später wieder.',
    ],
    missing: ['Diese Seite gibt es nicht', 'Unter dieser Adresse gibt es nichts.'],
    keep: 'Dieser Link zeigt, wie es steht und was geantwortet wird. Er öffnet sich in wenigen Minuten. Bewahren Sie ihn auf: Er wird nur hier gezeigt, und niemand kann ihn wiederfinden.',
  },
}
