import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HostFacts } from '../facts.ts'

const params = z.object({
  maxHours: field(z.number().positive().default(48), {
    label: { en: 'Oldest signatures that are still fresh', de: 'Älteste noch frische Signaturen' },
    unit: 'hours',
  }),
})

const hourMs = 3_600_000

export const hostAntivirus = {
  id: 'host.antivirus',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: {
    en: 'The virus scanner runs, finds a test file and has fresh signatures',
    de: 'Der Virenscanner läuft, findet eine Testdatei und hat frische Signaturen',
  },
  why: {
    en: 'A scanner that stopped, or that knows only what was known months ago, gives a false sense of safety.',
    de: 'Ein stehender Scanner oder einer mit Monate alten Signaturen wiegt in falscher Sicherheit.',
  },
  remedy: {
    en: 'Start clamd and freshclam, let both start with the machine, and look into the log of freshclam.',
    de: 'clamd und freshclam starten, beide mit dem Rechner starten lassen und ins Protokoll von freshclam sehen.',
  },
  severity: 'high',
  serves: [{ measure: 'malware-protection', as: 'proves' }],
  params,
  reads: ['antivirus'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.7', 'BSI OPS.1.1.4'],
  sources: [
    'https://docs.clamav.net/manual/Usage/Scanning.html',
    'https://www.eicar.org/download-anti-malware-testfile/',
  ],
  pitfalls: [
    'The harmless test file is really sent to the scanner; a scanner that is up and finds nothing fails.',
    'Where the scanner is not ClamAV, it is not tried with the test file: that it runs and has fresh signatures is what Windows or the inventory says.',
    'That the scanner is asked for uploads, mail or files at all is not seen.',
  ],
  messages: {
    finds: { en: 'The scanner found the test file.', de: 'Der Scanner hat die Testdatei gefunden.' },
    blind: { en: 'The scanner did not find the test file.', de: 'Der Scanner hat die Testdatei nicht gefunden.' },
    untested: {
      en: 'The scanner runs; it was not tried with the test file.',
      de: 'Der Scanner läuft; mit der Testdatei wurde er nicht erprobt.',
    },
    stopped: {
      en: 'A scanner is installed, but does not run.',
      de: 'Ein Scanner ist installiert, läuft aber nicht.',
    },
    fresh: { en: 'Signatures of {at}.', de: 'Signaturen vom {at}.' },
    old: {
      en: 'Signatures of {at}, more than {limit} hours old.',
      de: 'Signaturen vom {at}, mehr als {limit} Stunden alt.',
    },
    'said-fresh': { en: 'The system says that signatures are fresh.', de: 'Laut System sind die Signaturen frisch.' },
    'said-old': { en: 'The system says that signatures are old.', de: 'Laut System sind die Signaturen veraltet.' },
    none: { en: 'There are no signatures.', de: 'Es gibt keine Signaturen.' },
  },
  judge({ antivirus: { isAlive, signaturesAt, isFresh, finds } }, { maxHours }, now) {
    if (!isAlive) return [fail('scanner', 'antivirus.isAlive', 'stopped')]
    const found =
      finds === null
        ? info('scanner', 'antivirus.isAlive', 'untested')
        : (finds ? pass : fail)('scanner', 'antivirus.finds', finds ? 'finds' : 'blind')
    if (signaturesAt === null && isFresh !== undefined)
      return [found, (isFresh ? pass : fail)('signatures', 'antivirus.isFresh', isFresh ? 'said-fresh' : 'said-old')]
    if (signaturesAt === null) return [found, fail('signatures', 'antivirus.signaturesAt', 'none')]
    const isOld = now.getTime() - Date.parse(signaturesAt) > maxHours * hourMs
    const says = { at: signaturesAt.slice(0, 10), limit: maxHours }
    return [found, (isOld ? fail : pass)('signatures', 'antivirus.signaturesAt', isOld ? 'old' : 'fresh', says)]
  },
} satisfies Check<HostFacts, 'antivirus', typeof params>
