import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfLedgerConsistent = {
  id: 'self.ledger-consistent',
  version: 2,
  connector: 'self',
  title: { en: 'The ledger matches its signed head', de: 'Das Journal stimmt mit seinem signierten Kopf überein' },
  why: {
    en: 'One changed entry anywhere changes the head; that is how tampering shows.',
    de: 'Ein geänderter Eintrag ändert den Kopf; so wird Manipulation sichtbar.',
  },
  remedy: {
    en: 'Keep the database as it is, compare with a published edition and a backup, and treat it as an incident.',
    de: 'Die Datenbank unverändert lassen, mit einer veröffentlichten Fassung und einer Sicherung vergleichen und als Vorfall behandeln.',
  },
  severity: 'critical',
  serves: [
    { measure: 'tamper-proof-logs', as: 'supports' },
    { measure: 'data-integrity-checks', as: 'supports' },
  ],
  params: noParams,
  reads: ['ledger'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.15'],
  sources: ['https://www.rfc-editor.org/rfc/rfc6962', 'https://c2sp.org/tlog-checkpoint'],
  pitfalls: [
    'An empty ledger has nothing to prove and is told, not passed.',
    'A consistent tree shows that nothing was changed since its head was signed, not that what was entered is true.',
  ],
  messages: {
    equal: {
      en: '{leaves} entries of {computed} of {of} ledgers give the signed heads.',
      de: '{leaves} Einträge aus {computed} von {of} Journalen ergeben die signierten Köpfe.',
    },
    turns: {
      en: 'Every ledger has its turn within {days} days.',
      de: 'Jedes Journal kommt innerhalb von {days} Tagen an die Reihe.',
    },
    large: {
      en: '{tooLarge} ledgers have too many entries to be computed again at a look.',
      de: '{tooLarge} Journale haben zu viele Einträge, um bei einer Prüfung nachgerechnet zu werden.',
    },
    differs: { en: 'The entries do not give the head.', de: 'Die Einträge ergeben den Kopf nicht.' },
    unsigned: { en: 'The head is not signed.', de: 'Der Kopf ist nicht signiert.' },
    empty: { en: 'The ledger is empty.', de: 'Das Journal ist leer.' },
    recent: { en: 'Last head of {at}.', de: 'Letzter Kopf vom {at}.' },
    never: { en: 'There has never been a signed head.', de: 'Es gab noch nie einen signierten Kopf.' },
  },
  judge({ ledger: { consistent, signed, leaves, lastCheckpointAt, tooLarge, round } }) {
    const { looked, of, days } = round
    const large = tooLarge > 0 ? [info('large', 'ledger.tooLarge', 'large', { tooLarge })] : []
    if (!consistent) return [fail('tree', 'ledger.consistent', 'differs')]
    if (leaves === 0) return [info('tree', 'ledger.leaves', 'empty'), ...large]
    if (lastCheckpointAt === null) return [fail('tree', 'ledger.lastCheckpointAt', 'never')]
    if (!signed) return [fail('tree', 'ledger.signed', 'unsigned')]
    return [
      pass('tree', 'ledger.consistent', 'equal', { leaves, computed: looked - tooLarge, of }),
      info('turns', 'ledger.round', 'turns', { days }),
      info('head', 'ledger.lastCheckpointAt', 'recent', { at: lastCheckpointAt }),
      ...large,
    ]
  },
} satisfies Check<SeenSelfFacts, 'ledger', typeof noParams>
