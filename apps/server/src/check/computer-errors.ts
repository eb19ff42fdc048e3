import { defineErrors } from '../kernel/index.ts'

/** What facts that a computer sends, or a file with computers, may be refused for. */
export const computerErrors = defineErrors('computer', {
  not_newer: {
    status: 409,
    en: 'Facts of this computer of {at} or later were received before. Collect again.',
    de: 'Beobachtungen dieses Rechners vom {at} oder später liegen schon vor. Bitte neu sammeln.',
  },
  clock_ahead: {
    status: 409,
    en: 'The clock of this computer is {minutes} minutes ahead of the one of art32. Set it and collect again.',
    de: 'Die Uhr dieses Rechners geht der von art32 {minutes} Minuten vor. Bitte stellen und neu sammeln.',
  },
  too_old: {
    status: 409,
    en: 'These facts are {days} days old, or the clock of the computer is behind. Collect again.',
    de: 'Diese Beobachtungen sind {days} Tage alt, oder die Uhr des Rechners geht nach. Bitte neu sammeln.',
  },
  paused: {
    status: 409,
    en: 'Facts of this computer are not taken while it is paused.',
    de: 'Solange dieser Rechner pausiert, werden seine Beobachtungen nicht angenommen.',
  },
  too_many_new: {
    status: 409,
    en: 'There are {count} new computers that nobody gave a name. Name them, or remove them, before more come.',
    de: 'Es gibt {count} neue Rechner ohne Namen. Bitte benennen oder entfernen, bevor weitere hinzukommen.',
  },
  too_large: {
    status: 413,
    en: 'The facts of one computer are at most 1 MiB.',
    de: 'Die Beobachtungen eines Rechners umfassen höchstens 1 MiB.',
  },
  unreadable: {
    status: 422,
    en: 'This is no export of osquery or Intune and holds no facts of art32: {problem}.',
    de: 'Das ist kein Export von osquery oder Intune und enthält keine Beobachtungen von art32: {problem}.',
  },
})
