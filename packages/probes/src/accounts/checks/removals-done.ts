import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import type { AccountsFacts } from '../facts.ts'

export const accountsRemovalsDone = {
  id: 'accounts.removals-done',
  version: 1,
  connector: 'accounts',
  title: {
    en: 'What a review of access decided to remove is gone',
    de: 'Was eine Zugriffsprüfung entfernen will, ist entfernt',
  },
  why: {
    en: 'A review whose decisions nobody carries out is paper: the account that nobody needs is still there for whoever finds its password.',
    de: 'Eine Prüfung, deren Entscheidungen niemand ausführt, ist Papier: Das unnötige Konto steht weiter jedem offen, der sein Passwort findet.',
  },
  remedy: {
    en: 'Remove or disable the account at its vendor. The next look sees it, and the finding closes by itself.',
    de: 'Das Konto beim Anbieter entfernen oder sperren. Der nächste Blick sieht es, und die Feststellung schließt sich von selbst.',
  },
  severity: 'medium',
  serves: [{ measure: 'access-review', as: 'supports' }],
  params: noParams,
  reads: ['removals'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.18', 'BSI ORP.4', 'CIS Controls 6.8'],
  sources: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  pitfalls: [
    'An account stays open until a look sees it closed: that a connection cannot look closes nothing.',
    'An account that comes back after it was seen gone is open again.',
    'Where a vendor tells of no accounts, a person says that one is gone: told, never passed.',
  ],
  messages: {
    open: {
      en: 'The account {account} on {system} was to be removed since {date}, and is still there.',
      de: 'Das Konto {account} bei {system} soll seit {date} entfernt werden und ist noch da.',
    },
    done: {
      en: 'The account {account} on {system}, to be removed since {date}, was seen closed.',
      de: 'Das Konto {account} bei {system}, seit {date} zu entfernen, wurde geschlossen gesehen.',
    },
    said: {
      en: 'The account {account} on {system} cannot be looked at; somebody says that it is gone.',
      de: 'Das Konto {account} bei {system} ist nicht einsehbar; jemand sagt, dass es weg ist.',
    },
  },
  judge({ removals }) {
    return removals.map(({ id, systemName, account, decided, state }, index): Verdict => {
      const because = `removals.${index}`
      const says = { account, system: systemName, date: decided.slice(0, 10) }
      if (state === 'open') return fail(id, because, 'open', says)
      return state === 'said' ? info(id, because, 'said', says) : pass(id, because, 'done', says)
    })
  },
} satisfies Check<AccountsFacts, 'removals', typeof noParams>
