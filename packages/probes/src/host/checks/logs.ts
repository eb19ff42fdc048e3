import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HostFacts } from '../facts.ts'

const params = z.object({
  forward: field(z.boolean().default(false), {
    label: { en: 'Must be sent to another machine', de: 'Müssen an einen anderen Rechner gehen' },
  }),
})

export const hostLogs = {
  id: 'host.logs',
  version: 1,
  connector: 'host',
  also: ['computer'],
  title: { en: 'System logs outlive a restart', de: 'Systemprotokolle überdauern einen Neustart' },
  why: {
    en: 'What happened before a crash or an attack is known only if it was kept.',
    de: 'Was vor einem Absturz oder Angriff geschah, weiß man nur, wenn es aufbewahrt wurde.',
  },
  remedy: {
    en: 'Make the journal persistent (Storage=persistent in journald.conf), and forward logs to another machine.',
    de: 'Das Journal dauerhaft speichern (Storage=persistent in journald.conf) und Protokolle an einen anderen Rechner weiterleiten.',
  },
  severity: 'medium',
  serves: [
    { measure: 'security-event-logging', as: 'proves' },
    { measure: 'access-logging', as: 'supports' },
    { measure: 'tamper-proof-logs', as: 'supports' },
    { measure: 'intrusion-detection', as: 'supports' },
  ],
  params,
  reads: ['logs'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.15'],
  sources: ['https://man7.org/linux/man-pages/man5/journald.conf.5.html'],
  pitfalls: [
    'Forwarding by rsyslog is recognised; an agent of a log service is not. Forwarding is required only where the parameter says so.',
  ],
  messages: {
    kept: { en: 'Logs are kept on disk.', de: 'Protokolle werden auf dem Datenträger aufbewahrt.' },
    lost: { en: 'Logs are lost at a restart.', de: 'Protokolle gehen beim Neustart verloren.' },
    forwarded: { en: 'Logs are sent to another machine.', de: 'Protokolle gehen an einen anderen Rechner.' },
    local: { en: 'Logs stay on this machine.', de: 'Protokolle bleiben auf diesem Rechner.' },
  },
  judge({ logs: { journal, syslog, forwarded } }, { forward }) {
    const isKept = journal === 'persistent' || syslog
    const elsewhere = forwarded ? pass : forward ? fail : info
    return [
      (isKept ? pass : fail)('storage', ['logs.journal', 'logs.syslog'], isKept ? 'kept' : 'lost'),
      elsewhere('forwarding', 'logs.forwarded', forwarded ? 'forwarded' : 'local'),
    ]
  },
} satisfies Check<HostFacts, 'logs', typeof params>
