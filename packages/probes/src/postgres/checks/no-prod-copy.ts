import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  allowed: field(z.int().min(0).default(0), {
    label: { en: 'Keys that both may know', de: 'Schlüssel, die beide kennen dürfen' },
    help: { en: 'For accounts of testers and the like', de: 'Für Konten von Testern und dergleichen' },
  }),
})

export const pgNoProdCopyInTest = {
  id: 'pg.no-prod-copy-in-test',
  version: 2,
  connector: 'postgres',
  title: {
    en: 'The test database holds no records of production',
    de: 'Die Testdatenbank enthält keine Produktivdatensätze',
  },
  why: {
    en: 'Test systems are open to more people and less guarded; real data there have neither a purpose nor protection.',
    de: 'Testsysteme stehen mehr Personen offen und sind schwächer geschützt; echte Daten haben dort weder Zweck noch Schutz.',
  },
  remedy: {
    en: 'Delete the copied records, and fill the test database with synthetic data or with a copy without personal data (art32 shield db).',
    de: 'Die kopierten Datensätze löschen und die Testdatenbank mit synthetischen Daten oder einer Kopie ohne personenbezogene Daten füllen (art32 shield db).',
  },
  severity: 'high',
  serves: [{ measure: 'no-production-data-in-test', as: 'proves' }],
  params,
  reads: ['copies'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 5(1)(b)', 'ISO/IEC 27001:2022 A.8.31', 'ISO/IEC 27001:2022 A.8.33'],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc2104',
    'https://www.postgresql.org/docs/current/functions-binarystring.html',
  ],
  pitfalls: [
    'Of more than 10,000 keys a random part is compared: nothing found among them leaves at most 0.03 % unseen with a confidence of 95 %.',
    'Keys that were changed in the copy (masked addresses) are not recognised; name more than one column, best a UUID that everything hangs on.',
    'Serial numbers are the same everywhere and are refused as keys.',
    'Capitals and blanks at the ends make no difference; nor do blanks and punctuation in accounts, cards, telephone numbers and numbers of persons, which detectors recognise in a sample of 200 keys.',
    'Both addresses of one and the same database would share everything: that is refused.',
  ],
  messages: {
    apart: {
      en: '{column}: production knows {shared} of the {compared} keys of the test database.',
      de: '{column}: Die Produktion kennt {shared} der {compared} Schlüssel der Testdatenbank.',
    },
    part: {
      en: '{column}: production knows {shared} of {compared} keys drawn from the test database.',
      de: '{column}: Die Produktion kennt {shared} von {compared} aus der Testdatenbank gezogenen Schlüsseln.',
    },
    copied: {
      en: '{column}: production knows {shared} of {compared} keys of the test database ({percent} %).',
      de: '{column}: Die Produktion kennt {shared} von {compared} Schlüsseln der Testdatenbank ({percent} %).',
    },
    empty: {
      en: '{column}: one of the two databases holds no key, so nothing could be compared.',
      de: '{column}: Eine der beiden Datenbanken enthält keinen Schlüssel, verglichen wurde daher nichts.',
    },
  },
  judge({ copies }, { allowed }) {
    return copies.map(({ column, compared, whole, original, shared }, index) => {
      const because = `copies.${index}`
      if (compared === 0 || original === 0) return info(column, because, 'empty', { column })
      if (shared > allowed)
        return fail(column, because, 'copied', {
          column,
          shared,
          compared,
          percent: Math.max(1, Math.round((100 * shared) / compared)),
        })
      return pass(column, because, whole ? 'apart' : 'part', { column, shared, compared })
    })
  },
} satisfies Check<PostgresFacts, 'copies', typeof params>
