import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  minVersion: field(z.enum(['1.2', '1.3']).default('1.2'), {
    label: { en: 'Oldest version of TLS', de: 'Älteste TLS-Version' },
  }),
})

export const pgTlsOn = {
  id: 'pg.tls-on',
  version: 1,
  connector: 'postgres',
  title: { en: 'The database speaks current TLS', de: 'Die Datenbank spricht aktuelles TLS' },
  why: {
    en: 'Rows and passwords must not cross a network in the clear.',
    de: 'Datensätze und Passwörter dürfen kein Netz im Klartext durchqueren.',
  },
  remedy: {
    en: 'Set ssl = on with a certificate, and ssl_min_protocol_version = TLSv1.2.',
    de: 'ssl = on mit Zertifikat setzen und ssl_min_protocol_version = TLSv1.2.',
  },
  severity: 'high',
  serves: [{ measure: 'transport-encryption', as: 'proves', takes: { tls: 'minVersion' } }],
  params,
  reads: ['transport'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.24', 'BSI TR-02102-2'],
  sources: ['https://www.postgresql.org/docs/current/ssl-tcp.html'],
  pitfalls: [
    'A server that listens on sockets and loopback only needs no TLS: not-applicable.',
    'That TLS is on does not mean that it is used: see pg.no-plain-sessions and pg.hba.',
  ],
  messages: {
    on: { en: 'TLS is on, from {version} on.', de: 'TLS ist an, ab {version}.' },
    off: { en: 'TLS is off.', de: 'TLS ist aus.' },
    old: { en: 'TLS is on, but from {version} on already.', de: 'TLS ist an, aber schon ab {version}.' },
  },
  judge({ transport: { tls, minVersion: version, local } }, { minVersion }) {
    if (local) return []
    if (!tls) return [fail('server', 'transport.tls', 'off')]
    const isCurrent = Number(version.replace('TLSv', '')) >= Number(minVersion)
    return [
      (isCurrent ? pass : fail)('server', 'transport.minVersion', isCurrent ? 'on' : 'old', {
        version: version === '' ? 'TLSv1' : version,
      }),
    ]
  },
} satisfies Check<PostgresFacts, 'transport', typeof params>
