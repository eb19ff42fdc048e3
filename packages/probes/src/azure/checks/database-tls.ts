import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { isBelow } from '../facts.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  minVersion: field(z.enum(['1.2', '1.3']).default('1.2'), {
    label: { en: 'Oldest version that may be accepted', de: 'Älteste zulässige Version' },
  }),
})

export const azurePgTls = {
  id: 'azure.pg.tls',
  version: 1,
  connector: 'azure',
  title: { en: 'The managed database demands TLS', de: 'Die verwaltete Datenbank verlangt TLS' },
  why: {
    en: 'A database that only offers TLS lets each client decide whether passwords and rows travel readable.',
    de: 'Bietet eine Datenbank TLS nur an, entscheidet jeder Client, ob Passwörter und Zeilen lesbar übertragen werden.',
  },
  remedy: {
    en: 'Set the server parameters require_secure_transport to on and ssl_min_protocol_version to TLSv1.2 or later.',
    de: 'Die Serverparameter require_secure_transport auf on und ssl_min_protocol_version auf TLSv1.2 oder höher setzen.',
  },
  severity: 'high',
  serves: [{ measure: 'transport-encryption', as: 'proves', takes: { tls: 'minVersion' } }],
  params,
  reads: ['databaseTls'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['CIS Microsoft Azure Foundations 3.0 5.2.1', 'ISO/IEC 27001:2022 A.8.24', 'BSI TR-02102-2'],
  sources: ['https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-connect-tls-ssl'],
  pitfalls: [
    'Only flexible servers of PostgreSQL are judged; the older single servers have been retired.',
    'These are settings of the server. Whether clients verify its certificate is up to them: see pg.no-plain-sessions for what really connects.',
  ],
  messages: {
    demanded: {
      en: 'TLS is demanded, from version {version} on.',
      de: 'TLS wird verlangt, ab Version {version}.',
    },
    off: { en: 'Connections without TLS are accepted.', de: 'Verbindungen ohne TLS werden angenommen.' },
    unset: { en: 'No minimum version is set.', de: 'Keine Mindestversion ist gesetzt.' },
    old: {
      en: 'TLS {version} is still accepted, the oldest allowed is {minimum}.',
      de: 'TLS {version} wird noch angenommen, zulässig ist erst {minimum}.',
    },
  },
  judge({ databaseTls }, { minVersion }) {
    return databaseTls.map(({ resource, required, floor }, index) => {
      const because = `databaseTls.${index}.floor`
      if (!required) return fail(resource, `databaseTls.${index}.required`, 'off')
      if (floor === null) return fail(resource, because, 'unset')
      if (isBelow(floor, minVersion)) return fail(resource, because, 'old', { version: floor, minimum: minVersion })
      return pass(resource, [`databaseTls.${index}.required`, because], 'demanded', { version: floor })
    })
  },
} satisfies Check<AzureFacts, 'databaseTls', typeof params>
