import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { HetznerFacts } from '../facts.ts'

const params = z.object({
  failDays: field(z.int().min(0).default(21), {
    label: { en: 'Days left at least', de: 'Mindestens verbleibende Tage' },
    unit: 'days',
  }),
})

export const hzCerts = {
  id: 'hz.certs',
  version: 1,
  connector: 'hetzner',
  title: { en: 'Managed certificates are valid', de: 'Verwaltete Zertifikate sind gültig' },
  why: {
    en: 'A renewal that fails is silent until the day on which every browser refuses the site.',
    de: 'Eine fehlgeschlagene Erneuerung bleibt still bis zu dem Tag, an dem jeder Browser die Seite ablehnt.',
  },
  remedy: {
    en: 'Renew an uploaded certificate and upload it anew; for a managed one, check that the domain still points to Hetzner DNS and try the renewal again.',
    de: 'Ein hochgeladenes Zertifikat erneuern und neu hochladen; bei einem verwalteten prüfen, ob die Domain noch auf Hetzner DNS zeigt, und die Erneuerung wiederholen.',
  },
  severity: 'high',
  serves: [{ measure: 'configuration-monitoring', as: 'proves' }],
  params,
  reads: ['certificates'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.24'],
  sources: ['https://docs.hetzner.cloud/reference/cloud#certificates'],
  pitfalls: [
    'This is what the vendor keeps, not what a visitor is shown: see tls.expiry for that.',
    'A certificate that no load balancer uses harms nobody when it expires: told.',
    'A managed certificate that is being issued has no end yet: told.',
  ],
  messages: {
    valid: { en: '{name}: valid until {until}.', de: '{name}: gültig bis {until}.' },
    ending: { en: '{name}: ends on {until}.', de: '{name}: endet am {until}.' },
    failed: {
      en: '{name}: the vendor could not issue or renew it.',
      de: '{name}: Der Anbieter konnte es nicht ausstellen oder erneuern.',
    },
    unused: { en: '{name} is not in use.', de: '{name} ist nicht in Gebrauch.' },
    pending: { en: '{name} is being issued.', de: '{name} wird gerade ausgestellt.' },
  },
  judge({ certificates }, { failDays }, now) {
    return certificates.map((certificate, index) => {
      const { id, name, until, issuance, renewal, used } = certificate
      const subject = `certificate:${id}`
      const path = `certificates.${index}`
      if (!used) return info(subject, `${path}.used`, 'unused', { name })
      if (issuance === 'failed' || renewal === 'failed')
        return fail(subject, [`${path}.issuance`, `${path}.renewal`], 'failed', { name })
      if (until === null) return info(subject, `${path}.issuance`, 'pending', { name })
      const isLong = daysUntil(until, now) >= failDays
      return (isLong ? pass : fail)(subject, `${path}.until`, isLong ? 'valid' : 'ending', {
        name,
        until: until.slice(0, 10),
      })
    })
  },
} satisfies Check<HetznerFacts, 'certificates', typeof params>
