import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AppFacts } from '../facts.ts'

export const appLifecycleEvents = {
  id: 'app.lifecycle-events',
  version: 1,
  connector: 'app',
  title: {
    en: 'The application records that users and environments are created and deleted',
    de: 'Die Anwendung zeichnet auf, dass Benutzer und Umgebungen angelegt und gelöscht werden',
  },
  why: {
    en: 'Who had access, and since when, can be answered only if it was written down when it began.',
    de: 'Wer seit wann Zugang hatte, lässt sich nur beantworten, wenn es zu Beginn aufgezeichnet wurde.',
  },
  remedy: {
    en: 'Write the event in the same transaction as the change, by trigger if need be.',
    de: 'Das Ereignis in derselben Transaktion wie die Änderung schreiben, notfalls durch einen Trigger.',
  },
  severity: 'medium',
  serves: [{ measure: 'change-logging', as: 'proves' }],
  params: noParams,
  reads: ['lifecycle'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.15', 'GDPR Art. 5(2)'],
  sources: ['https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html'],
  pitfalls: [
    'The view decides what counts as recorded; what was deleted shows only where it is still known.',
    'That nobody can change the events afterwards is another check.',
  ],
  messages: {
    recorded: { en: '{kind}: each of {objects} has its event.', de: '{kind}: Jedes von {objects} hat sein Ereignis.' },
    missing: {
      en: '{kind}: {missing} of {objects} have no event.',
      de: '{kind}: {missing} von {objects} haben kein Ereignis.',
    },
  },
  judge({ lifecycle }) {
    return lifecycle.map(({ kind, objects, unrecorded }, index) =>
      unrecorded === 0
        ? pass(kind, `lifecycle.${index}`, 'recorded', { kind, objects })
        : fail(kind, `lifecycle.${index}`, 'missing', { kind, objects, missing: unrecorded }),
    )
  },
} satisfies Check<AppFacts, 'lifecycle', typeof noParams>
