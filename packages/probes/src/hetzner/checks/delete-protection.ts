import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HetznerFacts } from '../facts.ts'
import { bears, productionLabels } from '../labels.ts'

const params = z.object({ productionLabels })

type Reads = 'servers' | 'volumes' | 'storageBoxes'

const kinds = [
  ['servers', 'server'],
  ['volumes', 'volume'],
  ['storageBoxes', 'storage-box'],
] as const satisfies readonly (readonly [Reads, string])[]

export const hzDeleteProtection = {
  id: 'hz.delete-protection',
  version: 1,
  connector: 'hetzner',
  title: {
    en: 'Production servers are protected against deletion',
    de: 'Produktive Server sind gegen Löschen geschützt',
  },
  why: {
    en: 'A deleted server takes its backups with it, and one wrong line in a script is enough.',
    de: 'Ein gelöschter Server nimmt seine Sicherungen mit, und dafür genügt eine falsche Zeile in einem Skript.',
  },
  remedy: {
    en: 'Switch on the protection against deletion for servers, volumes and storage boxes of production.',
    de: 'Den Löschschutz für Server, Volumes und Storage Boxes der Produktion einschalten.',
  },
  severity: 'medium',
  serves: [{ measure: 'redundancy', as: 'supports' }],
  params,
  reads: ['servers', 'volumes', 'storageBoxes'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.14'],
  sources: ['https://docs.hetzner.com/cloud/servers/faq/', 'https://docs.hetzner.cloud/reference/cloud#server-actions'],
  pitfalls: [
    'What is production is known by a label only. Where nothing bears it, nothing is judged.',
    'Whoever may write can take the protection away again: it guards against mistakes, not against attackers.',
  ],
  messages: {
    on: { en: '{name} is protected against deletion.', de: '{name} ist gegen Löschen geschützt.' },
    off: { en: '{name} can be deleted at once.', de: '{name} lässt sich sofort löschen.' },
  },
  judge(facts, { productionLabels: labels }) {
    return kinds.flatMap(([group, kind]) =>
      facts[group].flatMap((one, index) => {
        if (!bears(one.labels, labels)) return []
        const isOn = one.deleteProtection
        return [
          (isOn ? pass : fail)(`${kind}:${one.id}`, `${group}.${index}.deleteProtection`, isOn ? 'on' : 'off', {
            name: one.name,
          }),
        ]
      }),
    )
  },
} satisfies Check<HetznerFacts, Reads, typeof params>
