import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfLedgerAppendOnly = {
  id: 'self.ledger-append-only',
  version: 2,
  connector: 'self',
  title: {
    en: 'The server itself cannot change or delete what the ledger holds',
    de: 'Auch der Server selbst kann nichts ändern oder löschen, was im Journal steht',
  },
  why: {
    en: 'A log that its owner can rewrite proves nothing.',
    de: 'Ein Protokoll, das sein Besitzer umschreiben kann, beweist nichts.',
  },
  remedy: {
    en: 'Restore the rights of the release: the role of the server may only insert through the function of the sequencer.',
    de: 'Die Rechte der Auslieferung wiederherstellen: Die Rolle des Servers darf nur über die Funktion des Sequenzers anfügen.',
  },
  severity: 'critical',
  serves: [{ measure: 'tamper-proof-logs', as: 'proves' }],
  params: noParams,
  reads: ['ledger'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.15'],
  sources: ['https://www.rfc-editor.org/rfc/rfc6962'],
  pitfalls: [
    'The proof is live: an update and a delete are tried and must be refused by the database, in a transaction that is rolled back.',
    'The owner of the database server can still do anything; that the head is signed and witnessed elsewhere makes it visible.',
  ],
  messages: {
    refused: {
      en: 'Changing and deleting is refused by the database: tried with {looked} of {of} tenants in this look, with each within {days} days.',
      de: 'Ändern und Löschen weist die Datenbank ab: versucht bei {looked} von {of} Mandanten bei dieser Prüfung, bei jedem innerhalb von {days} Tagen.',
    },
    possible: {
      en: 'The server could change or delete entries.',
      de: 'Der Server könnte Einträge ändern oder löschen.',
    },
  },
  judge({ ledger: { appendOnly, round } }) {
    const { looked, of, days } = round
    if (!appendOnly) return [fail('entries', 'ledger.appendOnly', 'possible')]
    return looked === 0 ? [] : [pass('entries', 'ledger.appendOnly', 'refused', { looked, of, days })]
  },
} satisfies Check<SeenSelfFacts, 'ledger', typeof noParams>
