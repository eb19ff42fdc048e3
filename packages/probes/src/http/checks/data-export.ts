import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HttpFacts } from '../facts.ts'

const params = z.object({
  structured: field(z.boolean().default(true), {
    label: { en: 'A program can read it (Art. 20 GDPR)', de: 'Maschinenlesbar (Art. 20 DSGVO)' },
  }),
})

const structured: readonly string[] = ['json', 'csv', 'xml', 'zip']

export const webDataExport = {
  id: 'web.data-export',
  version: 1,
  connector: 'http',
  title: {
    en: 'A person gets the data of the own account, and nobody else does',
    de: 'Eine Person erhält die Daten ihres eigenen Kontos und sonst niemand',
  },
  why: {
    en: 'Access and portability within a month are rights; an export that broke unnoticed is missed on the day somebody asks.',
    de: 'Auskunft und Übertragbarkeit binnen eines Monats sind Rechte; ein unbemerkt defekter Export fehlt an dem Tag, an dem jemand fragt.',
  },
  remedy: {
    en: 'Run the export with the synthetic account by hand, mend what is missing, and let only the account itself get it.',
    de: 'Den Export mit dem synthetischen Konto von Hand ausführen, Fehlendes ergänzen und ihn nur dem Konto selbst geben.',
  },
  severity: 'high',
  serves: [
    { measure: 'rights-self-service', as: 'proves' },
    { measure: 'data-subject-requests', as: 'supports' },
  ],
  params,
  reads: ['exports'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['GDPR Art. 12(2)', 'GDPR Art. 15(3)', 'GDPR Art. 20(1)'],
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj'],
  pitfalls: [
    'A page that asks to sign in is sent with status 200, too: declare words that only the data of the account hold, or a file proves little.',
    'An export that everybody gets is worse than none: it is asked for without the credential, too.',
    'Without a declared word a file is not known to hold anything of the account: told, never a pass. The same goes for archives and PDF, whose content is not read.',
    'Whether all data are in it is for a person to judge; what is looked for are the declared words.',
    'An export that is made later and sent by mail is not seen. Give the address at which the finished file lies.',
    'Use a made-up account on a staging system: what is exported passes through the machine that looks.',
  ],
  messages: {
    given: {
      en: 'The export gives {bytes} bytes ({form}) with all {words} declared words, to the account only.',
      de: 'Der Export liefert {bytes} Bytes ({form}) mit allen {words} angegebenen Wörtern, nur an das Konto.',
    },
    unread: {
      en: 'The export gives {bytes} bytes ({form}); whether it holds the data of the account was not seen.',
      de: 'Der Export liefert {bytes} Bytes ({form}); ob er die Daten des Kontos enthält, war nicht zu sehen.',
    },
    open: {
      en: 'Whoever knows the address gets the export without signing in.',
      de: 'Wer die Adresse kennt, erhält den Export ohne Anmeldung.',
    },
    broken: { en: 'The export answers with status {status}.', de: 'Der Export antwortet mit Status {status}.' },
    empty: { en: 'The export is empty.', de: 'Der Export ist leer.' },
    page: {
      en: 'The export is of a form that programs cannot read ({form}).',
      de: 'Der Export hat keine maschinenlesbare Form ({form}).',
    },
    incomplete: {
      en: 'Of {words} declared words the export lacks number {missing}.',
      de: 'Von {words} angegebenen Wörtern fehlt im Export Nummer {missing}.',
    },
  },
  judge({ exports }, { structured: mustBeRead }) {
    return exports.flatMap(({ status, form, bytes, words, missing, open }, index) => {
      const at = `exports.${index}`
      const leak = open ? [fail('stranger', `${at}.open`, 'open')] : []
      const one = (() => {
        if (status !== 200) return fail('export', `${at}.status`, 'broken', { status })
        if (bytes === 0) return fail('export', `${at}.bytes`, 'empty')
        if (mustBeRead && !structured.includes(form)) return fail('export', `${at}.form`, 'page', { form })
        const says = { bytes, form, words, missing: missing.join(', ') }
        if (words === 0 || form === 'zip' || form === 'pdf') return info('export', `${at}.form`, 'unread', says)
        return (missing.length === 0 ? pass : fail)(
          'export',
          `${at}.missing`,
          missing.length === 0 ? 'given' : 'incomplete',
          says,
        )
      })()
      return [...leak, ...(open && one.state === 'pass' ? [] : [one])]
    })
  },
} satisfies Check<HttpFacts, 'exports', typeof params>
