import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HttpFacts } from '../facts.ts'

export const httpRedirect = {
  id: 'http.redirect',
  version: 1,
  connector: 'http',
  title: { en: 'Plain http leads to https at once', de: 'Unverschlüsseltes http führt sofort zu https' },
  why: {
    en: 'A page that is served in the clear can be read and changed on the way.',
    de: 'Eine unverschlüsselt ausgelieferte Seite kann unterwegs gelesen und verändert werden.',
  },
  remedy: {
    en: 'Answer every request on port 80 with 301 or 308 to the same host on https, or close the port.',
    de: 'Jede Anfrage auf Port 80 mit 301 oder 308 auf denselben Host mit https beantworten oder den Port schließen.',
  },
  severity: 'high',
  serves: [
    { measure: 'transport-encryption', as: 'proves' },
    { measure: 'web-app-hardening', as: 'supports' },
  ],
  params: noParams,
  reads: ['plain'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24', 'OWASP ASVS 4.0.3 9.1.1'],
  sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.4'],
  pitfalls: [
    'A refused connection on port 80 passes: nothing can be sent in the clear. A port that drops packets without a word is not-evaluated (unreachable), since a firewall rule for our address would look the same.',
    'A redirect to another host first loses the protection of HSTS for the host that was asked; only the same host, with or without www, passes.',
  ],
  messages: {
    redirected: { en: 'Plain http leads to https ({status}).', de: 'http führt zu https ({status}).' },
    closed: { en: 'Plain http is not served.', de: 'http wird nicht angeboten.' },
    temporary: {
      en: 'Plain http leads to https, but only temporarily ({status}).',
      de: 'http führt zu https, aber nur vorläufig ({status}).',
    },
    content: {
      en: 'Plain http serves an answer of its own ({status}).',
      de: 'http liefert selbst eine Antwort aus ({status}).',
    },
    elsewhere: { en: 'Plain http leads to {scheme}://{target}.', de: 'http führt zu {scheme}://{target}.' },
  },
  judge({ plain }) {
    const { answer, status, leadsTo, host } = plain
    if (answer === 'closed') return [pass('http', 'plain.answer', 'closed')]
    const says = { status: status ?? 0 }
    if (leadsTo === null) return [fail('http', 'plain.answer', 'content', says)]
    const sameHost = leadsTo.host.replace(/^www\./, '') === host.replace(/^www\./, '')
    if (leadsTo.scheme !== 'https' || !sameHost)
      return [fail('http', 'plain.leadsTo', 'elsewhere', { scheme: leadsTo.scheme, target: leadsTo.host })]
    const isPermanent = status === 301 || status === 308
    return [
      isPermanent ? pass('http', 'plain.leadsTo', 'redirected', says) : fail('http', 'plain.status', 'temporary', says),
    ]
  },
} satisfies Check<HttpFacts, 'plain', typeof noParams>
