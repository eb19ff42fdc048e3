import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HetznerFacts } from '../facts.ts'
import { bears } from '../labels.ts'

const hourMs = 3_600_000

const params = z.object({
  maxHours: field(z.int().min(24).default(30), {
    label: { en: 'Age of the newest backup at most', de: 'Höchstalter der neuesten Sicherung' },
    unit: 'hours',
  }),
  without: field(z.array(z.string()).default([]), {
    label: { en: 'Labels of servers without data', de: 'Labels von Servern ohne Daten' },
    help: {
      en: 'Such servers need no backup, as role=worker',
      de: 'Solche Server brauchen keine Sicherung, etwa role=worker',
    },
  }),
  volumesElsewhere: field(z.boolean().default(false), {
    label: { en: 'Volumes are backed up in another way', de: 'Volumes werden auf andere Weise gesichert' },
  }),
})

export const hzBackupWindow = {
  id: 'hz.backup-window',
  version: 1,
  connector: 'hetzner',
  title: {
    en: 'Automatic server backups are on and fresh',
    de: 'Automatische Server-Sicherungen sind aktiv und frisch',
  },
  why: {
    en: 'Backups are off for each new server until somebody switches them on, and a switch alone is not yet a copy.',
    de: 'Sicherungen sind bei jedem neuen Server aus, bis jemand sie einschaltet, und der Schalter allein ist noch keine Kopie.',
  },
  remedy: {
    en: 'Switch on backups of the server and watch the first one appear; back up volumes by a program, since the vendor does not.',
    de: 'Die Sicherungen des Servers einschalten und die erste abwarten; Volumes mit einem Programm sichern, denn der Anbieter tut es nicht.',
  },
  severity: 'high',
  serves: [{ measure: 'regular-backup', as: 'proves' }],
  params,
  reads: ['servers', 'backups'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: ['https://docs.hetzner.com/cloud/servers/backups-snapshots/overview/'],
  pitfalls: [
    'A backup runs once a day somewhere in a window of four hours, so that two may lie nearly 28 hours apart: the limit is 30 hours.',
    'Backups of the vendor hold the disk of the server without its volumes. A server with volumes fails until it is declared that these are backed up in another way.',
    'A server younger than the limit may have no backup yet: told.',
    'The copies stay at the vendor and are deleted with the server: see hz.storage-box and backup.offsite.',
  ],
  messages: {
    fresh: { en: '{name}: newest backup of {newest}.', de: '{name}: neueste Sicherung vom {newest}.' },
    off: { en: '{name}: automatic backups are off.', de: '{name}: Automatische Sicherungen sind aus.' },
    none: { en: '{name}: on, but there is no backup.', de: '{name}: eingeschaltet, aber es gibt keine Sicherung.' },
    old: { en: '{name}: the newest backup is of {newest}.', de: '{name}: Die neueste Sicherung ist vom {newest}.' },
    young: {
      en: '{name} is new; the first backup is still to come.',
      de: '{name} ist neu; die erste Sicherung steht noch aus.',
    },
    exempt: { en: '{name} is declared as a server without data.', de: '{name} ist als Server ohne Daten angegeben.' },
    volumes: {
      en: '{name}: {count} volumes are not part of the backup.',
      de: '{name}: {count} Volumes sind nicht Teil der Sicherung.',
    },
    elsewhere: {
      en: '{name}: {count} volumes are declared to be backed up in another way.',
      de: '{name}: {count} Volumes werden laut Angabe auf andere Weise gesichert.',
    },
  },
  judge({ servers, backups }, { maxHours, without, volumesElsewhere }, now) {
    const newest = new Map(backups.map((one, at) => [one.server, { at, newest: one.newest }]))
    return servers.flatMap((server, index): Verdict[] => {
      const { id, name, volumes } = server
      const subject = `server:${id}`
      if (bears(server.labels, without)) return [info(subject, `servers.${index}.labels`, 'exempt', { name })]
      const disk = judgeDisk({ server, index, copy: newest.get(id) }, maxHours * hourMs, now)
      if (volumes.length === 0) return [disk]
      const [how, key] = volumesElsewhere ? ([info, 'elsewhere'] as const) : ([fail, 'volumes'] as const)
      return [disk, how(`${subject}:volumes`, `servers.${index}.volumes`, key, { name, count: volumes.length })]
    })
  },
} satisfies Check<HetznerFacts, 'servers' | 'backups', typeof params>

type Disk = {
  readonly server: HetznerFacts['servers'][number]
  readonly index: number
  /** Its newest backup, and where that stands. */
  readonly copy: { readonly at: number; readonly newest: string } | undefined
}

function judgeDisk({ server, index, copy }: Disk, maxMs: number, now: Date): Verdict {
  const { id, name, created, backupWindow } = server
  const subject = `server:${id}`
  const window = `servers.${index}.backupWindow`
  const isWithin = (at: string) => now.getTime() - Date.parse(at) <= maxMs
  if (backupWindow === null) return fail(subject, window, 'off', { name })
  if (copy === undefined)
    return isWithin(created)
      ? info(subject, [window, `servers.${index}.created`], 'young', { name })
      : fail(subject, [window, 'backups'], 'none', { name })
  const { at, newest } = copy
  const isFresh = isWithin(newest)
  return (isFresh ? pass : fail)(subject, [window, `backups.${at}.newest`], isFresh ? 'fresh' : 'old', {
    name,
    newest: newest.slice(0, 16),
  })
}
