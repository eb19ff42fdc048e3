import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { DrillFacts } from '../facts.ts'

const params = z.object({
  maxRtoHours: field(z.number().positive().optional(), {
    label: { en: 'Longest time for a restore', de: 'Längste Dauer einer Wiederherstellung' },
    unit: 'hours',
  }),
  maxRpoHours: field(z.number().positive().optional(), {
    label: { en: 'Oldest data that may come back', de: 'Ältester zulässiger Datenstand' },
    unit: 'hours',
  }),
})

const hour = 3_600

export const backupRestoreProven = {
  id: 'backup.restore-proven',
  version: 2,
  connector: 'drill',
  title: {
    en: 'A restore succeeded and the data were right',
    de: 'Eine Wiederherstellung gelang, und die Daten stimmten',
  },
  why: {
    en: 'A backup that nobody restored is a hope. Restores end without a word and without data; only what came back, counted and compared, shows that it would help.',
    de: 'Eine Sicherung, die niemand zurückgespielt hat, ist eine Hoffnung. Wiederherstellungen enden klaglos und ohne Daten; nur was gezählt und verglichen zurückkam, zeigt, dass sie hilft.',
  },
  remedy: {
    en: 'Read what the drill found, mend the backup or its job, make a new backup, and run art32 drill run again.',
    de: 'Lesen, was die Übung fand, Sicherung oder Lauf in Ordnung bringen, neu sichern und art32 drill run erneut ausführen.',
  },
  severity: 'critical',
  serves: [
    { measure: 'restore-test', as: 'proves', takes: { rto: 'maxRtoHours', rpo: 'maxRpoHours' } },
    { measure: 'recovery-objectives', as: 'supports', takes: { rto: 'maxRtoHours', rpo: 'maxRpoHours' } },
    { measure: 'emergency-exercise', as: 'supports' },
  ],
  params,
  reads: ['plan', 'drill'],
  maxAge: 'P183D',
  onEmpty: 'fail',
  refs: [
    'GDPR Art. 32(1)(c)',
    'GDPR Art. 32(1)(d)',
    'ISO/IEC 27001:2022 A.8.13',
    'ISO/IEC 27001:2022 A.5.30',
    'BSI CON.3',
    'BSI DER.4',
  ],
  sources: [
    'https://www.postgresql.org/docs/current/backup-dump.html#BACKUP-DUMP-RESTORE',
    'https://restic.readthedocs.io/en/stable/050_restore.html',
    'https://borgbackup.readthedocs.io/en/stable/usage/extract.html',
    'https://pgbackrest.org/command.html#command-restore',
  ],
  pitfalls: [
    'psql ends with 0 after a restore that did nothing, and restore scripts have reported success on a file that was missing: what counts is what the scratch place holds afterwards.',
    'Drills run where the backups may be read and say what they saw; like every self-test they can be made up: by whoever holds the token, or, where the connection has public keys, by whoever holds one of the private keys as well. Whether a result was signed, and by which key, is told with the outcome; one that was not still counts.',
    'A plan can ask little. It asks at least one thing, its hash stands in the history, and so a plan that asks less than before shows.',
    'The time is that of the machine of the drill. A real recovery also has to find the machine, the key and the person.',
    'That a drill could not look (a program or a key store was missing, a repository did not answer) is neither pass nor fail.',
    'Twice a year unless the statement says otherwise in words; after 183 days without a drill the proof has lapsed.',
  ],
  messages: {
    restored: {
      en: 'Restored on {at}: {tables} tables with {rows} rows, {files} files, {bytes} bytes.',
      de: 'Am {at} wiederhergestellt: {tables} Tabellen mit {rows} Zeilen, {files} Dateien, {bytes} Byte.',
    },
    nothing: {
      en: 'What was restored holds nothing: no table with rows and no file with content.',
      de: 'Das Wiederhergestellte ist leer: keine Tabelle mit Zeilen, keine Datei mit Inhalt.',
    },
    missing: { en: 'There is no backup: {place}.', de: 'Es gibt keine Sicherung: {place}.' },
    empty: { en: 'The backup is empty: {place}.', de: 'Die Sicherung ist leer: {place}.' },
    truncated: { en: 'The backup ends too early: {place}.', de: 'Die Sicherung endet zu früh: {place}.' },
    damaged: { en: 'The backup is damaged: {place}.', de: 'Die Sicherung ist beschädigt: {place}.' },
    'wrong-key': {
      en: 'The key that is kept does not open the backup: {place}.',
      de: 'Der aufbewahrte Schlüssel öffnet die Sicherung nicht: {place}.',
    },
    refused: {
      en: 'The database did not take the backup: {place}.',
      de: 'Die Datenbank nahm die Sicherung nicht an: {place}.',
    },
    'psql-command': {
      en: 'The dump asks for a command of psql, which is never run: {place}.',
      de: 'Der Dump verlangt einen psql-Befehl, der nie ausgeführt wird: {place}.',
    },
    'disk-full': {
      en: 'The scratch place has no room for what was backed up: {place}.',
      de: 'Am Übungsort ist kein Platz für das Gesicherte: {place}.',
    },
    'too-large': {
      en: 'What came back is larger than the plan allows: {place}.',
      de: 'Was zurückkam, ist größer, als der Plan erlaubt: {place}.',
    },
    'too-slow': {
      en: 'The restore did not end in the time that the plan allows: {place}.',
      de: 'Die Wiederherstellung endete nicht in der Zeit, die der Plan erlaubt: {place}.',
    },
    'does-not-start': {
      en: 'The restored server does not start: {place}.',
      de: 'Der wiederhergestellte Server startet nicht: {place}.',
    },
    met: { en: 'As expected: {seen} ({wanted}).', de: 'Wie erwartet: {seen} ({wanted}).' },
    unmet: { en: 'Expected {wanted}, found {seen}.', de: 'Erwartet {wanted}, gefunden {seen}.' },
    'nothing-compared': {
      en: 'Nothing was compared after the restore.',
      de: 'Nach der Wiederherstellung wurde nichts verglichen.',
    },
    'in-time': { en: 'Took {seconds} s of {allowed} s.', de: 'Dauerte {seconds} s von {allowed} s.' },
    'too-long': {
      en: 'Took {seconds} s; {allowed} s are allowed.',
      de: 'Dauerte {seconds} s; erlaubt sind {allowed} s.',
    },
    'not-measured': { en: 'Could not be measured.', de: 'Nicht messbar.' },
    recent: {
      en: 'The newest data were {seconds} s old ({allowed} s are allowed).',
      de: 'Die neuesten Daten waren {seconds} s alt (erlaubt sind {allowed} s).',
    },
    'too-old': {
      en: 'The newest data were {seconds} s old; {allowed} s are allowed.',
      de: 'Die neuesten Daten waren {seconds} s alt; erlaubt sind {allowed} s.',
    },
    future: {
      en: 'The newest data bear a time to come.',
      de: 'Die neuesten Daten tragen eine künftige Zeit.',
    },
    left: {
      en: 'What the drill made could not be removed: restored data still lie there.',
      de: 'Was die Übung anlegte, ließ sich nicht entfernen: Wiederhergestellte Daten liegen noch dort.',
    },
    ran: {
      en: 'Ran in {pipeline} for {repository} at {commit}, run {run}.',
      de: 'Lief in {pipeline} für {repository} auf {commit}, Lauf {run}.',
    },
    signed: {
      en: 'Signed by {key}; the signature was verified when it came.',
      de: 'Signiert von {key}; die Signatur wurde beim Eingang geprüft.',
    },
    'not-signed': {
      en: 'Not signed: only the API token vouches for it.',
      de: 'Nicht signiert: Nur das API-Token bürgt dafür.',
    },
  },
  judge({ plan, drill }, { maxRtoHours, maxRpoHours }) {
    return [
      ...judgeRestore(drill),
      ...drill.expectations.map((one, index) => {
        const says = { wanted: one.wanted, seen: one.seen ?? '–' }
        const because = `drill.expectations.${index}.isMet`
        return (one.isMet ? pass : fail)(`${one.what}:${one.name}`, because, one.isMet ? 'met' : 'unmet', says)
      }),
      judgeRto(drill, stricter(plan.allowedRtoSeconds, maxRtoHours)),
      judgeRpo(drill, stricter(plan.allowedRpoSeconds, maxRpoHours)),
      ...(drill.isRemoved ? [] : [fail('scratch', 'drill.isRemoved', 'left')]),
      ...(drill.origin === null ? [] : [info('origin', 'drill.origin', 'ran', drill.origin)]),
      plan.signedBy === undefined
        ? info('signature', 'plan', 'not-signed')
        : info('signature', 'plan.signedBy', 'signed', { key: plan.signedBy }),
    ]
  },
} satisfies Check<DrillFacts, 'plan' | 'drill', typeof params>

type Drill = DrillFacts['drill']

/** What the document promises and what the plan allows: the shorter one. Seconds. */
const stricter = (allowed: number, hours: number | undefined) => Math.min(allowed, (hours ?? Infinity) * hour)

function judgeRestore({ problems, expectations, restored, startedAt }: Drill): Verdict[] {
  if (problems.length > 0)
    return problems.map(({ code, place }, index) => fail('restore', `drill.problems.${index}`, code, { place }))
  const { tables, rows, files, bytes } = restored
  if (rows === 0 && (files === 0 || bytes === 0)) return [fail('restore', 'drill.restored', 'nothing')]
  if (expectations.length === 0) return [fail('restore', 'drill.expectations', 'nothing-compared')]
  return [pass('restore', 'drill.restored', 'restored', { at: startedAt.slice(0, 10), tables, rows, files, bytes })]
}

function judgeRto({ rtoSeconds }: Drill, allowed: number): Verdict {
  const because = 'drill.rtoSeconds'
  if (rtoSeconds === null) return fail('rto', because, 'not-measured')
  const isKept = rtoSeconds <= allowed
  return (isKept ? pass : fail)('rto', because, isKept ? 'in-time' : 'too-long', {
    seconds: Math.ceil(rtoSeconds),
    allowed,
  })
}

/** How far clocks may differ. Seconds. */
const skew = 300

function judgeRpo({ rpoSeconds }: Drill, allowed: number): Verdict {
  const because = 'drill.rpoSeconds'
  if (rpoSeconds === null) return fail('rpo', because, 'not-measured')
  if (rpoSeconds < -skew) return fail('rpo', because, 'future')
  const isKept = rpoSeconds <= allowed
  const says = { seconds: Math.max(0, Math.ceil(rpoSeconds)), allowed }
  return (isKept ? pass : fail)('rpo', because, isKept ? 'recent' : 'too-old', says)
}
