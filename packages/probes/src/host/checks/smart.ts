import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HostFacts } from '../facts.ts'

const params = z.object({
  maxReallocated: field(z.int().min(0).default(10), {
    label: { en: 'Replaced sectors that are allowed', de: 'Erlaubte ersetzte Sektoren' },
  }),
  maxUsedPercent: field(z.int().min(1).default(90), {
    label: {
      en: 'Notice when so much of the life of a disk is used',
      de: 'Hinweis, wenn so viel der Lebensdauer verbraucht ist',
    },
    unit: 'percent',
  }),
})

export const diskSmart = {
  id: 'disk.smart',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: { en: 'Disks report good health', de: 'Datenträger melden guten Zustand' },
  why: {
    en: 'Many disks announce their end by replaced sectors before they fail.',
    de: 'Viele Datenträger kündigen ihr Ende durch ersetzte Sektoren an, bevor sie ausfallen.',
  },
  remedy: {
    en: 'Replace the disk while the array or the backup still holds everything.',
    de: 'Den Datenträger ersetzen, solange Verbund oder Sicherung noch alles halten.',
  },
  severity: 'medium',
  serves: [{ measure: 'raid', as: 'supports' }],
  params,
  reads: ['disks'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.7.13'],
  sources: ['https://www.smartmontools.org/wiki/FAQ'],
  pitfalls: [
    'A disk that says "passed" can fail tomorrow; a disk that says "failed" is to be replaced today.',
    'Attribute 5 counts sectors on disks of nearly all makers; errors of the medium stand in for it on NVMe.',
    'Disks behind some controllers and in virtual machines do not tell; then nothing is said.',
  ],
  messages: {
    good: { en: '{device} reports good health.', de: '{device} meldet guten Zustand.' },
    failing: { en: '{device} announces its failure.', de: '{device} kündigt seinen Ausfall an.' },
    reallocated: { en: '{device} has replaced {count} sectors.', de: '{device} hat {count} Sektoren ersetzt.' },
    pending: {
      en: '{device} has {count} sectors that cannot be read.',
      de: '{device} hat {count} nicht lesbare Sektoren.',
    },
    worn: { en: '{device} has used {count} % of its life.', de: '{device} hat {count} % der Lebensdauer verbraucht.' },
  },
  judge({ disks }, { maxReallocated, maxUsedPercent }) {
    return disks.map((one, index): Verdict => {
      const { disk, device, reallocated, pending, usedPercent } = one
      const at = (part: string) => `disks.${index}.${part}`
      if (!one.passed) return fail(disk, at('passed'), 'failing', { device })
      if (reallocated !== null && reallocated > maxReallocated)
        return fail(disk, at('reallocated'), 'reallocated', { device, count: reallocated })
      if (pending !== null && pending > 0) return fail(disk, at('pending'), 'pending', { device, count: pending })
      if (usedPercent !== null && usedPercent >= maxUsedPercent)
        return info(disk, at('usedPercent'), 'worn', { device, count: usedPercent })
      return pass(disk, at('passed'), 'good', { device })
    })
  },
} satisfies Check<HostFacts, 'disks', typeof params>
