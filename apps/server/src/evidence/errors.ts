import { defineErrors } from '../kernel/index.ts'

/** What the ledger may be refused for. */
export const ledgerErrors = defineErrors('ledger', {
  rolled_back: {
    status: 503,
    en: 'The database holds an older state of this ledger than was signed. Nothing is signed over that. Restart art32: the ledger then goes on under a new name and says what was lost.',
    de: 'Die Datenbank enthält einen älteren Stand dieses Journals, als unterschrieben wurde. Darüber wird nichts unterschrieben. Bitte art32 neu starten: Das Journal geht dann unter einem neuen Namen weiter und sagt, was verloren ist.',
  },
})
