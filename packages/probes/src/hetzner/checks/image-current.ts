import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { supportOf } from '../../versions/support.ts'
import type { HetznerFacts } from '../facts.ts'

const params = z.object({
  noticeDays: field(z.int().min(0).default(90), {
    label: { en: 'Notice before the end', de: 'Hinweis vor dem Ende' },
    unit: 'days',
  }),
})

export const hzImageCurrent = {
  id: 'hz.image-current',
  version: 1,
  connector: 'hetzner',
  title: { en: 'Servers run a supported operating system', de: 'Server laufen mit unterstütztem Betriebssystem' },
  why: {
    en: 'A server that runs for years outlives the support of the system from which it was made, and nobody notices.',
    de: 'Ein Server, der jahrelang läuft, überlebt die Pflege des Systems, aus dem er entstand, ohne dass es jemand merkt.',
  },
  remedy: {
    en: 'Make the server anew from a supported image, or upgrade it in place and let art32 look at the machine itself.',
    de: 'Den Server aus einem gepflegten Image neu erstellen oder ihn vor Ort aktualisieren und art32 auf den Rechner selbst schauen lassen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'patch-management', as: 'supports' },
    { measure: 'asset-version-inventory', as: 'supports' },
  ],
  params,
  reads: ['servers', 'supportData'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.8', 'BSI OPS.1.1.3'],
  sources: ['https://endoflife.date', 'https://docs.hetzner.cloud/reference/cloud#images'],
  pitfalls: [
    'The image is what the server was made from. One that was upgraded in place runs something newer than is seen here: look at the machine (host, versions) and declare an exception.',
    'The day is that of the makers; extended support that was bought is not known here.',
    'An image that is gone, or a system that the support data does not know, is told, never passed.',
  ],
  messages: {
    supported: {
      en: '{name}: {system} is supported until {until} (data of {date}).',
      de: '{name}: {system} wird bis {until} gepflegt (Stand {date}).',
    },
    open: {
      en: '{name}: {system} is supported, no end announced (data of {date}).',
      de: '{name}: {system} wird gepflegt, kein Ende angekündigt (Stand {date}).',
    },
    soon: {
      en: '{name}: support of {system} ends on {until}.',
      de: '{name}: Die Pflege von {system} endet am {until}.',
    },
    ended: {
      en: '{name} was made from {system}, whose support ended on {until}.',
      de: '{name} entstand aus {system}, dessen Pflege am {until} endete.',
    },
    unknown: {
      en: '{name}: the support of {system} is not known.',
      de: '{name}: Die Pflege von {system} ist nicht bekannt.',
    },
  },
  judge({ servers, supportData: { date } }, { noticeDays }, now) {
    return servers.map(({ id, name, image }, index) => {
      const subject = `server:${id}`
      const because = [`servers.${index}.image`, 'supportData.date']
      const system = image === null ? '–' : [image.flavour, image.version ?? ''].join(' ').trim()
      const says = { name, system, date }
      if (image === null || image.lifecycle === null) return info(subject, because, 'unknown', says)
      const support = supportOf(image.lifecycle, now)
      if (support.state === 'ended') return fail(subject, because, 'ended', { ...says, until: support.since ?? '–' })
      if (support.until === null) return pass(subject, because, 'open', says)
      const isSoon = support.days < noticeDays
      return (isSoon ? info : pass)(subject, because, isSoon ? 'soon' : 'supported', { ...says, until: support.until })
    })
  },
} satisfies Check<HetznerFacts, 'servers' | 'supportData', typeof params>
