import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HostFacts } from '../facts.ts'

const params = z.object({
  level: field(z.int().min(0).nullable().default(null), {
    label: {
      en: 'Promised level (none: any that survives a disk)',
      de: 'Zugesagtes Level (ohne: jedes, das eine Platte übersteht)',
    },
  }),
})

export const raidHealthy = {
  id: 'raid.healthy',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: {
    en: 'Arrays have the promised level and all their disks',
    de: 'Verbünde haben das zugesagte Level und alle Platten',
  },
  why: {
    en: 'An array that has lost a disk runs on as if nothing were wrong, until the next disk fails.',
    de: 'Ein Verbund, dem eine Platte fehlt, läuft weiter, als wäre nichts, bis die nächste Platte ausfällt.',
  },
  remedy: {
    en: 'Replace the disk and let the array rebuild (mdadm --add, btrfs replace); let mdadm --monitor or a timer report failures.',
    de: 'Die Platte ersetzen und den Verbund neu aufbauen lassen (mdadm --add, btrfs replace); Ausfälle durch mdadm --monitor oder einen Timer melden lassen.',
  },
  severity: 'high',
  serves: [{ measure: 'raid', as: 'proves', takes: { raid: 'level' } }],
  params,
  reads: ['arrays'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.14', 'BSI SYS.1.8'],
  sources: ['https://docs.kernel.org/admin-guide/md.html', 'https://btrfs.readthedocs.io/en/latest/btrfs-device.html'],
  pitfalls: [
    'Arrays of a hardware controller, of ZFS and of the provider beneath a virtual machine are not seen; without any array there is nothing to judge.',
    'The kernel does not say when an array was last compared; it only counts what differed.',
    'Raid 1 and raid 10 over swap may count copies that differ without harm; run a check again before replacing anything.',
    'Arrays of level 0, linear and single fail: the loss of any disk is the loss of all.',
    'Errors of btrfs disks are counted since they were last reset, not since yesterday.',
  ],
  messages: {
    healthy: { en: '{level} with {disks} disks, none missing.', de: '{level} mit {disks} Platten, keine fehlt.' },
    stopped: { en: 'The array is not running.', de: 'Der Verbund läuft nicht.' },
    degraded: { en: '{level} lacks {missing} of {disks} disks.', de: '{level} fehlen {missing} von {disks} Platten.' },
    rebuilding: {
      en: '{level} is being rebuilt and lacks {missing} disks until then.',
      de: '{level} wird neu aufgebaut, bis dahin fehlen {missing} Platten.',
    },
    failed: {
      en: '{failed} disks failed and are still in the array.',
      de: '{failed} Platten sind ausgefallen und noch im Verbund.',
    },
    errors: {
      en: '{errors} differences or errors were counted.',
      de: '{errors} Abweichungen oder Fehler wurden gezählt.',
    },
    unsafe: { en: '{level} survives no failed disk.', de: '{level} übersteht keinen Plattenausfall.' },
    level: {
      en: 'The array is {level}, promised is {promised}.',
      de: 'Der Verbund ist {level}, zugesagt ist {promised}.',
    },
    syncing: {
      en: '{level} is being compared or moved; no disk is missing.',
      de: '{level} wird abgeglichen oder umgezogen; keine Platte fehlt.',
    },
  },
  judge({ arrays }, { level: promised }) {
    return arrays.map((one, index): Verdict => {
      const { name, level, disks, missing, failed, errors } = one
      const at = (part: string) => `arrays.${index}.${part}`
      const says = { level, disks, missing, failed, errors, promised: promised ?? '' }
      if (!one.isActive) return fail(name, at('isActive'), 'stopped')
      if (missing > 0) return fail(name, at('missing'), one.isSyncing ? 'rebuilding' : 'degraded', says)
      if (failed > 0) return fail(name, at('failed'), 'failed', says)
      const number = Number(/^raid(\d+)/.exec(level)?.[1] ?? NaN)
      if (promised === null && !(number > 0)) return fail(name, at('level'), 'unsafe', says)
      if (promised !== null && number !== promised) return fail(name, at('level'), 'level', says)
      if (errors > 0) return fail(name, at('errors'), 'errors', says)
      return one.isSyncing ? info(name, at('isSyncing'), 'syncing', says) : pass(name, at('disks'), 'healthy', says)
    })
  },
} satisfies Check<HostFacts, 'arrays', typeof params>
