import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BackupFacts } from '../facts.ts'

const params = z.object({
  maxHours: field(z.number().positive().default(26), {
    label: { en: 'Oldest backup that is still fresh', de: 'Älteste noch frische Sicherung' },
    unit: 'hours',
  }),
})

const hourMs = 3_600_000

export const backupFresh = {
  id: 'backup.fresh',
  version: 1,
  connector: 'backup',
  title: {
    en: 'Every source and tenant has a fresh backup',
    de: 'Jede Quelle und jeder Mandant hat eine frische Sicherung',
  },
  why: {
    en: 'What was written since the last backup is lost when the system is. A tenant that was added later is easily forgotten.',
    de: 'Was seit der letzten Sicherung geschrieben wurde, geht mit dem System verloren. Ein später angelegter Mandant wird leicht vergessen.',
  },
  remedy: {
    en: 'Find out why the last runs are missing, back up now, and add what is declared but has never been backed up.',
    de: 'Klären, warum die letzten Läufe fehlen, jetzt sichern und ergänzen, was gemeldet, aber nie gesichert wurde.',
  },
  severity: 'critical',
  serves: [
    { measure: 'regular-backup', as: 'proves', takes: { rpo: 'maxHours' } },
    { measure: 'backup-monitoring', as: 'supports' },
    { measure: 'recovery-objectives', as: 'supports', takes: { rpo: 'maxHours' } },
  ],
  params,
  reads: ['declared', 'snapshots'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3', 'GDPR Art. 32(1)(c)'],
  sources: [
    'https://restic.readthedocs.io/en/stable/075_scripting.html',
    'https://pgbackrest.org/command.html#command-info',
  ],
  pitfalls: [
    'Only what is declared is demanded: a source that nobody declared and nobody backs up stays unseen. Sources and tenants that are backed up but not declared are told.',
    'A backup of zero bytes is not counted, however new it is.',
    'A time in the future is a wrong clock, and no fresh backup.',
    'Borg prints local times without an offset; the program is run in UTC, and a report has to be written with TZ=UTC.',
    'A fresh backup is no restored one.',
  ],
  messages: {
    fresh: { en: 'The newest backup is {hours} hours old.', de: 'Die neueste Sicherung ist {hours} Stunden alt.' },
    old: {
      en: 'The newest backup is of {at}, {hours} hours ago; at most {limit} are allowed.',
      de: 'Die neueste Sicherung ist vom {at}, {hours} Stunden alt; erlaubt sind {limit}.',
    },
    never: { en: 'There is no backup of it.', de: 'Davon gibt es keine Sicherung.' },
    future: {
      en: 'The newest backup bears a time to come: {at}.',
      de: 'Die neueste Sicherung trägt eine künftige Zeit: {at}.',
    },
    undeclared: { en: 'Is backed up, but not declared.', de: 'Wird gesichert, ist aber nicht gemeldet.' },
  },
  judge({ declared, snapshots }, { maxHours }, now) {
    const newestOf = { source: newestBy(snapshots, 'source'), tenant: newestBy(snapshots, 'tenant') }
    const judged = (kind: 'source' | 'tenant', names: readonly string[]) =>
      names.map((name, index) => {
        const subject = `${kind}:${name}`
        const newest = newestOf[kind].get(name)
        if (newest === undefined) return fail(subject, `declared.${kind}s.${index}`, 'never')
        const because = `snapshots.${newest.at}.newest`
        const age = (now.getTime() - Date.parse(newest.newest)) / hourMs
        const says = { at: newest.newest, hours: Math.floor(age), limit: maxHours }
        if (age < -1) return fail(subject, because, 'future', says)
        return age <= maxHours
          ? pass(subject, because, 'fresh', { ...says, hours: Math.max(0, says.hours) })
          : fail(subject, because, 'old', says)
      })
    const others = (kind: 'source' | 'tenant', names: readonly string[]) => {
      const known = new Set(names)
      const found = new Map<string, number>()
      for (const [index, one] of snapshots.entries()) {
        const name = one[kind]
        if (name !== null && !known.has(name)) found.set(name, index)
      }
      return [...found].map(([name, index]) => info(`${kind}:${name}`, `snapshots.${index}.${kind}`, 'undeclared'))
    }
    return [
      ...judged('source', declared.sources),
      ...judged('tenant', declared.tenants),
      ...others('source', declared.sources),
      ...others('tenant', declared.tenants),
    ]
  },
} satisfies Check<BackupFacts, 'declared' | 'snapshots', typeof params>

/** The newest snapshot of each source or tenant, and where it stands. */
function newestBy(
  snapshots: BackupFacts['snapshots'],
  kind: 'source' | 'tenant',
): ReadonlyMap<string | null, { newest: string; at: number }> {
  const found = new Map<string | null, { newest: string; at: number }>()
  for (const [at, { newest, [kind]: name }] of snapshots.entries())
    if (newest > (found.get(name)?.newest ?? '')) found.set(name, { newest, at })
  return found
}
