import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { noticeParts } from '../facts.ts'
import type { HttpFacts } from '../facts.ts'

const params = z.object({
  parts: field(z.array(z.enum(noticeParts)).default([...noticeParts]), {
    label: { en: 'What the notice must tell', de: 'Was die Hinweise nennen müssen' },
  }),
})

export const webPrivacyNotice = {
  id: 'web.privacy-notice',
  version: 1,
  connector: 'http',
  also: ['self'],
  title: {
    en: 'A privacy notice is served and speaks of all that Art. 13 GDPR asks for',
    de: 'Datenschutzhinweise sind abrufbar und nennen alles, wonach Art. 13 DSGVO fragt',
  },
  why: {
    en: 'People must learn, when their data are collected, by whom, why and for how long; a notice that nobody finds tells nothing.',
    de: 'Menschen müssen bei der Erhebung erfahren, wer ihre Daten wofür und wie lange verarbeitet; Hinweise, die niemand findet, sagen nichts.',
  },
  remedy: {
    en: 'Link the notice from the page, serve it without sign-in, and add what is missing: controller, purposes, legal basis, recipients, periods, rights, and the supervisory authority.',
    de: 'Die Hinweise von der Seite verlinken, ohne Anmeldung ausliefern und Fehlendes ergänzen: Verantwortliche, Zwecke, Rechtsgrundlage, Empfänger, Fristen, Rechte und Aufsichtsbehörde.',
  },
  severity: 'medium',
  serves: [
    { measure: 'privacy-notice', as: 'proves' },
    { measure: 'retention-deletion', as: 'supports' },
  ],
  params,
  reads: ['notice'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['GDPR Art. 12(1)', 'GDPR Art. 13(1)', 'GDPR Art. 13(2)'],
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj'],
  pitfalls: [
    'Words are found, in English and German, not whether what they say is right: that is for a person to read.',
    'Data categories and other words that must stand there are named in the settings of the connection.',
    'A page that a script builds has no links and no words that are seen without a browser: not evaluated, never a fail. Give the address of the notice.',
    'A notice on another host is not fetched unless its address is given.',
    'A file that is no page (a PDF) is not read.',
  ],
  messages: {
    told: { en: 'The notice is served and tells {parts}.', de: 'Die Hinweise sind abrufbar und nennen {parts}.' },
    unlinked: { en: 'The page links to no privacy notice.', de: 'Die Seite verlinkt keine Datenschutzhinweise.' },
    'not-served': { en: 'The notice answers with status {status}.', de: 'Die Hinweise antworten mit Status {status}.' },
    silent: { en: 'The notice does not speak of: {parts}.', de: 'Die Hinweise sprechen nicht von: {parts}.' },
    wordless: { en: 'In the notice is missing: {words}.', de: 'In den Hinweisen fehlt: {words}.' },
  },
  judge({ notice: { found, status, tells, missingWords } }, { parts }) {
    if (found === 'no-page') return []
    const subject = 'notice'
    if (found === 'none') return [fail(subject, 'notice.found', 'unlinked')]
    if (status !== 200) return [fail(subject, 'notice.status', 'not-served', { status: status ?? 0 })]
    const silent = parts.filter((part) => !tells.includes(part))
    if (silent.length > 0) return [fail(subject, 'notice.tells', 'silent', { parts: silent.join(', ') })]
    return missingWords.length > 0
      ? [fail(subject, 'notice.missingWords', 'wordless', { words: [...missingWords].sort().join(', ') })]
      : [pass(subject, 'notice.tells', 'told', { parts: [...parts].sort().join(', ') })]
  },
} satisfies Check<HttpFacts, 'notice', typeof params>
