import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfBackupRestored = {
  id: 'self.backup-restored',
  version: 1,
  connector: 'self',
  title: {
    en: 'The backups are restored every week, and hold what was backed up',
    de: 'Die Sicherungen werden jede Woche wiederhergestellt und enthalten, was gesichert wurde',
  },
  why: {
    en: 'A backup that nobody ever restored is a hope. What breaks it (a wrong key, a missing table, a file cut off) shows only when it is opened and read back.',
    de: 'Eine Sicherung, die nie jemand wiederhergestellt hat, ist eine Hoffnung. Was ihr fehlt (der richtige Schlüssel, eine Tabelle, das Ende einer Datei), zeigt sich erst, wenn sie geöffnet und zurückgelesen wird.',
  },
  remedy: {
    en: 'Set backups up as docs/guides/backup.md says. Where they are, the page of the installation says what the drill found: make a backup, let the drill run again, and keep the broken one to learn why.',
    de: 'Sicherungen einrichten, wie es in docs/guides/backup.md steht. Sind sie eingerichtet, sagt die Seite der Installation, was die Übung fand: neu sichern, die Übung wiederholen und die beschädigte Sicherung aufheben, um die Ursache zu finden.',
  },
  severity: 'critical',
  serves: [
    { measure: 'restore-test', as: 'proves' },
    { measure: 'backup-encryption', as: 'proves' },
    { measure: 'recovery-objectives', as: 'supports' },
  ],
  params: noParams,
  reads: ['backup'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 32(1)(c)', 'GDPR Art. 32(1)(d)', 'ISO/IEC 27001:2022 A.8.13', 'BSI CON.3', 'BSI DER.4'],
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj'],
  pitfalls: [
    'The drill opens a backup with a key of its own that is forgotten after some days. That the key in the safe opens it, too, shows art32 drill --from, done by hand.',
    'A drill opens nothing but what is sealed. To whose keys it was sealed besides, and that these lie elsewhere, it cannot see.',
    'Where no backups are set up in art32, it fails: it sees none.',
    'The time is that of the drill on this machine, database by database.',
  ],
  messages: {
    restored: {
      en: 'Restored on {at} in {rto} seconds; what came back was {rpo} hours old.',
      de: 'Am {at} in {rto} Sekunden wiederhergestellt; was zurückkam, war {rpo} Stunden alt.',
    },
    failed: { en: 'The drill of {at} failed.', de: 'Die Übung vom {at} ist gescheitert.' },
    late: {
      en: 'No drill has passed for more than a week.',
      de: 'Seit mehr als einer Woche ist keine Übung gelungen.',
    },
    unset: { en: 'No backups are set up.', de: 'Es sind keine Sicherungen eingerichtet.' },
    first: { en: 'The first drill is still to come.', de: 'Die erste Übung steht noch aus.' },
  },
  judge({ backup: { places } }) {
    if (places.length === 0) return [fail('backup', 'backup.places', 'unset')]
    return places.map(({ place, drilledAt, drillPassed, drillLate, rtoSeconds, rpoSeconds }, index) => {
      const subject = `place:${place}`
      const because = `backup.places.${index}.drillPassed`
      if (drilledAt !== null && drillPassed === false) return fail(subject, because, 'failed', { at: drilledAt })
      if (drillLate) return fail(subject, `backup.places.${index}.drillLate`, 'late')
      if (drilledAt === null) return info(subject, because, 'first')
      return pass(subject, because, 'restored', {
        at: drilledAt,
        rto: Math.ceil(rtoSeconds ?? 0),
        rpo: Math.round((rpoSeconds ?? 0) / 3_600),
      })
    })
  },
} satisfies Check<SeenSelfFacts, 'backup', typeof noParams>
