import { defineErrors } from '../kernel/index.ts'

/** What dealing with findings may be refused for. */
export const findingErrors = defineErrors('finding', {
  not_found: { status: 404, en: 'This finding does not exist.', de: 'Diese Feststellung gibt es nicht.' },
})

/** What declaring an exception may be refused for. */
export const exceptionErrors = defineErrors('exception', {
  not_found: {
    status: 404,
    en: 'This exception does not exist, or it is over already.',
    de: 'Diese Ausnahme gibt es nicht, oder sie ist schon beendet.',
  },
  nothing_fails: {
    status: 409,
    en: 'This finding is closed: there is nothing to except. Declare an exception when it comes back.',
    de: 'Diese Feststellung ist geschlossen: Es gibt nichts auszunehmen. Erklären Sie eine Ausnahme, wenn sie wiederkommt.',
  },
  already: {
    status: 409,
    en: 'An exception until {until} holds for this finding. It is not edited: withdraw it, then declare another one.',
    de: 'Für diese Feststellung gilt eine Ausnahme bis {until}. Sie wird nicht geändert: Nehmen Sie sie zurück und erklären Sie dann eine andere.',
  },
  bad_end: {
    status: 400,
    en: 'An exception ends between today and {latest}, twelve months from now. Choose a day in between.',
    de: 'Eine Ausnahme endet zwischen heute und dem {latest}, in zwölf Monaten. Wählen Sie einen Tag dazwischen.',
  },
})
