import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  workloads: field(z.array(z.string()).default([]), {
    label: { en: 'What has to be under backup', de: 'Was gesichert sein muss' },
    help: {
      en: 'Names of machines, disks, shares and servers; empty: whatever is under backup is judged, and nothing is missed',
      de: 'Namen von Maschinen, Datenträgern, Freigaben und Servern; leer: Beurteilt wird, was gesichert ist, und nichts wird vermisst',
    },
  }),
  minRetentionDays: field(z.number().min(1).default(7), {
    label: { en: 'Copies are kept at least', de: 'Sicherungen werden mindestens aufbewahrt' },
    unit: 'days',
  }),
})

export const azureBackupProtected = {
  id: 'azure.backup.protected',
  version: 1,
  connector: 'azure',
  title: { en: 'Declared workloads are under backup', de: 'Gemeldete Systeme sind in der Datensicherung' },
  why: {
    en: 'The machine that nobody put under backup is the one that is missed after the incident.',
    de: 'Die Maschine, die niemand in die Sicherung aufgenommen hat, fehlt nach dem Vorfall.',
  },
  remedy: {
    en: 'Add the workload to a backup vault, or resume its protection, with a policy that keeps copies long enough.',
    de: 'Das System in einen Sicherungstresor aufnehmen oder den Schutz fortsetzen, mit einer Richtlinie, die lange genug aufbewahrt.',
  },
  severity: 'high',
  serves: [{ measure: 'regular-backup', as: 'proves', takes: { backupRetention: 'minRetentionDays' } }],
  params,
  reads: ['protection'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: [
    'https://learn.microsoft.com/azure/backup/backup-overview',
    'https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore',
  ],
  pitfalls: [
    'Without declared workloads only what somebody once put under backup can be judged: declare them.',
    'Protection that was stopped keeps old copies and looks protected in lists; it fails here.',
    'Months are counted with 30 and years with 365 days. A policy in an unknown form makes the outcome not-evaluated (contract).',
    'That copies can be restored is not shown by this; see the restore checks.',
  ],
  messages: {
    protected: { en: 'Under backup, copies are kept {days} days.', de: 'Gesichert, Kopien bleiben {days} Tage.' },
    unprotected: { en: 'Not under backup (state: {state}).', de: 'Nicht gesichert (Zustand: {state}).' },
    short: {
      en: 'Copies are kept {days} days, {least} are required.',
      de: 'Kopien bleiben {days} Tage, verlangt sind {least}.',
    },
    unknown: {
      en: 'Under backup; no policy says how long copies are kept.',
      de: 'Gesichert; keine Richtlinie sagt, wie lange Kopien bleiben.',
    },
    missing: { en: 'Declared, but nothing backs it up.', de: 'Gemeldet, aber nichts sichert es.' },
  },
  judge({ protection }, { workloads, minRetentionDays }) {
    const byWorkload = Map.groupBy(
      protection.map((item, index) => ({ ...item, index })),
      ({ workload }) => workload,
    )
    const declared = workloads.map((name) => name.trim().toLowerCase())
    const isDeclared = (workload: string, name: string) => workload === name || workload.endsWith(`/${name}`)
    const judged = [...byWorkload].filter(([workload]) =>
      declared.length === 0 ? true : declared.some((name) => isDeclared(workload, name)),
    )
    const missing = declared.filter((name) => !judged.some(([workload]) => isDeclared(workload, name)))
    return [
      ...[...new Set(missing)].map((name) => fail(name, 'protection', 'missing')),
      ...judged.map(([workload, items]) => verdictOf(workload, items, minRetentionDays)),
    ]
  },
} satisfies Check<AzureFacts, 'protection', typeof params>

type Item = AzureFacts['protection'][number] & { readonly index: number }

/** The best of the copies that are made of one thing decides. */
function verdictOf(workload: string, items: readonly Item[], least: number): Verdict {
  const because = items.map(({ index }) => `protection.${index}`)
  const good = items.filter(({ state }) => state === 'protected')
  if (good.length === 0) {
    const state = items.map((item) => item.state).sort()[0] ?? 'none'
    return fail(workload, because, 'unprotected', { state })
  }
  const days = Math.max(...good.map(({ retentionDays }) => retentionDays ?? -1))
  if (days < 0) return info(workload, because, 'unknown')
  return days < least
    ? fail(workload, because, 'short', { days, least })
    : pass(workload, because, 'protected', { days })
}
