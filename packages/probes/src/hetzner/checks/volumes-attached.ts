import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HetznerFacts } from '../facts.ts'
import { bears } from '../labels.ts'

const params = z.object({
  keptLabels: field(z.array(z.string().min(1)).default(['keep']), {
    label: { en: 'Labels of volumes kept on purpose', de: 'Labels bewusst behaltener Volumes' },
    help: { en: '`key=value`, or `key` for any value', de: '`schlüssel=wert` oder `schlüssel` für jeden Wert' },
  }),
})

export const hzVolumesAttached = {
  id: 'hz.volumes-attached',
  version: 1,
  connector: 'hetzner',
  title: { en: 'No volume lies around without a server', de: 'Kein Volume liegt ohne Server herum' },
  why: {
    en: 'A volume outlives the server it was made for: a copy of data that nobody patches, backs up or deletes in time.',
    de: 'Ein Volume überlebt den Server, für den es angelegt wurde: eine Kopie von Daten, die niemand pflegt, sichert oder fristgerecht löscht.',
  },
  remedy: {
    en: 'Delete the volume once its data are elsewhere or past their period; label one that is kept on purpose.',
    de: 'Das Volume löschen, sobald seine Daten anderswo liegen oder ihre Frist um ist; ein bewusst behaltenes mit einem Label kennzeichnen.',
  },
  severity: 'low',
  serves: [{ measure: 'retention-deletion', as: 'supports' }],
  params,
  reads: ['volumes'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['GDPR Art. 5(1)(e)', 'ISO/IEC 27001:2022 A.8.10', 'BSI CON.6'],
  sources: ['https://docs.hetzner.com/cloud/volumes/overview/', 'https://docs.hetzner.cloud/reference/cloud#volumes'],
  pitfalls: [
    'The vendor does not say since when a volume has no server: one that is moved this very minute fails until the next look.',
    'Whether there are data on it cannot be seen from outside; an empty one is judged the same.',
    'A volume of a server that is switched off belongs to it and passes.',
  ],
  messages: {
    attached: { en: 'The volume {name} belongs to a server.', de: 'Das Volume {name} gehört zu einem Server.' },
    kept: {
      en: 'The volume {name} has no server and is kept on purpose.',
      de: 'Das Volume {name} hat keinen Server und wird bewusst behalten.',
    },
    alone: { en: 'The volume {name} belongs to no server.', de: 'Das Volume {name} gehört zu keinem Server.' },
  },
  judge({ volumes }, { keptLabels }) {
    return volumes.map(({ id, name, server, labels }, index) => {
      const subject = `volume:${id}`
      const because = `volumes.${index}.server`
      if (server !== null) return pass(subject, because, 'attached', { name })
      return bears(labels, keptLabels)
        ? info(subject, [because, `volumes.${index}.labels`], 'kept', { name })
        : fail(subject, because, 'alone', { name })
    })
  },
} satisfies Check<HetznerFacts, 'volumes', typeof params>
